import { describe, expect, it } from 'vitest';
import {
  erlangB,
  evaluateQueue,
  type Load,
  type QueueSimulationOptions,
  simulateQueue,
} from '../../../forecasting/index.ts';

const threshold = Object.freeze({ answerWithinSeconds: 20, shortAbandonSeconds: 5 });
const load: Load = Object.freeze({
  calls: 100,
  intervalSeconds: 1_800,
  ahtSeconds: 300,
  patience: Object.freeze({ kind: 'exponential', meanSeconds: 180 }),
});

/** Within the interval, widened to 4.5 standard errors: with a fixed seed this fails only for a wrong model. */
function expectNear(
  estimate: { value: number; low: number; high: number } | null,
  truth: number,
  slack = 0,
): void {
  expect(estimate).not.toBeNull();
  const { value, high, low } = estimate!;
  expect(Math.abs(value - truth)).toBeLessThanOrEqual(2.2 * ((high - low) / 2) + slack);
}

describe('simulated queue', () => {
  it('has the exact Erlang A service level in its 95 % interval in at least 93 of 100 seeded runs', () => {
    const exact = evaluateQueue(load, 17, threshold);
    let levels = 0;
    let abandons = 0;
    let waits = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const run = simulateQueue(load, 17, threshold, { seed, callsPerReplication: 2_000 });
      const holds = (estimate: { low: number; high: number } | null, truth: number) =>
        estimate !== null && estimate.low <= truth && truth <= estimate.high;
      if (holds(run.serviceLevel.offered, exact.serviceLevel.offered)) levels++;
      if (holds(run.abandonProbability, exact.abandonProbability)) abandons++;
      if (holds(run.asaSeconds, exact.asaSeconds)) waits++;
    }
    expect(levels).toBeGreaterThanOrEqual(93);
    expect(abandons).toBeGreaterThanOrEqual(93);
    // The mean wait is skewed, which costs its interval a little coverage.
    expect(waits).toBeGreaterThanOrEqual(91);
  });

  it.each([
    ['Erlang C', { ...load, patience: undefined }, 19],
    ['overload', load, 8],
    [
      'hyperexponential',
      { kind: 'hyperexponential', probabilities: [0.3, 0.7], meansSeconds: [20, 400] },
      16,
    ],
    ['Weibull', { kind: 'weibull', shape: 1.6, scaleSeconds: 200 }, 16],
    ['lognormal', { kind: 'lognormal', meanSeconds: 240, sigma: 1.1 }, 16],
    ['deterministic', { kind: 'deterministic', seconds: 60 }, 16],
    ['empirical steps', { kind: 'empirical', seconds: [0, 30, 90], survival: [0.9, 0.6, 0.2] }, 14],
    [
      'empirical lines',
      { kind: 'empirical', seconds: [30, 90], survival: [0.6, 0.2], interpolation: 'linear' },
      14,
    ],
  ] as const)('agrees with the exact model on all five definitions: %s', (_, law, agents) => {
    const { patience: _own, ...bare } = load;
    const own: Load =
      'kind' in law ? { ...bare, patience: law } : law.patience ? { ...bare, patience: law.patience } : bare;
    const exact = evaluateQueue(own, agents, threshold);
    const run = simulateQueue(own, agents, threshold, {
      seed: 'laws',
      replications: 40,
      callsPerReplication: 8_000,
    });
    expectNear(run.serviceLevel.offered, exact.serviceLevel.offered);
    expectNear(run.serviceLevel.excludeShortAbandons, exact.serviceLevel.excludeShortAbandons);
    expectNear(run.serviceLevel.answered, exact.serviceLevel.answered);
    expectNear(run.serviceLevel.waitOnly, exact.serviceLevel.waitOnly);
    expectNear(run.serviceLevel.virtual, exact.serviceLevel.virtual, 1e-12);
    expectNear(run.abandonProbability, exact.abandonProbability, 1e-12);
    expectNear(run.asaSeconds, exact.asaSeconds);
    expectNear(run.meanWaitSeconds, exact.meanWaitSeconds);
  });

  it('depends on the handle-time law only a little when callers hang up', () => {
    const level = (service: QueueSimulationOptions['service']) =>
      simulateQueue(load, 17, threshold, { seed: 3, replications: 40, ...(service && { service }) });
    const exponential = level({ kind: 'exponential' }).serviceLevel.offered!.value;
    // The robustness found in domain/staffing.md §4: a lognormal of sigma 1 moves the level by a few tenths of a point.
    const cv = Math.sqrt(Math.expm1(1));
    expect(Math.abs(level({ kind: 'lognormal', cv }).serviceLevel.offered!.value - exponential)).toBeLessThan(
      0.01,
    );
    expect(Math.abs(level({ kind: 'gamma', cv: 1 }).serviceLevel.offered!.value - exponential)).toBeLessThan(
      0.01,
    );
  });

  it('loses exactly the Erlang B share when nobody waits', () => {
    for (const patience of [
      { kind: 'deterministic', seconds: 0 },
      { kind: 'exponential', meanSeconds: 0 },
    ] as const) {
      const run = simulateQueue({ ...load, patience }, 15, threshold, { seed: 5, replications: 40 });
      expectNear(run.abandonProbability, erlangB({ agents: 15, offeredLoadErlangs: 100 / 6 }));
      expect(run.meanWaitSeconds!.value).toBe(0);
    }
  });

  it('mixes the exact levels over an uncertain rate', () => {
    const uncertain = { ...load, rateCv: 0.15 };
    const exact = evaluateQueue(uncertain, 18, threshold);
    const run = simulateQueue(uncertain, 18, threshold, {
      seed: 6,
      replications: 400,
      callsPerReplication: 1_500,
    });
    expectNear(run.serviceLevel.offered, exact.serviceLevel.offered);
  });

  it('reaches the right limits', () => {
    const options = { seed: 1, replications: 3, callsPerReplication: 3_000 };
    const none = simulateQueue(load, 0, threshold, options);
    expect(none.abandonProbability!.value).toBe(1);
    expect(none.serviceLevel.offered!.value).toBe(0);
    expect(none.serviceLevel.answered).toBeNull();
    expect(none.asaSeconds).toBeNull();
    const { patience: _, ...patient } = load;
    expect(simulateQueue(patient, 0, threshold, options).counts.unresolved).toBeGreaterThan(2_000);
    const stuck = simulateQueue({ ...patient, calls: 20_000 }, 17, threshold, options);
    expect(stuck.serviceLevel.offered!.high).toBeLessThan(0.01);
    expect(stuck.counts.answered).toBe(stuck.counts.offered);
    const empty = simulateQueue({ ...load, calls: 0 }, 5, threshold, options);
    expect(empty.serviceLevel.offered).toBeNull();
    expect(empty.counts.offered).toBe(0);
    const swamped = simulateQueue({ ...load, calls: 20_000 }, 17, threshold, options);
    expect(swamped.abandonProbability!.value).toBeGreaterThan(0.99);
    const huge = { ...load, calls: 60_000 };
    const vast = simulateQueue(huge, 10_050, threshold, { ...options, callsPerReplication: 60_000 });
    expect(vast.serviceLevel.offered!.value).toBeGreaterThan(0.5);
  });

  it('stops once the interval is as narrow as asked for', () => {
    const run = simulateQueue(load, 17, threshold, {
      seed: 2,
      replications: 5,
      callsPerReplication: 2_000,
      stopAtHalfWidth: 0.01,
      maxReplications: 500,
    });
    const { low, high } = run.serviceLevel.offered!;
    expect((high - low) / 2).toBeLessThanOrEqual(0.01);
    expect(run.outcome).toMatchObject({ kind: 'complete', reachedHalfWidth: true });
    expect(run.outcome.replications).toBeGreaterThan(5);
    expect(run.outcome.replications).toBeLessThan(500);
  });

  it('is the same for the same seed, shares its first replications with longer runs and can be cancelled', () => {
    const run = (options: Partial<QueueSimulationOptions>) =>
      simulateQueue(load, 17, threshold, { seed: 9, callsPerReplication: 500, replications: 10, ...options });
    expect(run({})).toEqual(run({}));
    expect(run({ seed: 10 }).counts).not.toEqual(run({}).counts);
    let asked = 0;
    const progress: number[] = [];
    const cancelled = run({
      isCancelled: () => ++asked > 4,
      onProgress: (done, total) => progress.push(done / total),
    });
    expect(cancelled.outcome).toEqual({ kind: 'cancelled', replications: 4 });
    expect(progress).toEqual([0.1, 0.2, 0.3, 0.4]);
    expect(cancelled.counts).toEqual(run({ replications: 4 }).counts);
  });

  it('names the field that is wrong', () => {
    const run = (change: Partial<Load>, agents = 5, options: Partial<QueueSimulationOptions> = {}) =>
      simulateQueue({ ...load, ...change }, agents, threshold, { seed: 1, ...options });
    expect(() => run({ ahtSeconds: 0 })).toThrow(/load\.ahtSeconds/);
    expect(() => run({ ahtSeconds: Number.NaN })).toThrow(RangeError);
    expect(() => run({ calls: -1 })).toThrow(/load\.calls/);
    expect(() => run({ calls: Number.NaN })).toThrow(/load\.calls/);
    expect(() => run({ intervalSeconds: 0 })).toThrow(/load\.intervalSeconds/);
    expect(() => run({ trunks: 20 })).toThrow(/load\.trunks/);
    expect(() => run({ redialProbability: 0.2 })).toThrow(/load\.redialProbability/);
    expect(() => run({ patience: { kind: 'exponential', meanSeconds: -1 } })).toThrow(/meanSeconds/);
    expect(() => run({}, 1.5)).toThrow(/agents/);
    expect(() => run({}, -1)).toThrow(/agents/);
    expect(() => run({}, 5, { replications: 1 })).toThrow(/replications/);
    expect(() => run({}, 5, { stopAtHalfWidth: 0 })).toThrow(/stopAtHalfWidth/);
    expect(() => run({}, 5, { seed: 0.5 })).toThrow(/seed/);
    expect(() => run({}, 5, { service: { kind: 'lognormal', cv: -1 } })).toThrow(/service\.cv/);
    expect(() => run({}, 5, { service: { kind: 'empirical', seconds: [] } })).toThrow(/service\.seconds/);
  });
});
