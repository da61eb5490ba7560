import type { IntervalGrid } from './grid.ts';
import { gridDays } from './grid.ts';
import { type LocalDate, type LocalDay, wallClockSeconds } from './time.ts';

/** A stretch of the wall clock in minutes after midnight, end exclusive; `endMinute` may be 1440. */
export interface OpenRange {
  readonly startMinute: number;
  readonly endMinute: number;
}

/** Weekly opening hours, seven lists from Monday to Sunday; an empty list is a closed day. */
export interface OpeningHours {
  readonly weekly: readonly (readonly OpenRange[])[];
}

/** What kind of special day it is; forecasting treats each kind's effect separately. */
export type SpecialDayKind = 'holiday' | 'closure' | 'event' | 'outage';

/** A day unlike its weekday. `hours` replaces the weekly opening hours; an empty list closes the day. */
export interface SpecialDay {
  readonly date: LocalDate;
  readonly name: string;
  readonly kind: SpecialDayKind;
  readonly hours?: readonly OpenRange[];
}

const ALL_DAY: readonly OpenRange[] = [{ startMinute: 0, endMinute: 1440 }];

/** Open around the clock, every day. */
export const ALWAYS_OPEN: OpeningHours = { weekly: Array.from({ length: 7 }, () => ALL_DAY) };

/** The open ranges of one local day. */
export function openRangesOn(
  day: LocalDay,
  hours: OpeningHours,
  specialDays: ReadonlyMap<LocalDate, SpecialDay> = new Map(),
): readonly OpenRange[] {
  return specialDays.get(day.date)?.hours ?? hours.weekly[day.weekday] ?? [];
}

/**
 * One flag per interval: 1 where the interval's start lies in opening hours, 0 where the queue is closed.
 * Closed is structural; it is neither zero calls nor missing data.
 */
export function openMask(
  grid: IntervalGrid,
  hours: OpeningHours,
  specialDays: readonly SpecialDay[] = [],
): Uint8Array {
  const byDate = new Map(specialDays.map(day => [day.date, day]));
  const mask = new Uint8Array(grid.count);
  for (const { day, firstIndex, count } of gridDays(grid)) {
    const ranges = openRangesOn(day, hours, byDate);
    for (let i = firstIndex; i < firstIndex + count; i++) {
      const minute = wallClockSeconds(day, grid.start + i * grid.stepSeconds) / 60;
      if (ranges.some(range => minute >= range.startMinute && minute < range.endMinute)) mask[i] = 1;
    }
  }
  return mask;
}
