import { type DayHistory, type DayMark, dayTotals, plainProfile } from './dayHistory.ts';
import { type DayTable, weekdayOfRow } from './dayTable.ts';
import { expectedTotal, restoreShift, restoreSurge } from './levelRuns.ts';
import { regularMonthEffect } from './monthPosition.ts';
import { median, robustDeviation } from './statistics.ts';

const NEAREST_DAYS = 9;
const LEAST_ABNORMAL_LOG_RATIO = 0.22;
const ABNORMAL_DEVIATIONS = 4;
const UNSERVED_DAYS = 14;
/** Where no like day is near to compare with, a day above so many typical ones is judged as a typical one. */
const LARGEST_DAY_RATIO = 5;

/**
 * Prepares a table for learning. A day is abnormal when |ln total − median of the nine nearest days of its
 * weekday| exceeds max(0.22, 4 robust standard deviations): it keeps its values and gets weight 0. Copies of an
 * earlier day, hours of outage and single spikes are set missing. A run of deviating days that lasts to the end for
 * more than a week and a half is a level shift: it is learnt from, and the level starts anew there.
 *
 * @param keepRows rows that a person decided to keep as they are.
 * @param specialRows rows of special days: known to differ, so they are neither learnt from nor reported.
 */
export function classifyDays(
  table: DayTable,
  keepRows: ReadonlySet<number> = new Set(),
  specialRows: ReadonlySet<number> = new Set(),
): DayHistory {
  const counts = table.counts.slice();
  const marks: DayMark[] = [];
  markCopies(table, counts, marks, keepRows);
  dropUnservedDays(table, counts);
  const profile = plainProfile(table, counts);
  let totals = dayTotals(table, counts, profile);
  markOutagesAndSpikes(table, counts, totals, logDeviations(table, totals), profile, marks, keepRows);
  totals = dayTotals(table, counts, profile);
  const deviation = logDeviations(table, totals);
  const weight = new Float64Array(table.days);
  for (let d = 0; d < table.days; d++) weight[d] = Number.isNaN(totals[d]!) ? 0 : 1;
  const regular = regularMonthEffect(deviation, table.firstDayNumber, openWeekdays(table));
  const unexplained = deviation.map((value, d) => value - regular[d]!);
  const threshold = abnormalThreshold(unexplained);
  for (let d = 0; d < table.days; d++) {
    if (weight[d] === 1 && Math.abs(unexplained[d]!) > threshold && !keepRows.has(d)) weight[d] = 0;
  }
  for (const row of specialRows) if (row >= 0 && row < table.days) weight[row] = 0;
  const { shiftRow, shiftLog } = restoreShift(table, totals, deviation, weight, marks);
  if (shiftRow < 0) restoreSurge(totals, deviation, weight, specialRows);
  markAbnormal(table, counts, totals, deviation, weight, marks, specialRows);
  const afterClosure = closuresBefore(table, totals, deviation, weight, threshold);
  return { table, counts, totals, weight, deviation, afterClosure, shiftRow, shiftLog, marks };
}

/** Zeros before a queue's first contact, and two weeks or more of nothing but zeros inside, are no service: missing. */
function dropUnservedDays(table: DayTable, counts: Float64Array): void {
  const { slots, days } = table;
  let lastBusy = -1;
  for (let d = 0; d < days; d++) {
    let busy = false;
    for (let j = 0; j < slots && !busy; j++) busy = counts[d * slots + j]! > 0;
    if (!busy) continue;
    const silent = d - lastBusy - 1;
    if (silent >= UNSERVED_DAYS) counts.fill(Number.NaN, (lastBusy + 1) * slots, d * slots);
    lastBusy = d;
  }
}

function abnormalThreshold(deviation: Float64Array): number {
  const known = Array.from(deviation).filter(value => Number.isFinite(value));
  if (known.length < 10) return Number.POSITIVE_INFINITY;
  return Math.max(LEAST_ABNORMAL_LOG_RATIO, ABNORMAL_DEVIATIONS * robustDeviation(known));
}

/** ln((T+1)/(median+1)) against the nearest days of the same weekday, the day itself left out. */
function logDeviations(table: DayTable, totals: Float64Array): Float64Array {
  const deviation = new Float64Array(table.days).fill(Number.NaN);
  for (let w = 0; w < 7; w++) {
    const rows: number[] = [];
    for (let d = 0; d < table.days; d++) {
      if (weekdayOfRow(table, d) === w && !Number.isNaN(totals[d]!)) rows.push(d);
    }
    const half = NEAREST_DAYS / 2;
    for (let i = 0; i < rows.length; i++) {
      let from = Math.max(0, Math.ceil(i - half));
      const to = Math.min(rows.length, from + NEAREST_DAYS + 1);
      from = Math.max(0, to - NEAREST_DAYS - 1);
      const near: number[] = [];
      for (let k = from; k < to; k++) if (k !== i) near.push(totals[rows[k]!]!);
      if (near.length >= 3) deviation[rows[i]!] = Math.log((totals[rows[i]!]! + 1) / (median(near) + 1));
    }
  }
  return deviation;
}

/** A day that repeats the same weekday of an earlier week value for value was filled in, not counted. */
function markCopies(
  table: DayTable,
  counts: Float64Array,
  marks: DayMark[],
  keep: ReadonlySet<number>,
): void {
  const { slots } = table;
  for (let d = 7; d < table.days; d++) {
    if (keep.has(d)) continue;
    for (const back of [7, 14, 21, 28, 1]) {
      if (d < back || !sameCounts(table, d, d - back)) continue;
      let observed = 0;
      for (let j = 0; j < slots; j++) observed += counts[d * slots + j] || 0;
      counts.fill(Number.NaN, d * slots, (d + 1) * slots);
      marks.push({ row: d, kind: 'copied-day', fromSlot: 0, toSlot: slots, observed, expected: observed });
      break;
    }
  }
}

