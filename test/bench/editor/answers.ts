import type { z } from 'zod';
import { ACTIVITY_KINDS, type ShiftColumns } from '../../../api/contract/assignment.ts';
import type { Route } from '../../../api/contract/route.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { ScheduleHead } from '../../../api/contract/schedule.ts';
import { ruleSentence } from '../../../forecasting/scheduling/ruleSet.ts';
import { MONDAY, madeUpWeek, QUEUES, TIME_ZONE } from './madeUpWeek.ts';

/** What the API would say at a path, checked against the contract. */
export interface Answer {
  readonly pattern: RegExp;
  readonly body: unknown;
}

type Week = ReturnType<typeof madeUpWeek>;
type Output<Declared extends Route> = Declared['response'] extends z.ZodType
  ? z.input<Declared['response']>
  : never;

const SITE = 'site';
const SCHEDULE = 'week';
const NOW = 1_763_900_000;

/** Everything the schedule page asks for, for a made-up week of `agentCount` people. */
export function editorAnswers(agentCount: number): readonly Answer[] {
  const week = madeUpWeek(agentCount);
  return [
    answer(ROUTES.getMe, planner()),
    answer(ROUTES.listSites, { items: [site()] }),
    answer(ROUTES.listQueues, { items: QUEUES.map(queue) }),
    answer(ROUTES.listSchedules, { items: [head()], nextCursor: null }),
    answer(ROUTES.listPublications, { items: [] }),
    answer(ROUTES.listEditsSince, { items: [] }),
    answer(ROUTES.getCoverage, { items: week.problem.queues.map(entry => coverage(week, entry)) }),
    answer(ROUTES.listAgents, { items: week.problem.agents.map(agent) }),
    answer(ROUTES.listSkills, { items: QUEUES.map(id => ({ id, siteId: SITE, name: id, queueIds: [id] })) }),
    answer(ROUTES.listShiftTemplates, { items: [] }),
    answer(ROUTES.listRuleSets, { items: [ruleSet(week)], kinds: [] }),
    answer(ROUTES.listTimeOff, { items: [] }),
    answer(ROUTES.getSchedule, {
      schedule: head(),
      shifts: columns(week),
      dayRevisions: week.problem.agents.map(() => Array.from({ length: 7 }, () => 1)),
      lastSequence: 0,
    }),
  ];
}

function answer<Declared extends Route>(route: Declared, body: Output<Declared>): Answer {
  route.response?.parse(body);
  return { pattern: new RegExp(`^${route.path.replace(/:[A-Za-z]+/g, '[^/]+')}$`), body };
}

function planner(): Output<typeof ROUTES.getMe> {
  return {
    userId: 'planner',
    name: 'Planner',
    email: 'planner@example.org',
    grants: [{ role: 'planner', reach: { kind: 'all' } }],
    agentId: null,
    permissions: ['schedule.read', 'schedule.manage', 'schedule.publish', 'people.read', 'centre.read'],
    secondFactor: false,
    secondFactorMissing: false,
  };
}

function site(): Output<typeof ROUTES.listSites>['items'][number] {
  return {
    id: SITE,
    name: 'Made-up centre',
    timeZone: TIME_ZONE,
    currency: 'USD',
    country: null,
    region: null,
    isSample: false,
    archived: false,
  };
}

function queue(id: (typeof QUEUES)[number]): Output<typeof ROUTES.listQueues>['items'][number] {
  return {
    id,
    siteId: SITE,
    name: id,
    channel: 'voice',
    concurrency: 1,
    timeZone: TIME_ZONE,
    stepSeconds: 900,
    openingHours: { weekly: Array.from({ length: 7 }, () => [{ startMinute: 0, endMinute: 1440 }]) },
    goal: { serviceLevel: { target: 0.8, answerWithinSeconds: 30, definition: 'offered' } },
    goalPeriods: [],
    patienceSeconds: 180,
    shrinkage: [],
    shortAbandonSeconds: 5,
    planningGroup: null,
    aliases: [],
    sortOrder: 0,
    archived: false,
    revision: 1,
    // The week in hand is the one after the history.
    historyFrom: madeUpWeek(1).problem.grid.start - 86_400 * 28,
    historyTo: madeUpWeek(1).problem.grid.start,
  };
}

