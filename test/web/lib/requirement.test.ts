import { describe, expect, it } from 'vitest';
import { goalInForce, queueLoad, queueRequirement, requiredAgents } from '../../../forecasting/index.ts';
import {
  computeRequirement,
  performanceOf,
  type StaffingTerms,
  totalsOf,
} from '../../../web/lib/requirement.ts';

const TERMS: StaffingTerms = Object.freeze({
  goal: {
    serviceLevel: { target: 0.8, answerWithinSeconds: 30, definition: 'offered' as const },
    maxAbandonment: 0.05,
  },
  patienceSeconds: 120,
  shortAbandonSeconds: 5,
  shrinkage: 0.25,
});

describe('the requirement in the browser', () => {
  it('is the engine’s own for every interval, closed ones aside', () => {
    const demand = { stepSeconds: 1800, offered: [250, null, 0, 40.5], ahtSeconds: [300, 300, 300, 330] };
    const { agents, effectiveCalls } = computeRequirement(demand, TERMS);
    const alone = (calls: number, ahtSeconds: number) =>
      requiredAgents(
        queueLoad(TERMS, { calls, ahtSeconds, stepSeconds: 1800 }),
        goalInForce(TERMS.goal, TERMS),
      );
    expect(agents[1]).toBeNull();
    expect(agents[0]).toBe(alone(250, 300).agents);
    // 44 agents: exact Erlang A for 250 calls of 300 s in 30 minutes with patience 120 s, 80 % in 30 s and
    // abandonment up to 5 % (domain survey, checked there against an independent birth-death solution).
    expect(agents[0]).toBe(44);
    // After an hour without calls the first of them are still few in hand.
    expect(effectiveCalls[3]).toBeLessThan(40.5);
    expect(agents[3]).toBe(alone(effectiveCalls[3] ?? 0, 330).agents);
  });

  it('says which goal no number of agents can meet', () => {
    const impossible: StaffingTerms = { ...TERMS, goal: { asaSeconds: 0 } };
    const { unreachable, agents } = computeRequirement(
      { stepSeconds: 1800, offered: [10], ahtSeconds: [300] },
      impossible,
    );
    expect(unreachable).toMatch(/asaSeconds/);
    expect(agents).toEqual([null]);
  });

  it('weighs shares by calls and pays for shrinkage', () => {
    const demand = { stepSeconds: 1800, offered: [100, 0], ahtSeconds: [180, 180] };
    const totals = totalsOf(demand, computeRequirement(demand, TERMS));
    expect(totals.calls).toBe(100);
    expect(totals.paidHours).toBeCloseTo(totals.agentHours / 0.75, 9);
    expect(totals.serviceLevel).toBeGreaterThanOrEqual(0.8);
  });

  it('of chats counts the places of an agent, and one agent fewer misses the goal', () => {
    const demand = { stepSeconds: 900, offered: [90], ahtSeconds: [300] };
    const chat: StaffingTerms = { ...TERMS, concurrency: 3 };
    const [calls] = computeRequirement(demand, TERMS).agents;
    const [agents] = computeRequirement(demand, chat).agents;
    expect(agents).toBe(Math.ceil((calls ?? 0) / 3));
    const level = (count: number) => performanceOf(90, 300, 900, count, chat).serviceLevel;
    expect(level(agents ?? 0)).toBeGreaterThanOrEqual(0.8);
    expect(level((agents ?? 0) - 1)).toBeLessThan(0.8);
  });

  it('of messages has hours of work and a latest finish, but no waits in line', () => {
    const demand = { stepSeconds: 900, offered: [40, 0, 0, 0], ahtSeconds: [90, 90, 90, 90] };
    const goal = { serviceLevel: { target: 0.8, answerWithinSeconds: 3600, definition: 'offered' } } as const;
    const messages: StaffingTerms = { ...TERMS, goal: { ...goal, maxOccupancy: 0.5 }, isDeferred: true };
    const requirement = computeRequirement(demand, messages);
    expect(requirement.agents).toEqual(queueRequirement(demand, messages).agents);
    // An hour of work, done by two agents in half an hour although it is promised within one.
    expect(totalsOf(demand, requirement)).toEqual({
      calls: 40,
      peakAgents: 2,
      agentHours: 2,
      paidHours: 2 / 0.75,
      serviceLevel: 1,
      asaSeconds: null,
      abandonmentRate: null,
      occupancy: 0.5,
      workHours: 1,
      latestFinishSeconds: 1800,
    });
  });
});
