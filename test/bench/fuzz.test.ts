import { describe, expect, it } from 'vitest';
import { fuzzParsers } from './fuzz/fuzzParsers.ts';

describe('parsers', () => {
  // The long version: npm run bench -- fuzz parsers 1000000
  it('answer ten thousand made-up inputs plainly', async () => {
    const report = await fuzzParsers(10_000, 20_260_504);
    expect(report.failures).toEqual([]);
    expect(report.inputs).toBe(10_000);
    expect(Object.values(report.perTarget).every(count => count > 0)).toBe(true);
  });
});
