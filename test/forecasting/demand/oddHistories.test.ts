import { describe, expect, it } from 'vitest';
import { forecastQueue, type IntervalSeries, type QueueForecast } from '../../../forecasting/index.ts';
import { drawForecast, keepPicture } from './picture.ts';
import {
  midnight,
  type SyntheticOptions,
  syntheticSeries,
  truthOf,
  weekdayOf,
  worstDay,
} from './synthetic.ts';

function forecastAt(
  name: string,
  series: IntervalSeries,
  day: number,
  horizonDays = 14,
  firstDate = '2024-01-01',
) {
  const forecast = forecastQueue(series, {
    originEpochSeconds: midnight(series, day, firstDate),
    horizonDays,
  });
  keepPicture(name, drawForecast(name, series, forecast));
  return forecast;
}

const ROUND_THE_CLOCK: SyntheticOptions = {
  days: 140,
  perDay: 900,
  weekday: [1.25, 1.05, 1, 1, 0.95, 0.6, 0.5],
};

describe('clock changes', () => {
  it('spring: the 23-hour day has 46 half-hours and the following days keep their wall-clock shape', () => {
    // 10 March 2024: 02:00 to 03:00 does not exist in New York. Day 69 counted from 1 January.
    const forecast = forecastAt('clock-forward', syntheticSeries(ROUND_THE_CLOCK), 66);
    const day = forecast.days.find(one => one.date === '2024-03-10')!;
    expect(day.count).toBe(46);
    const noonShare = (date: string) => {
      const one = forecast.days.find(d => d.date === date)!;
      const noon = one.count - 24;
      return forecast.offered[one.firstIndex + noon]! / one.offered;
    };
    expect(noonShare('2024-03-17') / noonShare('2024-03-10')).toBeCloseTo(1, 1);
    expect(worstDay(forecast, ROUND_THE_CLOCK)).toBeLessThan(0.12);
  });

  it('autumn: the 25-hour day has 50 half-hours and the doubled hour is expected twice', () => {
    const options = { ...ROUND_THE_CLOCK, firstDate: '2024-07-01' };
    const series = syntheticSeries(options);
    const forecast = forecastAt('clock-back', series, 124, 10, '2024-07-01');
    const day = forecast.days.find(one => one.date === '2024-11-03')!;
    expect(day.count).toBe(50);
    expect(forecast.offered[day.firstIndex + 2]).toBeCloseTo(forecast.offered[day.firstIndex + 4]!, 9);
    expect(forecast.offered[day.firstIndex + 3]).toBeCloseTo(forecast.offered[day.firstIndex + 5]!, 9);
  });

  it('a history that spans both changes fits as well as one that spans none', () => {
    const options = { ...ROUND_THE_CLOCK, days: 400 };
    expect(worstDay(forecastAt('across-changes', syntheticSeries(options), 390), options)).toBeLessThan(0.1);
  });
});

it('29 February is a day like its neighbours', () => {
  const forecast = forecastAt('leap-day', syntheticSeries(ROUND_THE_CLOCK), 55);
  const leap = forecast.days.find(one => one.date === '2024-02-29')!;
  const before = forecast.days.find(one => one.date === '2024-02-28')!;
  expect(leap.count).toBe(48);
  expect(leap.offered / before.offered).toBeCloseTo(1, 0.9);
});

describe('queues that come and go', () => {
  const options: SyntheticOptions = {
    days: 200,
    perDay: 700,
    hours: [8, 18],
    weekday: [1.2, 1.05, 1, 1, 0.9, 0, 0],
  };

  it.each([
    ['zeros', 0],
    ['missing values', null],
  ])(
    'a queue opened 30 days ago (before it: %s) is forecast at its level, its weekends closed',
    (_, filler) => {
      const series = syntheticSeries(options);
      const opened = (midnight(series, 170) - series.start) / series.stepSeconds;
      const young = { ...series, offered: series.offered.map((n, i) => (i < opened ? filler : n)) };
      const forecast = forecastAt(`opened-${filler}`, young, 200);
      for (const day of forecast.days) {
        const truth = truthOf(options, weekdayOf(day.date));
        if (truth === 0) expect(day.offered).toBe(0);
        // Four days of each weekday, each ± 6 %: a weekday's mean is known to ± 3 %.
        else expect(Math.abs(day.offered / truth - 1)).toBeLessThan(0.13);
      }
    },
  );

  it('a queue that has had no contact for five weeks is forecast near zero', () => {
    const series = syntheticSeries(options);
    const closed = (midnight(series, 165) - series.start) / series.stepSeconds;
    const silent = { ...series, offered: series.offered.map((n, i) => (i >= closed && n !== null ? 0 : n)) };
    const forecast = forecastAt('closed-queue', silent, 200);
    expect(forecast.total.offered / forecast.days.length).toBeLessThan(0.02 * 700);
  });

  it('a history that stops is carried on, and a note says for how long there was no data', () => {
    const series = syntheticSeries(options);
    const cut = (midnight(series, 150) - series.start) / series.stepSeconds;
    const forecast = forecastAt(
      'stopped',
      { ...series, offered: series.offered.slice(0, cut), ahtSeconds: [] },
      180,
    );
    expect(forecast.notes.join(' ')).toMatch(/No data for \d+ days before the origin/);
    // 29 June 2024 is a Saturday, closed; Monday follows.
    expect(forecast.days[2]!.offered).toBeGreaterThan(500);
  });
});

