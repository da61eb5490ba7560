import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chanceByPeriod,
  chanceOfMeeting,
  createRandom,
  evaluateQueue,
  type Goals,
  type Load,
  rateProbability,
  rateQuantile,
  requiredAgents,
  requiredAgentsAtRisk,
  sampleGamma,
} from '../../../forecasting/index.ts';

const LOAD: Load = Object.freeze({
  calls: 300,
  intervalSeconds: 1800,
  ahtSeconds: 300,
  patience: Object.freeze({ kind: 'exponential' as const, meanSeconds: 180 }),
  rateCv: 0.15,
});
const GOALS: Goals = Object.freeze({
  serviceLevel: Object.freeze({ target: 0.8, answerWithinSeconds: 20, definition: 'offered' as const }),
});

/** P(gamma ≤ x) by the trapezoid rule in ln x. */
function gammaCdf(shape: number, x: number): number {
  const density = (u: number) => Math.exp(shape * u - Math.exp(u) - (shape * Math.log(shape) - shape));
  const sum = (to: number) => {
    const from = Math.log(shape) - 60 / Math.min(shape, 5 * Math.sqrt(shape));
    const step = (to - from) / 40_000;
    let total = 0.5 * density(to);
    for (let u = from; u < to - step / 2; u += step) total += density(u);
    return total * step;
  };
  return sum(Math.log(x)) / sum(Math.log(shape + 12 * Math.sqrt(shape) + 60));
}

describe('the gamma rate', () => {
  it('has the distribution function that quadrature gives', () => {
    for (const cv of [0.05, 0.2, 0.5, 1]) {
      const shape = 1 / (cv * cv);
      for (const ratio of [0.7, 0.95, 1, 1.1, 1.6]) {
        expect(rateProbability(ratio, cv)).toBeCloseTo(gammaCdf(shape, ratio * shape), 7);
      }
    }
  });

  it('quantile and probability are inverse to each other', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.double({ min: 0.001, max: 2, noNaN: true }),
        (p, cv) => {
          expect(rateProbability(rateQuantile(p, cv), cv)).toBeCloseTo(p, 9);
        },
      ),
    );
    expect(rateQuantile(0.9, 0)).toBe(1);
    expect(rateProbability(0.999, 0)).toBe(0);
    expect(() => rateQuantile(1, 0.2)).toThrow(/^probability /);
  });
});

describe('requirements against an uncertain rate', () => {
  it('chance: the goals hold with at least that probability, and not with one agent fewer', () => {
    for (const probability of [0.5, 0.8, 0.95]) {
      const agents = requiredAgentsAtRisk(LOAD, GOALS, { kind: 'chance', probability });
      expect(chanceOfMeeting(LOAD, agents, GOALS)).toBeGreaterThanOrEqual(probability - 1e-9);
      expect(chanceOfMeeting(LOAD, agents - 1, GOALS)).toBeLessThan(probability);
    }
  });

  it('the chance is the share of simulated rates at which the goal holds', () => {
    const random = createRandom(5).stream('rates');
    const agents = 52;
    let met = 0;
    const runs = 4000;
    const shape = 1 / 0.15 ** 2;
    for (let i = 0; i < runs; i++) {
      const calls = (300 * sampleGamma(random, shape, 1)) / shape;
      if (
        evaluateQueue({ ...LOAD, rateCv: 0, calls }, agents, { answerWithinSeconds: 20 }).serviceLevel
          .offered >= 0.8
      )
        met++;
    }
    expect(Math.abs(chanceOfMeeting(LOAD, agents, GOALS) - met / runs)).toBeLessThan(
      4 * Math.sqrt(0.25 / runs),
    );
  });

  it('cost: no other number is cheaper on average', () => {
    const policy = { kind: 'cost', perAgentShort: 3, perAgentOver: 1 } as const;
    const best = requiredAgentsAtRisk(LOAD, GOALS, policy);
    // Requirement at 400 equally likely rates.
    const needs = Array.from(
      { length: 400 },
      (_, i) =>
        requiredAgents({ ...LOAD, rateCv: 0, calls: 300 * rateQuantile((i + 0.5) / 400, 0.15) }, GOALS)
          .agents,
    );
    const cost = (n: number) => needs.reduce((sum, need) => sum + (need > n ? 3 * (need - n) : n - need), 0);
    for (let n = best - 12; n <= best + 12; n++) expect(cost(best)).toBeLessThanOrEqual(cost(n) + 2);
  });

  it('are ordered: certain < expected < 95 % chance, and all alike without uncertainty', () => {
    const of = (load: Load) => [
      requiredAgentsAtRisk(load, GOALS, { kind: 'point' }),
      requiredAgentsAtRisk(load, GOALS, { kind: 'expected' }),
      requiredAgentsAtRisk(load, GOALS, { kind: 'chance', probability: 0.95 }),
    ];
    const [point, expected, chance] = of(LOAD);
    expect(point).toBeLessThan(expected!);
    expect(expected).toBeLessThan(chance!);
    expect(new Set(of({ ...LOAD, rateCv: 0 })).size).toBe(1);
    expect(requiredAgents(LOAD, GOALS).agents).toBe(expected);
  });

  it('name the field of bad input', () => {
    expect(() => requiredAgentsAtRisk(LOAD, GOALS, { kind: 'chance', probability: 1 })).toThrow(
      /^policy\.probability /,
    );
    expect(() =>
      requiredAgentsAtRisk(LOAD, GOALS, { kind: 'cost', perAgentShort: 0, perAgentOver: 1 }),
    ).toThrow(/^policy\.perAgentShort /);
    expect(chanceOfMeeting({ ...LOAD, calls: 0 }, 0, GOALS)).toBe(1);
    expect(chanceOfMeeting(LOAD, 0, GOALS)).toBe(0);
  });
});

