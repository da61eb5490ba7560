import type { IntervalGrid } from '../calendar/grid.ts';

/**
 * A queue's history as columns on a regular grid (interval `i` starts at `start + i × stepSeconds`).
 *
 * `null` is an interval without data; 0 is an interval with no calls; whether the queue was open is a
 * third question, answered by the opening hours and never stored here.
 */
export interface IntervalSeries extends Omit<IntervalGrid, 'count'> {
  /** Contacts offered per interval. */
  readonly offered: readonly (number | null)[];
  /** Mean handle time (talk + hold + wrap-up) of the contacts handled; `null` where none was. */
  readonly ahtSeconds: readonly (number | null)[];
  /** Contacts handled; empty when the history does not say. */
  readonly handled?: readonly (number | null)[];
  /** Contacts abandoned; empty when the history does not say. */
  readonly abandoned?: readonly (number | null)[];
}

/** The grid under a series. */
export function gridOf(series: IntervalSeries): IntervalGrid {
  const { start, stepSeconds, timeZone, offered } = series;
  return { start, stepSeconds, timeZone, count: offered.length };
}

/** UTC epoch seconds just after the last interval. */
export function endOf(series: IntervalSeries): number {
  return series.start + series.offered.length * series.stepSeconds;
}

/**
 * The part of a series in `[fromEpochSeconds, toEpochSeconds)`, cut at interval starts.
 *
 * @throws RangeError if the cut is not aligned with the grid.
 */
export function sliceSeries(
  series: IntervalSeries,
  fromEpochSeconds: number,
  toEpochSeconds: number,
): IntervalSeries {
  const first = (fromEpochSeconds - series.start) / series.stepSeconds;
  if (!Number.isInteger(first)) {
    throw new RangeError(`cut at ${fromEpochSeconds} is not on the grid of ${series.stepSeconds} s`);
  }
  const from = Math.max(0, first);
  const to = Math.max(from, Math.floor((toEpochSeconds - series.start) / series.stepSeconds));
  const cut = (column: readonly (number | null)[]) => column.slice(from, to);
  return {
    start: series.start + from * series.stepSeconds,
    stepSeconds: series.stepSeconds,
    timeZone: series.timeZone,
    offered: cut(series.offered),
    ahtSeconds: cut(series.ahtSeconds),
    ...(series.handled && { handled: cut(series.handled) }),
    ...(series.abandoned && { abandoned: cut(series.abandoned) }),
  };
}
