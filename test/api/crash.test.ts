import { describe, expect, it } from 'vitest';
import { testEngines } from '../data/databases.ts';
import { crashRounds } from './crash.ts';

describe.each(testEngines)('killed in the middle of importing, editing and publishing on $engine', engine => {
  it('loses nothing that was acknowledged and leaves nothing half-written', {
    timeout: 240_000,
  }, async () => {
    const report = await crashRounds(engine, 3);
    expect(report.lost).toEqual([]);
    expect(report.torn).toEqual([]);
    expect(report.acknowledged).toBeGreaterThan(0);
  });
});
