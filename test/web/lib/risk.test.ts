import { describe, expect, it } from 'vitest';
import { computeRequirement } from '../../../web/lib/requirement.ts';
import { chanceOfGoals, volumeSpread } from '../../../web/lib/risk.ts';

const goal = { serviceLevel: { target: 0.8, answerWithinSeconds: 30, definition: 'offered' } } as const;
const night = { minAgents: 2 } as const;
const terms = { goal, patienceSeconds: 120, shortAbandonSeconds: 0, shrinkage: 0 };
const demand = { stepSeconds: 900, offered: [40, null, 40, 3], ahtSeconds: [300, null, 300, 300] };

describe('goals by time of day', () => {
  it('ask for what holds at each interval: the night’s two agents, the day’s service level', () => {
    const { agents } = computeRequirement(demand, terms, i => (i === 3 ? night : goal));
    expect(agents[3]).toBe(2);
    expect(agents[0]).toBe(computeRequirement(demand, terms).agents[0]);
    expect(agents[1]).toBeNull();
  });
});

describe('the chance of keeping the goals', () => {
  const requirement = computeRequirement(demand, terms);

  it('reads the spread off the 80 % band: half its width is 1.2816 standard deviations', () => {
    const band = { level: 0.8, lower: [40 - 12.816, null, 40, 3], upper: [40 + 12.816, null, 40, 3] };
    const spread = volumeSpread([band], 4);
    expect(spread[0]).toBeCloseTo(10, 3);
    expect(spread.slice(1)).toEqual([0, 0, 0]);
    expect(volumeSpread([], 2)).toEqual([0, 0]);
  });

  it('is certain without spread, uncertain with it, and none where closed', () => {
    const sure = chanceOfGoals(demand, requirement, [0, 0, 0, 0], terms, () => goal);
    expect(sure).toEqual([1, null, 1, 1]);
    const [first] = chanceOfGoals(demand, requirement, [10, 0, 0, 0], terms, () => goal);
    expect(first).toBeGreaterThan(0.4);
    expect(first).toBeLessThan(0.75);
  });
});
