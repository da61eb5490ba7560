import { type LocalDay, localDaysBetween, wallClockSeconds } from './time.ts';

/** Interval lengths a queue may use. */
export const INTERVAL_STEPS_SECONDS = [300, 600, 900, 1200, 1800, 3600] as const;

/** A regular run of intervals: instants `start + i × stepSeconds`, `i = 0 … count − 1`. */
export interface IntervalGrid {
  /** UTC epoch seconds of the first interval's start. */
  readonly start: number;
  readonly stepSeconds: number;
  readonly timeZone: string;
  readonly count: number;
}

/** The part of a grid that falls on one local day. */
export interface GridDay {
  readonly day: LocalDay;
  /** Index of the day's first interval in the grid. */
  readonly firstIndex: number;
  /** Intervals of the grid on this day: a whole day of quarter-hours has 92, 96 or 100. */
  readonly count: number;
}

/**
 * Cuts a grid at local midnights.
 *
 * @throws RangeError if the step is not a whole number of minutes from 1 to 60 that divides the hour.
 */
export function gridDays(grid: IntervalGrid): readonly GridDay[] {
  assertStep(grid.stepSeconds);
  const end = grid.start + grid.count * grid.stepSeconds;
  if (grid.count <= 0) return [];
  const days: GridDay[] = [];
  for (const day of localDaysBetween(grid.start, end, grid.timeZone)) {
    const firstIndex = Math.max(0, Math.ceil((day.startEpochSeconds - grid.start) / grid.stepSeconds));
    const last = Math.min(grid.count, Math.ceil((day.endEpochSeconds - grid.start) / grid.stepSeconds));
    if (last > firstIndex) days.push({ day, firstIndex, count: last - firstIndex });
  }
  return days;
}

/**
 * Wall-clock slot (0 = the interval that starts at midnight) of every interval on a day of the grid.
 * The doubled hour of a 25-hour day repeats its slots; the missing hour of a 23-hour day skips them.
 */
export function wallSlots(grid: IntervalGrid, gridDay: GridDay): Int32Array {
  const slots = new Int32Array(gridDay.count);
  for (let i = 0; i < gridDay.count; i++) {
    const at = grid.start + (gridDay.firstIndex + i) * grid.stepSeconds;
    slots[i] = Math.floor(wallClockSeconds(gridDay.day, at) / grid.stepSeconds);
  }
  return slots;
}

/** Intervals in an ordinary 24-hour day at this step. */
export function slotsPerDay(stepSeconds: number): number {
  return 86_400 / stepSeconds;
}

/** @throws RangeError unless the step divides the hour into whole minutes. */
export function assertStep(stepSeconds: number): void {
  if (!Number.isInteger(stepSeconds) || stepSeconds < 60 || stepSeconds > 3600 || 3600 % stepSeconds !== 0) {
    throw new RangeError(
      `interval length must divide the hour into whole minutes (60 to 3600 s); found ${stepSeconds} s`,
    );
  }
}
