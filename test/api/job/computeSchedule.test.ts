import { describe, expect, it } from 'vitest';
import { computeSchedule, type ScheduleRequest } from '../../../api/job/computation/schedule.ts';
import { evaluateSchedule } from '../../../forecasting/scheduling/evaluate.ts';
import { generateTogether } from '../../../forecasting/scheduling/generate.ts';
import { weekProblem } from '../../bench/weekProblem.ts';
import { crewOf } from '../../forecasting/scheduling/memberCrew.ts';

describe('computeSchedule', () => {
  const problem = weekProblem({ agents: 10, seed: 4, rules: 'all' });
  const request: ScheduleRequest = {
    problem,
    draft: { assignments: [] },
    mode: 'whole',
    agentIds: null,
    movesPerAgentDay: 100,
    bounded: false,
    seed: 7,
  };

  it('searches on two threads and answers what two searches taking turns answer', async () => {
    const shares: number[] = [];
    const answer = await computeSchedule(request, share => shares.push(share));
    const inTurn = await generateTogether(problem, { seed: 7, moveBudget: 100 * 10 * 7 }, crewOf(1));
    if (answer.kind !== 'schedule' || inTurn.kind !== 'schedule') throw new Error(answer.kind);
    expect(answer.schedule).toEqual(inTurn.schedule);
    expect(answer.after.cost).toBe(inTurn.score.total);
    expect(shares.length).toBeGreaterThan(2);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });

  it('refuses a broken problem and leaves no thread behind', async () => {
    const broken = { ...problem, grid: { ...problem.grid, count: 0 } };
    const answer = await computeSchedule(
      { ...request, problem: broken, draft: { assignments: [] } },
      () => {},
    );
    expect(answer.kind).toBe('invalid');
  });

  it('repairs an absence that begins within a shift: nobody is left at work in their time off', async () => {
    const planned = await computeSchedule(request, () => {});
    if (planned.kind !== 'schedule') throw new Error(planned.kind);
    const draft = planned.schedule;
    const [ill] = draft.assignments;
    if (!ill) throw new Error('nobody works');
    const timeOff = [{ start: ill.start + 3 * 3600, end: ill.end }];
    const agents = problem.agents.map(agent => (agent.id === ill.agentId ? { ...agent, timeOff } : agent));
    const absent = { ...problem, agents };
    const answer = await computeSchedule({ ...request, problem: absent, draft, mode: 'repair' }, () => {});
    if (answer.kind !== 'schedule') throw new Error(answer.kind);
    const inTimeOff = evaluateSchedule(absent, answer.schedule).findings.filter(
      finding => finding.ruleId === 'availability' && finding.agentId === ill.agentId,
    );
    expect(inTimeOff).toEqual([]);
    expect(answer.after.hardBreaches).toBeLessThan(answer.before.hardBreaches);
  });
});
