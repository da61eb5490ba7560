import { describe, expect, it } from 'vitest';
import {
  AccuracyTally,
  applyLayers,
  backtest,
  certificate,
  createRandom,
  dayCorrelation,
  forecastQueue,
  type IntervalSeries,
  layerValue,
  noiseFloorWape,
  type OverrideLayer,
  sampleJointPaths,
  samplePaths,
  samplePoisson,
} from '../../../forecasting/index.ts';
import { midnight, syntheticSeries } from './synthetic.ts';

const OPTIONS = { days: 200, perDay: 700, hours: [7, 20] as const };
const SERIES = syntheticSeries(OPTIONS);
const FORECAST = forecastQueue(SERIES, { originEpochSeconds: midnight(SERIES, 170), horizonDays: 14 });

describe('accuracy', () => {
  it('follows its definitions on a case done by hand', () => {
    const tally = new AccuracyTally();
    const quantiles = [2, 4, 6, 8, 10, 12, 14];
    tally.add({ actual: 10, forecast: 8, quantiles }, 4);
    tally.add({ actual: 4, forecast: 8, quantiles }, 4);
    const accuracy = tally.read();
    expect(accuracy.wape).toBeCloseTo(6 / 14, 12);
    expect(accuracy.bias).toBeCloseTo(2 / 14, 12);
    expect(accuracy.mase).toBeCloseTo(0.75, 12);
    expect(accuracy.rmse).toBeCloseTo(Math.sqrt(10), 12);
    // Pinball of 10: .2+.6+1+1+0+.2+.1 = 3.1; of 4: .05+0+1.5+2+1.5+.8+.25 = 6.1; 2 × (9.2/7)/14.
    expect(accuracy.wql).toBeCloseTo((2 * (9.2 / 7)) / 14, 12);
    expect(accuracy.coverage).toEqual([
      { level: 0.8, share: 1 },
      { level: 0.95, share: 1 },
    ]);
  });

  it('says nothing where nothing was offered', () => {
    const tally = new AccuracyTally();
    tally.add({ actual: 0, forecast: 0 }, 0);
    expect(tally.read()).toMatchObject({ wape: null, mase: null, bias: null, wql: null, coverage: [] });
  });

  it('has the Poisson floor that a simulation of perfect knowledge reaches', () => {
    const random = createRandom(11);
    for (const mean of [0.4, 6.6, 25, 580]) {
      let error = 0;
      let volume = 0;
      const median = Math.floor(mean + 1 / 3 - 0.02 / mean);
      for (let i = 0; i < 40_000; i++) {
        const count = samplePoisson(random, mean);
        error += Math.abs(count - median);
        volume += count;
      }
      expect(noiseFloorWape([mean]) / (error / volume)).toBeCloseTo(1, 1.6);
    }
  });
});

