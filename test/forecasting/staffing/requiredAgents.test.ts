import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  evaluateQueue,
  type Goals,
  type Load,
  requiredAgents,
  requiredAgentsReal,
  StaffingError,
  UnreachableGoalError,
  waitQuantile,
} from '../../../forecasting/index.ts';

const VOICE: Load = Object.freeze({
  calls: 100,
  intervalSeconds: 1800,
  ahtSeconds: 180,
  patience: Object.freeze({ kind: 'exponential' as const, meanSeconds: 300 }),
});
const PLAIN: Load = Object.freeze({ calls: 100, intervalSeconds: 1800, ahtSeconds: 180 });
const offered = (target: number, answerWithinSeconds = 20): Goals => ({
  serviceLevel: { target, answerWithinSeconds, definition: 'offered' },
});

/** Smallest n by trying 0, 1, 2, … */
function byTrial(load: Load, target: number, answerWithinSeconds: number): number {
  for (let n = 0; ; n++) {
    if (evaluateQueue(load, n, { answerWithinSeconds }).serviceLevel.offered >= target) return n;
  }
}

describe('requiredAgents', () => {
  it('finds the smallest number that trying 0, 1, 2, … finds', () => {
    const loads = fc.record({
      erlangs: fc.double({ min: 0.05, max: 60, noNaN: true }),
      aht: fc.constantFrom(30, 180, 600),
      patience: fc.constantFrom(5, 60, 300, 3600, Infinity),
      target: fc.double({ min: 0.06, max: 0.995, noNaN: true }),
      within: fc.constantFrom(0, 20, 60),
    });
    fc.assert(
      fc.property(loads, ({ erlangs, aht, patience, target, within }) => {
        const load: Load = {
          calls: (erlangs * 900) / aht,
          intervalSeconds: 900,
          ahtSeconds: aht,
          patience: { kind: 'exponential', meanSeconds: patience },
        };
        expect(requiredAgents(load, offered(target, within)).agents).toBe(byTrial(load, target, within));
      }),
      { numRuns: 400 },
    );
  });

  it('as a real number lies within one below the whole one, meets the goals and is no larger than needed', () => {
    for (const load of [PLAIN, VOICE, { ...VOICE, calls: 7 }]) {
      for (const goals of [
        offered(0.8),
        { asaSeconds: 10 },
        { maxOccupancy: 0.7 },
        { ...offered(0.8), minAgents: 40.5 },
      ]) {
        const whole = requiredAgents(load, goals).agents;
        const real = requiredAgentsReal(load, goals);
        expect(real).toBeLessThanOrEqual(whole);
        expect(real).toBeGreaterThan(whole - 1);
      }
      const edge = evaluateQueue(load, requiredAgentsReal(load, offered(0.8)), { answerWithinSeconds: 20 });
      expect(edge.serviceLevel.offered).toBeCloseTo(0.8, 9);
    }
    expect(() =>
      requiredAgentsReal({ ...PLAIN, chat: { maxConcurrent: 1, handleSecondsByLoad: [180] } }, {}),
    ).toThrow(/^load\.chat /);
  });

  it('goes below the offered load where abandonment allows it', () => {
    const busy: Load = {
      calls: 600,
      intervalSeconds: 1800,
      ahtSeconds: 300,
      patience: { kind: 'exponential', meanSeconds: 60 },
    };
    const need = requiredAgents(busy, { maxAbandonment: 0.2 });
    expect(need.at.offeredLoadErlangs).toBeCloseTo(100, 10);
    expect(need.agents).toBeLessThan(90);
    expect(need.at.abandonProbability).toBeLessThanOrEqual(0.2);
    expect(need.below?.abandonProbability).toBeGreaterThan(0.2);
  });

  it('names the binding goal', () => {
    const goals: Goals = { ...offered(0.8), maxOccupancy: 0.6, minAgents: 3 };
    const need = requiredAgents(PLAIN, goals);
    expect(need.binding).toBe('maxOccupancy');
    expect(need.agents).toBe(17);
    expect(requiredAgents(PLAIN, { ...goals, maxOccupancy: 0.9 }).binding).toBe('serviceLevel');
    expect(requiredAgents(PLAIN, { ...goals, minAgents: 30 })).toMatchObject({
      binding: 'minAgents',
      agents: 30,
    });
    expect(requiredAgents(VOICE, { asaSeconds: 5, maxAbandonment: 0.2 }).binding).toBe('asaSeconds');
  });

  it('does not lose a tie to rounding: 17 Erlangs on 20 agents is an occupancy of 0.85', () => {
    const load: Load = { calls: 170, intervalSeconds: 1800, ahtSeconds: 180 };
    expect(requiredAgents(load, { maxOccupancy: 0.85 }).agents).toBe(20);
    expect(
      requiredAgents(
        { ...load, patience: { kind: 'exponential', meanSeconds: Infinity } },
        { ...offered(0.05), maxOccupancy: 0.85 },
      ).agents,
    ).toBe(20);
  });

  it('costs no more and no less by the quick search than by the general one', () => {
    for (const calls of [3, 40, 333, 2000]) {
      for (const patience of [30, 200, 2000]) {
        const load: Load = {
          calls,
          intervalSeconds: 1800,
          ahtSeconds: 240,
          patience: { kind: 'exponential', meanSeconds: patience },
        };
        // A goal on ASA that never binds switches the quick search off.
        const quick = requiredAgents(load, offered(0.8)).agents;
        expect(requiredAgents(load, { ...offered(0.8), asaSeconds: 1e9 }).agents).toBe(quick);
      }
    }
  });

  it('no calls need nobody, or the minimum cover', () => {
    expect(requiredAgents({ ...PLAIN, calls: 0 }, offered(0.8))).toMatchObject({
      agents: 0,
      binding: 'none',
      below: null,
    });
    expect(requiredAgents({ ...PLAIN, calls: 0 }, { minAgents: 2 })).toMatchObject({
      agents: 2,
      binding: 'minAgents',
    });
    expect(requiredAgents({ ...PLAIN, calls: 0 }, {}).at.serviceLevel.offered).toBe(1);
  });

  it('refuses goals that no staff can meet, naming the goal', () => {
    const unreachable = (load: Load, goals: Goals, field: string) => {
      expect(() => requiredAgents(load, goals)).toThrow(UnreachableGoalError);
      expect(() => requiredAgents(load, goals)).toThrow(RangeError);
      expect(() => requiredAgents(load, goals)).toThrow(new RegExp(`^${field} `));
    };
    unreachable(PLAIN, offered(1), 'goals.serviceLevel.target');
    unreachable(PLAIN, { asaSeconds: 0 }, 'goals.asaSeconds');
    unreachable(VOICE, { maxAbandonment: 0 }, 'goals.maxAbandonment');
    // 12 lines for 10 Erlangs block 12 % of the calls whatever the staff.
    unreachable({ ...PLAIN, trunks: 12 }, offered(0.95), 'goals.serviceLevel');
  });

  it('names the field of bad input', () => {
    const bad: [Load, Goals, string][] = [
      [{ ...PLAIN, calls: -1 }, offered(0.8), 'load.calls'],
      [{ ...PLAIN, calls: Number.NaN }, offered(0.8), 'load.calls'],
      [{ ...PLAIN, ahtSeconds: 0 }, offered(0.8), 'load.ahtSeconds'],
      [{ ...PLAIN, ahtSeconds: -5 }, offered(0.8), 'load.ahtSeconds'],
      [{ ...PLAIN, intervalSeconds: 0 }, offered(0.8), 'load.intervalSeconds'],
      [
        { ...PLAIN, patience: { kind: 'exponential', meanSeconds: 0 } },
        offered(0.8),
        'load.patience.meanSeconds',
      ],
      [
        { ...PLAIN, patience: { kind: 'weibull', shape: 0, scaleSeconds: 9 } },
        offered(0.8),
        'load.patience.shape',
      ],
      [{ ...PLAIN, patience: { kind: 'weibull', shape: 1 } }, offered(0.8), 'load.patience.scaleSeconds'],
      [{ ...PLAIN, patience: { kind: 'lognormal', meanSeconds: 60 } }, offered(0.8), 'load.patience.sigma'],
      [
        { ...PLAIN, patience: { kind: 'hyperexponential', probabilities: [0.5, 0.4], meansSeconds: [1, 2] } },
        offered(0.8),
        'load.patience.probabilities',
      ],
      [
        { ...PLAIN, patience: { kind: 'empirical', seconds: [5, 3], survival: [0.5, 0.4] } },
        offered(0.8),
        'load.patience.seconds\\[1\\]',
      ],
      [
        { ...PLAIN, patience: { kind: 'empirical', seconds: [5, 9], survival: [0.5, 0.6] } },
        offered(0.8),
        'load.patience.survival\\[1\\]',
      ],
      [{ ...PLAIN, trunks: 2.5 }, offered(0.8), 'load.trunks'],
      [{ ...PLAIN, redialProbability: 1.2 }, offered(0.8), 'load.redialProbability'],
      [{ ...PLAIN, reconnectProbability: 1 }, offered(0.8), 'load.reconnectProbability'],
      [{ ...PLAIN, rateCv: -0.1 }, offered(0.8), 'load.rateCv'],
      [
        { ...PLAIN, chat: { maxConcurrent: 2, handleSecondsByLoad: [100] } },
        offered(0.8),
        'load.chat.handleSecondsByLoad',
      ],
      [PLAIN, offered(1.5), 'goals.serviceLevel.target'],
      [PLAIN, offered(0.8, -1), 'goals.serviceLevel.answerWithinSeconds'],
      [PLAIN, { maxOccupancy: 0 }, 'goals.maxOccupancy'],
      [PLAIN, { minAgents: Number.NaN }, 'goals.minAgents'],
    ];
    for (const [load, goals, field] of bad) {
      expect(() => requiredAgents(load, goals), field).toThrow(new RegExp(`^${field} `));
      expect(() => requiredAgents(load, goals), field).toThrow(StaffingError);
    }
    expect(() => evaluateQueue(PLAIN, -1, { answerWithinSeconds: 20 })).toThrow(/^agents /);
    expect(() => evaluateQueue(PLAIN, 4, { answerWithinSeconds: Number.NaN })).toThrow(
      /^threshold.answerWithinSeconds /,
    );
  });

  it('holds at the ends of its range', () => {
    const huge = requiredAgents({ calls: 60_000, intervalSeconds: 1800, ahtSeconds: 300 }, offered(0.8));
    expect(huge.agents).toBeGreaterThan(10_000);
    expect(huge.below?.serviceLevel.offered).toBeLessThan(0.8);
    const hasty: Load = { ...PLAIN, patience: { kind: 'exponential', meanSeconds: 1 } };
    expect(requiredAgents(hasty, offered(0.8)).at.serviceLevel.offered).toBeGreaterThanOrEqual(0.8);
    const flooded = evaluateQueue(
      { ...PLAIN, calls: 20_000, patience: { kind: 'exponential', meanSeconds: 1e6 } },
      10,
      { answerWithinSeconds: 20 },
    );
    expect(flooded.occupancy).toBeCloseTo(1, 12);
    expect(flooded.abandonProbability).toBeCloseTo(0.995, 10);
    const none = evaluateQueue(VOICE, 0, { answerWithinSeconds: 20 });
    expect(none).toMatchObject({
      waitProbability: 1,
      abandonProbability: 1,
      occupancy: 1,
      asaSeconds: Infinity,
      meanWaitSeconds: 300,
    });
    const closed = evaluateQueue(PLAIN, 0, { answerWithinSeconds: 20 });
    expect(closed).toMatchObject({ waitProbability: 1, abandonProbability: 0, asaSeconds: Infinity });
    const unstable = evaluateQueue(PLAIN, 9.5, { answerWithinSeconds: 20 });
    expect(unstable).toMatchObject({
      waitProbability: 1,
      asaSeconds: Infinity,
      meanQueueLength: Infinity,
      occupancy: 1,
    });
    expect(unstable.serviceLevel.offered).toBe(0);
    // Far outside any centre: still shares between 0 and 1, and no search or integral without end.
    for (const patience of [
      { kind: 'lognormal', mu: 5, sigma: 1 },
      { kind: 'deterministic', seconds: 1 },
      { kind: 'weibull', shape: 0.5, scaleSeconds: 1e5 },
      { kind: 'exponential', meanSeconds: 1e-9 },
    ] as const) {
      for (const agents of [1e-6, 1, 1e7]) {
        const odd = evaluateQueue(
          { calls: 1e-300, intervalSeconds: 1800, ahtSeconds: 1e-9, patience, trunks: 150 },
          agents,
          { answerWithinSeconds: 1e300 },
        );
        expect(odd.serviceLevel.offered).toBeGreaterThanOrEqual(0);
        expect(odd.serviceLevel.offered).toBeLessThanOrEqual(1);
        expect(odd.waitExceeds(0)).toBeGreaterThanOrEqual(0);
      }
    }
    expect(() => none.waitExceeds(Number.NaN)).toThrow(/^seconds /);
    const empty = evaluateQueue({ ...PLAIN, calls: 0 }, 0, { answerWithinSeconds: 20 });
    expect(empty).toMatchObject({ waitProbability: 0, asaSeconds: 0, occupancy: 0, meanQueueLength: 0 });
  });
});

