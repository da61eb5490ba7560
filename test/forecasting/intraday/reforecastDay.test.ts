import { describe, expect, it } from 'vitest';
import {
  forecastQueue,
  type IntervalSeries,
  learnUpdateRule,
  reforecastDay,
} from '../../../forecasting/index.ts';
import { midnight, type SyntheticOptions, syntheticSeries } from '../demand/synthetic.ts';

const DAY = 180;

function setUp(options: Partial<SyntheticOptions>, today = 1) {
  const series = syntheticSeries({ days: 190, perDay: 700, hours: [7, 20], ...options });
  const origin = midnight(series, DAY);
  const from = (origin - series.start) / series.stepSeconds;
  const actual: IntervalSeries = {
    ...series,
    offered: series.offered.map((n, i) =>
      i >= from && i < from + 48 && n !== null ? Math.round(today * n) : n,
    ),
  };
  const forecast = forecastQueue(series, { originEpochSeconds: origin, horizonDays: 2 });
  const rule = learnUpdateRule(series, { originEpochSeconds: origin });
  return { actual, forecast, rule, origin };
}

describe('reforecastDay', () => {
  it('follows a busy morning where days differ much, never beyond the plain ratio', () => {
    const { actual, forecast, rule, origin } = setUp({ dayVariance: 0.03 }, 1.4);
    const update = reforecastDay(forecast, actual, { nowEpochSeconds: origin + 12 * 3600, rule });
    expect(update.appliedFactor).toBeGreaterThan(1.08);
    expect(update.appliedFactor).toBeLessThanOrEqual(update.ratio);
    expect(update.fromIndex).toBe(24);
    expect(update.offered.slice(0, 24)).toEqual(forecast.offered.slice(0, 24));
    expect(update.rest.offered).toBeCloseTo(
      update.offered.slice(24).reduce((a, b) => a + b, 0),
      9,
    );
  });

  it('leaves a quiet queue alone: its deviations are noise', () => {
    const { actual, forecast, rule, origin } = setUp({ perDay: 40, dayVariance: 0 });
    const update = reforecastDay(forecast, actual, { nowEpochSeconds: origin + 12 * 3600, rule });
    expect(Math.abs(Math.log(update.appliedFactor))).toBeLessThan(
      0.35 * Math.abs(Math.log(update.ratio)) + 0.01,
    );
  });

  it('narrows the band of the rest by what the morning explains', () => {
    const { actual, forecast, rule, origin } = setUp({ dayVariance: 0.03, perDay: 6000 });
    const early = reforecastDay(forecast, actual, { nowEpochSeconds: origin + 7 * 3600, rule });
    const late = reforecastDay(forecast, actual, { nowEpochSeconds: origin + 14 * 3600, rule });
    const width = (update: typeof early) => {
      const i = 30;
      return (update.bands[0]!.upper[i]! - update.bands[0]!.lower[i]!) / update.offered[i]!;
    };
    expect(width(late)).toBeLessThan(width(early));
  });

  it('stands before anything is known and after the day is over', () => {
    const { actual, forecast, rule, origin } = setUp({});
    const before = reforecastDay(forecast, actual, { nowEpochSeconds: origin, rule });
    expect(before.offered).toEqual(forecast.offered.slice(0, 48));
    expect(before.message).toContain('Nothing of the day is known yet');
    const after = reforecastDay(forecast, actual, { nowEpochSeconds: origin + 24 * 3600 - 1, rule });
    expect(after.rest.offered).toBeCloseTo(
      after.offered.slice(after.fromIndex).reduce((a, b) => a + b, 0),
      9,
    );
  });

  it('skips intervals without data', () => {
    const { actual, forecast, rule, origin } = setUp({ dayVariance: 0.03 });
    const from = (origin - actual.start) / actual.stepSeconds;
    const holes = {
      ...actual,
      offered: actual.offered.map((n, i) => (i >= from + 16 && i < from + 20 ? null : n)),
    };
    const update = reforecastDay(forecast, holes, { nowEpochSeconds: origin + 12 * 3600, rule });
    expect(update.expectedSoFar).toBeLessThan(
      reforecastDay(forecast, actual, { nowEpochSeconds: origin + 12 * 3600, rule }).expectedSoFar,
    );
    expect(update.offered.every(Number.isFinite)).toBe(true);
  });

  it('learns nothing from the day itself or after', () => {
    const series = syntheticSeries({ days: 190, perDay: 700, hours: [7, 20] });
    const origin = midnight(series, DAY);
    const cut = (origin - series.start) / series.stepSeconds;
    const poisoned = { ...series, offered: series.offered.map((n, i) => (i >= cut ? 1e7 : n)) };
    expect(learnUpdateRule(poisoned, { originEpochSeconds: origin })).toEqual(
      learnUpdateRule(series, { originEpochSeconds: origin }),
    );
  });

  it('refuses a day that the forecast does not cover and another grid', () => {
    const { actual, forecast, rule, origin } = setUp({});
    expect(() => reforecastDay(forecast, actual, { nowEpochSeconds: origin + 9 * 86_400, rule })).toThrow(
      'does not cover',
    );
    expect(() =>
      reforecastDay(forecast, { ...actual, stepSeconds: 900 }, { nowEpochSeconds: origin, rule }),
    ).toThrow('do not match');
  });
});
