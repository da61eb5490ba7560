import { describe, expect, it } from 'vitest';
import { evaluateQueue, type Load, requiredAgents } from '../../../forecasting/index.ts';
import { relativeError } from './highPrecision.ts';

const LIMIT = Object.freeze({ answerWithinSeconds: 20 });
const VOICE: Load = Object.freeze({
  calls: 100,
  intervalSeconds: 1800,
  ahtSeconds: 180,
  patience: Object.freeze({ kind: 'exponential' as const, meanSeconds: 120 }),
});

describe('redials and reconnects', () => {
  it('solve L = λ + r P(abandon) L + q P(served) L, found here by repeated substitution', () => {
    for (const [redialProbability, reconnectProbability, agents] of [
      [0.5, 0, 9],
      [0.9, 0.05, 11],
      [0, 0.2, 14],
      [1, 0, 12],
    ] as const) {
      let total = VOICE.calls;
      for (let i = 0; i < 4000; i++) {
        const { abandonProbability: lost } = evaluateQueue({ ...VOICE, calls: total }, agents, LIMIT);
        total = VOICE.calls + (redialProbability * lost + reconnectProbability * (1 - lost)) * total;
      }
      const got = evaluateQueue({ ...VOICE, redialProbability, reconnectProbability }, agents, LIMIT);
      const want = evaluateQueue({ ...VOICE, calls: total }, agents, LIMIT);
      expect(relativeError(got.offeredLoadErlangs, (total * 180) / 1800)).toBeLessThan(1e-11);
      expect(relativeError(got.abandonProbability, want.abandonProbability)).toBeLessThan(1e-10);
      expect(relativeError(got.serviceLevel.offered, want.serviceLevel.offered)).toBeLessThan(1e-10);
    }
  });

  it('run away when everybody redials into an overload, and say so by their limits', () => {
    const got = evaluateQueue({ ...VOICE, redialProbability: 1 }, 9, LIMIT);
    expect(got).toMatchObject({ offeredLoadErlangs: Infinity, abandonProbability: 1, occupancy: 1 });
    const behindLines = evaluateQueue({ ...VOICE, trunks: 15, redialProbability: 1 }, 9, LIMIT);
    expect(behindLines).toMatchObject({ blockProbability: 1, meanQueueLength: 6, meanWaitSeconds: 0 });
    expect(got.serviceLevel.offered).toBe(0);
    expect(
      requiredAgents({ ...VOICE, redialProbability: 1 }, { maxAbandonment: 0.05 }).agents,
    ).toBeGreaterThan(10);
  });

  it('need more agents than the first attempts alone', () => {
    const goals = { maxAbandonment: 0.1 };
    expect(requiredAgents({ ...VOICE, reconnectProbability: 0.3 }, goals).agents).toBeGreaterThan(
      requiredAgents(VOICE, goals).agents,
    );
  });
});

describe('chat', () => {
  const chat = Object.freeze({ maxConcurrent: 3, handleSecondsByLoad: Object.freeze([300, 380, 520]) });

  /** Birth–death chain to 4 000 chats, agents kept as even as possible, every state listed one by one. */
  function byStates(calls: number, agents: number, patience: number) {
    const lambda = calls / 1800;
    const slots = agents * 3;
    const leave = (j: number): number => {
      const loads = Array.from(
        { length: agents },
        (_, k) => Math.floor(Math.min(j, slots) / agents) + (k < Math.min(j, slots) % agents ? 1 : 0),
      );
      const service = loads.reduce(
        (sum, held) => sum + (held === 0 ? 0 : held / (chat.handleSecondsByLoad[held - 1] ?? 1)),
        0,
      );
      return service + Math.max(0, j - slots) / patience;
    };
    const p = [1];
    for (let j = 1; j < 4000; j++) p.push(((p[j - 1] ?? 0) * lambda) / leave(j));
    const total = p.reduce((sum, x) => sum + x, 0);
    const sum = (value: (j: number) => number) => p.reduce((s, x, j) => s + x * value(j), 0) / total;
    return {
      wait: sum(j => (j >= slots ? 1 : 0)),
      abandon: sum(j => Math.max(0, j - slots)) / patience / lambda,
      queue: sum(j => Math.max(0, j - slots)),
      slotsBusy: sum(j => Math.min(j, slots)) / slots,
    };
  }

  it('uses the measured handle time of each concurrency', () => {
    for (const [calls, agents, patience] of [
      [60, 6, 200],
      [90, 6, 60],
      [15, 1, 400],
      [200, 20, 90],
    ] as const) {
      const load: Load = {
        calls,
        intervalSeconds: 1800,
        ahtSeconds: 300,
        patience: { kind: 'exponential', meanSeconds: patience },
        chat,
      };
      const got = evaluateQueue(load, agents, LIMIT);
      const want = byStates(calls, agents, patience);
      expect(relativeError(got.waitProbability, want.wait)).toBeLessThan(1e-11);
      expect(relativeError(got.abandonProbability, want.abandon)).toBeLessThan(1e-11);
      expect(relativeError(got.meanQueueLength, want.queue)).toBeLessThan(1e-11);
      expect(relativeError(got.occupancy, want.slotsBusy)).toBeLessThan(1e-11);
    }
  });

  it('with one contact at a time it is voice', () => {
    const single: Load = { ...VOICE, chat: { maxConcurrent: 1, handleSecondsByLoad: [180] } };
    const [got, want] = [evaluateQueue(single, 12, LIMIT), evaluateQueue(VOICE, 12, LIMIT)];
    expect(got.serviceLevel.offered).toBeCloseTo(want.serviceLevel.offered, 12);
    expect(got.occupancy).toBeCloseTo(want.occupancy, 12);
  });

  it('needs more agents than the handle time divided by the concurrency promises', () => {
    const goals = { serviceLevel: { target: 0.8, answerWithinSeconds: 20, definition: 'offered' as const } };
    const load: Load = { calls: 120, intervalSeconds: 1800, ahtSeconds: 300, chat };
    const divided = requiredAgents({ calls: 120, intervalSeconds: 1800, ahtSeconds: 100 }, goals).agents;
    const need = requiredAgents(load, goals);
    expect(need.agents).toBeGreaterThan(divided);
    expect(need.below?.serviceLevel.offered).toBeLessThan(0.8);
    expect(() => evaluateQueue(load, 3.5, LIMIT)).toThrow(/^agents /);
  });

  it('a load so light that waiting underflows still has an occupancy', () => {
    const got = evaluateQueue({ calls: 2, intervalSeconds: 1800, ahtSeconds: 300, chat }, 400, LIMIT);
    expect(got.occupancy).toBeCloseTo(2 / 6 / 1200, 10);
    expect(got.serviceLevel.offered).toBe(1);
  });
});

