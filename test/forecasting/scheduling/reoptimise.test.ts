import { describe, expect, it } from 'vitest';
import { localDateOf } from '../../../forecasting/calendar/time.ts';
import { evaluateSchedule } from '../../../forecasting/scheduling/evaluate.ts';
import { generateSchedule } from '../../../forecasting/scheduling/generate.ts';
import {
  reoptimise,
  reoptimiseBreaks,
  repairAbsence,
  scheduleChanges,
} from '../../../forecasting/scheduling/reoptimise.ts';
import type { Assignment } from '../../../forecasting/scheduling/schedule.ts';
import { weekProblem } from '../../bench/weekProblem.ts';
import { brokenRules } from './independentChecker.ts';

const base = weekProblem({ agents: 30, seed: 4, rules: 'basic' });
// Hours may vary by a shift, so that somebody can step in.
const problem = {
  ...base,
  agents: base.agents.map(agent => ({
    ...agent,
    contract: { ...agent.contract, maxHoursPerWeek: agent.contract.maxHoursPerWeek + 8 },
  })),
};
const made = generateSchedule(base, { seed: 2, moveBudget: 60_000 });
if (made.kind !== 'schedule') throw new Error(made.kind);
const published = made.schedule;
const victim = published.assignments.find(shift => shift.start > base.grid.start + 2 * 86_400)!;
const absence = { agentId: victim.agentId, start: victim.start - 3600, end: victim.end + 3600 };

describe('repairAbsence', () => {
  const repaired = repairAbsence(problem, published, [absence]);

  it('takes the absent agent away, breaks no hard rule and asks few people, each for a gain', () => {
    expect(repaired.schedule.assignments.map(shift => shift.id)).not.toContain(victim.id);
    expect(
      repaired.after.findings.filter(finding => finding.hard && finding.agentId !== victim.agentId),
    ).toEqual([]);
    expect(repaired.touchedAgentIds.length).toBeLessThanOrEqual(4);
    expect(repaired.touchedAgentIds).not.toContain(victim.agentId);
    const onlyRemoved = { assignments: published.assignments.filter(shift => shift.id !== victim.id) };
    const left = evaluateSchedule(repaired.problem, onlyRemoved);
    expect(repaired.after.score.total).toBeLessThanOrEqual(left.score.total + 1e-9);
    expect(repaired.after.coverage.underHours).toBeLessThanOrEqual(left.coverage.underHours + 1e-9);
  });

  it('touches nobody when nobody may be asked, and nothing that has begun', () => {
    const none = repairAbsence(problem, published, [absence], { maxAgents: 0 });
    expect(none.touchedAgentIds).toEqual([]);
    expect(none.changes).toEqual([{ before: victim, after: null }]);
    const late = repairAbsence(problem, published, [absence], { now: victim.start });
    for (const { before, after } of late.changes) {
      if (before?.id !== victim.id)
        expect(before?.start ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(victim.start);
      if (after) expect(after.start).toBeGreaterThanOrEqual(victim.start);
    }
  });

  it('leaves the schedule it was given as it was', () => {
    expect(scheduleChanges(made.schedule, published)).toEqual([]);
  });
});

describe('reoptimiseBreaks', () => {
  it('moves breaks only, never for the worse, and keeps their law', () => {
    const shifted = {
      assignments: published.assignments.map(
        (shift): Assignment =>
          shift.templateId === 'six' || shift.templateId === 'four'
            ? shift
            : { ...shift, locked: shift.agentId.endsWith('1') },
      ),
    };
    const result = reoptimiseBreaks(base, shifted, { seed: 3 });
    expect(result.after.score.total).toBeLessThanOrEqual(result.before.score.total + 1e-9);
    for (const { before, after } of result.changes) {
      expect(before?.locked).not.toBe(true);
      expect([after?.agentId, after?.start, after?.end]).toEqual([
        before?.agentId,
        before?.start,
        before?.end,
      ]);
      expect(after?.activities.filter(a => a.kind !== 'work').map(a => a.kind)).toEqual(
        before?.activities.filter(a => a.kind !== 'work').map(a => a.kind),
      );
    }
    expect(brokenRules(base, result.schedule)).toEqual(brokenRules(base, shifted));
  });
});

describe('reoptimise', () => {
  it('changes only the dates it may, keeps frozen shifts, and prices every change', () => {
    const date = localDateOf(base.grid.start + 3 * 86_400, base.grid.timeZone);
    const result = reoptimise(base, published, { seed: 5, moveBudget: 40_000, dates: [date] });
    if ('kind' in result) throw new Error(result.kind);
    for (const { before, after } of result.changes) {
      for (const shift of [before, after]) {
        if (shift) expect(localDateOf(shift.start, base.grid.timeZone)).toBe(date);
      }
    }
    expect(result.after.score.total).toBeLessThanOrEqual(result.before.score.total + 1e-6);

    const frozen = reoptimise(base, published, { seed: 5, moveBudget: 20_000, freeze: () => true });
    if ('kind' in frozen) throw new Error(frozen.kind);
    expect(frozen.changes).toEqual([]);
  });
});
