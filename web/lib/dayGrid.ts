import { type GridDay, gridDays, type IntervalGrid, wallSlots } from '../../forecasting/index.ts';
import { t } from '../locale/i18n.ts';
import { formatMinuteOfDay } from './format.ts';

/** A grid of intervals laid out as wall-clock rows and day columns. */
export interface DayGrid {
  readonly rowLabels: readonly string[];
  readonly days: readonly GridDay[];
  /** Index of the interval in the grid; null where that clock time does not exist on that day. */
  readonly indexAt: (row: number, column: number) => number | null;
  readonly placeOf: (index: number) => { readonly row: number; readonly column: number } | null;
}

/** Lays a grid out by day. The doubled hour of a 25-hour day has rows of its own; the missing hour has empty cells. */
export function dayGrid(grid: IntervalGrid): DayGrid {
  const days = gridDays(grid);
  const keys = new Map<number, { readonly slot: number; readonly occurrence: number }>();
  const columns = days.map(day => {
    const byKey = new Map<number, number>();
    const seen = new Map<number, number>();
    wallSlots(grid, day).forEach((slot, i) => {
      const occurrence = seen.get(slot) ?? 0;
      seen.set(slot, occurrence + 1);
      const key = slot * 4 + occurrence;
      keys.set(key, { slot, occurrence });
      byKey.set(key, day.firstIndex + i);
    });
    return byKey;
  });
  const order = [...keys.entries()].sort(([a], [b]) => a - b);
  const rowOfKey = new Map(order.map(([key], row) => [key, row]));
  const places = new Map<number, { row: number; column: number }>();
  columns.forEach((byKey, column) => {
    for (const [key, index] of byKey) places.set(index, { row: rowOfKey.get(key) ?? 0, column });
  });
  return {
    rowLabels: order.map(([, { slot, occurrence }]) => {
      const label = formatMinuteOfDay((slot * grid.stepSeconds) / 60);
      return occurrence === 0 ? label : t('intervalGrid.secondTime', { time: label });
    }),
    days,
    indexAt: (row, column) => columns[column]?.get(order[row]?.[0] ?? -1) ?? null,
    placeOf: index => places.get(index) ?? null,
  };
}
