import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '../../api/contract/route.ts';
import { ROUTE_LIST, ROUTES } from '../../api/contract/routes.ts';
import { openStore } from '../../data/db/connect.ts';
import { createForecast } from '../../data/store/forecasts.ts';
import { createStaffingPlan } from '../../data/store/staffingPlans.ts';
import { createRandom } from '../../forecasting/calendar/random.ts';
import { localDay } from '../../forecasting/calendar/time.ts';
import { testEngines } from '../data/databases.ts';
import { addCentre, type Centre } from './centre.ts';
import { type BrowserCaller, startTestService, type TestService } from './harness.ts';
import { MISSING_ID, probe } from './probe.ts';
import { jsonSchemaOf, makeValue } from './requestMaker.ts';

const WEEK = '2026-05-04';
const MONDAY = localDay(WEEK, 'America/Chicago').startEpochSeconds;
const HOUR = 3600;

/** One of everything that has an id, by the beginning of its path. */
type Owned = Readonly<Record<string, string>>;

/** Answers that come from the account itself, whatever the id: nothing to compare. */
const OWN_ONLY = /^\/api\/(me|tokens|calendar|shared-scenarios|my)\b/;

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
async function addEverything(
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

describe.each(testEngines)('what belongs to others on $engine', { timeout: 120_000 }, engine => {
  let service: TestService;
  let mine: Centre;
  let owned: Owned;
  let outsiders: Readonly<Record<string, Readonly<Record<string, string>>>>;
  let supervisor: BrowserCaller;
  let ours: string[] = [];
  let theirs: string[] = [];

  beforeAll(async () => {
    service = await startTestService(engine);
    const admin = service.administrator;
    mine = await addCentre(admin, 'Mine');
    const other = await addCentre(admin, 'Other');
    const [north, south, away] = await Promise.all([
      admin.call(ROUTES.createTeam, { body: { siteId: mine.siteId, name: 'North' } }),
      admin.call(ROUTES.createTeam, { body: { siteId: mine.siteId, name: 'South' } }),
      admin.call(ROUTES.createTeam, { body: { siteId: other.siteId, name: 'Away' } }),
    ]);
    [ours, theirs] = [mine.agentIds.slice(0, 2), mine.agentIds.slice(2, 4)];
    await admin.call(ROUTES.updateAgents, {
      body: { ids: ours, change: { teamId: north.id }, addSkillIds: [], removeSkillIds: [] },
    });
    await admin.call(ROUTES.updateAgents, {
      body: { ids: theirs, change: { teamId: south.id }, addSkillIds: [], removeSkillIds: [] },
    });
    owned = await addEverything(service, mine, [ours[0] ?? '', theirs[0] ?? '']);
    supervisor = await service.signInAs([{ role: 'manager', reach: { kind: 'team', teamId: north.id } }]);
    const planner = await service.signInAs([{ role: 'planner', reach: { kind: 'all' } }]);
    const { secret } = await planner.call(ROUTES.createToken, {
      body: {
        name: 'other site',
        permissions: (await planner.call(ROUTES.getMe, {})).permissions,
        siteIds: [other.siteId],
        expiresInDays: 1,
      },
    });
    const headersOf = async (...grants: Parameters<TestService['signInAs']>[0]) =>
      (await service.signInAs(grants)).headers();
    outsiders = {
      'a planner of another site': await headersOf({
        role: 'planner',
        reach: { kind: 'site', siteId: other.siteId },
      }),
      'a supervisor of a team of another site': await headersOf({
        role: 'manager',
        reach: { kind: 'team', teamId: away.id },
      }),
      'a token limited to another site': { authorization: `Bearer ${secret}` },
    };
  });

  afterAll(() => service.dispose());

  it.each([
    'a planner of another site',
    'a supervisor of a team of another site',
    'a token limited to another site',
  ])('answers %s about a foreign id exactly as about a missing one', async who => {
    const headers = { ...outsiders[who], 'if-match': '"1"' };
    const checked: string[] = [];
    const reached: string[] = [];
    for (const [id, route] of ROUTE_LIST) {
      if (!route.path.includes(':id') || OWN_ONLY.test(route.path) || route.path.startsWith('/api/users'))
        continue;
      const prefix = Object.keys(owned).find(start => route.path.startsWith(`${start}/:id`));
      if (prefix === undefined) throw new Error(`nothing made for ${route.path}: add it to addEverything`);
      const maker = { random: createRandom(3), ids: [], hostility: 0 };
      const body = makeValue(jsonSchemaOf(route.body), maker);
      const foreign = await probe(service.url, route, headers, owned[prefix], body);
      const missing = await probe(service.url, route, headers, MISSING_ID, body);
      expect(foreign, id).toEqual(missing);
      expect(foreign.status, id).toBeGreaterThanOrEqual(400);
      checked.push(id);
      if (foreign.status === 404) reached.push(id);
    }
    expect(checked.length).toBeGreaterThan(50);
    // Most get as far as looking the id up: otherwise the comparison would say nothing.
    if (who.includes('planner') || who.includes('token')) expect(reached.length).toBeGreaterThan(40);
  });

  it('shows a supervisor nobody of another team, whatever they read', async () => {
    const read: string[] = [];
    const query: Readonly<Record<string, string>> = {
      siteId: mine.siteId,
      queueId: mine.queueId,
      scheduleId: owned['/api/schedules'] ?? '',
      staffingPlanId: owned['/api/staffing-plans'] ?? '',
      forecastId: owned['/api/forecasts'] ?? '',
      from: WEEK,
      to: '2026-05-11',
      format: 'csv',
      date: WEEK,
    };
    const everyone = service.administrator;
    let seenByAdministrator = 0;
    for (const [id, route] of ROUTE_LIST) {
      if (route.method !== 'GET' || route.permission === 'public' || route.events) continue;
      const prefix = Object.keys(owned).find(start => route.path.startsWith(`${start}/:id`));
      const path = route.path.replace(':id', prefix === undefined ? MISSING_ID : (owned[prefix] ?? ''));
      const search = new URLSearchParams(
        Object.entries(query).filter(([name]) => name in (route.query?.shape ?? {})),
      );
      const textFor = async (caller: BrowserCaller) =>
        (
          await fetch(`${service.url}${path.replace(':sequence', '0')}?${search}`, {
            headers: caller.headers(),
          })
        ).text();
      const text = await textFor(supervisor);
      for (const agentId of theirs) expect(text.includes(agentId), `${id} shows ${agentId}`).toBe(false);
      for (const name of ['Agent 3"', 'Agent 3,', 'Agent 4"']) expect(text.includes(name), id).toBe(false);
      if (ours.some(agentId => text.includes(agentId))) read.push(id);
      const full = await textFor(everyone);
      if (theirs.some(agentId => full.includes(agentId))) seenByAdministrator++;
    }
    // Where the administrator sees the other team, so that the absence above means something.
    expect(seenByAdministrator).toBeGreaterThanOrEqual(6);
    expect(read).toEqual(
      expect.arrayContaining(['listAgents', 'getSchedule', 'getPublication', 'listEditsSince']),
    );
  });

  it('lets a supervisor decide about the time off of the own team only', async () => {
    const ask = (agentId: string) =>
      supervisor.attempt(ROUTES.createTimeOff, {
        body: { agentId, start: MONDAY, end: MONDAY + 86_400, category: 'vacation' },
      });
    expect((await ask(ours[0] ?? '')).ok).toBe(true);
    expect(await ask(theirs[0] ?? '')).toMatchObject({ ok: false, problem: { status: 404 } });
    const decide = await supervisor.attempt(ROUTES.decideTimeOff, {
      params: { id: owned['/api/time-off'] ?? '' },
      body: { status: 'approved', note: '' },
    });
    expect(decide).toMatchObject({ ok: false, problem: { status: 404 } });
  });
});
