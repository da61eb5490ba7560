import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../forecasting/index.ts';
import { ArrivalProcess } from '../../../forecasting/simulation/arrivals.ts';

function arrivals(calls: readonly number[], seed: number, exact: boolean, step = 900) {
  const random = createRandom(seed);
  const process = new ArrivalProcess(calls, step, target => random.fillExponential(target), exact);
  const all: { time: number; interval: number }[] = [];
  for (let count = process.times.length; count === process.times.length; ) {
    count = process.fill();
    for (let i = 0; i < count; i++) all.push({ time: process.times[i]!, interval: process.intervals[i]! });
  }
  return all;
}

const demand = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 12 });

describe('arrivals', () => {
  it('come in order, within their interval and never in an interval without calls', () => {
    fc.assert(
      fc.property(demand, fc.integer(), fc.boolean(), (calls, seed, exact) => {
        const all = arrivals(Object.freeze(calls), seed, exact);
        const wrong = all.filter(
          ({ time, interval }, i) =>
            time < (all[i - 1]?.time ?? 0) || Math.floor(time / 900) !== interval || !(calls[interval]! > 0),
        );
        expect(wrong).toEqual([]);
      }),
    );
  });

  it('keep exact counts exactly', () => {
    fc.assert(
      fc.property(demand, fc.integer(), (calls, seed) => {
        const seen = calls.map(() => 0);
        for (const { interval } of arrivals(calls, seed, true)) seen[interval]!++;
        expect(seen).toEqual(calls);
      }),
    );
  });

  it('are Poisson counts with the means asked for', () => {
    const calls = [5, 40, 0, 12.5];
    const days = 4_000;
    const sums = calls.map(() => ({ sum: 0, squares: 0 }));
    for (let day = 0; day < days; day++) {
      const seen = calls.map(() => 0);
      for (const { interval } of arrivals(calls, day, false)) seen[interval]!++;
      seen.forEach((count, i) => {
        sums[i]!.sum += count;
        sums[i]!.squares += count * count;
      });
    }
    calls.forEach((mean, i) => {
      const seen = sums[i]!.sum / days;
      const variance = sums[i]!.squares / days - seen ** 2;
      expect(Math.abs(seen - mean)).toBeLessThanOrEqual(4.5 * Math.sqrt(mean / days));
      expect(Math.abs(variance - mean)).toBeLessThanOrEqual(
        4.5 * mean * Math.sqrt((2 + 1 / (mean || 1)) / days),
      );
    });
  });

  it('lie uniformly within an interval', () => {
    for (const exact of [true, false]) {
      const shares = arrivals([20_000], 7, exact).map(({ time }) => time / 900);
      let gap = 0;
      shares.forEach((share, i) => {
        gap = Math.max(gap, Math.abs(share - (i + 0.5) / shares.length));
      });
      // 99.9 % point of Kolmogorov's distribution.
      expect(gap * Math.sqrt(shares.length)).toBeLessThan(1.95);
    }
  });

  it('come a little earlier when more are expected: the k-th caller is the same caller', () => {
    const few = arrivals([100, 200], 3, false);
    const more = arrivals([105, 205], 3, false);
    expect(more.length).toBeGreaterThanOrEqual(few.length);
    few.forEach(({ time }, k) => {
      expect(more[k]!.time).toBeLessThanOrEqual(time);
    });
  });
});
