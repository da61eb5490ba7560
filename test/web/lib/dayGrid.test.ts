import { describe, expect, it } from 'vitest';
import { addDays, localDay } from '../../../forecasting/index.ts';
import { dayGrid } from '../../../web/lib/dayGrid.ts';

const ZONE = 'America/Chicago';

function weekGrid(monday: string) {
  const start = localDay(monday, ZONE).startEpochSeconds;
  const end = localDay(addDays(monday, 7), ZONE).startEpochSeconds;
  return { start, stepSeconds: 900, timeZone: ZONE, count: (end - start) / 900 };
}

describe('the grid of days and clock times', () => {
  it('places every interval once and finds it again', () => {
    for (const monday of ['2026-03-02', '2026-05-04', '2026-10-26']) {
      const grid = weekGrid(monday);
      const layout = dayGrid(grid);
      for (let i = 0; i < grid.count; i++) {
        const place = layout.placeOf(i);
        expect(place && layout.indexAt(place.row, place.column)).toBe(i);
      }
    }
  });

  it('gives the doubled hour rows of its own and leaves the missing hour empty', () => {
    // US clocks in 2026: forward on Sunday 8 March, back on Sunday 1 November.
    const autumn = dayGrid(weekGrid('2026-10-26'));
    expect(autumn.rowLabels).toHaveLength(100);
    expect(autumn.rowLabels.filter(label => label.includes('2nd'))).toHaveLength(4);
    const spring = dayGrid(weekGrid('2026-03-02'));
    expect(spring.rowLabels).toHaveLength(96);
    expect(spring.indexAt(8, 6)).toBeNull();
    expect(spring.indexAt(8, 5)).not.toBeNull();
  });
});
