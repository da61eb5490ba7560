import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createRandom,
  runQuickPath,
  type SingleQueueModel,
  simulateCallLog,
} from '../../../forecasting/index.ts';
import { sumTally, tallyCounts } from '../../../forecasting/simulation/tally.ts';

const STEP = 900;

const model: fc.Arbitrary<SingleQueueModel> = fc
  .array(
    fc.record({
      calls: fc.integer({ min: 0, max: 40 }),
      agents: fc.integer({ min: 0, max: 9 }),
      aht: fc.integer({ min: 20, max: 500 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .chain(day =>
    fc.record({ mean: fc.integer({ min: 5, max: 500 }), fixed: fc.boolean() }).map(({ mean, fixed }) => ({
      stepSeconds: STEP,
      calls: day.map(({ calls }) => calls),
      ahtSeconds: day.map(({ aht }) => aht),
      agents: day.map(({ agents }) => agents),
      patience: fixed
        ? ({ kind: 'deterministic', seconds: mean } as const)
        : ({ kind: 'exponential', meanSeconds: mean } as const),
      service: fixed ? ({ kind: 'deterministic' } as const) : ({ kind: 'lognormal', cv: 1.2 } as const),
      answerWithinSeconds: 20,
    })),
  );

/** The calls of a log, answered by hand: agents as free times in a plain list, staff looked up at every start. */
function waitsByHand(
  { agents: levels }: SingleQueueModel,
  log: ReturnType<typeof simulateCallLog>,
  works: number[],
) {
  const agents = typeof levels === 'number' ? [levels] : levels;
  let free = new Array<number>(agents[0]!).fill(0);
  let level = 0;
  return log.arrivalSeconds.map((arrival, i) => {
    const start = () => Math.max(arrival, free.length > 0 ? Math.min(...free) : Infinity);
    while (level + 1 < agents.length && start() >= (level + 1) * STEP) {
      level++;
      const change = agents[level]! - agents[level - 1]!;
      free.sort((a, b) => a - b);
      free = change < 0 ? free.slice(-change) : [...free, ...new Array<number>(change).fill(level * STEP)];
    }
    const begin = start();
    const hangsUp = log.outcome[i] === 'abandoned';
    if (!hangsUp && begin < Infinity) free[free.indexOf(Math.min(...free))] = begin + works[i]!;
    return begin - arrival;
  });
}

describe('quick path', () => {
  it('answers each call when a plain list of free times says so', () => {
    fc.assert(
      fc.property(model, fc.integer(), (day, seed) => {
        const log = simulateCallLog(day, seed);
        const virtual = waitsByHand(day, log, [...log.serviceSeconds]);
        log.outcome.forEach((outcome, i) => {
          if (outcome === 'answered') expect(log.waitSeconds[i]).toBeCloseTo(virtual[i]!, 6);
          else expect(log.waitSeconds[i]).toBeLessThan(virtual[i]!);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('counts what the log says', () => {
    fc.assert(
      fc.property(model, fc.integer(), (day, seed) => {
        const log = simulateCallLog(day, seed);
        const tally = runQuickPath(day, createRandom(seed));
        const counts = tallyCounts(i => sumTally(tally, 0, 0, day.calls.length)[i]!);
        const where = (wanted: string) => log.waitSeconds.filter((_, i) => log.outcome[i] === wanted);
        expect(counts.offered).toBe(log.outcome.length);
        expect(counts.answered).toBe(where('answered').length);
        expect(counts.answeredWithin).toBe(where('answered').filter(wait => wait <= 20).length);
        expect(counts.abandoned).toBe(where('abandoned').length);
        expect(counts.abandonedWithin).toBe(where('abandoned').filter(wait => wait <= 20).length);
        const total = (waits: number[]) => waits.reduce((a, b) => a + b, 0);
        expect(counts.answeredWaitSeconds).toBeCloseTo(total(where('answered')), 5);
        expect(counts.waitSeconds).toBeCloseTo(total(where('answered')) + total(where('abandoned')), 5);
      }),
    );
  });

  it('meets the same callers with one agent more, and none of them waits longer', () => {
    fc.assert(
      fc.property(model, fc.integer(), (day, seed) => {
        // Without abandonment the comparison holds call by call.
        const { patience: _, ...patient } = day;
        const levels = day.agents as readonly number[];
        const log = simulateCallLog(patient, seed);
        const more = simulateCallLog({ ...patient, agents: levels.map(n => n + 1) }, seed);
        expect(more.arrivalSeconds).toEqual(log.arrivalSeconds);
        log.waitSeconds.forEach((wait, i) => {
          if (more.waitSeconds[i]! > wait + 1e-6) throw new Error(`call ${i} waits longer with more agents`);
        });
      }),
    );
  });

  it('carries waiting calls into the intervals after', () => {
    const tally = runQuickPath(
      {
        stepSeconds: STEP,
        calls: [30, 0, 0, 0],
        exactCounts: true,
        ahtSeconds: 120,
        agents: 1,
        service: { kind: 'deterministic' },
        answerWithinSeconds: 20,
      },
      createRandom(1),
    );
    const carried = [0, 1, 2, 3].map(i => tallyCounts(f => sumTally(tally, 0, i, i + 1)[f]!).carriedOver);
    // 30 calls of 120 s for one agent: at 900, 1,800, 2,700 and 3,600 s about 7.5, 15, 22.5 and 30 have begun.
    [22, 15, 7, 0].forEach((expected, i) => {
      expect(carried[i]! - expected).toBeGreaterThanOrEqual(-1);
      expect(carried[i]! - expected).toBeLessThanOrEqual(1.5);
    });
  });

  it('ends in good time at its limits', () => {
    const base = { stepSeconds: STEP, calls: [300, 300], ahtSeconds: 300, answerWithinSeconds: 20 };
    const total = (change: Partial<SingleQueueModel>) => {
      const tally = runQuickPath({ ...base, agents: 5, ...change }, createRandom(2));
      return tallyCounts(i => sumTally(tally, 0, 0, 2)[i]!);
    };
    expect(total({ agents: 0 }).unresolved).toBe(total({ agents: 0 }).offered);
    expect(total({ agents: [5, 0] }).unresolved).toBeGreaterThan(300);
    expect(total({ agents: [0, 5] }).unresolved).toBe(0);
    expect(total({ calls: [0, 0] }).offered).toBe(0);
    const nothing = { ...base, calls: [], agents: [] };
    expect(runQuickPath(nothing, createRandom(2)).cells).toHaveLength(0);
    // 10,000 Erlangs, all handle times alike: thousands of agents are free at the same instants.
    const vast = total({ calls: [30_000, 30_000], agents: 10_000, service: { kind: 'deterministic' } });
    expect(vast.answered).toBe(vast.offered);
  });

  it('names the field that is wrong', () => {
    const run = (change: Partial<SingleQueueModel>) => () =>
      runQuickPath(
        { stepSeconds: STEP, calls: [1, 2], ahtSeconds: 300, agents: 1, answerWithinSeconds: 20, ...change },
        createRandom(1),
      );
    expect(run({ stepSeconds: 0 })).toThrow(/stepSeconds/);
    expect(run({ calls: [1, Number.NaN] })).toThrow(/calls\[1\]/);
    expect(run({ ahtSeconds: [300] })).toThrow(/ahtSeconds/);
    expect(run({ ahtSeconds: [300, -1] })).toThrow(/ahtSeconds\[1\]/);
    expect(run({ agents: [1] })).toThrow(/agents/);
    expect(run({ agents: [1, 1.5] })).toThrow(/agents\[1\]/);
    expect(run({ answerWithinSeconds: -1 })).toThrow(/answerWithinSeconds/);
    expect(run({ exactCounts: true, calls: [1.5, 1] })).toThrow(/calls\[0\]/);
  });
});

describe('call log', () => {
  it('is the same for the same seed and different for another', () => {
    const day = { stepSeconds: STEP, calls: [20], ahtSeconds: 200, agents: 3 };
    expect(simulateCallLog(day, 1)).toEqual(simulateCallLog(day, 1));
    expect(simulateCallLog(day, 2).arrivalSeconds).not.toEqual(simulateCallLog(day, 1).arrivalSeconds);
  });
});
