import { describe, expect, it } from 'vitest';
import {
  crossTrainingValues,
  requiredAgents,
  requiredSkillMix,
  type SkillGroup,
  type SkillQueue,
  simulateSkillMix,
} from '../../../forecasting/index.ts';

const goal = Object.freeze({ target: 0.8, answerWithinSeconds: 20, definition: 'offered' });
const AHT = 300;

/** The most calls per half hour for which Erlang C at 80/20 asks for no more than `agents`. */
function largestCalls(agents: number): number {
  let low = 0;
  let high = 10 * agents;
  for (let i = 0; i < 50; i++) {
    const calls = (low + high) / 2;
    const load = { calls, intervalSeconds: 1_800, ahtSeconds: AHT };
    if (requiredAgents(load, { serviceLevel: goal }).agents <= agents) low = calls;
    else high = calls;
  }
  return low;
}

function queue(id: string, calls: number, more: Partial<SkillQueue> = {}): SkillQueue {
  return Object.freeze({
    id,
    calls,
    intervalSeconds: 1_800,
    ahtSeconds: AHT,
    patience: { kind: 'exponential', meanSeconds: 120 } as const,
    goal,
    ...more,
  });
}

const billing = { queue: 'billing' };
const technical = { queue: 'technical' };
const billingOnly: SkillGroup = Object.freeze({ id: 'billing only', skills: [billing] });
const technicalOnly: SkillGroup = Object.freeze({ id: 'technical only', skills: [technical] });
const flexible: SkillGroup = Object.freeze({ id: 'flexible', skills: [{ ...billing, level: 2 }, technical] });

describe('5 billing + 3 technical', () => {
  // The documentation example of pyworkforce covers "5 + 3" with 2 billing-only and 3 flexible agents, each of whom
  // it counts twice (domain/features.md, section 2).
  const queues = [queue('billing', largestCalls(5)), queue('technical', largestCalls(3))];

  it('is not met by five agents of whom three are counted twice', () => {
    const { queues: results } = simulateSkillMix(queues, [billingOnly, flexible], [2, 3], {
      seed: 'example',
    });
    const [first, second] = results;
    expect(first!.goalLevel!.high).toBeLessThan(0.75);
    expect(second!.goalLevel!.high).toBeLessThan(0.65);
    expect(first!.abandonProbability!.low).toBeGreaterThan(0.1);
    expect(second!.abandonProbability!.low).toBeGreaterThan(0.2);
  });

  it('is met by the requirement, with intervals wholly above 80 % in both queues', () => {
    const found = requiredSkillMix(queues, [billingOnly, flexible], { seed: 'example' });
    if (found.kind !== 'found') throw new Error('no mix found');
    for (const { goalLevel } of found.at.queues) expect(goalLevel!.low).toBeGreaterThanOrEqual(0.8);
    expect(found.siloAgents).toEqual([5, 3]);
    const agents = found.agents.reduce((a, b) => a + b, 0);
    expect(agents).toBeLessThan(8);
    expect(agents).toBeGreaterThan(5);
    expect(found.poolingGain).toBe(8 - agents);
    expect(found.pooledAgents).toBeLessThanOrEqual(agents);
    found.oneLess.forEach(less => {
      if (less) expect(less.queues.some(({ goalLevel }) => goalLevel!.value < 0.8)).toBe(true);
    });
    // The check of features.md found 6 fully flexible agents at the goal and 7 well above it.
    const seven = simulateSkillMix(queues, [billingOnly, flexible], [0, 7], { seed: 'seven' });
    for (const { goalLevel } of seven.queues) expect(goalLevel!.low).toBeGreaterThan(0.87);
  });
});

