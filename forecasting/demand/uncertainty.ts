import type { DayHistory } from '../history/dayHistory.ts';
import { BUCKETS, bucketOf } from './dayLevel.ts';
import type { InnerBacktest } from './ensemble.ts';
import { type DayError, levelErrorVariance } from './levelError.ts';
import { countProbability, normalQuantile } from './negativeBinomial.ts';

/**
 * How counts scatter about the forecast mean μ of an interval, for one horizon bucket:
 * variance = slotFactor·μ + (dayVariance + slotVariance)·μ², where the day part is one factor shared by all
 * intervals of a day and the others are independent.
 */
export interface BucketUncertainty {
  /** At least 1, the Poisson value. */
  readonly slotFactor: number;
  readonly slotVariance: number;
  readonly dayVariance: number;
  /** Part of `dayVariance` shared by all days of the horizon (an error of level). */
  readonly levelVariance: number;
  /** Widening of the standard deviation at the 80 % and the 95 % level, from how often past bands held. */
  readonly stretch80: number;
  readonly stretch95: number;
  /** The same for day totals. */
  readonly dayStretch80: number;
  readonly dayStretch95: number;
  /** Days of rolling forecasts behind these figures; 0 when they are assumptions. */
  readonly testedDays: number;
}

/** Uncertainty per horizon bucket. */
export interface Uncertainty {
  readonly buckets: readonly BucketUncertainty[];
}

/** Wide values for a history too short to test forecasts on. */
const ASSUMED: BucketUncertainty = {
  slotFactor: 1.2,
  slotVariance: 0.03,
  dayVariance: 0.04,
  levelVariance: 0.02,
  stretch80: 1,
  stretch95: 1,
  dayStretch80: 1,
  dayStretch95: 1,
  testedDays: 0,
};
/** Days of evidence that weigh as much as the assumption. */
const ASSUMED_DAYS = 4;
const LONG_HORIZON_DAYS = 28;
const DOUBLING_DAYS = 56;

interface Cell {
  readonly bucket: number;
  readonly mean: number;
  readonly actual: number;
}

/** Learns the scatter from the rolling forecasts made inside the history. */
export function learnUncertainty(history: DayHistory, backtests: readonly InnerBacktest[]): Uncertainty {
  const { cells, days } = collect(history, backtests);
  const buckets: BucketUncertainty[] = [];
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const own = days.filter(day => day.bucket === bucket);
    // The first day ahead has few days of evidence; its neighbours lend theirs at a third.
    const lent = bucket === 0 ? days.filter(day => day.bucket === 1) : [];
    const cellsHere = cells.filter(cell => cell.bucket === bucket || (bucket === 0 && cell.bucket === 1));
    buckets.push(fitBucket(cellsHere, own, lent));
  }
  return { buckets: widening(buckets) };
}

function collect(history: DayHistory, backtests: readonly InnerBacktest[]) {
  const { table, counts, totals } = history;
  const { slots } = table;
  const cells: Cell[] = [];
  const days: DayError[] = [];
  for (const { origin, days: count, mean } of backtests) {
    for (let k = 0; k < count; k++) {
      if (Number.isNaN(totals[origin + k]!)) continue;
      const bucket = bucketOf(k + 1);
      let sum = 0;
      let actualSum = 0;
      let squares = 0;
      for (let j = 0; j < slots; j++) {
        const actual = counts[(origin + k) * slots + j]!;
        const mu = mean[k * slots + j]!;
        if (Number.isNaN(actual) || mu <= 0 || table.open[(origin + k) * slots + j] !== 1) continue;
        cells.push({ bucket, mean: mu, actual });
        sum += mu;
        actualSum += actual;
        squares += mu * mu;
      }
      if (sum > 0)
        days.push({ bucket, origin, ahead: k + 1, mean: sum, actual: actualSum, squaredMeans: squares });
    }
  }
  return { cells, days };
}

function fitBucket(
  cells: readonly Cell[],
  own: readonly DayError[],
  lent: readonly DayError[],
): BucketUncertainty {
  const testedDays = own.length;
  if (own.length + lent.length < 3 || cells.length < 20) return { ...ASSUMED, testedDays };
  const { slope, curve } = varianceLine(cells);
  const dayVariance = Math.min(dayFactorVariance(own, lent, slope), 4);
  const slotVariance = Math.max(0, curve - dayVariance);
  // One day ahead alone says nothing of what days share; the days after it, seen from the same origins, do.
  const levelVariance = Math.min(dayVariance, levelErrorVariance([...own, ...lent]) ?? ASSUMED.levelVariance);
  const evidence = (own.length + lent.length / 3) / ASSUMED_DAYS;
  const blend = (learnt: number, assumed: number) => (learnt * evidence + assumed) / (evidence + 1);
  const few = own.length + lent.length < 25;
  const fitted = {
    slotFactor: few ? blend(slope, ASSUMED.slotFactor) : slope,
    slotVariance: few ? blend(slotVariance, ASSUMED.slotVariance) : slotVariance,
    dayVariance: few ? blend(dayVariance, ASSUMED.dayVariance) : dayVariance,
    levelVariance: few ? blend(levelVariance, ASSUMED.levelVariance) : levelVariance,
  };
  const interval = stretches(cells.map(cell => intervalScore(cell, fitted)));
  const day = stretches([...own, ...lent].map(error => dayScore(error, fitted)));
  return {
    ...fitted,
    stretch80: interval.at80,
    stretch95: interval.at95,
    dayStretch80: day.at80,
    dayStretch95: day.at95,
    testedDays,
  };
}