describe('days that went wrong', () => {
  const options: SyntheticOptions = { days: 200, perDay: 700, hours: [7, 20] };
  const plain = syntheticSeries(options);
  const daySpan = (index: number) =>
    [midnight(plain, index), midnight(plain, index + 1)].map(
      at => (at - plain.start) / plain.stepSeconds,
    ) as [number, number];
  const changed = (index: number, change: (n: number, slot: number) => number | null): IntervalSeries => {
    const [from, to] = daySpan(index);
    return {
      ...plain,
      offered: plain.offered.map((n, i) => (i >= from && i < to && n !== null ? change(n, i - from) : n)),
    };
  };
  const close = (a: QueueForecast, b: QueueForecast) =>
    a.days.forEach((day, d) => {
      expect(day.offered / b.days[d]!.offered).toBeCloseTo(1, 1.5);
    });

  it('a day imported twice is named and moves the forecast by less than 2 %', () => {
    const forecast = forecastAt(
      'doubled-day',
      changed(190, n => 2 * n),
      195,
    );
    expect(forecast.findings.map(finding => finding.kind)).toContain('doubled-day');
    close(forecast, forecastAt('undoubled', plain, 195));
  });

  it('an outage day is set aside', () => {
    const forecast = forecastAt(
      'outage-day',
      changed(192, () => 0),
      195,
    );
    expect(forecast.findings.map(finding => finding.kind)).toContain('abnormal-day');
    close(forecast, forecastAt('no-outage', plain, 195));
  });

  it('hours of outage are taken out and the rest of the day is kept', () => {
    const forecast = forecastAt(
      'outage-hours',
      changed(190, (n, slot) => (slot >= 20 && slot < 28 ? 0 : n)),
      195,
    );
    const outage = forecast.findings.find(finding => finding.kind === 'outage');
    expect(outage?.action).toBe('set-missing');
    close(forecast, forecastAt('no-outage-hours', plain, 195));
  });

  it('a copied day is treated as missing', () => {
    const [from] = daySpan(190);
    const week = 7 * 48;
    const copied = plain.offered.map((n, i) => (i >= from && i < from + 48 ? plain.offered[i - week]! : n));
    const forecast = forecastAt('copied-day', { ...plain, offered: copied }, 195);
    expect(forecast.findings.map(finding => finding.kind)).toContain('copied-day');
  });

  it('a day a person decided to keep is learnt from again', () => {
    const series = changed(193, n => 3 * n + 1);
    const set = forecastQueue(series, { originEpochSeconds: midnight(series, 195), horizonDays: 7 });
    const id = set.findings.find(finding => finding.kind === 'abnormal-day')!.id;
    const kept = forecastQueue(series, {
      originEpochSeconds: midnight(series, 195),
      horizonDays: 7,
      keepFindings: new Set([id]),
    });
    expect(kept.findings.map(finding => finding.id)).not.toContain(id);
    expect(kept.total.offered).toBeGreaterThan(set.total.offered * 1.005);
  });
});

it('a new level that has lasted three weeks is followed and named', () => {
  const options: SyntheticOptions = { days: 200, perDay: 700, hours: [7, 20] };
  const series = syntheticSeries({ ...options, dayFactor: index => (index >= 176 ? 1.6 : 1) });
  const forecast = forecastAt('level-shift', series, 200);
  expect(forecast.findings.map(finding => finding.kind)).toContain('level-shift');
  for (const day of forecast.days) {
    expect(day.offered / truthOf(options, weekdayOf(day.date)) / 1.6).toBeCloseTo(1, 0.8);
  }
});

it('a surge of four days at the end lifts the forecast in part; four quiet days do not lower it', () => {
  const options: SyntheticOptions = { days: 200, perDay: 700, hours: [7, 20] };
  const ending = (factor: number) =>
    syntheticSeries({ ...options, dayFactor: index => (index >= 196 ? factor : 1) });
  const nextWeek = (factor: number) =>
    forecastQueue(ending(factor), { originEpochSeconds: midnight(ending(factor), 200), horizonDays: 7 }).total
      .offered;
  expect(nextWeek(1.5) / nextWeek(1)).toBeGreaterThan(1.02);
  expect(nextWeek(1.5) / nextWeek(1)).toBeLessThan(1.5);
  expect(nextWeek(0.6) / nextWeek(1)).toBeGreaterThan(0.97);
});

it('a holiday that recurs every year is expected again without being told', () => {
  const options: SyntheticOptions = { days: 1400, perDay: 700, firstDate: '2021-01-01', timeZone: 'UTC' };
  const holiday = (date: string) => date.slice(5) === '07-04' || date.slice(5) === '12-25';
  const series = syntheticSeries({ ...options, dayFactor: (_, date) => (holiday(date) ? 0.4 : 1) });
  const forecast = forecastAt('recurring-holiday', series, 1275, 14, '2021-01-01');
  const fourth = forecast.days.find(day => day.date === '2024-07-04')!;
  const ratio = fourth.offered / truthOf(options, weekdayOf(fourth.date));
  expect(ratio).toBeGreaterThan(0.3);
  expect(ratio).toBeLessThan(0.6);
  expect(forecast.explanation.holiday[fourth.firstIndex + 20]).toBeLessThan(0.6);
});
