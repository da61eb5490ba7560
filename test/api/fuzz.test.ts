import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testEngines } from '../data/databases.ts';
import { fuzzService } from './fuzzRequests.ts';
import { startTestService, type TestService } from './harness.ts';

describe.each(testEngines)('made-up requests on $engine', { timeout: 240_000 }, engine => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService(engine);
  });

  afterAll(() => service.dispose());

  // The long version: npm run bench -- fuzz requests 20000
  it('never bring an answer that nobody expects', async () => {
    const report = await fuzzService(service, 500, 20_260_504);
    expect(report.failures).toEqual([]);
    // Many succeed: a run of refusals would say nothing about what lies behind the checks.
    const succeeded = Object.entries(report.byStatus).filter(([status]) => status < '300');
    expect(succeeded.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThan(60);
  });
});
