import { describe, expect, it } from 'vitest';
import { forecastQueue, type IntervalSeries, type QueueForecast } from '../../../forecasting/index.ts';
import { midnight, syntheticSeries, worstDay } from './synthetic.ts';

describe('little or nothing to go on', () => {
  const bare = (offered: readonly (number | null)[], stepSeconds = 1800): IntervalSeries => ({
    start: midnight({ start: 0, stepSeconds, timeZone: 'America/New_York', offered: [], ahtSeconds: [] }, 0),
    stepSeconds,
    timeZone: 'America/New_York',
    offered,
    ahtSeconds: offered.map(() => null),
  });
  const sane = (forecast: QueueForecast) => {
    for (const [i, value] of forecast.offered.entries()) {
      expect(Number.isFinite(value) && value >= 0).toBe(true);
      for (const band of forecast.bands) {
        expect(
          Number.isFinite(band.upper[i]!) && band.lower[i]! >= 0 && band.lower[i]! <= band.upper[i]!,
        ).toBe(true);
      }
    }
  };

  it.each<[string, (number | null)[], number, number]>([
    ['all zeros', new Array(48 * 60).fill(0), 60, 0],
    ['one non-zero interval', Array.from({ length: 48 * 60 }, (_, i) => (i === 1000 ? 1 : 0)), 60, 0],
    ['a constant', new Array(48 * 60).fill(5), 60, 240],
    ['three rows', [...new Array(16).fill(null), 3, 4, 5], 1, 12],
  ])('%s', (_, offered, day, expected) => {
    const series = bare(offered);
    const forecast = forecastQueue(series, { originEpochSeconds: midnight(series, day), horizonDays: 7 });
    sane(forecast);
    expect(forecast.notes.length).toBeGreaterThan(0);
    expect(Math.abs(forecast.days[0]!.offered - expected)).toBeLessThan(0.05 * expected + 0.5);
  });

  it('a year missing in the middle', () => {
    const series = syntheticSeries({ days: 1000, perDay: 300 });
    const offered = series.offered.map((n, i) => (i > 300 * 48 && i < 665 * 48 ? null : n));
    sane(
      forecastQueue({ ...series, offered }, { originEpochSeconds: midnight(series, 990), horizonDays: 7 }),
    );
  });

  it('one week, with a note and wide bands', () => {
    const options = { days: 60, perDay: 600 };
    const series = syntheticSeries(options);
    const forecast = forecastQueue(series, { originEpochSeconds: midnight(series, 7), horizonDays: 14 });
    const later = forecastQueue(series, { originEpochSeconds: midnight(series, 56), horizonDays: 14 });
    sane(forecast);
    expect(forecast.notes.join(' ')).toContain('7 day(s) with data');
    expect(worstDay(forecast, options)).toBeLessThan(0.35);
    const width = (one: QueueForecast) => one.total.bands[0]!.upper - one.total.bands[0]!.lower;
    expect(width(forecast)).toBeGreaterThan(1.5 * width(later));
  });

  it('twenty years of hours', () => {
    const series = syntheticSeries({
      days: 7305,
      perDay: 100,
      stepSeconds: 3600,
      firstDate: '2004-01-01',
      timeZone: 'UTC',
    });
    sane(forecastQueue(series, { originEpochSeconds: midnight(series, 7300, '2004-01-01'), horizonDays: 7 }));
  });

  it.each([
    ['an origin before any data', { originEpochSeconds: 0, horizonDays: 7 }, 'at least one whole local day'],
    ['no horizon', { originEpochSeconds: 1.8e9 }, 'horizonDays or endEpochSeconds'],
    ['a horizon of zero', { originEpochSeconds: 1.8e9, horizonDays: 0 }, 'horizonDays must be'],
    [
      'a level of 95',
      { originEpochSeconds: 1.8e9, horizonDays: 7, levels: [95] },
      'levels must lie between 0 and 1',
    ],
  ])('refuses %s', (_, options, message) => {
    expect(() => forecastQueue(bare(new Array(96).fill(1)), options)).toThrow(message);
  });
});
