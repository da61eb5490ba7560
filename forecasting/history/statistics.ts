import {
  sampleCorrelation as pearsonCorrelation,
  standardDeviation as populationDeviation,
  mean as sampleMean,
  median as sampleMedian,
} from 'simple-statistics';

/** Scale factor that makes the median absolute deviation estimate a normal standard deviation. */
const NORMAL_MAD = 1.4826;

/** Median of the values; NaN for none. */
export function median(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : sampleMedian([...values]);
}

/** Arithmetic mean; NaN for none. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : sampleMean([...values]);
}

/** Population standard deviation (divisor n); NaN for no values. */
export function standardDeviation(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : populationDeviation([...values]);
}

/** Robust standard deviation: 1.4826 × median absolute deviation; NaN for no values. */
export function robustDeviation(values: readonly number[]): number {
  const centre = median(values);
  return NORMAL_MAD * median(values.map(value => Math.abs(value - centre)));
}

/** Pearson correlation of two samples of equal length; NaN where one does not vary or there are fewer than two. */
export function sampleCorrelation(x: readonly number[], y: readonly number[]): number {
  return x.length < 2 ? Number.NaN : pearsonCorrelation([...x], [...y]);
}
