import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  forecastQueue,
  type IntervalSeries,
  reconcile,
  type SpecialDay,
} from '../../../forecasting/index.ts';
import { frozen, midnight, type SyntheticOptions, syntheticSeries } from './synthetic.ts';

const OPTIONS: SyntheticOptions = { days: 130, perDay: 800, hours: [7, 20] };

function forecast(
  series: IntervalSeries,
  day: number,
  horizonDays = 14,
  specialDays: readonly SpecialDay[] = [],
) {
  return forecastQueue(series, { originEpochSeconds: midnight(series, day), horizonDays, specialDays });
}

describe('forecastQueue', () => {
  it('scales with the counts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 1, max: 50 }), (factor, seed) => {
        const series = syntheticSeries({ ...OPTIONS, seed });
        const scaled = { ...series, offered: series.offered.map(n => (n === null ? null : n * factor)) };
        const a = forecast(series, 120);
        const b = forecast(scaled, 120);
        a.days.forEach((day, d) => {
          // ln(T + 1) and the root of N + ¼ make the law exact only in the limit of large counts.
          if (day.offered > 50) expect(b.days[d]!.offered / day.offered / factor).toBeCloseTo(1, 1.7);
        });
      }),
      { numRuns: 8, seed: 20260504 },
    );
  });

  it('moves with the weekday labels: history and horizon shifted by a day give the shifted forecast', () => {
    const weekday = [1.25, 1.05, 1, 1, 0.95, 0.45, 0.3];
    // January 2024 starts on a Monday, October 2024 on a Tuesday; both stretches have no clock change in UTC.
    const base = syntheticSeries({ ...OPTIONS, timeZone: 'UTC', firstDate: '2024-01-01', weekday, seed: 4 });
    const shifted: IntervalSeries = { ...base, start: base.start + 86_400 };
    const a = forecastQueue(base, { originEpochSeconds: base.start + 35 * 86_400, horizonDays: 14 });
    const b = forecastQueue(shifted, { originEpochSeconds: shifted.start + 35 * 86_400, horizonDays: 14 });
    a.offered.forEach((value, i) => {
      expect(b.offered[i]).toBeCloseTo(value, 6);
    });
  });

  it('changes no other day when a coming day is closed', () => {
    const series = syntheticSeries({ ...OPTIONS, seed: 9 });
    const open = forecast(series, 120);
    const closedDate = open.days[3]!.date;
    const closed = forecast(series, 120, 14, [
      { date: closedDate, name: 'Holiday', kind: 'closure', hours: [] },
    ]);
    open.days.forEach((day, d) => {
      if (day.date === closedDate) expect(closed.days[d]!.offered).toBe(0);
      else expect(closed.days[d]!.offered).toBeCloseTo(day.offered, 9);
    });
  });

  it('reads no row at or after the origin', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 110 }), day => {
        const series = syntheticSeries({ ...OPTIONS, seed: 3 });
        const cut = (midnight(series, day) - series.start) / series.stepSeconds;
        const poisoned = {
          ...series,
          offered: series.offered.map((n, i) => (i >= cut ? (i % 3 === 0 ? Number.NaN : 1e9) : n)),
          ahtSeconds: series.ahtSeconds.map((n, i) => (i >= cut ? 1e9 : n)),
        };
        expect(JSON.stringify(forecast(poisoned, day, 7))).toBe(JSON.stringify(forecast(series, day, 7)));
      }),
      { numRuns: 6, seed: 20260504 },
    );
  });

  it('gives the same bytes for the same input and changes none of it', () => {
    const series = frozen(syntheticSeries({ ...OPTIONS, seed: 5 }));
    expect(JSON.stringify(forecast(series, 100))).toBe(JSON.stringify(forecast(series, 100)));
  });

  it('explains every interval: the factors multiply to the forecast', () => {
    const result = forecast(syntheticSeries({ ...OPTIONS, days: 400, seed: 6 }), 390, 28);
    const parts = Object.values(result.explanation) as (readonly number[])[];
    expect(parts).toHaveLength(9);
    result.offered.forEach((value, i) => {
      const product = parts.reduce((all, part) => all * part[i]!, 1);
      expect(product).toBeCloseTo(value, 9);
    });
  });

  it('sums: intervals to days, days to weeks and the whole', () => {
    const result = forecast(syntheticSeries({ ...OPTIONS, seed: 7 }), 110, 17);
    let total = 0;
    for (const day of result.days) {
      const sum = result.offered.slice(day.firstIndex, day.firstIndex + day.count).reduce((a, b) => a + b, 0);
      expect(day.offered).toBeCloseTo(sum, 9);
      total += day.offered;
    }
    expect(result.weeks.reduce((sum, week) => sum + week.offered, 0)).toBeCloseTo(total, 6);
    expect(result.total.offered).toBeCloseTo(total, 6);
    expect(result.weeks.map(week => week.days)).toEqual([7, 7, 3]);
  });

  it('nests its bands around the median, and relatively narrower for longer stretches', () => {
    const result = forecast(syntheticSeries({ ...OPTIONS, seed: 8 }), 110, 14);
    const [narrow, wide] = result.bands;
    result.offered.forEach((_, i) => {
      expect(wide!.lower[i]!).toBeLessThanOrEqual(narrow!.lower[i]!);
      expect(narrow!.lower[i]!).toBeLessThanOrEqual(result.median[i]!);
      expect(result.median[i]!).toBeLessThanOrEqual(narrow!.upper[i]!);
      expect(narrow!.upper[i]!).toBeLessThanOrEqual(wide!.upper[i]!);
    });
    const relative = (part: { offered: number; bands: readonly { lower: number; upper: number }[] }) =>
      (part.bands[0]!.upper - part.bands[0]!.lower) / part.offered;
    const busiest = result.offered.indexOf(Math.max(...result.offered));
    const interval = (narrow!.upper[busiest]! - narrow!.lower[busiest]!) / result.offered[busiest]!;
    expect(relative(result.days[0]!)).toBeLessThan(interval);
    expect(relative(result.weeks[0]!)).toBeLessThan(relative(result.days[0]!) * 1.05);
  });

  it('keeps the first days when the horizon grows', () => {
    const series = syntheticSeries({ ...OPTIONS, seed: 11 });
    const short = forecast(series, 120, 3);
    const long = forecast(series, 120, 60);
    short.offered.forEach((value, i) => {
      expect(long.offered[i]).toBeCloseTo(value, 9);
    });
  });
});

