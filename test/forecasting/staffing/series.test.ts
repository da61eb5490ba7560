import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  evaluateQueue,
  evaluateSeries,
  evaluateSeriesExactly,
  type Goals,
  type Load,
  offeredLoads,
  requiredSeries,
} from '../../../forecasting/index.ts';

const GOALS: Goals = Object.freeze({
  serviceLevel: Object.freeze({ target: 0.8, answerWithinSeconds: 20, definition: 'offered' as const }),
});
const LIMIT = Object.freeze({ answerWithinSeconds: 20 });

/** A day with a steep morning: calls per quarter-hour. */
const DAY: readonly Load[] = Object.freeze(
  Array.from({ length: 40 }, (_, i) =>
    Object.freeze({
      calls: 5 + 95 * Math.exp(-(((i - 14) / 7) ** 2)),
      intervalSeconds: 900,
      ahtSeconds: 600,
      patience: { kind: 'exponential' as const, meanSeconds: 240 },
    }),
  ),
);

/** The chain's differential equation by Runge–Kutta of order 4: nothing in common with uniformisation. */
function byRungeKutta(
  loads: readonly Load[],
  agents: readonly number[],
  start: number[],
  patience: number,
  stepsPerInterval: number,
) {
  let p = [...start];
  const top = p.length - 1;
  return loads.map((load, i) => {
    const n = agents[i] ?? 0;
    const lambda = load.calls / load.intervalSeconds;
    const leave = (j: number) => Math.min(j, n) / load.ahtSeconds + Math.max(0, j - n) / patience;
    const slope = (x: readonly number[]) =>
      x.map((here, j) => {
        const from = j > 0 ? lambda * (x[j - 1] ?? 0) : 0;
        const back = j < top ? leave(j + 1) * (x[j + 1] ?? 0) : 0;
        return from + back - ((j < top ? lambda : 0) + leave(j)) * here;
      });
    const plus = (x: readonly number[], k: readonly number[], h: number) =>
      x.map((v, j) => v + h * (k[j] ?? 0));
    const h = load.intervalSeconds / stepsPerInterval;
    const queue = (x: readonly number[]) => x.reduce((sum, v, j) => sum + v * Math.max(0, j - n), 0);
    let queued = 0;
    for (let s = 0; s < stepsPerInterval; s++) {
      const k1 = slope(p);
      const k2 = slope(plus(p, k1, h / 2));
      const k3 = slope(plus(p, k2, h / 2));
      const k4 = slope(plus(p, k3, h));
      const next = p.map(
        (v, j) => v + (h / 6) * ((k1[j] ?? 0) + 2 * (k2[j] ?? 0) + 2 * (k3[j] ?? 0) + (k4[j] ?? 0)),
      );
      // Simpson over the step for the time in queue.
      const middle = p.map((v, j) => 0.5 * (v + (next[j] ?? 0)) + (h / 8) * ((k1[j] ?? 0) - (k4[j] ?? 0)));
      queued += (h / 6) * (queue(p) + 4 * queue(middle) + queue(next));
      p = next;
    }
    return {
      abandoned: queued / patience,
      inSystem: p.reduce((sum, v, j) => sum + v * j, 0),
      queue: queue(p),
    };
  });
}

describe('modified offered load', () => {
  it('follows m′ = λ − m/AHT', () => {
    const mean = offeredLoads(DAY, 'offeredLoad');
    let m = (DAY[0]!.calls * 600) / 900;
    DAY.forEach((load, i) => {
      let sum = 0;
      const h = 0.05;
      for (let step = 0; step < 18_000; step++) {
        const slope = load.calls / 900 - m / 600;
        sum += h * (m + (h / 2) * slope);
        m += h * slope * (1 - h / 1200);
      }
      expect(mean[i]! * 900).toBeCloseTo(sum, 3);
    });
  });

  it('lags behind demand: less than SIPP in the rise, more in the fall, the same in steady state', () => {
    const sipp = offeredLoads(DAY, 'sipp');
    const lagged = offeredLoads(DAY, 'lagged');
    const modified = offeredLoads(DAY, 'offeredLoad');
    expect(modified[8]!).toBeLessThan(sipp[8]!);
    expect(modified[22]!).toBeGreaterThan(sipp[22]!);
    expect(lagged[8]!).toBeLessThan(sipp[8]!);
    expect(lagged[22]!).toBeGreaterThan(sipp[22]!);
    const steady = Array.from({ length: 9 }, () => DAY[0]!);
    for (const method of ['lagged', 'offeredLoad'] as const) {
      offeredLoads(steady, method).forEach(load => {
        expect(load).toBeCloseTo(sipp[0]!, 10);
      });
    }
    expect(offeredLoads(DAY, 'offeredLoad', { within: 'peak' })[20]!).toBeGreaterThan(modified[20]!);
  });

  it('runs calls in hand off while the queue is closed, and starts empty when told so', () => {
    const loads = [DAY[10]!, null, null, DAY[10]!];
    const found = offeredLoads(loads, 'offeredLoad');
    expect(found[1]).toBe(0);
    const settled = (DAY[10]!.calls * 600) / 900;
    const left = settled * Math.exp(-3);
    expect(found[3]).toBeCloseTo(settled + ((left - settled) * (1 - Math.exp(-1.5))) / 1.5, 9);
    expect(offeredLoads([DAY[10]!], 'offeredLoad', { initialErlangs: 0 })[0]!).toBeLessThan(settled);
    expect(requiredSeries(loads, GOALS)[1]).toBeNull();
  });
});

