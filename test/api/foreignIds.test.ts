import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Grant } from '../../api/contract/permission.ts';
import type { Route } from '../../api/contract/route.ts';
import { ROUTE_LIST, ROUTES } from '../../api/contract/routes.ts';
import { createRandom } from '../../forecasting/calendar/random.ts';
import { testEngines } from '../data/databases.ts';
import { addCentre, type Centre } from './centre.ts';
import { addEverything, MONDAY, type Owned, WEEK } from './everything.ts';
import { type BrowserCaller, startTestService, type TestService } from './harness.ts';
import { MISSING_ID, probe } from './probe.ts';
import { jsonSchemaOf, makeValue } from './requestMaker.ts';

/** Routes that are tried at once. */
const TOGETHER = 6;
/** Whoever has no business with what belongs to this site and its people. */
const OUTSIDERS = [
  'a planner of another site',
  'a manager of another site',
  'a director of another site',
  'a supervisor of a team of another site',
  'an agent of another site',
  'an agent of this site',
  'an account without a role that reaches anything',
  'a token limited to another site',
  'nobody who signed in',
] as const;
type Outsider = (typeof OUTSIDERS)[number];
/** Get as far as looking most ids up; the others are mostly refused before. */
const READERS: readonly Outsider[] = ['a planner of another site', 'a token limited to another site'];
/** Look up what belongs to a person, even where a role reaches nothing. */
const PERSONAL: readonly Outsider[] = ['an agent of another site', 'an agent of this site'];

describe.each(testEngines)('what belongs to others on $engine', { timeout: 120_000 }, engine => {
  let service: TestService;
  let mine: Centre;
  let owned: Owned;
  /** What belongs to somebody of this site alone. */
  let personal: Owned;
  let outsiders: Readonly<Record<Outsider, Readonly<Record<string, string>>>>;
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
    const headersOf = async (grant: Grant, agentId?: string) =>
      (await service.signInAs([grant], agentId === undefined ? {} : { agentId })).headers();
    const elsewhere = { kind: 'site', siteId: other.siteId } as const;
    const self = { kind: 'self' } as const;
    outsiders = {
      'a planner of another site': await headersOf({ role: 'planner', reach: elsewhere }),
      'a manager of another site': await headersOf({ role: 'manager', reach: elsewhere }),
      'a director of another site': await headersOf({ role: 'director', reach: elsewhere }),
      'a supervisor of a team of another site': await headersOf({
        role: 'manager',
        reach: { kind: 'team', teamId: away.id },
      }),
      'an agent of another site': await headersOf({ role: 'agent', reach: self }, other.agentIds[0]),
      'an agent of this site': await headersOf({ role: 'agent', reach: self }, mine.agentIds[0]),
      'an account without a role that reaches anything': await headersOf({ role: 'director', reach: self }),
      'a token limited to another site': { authorization: `Bearer ${secret}` },
      'nobody who signed in': {},
    };
    personal = await addPersonal(mine.agentIds[1] ?? '');
  });

  /** A session, a calendar link and the account of an agent of this site, and a token of the administrator. */
  async function addPersonal(agentId: string): Promise<Owned> {
    const admin = service.administrator;
    const agent = await service.signInAs([{ role: 'agent', reach: { kind: 'self' } }], { agentId });
    const { userId } = await agent.call(ROUTES.getMe, {});
    const [session] = (await agent.call(ROUTES.listSessions, {})).items;
    const link = await agent.call(ROUTES.createCalendarLink, {});
    const { token } = await admin.call(ROUTES.createToken, {
      body: { name: 'T', permissions: ['centre.read'], siteIds: null, expiresInDays: 1 },
    });
    return {
      '/api/me/sessions': session?.id ?? '',
      '/api/my/time-off': owned['/api/time-off'] ?? '',
      '/api/my/calendar-links': link.id,
      '/api/tokens': token.id,
      '/api/users': userId,
    };
  }

  afterAll(() => service.dispose());

  it.each(OUTSIDERS)('answers %s about a foreign id exactly as about a missing one', async who => {
    const headers = { ...outsiders[who], 'if-match': '"1"' };
    const foreignIds: Owned = { ...owned, ...personal };
    const reached: string[] = [];
    const check = async (id: string, route: Route) => {
      const prefix = Object.keys(foreignIds).find(start => route.path.startsWith(`${start}/:id`));
      if (prefix === undefined) throw new Error(`nothing made for ${route.path}: add it to addEverything`);
      const maker = { random: createRandom(3), ids: [], hostility: 0 };
      const body = makeValue(jsonSchemaOf(route.body), maker);
      const [foreign, missing] = await Promise.all([
        probe(service.url, route, headers, foreignIds[prefix], body),
        probe(service.url, route, headers, MISSING_ID, body),
      ]);
      expect(foreign, id).toEqual(missing);
      expect(foreign.status, id).toBeGreaterThanOrEqual(400);
      if (foreign.status === 404) reached.push(id);
    };
    const withId = ROUTE_LIST.filter(([, route]) => route.path.includes(':id'));
    expect(withId.length).toBeGreaterThan(50);
    for (let i = 0; i < withId.length; i += TOGETHER)
      await Promise.all(withId.slice(i, i + TOGETHER).map(([id, route]) => check(id, route)));
    // Those who may do something of the kind get as far as looking the id up: otherwise the comparison would say nothing.
    if (READERS.includes(who)) expect(reached.length).toBeGreaterThan(40);
    if (PERSONAL.includes(who))
      expect(reached).toEqual(
        expect.arrayContaining(['revokeSession', 'withdrawTimeOff', 'revokeCalendarLink']),
      );
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

  // The agent of this site is looked at above.
  it.each(OUTSIDERS.filter(who => who !== 'an agent of this site'))(
    'shows %s nothing of this site',
    async who => {
      const seen = await readEverything(outsiders[who]);
      if (who === 'nobody who signed in') expect(seen.size).toBe(0);
      else expect(seen.size).toBeGreaterThan(2);
      expect(naming(seen, [...Object.values(owned), ...mine.agentIds])).toEqual([]);
    },
  );

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