describe('backtest and certificate', () => {
  const result = backtest(SERIES, { origins: 5, horizonsDays: [1, 7, 28] });

  it('beats the naive forecasts on a stable queue, near the floor, with bands that hold', () => {
    for (const horizon of result.horizons) {
      const wape = horizon.forecast.wape!;
      for (const { accuracy } of horizon.naive) expect(wape).toBeLessThan(accuracy.wape! * 1.02);
      expect(wape).toBeGreaterThan(0.85 * horizon.floorWape);
      expect(wape).toBeLessThan(1.35 * horizon.floorWape);
    }
    const month = result.horizons[2]!.forecast;
    expect(month.coverage[0]!.share).toBeGreaterThan(0.72);
    expect(month.coverage[0]!.share).toBeLessThan(0.9);
    expect(month.coverage[1]!.share).toBeGreaterThan(0.9);
  });

  it('splits into weekdays and hours that sum to the whole', () => {
    for (const horizon of result.horizons) {
      const sum = (parts: readonly { readonly intervals: number }[]) =>
        parts.reduce((n, part) => n + part.intervals, 0);
      expect(sum(horizon.byWeekday)).toBe(horizon.forecast.intervals);
      expect(sum(horizon.byHour)).toBe(horizon.forecast.intervals);
    }
  });

  it('sees nothing after an origin: scores of earlier origins stay when later values change', () => {
    const origin = midnight(SERIES, 120);
    const cut = (midnight(SERIES, 127) - SERIES.start) / SERIES.stepSeconds;
    const poisoned: IntervalSeries = {
      ...SERIES,
      offered: SERIES.offered.map((n, i) => (i >= cut ? 1e6 : n)),
    };
    const options = { origins: [origin], horizonsDays: [7] };
    expect(backtest(poisoned, options).horizons).toEqual(backtest(SERIES, options).horizons);
  });

  it('does not score what it is told not to', () => {
    const origin = midnight(SERIES, 120);
    const all = backtest(SERIES, { origins: [origin], horizonsDays: [1] }).horizons[0]!.forecast.intervals;
    const skipped = new Set([origin + 12 * 3600, origin + 13 * 3600]);
    const part = backtest(SERIES, { origins: [origin], horizonsDays: [1], notScored: skipped });
    expect(part.horizons[0]!.forecast.intervals).toBe(all - 2);
  });

  it('states the verdict in one line and says so when the naive forecast wins', () => {
    const paper = certificate('Billing', result, { specialDays: 0 });
    expect(paper.line).toMatch(
      /^Billing: 1 d WAPE [\d.]+ % .*28 d WAPE .* \(5 rolling origin\(s\), 200 days of history\)$/,
    );
    expect(JSON.parse(JSON.stringify(paper))).toEqual(paper);
    const worse = result.horizons.map(horizon => ({
      ...horizon,
      forecast: { ...horizon.forecast, wape: 9 },
    }));
    const lost = certificate('Billing', { ...result, horizons: worse });
    expect(lost.horizons.every(horizon => horizon.verdict === 'no-better-than-naive')).toBe(true);
    expect(lost.line).toContain('NO BETTER than');
  });

  it.each([
    ['too short a history', { origins: 3, horizonsDays: [400] }, 'too short'],
    ['no horizon', { origins: 3, horizonsDays: [] }, 'horizonsDays requires'],
    ['no origin', { origins: [], horizonsDays: [7] }, 'at least 1 origin'],
    ['half an origin', { origins: 0.5, horizonsDays: [7] }, 'whole number'],
  ])('refuses %s', (_, options, message) => {
    expect(() => backtest(SERIES, options)).toThrow(message);
  });
});

describe('override layers', () => {
  const day = FORECAST.days[2]!;
  const layer = (change: OverrideLayer['change'], id = 'a'): OverrideLayer => ({
    id,
    author: 'planner',
    reason: 'letters go out',
    createdEpochSeconds: 0,
    fromEpochSeconds: day.startEpochSeconds,
    toEpochSeconds: day.startEpochSeconds + 86_400,
    change,
  });

  it('a percentage moves the day, its bands, its explanation and the sums, and nothing else', () => {
    const changed = applyLayers(FORECAST, [layer({ kind: 'percent', percent: 20 })]);
    expect(changed.days[2]!.offered).toBeCloseTo(1.2 * day.offered, 6);
    expect(changed.total.offered).toBeCloseTo(FORECAST.total.offered + 0.2 * day.offered, 6);
    expect(changed.explanation.override[day.firstIndex + 20]).toBeCloseTo(1.2, 9);
    expect(changed.days[3]!.offered).toBe(FORECAST.days[3]!.offered);
    const parts = Object.values(changed.explanation) as (readonly number[])[];
    changed.offered.forEach((value, i) => {
      expect(parts.reduce((product, part) => product * part[i]!, 1)).toBeCloseTo(value, 9);
    });
  });

  it('a day total is spread by the profile; a value replaces; later layers see earlier ones', () => {
    const spread = applyLayers(FORECAST, [layer({ kind: 'day-total', offered: 1000 })]);
    expect(spread.days[2]!.offered).toBeCloseTo(1000, 6);
    const i = day.firstIndex + 22;
    expect(spread.offered[i]! / 1000).toBeCloseTo(FORECAST.offered[i]! / day.offered, 9);
    const both = applyLayers(FORECAST, [
      layer({ kind: 'value', offered: 10 }),
      layer({ kind: 'percent', percent: 50 }, 'b'),
    ]);
    expect(both.offered[i]).toBeCloseTo(15, 9);
    expect(both.offered[day.firstIndex]).toBe(0);
  });

  it('tells which layers helped', () => {
    const from = (day.startEpochSeconds - SERIES.start) / SERIES.stepSeconds;
    const busy = SERIES.offered.map((n, i) =>
      i >= from && i < from + 48 && n !== null ? Math.round(1.5 * n) : n,
    );
    const values = layerValue(
      FORECAST,
      [
        layer({ kind: 'percent', percent: 50 }, 'good'),
        {
          ...layer({ kind: 'percent', percent: 80 }, 'bad'),
          fromEpochSeconds: FORECAST.days[4]!.startEpochSeconds,
          toEpochSeconds: FORECAST.days[5]!.startEpochSeconds,
        },
      ],
      { ...SERIES, offered: busy },
    );
    expect(values.map(value => value.verdict)).toEqual(['helped', 'hurt']);
    expect(values[0]!.gain).toBeGreaterThan(100);
  });

  it('refuses a negative value and a percentage below −100', () => {
    expect(() => applyLayers(FORECAST, [layer({ kind: 'value', offered: -1 })])).toThrow(
      'offered must be 0 or more',
    );
    expect(() => applyLayers(FORECAST, [layer({ kind: 'percent', percent: -101 })])).toThrow('−100');
  });
});