describe('the exact solution over time', () => {
  const agents = offeredLoads(DAY, 'sipp').map(load => Math.max(2, Math.round(load * 0.97)));

  it('agrees with the differential equations', () => {
    const found = evaluateSeriesExactly(DAY, [...agents], LIMIT, { initialErlangs: 0 });
    const want = byRungeKutta(
      DAY,
      [...agents],
      Array.from({ length: 160 }, (_, j) => (j === 0 ? 1 : 0)),
      240,
      500,
    );
    found.forEach((interval, i) => {
      expect(interval!.abandonedCalls).toBeCloseTo(want[i]!.abandoned, 6);
      expect(interval!.inSystemAtEnd).toBeCloseTo(want[i]!.inSystem, 7);
      expect(interval!.queueAtEnd).toBeCloseTo(want[i]!.queue, 7);
    });
  });

  it('conserves calls: in hand + offered = answered + abandoned + left, from interval to interval', () => {
    const found = evaluateSeriesExactly(DAY, [...agents], LIMIT, { initialErlangs: 3 });
    let inHand = 3;
    found.forEach((interval, i) => {
      const answered = (interval!.metrics.occupancy * agents[i]! * 900) / 600;
      expect(inHand + DAY[i]!.calls - answered - interval!.abandonedCalls).toBeCloseTo(
        interval!.inSystemAtEnd,
        7,
      );
      if (i > 0) expect(interval!.queueAtStart).toBe(found[i - 1]!.queueAtEnd);
      inHand = interval!.inSystemAtEnd;
    });
  });

  it('settles on the stationary solution when nothing changes', () => {
    const loads = Array.from({ length: 30 }, () => DAY[14]!);
    const last = evaluateSeriesExactly(
      loads,
      loads.map(() => 64),
      LIMIT,
      { initialErlangs: 0 },
    )[29]!.metrics;
    const steady = evaluateQueue(DAY[14]!, 64, LIMIT);
    expect(last.waitProbability).toBeCloseTo(steady.waitProbability, 9);
    expect(last.serviceLevel.offered).toBeCloseTo(steady.serviceLevel.offered, 9);
    expect(last.serviceLevel.excludeShortAbandons).toBeCloseTo(steady.serviceLevel.excludeShortAbandons, 9);
    expect(last.asaSeconds).toBeCloseTo(steady.asaSeconds, 8);
    expect(last.meanQueueLength).toBeCloseTo(steady.meanQueueLength, 8);
  });

  it('shows the carry-over that a stationary reckoning misses', () => {
    const jam: Load[] = [0, 1, 2, 3, 4].map(i => ({ ...DAY[14]!, calls: i < 3 ? 130 : 60 }));
    const staff = [60, 60, 60, 50, 50];
    const exact = evaluateSeriesExactly(jam, staff, LIMIT);
    const sipp = evaluateSeries(jam, staff, LIMIT, { method: 'sipp' });
    const abandonedBySipp = sipp[3]!.abandonProbability * 60;
    expect(exact[3]!.queueAtStart).toBeGreaterThan(5);
    expect(exact[3]!.abandonedCalls).toBeGreaterThan(5 * abandonedBySipp);
  });

  it('blocks at the trunks and keeps an endlessly patient queue finite over a finite day', () => {
    const { patience: _, ...plain } = DAY[14]!;
    const limited = evaluateSeriesExactly([{ ...plain, trunks: 70 }], [50], LIMIT);
    expect(limited[0]!.metrics.blockProbability).toBeGreaterThan(0.01);
    expect(limited[0]!.inSystemAtEnd).toBeLessThanOrEqual(70);
    const overload = evaluateSeriesExactly([plain, plain], [50, 50], LIMIT);
    expect(overload[1]!.queueAtEnd).toBeGreaterThan(overload[0]!.queueAtEnd);
    expect(overload[1]!.abandonedCalls).toBe(0);
    const nobody = evaluateSeriesExactly([DAY[14]!, DAY[0]!], [0, 30], LIMIT);
    expect(nobody[0]!.metrics.serviceLevel.offered).toBe(0);
    expect(nobody[0]!.metrics.asaSeconds).toBe(Infinity);
  });

  it('names what it does not cover', () => {
    const weibull: Load = { ...DAY[0]!, patience: { kind: 'weibull', shape: 2, scaleSeconds: 60 } };
    expect(() => evaluateSeriesExactly([weibull], [4], LIMIT)).toThrow(/^loads\[0\]\.patience /);
    expect(() => evaluateSeriesExactly([DAY[0]!], [4, 4], LIMIT)).toThrow(/^agents /);
    expect(() => evaluateSeriesExactly([DAY[0]!], [4.5], LIMIT)).toThrow(/^agents\[0\] /);
  });
});