describe('waitQuantile', () => {
  it('is AHT/(n − a) ln(C/(1 − p)) for Erlang C', () => {
    const at = evaluateQueue(PLAIN, 12, { answerWithinSeconds: 20 });
    for (const share of [0.6, 0.8, 0.9, 0.99]) {
      const want = Math.max(0, (180 / 2) * Math.log(at.waitProbability / (1 - share)));
      expect(waitQuantile(at, share)).toBeCloseTo(want, 9);
    }
    expect(waitQuantile(at, 0.3)).toBe(0);
    expect(waitQuantile(evaluateQueue(PLAIN, 9, { answerWithinSeconds: 20 }), 0.5)).toBe(Infinity);
    expect(() => waitQuantile(at, 1)).toThrow(/^share /);
  });

  it('is where the tail crosses, for actual and for virtual waits', () => {
    const at = evaluateQueue(VOICE, 9, { answerWithinSeconds: 20 });
    const actual = waitQuantile(at, 0.9);
    const virtual = waitQuantile(at, 0.9, 'virtual');
    expect(at.waitExceeds(actual)).toBeCloseTo(0.1, 10);
    expect(at.virtualWaitExceeds(virtual)).toBeCloseTo(0.1, 10);
    expect(virtual).toBeGreaterThan(actual);
  });
});