describe('the chance over a day and a week', () => {
  const day = Array.from(
    { length: 16 },
    (_, i): Load => ({ ...LOAD, rateCv: 0, calls: 200 + 100 * Math.sin(i / 4) }),
  );
  const staff = day.map(load => Math.round((load.calls * 300) / 1800 + 4));
  const goal = { target: 0.8, answerWithinSeconds: 20 };
  const spread = { dayCv: 0.06, intervalCv: 0.1 };

  it('agrees with simulated days and weeks of the same rates', () => {
    const random = createRandom(9).stream('days');
    const gamma = (cv: number) => sampleGamma(random, 1 / cv ** 2, cv ** 2);
    // Service level by rate, read off a fine table: 4 000 days would be slow otherwise.
    const tables = day.map((load, i) =>
      Array.from(
        { length: 301 },
        (_, k) =>
          evaluateQueue({ ...load, calls: load.calls * (0.4 + k * 0.005) }, staff[i]!, goal).serviceLevel
            .offered,
      ),
    );
    const surplus = () => {
      const common = gamma(spread.dayCv);
      return day.reduce((sum, load, i) => {
        const ratio = common * gamma(spread.intervalCv);
        const at = Math.min(299.99, Math.max(0, (ratio - 0.4) / 0.005));
        const k = Math.floor(at);
        const level = tables[i]![k]! + (at - k) * (tables[i]![k + 1]! - tables[i]![k]!);
        return sum + load.calls * ratio * (level - goal.target);
      }, 0);
    };
    const runs = 4000;
    let [days, weeks] = [0, 0];
    for (let r = 0; r < runs; r++) {
      const week = Array.from({ length: 5 }, surplus);
      if (week[0]! >= 0) days++;
      if (week.reduce((sum, x) => sum + x, 0) >= 0) weeks++;
    }
    const found = chanceByPeriod(
      [day, day, day, day, day],
      [staff, staff, staff, staff, staff],
      goal,
      spread,
    );
    expect(Math.abs(found.days[0]! - days / runs)).toBeLessThan(0.03);
    expect(Math.abs(found.period - weeks / runs)).toBeLessThan(0.03);
  });

  it('is sure of nothing to be sure of: no spread gives 0 or 1', () => {
    const calm = { dayCv: 0, intervalCv: 0 };
    expect(chanceByPeriod([day], [staff.map(n => n + 8)], goal, calm)).toEqual({ days: [1], period: 1 });
    expect(chanceByPeriod([day], [staff.map(n => n - 8)], goal, calm)).toEqual({ days: [0], period: 0 });
    expect(() => chanceByPeriod([day], [[1]], goal, calm)).toThrow(RangeError);
  });
});