describe('sample paths', () => {
  const paths = samplePaths(FORECAST, { count: 800, seed: 42 });
  const sums = (from: number, to: number) =>
    paths.map(path => path.subarray(from, to).reduce((sum, value) => sum + value, 0));

  it('average to the forecast and fill the bands of intervals, days and weeks as often as these say', () => {
    const share = (values: readonly number[], band: { lower: number; upper: number }) =>
      values.filter(value => value >= band.lower && value <= band.upper).length / values.length;
    let mean = 0;
    for (const path of paths) mean += path.reduce((sum, value) => sum + value, 0) / paths.length;
    expect(mean / FORECAST.total.offered).toBeCloseTo(1, 1.7);
    const dayShares = FORECAST.days.map(day =>
      share(sums(day.firstIndex, day.firstIndex + day.count), day.bands[0]!),
    );
    const average = dayShares.reduce((sum, value) => sum + value, 0) / dayShares.length;
    expect(average).toBeGreaterThan(0.74);
    expect(average).toBeLessThan(0.86);
    const week = FORECAST.days.slice(0, 7);
    const weekShare = share(
      sums(0, week.at(-1)!.firstIndex + week.at(-1)!.count),
      FORECAST.weeks[0]!.bands[0]!,
    );
    expect(weekShare).toBeGreaterThan(0.72);
    expect(weekShare).toBeLessThan(0.88);
  });

  it('repeat themselves, and path i does not depend on how many are drawn', () => {
    const few = samplePaths(FORECAST, { count: 3, seed: 42 });
    expect(few[2]).toEqual(paths[2]);
    expect(samplePaths(FORECAST, { count: 1, seed: 43 })[0]).not.toEqual(paths[0]);
  });

  it('of correlated queues move together as far as the correlation says', () => {
    const joint = sampleJointPaths(
      [FORECAST, FORECAST],
      [
        [1, 0.95],
        [0.95, 1],
      ],
      { count: 300, seed: 1 },
    );
    const total = (queue: number) => joint.map(path => path[queue]!.reduce((sum, value) => sum + value, 0));
    const [a, b] = [total(0), total(1)];
    const centre = (values: readonly number[]) =>
      values.map(v => v - values.reduce((s, x) => s + x, 0) / values.length);
    const dot = (x: readonly number[], y: readonly number[]) =>
      x.reduce((sum, value, i) => sum + value * y[i]!, 0);
    const [x, y] = [centre(a), centre(b)];
    expect(dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y))).toBeGreaterThan(0.5);
  });

  it('dayCorrelation finds a shared day factor, and none where there is none', () => {
    const shared = createRandom(3);
    const factors = Array.from({ length: 200 }, () => 0.85 + 0.3 * shared.uniform());
    const common = [21, 22].map(seed =>
      syntheticSeries({ ...OPTIONS, seed, dayFactor: index => factors[index]! }),
    );
    const apart = [31, 32].map(seed => syntheticSeries({ ...OPTIONS, seed, dayVariance: 0.01 }));
    expect(dayCorrelation(common)[0]![1]).toBeGreaterThan(0.5);
    expect(Math.abs(dayCorrelation(apart)[0]![1]!)).toBeLessThan(0.25);
  });

  it('refuses a count of zero and a matrix of another size', () => {
    expect(() => samplePaths(FORECAST, { count: 0, seed: 1 })).toThrow('count must be');
    expect(() => sampleJointPaths([FORECAST], [], { count: 1, seed: 1 })).toThrow('1 × 1');
  });
});
