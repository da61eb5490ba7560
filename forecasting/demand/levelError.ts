import { normalQuantile } from './negativeBinomial.ts';

/** One day of a rolling forecast inside the history, against what came. */
export interface DayError {
  /** Horizon bucket. */
  readonly bucket: number;
  /** Row of the history's day table at which the forecast was made. */
  readonly origin: number;
  /** Days ahead, counted from 1. */
  readonly ahead: number;
  readonly mean: number;
  readonly actual: number;
  /** Sum of the squared interval means. */
  readonly squaredMeans: number;
}

const LEAST_WINDOWS = 2;

/**
 * Variance of the relative error that all days of one forecast share: mean product of the relative errors of different
 * days of the same origin, so that what days have of their own averages out. It rests on few independent stretches of
 * the past however many origins look at them, hence the allowance of Student's t over the normal at the ends of an 80 %
 * band. `undefined` when no origin has two days.
 */
export function levelErrorVariance(errors: readonly DayError[]): number | undefined {
  const byOrigin = new Map<number, { sum: number; squares: number; count: number }>();
  let longest = 1;
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (const error of errors) {
    const relative = Math.max(-1, Math.min(1, (error.actual - error.mean) / error.mean));
    const seen = byOrigin.get(error.origin) ?? { sum: 0, squares: 0, count: 0 };
    seen.sum += relative;
    seen.squares += relative * relative;
    seen.count++;
    byOrigin.set(error.origin, seen);
    longest = Math.max(longest, error.ahead);
    first = Math.min(first, error.origin);
    last = Math.max(last, error.origin + error.ahead);
  }
  let product = 0;
  let pairs = 0;
  for (const { sum, squares, count } of byOrigin.values()) {
    product += sum * sum - squares;
    pairs += count * (count - 1);
  }
  if (pairs === 0) return undefined;
  const windows = Math.min(byOrigin.size, (last - first) / longest);
  return Math.max(0, product / pairs) * studentAllowance(Math.max(LEAST_WINDOWS, windows));
}

/**
 * (t ÷ z)² at the 90 % quantile for a variance known from this many independent values (Abramowitz and Stegun 26.7.5).
 */
function studentAllowance(freedom: number): number {
  const z = normalQuantile(0.9);
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return ((z + first / freedom + second / freedom ** 2 + third / freedom ** 3) / z) ** 2;
}
