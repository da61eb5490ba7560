import { assertStep } from '../calendar/grid.ts';
import type { IntervalSeries } from './series.ts';

/**
 * The same history in longer intervals. Counts are summed; AHT is weighted by the contacts handled (offered
 * where handled is not known). A longer interval with any part missing is missing, so that no total shrinks.
 * The grid is cut at multiples of the new length from the first interval that starts on one.
 *
 * @throws RangeError unless the new length is a multiple of the present one and divides the hour.
 */
export function reaggregate(series: IntervalSeries, stepSeconds: number): IntervalSeries {
  assertStep(stepSeconds);
  const parts = stepSeconds / series.stepSeconds;
  if (!Number.isInteger(parts)) {
    throw new RangeError(`${stepSeconds} s is not a multiple of the series' ${series.stepSeconds} s`);
  }
  if (parts === 1) return series;
  const start = Math.floor(series.start / stepSeconds) * stepSeconds;
  const lead = (series.start - start) / series.stepSeconds;
  if (!Number.isInteger(lead))
    throw new RangeError(`series start ${series.start} is off a ${stepSeconds} s grid`);
  const count = Math.ceil((lead + series.offered.length) / parts);
  const sum = (column: readonly (number | null)[]) =>
    Array.from({ length: count }, (_, i) => sumOfParts(column, i * parts - lead, parts));
  const weights = series.handled ?? series.offered;
  return {
    start,
    stepSeconds,
    timeZone: series.timeZone,
    offered: sum(series.offered),
    ahtSeconds: Array.from({ length: count }, (_, i) =>
      weightedMean(series.ahtSeconds, weights, i * parts - lead, parts),
    ),
    ...(series.handled && { handled: sum(series.handled) }),
    ...(series.abandoned && { abandoned: sum(series.abandoned) }),
  };
}

function sumOfParts(column: readonly (number | null)[], from: number, parts: number): number | null {
  let total = 0;
  for (let i = from; i < from + parts; i++) {
    const value = column[i];
    if (value === null || value === undefined) return null;
    total += value;
  }
  return total;
}

function weightedMean(
  values: readonly (number | null)[],
  weights: readonly (number | null)[],
  from: number,
  parts: number,
): number | null {
  let total = 0;
  let weightSum = 0;
  for (let i = Math.max(0, from); i < from + parts; i++) {
    const value = values[i];
    const weight = weights[i] ?? 0;
    if (value == null || weight <= 0) continue;
    total += value * weight;
    weightSum += weight;
  }
  return weightSum > 0 ? total / weightSum : null;
}
