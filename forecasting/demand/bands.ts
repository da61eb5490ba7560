import { countQuantiles } from './negativeBinomial.ts';
import type { BandValue } from './types.ts';
import { type BucketUncertainty, scatterAt, stretchAt, type Uncertainty } from './uncertainty.ts';

/** Variance of one interval with mean μ. */
export function intervalVariance(scatter: BucketUncertainty, mean: number): number {
  return scatter.slotFactor * mean + (scatter.slotVariance + scatter.dayVariance) * mean * mean;
}

/** Bands of one interval at each level. */
export function intervalBands(
  scatter: BucketUncertainty,
  mean: number,
  levels: readonly number[],
): BandValue[] {
  return levels.map(level => {
    const [lower = 0, upper = 0] = intervalQuantiles(scatter, mean, [0.5 - level / 2, 0.5 + level / 2]);
    return { level, lower, upper };
  });
}

/** Quantiles of one interval at ascending shares. */
export function intervalQuantiles(
  scatter: BucketUncertainty,
  mean: number,
  shares: readonly number[],
): number[] {
  const variance = intervalVariance(scatter, mean);
  return shares.map(share => {
    const level = Math.abs(2 * share - 1);
    const stretch = level === 0 ? 1 : stretchAt(level, scatter.stretch80, scatter.stretch95);
    return countQuantiles(mean, variance * stretch * stretch, [share])[0] ?? mean;
  });
}

/** Mean up to which the median is given as the whole number it is; above, the difference is nothing. */
const WHOLE_MEDIAN_MEAN = 60;

/** Median count of one interval. */
export function countMedian(scatter: BucketUncertainty, mean: number): number {
  const median = intervalQuantiles(scatter, mean, [0.5])[0] ?? mean;
  return mean <= WHOLE_MEDIAN_MEAN ? Math.round(median) : median;
}

/** Days of a horizon in the form that totals need. */
export interface DayMean {
  /** Days ahead of the origin, counted from 1. */
  readonly ahead: number;
  readonly mean: number;
  /** Sum of the squared interval means. */
  readonly squaredMeans: number;
}

/** Variance of the contacts over several days: own noise of intervals and days, and the shared error of level. */
function totalVariance(uncertainty: Uncertainty, days: readonly DayMean[]): number {
  let independent = 0;
  let shared = 0;
  for (const day of days) {
    const scatter = scatterAt(uncertainty, day.ahead);
    independent +=
      scatter.slotFactor * day.mean +
      scatter.slotVariance * day.squaredMeans +
      (scatter.dayVariance - scatter.levelVariance) * day.mean ** 2;
    shared += Math.sqrt(scatter.levelVariance) * day.mean;
  }
  return independent + shared * shared;
}

/** Bands of the sum of several days. */
export function totalBands(
  uncertainty: Uncertainty,
  days: readonly DayMean[],
  levels: readonly number[],
): BandValue[] {
  const mean = days.reduce((sum, day) => sum + day.mean, 0);
  const variance = totalVariance(uncertainty, days);
  const scatter = scatterAt(uncertainty, days.at(-1)?.ahead ?? 1);
  return levels.map(level => {
    const stretch = stretchAt(level, scatter.dayStretch80, scatter.dayStretch95);
    const [lower = 0, upper = 0] = countQuantiles(mean, Math.max(mean, variance * stretch * stretch), [
      0.5 - level / 2,
      0.5 + level / 2,
    ]);
    return { level, lower, upper };
  });
}
