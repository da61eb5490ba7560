import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../../data/db/connect.ts';
import { createApiToken, findLiveApiToken, revokeApiToken } from '../../../data/store/apiTokens.ts';
import { appendAudit, searchAudit, verifyAudit } from '../../../data/store/audit.ts';
import {
  countFailedLogins,
  purgeLoginAttempts,
  recordLoginAttempt,
} from '../../../data/store/loginAttempts.ts';
import { grantRole, listRoles, revokeRole } from '../../../data/store/roles.ts';
import {
  createSession,
  endSessions,
  findLiveSession,
  listSessions,
  purgeSessions,
  touchSession,
} from '../../../data/store/sessions.ts';
import {
  countUsers,
  createUser,
  deleteUser,
  findUser,
  findUserByLogin,
  findUserBySubject,
  updateUser,
} from '../../../data/store/users.ts';
import { asOwner, openTestStore, type TestStore, testEngines } from '../databases.ts';

const AT = 1_780_000_000;

describe.each(testEngines)('identity and audit stores on $engine', engine => {
  let test: TestStore;
  let store: Store;

  beforeAll(async () => {
    test = await openTestStore(engine);
    store = test.store;
  });

  afterAll(() => test.dispose());

  it('finds a user by login in any case, and by subject but never by name', async () => {
    const user = await createUser(store.db, {
      login: ' Ana.Silva@Example.org ',
      name: 'Ana',
      createdAt: AT,
      passwordHash: '$argon2id$x',
      oidcIssuer: 'https://id.example.org',
      oidcSubject: 'abc',
    });
    expect(user.login).toBe('ana.silva@example.org');
    expect(await findUserByLogin(store.db, 'ANA.SILVA@EXAMPLE.ORG')).toEqual(user);
    expect(await findUserBySubject(store.db, 'https://id.example.org', 'abc')).toEqual(user);
    expect(await findUserBySubject(store.db, 'https://other.example.org', 'abc')).toBeUndefined();
    await expect(
      createUser(store.db, { login: 'ANA.silva@example.org', name: 'B', createdAt: AT }),
    ).rejects.toThrow();
    await updateUser(store.db, user.id, { totpEnabled: true, totpSecret: 'cipher', lastLoginAt: AT + 5 });
    expect(await findUser(store.db, user.id)).toEqual({
      ...user,
      totpEnabled: true,
      totpSecret: 'cipher',
      lastLoginAt: AT + 5,
      revision: 2,
    });
  });

  it('ends sessions when they are idle, old, revoked, or their user is switched off', async () => {
    const user = await createUser(store.db, { login: 'sessions', name: 'S', createdAt: AT });
    const session = (tokenHash: string) => ({
      tokenHash,
      userId: user.id,
      createdAt: AT,
      idleExpiresAt: AT + 3600,
      expiresAt: AT + 43_200,
      userAgent: 'test',
      address: '127.0.0.1',
    });
    const made = await createSession(store.db, session('h1'));
    await createSession(store.db, session('h2'));
    expect(await findLiveSession(store.db, 'h1', AT + 3599)).toEqual(made);
    expect(await findLiveSession(store.db, 'h1', AT + 3600)).toBeUndefined();
    await touchSession(store.db, 'h1', AT + 3000, AT + 6600);
    expect(await findLiveSession(store.db, 'h1', AT + 6000)).toMatchObject({ lastSeenAt: AT + 3000 });
    await touchSession(store.db, 'h1', AT + 3000, AT + 90_000);
    expect(await findLiveSession(store.db, 'h1', AT + 43_200)).toBeUndefined();
    expect(await endSessions(store.db, user.id, 'h1')).toBe(1);
    expect((await listSessions(store.db, user.id)).map(s => s.tokenHash)).toEqual(['h1']);
    await updateUser(store.db, user.id, { active: false });
    expect(await findLiveSession(store.db, 'h1', AT + 10)).toBeUndefined();
    expect(await purgeSessions(store.db, AT + 90_000)).toBe(1);
  });

  it('honours a token until it expires or is revoked', async () => {
    const user = await createUser(store.db, { login: 'tokens', name: 'T', createdAt: AT });
    const token = await createApiToken(store.db, {
      userId: user.id,
      name: 'feed',
      tokenHash: 'th',
      permissions: ['history.import'],
      siteIds: null,
      createdAt: AT,
      expiresAt: AT + 100,
    });
    expect(await findLiveApiToken(store.db, 'th', AT + 99)).toEqual(token);
    expect(await findLiveApiToken(store.db, 'th', AT + 100)).toBeUndefined();
    expect(await revokeApiToken(store.db, token.id, AT + 1, 'somebody-else')).toBe(false);
    expect(await revokeApiToken(store.db, token.id, AT + 1, user.id)).toBe(true);
    expect(await findLiveApiToken(store.db, 'th', AT + 2)).toBeUndefined();
  });

  it('gives a role once and forgets it with its user', async () => {
    const user = await createUser(store.db, { login: 'roles', name: 'R', createdAt: AT });
    const grant = {
      userId: user.id,
      role: 'planner',
      scope: { kind: 'site', siteId: 's1' },
      grantedAt: AT,
    } as const;
    await grantRole(store.db, grant);
    await grantRole(store.db, grant);
    await grantRole(store.db, { ...grant, role: 'agent', scope: { kind: 'self' } });
    const roles = await listRoles(store.db, user.id);
    expect(roles.map(r => [r.role, r.scope])).toEqual([
      ['agent', { kind: 'self' }],
      ['planner', { kind: 'site', siteId: 's1' }],
    ]);
    expect(await revokeRole(store.db, roles[0]?.id ?? '')).toBe(true);
    const before = await countUsers(store.db);
    await deleteUser(store.db, user.id);
    expect(await countUsers(store.db)).toBe(before - 1);
    expect(await listRoles(store.db, user.id)).toEqual([]);
  });

  it('counts failed logins per account and address', async () => {
    const attempt = (account: string, at: number, succeeded = false) =>
      recordLoginAttempt(store.db, { account, address: '10.0.0.1', at, succeeded });
    await attempt('ana', AT);
    await attempt('ana', AT + 1);
    await attempt('ben', AT + 2);
    await attempt('ana', AT + 3, true);
    expect(await countFailedLogins(store.db, 'ana', '10.0.0.1', AT)).toEqual({
      accountAndAddress: 2,
      address: 3,
      lastAt: AT + 1,
    });
    expect(await countFailedLogins(store.db, 'ana', '10.0.0.2', AT)).toEqual({
      accountAndAddress: 0,
      address: 0,
      lastAt: null,
    });
    expect(await purgeLoginAttempts(store.db, AT + 2)).toBe(2);
  });

  it('chains the audit trail under concurrent appends, and finds its events', async () => {
    await Promise.all(
      Array.from({ length: 25 }, (_, i) =>
        appendAudit(store.db, store.engine, {
          at: AT + i,
          actorKind: 'user',
          actorId: 'u1',
          action: i % 2 === 0 ? 'schedule.publish' : 'login',
          outcome: i % 5 === 0 ? 'denied' : 'done',
          siteId: i < 10 ? 's1' : 's2',
          detail: { index: i, name: 'Zoë "quoted"' },
        }),
      ),
    );
    expect(await verifyAudit(store.db, 7)).toMatchObject({ kind: 'whole', events: 25 });
    expect(await searchAudit(store.db, ['s1'], { limit: 100 })).toHaveLength(10);
    const published = await searchAudit(store.db, 'all', { actionPrefix: 'schedule.', limit: 100 });
    expect(published).toHaveLength(13);
    expect(published[0]?.sequence).toBeGreaterThan(published[1]?.sequence ?? 0);
  });

  it('writes no event when the change it records is rolled back', async () => {
    const before = await verifyAudit(store.db);
    await expect(
      store.db.transaction().execute(async trx => {
        await appendAudit(trx, store.engine, { at: AT, actorKind: 'system', action: 'x', outcome: 'done' });
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await verifyAudit(store.db)).toEqual(before);
  });

  it('refuses to change or remove what was recorded', async () => {
    const changes = [`update audit_event set action = 'y' where sequence = 1`, 'delete from audit_event'];
    for (const change of changes) {
      await expect(sql.raw(change).execute(store.db)).rejects.toThrow(/only grows|permission denied/);
      await expect((async () => asOwner(store, change))()).rejects.toThrow(/only grows/);
    }
    if (store.engine === 'sqlite') {
      const replace = sql`replace into audit_event select * from audit_event where sequence = 1`;
      await expect(replace.execute(store.db)).rejects.toThrow(/only grows/);
    } else {
      await expect(asOwner(store, 'truncate audit_event')).rejects.toThrow(/only grows/);
    }
  });

  it('notices an event that was changed behind the triggers', async () => {
    const disable = {
      sqlite: 'drop trigger audit_event_no_update',
      postgres: 'alter table audit_event disable trigger audit_event_append_only',
    };
    await asOwner(store, disable[store.engine]);
    await asOwner(store, `update audit_event set detail = '{"index":999}' where sequence = 12`);
    expect(await verifyAudit(store.db, 5)).toEqual({ kind: 'broken', brokenAt: 12, events: 11 });
  });
});
