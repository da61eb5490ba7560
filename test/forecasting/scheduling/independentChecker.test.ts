import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../forecasting/calendar/random.ts';
import { applyEdit, type EditOp } from '../../../forecasting/scheduling/edit.ts';
import { evaluateSchedule } from '../../../forecasting/scheduling/evaluate.ts';
import { generateSchedule } from '../../../forecasting/scheduling/generate.ts';
import type { RuleSetting } from '../../../forecasting/scheduling/ruleSet.ts';
import { RULES } from '../../../forecasting/scheduling/rules/registry.ts';
import type { Schedule } from '../../../forecasting/scheduling/schedule.ts';
import { weekProblem } from '../../bench/weekProblem.ts';
import { brokenRules } from './independentChecker.ts';

const base = weekProblem({ agents: 16, seed: 8, rules: 'all', weeks: 2 });
const hard = (
  kind: string,
  parameters: RuleSetting['parameters'],
  agentIds?: readonly string[],
): RuleSetting => ({
  id: kind,
  kind,
  parameters,
  enforcement: 'hard',
  ...(agentIds ? { agentIds } : {}),
});

/** Every rule there is, with parameters that a random schedule sometimes keeps and sometimes breaks. */
const every: readonly RuleSetting[] = [
  ...base.rules.rules.filter(
    rule => !['minimumCover', 'maximumWeekends', 'maximumPeriodHours'].includes(rule.kind),
  ),
  hard('maximumPeriodHours', { hours: 76, weeks: 2 }),
  hard('maximumWeekends', { weekends: 1, weeks: 2 }),
  hard('minimumDailyHours', { hours: 5 }),
  hard('maximumWeeklyHours', { hours: 42 }),
  hard('minimumWeeklyHours', { hours: 18 }),
  hard('minimumPeriodHours', { hours: 60, weeks: 2 }),
  hard('minimumConsecutiveDays', { days: 2 }),
  hard('maximumConsecutiveDaysOff', { days: 3 }),
  hard('weeklyRotation', { sequence: ['day', 'night'] }),
  hard('fixedAssignment', { on: 'Wednesday', type: '' }, ['a0001', 'a0002', 'a0003']),
  hard('forbiddenAssignment', { on: 'Friday', type: 'day' }, ['a0004', 'a0005', 'a0006']),
  hard('holidaysInTurn', { lead: 1 }),
  hard('minimumCover', { skill: 'nurse', level: 2, agents: 1, fromMinute: 600, toMinute: 900 }),
];
const problem = { ...base, rules: { rules: every }, holidays: ['2026-05-05', '2026-05-14'] };

function foundByEngine(schedule: Schedule): readonly string[] {
  const { findings } = evaluateSchedule(problem, schedule);
  return [...new Set(findings.map(f => `${f.agentId ?? 'site'} ${f.ruleId}`))].sort();
}

describe('the engine and a checker that shares no code with it', () => {
  it('find the same broken rules in schedules that were shuffled at random', () => {
    expect([...new Set(every.map(rule => rule.kind))].sort()).toEqual(RULES.map(rule => rule.kind).sort());
    const made = generateSchedule(base, { seed: 1, moveBudget: 20_000 });
    let schedule = made.kind === 'schedule' ? made.schedule : made.kind === 'infeasible' ? made.best : null;
    if (!schedule) throw new Error(made.kind);
    const random = createRandom('shuffle');
    const seen = new Set<string>();
    for (let step = 0; step < 60; step++) {
      for (const rule of brokenRules(problem, schedule)) seen.add(rule.split(' ')[1]!);
      expect(foundByEngine(schedule)).toEqual(brokenRules(problem, schedule));
      for (let k = 0; k < 6; k++) {
        const shift = schedule.assignments[random.integer(schedule.assignments.length)]!;
        const agentId = problem.agents[random.integer(problem.agents.length)]!.id;
        const ops: readonly EditOp[] = [
          { kind: 'move', assignmentId: shift.id, start: shift.start + 900 * (random.integer(65) - 32) },
          { kind: 'assignTo', assignmentId: shift.id, agentId },
          { kind: 'resize', assignmentId: shift.id, end: shift.end + 900 * (random.integer(9) - 4) },
          {
            kind: 'changeTemplate',
            assignmentId: shift.id,
            templateId: ['six', 'night', 'four'][random.integer(3)]!,
          },
        ];
        const edited = applyEdit(problem, schedule, ops[random.integer(ops.length)]!);
        if (edited.kind === 'edited') schedule = edited.schedule;
      }
    }
    // Every rule was broken somewhere on the way, so agreement was tried on every rule.
    expect([...seen].sort()).toEqual(every.map(rule => rule.id).sort());
  });

  it('agree that a generated schedule breaks none of its hard rules', () => {
    const strict = weekProblem({ agents: 30, seed: 12, rules: 'all' });
    const result = generateSchedule(strict, { seed: 1, moveBudget: 150_000 });
    if (result.kind !== 'schedule') throw new Error(result.kind);
    const hardOnly = {
      ...strict,
      rules: { rules: strict.rules.rules.filter(rule => rule.enforcement === 'hard') },
    };
    expect(brokenRules(hardOnly, result.schedule).filter(found => !found.startsWith('site'))).toEqual([]);
  });
});
