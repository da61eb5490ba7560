/// <reference path="./mlRegression.d.ts" />
import { TheilSenRegression } from 'ml-regression';
import { sampleRankCorrelation } from 'simple-statistics';
import { createRandom } from '../calendar/random.ts';

/** One pair: what was waited and what was felt on the same day. `null` in either leaves the pair out. */
export interface RelatedPair {
  readonly x: number | null;
  readonly y: number | null;
}

/**
 * How two daily measures went together. A relation, never a cause: whatever else differed between the days is in it.
 */
export type Relation =
  | { readonly kind: 'tooFew'; readonly pairs: number; readonly needed: number }
  | {
      readonly kind: 'related';
      readonly pairs: number;
      /** Change of y per unit of x, Theil–Sen: a few odd days do not move it. */
      readonly slope: number;
      /** 95 % bootstrap interval of the slope. */
      readonly slopeLower: number;
      readonly slopeUpper: number;
      readonly intercept: number;
      /** Spearman's rank correlation, −1 to 1. */
      readonly rankCorrelation: number;
      /** The interval of the slope does not contain zero. */
      readonly isClear: boolean;
    };

const LEAST_PAIRS = 14;
/** Theil–Sen looks at every pair of days: beyond this many days an even sample of them stands for all. */
const MOST_PAIRS = 200;
const RESAMPLES = 200;

/** Relates two daily measures over the days that have both. The same pairs and seed give the same interval. */
export function relate(pairs: readonly RelatedPair[], seed: number): Relation {
  const known = pairs.flatMap(({ x, y }) => (x === null || y === null ? [] : [{ x, y }]));
  const points = thinned(known);
  const distinct = new Set(points.map(point => point.x)).size;
  if (points.length < LEAST_PAIRS || distinct < 3) {
    return { kind: 'tooFew', pairs: known.length, needed: LEAST_PAIRS };
  }
  const { slope, intercept } = fitLine(points);
  const slopes = resampledSlopes(points, seed);
  const slopeLower = slopes[Math.floor(0.025 * (slopes.length - 1))] ?? slope;
  const slopeUpper = slopes[Math.ceil(0.975 * (slopes.length - 1))] ?? slope;
  return {
    kind: 'related',
    pairs: known.length,
    slope,
    slopeLower,
    slopeUpper,
    intercept,
    rankCorrelation: rankCorrelation(points),
    isClear: slopeLower > 0 || slopeUpper < 0,
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function thinned(points: readonly Point[]): readonly Point[] {
  const step = Math.ceil(points.length / MOST_PAIRS);
  return step <= 1 ? points : points.filter((_, i) => i % step === 0);
}

function fitLine(points: readonly Point[]): { readonly slope: number; readonly intercept: number } {
  const { slope, intercept } = new TheilSenRegression(
    points.map(point => point.x),
    points.map(point => point.y),
  );
  return { slope, intercept };
}

function resampledSlopes(points: readonly Point[], seed: number): readonly number[] {
  const random = createRandom(seed);
  const slopes: number[] = [];
  for (let i = 0; i < RESAMPLES; i++) {
    const sample = points.map(() => points[random.integer(points.length)] ?? { x: 0, y: 0 });
    const { slope } = fitLine(sample);
    if (Number.isFinite(slope)) slopes.push(slope);
  }
  return slopes.sort((a, b) => a - b);
}

function rankCorrelation(points: readonly Point[]): number {
  const value = sampleRankCorrelation(
    points.map(point => point.x),
    points.map(point => point.y),
  );
  return Number.isFinite(value) ? value : 0;
}
