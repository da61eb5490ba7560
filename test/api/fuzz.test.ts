import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../../api/contract/routes.ts';
import { testEngines } from '../data/databases.ts';
import { addCentre, type Centre } from './centre.ts';
import { fuzzRequests } from './fuzzRequests.ts';
import { startTestService, type TestService } from './harness.ts';

describe.each(testEngines)('made-up requests on $engine', { timeout: 240_000 }, engine => {
  let service: TestService;
  let centre: Centre;
  let authorization = '';

  beforeAll(async () => {
    service = await startTestService(engine);
    centre = await addCentre(service.administrator);
    const me = await service.administrator.call(ROUTES.getMe, {});
    const { secret } = await service.administrator.call(ROUTES.createToken, {
      body: { name: 'fuzz', permissions: me.permissions, siteIds: null, expiresInDays: 1 },
    });
    authorization = `Bearer ${secret}`;
  });

  afterAll(() => service.dispose());

  it('never bring an answer that nobody expects', async () => {
    const ids = [centre.siteId, centre.queueId, ...centre.agentIds.slice(0, 2)];
    const report = await fuzzRequests(service.url, { authorization }, 1200, 20_260_504, ids);
    expect(report.failures).toEqual([]);
    expect(Object.keys(report.byStatus).length).toBeGreaterThan(3);
  });
});
