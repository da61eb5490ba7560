import { describe, expect, it } from 'vitest';
import { backtest, createRandom, type Driver, forecastQueue } from '../../../forecasting/index.ts';
import { midnight, syntheticSeries } from './synthetic.ts';

const DATES = Array.from({ length: 240 }, (_, i) =>
  new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10),
);
const random = createRandom(5);
const CASES = DATES.map(() => Math.round(400 * random.uniform()));
const OTHER = DATES.map(() => Math.round(100 * random.uniform()));
const SERIES = syntheticSeries({
  days: 220,
  perDay: 700,
  hours: [7, 20],
  dayFactor: index => 0.8 + (0.4 * (CASES[index] ?? 200)) / 400,
});
const ORIGIN = midnight(SERIES, 200);

function driver(values: readonly number[], more: Partial<Driver> = {}): Driver {
  return {
    name: 'Flu cases',
    values: values.map((value, i) => ({ date: DATES[i] ?? '', value })),
    ...more,
  };
}

function forecast(...drivers: readonly Driver[]) {
  return forecastQueue(SERIES, { originEpochSeconds: ORIGIN, horizonDays: 14, drivers });
}

describe('a driver that is known for some days ahead', () => {
  it('is read no further, whatever is written there', () => {
    const ahead = 5;
    const changed = CASES.map((value, i) => (i < 200 + ahead ? value : 10_000));
    const known = { knownAheadDays: ahead };
    expect(forecast(driver(changed, known)).offered).toEqual(forecast(driver(CASES, known)).offered);
    expect(forecast(driver(changed)).offered).not.toEqual(forecast(driver(CASES)).offered);
  });

  it('that is only measured afterwards promises no accuracy that it cannot keep', () => {
    const test = (more: Partial<Driver>) =>
      backtest(SERIES, { origins: 3, horizonsDays: [7], drivers: [driver(CASES, more)] }).horizons[0]
        ?.forecast.wape ?? Number.NaN;
    const blind =
      backtest(SERIES, { origins: 3, horizonsDays: [7] }).horizons[0]?.forecast.wape ?? Number.NaN;
    expect(test({})).toBeLessThan(0.9 * blind);
    expect(test({ knownAheadDays: 0 })).toBeGreaterThan(0.95 * blind);
  });

  it('refuses a number of days that makes no sense', () => {
    expect(() => forecast(driver(CASES, { knownAheadDays: -1 }))).toThrow(
      'knownAheadDays of driver "Flu cases" must be 0 or more; found -1',
    );
  });
});

describe('what drivers say of themselves', () => {
  it('is a factor per day and driver, whose product is the factor of all', () => {
    const result = forecast(driver(CASES), driver(OTHER, { name: 'Discharges' }));
    for (const day of result.days) {
      expect(day.drivers?.map(({ name }) => name)).toEqual(['Flu cases', 'Discharges']);
      const product = (day.drivers ?? []).reduce((all, { factor }) => all * factor, 1);
      expect(product).toBeCloseTo(result.explanation.driver[day.firstIndex] ?? Number.NaN, 9);
    }
    expect(result.days.some(day => Math.abs((day.drivers?.[0]?.factor ?? 1) - 1) > 0.05)).toBe(true);
  });

  it('names the days without a value, which change nothing', () => {
    const result = forecast(driver(CASES.slice(0, 203), { lagDays: [0] }));
    expect(result.notes.join(' ')).toContain(
      `Driver “Flu cases” has no value for 11 of 14 days ahead, the first ${DATES[203]}; on those days it is taken to be at its average`,
    );
    expect(result.days[3]?.drivers).toEqual([{ name: 'Flu cases', factor: 1 }]);
    expect(result.days[2]?.drivers?.[0]?.factor).not.toBe(1);
    expect(forecast(driver(CASES)).notes.join(' ')).not.toContain('Flu cases');
  });

  it('tells a driver that helps nothing, and one without a past', () => {
    const unmoved = syntheticSeries({ days: 220, perDay: 700, hours: [7, 20] });
    const options = { originEpochSeconds: ORIGIN, horizonDays: 14 };
    const useless = forecastQueue(unmoved, { ...options, drivers: [driver(CASES)] });
    expect(useless.notes.join(' ')).toContain('“Flu cases” did not make forecasts of this history better');
    expect(useless.days[0]).not.toHaveProperty('drivers');
    const future = { ...driver(CASES), values: [{ date: DATES[205] ?? '', value: 3 }] };
    expect(forecast(future).notes.join(' ')).toContain('“Flu cases” has no value before the forecast begins');
  });
});
