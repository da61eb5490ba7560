import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERMISSION_TABLE } from '../../api/auth/permissionTable.ts';
import type { Grant, Permission } from '../../api/contract/permission.ts';
import type { Route } from '../../api/contract/route.ts';
import { ROUTE_LIST, ROUTES } from '../../api/contract/routes.ts';
import { assertDeclared } from '../../api/http/mount.ts';
import { testEngines } from '../data/databases.ts';
import { addCentre, type Centre } from './centre.ts';
import { startTestService, type TestService } from './harness.ts';
import { probe } from './probe.ts';

/** Ends the session that the rest of the matrix needs; `session.test.ts` covers it. */
const NOT_REPEATED: readonly string[] = ['signOut'];

/** Begin or end long work without a body: tried only by those who may not. `sample.test.ts` and `jobs.test.ts` do them. */
const LONG_WORK: readonly string[] = ['loadSample', 'removeSample', 'startBackup'];
/** Written down apart from the service's own tables, so that a slip there does not excuse itself. */
const INSTALLATION: readonly Permission[] = [
  'user.manage',
  'setting.manage',
  'backup.manage',
  'audit.read',
  'metrics.read',
];
const TEAM: readonly Permission[] = [
  'centre.read',
  'forecast.read',
  'staffing.read',
  'people.read',
  'schedule.read',
  'schedule.readOwn',
  'timeOff.decide',
  'report.read',
  'scenario.read',
];
const SELF: readonly Permission[] = ['schedule.readOwn', 'timeOff.request'];

/** One kind of caller: what it sends, and what it may do anywhere. */
interface Principal {
  readonly name: string;
  readonly kind: 'anonymous' | 'user' | 'token';
  readonly headers: Readonly<Record<string, string>>;
  readonly may: (permission: Permission) => boolean;
}

function mayBy(grant: Grant): Principal['may'] {
  return permission =>
    PERMISSION_TABLE[grant.role].has(permission) &&
    (grant.reach.kind === 'all' ||
      (grant.reach.kind === 'site' && !INSTALLATION.includes(permission)) ||
      (grant.reach.kind === 'team' && TEAM.includes(permission)) ||
      (grant.reach.kind === 'self' && SELF.includes(permission)));
}

function expectedOf(route: Route, { kind, may }: Principal): 'signInRequired' | 'forbidden' | 'open' {
  const { permission } = route;
  if (permission === 'public') return 'open';
  if (kind === 'anonymous') return 'signInRequired';
  if (permission === 'signedIn') return kind === 'token' ? 'forbidden' : 'open';
  return may(permission) ? 'open' : 'forbidden';
}

const PRINCIPALS = [
  'anonymous',
  'administrator',
  'planner of every site',
  'planner of this site',
  'planner of another site',
  'manager of this site',
  'director of every site',
  'supervisor of a team',
  'planner limited to a team',
  'agent',
  'account without a role that reaches anything',
  'token with everything its planner may',
  'token that may read the centre',
  'token of an administrator that may read people',
] as const;
type Name = (typeof PRINCIPALS)[number];

