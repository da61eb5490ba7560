import type { GridDay } from '../calendar/grid.ts';
import type { ShiftLever } from './levers.ts';

/**
 * Agents on duty when a day's requirement is covered by whole shifts of two lengths: full-time shifts carry the lower
 * part of the curve, part-time shifts what stands above it, and the height of the cut is chosen so that part-time
 * shifts make up the share of the hours asked for. For each part the number of shifts is the least possible: the
 * first interval that lacks an agent gets a shift that begins there (or ends with the last open interval), and no
 * later shift could cover it.
 *
 * Shifts are whole stretches; breaks belong to shrinkage.
 */
export function coverDay(
  required: readonly (number | null)[],
  day: GridDay,
  stepSeconds: number,
  shifts: ShiftLever,
): Int32Array {
  const needed = Int32Array.from({ length: day.count }, (_, k) =>
    Math.ceil(required[day.firstIndex + k] ?? 0),
  );
  const peak = needed.reduce((most, value) => Math.max(most, value), 0);
  const full = Math.max(1, Math.round((shifts.fullTimeHours * 3600) / stepSeconds));
  const part = Math.max(1, Math.round((shifts.partTimeHours * 3600) / stepSeconds));
  let best: Int32Array | null = null;
  let nearest = Infinity;
  for (let cut = 0; cut <= peak; cut++) {
    const fullTime = cover(
      needed.map(value => Math.min(value, cut)),
      full,
    );
    const rest = needed.map((value, k) => Math.max(0, value - (fullTime.onDuty[k] ?? 0)));
    const partTime = cover(rest, part);
    const hours = fullTime.intervals + partTime.intervals;
    const distance = Math.abs((hours > 0 ? partTime.intervals / hours : 0) - shifts.partTimeShare);
    if (distance >= nearest - 1e-12) continue;
    nearest = distance;
    best = fullTime.onDuty.map((agents, k) => agents + (partTime.onDuty[k] ?? 0));
  }
  return best ?? needed;
}

/** Fewest shifts of one length over a curve, and the intervals worked in them. */
function cover(needed: Int32Array, length: number): { onDuty: Int32Array; intervals: number } {
  const onDuty = new Int32Array(needed.length);
  const last = needed.findLastIndex(value => value > 0);
  const first = needed.findIndex(value => value > 0);
  let intervals = 0;
  for (let k = Math.max(0, first); k <= last; k++) {
    const missing = (needed[k] ?? 0) - (onDuty[k] ?? 0);
    if (missing <= 0) continue;
    const start = Math.max(first, Math.min(k, last + 1 - length));
    const end = Math.min(last + 1, start + length);
    for (let i = start; i < end; i++) onDuty[i] = (onDuty[i] ?? 0) + missing;
    intervals += missing * (end - start);
  }
  return { onDuty, intervals };
}
