import { describe, expect, it } from 'vitest';
import { addDays, localDay } from '../../../forecasting/calendar/time.ts';
import { generateSchedule } from '../../../forecasting/scheduling/generate.ts';
import type { ScheduleProblem, ShiftTemplate } from '../../../forecasting/scheduling/problem.ts';
import type { RuleSetting } from '../../../forecasting/scheduling/ruleSet.ts';
import type { Assignment } from '../../../forecasting/scheduling/schedule.ts';
import { brokenRules } from './independentChecker.ts';

const TIME_ZONE = 'America/Chicago';
const FIRST_DATE = '2026-05-04';
const start = localDay(FIRST_DATE, TIME_ZONE).startEpochSeconds;

const eightHours = (id: string, earliest: number, latest: number): ShiftTemplate => ({
  id,
  name: id,
  type: id,
  lengthsMinutes: [510],
  starts: [{ earliestMinute: earliest, latestMinute: latest, stepMinutes: 30 }],
  breaks: [
    { kind: 'break', minutes: 15, paid: true, earliestOffsetMinutes: 90, latestOffsetMinutes: 165 },
    { kind: 'lunch', minutes: 30, paid: false, earliestOffsetMinutes: 195, latestOffsetMinutes: 300 },
    { kind: 'break', minutes: 15, paid: true, earliestOffsetMinutes: 345, latestOffsetMinutes: 435 },
  ],
  minSpacingMinutes: 45,
});

const hard = (kind: string, parameters: RuleSetting['parameters']): RuleSetting => ({
  id: kind,
  kind,
  parameters,
  enforcement: 'hard',
});

/** A nurse line round the clock: two nurses at any moment, breaks included. */
function nurseLine(nurses: number, nightBefore: readonly number[]): ScheduleProblem {
  const night = (id: string, lunchHour: number): Assignment => {
    const from = start - 2 * 3600;
    const lunch = start + lunchHour * 3600;
    return {
      id: `${id} sunday`,
      agentId: id,
      start: from,
      end: from + 8.5 * 3600,
      templateId: 'night',
      activities: [
        { kind: 'work', start: from, end: lunch, paid: true },
        { kind: 'lunch', start: lunch, end: lunch + 1800, paid: false },
        { kind: 'work', start: lunch + 1800, end: from + 8.5 * 3600, paid: true },
      ],
    };
  };
  const lunchOf = (i: number): number | undefined => nightBefore[i];
  return {
    grid: { start, stepSeconds: 900, timeZone: TIME_ZONE, count: 672 },
    queues: [
      {
        id: 'triage',
        required: Array.from({ length: 672 }, (_, i) => (i % 96 >= 28 && i % 96 < 88 ? 3 : 2)),
      },
    ],
    agents: Array.from({ length: nurses }, (_, i) => {
      const lunch = lunchOf(i);
      return {
        id: `n${i}`,
        name: `Nurse ${i}`,
        skills: [{ skill: 'RN' }, { skill: 'triage' }],
        contract: { minHoursPerWeek: 32, targetHoursPerWeek: 40, maxHoursPerWeek: 40 },
        costPerHour: 46,
        ...(lunch !== undefined && { recentShifts: [night(`n${i}`, lunch)] }),
      };
    }),
    templates: [eightHours('early', 390, 540), eightHours('late', 570, 930), eightHours('night', 1320, 1410)],
    rules: {
      rules: [
        hard('minimumRest', { hours: 11 }),
        hard('maximumWeeklyHours', { hours: 40 }),
        hard('minimumDaysOffPerWeek', { days: 2 }),
        hard('minimumCover', { skill: 'RN', level: 0, agents: 2, fromMinute: 0, toMinute: 1440 }),
      ],
    },
  };
}

describe('two nurses at any moment', () => {
  it.each([13, 14, 15, 18, 24])('holds in every interval with %i nurses after a short search', nurses => {
    const problem = nurseLine(nurses, [1, 2, 3]);
    for (const seed of [1, 2, 3]) {
      // So few moves that annealing alone leaves quarter-hours open in most of these cases.
      const result = generateSchedule(problem, { seed, moveBudget: 500 });
      if (result.kind !== 'schedule') throw new Error(result.kind);
      expect(result.evaluation.findings.filter(finding => finding.hard)).toEqual([]);
      expect(brokenRules(problem, result.schedule)).toEqual([]);
    }
  });

  it('asks nothing of a first morning that only an unknown night could cover, and says so', () => {
    const problem = nurseLine(16, []);
    const result = generateSchedule(problem, { seed: 1, moveBudget: 20_000 });
    if (result.kind !== 'schedule') throw new Error(result.kind);
    expect(result.evaluation.findings.filter(finding => finding.hard)).toEqual([]);
    expect(brokenRules(problem, result.schedule)).toEqual([]);
    expect(result.warnings.map(fault => `${fault.path}: ${fault.message}`)).toContain(
      'rules[3]: until Mon 2026-05-04 06:30 only shifts from before the horizon can be at work, and none are given: the minimum cover is not judged there',
    );
    // The requirement itself stays, and is shown as uncovered.
    const cover = result.evaluation.coverage.queues[0];
    expect(cover?.difference.slice(0, 26)).toEqual(new Array(26).fill(-2));
  });

  it('judges the first morning when the night before is known, and names a night that is too thin', () => {
    const alone = nurseLine(16, [2]);
    const result = generateSchedule(alone, { seed: 1, moveBudget: 2000 });
    if (result.kind !== 'infeasible') throw new Error(result.kind);
    expect(result.conflicts.map(conflict => conflict.sentence)).toEqual([
      '2 with RN are due at Mon 2026-05-04 00:00, only 1 can be on shift then: At least 2 agents with RN at work at all times (must hold)',
    ]);
  });

  it('judges what a shift could have reached: a rule is not dropped where no night exists', () => {
    const { templates, ...rest } = nurseLine(16, []);
    const days: ScheduleProblem = {
      ...rest,
      templates: templates.filter(template => template.id !== 'night'),
    };
    const result = generateSchedule(days, { seed: 1, moveBudget: 2000 });
    if (result.kind !== 'infeasible') throw new Error(result.kind);
    expect(result.conflicts[0]?.ruleIds).toEqual(['minimumCover']);
    const monday = addDays(FIRST_DATE, 0);
    expect(result.conflicts[0]?.sentence).toContain(monday);
  });
});
