import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DayError, levelErrorVariance } from '../../../forecasting/demand/levelError.ts';
import {
  createRandom,
  forecastQueue,
  type IntervalSeries,
  samplePaths,
  type TotalForecast,
} from '../../../forecasting/index.ts';
import { midnight, syntheticSeries } from './synthetic.ts';

const DAYS = 140;
const SEEDS = [1, 2, 3, 4, 5, 6];

function weekAhead(series: IntervalSeries) {
  return forecastQueue(series, { originEpochSeconds: midnight(series, DAYS), horizonDays: 7, levels: [0.8] });
}

/** Width of the 80 % band over the expected total. */
function relativeWidth({ bands, offered }: TotalForecast): number {
  const [band] = bands;
  return band ? (band.upper - band.lower) / offered : Number.NaN;
}

/** Width of the week's band beside that of its days: 0.38 were they strangers, 1 were they moved by nothing else. */
function weekBesideDays(series: IntervalSeries): number {
  const { days, total } = weekAhead(series);
  const ofDays = days.map(relativeWidth);
  return relativeWidth(total) / (ofDays.reduce((sum, width) => sum + width, 0) / ofDays.length);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('bands of totals', () => {
  it('a week of days that know nothing of each other is surer than its days', () => {
    const ratios = SEEDS.map(seed =>
      weekBesideDays(
        syntheticSeries({ days: DAYS, stepSeconds: 3600, hours: [8, 18], dayVariance: 0.006, seed }),
      ),
    );
    expect(mean(ratios)).toBeGreaterThan(0.35);
    expect(mean(ratios)).toBeLessThan(0.6);
  });

  it('a week whose days move together is hardly surer than they are', () => {
    const ratios = SEEDS.map(seed => {
      const random = createRandom(`weeks ${seed}`);
      const weeks = Array.from({ length: DAYS / 7 }, () => Math.exp(0.15 * random.normal()));
      const options = { days: DAYS, stepSeconds: 3600, hours: [8, 18] as const, dayVariance: 0.0005, seed };
      return weekBesideDays(
        syntheticSeries({ ...options, dayFactor: index => weeks[Math.floor(index / 7)] ?? 1 }),
      );
    });
    expect(mean(ratios)).toBeGreaterThan(0.7);
  });

  it('sampled futures spread over the week as its band says', () => {
    const series = syntheticSeries({ days: DAYS, stepSeconds: 3600, hours: [8, 18], dayVariance: 0.006 });
    const forecast = weekAhead(series);
    const sums = samplePaths(forecast, { count: 800, seed: 5 })
      .map(path => path.reduce((sum, contacts) => sum + contacts, 0))
      .sort((a, b) => a - b);
    const width = ((sums[719] ?? 0) - (sums[80] ?? 0)) / forecast.total.offered;
    expect(width / relativeWidth(forecast.total)).toBeGreaterThan(0.85);
    expect(width / relativeWidth(forecast.total)).toBeLessThan(1.15);
  });
});

describe('error of level', () => {
  const errorsOf = (origin: number, relative: readonly number[]): DayError[] =>
    relative.map((error, k) => ({
      bucket: 1,
      origin,
      ahead: k + 1,
      mean: 100,
      actual: 100 * (1 + error),
      squaredMeans: 1000,
    }));

  it('says nothing when every origin saw one day', () => {
    expect(levelErrorVariance([...errorsOf(10, [0.1]), ...errorsOf(11, [-0.2])])).toBeUndefined();
  });

  it('is what the days of an origin share, at least as wide as many origins show it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.3, noNaN: true }),
        fc.integer({ min: 3, max: 40 }),
        (e, n) => {
          const errors = Array.from({ length: n }, (_, o) =>
            errorsOf(7 * o, new Array(7).fill(o % 2 ? e : -e)),
          );
          const variance = levelErrorVariance(errors.flat()) ?? 0;
          const more = levelErrorVariance([...errors.flat(), ...errorsOf(7 * n, new Array(7).fill(e))]) ?? 0;
          expect(variance).toBeGreaterThan(e * e);
          expect(variance).toBeLessThan(2.2 * e * e);
          expect(more).toBeLessThanOrEqual(variance * (1 + 1e-9));
        },
      ),
    );
  });

  it('is nothing where the days of an origin pull against each other', () => {
    expect(levelErrorVariance(errorsOf(0, [0.1, -0.1, 0.1, -0.1]))).toBe(0);
  });
});
