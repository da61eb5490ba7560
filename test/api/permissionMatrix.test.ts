import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERMISSION_TABLE } from '../../api/auth/permissionTable.ts';
import { type Caller, createCaller } from '../../api/contract/client.ts';
import type { Permission, Role } from '../../api/contract/permission.ts';
import type { Route } from '../../api/contract/route.ts';
import { ROUTE_LIST, ROUTES } from '../../api/contract/routes.ts';
import { testEngines } from '../data/databases.ts';
import { addCentre, type Centre } from './centre.ts';
import { startTestService, type TestService } from './harness.ts';

const MISSING = '01a20000-0000-7000-8000-000000000000';

/** Ends the session that the rest of the matrix needs; `session.test.ts` covers it. */
const NOT_REPEATED: readonly string[] = ['signOut'];

/** Roles with the reach of one site, and whether each may call a route; written apart from the service's own check. */
const INSTALLATION: readonly Permission[] = [
  'user.manage',
  'setting.manage',
  'backup.manage',
  'audit.read',
  'metrics.read',
];

type Answer = { readonly status: number; readonly type: string };

/** Calls a route with made-up parameters and a body that no route accepts. */
async function probe(
  url: string,
  route: Route,
  headers: Readonly<Record<string, string>>,
  id = MISSING,
): Promise<Answer> {
  const path = route.path.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    if (name === 'sequence') return '1';
    if (name === 'secret') return 'x'.repeat(43);
    return name === 'findingId' ? 'gap:0:900' : id;
  });
  const response = await fetch(`${url}${path}`, {
    method: route.method,
    redirect: 'manual',
    headers: { origin: url, 'content-type': 'application/json', ...headers },
    ...(route.method !== 'GET' &&
      route.method !== 'DELETE' && { body: JSON.stringify({ nobodyExpects: 1 }) }),
  });
  const text = await response.text();
  const problem: unknown = response.headers.get('content-type')?.includes('problem') ? JSON.parse(text) : {};
  const type =
    typeof problem === 'object' && problem !== null && 'type' in problem ? String(problem.type) : '';
  return { status: response.status, type };
}

