import { describe, expect, it } from 'vitest';
import { evaluateSchedule } from '../../../forecasting/scheduling/evaluate.ts';
import { generateSchedule } from '../../../forecasting/scheduling/generate.ts';
import type { ScheduleProblem } from '../../../forecasting/scheduling/problem.ts';
import {
  awardBids,
  decideSwap,
  decideTimeOff,
  timeOffAllotments,
} from '../../../forecasting/scheduling/selfService.ts';
import { weekProblem } from '../../bench/weekProblem.ts';

const problem = weekProblem({ agents: 20, seed: 6, rules: 'basic' });
const made = generateSchedule(problem, { seed: 1, moveBudget: 60_000 });
if (made.kind !== 'schedule') throw new Error(made.kind);
const { schedule } = made;

describe('swaps', () => {
  const free = { ...problem, rules: { rules: problem.rules.rules.filter(r => r.kind !== 'contractHours') } };

  it('allows a swap that breaks nothing and tells its effect, and the edit carries it out', () => {
    const decisions = schedule.assignments.slice(0, 25).flatMap(given =>
      schedule.assignments
        .filter(
          taken => taken.agentId !== given.agentId && taken.start === given.start && taken.end === given.end,
        )
        .slice(0, 2)
        .map(taken => ({
          given,
          decision: decideSwap(problem, schedule, {
            fromAgentId: given.agentId,
            toAgentId: taken.agentId,
            givenIds: [given.id],
            takenIds: [taken.id],
          }),
        })),
    );
    const allowed = decisions.filter(({ decision }) => decision.kind === 'allowed');
    expect(allowed.length).toBeGreaterThan(0);
    for (const { given, decision } of allowed) {
      if (decision.kind !== 'allowed') continue;
      const before = evaluateSchedule(problem, schedule).score.total;
      expect(evaluateSchedule(problem, decision.schedule).score.total - before).toBeCloseTo(
        decision.scoreChange,
        6,
      );
      const moved = decision.schedule.assignments.find(shift => shift.id === given.id);
      expect(moved?.agentId).not.toBe(given.agentId);
    }
  });

  it('refuses with the rule that would break, and what is not theirs to swap', () => {
    const own = schedule.assignments.filter(shift => shift.agentId === 'a0001');
    const other = schedule.assignments.find(
      shift =>
        shift.agentId !== 'a0001' &&
        shift.start > own[0]!.end - 4 * 3600 &&
        shift.start < own[0]!.end + 6 * 3600,
    )!;
    const decision = decideSwap(free, schedule, {
      fromAgentId: other.agentId,
      toAgentId: 'a0001',
      givenIds: [other.id],
      takenIds: [],
    });
    if (decision.kind !== 'refused') throw new Error(decision.kind);
    expect(decision.reasons.join(' ')).toMatch(/of rest before this shift, 11 h are due|may start/);
    const foreign = decideSwap(problem, schedule, {
      fromAgentId: 'a0002',
      toAgentId: 'a0003',
      givenIds: [own[0]!.id, 'nothing'],
      takenIds: [],
    });
    expect(foreign).toEqual({
      kind: 'refused',
      reasons: [`shift ${own[0]!.id} does not belong to a0002`, 'there is no shift nothing'],
    });
  });
});

describe('bidding', () => {
  const lines = [...new Set(schedule.assignments.map(shift => shift.agentId))].slice(0, 3).map(agentId => ({
    id: `line of ${agentId}`,
    shifts: schedule.assignments
      .filter(shift => shift.agentId === agentId)
      .map(({ agentId: _, ...rest }) => rest),
  }));
  const ranked: ScheduleProblem = {
    ...problem,
    agents: problem.agents
      .slice(0, 3)
      .map(({ availability: _, recentShifts: __, ...agent }, i) => ({ ...agent, seniority: [5, 20, 5][i]! })),
  };

  it('goes by seniority, then by id, and each gets the first wish still free', () => {
    const wish = lines.map(line => line.id);
    const result = awardBids(
      ranked,
      lines,
      ranked.agents.map(agent => ({ agentId: agent.id, lineIds: wish })),
    );
    expect(result.awards.map(award => [award.agentId, award.lineId, award.choice])).toEqual([
      ['a0002', wish[0], 1],
      ['a0001', wish[1], 2],
      ['a0003', wish[2], 3],
    ]);
    expect(result.openLineIds).toEqual([]);
    expect(result.schedule.assignments).toHaveLength(15);
  });

  it('refuses a line that breaks a hard rule of the agent, and says which', () => {
    const first = lines[0]!.shifts[0]!;
    const timeOff = [{ start: first.start, end: first.end }];
    const away = { ...ranked, agents: ranked.agents.map((a, i) => (i === 1 ? { ...a, timeOff } : a)) };
    const result = awardBids(away, lines, [{ agentId: 'a0002', lineIds: [lines[0]!.id, 'no such line'] }]);
    expect(result.awards[0]?.lineId).toBeNull();
    expect(result.awards[0]?.refusals[0]?.reason).toMatch(/during time off/);
    expect(result.awards[0]?.refusals[1]?.reason).toBe('already awarded, or unknown');
    expect(result.openLineIds).toHaveLength(3);
  });
});

describe('time off by slack', () => {
  it('has no places where nothing is to spare, and as many as the surplus allows where there is', () => {
    const scaled = (factor: number): ScheduleProblem => ({
      ...problem,
      queues: problem.queues.map(queue => ({
        ...queue,
        required: queue.required.map(n => (n ?? 0) * factor),
      })),
    });
    expect(timeOffAllotments(scaled(1.5), schedule).every(a => a.places === 0)).toBe(true);
    const generous = timeOffAllotments(scaled(0.25), schedule);
    expect(generous).toHaveLength(7);
    expect(generous.some(a => a.places >= 2)).toBe(true);
    // Taking the places away never leaves a busy interval short: places ≤ least surplus.
    expect(generous.every(a => Number.isInteger(a.places) && a.slackHours >= 0)).toBe(true);
  });

  it('answers requests by seniority until the places are gone', () => {
    const slack: ScheduleProblem = {
      ...problem,
      queues: problem.queues.map(queue => ({ ...queue, required: queue.required.map(n => (n ?? 0) * 0.25) })),
    };
    const day = timeOffAllotments(slack, schedule).find(a => a.places >= 1)!;
    const working = [
      ...new Set(
        schedule.assignments
          .filter(shift => new Date(shift.start * 1000 + 7_200_000).toISOString().startsWith(day.date))
          .map(shift => shift.agentId),
      ),
    ];
    const answers = decideTimeOff(
      slack,
      schedule,
      working.map((agentId, i) => ({ agentId, date: day.date, requestedAt: i })),
    );
    expect(answers.filter(answer => answer.granted)).toHaveLength(Math.min(day.places, working.length));
    const seniority = new Map(problem.agents.map(agent => [agent.id, agent.seniority ?? 0]));
    const ranks = answers.map(answer => seniority.get(answer.agentId) ?? 0);
    expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
    const stranger = decideTimeOff(slack, schedule, [{ agentId: 'x', date: day.date, requestedAt: 0 }]);
    expect(stranger[0]).toMatchObject({ granted: false, reason: 'unknown agent' });
  });
});