describe('an uncertain call rate', () => {
  // Gamma density by the trapezoid rule in ln λ: an independent route to the average over a random call.
  function averaged(load: Load, cv: number, agents: number): { offered: number; abandon: number } {
    const shape = 1 / (cv * cv);
    let [weight, offered, abandon] = [0, 0, 0];
    const steps = 6000;
    for (let i = 0; i <= steps; i++) {
      const u = -14 * cv + (28 * cv * i) / steps;
      const ratio = Math.exp(u);
      const w = Math.exp(shape * (u - ratio + 1) + u);
      const at = evaluateQueue({ ...load, calls: load.calls * ratio }, agents, LIMIT);
      weight += w;
      offered += w * at.serviceLevel.offered;
      abandon += w * at.abandonProbability;
    }
    return { offered: offered / weight, abandon: abandon / weight };
  }

  it('weighs every call alike, as a report does', () => {
    const load: Load = {
      calls: 300,
      intervalSeconds: 1800,
      ahtSeconds: 300,
      patience: { kind: 'exponential', meanSeconds: 180 },
    };
    for (const cv of [0.05, 0.1, 0.2]) {
      const got = evaluateQueue({ ...load, rateCv: cv }, 55, LIMIT);
      const want = averaged(load, cv, 55);
      expect(relativeError(got.serviceLevel.offered, want.offered)).toBeLessThan(1e-9);
      expect(relativeError(got.abandonProbability, want.abandon)).toBeLessThan(1e-9);
    }
  });

  it('agrees with Erlang C integrated to 25 digits', () => {
    // mpmath 1.3 quad, dps 25, over the gamma density times the rate, split at capacity.
    for (const [calls, ahtSeconds, agents, answerWithinSeconds, rateCv, want] of [
      [300, 300, 55, 20, 0.1, 0.574946586136923],
      [300, 300, 55, 20, 0.3, 0.455557471403688],
      [30, 300, 8, 60, 0.5, 0.6043234897528181],
      [300, 30, 8, 600, 0.2, 0.991602729521444],
      [600, 300, 110, 20, 0.02, 0.864119004047582],
    ] as const) {
      const got = evaluateQueue({ calls, intervalSeconds: 1800, ahtSeconds, rateCv }, agents, {
        answerWithinSeconds,
      });
      expect(relativeError(got.serviceLevel.offered, want)).toBeLessThan(1e-12);
    }
  });

  it('agrees with Erlang C too, where the service level has a kink at capacity', () => {
    const load: Load = { calls: 300, intervalSeconds: 1800, ahtSeconds: 300 };
    const got = evaluateQueue({ ...load, rateCv: 0.1 }, 55, LIMIT);
    expect(relativeError(got.serviceLevel.offered, averaged(load, 0.1, 55).offered)).toBeLessThan(1e-6);
    expect(got.asaSeconds).toBe(Infinity);
  });

  it('costs service: 10 % uncertainty takes 4.5 points from 89.3 %', () => {
    const load: Load = {
      calls: 300,
      intervalSeconds: 1800,
      ahtSeconds: 300,
      patience: { kind: 'exponential', meanSeconds: 180 },
    };
    expect(evaluateQueue(load, 55, LIMIT).serviceLevel.offered).toBeCloseTo(0.893, 3);
    expect(evaluateQueue({ ...load, rateCv: 0.1 }, 55, LIMIT).serviceLevel.offered).toBeCloseTo(0.848, 3);
    expect(evaluateQueue({ ...load, rateCv: 0.2 }, 55, LIMIT).serviceLevel.offered).toBeCloseTo(0.758, 3);
  });

  it('is continuous as the uncertainty vanishes, and sane when it is wild', () => {
    const load: Load = {
      calls: 300,
      intervalSeconds: 1800,
      ahtSeconds: 300,
      patience: { kind: 'exponential', meanSeconds: 180 },
    };
    const sure = evaluateQueue(load, 55, LIMIT).serviceLevel.offered;
    expect(evaluateQueue({ ...load, rateCv: 1e-6 }, 55, LIMIT).serviceLevel.offered).toBeCloseTo(sure, 9);
    const wild = evaluateQueue({ ...load, rateCv: 2 }, 55, LIMIT);
    expect(wild.serviceLevel.offered).toBeGreaterThan(0);
    expect(wild.serviceLevel.offered).toBeLessThan(sure);
    expect(wild.occupancy).toBeLessThan(1);
  });
});
