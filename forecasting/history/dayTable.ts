import type { OpeningHours, SpecialDay } from '../calendar/opening.ts';
import { dateOfDayNumber, dayNumberOf, localSeconds, weekdayOfDayNumber } from './localClock.ts';
import type { IntervalSeries } from './series.ts';

/**
 * A history folded into local days × wall-clock slots, the form that every model reads.
 * Row `d` is the civil day `firstDayNumber + d`; column `j` the slot that starts `j × stepSeconds` after midnight.
 */
export interface DayTable {
  readonly timeZone: string;
  readonly stepSeconds: number;
  /** Slots in an ordinary day. */
  readonly slots: number;
  readonly days: number;
  /** Civil days from 1970-01-01 to row 0. */
  readonly firstDayNumber: number;
  /** Contacts per day and slot; NaN where there is no data. A slot that occurs twice (clock change) holds the mean. */
  readonly counts: Float64Array;
  /** Mean handle time per day and slot, NaN where unknown. */
  readonly ahtSeconds: Float64Array;
  /** 1 where the queue is open by its weekly hours and special days. */
  readonly open: Uint8Array;
  /** Weekly opening per weekday and slot, 7 × slots, Monday first. */
  readonly weeklyOpen: Uint8Array;
}

/** Weekly opening hours as flags, 7 × slots. */
function weeklyMask(hours: OpeningHours, stepSeconds: number): Uint8Array {
  const slots = 86_400 / stepSeconds;
  const mask = new Uint8Array(7 * slots);
  for (let weekday = 0; weekday < 7; weekday++) {
    for (const range of hours.weekly[weekday] ?? []) markRange(mask, weekday * slots, range, stepSeconds);
  }
  return mask;
}

function markRange(
  mask: Uint8Array,
  offset: number,
  range: { readonly startMinute: number; readonly endMinute: number },
  stepSeconds: number,
): void {
  const first = Math.ceil((range.startMinute * 60) / stepSeconds);
  const end = Math.ceil((range.endMinute * 60) / stepSeconds);
  for (let slot = first; slot < end; slot++) mask[offset + slot] = 1;
}

/** Opening flags of consecutive civil days, `days × slots`. */
export function openDays(
  firstDayNumber: number,
  days: number,
  weeklyOpen: Uint8Array,
  stepSeconds: number,
  specialDays: readonly SpecialDay[] = [],
): Uint8Array {
  const slots = 86_400 / stepSeconds;
  const open = new Uint8Array(days * slots);
  for (let d = 0; d < days; d++) {
    const from = weekdayOfDayNumber(firstDayNumber + d) * slots;
    open.set(weeklyOpen.subarray(from, from + slots), d * slots);
  }
  for (const special of specialDays) {
    const d = dayNumberOf(special.date) - firstDayNumber;
    if (!special.hours || d < 0 || d >= days) continue;
    open.fill(0, d * slots, (d + 1) * slots);
    for (const range of special.hours) markRange(open, d * slots, range, stepSeconds);
  }
  return open;
}

/**
 * Folds the part of a series before `endEpochSeconds` into a day table; nothing at or after it is read.
 * A day that the end cuts through is not part of the table; days between the last interval and the end are missing.
 */
export function dayTable(
  series: IntervalSeries,
  hours: OpeningHours,
  specialDays: readonly SpecialDay[] = [],
  endEpochSeconds: number = Number.POSITIVE_INFINITY,
): DayTable {
  const { stepSeconds, timeZone } = series;
  const slots = 86_400 / stepSeconds;
  const available = Math.floor((endEpochSeconds - series.start) / stepSeconds);
  const count = Math.max(0, Math.min(series.offered.length, available));
  const local = localSeconds(series.start, stepSeconds, Math.max(1, count), timeZone);
  const firstDayNumber = Math.floor(local[0]! / 86_400);
  const days = Math.max(0, lastRow(series, count, endEpochSeconds) - firstDayNumber);
  const weeklyOpen = weeklyMask(hours, stepSeconds);
  const counts = new Float64Array(days * slots).fill(Number.NaN);
  const aht = new Float64Array(days * slots).fill(Number.NaN);
  const seen = new Uint8Array(days * slots);
  for (let i = 0; i < count; i++) {
    const at = local[i] ?? 0;
    const cell = Math.floor(at / 86_400 - firstDayNumber) * slots + Math.floor((at % 86_400) / stepSeconds);
    if (cell >= counts.length) break;
    const offered = series.offered[i];
    if (offered == null || !Number.isFinite(offered) || offered < 0) continue;
    const before = seen[cell] ?? 0;
    counts[cell] = before === 0 ? offered : ((counts[cell] ?? 0) * before + offered) / (before + 1);
    seen[cell] = before + 1;
    const handleTime = series.ahtSeconds[i];
    if (handleTime != null && handleTime > 0 && Number.isFinite(handleTime)) aht[cell] = handleTime;
  }
  const open = openDays(firstDayNumber, days, weeklyOpen, stepSeconds, specialDays);
  return { timeZone, stepSeconds, slots, days, firstDayNumber, counts, ahtSeconds: aht, open, weeklyOpen };
}

/** Civil day number after the last row: the end's own day (not included), or the day after the last interval. */
function lastRow(series: IntervalSeries, count: number, endEpochSeconds: number): number {
  const { start, stepSeconds, timeZone } = series;
  if (Number.isFinite(endEpochSeconds)) {
    return Math.floor(localSeconds(endEpochSeconds, stepSeconds, 1, timeZone)[0]! / 86_400);
  }
  if (count === 0) return Number.NEGATIVE_INFINITY;
  return (
    Math.floor(localSeconds(start + (count - 1) * stepSeconds, stepSeconds, 1, timeZone)[0]! / 86_400) + 1
  );
}

/** The civil date of row `d`. */
export function dateOfRow(table: DayTable, d: number): string {
  return dateOfDayNumber(table.firstDayNumber + d);
}

/** The weekday of row `d`, 0 = Monday. */
export function weekdayOfRow(table: DayTable, d: number): number {
  return weekdayOfDayNumber(table.firstDayNumber + d);
}