type Scatter = Pick<BucketUncertainty, 'slotFactor' | 'slotVariance' | 'dayVariance'>;

/** Non-negative fit of (y − μ)²/μ = f + cμ with f ≥ 1; squares beyond 20 × their median are cut. */
function varianceLine(cells: readonly Cell[]): { slope: number; curve: number } {
  const ratios = cells.map(cell => (cell.actual - cell.mean) ** 2 / Math.max(cell.mean, 0.05));
  const sorted = Float64Array.from(ratios).sort();
  const cut = Math.max(20 * sorted[sorted.length >> 1]!, 9);
  let n = 0;
  let sx = 0;
  let sy = 0;
  let sxx = 0;
  let sxy = 0;
  cells.forEach((cell, i) => {
    // Weights ∝ 1/(1+μ²)-like would favour quiet slots; ∝ μ/(1+μ) lets every slot of some size count alike.
    const weight = cell.mean / (1 + cell.mean);
    const y = Math.min(ratios[i]!, cut);
    n += weight;
    sx += weight * cell.mean;
    sy += weight * y;
    sxx += weight * cell.mean * cell.mean;
    sxy += weight * cell.mean * y;
  });
  const determinant = n * sxx - sx * sx;
  let curve = determinant > 1e-9 * n * sxx ? (n * sxy - sx * sy) / determinant : 0;
  let slope = n > 0 ? (sy - curve * sx) / n : 1;
  if (slope < 1) {
    slope = 1;
    curve = sxx > 0 ? (sxy - sx) / sxx : 0;
  }
  if (curve < 0) {
    curve = 0;
    slope = Math.max(1, n > 0 ? sy / n : 1);
  }
  return { slope, curve };
}

function dayFactorVariance(own: readonly DayError[], lent: readonly DayError[], slotFactor: number): number {
  let sum = 0;
  let weight = 0;
  const add = (errors: readonly DayError[], share: number) => {
    const values = errors.map(e => ((e.actual - e.mean) ** 2 - slotFactor * e.mean) / e.mean ** 2);
    const sorted = values.map(Math.abs).sort((a, b) => a - b);
    const cut = sorted.length > 0 ? 20 * sorted[sorted.length >> 1]! : 0;
    for (const value of values) {
      sum += share * Math.min(value, cut);
      weight += share;
    }
  };
  add(own, 1);
  add(lent, 1 / 3);
  return weight > 0 ? Math.max(0, sum / weight) : ASSUMED.dayVariance;
}

/** Two-sided normal score of where the count fell in its forecast distribution (mid-probability). */
function intervalScore(cell: Cell, scatter: Scatter): number {
  const variance =
    scatter.slotFactor * cell.mean + (scatter.slotVariance + scatter.dayVariance) * cell.mean ** 2;
  if (cell.mean > 60) return Math.abs(cell.actual - cell.mean) / Math.sqrt(variance);
  const { below, at } = countProbability(cell.mean, variance, Math.round(cell.actual));
  const middle = Math.min(1 - 1e-9, Math.max(1e-9, below + at / 2));
  return Math.abs(normalQuantile(middle));
}

function dayScore(error: DayError, scatter: Scatter): number {
  const variance =
    scatter.slotFactor * error.mean +
    scatter.slotVariance * error.squaredMeans +
    scatter.dayVariance * error.mean ** 2;
  return Math.abs(error.actual - error.mean) / Math.sqrt(variance);
}

/** Factors that make the bands hold as often as they say, held towards 1 when there are few days. */
function stretches(scores: number[]): { at80: number; at95: number } {
  if (scores.length < 20) return { at80: 1, at95: 1 };
  const sorted = Float64Array.from(scores).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  const hold = scores.length / (scores.length + 40);
  const bounded = (value: number) => Math.max(0.75, Math.min(1.8, 1 + hold * (value - 1)));
  const at80 = bounded(at(0.8) / 1.2816);
  return { at80, at95: Math.max(bounded(at(0.95) / 1.96), (at80 * 1.2816) / 1.96) };
}

/** No horizon is known better than a nearer one. */
function widening(buckets: readonly BucketUncertainty[]): BucketUncertainty[] {
  let day = 0;
  let level = 0;
  return buckets.map(bucket => {
    day = Math.max(day, bucket.dayVariance);
    level = Math.max(level, Math.min(bucket.levelVariance, day));
    return { ...bucket, dayVariance: day, levelVariance: level };
  });
}

/** Variance components of a day `ahead` days after the origin; beyond four weeks the level drifts on. */
export function scatterAt(uncertainty: Uncertainty, ahead: number): BucketUncertainty {
  const bucket = uncertainty.buckets[bucketOf(ahead)] ?? ASSUMED;
  if (ahead <= LONG_HORIZON_DAYS) return bucket;
  const growth = 1 + (ahead - LONG_HORIZON_DAYS) / DOUBLING_DAYS;
  const levelVariance = Math.max(bucket.levelVariance, 0.25 * bucket.dayVariance, 1e-4) * growth;
  return {
    ...bucket,
    levelVariance,
    dayVariance: bucket.dayVariance - Math.min(bucket.levelVariance, bucket.dayVariance) + levelVariance,
  };
}

/** Widening of the standard deviation at a level, joined linearly through 80 % and 95 %. */
export function stretchAt(level: number, at80: number, at95: number): number {
  const score = normalQuantile(0.5 + level / 2);
  const share = Math.max(0, Math.min(1.5, (score - 1.2816) / (1.96 - 1.2816)));
  return at80 + share * (at95 - at80);
}
