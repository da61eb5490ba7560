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

/** Makes one of everything at a site, with shifts for two agents, published. */
export async function addEverything(
  service: TestService,
  centre: Centre,
  agentIds: readonly string[],
): Promise<Owned> {
  const admin = service.administrator;
  const { siteId, queueId } = centre;
  const store = openStore(service.databaseUrl);
  const frame = { siteId, queueId, start: MONDAY, stepSeconds: 900, timeZone: 'America/Chicago', count: 4 };
  const made = { softwareVersion: 'test', createdAt: 1_777_000_000 };
  const forecast = await createForecast(store.db, {
    ...frame,
    ...made,
    name: 'F',
    originEpochSeconds: MONDAY,
    method: {},
    inputs: {},
    seed: 1,
    columns: { offered: [1, 1, 1, 1], ahtSeconds: [300, 300, 300, 300] },
  });
  const plan = await createStaffingPlan(store.db, {
    ...frame,
    ...made,
    name: 'P',
    goals: {},
    assumptions: {},
    method: {},
    columns: { offered: [1, 1, 1, 1], agents: [1, 1, 1, 1] },
  });
  await store.close();
  const schedule = await admin.call(ROUTES.createSchedule, {
    body: { siteId, name: 'Week', weekStart: WEEK, days: 7, staffingPlanIds: [], ruleSetId: null },
  });
  await addShifts(admin, schedule.id, agentIds);
  const head = await admin.call(ROUTES.getSchedule, { params: { id: schedule.id } });
  const publication = await admin.call(ROUTES.publishSchedule, {
    params: { id: schedule.id },
    body: { note: 'first' },
    ifMatch: String(head.schedule.revision),
  });
  const template = (await admin.call(ROUTES.listShiftTemplates, { query: { siteId } })).items[0];
  const skill = (await admin.call(ROUTES.listSkills, { query: { siteId } })).items[0];
  const upload = await admin.call(ROUTES.uploadImport, {
    query: { fileName: 'x.csv', siteId },
    upload: 'interval_start,offered\n2026-01-01 00:00,5\n',
  });
  const { mapping } = await admin.call(ROUTES.previewImport, { params: { id: upload.id } });
  const { jobId } = await admin.call(ROUTES.checkImport, {
    params: { id: upload.id },
    body: { ...mapping, queueId },
  });
  const timeOff = await admin.call(ROUTES.createTimeOff, {
    body: { agentId: agentIds[1] ?? '', start: MONDAY, end: MONDAY + 86_400, category: 'vacation' },
  });
  const maker = { random: createRandom(7), ids: [], hostility: 0 };
  const make = async (route: Route, change: Readonly<Record<string, unknown>>) => {
    const body = { ...Object(makeValue(jsonSchemaOf(route.body), maker)), ...change };
    const response = await fetch(`${service.url}${route.path}`, {
      method: route.method,
      headers: { origin: service.url, 'content-type': 'application/json', ...admin.headers() },
      body: JSON.stringify(body),
    });
    const value: unknown = await response.json();
    if (!response.ok) throw new Error(`${route.path}: ${JSON.stringify(value)} for ${JSON.stringify(body)}`);
    return String(Object(value).id);
  };
  return {
    '/api/sites': siteId,
    '/api/queues': queueId,
    '/api/agents': agentIds[0] ?? '',
    '/api/forecasts': forecast.id,
    '/api/staffing-plans': plan.id,
    '/api/schedules': schedule.id,
    '/api/publications': publication.id,
    '/api/shift-templates': template?.id ?? '',
    '/api/skills': skill?.id ?? '',
    '/api/imports': upload.id,
    '/api/jobs': jobId,
    '/api/time-off': timeOff.id,
    '/api/special-days': await make(ROUTES.putSpecialDay, { siteId, queueId: null, date: '2026-12-25' }),
    '/api/rule-sets': await make(ROUTES.createRuleSet, { siteId, name: 'Rules', rules: [] }),
    '/api/scenarios': await make(ROUTES.createScenario, {
      siteId,
      name: 'S',
      levers: [],
      forecastIds: [],
      scheduleId: null,
    }),
    '/api/capacity-plans': await make(ROUTES.createCapacityPlan, { siteId, name: 'C', queueIds: [queueId] }),
  };
}
