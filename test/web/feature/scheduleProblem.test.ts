import { describe, expect, it } from 'vitest';
import type { Agent } from '../../../api/contract/people.ts';
import type { RuleSetEntry } from '../../../api/contract/shift.ts';
import { plainShift } from '../../../web/feature/schedule/changes.ts';
import { createEvaluator } from '../../../web/feature/schedule/evaluator.ts';
import { problemOf, type ScheduleSetting } from '../../../web/feature/schedule/problem.ts';

const HOUR = 3600;
const MONDAY = Date.UTC(2026, 0, 5) / 1000;
const NURSES: RuleSetEntry['rules'][number] = {
  id: 'nurses',
  kind: 'minimumCover',
  parameters: { skill: 'RN', level: 0, agents: 1, fromMinute: 480, toMinute: 960 },
  enforcement: 'hard',
  sentence: '',
};

/** One day with one queue that Ana's skill serves, and a rule that asks for a nurse from 8 to 16. */
function settingWith(licence: string | null): ScheduleSetting {
  const ana: Agent = {
    id: 'ana',
    siteId: 'site',
    teamId: null,
    externalId: null,
    name: 'Ana',
    skills: [{ skillId: 'calls', level: 2 }],
    contract: { minHoursPerWeek: 0, targetHoursPerWeek: 40, maxHoursPerWeek: 40 },
    availability: [],
    shiftTemplateIds: [],
    licence,
    costPerHourCents: null,
    hiredOn: null,
    leftOn: null,
    active: true,
    revision: 1,
  };
  const none = Array.from({ length: 24 }, () => null);
  return {
    schedule: {
      id: 'week',
      siteId: 'site',
      name: 'Week',
      weekStart: '2026-01-05',
      days: 1,
      timeZone: 'UTC',
      stepSeconds: HOUR,
      status: 'draft',
      staffingPlanIds: [],
      ruleSetId: null,
      scenarioId: null,
      publishedVersion: null,
      changedSincePublication: false,
      revision: 1,
      createdAt: MONDAY,
      createdBy: '',
      updatedAt: MONDAY,
    },
    agents: [ana],
    skills: [{ id: 'calls', siteId: 'site', name: 'Calls', queueIds: ['line'] }],
    templates: [],
    ruleSets: [{ id: 'rules', siteId: 'site', name: '', rules: [NURSES], isDefault: true, revision: 1 }],
    timeOff: [],
    coverage: [
      {
        queueId: 'line',
        start: MONDAY,
        timeZone: 'UTC',
        stepSeconds: HOUR,
        required: Array.from({ length: 24 }, () => 1),
        scheduled: none,
        serviceLevel: none,
        abandonmentRate: none,
      },
    ],
  };
}

describe('the problem that the editor measures', () => {
  it('knows an agent by queues served, skills and licence', () => {
    expect(problemOf(settingWith('RN')).agents[0]?.skills).toEqual([
      { skill: 'calls', level: 2 },
      { skill: 'line', level: 2 },
      { skill: 'RN', level: 5 },
    ]);
  });

  it('finds a rule of minimum cover kept by somebody with the licence, and broken without', () => {
    const shift = plainShift('a', 'ana', MONDAY + 8 * HOUR, MONDAY + 16 * HOUR);
    const broken = (licence: string | null) =>
      createEvaluator(problemOf(settingWith(licence)), new Map([[shift.id, shift]])).siteFindings().length;
    expect([broken('RN'), broken(null)]).toEqual([0, 1]);
  });
});
