import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTE_LIST, ROUTES } from '../../api/contract/routes.ts';
import { createRandom } from '../../forecasting/calendar/random.ts';
import { testEngines } from '../data/databases.ts';
import { addCentre, type Centre } from './centre.ts';
import { addEverything, MONDAY, type Owned, WEEK } from './everything.ts';
import { type BrowserCaller, startTestService, type TestService } from './harness.ts';
import { MISSING_ID, probe } from './probe.ts';
import { jsonSchemaOf, makeValue } from './requestMaker.ts';

/** Answers that come from the account itself, whatever the id: nothing to compare. */
const OWN_ONLY = /^\/api\/(me|tokens|calendar|shared-scenarios|my)\b/;

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

  /** What a caller gets from every route that reads, asked about this site, by operation id. */
  async function readEverything(
    headers: Readonly<Record<string, string>>,
  ): Promise<ReadonlyMap<string, string>> {
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
    const texts = new Map<string, string>();
    for (const [id, route] of ROUTE_LIST) {
      if (route.method !== 'GET' || route.permission === 'public' || route.events) continue;
      const prefix = Object.keys(owned).find(start => route.path.startsWith(`${start}/:id`));
      const path = route.path
        .replace(':id', prefix === undefined ? MISSING_ID : (owned[prefix] ?? ''))
        .replace(':sequence', '0');
      const asked = Object.entries(query).filter(([name]) => name in (route.query?.shape ?? {}));
      const answer = await fetch(`${service.url}${path}?${new URLSearchParams(asked)}`, { headers });
      const text = await answer.text();
      if (answer.ok) texts.set(id, text);
    }
    return texts;
  }

  /** Operations whose answer names one of the ids. */
  const naming = (texts: ReadonlyMap<string, string>, ids: readonly string[]) =>
    [...texts].flatMap(([id, text]) => (ids.some(one => text.includes(one)) ? [id] : []));

  it('shows a supervisor nobody of another team, whatever they read', async () => {
    const seen = await readEverything(supervisor.headers());
    expect(naming(seen, [...theirs, '"Agent 3"', '"Agent 4"', 'Agent 3,', 'Agent 4,'])).toEqual([]);
    expect(naming(seen, ours)).toEqual(
      expect.arrayContaining(['listAgents', 'getSchedule', 'getPublication', 'listEditsSince']),
    );
    // The administrator sees the other team there, so that its absence above means something.
    const everything = await readEverything(service.administrator.headers());
    expect(naming(everything, theirs).length).toBeGreaterThanOrEqual(6);
  });

  it('shows an agent nobody else', async () => {
    const [self = '', ...others] = mine.agentIds;
    const agent = await service.signInAs([{ role: 'agent', reach: { kind: 'self' } }], { agentId: self });
    const seen = await readEverything(agent.headers());
    expect([...seen.keys()]).toContain('getMySchedule');
    expect(naming(seen, [self])).toContain('getMe');
    expect(naming(seen, others)).toEqual([]);
  });

  it.each([
    'a planner of another site',
    'a supervisor of a team of another site',
    'a token limited to another site',
  ])('shows %s nothing of this site', async who => {
    const seen = await readEverything(outsiders[who] ?? {});
    expect(seen.size).toBeGreaterThan(5);
    expect(naming(seen, [...Object.values(owned), ...mine.agentIds])).toEqual([]);
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
