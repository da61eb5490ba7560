import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  civilDate,
  dateOfDayNumber,
  dayNumberOf,
  dayNumberOfCivil,
  localSeconds,
  weekdayOfDayNumber,
} from '../../../forecasting/history/localClock.ts';
import {
  cleanHistory,
  detectOpeningHours,
  type IntervalSeries,
  localDay,
} from '../../../forecasting/index.ts';
import { frozen, midnight, syntheticSeries } from '../demand/synthetic.ts';

const CLINIC = { days: 140, perDay: 700, hours: [8, 18] as const, weekday: [1.2, 1.05, 1, 1, 0.9, 0, 0] };

describe('detectOpeningHours', () => {
  it('finds the weekly hours of a clinic, its weekend closed', () => {
    const { weekly } = detectOpeningHours(syntheticSeries(CLINIC));
    for (const day of weekly.slice(0, 5)) expect(day).toEqual([{ startMinute: 480, endMinute: 1080 }]);
    expect(weekly.slice(5)).toEqual([[], []]);
  });

  it('finds them as well when the export writes zeros for closed hours', () => {
    const series = syntheticSeries(CLINIC);
    const zeros = { ...series, offered: series.offered.map(n => n ?? 0) };
    expect(detectOpeningHours(zeros)).toEqual(detectOpeningHours(series));
  });

  it('a quiet night of a round-the-clock queue is open', () => {
    const series = syntheticSeries({ days: 120, perDay: 60, weekday: [1.2, 1, 1, 1, 1, 0.7, 0.6] });
    const minutes = detectOpeningHours(series)
      .weekly.flat()
      .reduce((sum, r) => sum + r.endMinute - r.startMinute, 0);
    expect(minutes).toBe(7 * 1440);
  });

  it('follows a Saturday service that was dropped, and one that was added', () => {
    const series = syntheticSeries({ ...CLINIC, days: 200, weekday: [1.2, 1.05, 1, 1, 0.9, 0.5, 0] });
    const change = (midnight(series, 130) - series.start) / series.stepSeconds;
    const isSaturday = (i: number) => new Date((series.start + i * 1800 - 5 * 3600) * 1000).getUTCDay() === 6;
    const dropped = series.offered.map((n, i) => (i >= change && isSaturday(i) ? null : n));
    const added = series.offered.map((n, i) => (i < change && isSaturday(i) ? null : n));
    expect(detectOpeningHours({ ...series, offered: dropped }).weekly[5]).toEqual([]);
    expect(detectOpeningHours({ ...series, offered: added }).weekly[5]).toEqual([
      { startMinute: 480, endMinute: 1080 },
    ]);
  });

  it('reads nothing after the end it is given', () => {
    const series = syntheticSeries(CLINIC);
    const end = midnight(series, 60);
    const cut = (end - series.start) / series.stepSeconds;
    const poisoned = { ...series, offered: series.offered.map((n, i) => (i >= cut ? 50 : n)) };
    expect(detectOpeningHours(poisoned, end)).toEqual(detectOpeningHours(series, end));
  });
});

describe('cleanHistory', () => {
  const series = syntheticSeries({ ...CLINIC, days: 160 });
  const row = (day: number) => (midnight(series, day) - series.start) / series.stepSeconds;
  const change = (day: number, f: (n: number, slot: number) => number | null): IntervalSeries => ({
    ...series,
    offered: series.offered.map((n, i) =>
      i >= row(day) && i < row(day + 1) && n !== null ? f(n, i - row(day)) : n,
    ),
  });

  it('finds nothing in an ordinary history and returns the same values', () => {
    const result = cleanHistory(series);
    expect(result.findings).toEqual([]);
    expect(result.series.offered).toEqual(series.offered);
  });

  // Day 100 counted from Monday 1 January 2024 is Wednesday 10 April.
  it.each<[string, IntervalSeries, string, string]>([
    ['a doubled day', change(100, n => 2 * n), 'doubled-day', 'weight-zero'],
    ['a day at a third', change(100, n => Math.floor(n / 3)), 'abnormal-day', 'weight-zero'],
    [
      'two hours of outage',
      change(100, (n, slot) => (slot >= 20 && slot < 24 ? 0 : n)),
      'outage',
      'set-missing',
    ],
    ['a spike', change(100, (n, slot) => (slot === 20 ? n * 9 + 200 : n)), 'spike', 'set-missing'],
    ['a missing day', change(100, () => null), 'gap', 'none'],
  ])('%s: says what was done, and the original stays', (_, broken, kind, action) => {
    const before = [...broken.offered];
    const { series: cleaned, findings } = cleanHistory(frozen(broken));
    const finding = findings.find(one => one.kind === kind)!;
    expect(finding.action).toBe(action);
    expect(finding.message).toContain('2024-04-10');
    expect(broken.offered).toEqual(before);
    const removed = cleaned.offered.filter((n, i) => n === null && broken.offered[i] !== null).length;
    expect(removed).toBe(action === 'set-missing' ? finding.affected : 0);
  });

  it.each([20, 28, 140])(
    'a slip of the pen in %i days costs one interval, not the others of its weekday',
    days => {
      const clean = syntheticSeries({ ...CLINIC, days, weekday: [1.2, 1.05, 1, 1, 0.9, 0.6, 0] });
      const slot = (midnight(clean, days - 4) - clean.start) / 1800 + 20;
      const slipped = { ...clean, offered: clean.offered.map((n, i) => (i === slot ? 1_000_000_000 : n)) };
      const { series: cleaned, findings } = cleanHistory(frozen(slipped));
      expect(cleaned.offered.flatMap((n, i) => (n === null && clean.offered[i] !== null ? [i] : []))).toEqual(
        [slot],
      );
      const spikes = findings.filter(finding => finding.kind === 'spike');
      expect(spikes).toHaveLength(1);
      expect(spikes[0]?.expected).toBeLessThan(200);
    },
  );

  it('keeps what a person decided to keep', () => {
    const broken = change(100, (n, slot) => (slot >= 20 && slot < 24 ? 0 : n));
    const { findings } = cleanHistory(broken);
    const kept = cleanHistory(broken, { keepFindings: new Set(findings.map(finding => finding.id)) });
    expect(kept.series.offered).toEqual(broken.offered);
  });

  it('does not take a constant history for copies of itself', () => {
    const constant = { ...series, offered: series.offered.map(n => (n === null ? null : 7)) };
    expect(cleanHistory(constant).findings).toEqual([]);
  });
});

describe('local clock', () => {
  it('agrees with the civil calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10_000, max: 40_000 }), dayNumber => {
        const date = dateOfDayNumber(dayNumber);
        const { year, month, day } = civilDate(dayNumber);
        expect([year, month, day]).toEqual(date.split('-').map(Number));
        expect(dayNumberOfCivil(year, month, day)).toBe(dayNumber);
        expect(dayNumberOf(date)).toBe(dayNumber);
        expect(weekdayOfDayNumber(dayNumber)).toBe((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7);
      }),
    );
  });

  it.each(['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu'])(
    'gives the local days of %s over a year',
    timeZone => {
      for (const date of [
        '2024-03-10',
        '2024-03-31',
        '2024-04-07',
        '2024-10-06',
        '2024-11-03',
        '2024-12-31',
      ]) {
        const day = localDay(date, timeZone);
        const count = (day.endEpochSeconds - day.startEpochSeconds) / 1800;
        const local = localSeconds(day.startEpochSeconds, 1800, count, timeZone);
        expect(local.every(at => Math.floor(at / 86_400) === dayNumberOf(date))).toBe(true);
      }
    },
  );
});