describe('requirement for several skills', () => {
  const options = { seed: 'small', callsPerReplication: 3_000, replications: 20 };
  const queues = [queue('billing', 12), queue('technical', 8)];

  it.each([
    [1, 1, 1.1],
    [1, 1, 1.6],
    [0.7, 1, 1.2],
  ])('costs at most one agent more than the best of all mixes (costs %d, %d, %d)', (a, b, c) => {
    const groups = [
      { ...billingOnly, cost: a },
      { ...technicalOnly, cost: b },
      { ...flexible, cost: c },
    ];
    const found = requiredSkillMix(queues, groups, options);
    if (found.kind !== 'found') throw new Error('no mix found');
    let best = Infinity;
    for (let x = 0; x <= 6; x++) {
      for (let y = 0; y <= 6; y++) {
        for (let z = 0; z <= 7; z++) {
          const cost = x * a + y * b + z * c;
          if (cost >= best || x + y + z < 4) continue;
          const mix = simulateSkillMix(queues, groups, [x, y, z], {
            ...options,
            seed: 'all',
            replications: 6,
          });
          if (mix.queues.every(({ goalLevel }) => goalLevel!.value >= 0.8)) best = cost;
        }
      }
    }
    expect(found.cost).toBeLessThanOrEqual(best + Math.min(a, b, c) + 1e-9);
  });

  it('respects the limits of groups', () => {
    const groups = [{ ...billingOnly, minAgents: 2 }, technicalOnly, { ...flexible, maxAgents: 1 }];
    const found = requiredSkillMix(queues, groups, options);
    if (found.kind !== 'found') throw new Error('no mix found');
    expect(found.agents[0]).toBeGreaterThanOrEqual(2);
    expect(found.agents[2]).toBeLessThanOrEqual(1);
  });

  it('says which queues cannot be met', () => {
    expect(requiredSkillMix(queues, [billingOnly], options)).toEqual({
      kind: 'infeasible',
      queues: ['technical'],
    });
    const few = requiredSkillMix(queues, [billingOnly, { ...technicalOnly, maxAgents: 1 }], options);
    expect(few).toEqual({ kind: 'infeasible', queues: ['technical'] });
  });

  it('is the agents of one queue when there is one queue', () => {
    const own = queue('billing', 60);
    const exact = requiredAgents(
      {
        calls: 60,
        intervalSeconds: 1_800,
        ahtSeconds: AHT,
        patience: { kind: 'exponential', meanSeconds: 120 },
      },
      { serviceLevel: goal },
    ).agents;
    const found = requiredSkillMix([own], [billingOnly], { seed: 1, replications: 40 });
    if (found.kind !== 'found') throw new Error('no mix found');
    expect(found.agents).toEqual([exact]);
  });

  it('asks for nobody where no calls come', () => {
    const found = requiredSkillMix([queue('billing', 0)], [billingOnly], { seed: 1, replications: 2 });
    expect(found).toMatchObject({ kind: 'found', agents: [0], siloAgents: [0], pooledAgents: 0 });
  });

  it('reports every mix tried and stops when cancelled', () => {
    const tried: number[] = [];
    const outcome = requiredSkillMix(queues, [billingOnly, technicalOnly, flexible], {
      ...options,
      onProgress: mixes => tried.push(mixes),
      isCancelled: () => tried.length === 4,
    });
    expect(outcome).toEqual({ kind: 'cancelled' });
    expect(tried).toEqual([1, 2, 3, 4]);
  });

  it('gives the same answer for the same seed and names the field that is wrong', () => {
    const groups = [billingOnly, technicalOnly, flexible];
    expect(requiredSkillMix(queues, groups, options)).toEqual(requiredSkillMix(queues, groups, options));
    expect(() => requiredSkillMix(queues, [], options)).toThrow(/groups/);
    expect(() => requiredSkillMix(queues, [{ ...billingOnly, cost: 0 }, flexible], options)).toThrow(/cost/);
    expect(() => requiredSkillMix([queue('billing', -1)], groups, options)).toThrow(/calls/);
    expect(() => simulateSkillMix(queues, groups, [1, 2], options)).toThrow(/agents/);
    expect(() => simulateSkillMix(queues, groups, [1, 2, 0.5], options)).toThrow(/agents\[2\]/);
  });
});

describe('value of cross-training', () => {
  const queues = [queue('billing', 24), queue('technical', 14)];
  const groups = [billingOnly, technicalOnly];
  const options = { seed: 'training', replications: 20, callsPerReplication: 4_000 };
  const values = crossTrainingValues(queues, groups, [6, 4], options);

  it('helps the queue learnt, by a difference known better than either level', () => {
    expect(values.map(({ group, queue: learnt }) => `${group} learns ${learnt}`).sort()).toEqual([
      'billing only learns technical',
      'technical only learns billing',
    ]);
    const before = simulateSkillMix(queues, groups, [6, 4], options);
    for (const { queue: learnt, goalLevelChange, answeredWithinPerHour } of values) {
      const at = queues.findIndex(({ id }) => id === learnt);
      const change = goalLevelChange[at]!;
      expect(change.low).toBeGreaterThan(0);
      const level = before.queues[at]!.goalLevel!;
      expect(change.high - change.low).toBeLessThan(level.high - level.low);
      expect(answeredWithinPerHour.high).toBeGreaterThan(0);
    }
    expect(values[0]!.answeredWithinPerHour.value).toBeGreaterThanOrEqual(
      values[1]!.answeredWithinPerHour.value,
    );
  });

  it('has nothing to offer to those who can do everything', () => {
    expect(crossTrainingValues(queues, [flexible], [10], options)).toEqual([]);
  });
});
