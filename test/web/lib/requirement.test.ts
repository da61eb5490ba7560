import { describe, expect, it } from 'vitest';
import { requiredAgents } from '../../../forecasting/index.ts';
import {
  computeRequirement,
  goalsOf,
  loadOf,
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
    const { agents } = computeRequirement(demand, TERMS);
    expect(agents[1]).toBeNull();
    expect(agents[0]).toBe(requiredAgents(loadOf(250, 300, 1800, 120), goalsOf(TERMS)).agents);
    // 44 agents: exact Erlang A for 250 calls of 300 s in 30 minutes with patience 120 s, 80 % in 30 s and
    // abandonment up to 5 % (domain survey, checked there against an independent birth-death solution).
    expect(agents[0]).toBe(44);
    expect(agents[3]).toBe(requiredAgents(loadOf(40.5, 330, 1800, 120), goalsOf(TERMS)).agents);
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
});