describe('requiredSeries', () => {
  it('by SIPP is requiredAgents of each interval', () => {
    const found = requiredSeries(DAY, GOALS, { method: 'sipp' });
    DAY.forEach((load, i) => {
      const at = evaluateQueue(load, found[i]!, LIMIT).serviceLevel.offered;
      const below = evaluateQueue(load, found[i]! - 1, LIMIT).serviceLevel.offered;
      expect(at).toBeGreaterThanOrEqual(0.8);
      expect(below).toBeLessThan(0.8);
    });
  });

  it('exactly solved, meets the goal in every interval with the queue carried over, and not with one agent less', () => {
    const found = requiredSeries(DAY, GOALS, { method: 'exact' }).map(n => n ?? 0);
    const levels = evaluateSeriesExactly(DAY, found, LIMIT).map(
      interval => interval!.metrics.serviceLevel.offered,
    );
    for (const level of levels) expect(level).toBeGreaterThanOrEqual(0.8 - 1e-9);
    for (const i of [3, 14, 25]) {
      const fewer = found.map((n, k) => (k === i ? n - 1 : n));
      expect(evaluateSeriesExactly(DAY, fewer, LIMIT)[i]!.metrics.serviceLevel.offered).toBeLessThan(0.8);
    }
  });

  it('by modified offered load misses the goal far less than by SIPP, for the same agent-hours', () => {
    const shortfall = (method: 'sipp' | 'offeredLoad') => {
      const staff = requiredSeries(DAY, GOALS, { method }).map(n => n ?? 0);
      const levels = evaluateSeriesExactly(DAY, staff, LIMIT).map(
        interval => interval!.metrics.serviceLevel.offered,
      );
      return { hours: staff.reduce((sum, n) => sum + n, 0), worst: Math.min(...levels) };
    };
    const [sipp, modified] = [shortfall('sipp'), shortfall('offeredLoad')];
    expect(Math.abs(modified.hours - sipp.hours)).toBeLessThan(0.02 * sipp.hours);
    expect(sipp.worst).toBeLessThan(0.72);
    expect(modified.worst).toBeGreaterThan(0.78);
  });

  it('takes goals per interval and names the interval of bad input', () => {
    const goals = DAY.map((_, i) => (i < 20 ? GOALS : { ...GOALS, minAgents: 90 }));
    expect(requiredSeries(DAY, goals)[30]).toBe(90);
    expect(() =>
      requiredSeries([DAY[0]!, { ...DAY[1]!, ahtSeconds: -1 }], GOALS, { method: 'sipp' }),
    ).toThrow(/^loads\[1\]\.ahtSeconds /);
    expect(requiredSeries([null, { ...DAY[0]!, calls: 0 }], GOALS)).toEqual([null, 0]);
  });

  it('never needs fewer agents for more calls', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 60, noNaN: true }), { minLength: 2, maxLength: 12 }),
        calls => {
          const loads = calls.map(c => ({ ...DAY[0]!, calls: c }));
          const more = loads.map(load => ({ ...load, calls: load.calls + 5 }));
          const [low, high] = [requiredSeries(loads, GOALS), requiredSeries(more, GOALS)];
          low.forEach((n, i) => {
            expect(high[i]!).toBeGreaterThanOrEqual(n!);
          });
        },
      ),
      { numRuns: 50 },
    );
  });
});
