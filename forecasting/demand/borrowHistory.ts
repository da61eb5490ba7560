import { openMask } from '../calendar/opening.ts';
import { detectOpeningHours } from '../history/detectOpeningHours.ts';
import type { IntervalSeries } from '../history/series.ts';

const ENOUGH_DAYS = 56;
const BORROWED_DAYS = 56;
const LEAST_SHARED_INTERVALS = 24;

/** A short history lengthened by what similar queues did before it, or the history as it was. */
export interface BorrowedHistory {
  readonly series: IntervalSeries;
  /** Days borrowed; 0 when the history is long enough or no similar queue reaches further back. */
  readonly borrowedDays: number;
}

/**
 * Gives a queue with less than eight weeks of history the weeks before it from similar queues: their summed contacts,
 * scaled so that both agree over the days that both know. The queue's own days come last and weigh most, so what
 * differs is soon learnt. Only intervals before the origin are read.
 *
 * @throws RangeError if a similar queue has another interval length or time zone.
 */
export function borrowHistory(
  series: IntervalSeries,
  similar: readonly IntervalSeries[],
  originEpochSeconds: number,
): BorrowedHistory {
  const step = series.stepSeconds;
  for (const other of similar) {
    if (other.stepSeconds !== step || other.timeZone !== series.timeZone) {
      throw new RangeError(
        `similar queues must have the interval length and time zone of the queue (${step} s, ${series.timeZone})`,
      );
    }
  }
  const perDay = 86_400 / step;
  const end = Math.min(series.offered.length, Math.floor((originEpochSeconds - series.start) / step));
  const first = series.offered.findIndex((value, i) => i < end && value !== null && value > 0);
  const unchanged = { series, borrowedDays: 0 };
  if (similar.length === 0 || first < 0 || end - first >= ENOUGH_DAYS * perDay) return unchanged;
  const scale = scaleTo(series, similar, first, end);
  if (scale === undefined) return unchanged;
  const count = BORROWED_DAYS * perDay;
  const start = series.start + (first - count) * step;
  const hours = detectOpeningHours(series, originEpochSeconds);
  const open = openMask({ start, stepSeconds: step, timeZone: series.timeZone, count }, hours);
  const borrowed = Array.from({ length: count }, (_, i) => {
    const theirs = open[i] === 1 ? sumAt(similar, start + i * step) : null;
    return theirs === null ? null : theirs * scale;
  });
  const known = borrowed.reduce<number>((sum, value) => sum + (value === null ? 0 : 1), 0);
  if (known === 0) return unchanged;
  const { timeZone, offered, ahtSeconds } = series;
  return {
    series: {
      start,
      stepSeconds: step,
      timeZone,
      offered: [...borrowed, ...offered.slice(first)],
      ahtSeconds: [...new Array<null>(count).fill(null), ...ahtSeconds.slice(first)],
    },
    borrowedDays: Math.round(known / perDayOpen(open, perDay)),
  };
}

/** Contacts of the queue over those of the others, where both are known; undefined when too little is. */
function scaleTo(
  series: IntervalSeries,
  similar: readonly IntervalSeries[],
  first: number,
  end: number,
): number | undefined {
  let own = 0;
  let others = 0;
  let shared = 0;
  for (let i = first; i < end; i++) {
    const value = series.offered[i];
    const theirs = sumAt(similar, series.start + i * series.stepSeconds);
    if (value == null || theirs === null) continue;
    own += value;
    others += theirs;
    shared++;
  }
  return shared >= LEAST_SHARED_INTERVALS && others > 0 ? own / others : undefined;
}

function perDayOpen(open: Uint8Array, perDay: number): number {
  const flags = open.reduce((sum, flag) => sum + flag, 0);
  return Math.max(1, (flags * perDay) / open.length);
}

/** Summed contacts of the queues that know the interval; null when none does. */
function sumAt(queues: readonly IntervalSeries[], at: number): number | null {
  let total: number | null = null;
  for (const queue of queues) {
    const value = queue.offered[(at - queue.start) / queue.stepSeconds];
    if (value != null && value >= 0) total = (total ?? 0) + value;
  }
  return total;
}
