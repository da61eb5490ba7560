import { describe, expect, it } from 'vitest';
import { ALWAYS_OPEN } from '../../../forecasting/calendar/opening.ts';
import { MEAN_MODELS } from '../../../forecasting/demand/models/registry.ts';
import { classifyDays } from '../../../forecasting/history/classifyDays.ts';
import type { DayHistory } from '../../../forecasting/history/dayHistory.ts';
import { dayTable } from '../../../forecasting/history/dayTable.ts';
import { detectOpeningHours } from '../../../forecasting/history/detectOpeningHours.ts';
import { expectedContacts, midnight, syntheticSeries } from './synthetic.ts';

const OPTIONS = { days: 120, hours: [7, 20] as const };
const SERIES = syntheticSeries(OPTIONS);

function historyOf(days: number): DayHistory {
  const end = midnight(SERIES, days);
  return classifyDays(dayTable(SERIES, detectOpeningHours(SERIES, end), [], end));
}

function copyOf(history: DayHistory): string {
  return JSON.stringify([
    Array.from(history.counts),
    Array.from(history.totals),
    Array.from(history.weight),
    Array.from(history.table.counts),
  ]);
}

it('registers the models of the ensemble and the naive forecast', () => {
  expect(MEAN_MODELS.map(model => model.name)).toEqual([
    'day-profile',
    'low-rank',
    'harmonic',
    'average-8',
    'average-4',
    'seasonal-naive',
  ]);
});

describe.each(MEAN_MODELS)('$name', model => {
  it('forecasts the horizon asked for, finite and not negative, nothing in closed slots', () => {
    const history = historyOf(100);
    const { slots, weeklyOpen, firstDayNumber } = history.table;
    for (const days of [1, 7, 29]) {
      const mean = model.fit({ history, end: 100 }).predict(days);
      expect(mean.length).toBe(days * slots);
      for (let k = 0; k < days; k++) {
        const weekday = (((firstDayNumber + 100 + k + 3) % 7) + 7) % 7;
        for (let j = 0; j < slots; j++) {
          const value = mean[k * slots + j]!;
          expect(Number.isFinite(value) && value >= 0).toBe(true);
          if (weeklyOpen[weekday * slots + j] !== 1) expect(value).toBe(0);
        }
      }
    }
  });

  it('has the same first day whatever the horizon', () => {
    const history = historyOf(100);
    const { slots } = history.table;
    const short = model.fit({ history, end: 100 }).predict(1);
    const long = model.fit({ history, end: 100 }).predict(28).subarray(0, slots);
    short.forEach((value, j) => {
      expect(long[j]).toBeCloseTo(value, 9);
    });
  });

  it('does not read at or after its end', () => {
    const history = historyOf(100);
    const poisoned: DayHistory = {
      ...history,
      counts: history.counts.map((value, i) => (i >= 80 * history.table.slots ? 1e9 : value)),
      totals: history.totals.map((value, d) => (d >= 80 ? 1e12 : value)),
      weight: history.weight.map((value, d) => (d >= 80 ? 1 : value)),
      table: {
        ...history.table,
        counts: history.table.counts.map((value, i) => (i >= 80 * history.table.slots ? 1e9 : value)),
      },
    };
    expect(model.fit({ history: poisoned, end: 80 }).predict(7)).toEqual(
      model.fit({ history, end: 80 }).predict(7),
    );
  });

  it('leaves its input as it was and repeats itself', () => {
    const history = historyOf(90);
    const before = copyOf(history);
    const first = model.fit({ history, end: 90 }).predict(14);
    const second = model.fit({ history, end: 90 }).predict(14);
    expect(second).toEqual(first);
    expect(copyOf(history)).toBe(before);
  });

  it('lies near a known truth after twelve weeks', () => {
    const history = historyOf(100);
    const { slots, firstDayNumber } = history.table;
    const mean = model.fit({ history, end: 100 }).predict(14);
    let error = 0;
    let volume = 0;
    for (let k = 0; k < 14; k++) {
      const weekday = (((firstDayNumber + 100 + k + 3) % 7) + 7) % 7;
      for (let j = 0; j < slots; j++) {
        const truth = expectedContacts(OPTIONS, weekday, j);
        error += Math.abs(mean[k * slots + j]! - truth);
        volume += truth;
      }
    }
    // The naive forecast repeats one week's Poisson noise: √(2/π)/√25 ≈ 16 % at this volume; the others average it.
    expect(error / volume).toBeLessThan(model.name === 'seasonal-naive' ? 0.25 : 0.11);
  });

  it.each([
    ['one day', 1],
    ['three days', 3],
    ['eight days', 8],
  ])('stays finite with %s of history', (_, days) => {
    const mean = model.fit({ history: historyOf(days), end: days }).predict(7);
    expect(mean.every(value => Number.isFinite(value) && value >= 0)).toBe(true);
  });

  it('forecasts zero from zeros', () => {
    const zeros = { ...SERIES, offered: SERIES.offered.map(() => 0) };
    const history = classifyDays(dayTable(zeros, ALWAYS_OPEN, [], midnight(zeros, 60)));
    const mean = model.fit({ history, end: 60 }).predict(7);
    expect(Math.max(...mean)).toBeLessThan(0.05);
  });

  it('multiplies by the day factor of the horizon and divides the past by it', () => {
    const history = historyOf(100);
    const { slots } = history.table;
    const dayFactor = new Float64Array(107).fill(1);
    dayFactor[102] = 2;
    const plain = model.fit({ history, end: 100 }).predict(7);
    const scaled = model.fit({ history, end: 100, dayFactor }).predict(7);
    const sum = (mean: Float64Array, k: number) =>
      mean.subarray(k * slots, (k + 1) * slots).reduce((total, value) => total + value, 0);
    expect(sum(scaled, 1)).toBeCloseTo(sum(plain, 1), 6);
    expect(sum(scaled, 2) / sum(plain, 2)).toBeCloseTo(2, 6);
  });
});
