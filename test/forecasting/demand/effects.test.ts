import { describe, expect, it } from 'vitest';
import { createRandom, forecastQueue, type IntervalSeries, mixedAht } from '../../../forecasting/index.ts';
import { expectedContacts, midnight, syntheticSeries } from './synthetic.ts';

const OPTIONS = { days: 200, perDay: 700, hours: [7, 20] as const };
const SERIES = syntheticSeries(OPTIONS);
const FORECAST = forecastQueue(SERIES, { originEpochSeconds: midnight(SERIES, 170), horizonDays: 14 });

describe('handle time', () => {
  const slow = (i: number) => (i % 48 < 24 ? 240 : 420);
  const random = createRandom(8);
  const noisy: IntervalSeries = {
    ...SERIES,
    ahtSeconds: SERIES.offered.map((n, i) => {
      if (n === null || n === 0) return null;
      let sum = 0;
      for (let k = 0; k < n; k++) sum += slow(i) * random.exponential();
      return sum / n;
    }),
  };
  const forecast = forecastQueue(noisy, { originEpochSeconds: midnight(SERIES, 60), horizonDays: 7 });

  it('finds morning and afternoon levels through the noise, with a band that holds 80 %', () => {
    const from = (forecast.start - SERIES.start) / SERIES.stepSeconds;
    let held = 0;
    let intervals = 0;
    let error = 0;
    forecast.ahtSeconds.forEach((aht, i) => {
      const actual = noisy.ahtSeconds[from + i];
      if (aht === null || actual == null) return;
      error += Math.abs(aht / slow(i) - 1);
      intervals++;
      if (actual >= forecast.ahtBands[0]!.lower[i]! && actual <= forecast.ahtBands[0]!.upper[i]!) held++;
    });
    expect(intervals).toBeGreaterThan(100);
    expect(error / intervals).toBeLessThan(0.06);
    expect(held / intervals).toBeGreaterThan(0.72);
    expect(held / intervals).toBeLessThan(0.9);
  });

  it('of a mix of types moves with the mix although no type does', () => {
    const typed = (aht: number, share: readonly number[]) => ({
      ...FORECAST,
      offered: share,
      ahtSeconds: share.map(() => aht),
    });
    const mixed = mixedAht([typed(430, [10, 0, 30, 0]), typed(99, [10, 20, 10, 0])]);
    expect(mixed).toEqual([(430 + 99) / 2, 99, (430 * 30 + 99 * 10) / 40, null]);
    expect(() => mixedAht([FORECAST, { ...FORECAST, start: 0 }])).toThrow('same grid');
  });

  it('is null where the history has none', () => {
    const none = { ...SERIES, ahtSeconds: SERIES.offered.map(() => null) };
    const result = forecastQueue(none, { originEpochSeconds: midnight(SERIES, 60), horizonDays: 2 });
    expect(result.ahtSeconds.every(value => value === null)).toBe(true);
  });
});

describe('effects the caller knows', () => {
  const dates = Array.from({ length: 240 }, (_, i) =>
    new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10),
  );
  const random = createRandom(5);
  const reminders = dates.map(() => Math.round(400 * random.uniform()));
  const options = { days: 220, perDay: 700, hours: [7, 20] as const };

  it('a driver that moves volume the next day is kept and used; one that does not is left out', () => {
    const moved = syntheticSeries({
      ...options,
      dayFactor: index => 0.8 + (0.5 * (reminders[index - 1] ?? 200)) / 400,
    });
    const driver = {
      name: 'reminders',
      values: dates.map((date, i) => ({ date, value: reminders[i]! })),
      lagDays: [1],
    };
    const origin = midnight(moved, 200);
    const used = forecastQueue(moved, { originEpochSeconds: origin, horizonDays: 14, drivers: [driver] });
    const blind = forecastQueue(moved, { originEpochSeconds: origin, horizonDays: 14 });
    expect(used.effects).toContain('driver');
    const truth = (d: number) => {
      let sum = 0;
      for (let slot = 0; slot < 48; slot++) sum += expectedContacts(options, d % 7, slot);
      return sum * (0.8 + (0.5 * reminders[d - 1]!) / 400);
    };
    const error = (forecast: typeof used) =>
      forecast.days.reduce((sum, day, k) => sum + Math.abs(day.offered - truth(200 + k)), 0);
    expect(error(used)).toBeLessThan(0.5 * error(blind));
    const unmoved = forecastQueue(syntheticSeries(options), {
      originEpochSeconds: origin,
      horizonDays: 14,
      drivers: [driver],
    });
    expect(unmoved.effects).not.toContain('driver');
  });

  it('a named special day repeats what its earlier examples did', () => {
    const clinics = ['2024-02-14', '2024-03-13', '2024-04-10', '2024-05-15', '2024-06-12'];
    const series = syntheticSeries({
      ...options,
      dayFactor: (_, date) => (clinics.includes(date) ? 1.5 : 1),
    });
    const coming = '2024-07-24';
    const specialDays = [...clinics, coming].map(date => ({
      date,
      name: 'Flu clinic',
      kind: 'event' as const,
    }));
    const origin = midnight(series, 200);
    const told = forecastQueue(series, { originEpochSeconds: origin, horizonDays: 14, specialDays });
    const plain = forecastQueue(series, { originEpochSeconds: origin, horizonDays: 14 });
    const on = (forecast: typeof told) => forecast.days.find(day => day.date === coming)!;
    expect(on(told).offered / on(plain).offered).toBeGreaterThan(1.3);
    expect(on(told).specialDay).toBe('Flu clinic');
    expect(told.explanation.holiday[on(told).firstIndex + 20]).toBeGreaterThan(1.3);
  });

  it('a month that starts busy is expected to start busy', () => {
    const series = syntheticSeries({
      ...options,
      dayFactor: (_, date) => (Number(date.slice(8)) <= 3 ? 1.45 : 1),
    });
    const forecast = forecastQueue(series, { originEpochSeconds: midnight(series, 176), horizonDays: 14 });
    const first = forecast.days.find(day => day.date === '2024-07-02')!;
    expect(forecast.effects.some(effect => effect.startsWith('month'))).toBe(true);
    expect(forecast.explanation.monthPosition[first.firstIndex + 20]).toBeGreaterThan(1.3);
    let truth = 0;
    for (let slot = 0; slot < 48; slot++) truth += expectedContacts(options, 1, slot);
    expect(first.offered / truth).toBeGreaterThan(1.35);
    expect(forecast.findings.map(finding => finding.kind)).not.toContain('abnormal-day');
  });
});
