import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../forecasting/calendar/random.ts';
import { CoverState } from '../../../forecasting/scheduling/coverState.ts';
import { coverCostPerHour, lowerConvexEnvelope } from '../../../forecasting/scheduling/intervalCost.ts';
import { DEFAULT_WEIGHTS, type ScheduleProblem } from '../../../forecasting/scheduling/problem.ts';
import { buildSite } from '../../../forecasting/scheduling/site.ts';

const QUEUES = ['a', 'b', 'c'];
const SKILL_SETS = [['a'], ['b'], ['c'], ['a', 'b'], ['b', 'c'], ['a', 'b', 'c']];

/** One closed hour and two open ones; an agent per skill set and copy. */
const problem: ScheduleProblem = {
  grid: { start: 1_777_845_600, stepSeconds: 3600, timeZone: 'Europe/Berlin', count: 3 },
  queues: QUEUES.map((id, q) => ({ id, required: [2 + q, null, 3 - q] })),
  agents: SKILL_SETS.flatMap((skills, s) =>
    Array.from({ length: 4 }, (_, k) => ({
      id: `${s}-${k}`,
      name: `${s}-${k}`,
      skills: skills.map(skill => ({ skill })),
      contract: { minHoursPerWeek: 0, targetHoursPerWeek: 40, maxHoursPerWeek: 40 },
      costPerHour: 20,
    })),
  ),
  templates: [],
  rules: { rules: [] },
};

/** Least cost of sharing agents among queues, by trying every way; written without the code under test. */
function leastCost(atWork: readonly number[], required: readonly (number | null)[]): number {
  const serving = [0, 0, 0];
  let least = Number.POSITIVE_INFINITY;
  const place = (set: number, left: number, from: number): void => {
    if (set === SKILL_SETS.length) {
      const cost = serving.reduce(
        (sum, n, q) => sum + coverCostPerHour(n, required[q] ?? 0, DEFAULT_WEIGHTS),
        0,
      );
      least = Math.min(least, cost);
      return;
    }
    if (left === 0) {
      place(set + 1, atWork[set + 1] ?? 0, 0);
      return;
    }
    for (let k = from; k < SKILL_SETS[set]!.length; k++) {
      const q = QUEUES.indexOf(SKILL_SETS[set]![k]!);
      serving[q]!++;
      place(set, left - 1, k);
      serving[q]!--;
    }
  };
  place(0, atWork[0] ?? 0, 0);
  return least;
}

describe('CoverState', () => {
  it('shares agents of several skills at the least cost there is, and knows the price of one more or fewer', () => {
    const site = buildSite(problem);
    const state = new CoverState(site.cover);
    const groups = SKILL_SETS.map((_, s) => site.cover.agentGroup[s * 4]!);
    const atWork = [0, 1, 2].map(() => SKILL_SETS.map(() => 0));
    const required = [0, 1, 2].map(t => problem.queues.map(queue => queue.required[t] ?? null));
    const random = createRandom('cover');
    const costs = atWork.map((counts, t) => leastCost(counts, required[t]!));
    for (let step = 0; step < 400; step++) {
      const slot = random.integer(3);
      const set = random.integer(SKILL_SETS.length);
      const counts = atWork[slot]!;
      const delta = random.uniform() < 0.5 && counts[set]! > 0 ? -1 : 1;
      if (delta === 1 && counts[set]! >= 3) continue;
      const row = groups[set]! * site.cover.slotCount + slot;
      const promised = delta === 1 ? state.gainOfOneMore[row]! : state.gainOfOneLess[row]!;
      state.change(groups[set]!, slot, delta);
      counts[set]! += delta;
      const now = leastCost(counts, required[slot]!);
      expect(now - costs[slot]!).toBeCloseTo(promised, 6);
      costs[slot] = now;
      expect(state.totalCost().queues).toBeCloseTo(costs[0]! + costs[1]! + costs[2]!, 6);
      const serving = QUEUES.reduce((sum, _, q) => sum + state.serving[q * site.cover.slotCount + slot]!, 0);
      expect(serving).toBe(counts.reduce((sum, n) => sum + n, 0));
    }
  });
});

describe('interval costs', () => {
  it('is zero at the requirement and grows with every agent away from it, ever faster below', () => {
    const cost = Array.from({ length: 30 }, (_, n) => coverCostPerHour(n, 12.5, DEFAULT_WEIGHTS));
    expect(coverCostPerHour(12.5, 12.5, DEFAULT_WEIGHTS)).toBe(0);
    for (let n = 1; n + 1 < cost.length; n++) {
      expect(cost[n + 1]! - cost[n]!).toBeGreaterThanOrEqual(cost[n]! - cost[n - 1]! - 1e-9);
    }
    // 100 required, 8 missing: 5 at the first price, 3 at the second.
    expect(coverCostPerHour(92, 100, DEFAULT_WEIGHTS)).toBeCloseTo(5 * 60 + 3 * 90, 9);
  });

  it('lays the lower convex envelope under any curve', () => {
    const random = createRandom('envelope');
    for (let run = 0; run < 50; run++) {
      const values = Array.from({ length: 2 + random.integer(12) }, () => random.integer(20));
      const envelope = lowerConvexEnvelope(values);
      for (const [n, value] of envelope.entries()) expect(value).toBeLessThanOrEqual(values[n]! + 1e-9);
      for (let n = 1; n + 1 < values.length; n++) {
        expect(envelope[n + 1]! - 2 * envelope[n]! + envelope[n - 1]!).toBeGreaterThanOrEqual(-1e-9);
      }
      // The greatest convex minorant touches the curve at both ends.
      expect(envelope[0]).toBe(values[0]);
      expect(envelope.at(-1)).toBe(values.at(-1));
    }
    expect(lowerConvexEnvelope([10, 9, 2, 1])).toEqual([10, 6, 2, 1]);
  });
});

describe('CoverState.place', () => {
  it.each([
    ['queues shared by skills', SKILL_SETS],
    ['one queue per agent', [['a'], ['b'], ['c']]],
  ])(
    'placing many and refreshing once gives the same marginals as changing one by one: %s',
    (_, skillSets) => {
      const agents = problem.agents.filter(agent =>
        skillSets.some(set => set.join() === agent.skills.map(held => held.skill).join()),
      );
      const site = buildSite({ ...problem, agents });
      const [changed, placed] = [new CoverState(site.cover), new CoverState(site.cover)];
      agents.forEach((_agent, a) => {
        for (const slot of a % 2 === 0 ? [0, 1] : [0, 2]) {
          changed.change(site.cover.agentGroup[a]!, slot, 1);
          placed.place(site.cover.agentGroup[a]!, slot, 1);
        }
      });
      expect(placed.gainOfOneMore).not.toEqual(changed.gainOfOneMore);
      placed.refresh();
      expect(placed.serving).toEqual(changed.serving);
      expect(placed.gainOfOneMore).toEqual(changed.gainOfOneMore);
      expect(placed.gainOfOneLess).toEqual(changed.gainOfOneLess);
    },
  );
});
