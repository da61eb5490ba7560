import type { DayTable } from './dayTable.ts';
import { weekdayOfRow } from './dayTable.ts';
import { median } from './statistics.ts';

/** A value that makes up more than this share of all of its slot is looked at beside the slot's median. */
const DOMINANT_SHARE = 0.3;
const LARGEST_TIMES_MEDIAN = 10;
const LEAST_MEDIAN = 5;

/**
 * A day table made ready for learning: day totals filled up where slots are missing, and a weight per day.
 * Built only from the rows of its table, so a table that ends at the origin yields nothing from after it.
 */
export interface DayHistory {
  readonly table: DayTable;
  /** Counts with outages, spikes and copied days set missing. */
  readonly counts: Float64Array;
  /** What a full day by the weekly hours would have brought; NaN where the day is closed or unknown. */
  readonly totals: Float64Array;
  /** Learning weight: 1 for an ordinary day, 0 for an abnormal, closed or missing one. */
  readonly weight: Float64Array;
  /** ln of the day's total over the median of the nearest days of its weekday; NaN where unknown. */
  readonly deviation: Float64Array;
  /** 1 on a day of service whose previous day of service fell out (holiday, closure, missing). */
  readonly afterClosure: Uint8Array;
  /** First row of a lasting change of level that had not yet become ordinary at the end; −1 for none. */
  readonly shiftRow: number;
  /** ln of the new level over the old one at `shiftRow`; 0 without a shift. */
  readonly shiftLog: number;
  /** What was found per day. */
  readonly marks: readonly DayMark[];
}

/** Something noticed about one day, in table coordinates. */
export interface DayMark {
  readonly row: number;
  readonly kind: 'abnormal-day' | 'doubled-day' | 'copied-day' | 'outage' | 'spike' | 'level-shift';
  /** Slots concerned, end exclusive. */
  readonly fromSlot: number;
  readonly toSlot: number;
  readonly observed: number;
  readonly expected: number;
}

/**
 * Share of a weekday's contacts in each slot, 7 × slots, by plain sums; weekdays without data are pooled. Single values
 * out of all proportion, as slips of the pen are, count as ten times their slot's median.
 */
export function plainProfile(table: DayTable, counts: Float64Array): Float64Array {
  const { slots, days } = table;
  const profile = new Float64Array(7 * slots);
  const sums = new Float64Array(7 * slots);
  const seen = new Float64Array(7 * slots);
  const largest = new Float64Array(7 * slots);
  for (let d = 0; d < days; d++) {
    const w = weekdayOfRow(table, d) * slots;
    for (let j = 0; j < slots; j++) {
      const value = counts[d * slots + j]!;
      if (table.open[d * slots + j] !== 1 || Number.isNaN(value)) continue;
      sums[w + j]! += value;
      seen[w + j]!++;
      largest[w + j] = Math.max(largest[w + j]!, value);
    }
  }
  for (let cell = 0; cell < 7 * slots; cell++) {
    if (seen[cell]! >= 3 && largest[cell]! > DOMINANT_SHARE * sums[cell]!) {
      sums[cell] = sumInProportion(table, counts, Math.floor(cell / slots), cell % slots);
    }
  }
  for (let w = 0; w < 7; w++) {
    let total = 0;
    for (let j = 0; j < slots; j++) {
      const cell = w * slots + j;
      profile[cell] = seen[cell]! > 0 ? sums[cell]! / seen[cell]! : 0;
      total += profile[cell]!;
    }
    let open = 0;
    for (let j = 0; j < slots; j++) open += table.weeklyOpen[w * slots + j]!;
    for (let j = 0; j < slots; j++) {
      const cell = w * slots + j;
      if (total > 0) profile[cell]! /= total;
      else profile[cell] = open > 0 ? table.weeklyOpen[cell]! / open : 0;
    }
  }
  return profile;
}

/** Sum of a slot on one weekday, values cut at ten times their median. */
function sumInProportion(table: DayTable, counts: Float64Array, weekday: number, slot: number): number {
  const { slots, days, open } = table;
  const values: number[] = [];
  for (let d = 0; d < days; d++) {
    const value = counts[d * slots + slot]!;
    if (weekdayOfRow(table, d) === weekday && open[d * slots + slot] === 1 && !Number.isNaN(value)) {
      values.push(value);
    }
  }
  const most = LARGEST_TIMES_MEDIAN * Math.max(median(values), LEAST_MEDIAN);
  return values.reduce((sum, value) => sum + Math.min(value, most), 0);
}

/**
 * Day totals by the weekly hours: the observed sum divided by the share of the day that was observed.
 * A day observed for less than 40 % of its usual contacts has no total.
 */
export function dayTotals(table: DayTable, counts: Float64Array, profile: Float64Array): Float64Array {
  const totals = new Float64Array(table.days).fill(Number.NaN);
  const { slots } = table;
  for (let d = 0; d < table.days; d++) {
    const w = weekdayOfRow(table, d) * slots;
    let sum = 0;
    let share = 0;
    let observed = 0;
    for (let j = 0; j < slots; j++) {
      const value = counts[d * slots + j]!;
      if (table.open[d * slots + j] !== 1 || Number.isNaN(value)) continue;
      sum += value;
      share += profile[w + j]!;
      observed++;
    }
    if (observed > 0 && share >= 0.4) totals[d] = share > 0.999 ? sum : sum / share;
  }
  return totals;
}