describe.each(testEngines)(
  'every route for every kind of principal on $engine',
  { timeout: 240_000 },
  engine => {
    let service: TestService;
    let mine: Centre;
    let other: Centre;
    const cookies = new Map<string, string>();

    const roles: readonly Role[] = ['administrator', 'planner', 'manager', 'director', 'agent'];

    async function cookieOf(
      name: string,
      role: Role,
      siteId: string | null,
      agentId?: string,
    ): Promise<void> {
      const reach =
        role === 'agent'
          ? ({ kind: 'self' } as const)
          : siteId === null
            ? ({ kind: 'all' } as const)
            : ({ kind: 'site', siteId } as const);
      const email = `${name}@example.org`;
      const password = 'matrix matrix matrix';
      await service.administrator.call(ROUTES.createUser, {
        body: { name, email, password, grants: [{ role, reach }], agentId: agentId ?? null },
      });
      const response = await fetch(`${service.url}/api/session`, {
        method: 'POST',
        headers: { origin: service.url, 'content-type': 'application/json' },
        body: JSON.stringify({ email, password }),
      });
      cookies.set(name, response.headers.getSetCookie()[0]?.split(';')[0] ?? '');
    }

    beforeAll(async () => {
      service = await startTestService(engine);
      mine = await addCentre(service.administrator, 'Mine');
      other = await addCentre(service.administrator, 'Other');
      for (const role of roles)
        await cookieOf(`${role}-all`, role, null, role === 'agent' ? mine.agentIds[0] : undefined);
      await cookieOf('planner-other', 'planner', other.siteId);
      await cookieOf('manager-mine', 'manager', mine.siteId);
    });

    afterAll(() => service.dispose());

    it('covers every declared route', () => {
      expect(ROUTE_LIST.length).toBeGreaterThan(120);
      for (const [id, route] of ROUTE_LIST) expect(route.permission, id).toBeTruthy();
    });

    it('answers the anonymous 401 on every route that is not public', async () => {
      for (const [id, route] of ROUTE_LIST) {
        const { status } = await probe(service.url, route, {});
        if (route.permission === 'public') expect(status, id).not.toBe(403);
        else expect(status, id).toBe(401);
        expect(status, id).toBeLessThan(500);
      }
    });

    it.each(roles.map(role => [role]))(
      'gives the role %s what the table says and nothing else',
      async role => {
        const cookie = cookies.get(`${role}-all`) ?? '';
        for (const [id, route] of ROUTE_LIST) {
          if (NOT_REPEATED.includes(id)) continue;
          const { status, type } = await probe(service.url, route, { cookie });
          const { permission } = route;
          const allowed =
            permission === 'public' || permission === 'signedIn' || PERMISSION_TABLE[role].has(permission);
          expect(status, `${id} as ${role}`).toBeLessThan(500);
          expect(status, `${id} as ${role}`).not.toBe(401);
          if (allowed) expect(type, `${id} as ${role}`).not.toBe('/problems/forbidden');
          else expect([status, type], `${id} as ${role}`).toEqual([403, '/problems/forbidden']);
        }
      },
    );

    it('keeps what concerns the whole installation from roles of one site', async () => {
      const cookie = cookies.get('manager-mine') ?? '';
      for (const [id, route] of ROUTE_LIST) {
        if (route.permission === 'public' || route.permission === 'signedIn') continue;
        if (!INSTALLATION.includes(route.permission)) continue;
        expect((await probe(service.url, route, { cookie })).status, id).toBe(403);
      }
    });

    it('answers a foreign id exactly like a missing one', async () => {
      const schedule = await service.administrator.call(ROUTES.createSchedule, {
        body: {
          siteId: mine.siteId,
          name: 'Mine',
          weekStart: '2026-05-04',
          days: 7,
          staffingPlanIds: [],
          ruleSetId: null,
        },
      });
      const owned: Readonly<Record<string, string | undefined>> = {
        '/api/queues': mine.queueId,
        '/api/sites': mine.siteId,
        '/api/agents': mine.agentIds[0],
        '/api/schedules': schedule.id,
      };
      const cookie = cookies.get('planner-other') ?? '';
      let compared = 0;
      for (const [id, route] of ROUTE_LIST) {
        const prefix = Object.keys(owned).find(start => route.path.startsWith(`${start}/:id`));
        if (prefix === undefined) continue;
        const headers = { cookie, 'if-match': '"1"' };
        const foreign = await probe(service.url, route, headers, owned[prefix]);
        const missing = await probe(service.url, route, headers, MISSING);
        expect(foreign, id).toEqual(missing);
        expect(foreign.status, id).toBeGreaterThanOrEqual(400);
        compared++;
      }
      expect(compared).toBeGreaterThanOrEqual(25);
      const lists = await createCaller({
        baseUrl: service.url,
        headers: { cookie, origin: service.url },
      }).call(ROUTES.listQueues, { query: {} });
      expect(lists.items.map(queue => queue.id)).toEqual([other.queueId]);
    });

    it('limits a token to its own permissions and sites', async () => {
      const { secret } = await service.administrator.call(ROUTES.createToken, {
        body: { name: 'reader', permissions: ['centre.read'], siteIds: [other.siteId], expiresInDays: 1 },
      });
      const bearer = { authorization: `Bearer ${secret}` };
      for (const [id, route] of ROUTE_LIST) {
        const { status } = await probe(service.url, route, bearer);
        if (route.permission === 'public' || route.permission === 'centre.read')
          expect(status, id).not.toBe(403);
        else expect(status, id).toBe(403);
      }
      const token: Caller = createCaller({ baseUrl: service.url, headers: bearer });
      const { items } = await token.call(ROUTES.listQueues, { query: {} });
      expect(items.map(queue => queue.id)).toEqual([other.queueId]);
      expect(await token.attempt(ROUTES.getQueue, { params: { id: mine.queueId } })).toMatchObject({
        ok: false,
        problem: { status: 404 },
      });
      const { items: tokens } = await service.administrator.call(ROUTES.listTokens, {});
      await service.administrator.call(ROUTES.revokeToken, { params: { id: tokens[0]?.id ?? '' } });
      expect((await probe(service.url, ROUTES.listQueues, bearer)).status).toBe(401);
    });
  },
);