describe.each(testEngines)(
  'every route for every kind of principal on $engine',
  { timeout: 240_000 },
  engine => {
    let service: TestService;
    const principals = new Map<Name, Principal>();

    async function addUser(name: Name, grant: Grant, agentId?: string): Promise<void> {
      const caller = await service.signInAs([grant], agentId === undefined ? {} : { agentId });
      principals.set(name, { name, kind: 'user', headers: caller.headers(), may: mayBy(grant) });
    }

    async function addToken(name: Name, owner: Grant, permissions: readonly Permission[]): Promise<void> {
      const caller = await service.signInAs([owner]);
      const { secret } = await caller.call(ROUTES.createToken, {
        body: { name, permissions: [...permissions], siteIds: null, expiresInDays: 1 },
      });
      const may = (permission: Permission) => permissions.includes(permission) && mayBy(owner)(permission);
      principals.set(name, { name, kind: 'token', headers: { authorization: `Bearer ${secret}` }, may });
    }

    async function addPrincipals(mine: Centre, other: Centre): Promise<void> {
      const team = await service.administrator.call(ROUTES.createTeam, {
        body: { siteId: mine.siteId, name: 'North' },
      });
      const everySite = { kind: 'all' } as const;
      const thisSite = { kind: 'site', siteId: mine.siteId } as const;
      const thisTeam = { kind: 'team', teamId: team.id } as const;
      const planner: Grant = { role: 'planner', reach: everySite };
      principals.set('anonymous', { name: 'anonymous', kind: 'anonymous', headers: {}, may: () => false });
      await addUser('administrator', { role: 'administrator', reach: everySite });
      await addUser('planner of every site', planner);
      await addUser('planner of this site', { role: 'planner', reach: thisSite });
      await addUser('planner of another site', {
        role: 'planner',
        reach: { kind: 'site', siteId: other.siteId },
      });
      await addUser('manager of this site', { role: 'manager', reach: thisSite });
      await addUser('director of every site', { role: 'director', reach: everySite });
      await addUser('supervisor of a team', { role: 'manager', reach: thisTeam });
      await addUser('planner limited to a team', { role: 'planner', reach: thisTeam });
      await addUser('agent', { role: 'agent', reach: { kind: 'self' } }, mine.agentIds[0]);
      await addUser('account without a role that reaches anything', {
        role: 'director',
        reach: { kind: 'self' },
      });
      await addToken('token with everything its planner may', planner, [...PERMISSION_TABLE.planner]);
      await addToken('token that may read the centre', planner, ['centre.read']);
      await addToken(
        'token of an administrator that may read people',
        { role: 'administrator', reach: everySite },
        ['people.read', 'schedule.read'],
      );
    }

    beforeAll(async () => {
      service = await startTestService(engine);
      const mine = await addCentre(service.administrator, 'Mine');
      await addPrincipals(mine, await addCentre(service.administrator, 'Other'));
    });

    afterAll(() => service.dispose());

    it.each(PRINCIPALS)('%s: what the tables say and nothing else', async name => {
      const principal = principals.get(name);
      if (!principal) throw new Error(`no principal ${name}`);
      const routes = ROUTE_LIST.filter(([id]) => !NOT_REPEATED.includes(id));
      expect(routes.length).toBeGreaterThan(130);
      const wrong: string[] = [];
      const check = async (id: string, route: Route) => {
        const expected = expectedOf(route, principal);
        if (expected === 'open' && LONG_WORK.includes(id)) return;
        const { status, type } = await probe(service.url, route, principal.headers);
        const fits =
          expected === 'open'
            ? status < 500 && type !== '/problems/forbidden' && type !== '/problems/signInRequired'
            : status === (expected === 'forbidden' ? 403 : 401) && type === `/problems/${expected}`;
        if (!fits) wrong.push(`${id}: expected ${expected}, got ${status} ${type}`);
      };
      for (let i = 0; i < routes.length; i += 6) {
        await Promise.all(routes.slice(i, i + 6).map(([id, route]) => check(id, route)));
      }
      expect(wrong).toEqual([]);
    });

    it('forgets a revoked token at once', async () => {
      const planner = await service.signInAs([{ role: 'planner', reach: { kind: 'all' } }]);
      const { token, secret } = await planner.call(ROUTES.createToken, {
        body: { name: 'short', permissions: ['centre.read'], siteIds: null, expiresInDays: 1 },
      });
      const headers = { authorization: `Bearer ${secret}` };
      expect((await probe(service.url, ROUTES.listQueues, headers)).status).toBe(200);
      await planner.call(ROUTES.revokeToken, { params: { id: token.id } });
      expect((await probe(service.url, ROUTES.listQueues, headers)).status).toBe(401);
    });
  },
);

describe('declarations', () => {
  const folder = fileURLToPath(new URL('../../api/http', import.meta.url));

  it('refuse to start a route without a permission, and one whose parameters are not declared', () => {
    // @ts-expect-error a route without a permission does not even compile
    const open: Route = { method: 'GET', path: '/api/x', summary: 'x' };
    expect(() => assertDeclared('open', open)).toThrow('declares no permission');
    const loose: Route = { method: 'GET', path: '/api/x/:id', summary: 'x', permission: 'public' };
    expect(() => assertDeclared('loose', loose)).toThrow('declares other params');
  });

  it('are the only way in: nothing else puts a handler on the app', () => {
    const found: Record<string, number> = {};
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue;
      const text = readFileSync(join(folder, file), 'utf8');
      const calls = text.match(/\bapp\s*\.\s*(get|post|put|patch|delete|all|use|route)\(/g);
      if (calls) found[file] = calls.length;
    }
    // mount.ts: the five methods. staticFiles.ts: assets, files, the page. app.ts: middleware and "not found".
    expect(found).toEqual({ 'app.ts': 6, 'mount.ts': 5, 'staticFiles.ts': 3 });
  });
});
