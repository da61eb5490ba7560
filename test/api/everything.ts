import type { Route } from '../../api/contract/route.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { openStore } from '../../data/db/connect.ts';
import { createForecast } from '../../data/store/forecasts.ts';
import { createStaffingPlan } from '../../data/store/staffingPlans.ts';
import { createRandom } from '../../forecasting/calendar/random.ts';
import { localDay } from '../../forecasting/calendar/time.ts';
import type { Centre } from './centre.ts';
import type { BrowserCaller, TestService } from './harness.ts';
import { jsonSchemaOf, makeValue } from './requestMaker.ts';

export const WEEK = '2026-05-04';
export const MONDAY = localDay(WEEK, 'America/Chicago').startEpochSeconds;
const HOUR = 3600;

/** One of everything that has an id, by the beginning of its path. */
export type Owned = Readonly<Record<string, string>>;

async function addShifts(caller: BrowserCaller, scheduleId: string, agentIds: readonly string[]) {
  const shiftOf = (agentId: string, i: number) => ({
    id: `shift-${i}`,
    agentId,
    start: MONDAY + 8 * HOUR,
    end: MONDAY + 16 * HOUR,
    templateId: null,
    activities: [
      {
        kind: 'work' as const,
        start: MONDAY + 8 * HOUR,
        end: MONDAY + 16 * HOUR,
        paid: true,
      },
    ],
  });
  await caller.call(ROUTES.editSchedule, {
    params: { id: scheduleId },
    body: {
      label: 'Early',
      changes: agentIds.map((agentId, i) => ({ before: null, after: shiftOf(agentId, i) })),
      base: agentIds.map(agentId => ({ agentId, date: WEEK, revision: 0 })),
    },
  });
}

/** A forecast and a staffing plan of one hour, put into the store: computing them is not what is looked at. */
async function addForecastAndPlan(service: TestService, { siteId, queueId }: Centre) {
  const store = openStore(service.databaseUrl);
  const common = {
    siteId,
    queueId,
    start: MONDAY,
    stepSeconds: 900,
    timeZone: 'America/Chicago',
    count: 4,
    method: {},
    softwareVersion: 'test',
    createdAt: 1_777_000_000,
  };
  const forecast = await createForecast(store.db, {
    ...common,
    name: 'F',
    originEpochSeconds: MONDAY,
    inputs: {},
    seed: 1,
    columns: { offered: [1, 1, 1, 1], ahtSeconds: [300, 300, 300, 300] },
  });
  const columns = { offered: [1, 1, 1, 1], agents: [1, 1, 1, 1] };
  const plan = await createStaffingPlan(store.db, {
    ...common,
    name: 'P',
    goals: {},
    assumptions: {},
    columns,
  });
  await store.close();
  return { '/api/forecasts': forecast.id, '/api/staffing-plans': plan.id };
}

/** A week with a shift for each agent, published. */
async function addPublishedWeek(admin: BrowserCaller, siteId: string, agentIds: readonly string[]) {
  const { id } = await admin.call(ROUTES.createSchedule, {
    body: { siteId, name: 'Week', weekStart: WEEK, days: 7, staffingPlanIds: [], ruleSetId: null },
  });
  await addShifts(admin, id, agentIds);
  const { schedule } = await admin.call(ROUTES.getSchedule, { params: { id } });
  const publication = await admin.call(ROUTES.publishSchedule, {
    params: { id },
    body: { note: 'first' },
    ifMatch: String(schedule.revision),
  });
  return { '/api/schedules': id, '/api/publications': publication.id };
}

/** A file that was taken in, and the job that checks it. */
async function addImport(admin: BrowserCaller, { siteId, queueId }: Centre) {
  const { id } = await admin.call(ROUTES.uploadImport, {
    query: { fileName: 'x.csv', siteId },
    upload: 'interval_start,offered\n2026-01-01 00:00,5\n',
  });
  const { mapping } = await admin.call(ROUTES.previewImport, { params: { id } });
  const body = { ...mapping, queueId };
  const { jobId } = await admin.call(ROUTES.checkImport, { params: { id }, body });
  return { '/api/imports': id, '/api/jobs': jobId };
}

/** Calls a creating route with a made-up body that fits, but for `change`; the id of what it made. */
async function make(
  service: TestService,
  route: Route,
  change: Readonly<Record<string, unknown>>,
): Promise<string> {
  const maker = { random: createRandom(7), ids: [], hostility: 0 };
  const body = JSON.stringify({ ...Object(makeValue(jsonSchemaOf(route.body), maker)), ...change });
  const response = await fetch(`${service.url}${route.path}`, {
    method: route.method,
    headers: {
      origin: service.url,
      'content-type': 'application/json',
      ...service.administrator.headers(),
    },
    body,
  });
  const value: unknown = await response.json();
  if (!response.ok) throw new Error(`${route.path}: ${JSON.stringify(value)} for ${body}`);
  return String(Object(value).id);
}

/** Makes one of everything at a site, with shifts for two agents, published. */
export async function addEverything(
  service: TestService,
  centre: Centre,
  agentIds: readonly string[],
): Promise<Owned> {
  const admin = service.administrator;
  const { siteId, queueId } = centre;
  const { items: templates } = await admin.call(ROUTES.listShiftTemplates, { query: { siteId } });
  const { items: skills } = await admin.call(ROUTES.listSkills, { query: { siteId } });
  const timeOff = await admin.call(ROUTES.createTimeOff, {
    body: { agentId: agentIds[1] ?? '', start: MONDAY, end: MONDAY + 86_400, category: 'vacation' },
  });
  const scenario = { siteId, name: 'S', levers: [], forecastIds: [], scheduleId: null };
  return {
    '/api/sites': siteId,
    '/api/queues': queueId,
    '/api/agents': agentIds[0] ?? '',
    ...(await addForecastAndPlan(service, centre)),
    ...(await addPublishedWeek(admin, siteId, agentIds)),
    ...(await addImport(admin, centre)),
    '/api/shift-templates': templates[0]?.id ?? '',
    '/api/skills': skills[0]?.id ?? '',
    '/api/time-off': timeOff.id,
    '/api/special-days': await make(service, ROUTES.putSpecialDay, {
      siteId,
      queueId: null,
      date: '2026-12-25',
    }),
    '/api/drivers': await make(service, ROUTES.createDriver, { siteId, queueId: null, name: 'Flu cases' }),
    '/api/rule-sets': await make(service, ROUTES.createRuleSet, { siteId, name: 'Rules', rules: [] }),
    '/api/scenarios': await make(service, ROUTES.createScenario, scenario),
    '/api/capacity-plans': await make(service, ROUTES.createCapacityPlan, {
      siteId,
      name: 'C',
      queueIds: [queueId],
    }),
  };
}
