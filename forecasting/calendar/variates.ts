import type { RandomGenerator } from './random.ts';

/**
 * Gamma with mean shape × scale (Marsaglia & Tsang 2000; shape below 1 by the power of a uniform).
 *
 * @throws RangeError unless shape > 0 and scale ≥ 0, both finite.
 */
export function sampleGamma(random: RandomGenerator, shape: number, scale: number): number {
  if (!(shape > 0) || shape === Infinity) throw new RangeError(`shape must be above 0, got ${shape}`);
  if (!(scale >= 0) || scale === Infinity) throw new RangeError(`scale must be 0 or above, got ${scale}`);
  if (shape < 1) {
    const power = random.uniformPositive() ** (1 / shape);
    return sampleGamma(random, shape + 1, scale) * power;
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = random.uniformPositive();
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v * scale;
  }
}

/** Number of events with this mean: Poisson. Inversion below 10, Hörmann's transformed rejection (PTRS 1993) above. */
export function samplePoisson(random: RandomGenerator, mean: number): number {
  if (!(mean >= 0) || mean > 1e15) throw new RangeError(`mean must be from 0 to 1e15, got ${mean}`);
  if (mean < 10) return poissonByInversion(random, mean);
  const logMean = Math.log(mean);
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = random.uniform() - 0.5;
    const v = random.uniformPositive();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= squeeze) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (Math.log((v * inverseAlpha) / (a / (us * us) + b)) <= k * logMean - mean - logFactorial(k)) return k;
  }
}

function poissonByInversion(random: RandomGenerator, mean: number): number {
  let probability = Math.exp(-mean);
  let u = random.uniform();
  let k = 0;
  while (u >= probability) {
    u -= probability;
    k++;
    probability *= mean / k;
    if (probability < 1e-300) return k;
  }
  return k;
}

/**
 * Poisson count with a gamma-distributed rate (negative binomial): variance mean + (rateCv × mean)².
 * `rateCv` is the coefficient of variation of the rate; 0 gives a plain Poisson count.
 */
export function sampleOverdispersedCount(random: RandomGenerator, mean: number, rateCv: number): number {
  if (!(rateCv >= 0) || rateCv === Infinity) throw new RangeError(`rateCv must be 0 or above, got ${rateCv}`);
  if (rateCv === 0 || mean === 0) return samplePoisson(random, mean);
  const shape = 1 / (rateCv * rateCv);
  return samplePoisson(random, sampleGamma(random, shape, mean / shape));
}

/** Successes in `trials` independent trials. Inversion for small means, Hörmann's BTRS (1993) otherwise. */
export function sampleBinomial(random: RandomGenerator, trials: number, probability: number): number {
  if (!Number.isSafeInteger(trials) || trials < 0) {
    throw new RangeError(`trials must be a whole number, 0 or above, got ${trials}`);
  }
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`probability must be from 0 to 1, got ${probability}`);
  }
  if (probability > 0.5) return trials - sampleBinomial(random, trials, 1 - probability);
  if (probability === 0 || trials === 0) return 0;
  return trials * probability < 10
    ? binomialByInversion(random, trials, probability)
    : binomialByRejection(random, trials, probability);
}

/** Sums geometric gaps between successes: cost grows with the number of successes, not of trials. */
function binomialByInversion(random: RandomGenerator, trials: number, probability: number): number {
  const logFailure = Math.log1p(-probability);
  let position = 0;
  for (let successes = 0; ; successes++) {
    position += Math.floor(Math.log(random.uniformPositive()) / logFailure) + 1;
    if (position > trials) return successes;
  }
}

function binomialByRejection(random: RandomGenerator, trials: number, probability: number): number {
  const spread = Math.sqrt(trials * probability * (1 - probability));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * probability;
  const centre = trials * probability + 0.5;
  const squeeze = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * spread;
  const logOdds = Math.log(probability / (1 - probability));
  const mode = Math.floor((trials + 1) * probability);
  const logAtMode = logFactorial(mode) + logFactorial(trials - mode);
  for (;;) {
    const u = random.uniform() - 0.5;
    const v = random.uniformPositive();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + centre);
    if (us >= 0.07 && v <= squeeze) return k;
    if (k < 0 || k > trials) continue;
    const logDensity = logAtMode - logFactorial(k) - logFactorial(trials - k) + (k - mode) * logOdds;
    if (Math.log((v * alpha) / (a / (us * us) + b)) <= logDensity) return k;
  }
}

/**
 * Splits `trials` over the weights (need not sum to 1): one count per weight, summing to `trials`.
 *
 * @throws RangeError if a weight is negative or not finite, or all are zero while trials > 0.
 */
export function sampleMultinomial(
  random: RandomGenerator,
  trials: number,
  weights: readonly number[],
): number[] {
  let remainingWeight = 0;
  for (const weight of weights) {
    if (!(weight >= 0) || weight === Infinity) {
      throw new RangeError(`weights must be 0 or above, got ${weight}`);
    }
    remainingWeight += weight;
  }
  if (trials > 0 && !(remainingWeight > 0)) throw new RangeError('weights must not all be 0');
  const last = weights.findLastIndex(weight => weight > 0);
  let remaining = trials;
  return weights.map((weight, i) => {
    if (remaining === 0 || weight === 0) return 0;
    const share = i === last ? 1 : Math.min(1, weight / remainingWeight);
    const count = sampleBinomial(random, remaining, share);
    remaining -= count;
    remainingWeight -= weight;
    return count;
  });
}

/** A new array with the items in random order (Fisher–Yates). */
export function shuffled<T>(random: RandomGenerator, items: readonly T[]): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const held = result[i]!;
    result[i] = result[j]!;
    result[j] = held;
  }
  return result;
}

const LOG_FACTORIALS = (() => {
  const table = new Float64Array(128);
  for (let k = 2; k < table.length; k++) table[k] = table[k - 1]! + Math.log(k);
  return table;
})();

/** ln k! for whole k ≥ 0: table, then Stirling's series (error below 1e-15 relative from 128 on). */
function logFactorial(k: number): number {
  if (k < LOG_FACTORIALS.length) return LOG_FACTORIALS[k]!;
  const x = k + 1;
  const inverse = 1 / x;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square / 1260));
  return (x - 0.5) * Math.log(x) - x + 0.9189385332046727 + series;
}