describe('reconcile', () => {
  it('makes parents the sum of their children, leaves agreeing forecasts alone, and is not worse than the parts', () => {
    const queues = [1, 2, 3].map(seed => syntheticSeries({ ...OPTIONS, seed, perDay: 200 * seed }));
    const site: IntervalSeries = {
      ...queues[0]!,
      offered: queues[0]!.offered.map((n, i) =>
        n === null ? null : queues.reduce((sum, queue) => sum + (queue.offered[i] ?? 0), 0),
      ),
    };
    const nodes = [
      { id: 'site', forecast: forecast(site, 120, 7) },
      ...queues.map((queue, q) => ({
        id: `queue ${q}`,
        parentId: 'site',
        forecast: forecast(queue, 120, 7),
      })),
    ];
    const result = reconcile(nodes);
    const [parent, ...children] = result;
    parent!.forecast.offered.forEach((value, i) => {
      expect(children.reduce((sum, child) => sum + child.forecast.offered[i]!, 0)).toBeCloseTo(value, 9);
    });
    const again = reconcile(result);
    expect(again[0]!.forecast.offered[30]).toBeCloseTo(parent!.forecast.offered[30]!, 9);
    const from = (nodes[0]!.forecast.start - site.start) / site.stepSeconds;
    const error = (offered: readonly number[], series: IntervalSeries) =>
      offered.reduce((sum, value, i) => sum + Math.abs(value - (series.offered[from + i] ?? 0)), 0);
    [site, ...queues].forEach((series, n) => {
      const before = error(nodes[n]!.forecast.offered, series);
      expect(error(result[n]!.forecast.offered, series)).toBeLessThan(before * 1.01);
    });
  });

  it('refuses unknown parents, repeated ids and other grids', () => {
    const one = forecast(syntheticSeries(OPTIONS), 60, 7);
    expect(() => reconcile([{ id: 'a', parentId: 'x', forecast: one }])).toThrow('unknown parent');
    expect(() =>
      reconcile([
        { id: 'a', forecast: one },
        { id: 'a', forecast: one },
      ]),
    ).toThrow('must differ');
    expect(() =>
      reconcile([
        { id: 'a', forecast: one },
        { id: 'b', forecast: { ...one, start: 0 } },
      ]),
    ).toThrow('grid');
  });
});
