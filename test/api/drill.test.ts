import { describe, expect, it } from 'vitest';
import { crashRounds } from '../bench/drill/crash.ts';
import { testEngines } from '../data/databases.ts';

// A short version of `npm run drill -- crash`.
describe.each(testEngines)('killed in the middle of importing, editing and publishing on $engine', engine => {
  it('loses nothing that was acknowledged and leaves nothing half-written', {
    timeout: 240_000,
  }, async () => {
    const report = await crashRounds(engine, 2);
    expect(report.lost).toEqual([]);
    expect(report.torn).toEqual([]);
    expect(report.acknowledged).toBeGreaterThan(0);
  });
});