function sameCounts(table: DayTable, a: number, b: number): boolean {
  const { slots, counts, open } = table;
  let informative = 0;
  for (let j = 0; j < slots; j++) {
    if (open[a * slots + j] !== 1) continue;
    const value = counts[a * slots + j]!;
    if (value !== counts[b * slots + j]! && !(Number.isNaN(value) && Number.isNaN(counts[b * slots + j]!)))
      return false;
    if (value >= 5) informative++;
  }
  // A constant history equals itself every week; only a varied day can be recognised as a copy.
  return informative >= 12 && variety(table, a) >= 8;
}

function variety(table: DayTable, row: number): number {
  const values = new Set<number>();
  for (let j = 0; j < table.slots; j++) values.add(table.counts[row * table.slots + j]!);
  return values.size;
}

function markOutagesAndSpikes(
  table: DayTable,
  counts: Float64Array,
  totals: Float64Array,
  deviation: Float64Array,
  profile: Float64Array,
  marks: DayMark[],
  keep: ReadonlySet<number>,
): void {
  const { slots, open } = table;
  const typical = median(Array.from(totals).filter(total => total > 0));
  for (let d = 0; d < table.days; d++) {
    const total = totals[d]!;
    if (Number.isNaN(total) || total < 30 || keep.has(d)) continue;
    const w = weekdayOfRow(table, d) * slots;
    const undisturbed = undisturbedTotal(total, deviation[d]!, typical);
    let from = -1;
    let expected = 0;
    let observed = 0;
    for (let j = 0; j <= slots; j++) {
      const usual = j < slots && open[d * slots + j] === 1 ? undisturbed * profile[w + j]! : 0;
      const value = j < slots ? counts[d * slots + j]! : Number.NaN;
      if (value > 4 * usual + 12 * Math.sqrt(usual + 1) + 10 && usual > 0) {
        marks.push({ row: d, kind: 'spike', fromSlot: j, toSlot: j + 1, observed: value, expected: usual });
        counts[d * slots + j] = Number.NaN;
      }
      if (usual > 2 && value <= 0.08 * usual) {
        if (from < 0) from = j;
        expected += usual;
        observed += value;
        continue;
      }
      if (from >= 0 && expected > 20 && expected < 0.75 * undisturbed) {
        marks.push({ row: d, kind: 'outage', fromSlot: from, toSlot: j, observed, expected });
        counts.fill(Number.NaN, d * slots + from, d * slots + j);
      }
      from = -1;
      expected = 0;
      observed = 0;
    }
  }
}

/** What a day should have brought: a spike swells its own day's total, and intervals are not to be judged by that. */
function undisturbedTotal(total: number, deviation: number, typical: number): number {
  if (deviation > 0) return expectedTotal(total, deviation);
  return Number.isNaN(deviation) && total > LARGEST_DAY_RATIO * typical ? typical : total;
}

function openWeekdays(table: DayTable): Uint8Array {
  const { weeklyOpen, slots } = table;
  return Uint8Array.from({ length: 7 }, (_, w) =>
    weeklyOpen.subarray(w * slots, (w + 1) * slots).includes(1) ? 1 : 0,
  );
}

function markAbnormal(
  table: DayTable,
  counts: Float64Array,
  totals: Float64Array,
  deviation: Float64Array,
  weight: Float64Array,
  marks: DayMark[],
  specialRows: ReadonlySet<number>,
): void {
  for (let d = 0; d < table.days; d++) {
    if (weight[d] !== 0 || Number.isNaN(totals[d]!) || specialRows.has(d)) continue;
    const ratio = Math.exp(deviation[d]!);
    const doubled = ratio > 1.75 && ratio < 2.3 && allEven(table, counts, d);
    marks.push({
      row: d,
      kind: doubled ? 'doubled-day' : 'abnormal-day',
      fromSlot: 0,
      toSlot: table.slots,
      observed: totals[d]!,
      expected: expectedTotal(totals[d]!, deviation[d]!),
    });
  }
}

function allEven(table: DayTable, counts: Float64Array, d: number): boolean {
  let informative = 0;
  for (let j = 0; j < table.slots; j++) {
    const value = counts[d * table.slots + j]!;
    if (Number.isNaN(value) || value === 0) continue;
    if (value % 2 !== 0) return false;
    informative++;
  }
  return informative >= 5;
}

function closuresBefore(
  table: DayTable,
  totals: Float64Array,
  deviation: Float64Array,
  weight: Float64Array,
  threshold: number,
): Uint8Array {
  // One entry beyond the last row: the first day of the horizon may follow a closure.
  const after = new Uint8Array(table.days + 1);
  for (let d = 1; d <= table.days; d++) {
    const back = previousServiceDay(table, d);
    if (back < 0) continue;
    const fellOut = Number.isNaN(totals[back]!) || (weight[back] === 0 && deviation[back]! < -threshold);
    if (fellOut) after[d] = 1;
  }
  return after;
}

/** The last day before row `d` on which the weekly hours are open; −1 when there is none. */
export function previousServiceDay(table: DayTable, d: number): number {
  for (let back = d - 1; back >= Math.max(0, d - 7); back--) {
    const w = weekdayOfRow(table, back) * table.slots;
    if (table.weeklyOpen.subarray(w, w + table.slots).includes(1)) return back;
  }
  return -1;
}