function head(): ScheduleHead {
  return {
    id: SCHEDULE,
    siteId: SITE,
    name: 'Made-up week',
    weekStart: MONDAY,
    days: 7,
    timeZone: TIME_ZONE,
    stepSeconds: 900,
    status: 'draft',
    staffingPlanIds: [],
    ruleSetId: 'rules',
    scenarioId: null,
    publishedVersion: null,
    changedSincePublication: true,
    revision: 1,
    createdAt: NOW,
    createdBy: 'Planner',
    updatedAt: NOW,
  };
}

function agent(given: Week['problem']['agents'][number]): Output<typeof ROUTES.listAgents>['items'][number] {
  return {
    id: given.id,
    siteId: SITE,
    teamId: null,
    externalId: null,
    name: given.name,
    skills: given.skills.map(({ skill }) => ({ skillId: skill, level: 3 })),
    contract: given.contract,
    availability: [],
    shiftTemplateIds: [],
    licence: null,
    costPerHourCents: 2500,
    hiredOn: null,
    leftOn: null,
    active: true,
    revision: 1,
  };
}

function coverage(
  { problem }: Week,
  entry: Week['problem']['queues'][number],
): Output<typeof ROUTES.getCoverage>['items'][number] {
  const none = entry.required.map(() => null);
  return {
    queueId: entry.id,
    start: problem.grid.start,
    stepSeconds: problem.grid.stepSeconds,
    timeZone: TIME_ZONE,
    required: [...entry.required],
    scheduled: none,
    serviceLevel: none,
    abandonmentRate: none,
  };
}

function ruleSet({ problem }: Week): Output<typeof ROUTES.listRuleSets>['items'][number] {
  return {
    id: 'rules',
    siteId: SITE,
    name: 'Starter rules',
    isDefault: true,
    revision: 1,
    rules: problem.rules.rules.map(({ id, kind, enforcement, weight, parameters }) => ({
      id,
      kind,
      enforcement,
      ...(weight !== undefined && { weight }),
      parameters: Object.fromEntries(
        Object.entries(parameters).map(([name, value]) => [
          name,
          typeof value === 'number' || typeof value === 'string' ? value : [...value],
        ]),
      ),
      sentence: ruleSentence({ id, kind, enforcement, parameters }),
    })),
  };
}

function columns({ problem, shifts }: Week): ShiftColumns {
  const { start } = problem.grid;
  const agentIds = problem.agents.map(entry => entry.id);
  const index = new Map(agentIds.map((id, a) => [id, a]));
  const activities = shifts.flatMap(shift => shift.activities);
  let first = 0;
  return {
    start,
    timeZone: TIME_ZONE,
    agentIds,
    shiftIds: shifts.map(shift => shift.id),
    shiftAgent: shifts.map(shift => index.get(shift.agentId) ?? 0),
    shiftStart: shifts.map(shift => shift.start - start),
    shiftEnd: shifts.map(shift => shift.end - start),
    shiftTemplate: shifts.map(() => -1),
    templateIds: [],
    shiftLocked: shifts.map(() => 0),
    activityFirst: shifts.map(shift => {
      first += shift.activities.length;
      return first - shift.activities.length;
    }),
    activityKind: activities.map(activity => ACTIVITY_KINDS.indexOf(activity.kind)),
    activityStart: activities.map(activity => activity.start - start),
    activityEnd: activities.map(activity => activity.end - start),
    activityPaid: activities.map(activity => (activity.paid ? 1 : 0)),
    activityQueue: activities.map(() => -1),
    queueIds: [],
  };
}
