import type { DayMark } from './dayHistory.ts';
import type { DayTable } from './dayTable.ts';

const LARGEST_SHIFT = 4;
const SURGE_DAYS = 3;

/**
 * Three or more busy days in a row at the end are demand that is there, not a mistake: they are learnt from, and the
 * level filter's clipping keeps their weight in bounds. Quiet days in a row stay out: holidays come in rows too.
 */
export function restoreSurge(
  totals: Float64Array,
  deviation: Float64Array,
  weight: Float64Array,
  specialRows: ReadonlySet<number>,
): void {
  const run: number[] = [];
  for (let d = totals.length - 1; d >= 0; d--) {
    if (Number.isNaN(totals[d]!)) continue;
    if (weight[d] !== 0 || specialRows.has(d) || !(deviation[d]! > 0)) break;
    run.push(d);
  }
  if (run.length >= SURGE_DAYS) for (const d of run) weight[d] = 1;
}

/**
 * Days that deviate to one side for more than a week and a half up to the end are a new level: they are learnt from.
 *
 * @returns the first row of the new level (−1 for none) and ln of new over old.
 */
export function restoreShift(
  table: DayTable,
  totals: Float64Array,
  deviation: Float64Array,
  weight: Float64Array,
  marks: DayMark[],
): { shiftRow: number; shiftLog: number } {
  let run = 0;
  let first = -1;
  let sign = 0;
  let exceptions = 0;
  for (let d = table.days - 1; d >= 0 && table.days - d < 70; d--) {
    if (Number.isNaN(totals[d]!)) continue;
    const side = weight[d] === 0 ? Math.sign(deviation[d]!) : 0;
    if (side !== 0 && (sign === 0 || side === sign)) {
      sign = side;
      run++;
      first = d;
    } else if (++exceptions > 1 + 0.15 * run) break;
  }
  const openPerWeek = Math.max(1, weekdaysInUse(table));
  if (run < Math.max(6, 1.5 * openPerWeek)) return { shiftRow: -1, shiftLog: 0 };
  let observed = 0;
  let expected = 0;
  for (let d = first; d < table.days; d++) {
    if (Number.isNaN(totals[d]!)) continue;
    weight[d] = 1;
    observed += totals[d]!;
    expected += expectedTotal(totals[d]!, deviation[d]!);
  }
  marks.push({ row: first, kind: 'level-shift', fromSlot: 0, toSlot: table.slots, observed, expected });
  const shiftLog = Math.max(
    -LARGEST_SHIFT,
    Math.min(LARGEST_SHIFT, Math.log((observed + 1) / (expected + 1))),
  );
  return { shiftRow: first, shiftLog };
}

/** What the nearest days of the weekday suggest for a row, undoing its log deviation. */
export function expectedTotal(total: number, deviation: number): number {
  return Number.isNaN(deviation) ? total : Math.max(0, (total + 1) / Math.exp(deviation) - 1);
}

function weekdaysInUse(table: DayTable): number {
  let used = 0;
  for (let w = 0; w < 7; w++) {
    if (table.weeklyOpen.subarray(w * table.slots, (w + 1) * table.slots).includes(1)) used++;
  }
  return used;
}
