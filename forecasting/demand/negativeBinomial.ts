/**
 * Count distribution of an interval with mean μ and variance v ≥ μ: negative binomial, or Poisson when v = μ.
 * Where the mean is large the quantiles come from the Wilson–Hilferty gamma approximation, whose error there is
 * far below one contact; below that the probabilities are summed.
 */

const EXACT_MEAN = 60;

/** Standard normal quantile (Acklam's rational approximation, relative error below 1.2e-9). */
export function normalQuantile(p: number): number {
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return (
      (((((-7.784894002430293e-3 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) *
        q +
        4.374664141464968) *
        q +
        2.938163982698783) /
      ((((7.784695709041462e-3 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) *
        q +
        1)
    );
  }
  const q = p - 0.5;
  const r = q * q;
  return (
    ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
      2.506628277459239) *
      q) /
    (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
      1)
  );
}

/** Quantile of a gamma distribution given by mean and variance (Wilson–Hilferty). */
function gammaQuantile(mean: number, variance: number, p: number): number {
  if (mean <= 0) return 0;
  if (variance <= 0) return mean;
  const shape = (mean * mean) / variance;
  const cube = 1 - 1 / (9 * shape) + normalQuantile(p) / (3 * Math.sqrt(shape));
  return Math.max(0, mean * cube ** 3);
}

/**
 * Smooth quantile of a count: the value at which the distribution function, joined linearly between
 * the half-integers, reaches p. For p at an exact step this is the usual quantile within half a contact;
 * it makes bands of rates below ten contacts cover what they say, where whole numbers over-cover.
 *
 * @throws RangeError if the mean is negative or not finite.
 */
export function countQuantile(mean: number, variance: number, p: number): number {
  if (!(mean >= 0) || !Number.isFinite(mean)) throw new RangeError(`mean must be 0 or more; found ${mean}`);
  if (mean < 1e-9) return 0;
  if (mean > EXACT_MEAN) return gammaQuantile(mean, Math.max(variance, mean), p);
  return exactQuantiles(mean, variance, [p])[0] ?? 0;
}

/** The quantiles at ascending `levels`, in one pass over the probabilities. */
export function countQuantiles(mean: number, variance: number, levels: readonly number[]): number[] {
  if (mean < 1e-9) return levels.map(() => 0);
  if (mean > EXACT_MEAN) return levels.map(p => gammaQuantile(mean, Math.max(variance, mean), p));
  return exactQuantiles(mean, variance, levels);
}

function exactQuantiles(mean: number, variance: number, levels: readonly number[]): number[] {
  const extra = Math.max(0, variance - mean);
  const size = extra > 1e-9 * mean ? (mean * mean) / extra : Number.POSITIVE_INFINITY;
  const odds = Number.isFinite(size) ? mean / (size + mean) : 0;
  let probability = Number.isFinite(size) ? Math.exp(-size * Math.log1p(mean / size)) : Math.exp(-mean);
  let below = 0;
  let count = 0;
  const results: number[] = [];
  const limit = Math.ceil(mean + 60 * Math.sqrt(Math.max(variance, mean)) + 60);
  for (const level of levels) {
    while (below + probability < level && count < limit) {
      below += probability;
      probability *= Number.isFinite(size) ? (odds * (size + count)) / (count + 1) : mean / (count + 1);
      count++;
    }
    const within = probability > 0 ? Math.min(1, Math.max(0, (level - below) / probability)) : 0.5;
    results.push(Math.max(0, count - 0.5 + within));
  }
  return results;
}

/** Probability of at most `count` contacts and of exactly `count`. */
export function countProbability(
  mean: number,
  variance: number,
  count: number,
): { below: number; at: number } {
  if (mean < 1e-9) return { below: count > 0 ? 1 : 0, at: count === 0 ? 1 : 0 };
  if (mean > EXACT_MEAN || count > 2000) {
    const upper = gammaProbability(mean, Math.max(variance, mean), count + 0.5);
    const lower = gammaProbability(mean, Math.max(variance, mean), count - 0.5);
    return { below: lower, at: Math.max(0, upper - lower) };
  }
  const extra = Math.max(0, variance - mean);
  const size = extra > 1e-9 * mean ? (mean * mean) / extra : Number.POSITIVE_INFINITY;
  const odds = Number.isFinite(size) ? mean / (size + mean) : 0;
  let at = Number.isFinite(size) ? Math.exp(-size * Math.log1p(mean / size)) : Math.exp(-mean);
  let below = 0;
  for (let k = 0; k < count; k++) {
    below += at;
    at *= Number.isFinite(size) ? (odds * (size + k)) / (k + 1) : mean / (k + 1);
  }
  return { below: Math.min(1, below), at };
}

function gammaProbability(mean: number, variance: number, value: number): number {
  if (value <= 0) return 0;
  const shape = (mean * mean) / variance;
  const z = (Math.cbrt(value / mean) - 1 + 1 / (9 * shape)) * 3 * Math.sqrt(shape);
  return normalProbability(z);
}

/** Standard normal distribution function (Abramowitz and Stegun 26.2.17, error below 7.5e-8). */
export function normalProbability(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z > 0 ? 1 - tail : tail;
}
