import { createRandom, type RandomGenerator } from '../calendar/random.ts';
import { daysBetween, localDateOf } from '../calendar/time.ts';
import { sampleGamma, samplePoisson } from '../calendar/variates.ts';
import type { QueueForecast } from './types.ts';
import { scatterAt } from './uncertainty.ts';

/** How many paths, from which seed. */
export interface PathOptions {
  readonly count: number;
  readonly seed: number | string;
}

/**
 * Simulated futures of one queue: each path is a column of contacts per interval. A path draws one error of level for
 * the horizon, one factor per day and independent noise per interval, so that intervals, days and weeks scatter as
 * the bands say. Path `i` does not depend on how many paths are drawn.
 *
 * @throws RangeError unless the count is a whole number above 0.
 */
export function samplePaths(forecast: QueueForecast, options: PathOptions): Int32Array[] {
  return sampleJointPaths([forecast], [[1]], options).map(paths => paths[0] ?? new Int32Array(0));
}

/**
 * Simulated futures of several queues whose days move together: level errors and day factors are correlated by
 * `correlation` (see `dayCorrelation`), interval noise is independent. Result: one array of queue columns per path.
 *
 * @throws RangeError unless the matrix has one row and column per forecast and the count is a whole number above 0.
 */
export function sampleJointPaths(
  forecasts: readonly QueueForecast[],
  correlation: readonly (readonly number[])[],
  options: PathOptions,
): Int32Array[][] {
  if (!Number.isInteger(options.count) || options.count < 1) {
    throw new RangeError(`count must be a whole number above 0; found ${options.count}`);
  }
  if (correlation.length !== forecasts.length || correlation.some(row => row.length !== forecasts.length)) {
    throw new RangeError(`correlation must be ${forecasts.length} × ${forecasts.length}`);
  }
  const root = choleskyOf(correlation);
  const random = createRandom(options.seed);
  return Array.from({ length: options.count }, (_, i) => jointPath(forecasts, root, random.stream(i)));
}

function jointPath(
  forecasts: readonly QueueForecast[],
  root: readonly (readonly number[])[],
  random: RandomGenerator,
): Int32Array[] {
  const level = correlated(root, random.stream('level'));
  const dayNormals = new Map<string, readonly number[]>();
  return forecasts.map((forecast, q) => {
    const path = new Int32Array(forecast.offered.length);
    const noise = random.stream(`queue ${q}`);
    const first = localDateOf(forecast.originEpochSeconds, forecast.timeZone);
    for (const day of forecast.days) {
      let normals = dayNormals.get(day.date);
      if (!normals) {
        normals = correlated(root, random.stream(day.date));
        dayNormals.set(day.date, normals);
      }
      const scatter = scatterAt(forecast.uncertainty, daysBetween(first, day.date) + 1);
      const stretch = scatter.dayStretch80 ** 2;
      const factor =
        logNormal(level[q] ?? 0, scatter.levelVariance * stretch) *
        logNormal(normals[q] ?? 0, (scatter.dayVariance - scatter.levelVariance) * stretch);
      for (let i = day.firstIndex; i < day.firstIndex + day.count; i++) {
        const mean = (forecast.offered[i] ?? 0) * factor;
        path[i] =
          mean > 0
            ? drawCount(noise, mean, (scatter.slotFactor - 1) * mean + scatter.slotVariance * mean * mean)
            : 0;
      }
    }
    return path;
  });
}

/** Log-normal factor with mean 1 and this variance. */
export function logNormal(normal: number, variance: number): number {
  const sigmaSquared = Math.log1p(Math.max(0, variance));
  return Math.exp(Math.sqrt(sigmaSquared) * normal - sigmaSquared / 2);
}

function drawCount(random: RandomGenerator, mean: number, rateVariance: number): number {
  if (rateVariance < 1e-9 * mean) return samplePoisson(random, mean);
  const shape = (mean * mean) / rateVariance;
  return samplePoisson(random, sampleGamma(random, shape, mean / shape));
}

function correlated(root: readonly (readonly number[])[], random: RandomGenerator): readonly number[] {
  const independent = root.map(() => random.normal());
  return root.map(row => row.reduce((sum, value, k) => sum + value * (independent[k] ?? 0), 0));
}

/** Lower Cholesky factor; a matrix that is not quite positive definite is pulled towards the identity. */
export function choleskyOf(correlation: readonly (readonly number[])[]): number[][] {
  for (let pull = 1; pull > 0; pull -= 0.05) {
    const factor = tryCholesky(
      correlation.map((row, i) => row.map((value, j) => (i === j ? 1 : value * pull))),
    );
    if (factor) return factor;
  }
  return correlation.map((row, i) => row.map((_, j) => (i === j ? 1 : 0)));
}

function tryCholesky(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const lower: number[][] = matrix.map(row => row.map(() => 0));
  for (let i = 0; i < matrix.length; i++) {
    const current = lower[i]!;
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= current[k]! * lower[j]![k]!;
      if (i === j) {
        if (sum <= 1e-9) return undefined;
        current[j] = Math.sqrt(sum);
      } else current[j] = sum / lower[j]![j]!;
    }
  }
  return lower;
}
