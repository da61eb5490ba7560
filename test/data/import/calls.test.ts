import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore, testEngines } from '../databases.ts';
import { importText, makeCentre, reportOf, stored } from './centre.ts';

describe.each(testEngines)('single calls on $engine', engine => {
  let test: TestStore;

  beforeAll(async () => {
    test = await openTestStore(engine);
  });

  afterAll(() => test.dispose());

  it.each([
    ['Asia/Kolkata', 24],
    ['America/St_Johns', 24],
    // The clocks go back by half an hour on that day.
    ['Australia/Lord_Howe', 25],
  ])('are counted from local midnight in whole intervals in %s, none lost', async (timeZone, intervals) => {
    const centre = await makeCentre(test.store, { timeZone, stepSeconds: 3600 });
    const calls = ['23:50', '00:10', '00:59', '10:00', '10:59'].map(
      time => `2026-04-05 ${time},answered,12,180`,
    );
    const outcome = await importText(centre, `arrival,outcome,wait,service\n${calls.join('\n')}\n`);
    expect(reportOf(outcome).rowsRejected).toBe(0);
    const rows = await stored(centre);
    expect(rows).toHaveLength(intervals);
    expect(rows.reduce((sum, row) => sum + (row.offered ?? 0), 0)).toBe(calls.length);
    const midnight = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' });
    expect(midnight.format((rows[0]?.start ?? 0) * 1000)).toBe('00:00');
    expect(rows.slice(0, 2).map(row => row.offered)).toEqual([2, 0]);
  });
});
