import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashSecret } from '../../api/auth/secret.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { type RunningServer, startServer } from '../../api/server.ts';
import { issueSetUpToken } from '../../api/service/setUpToken.ts';
import { openStore } from '../../data/db/connect.ts';
import { testEngines } from '../data/databases.ts';
import { ADMINISTRATOR, createBrowser, PASSWORD } from './harness.ts';

describe.each(testEngines)('first run on $engine', engine => {
  let server: RunningServer;
  /** Another process on a PostgreSQL database; SQLite belongs to one. */
  let second: RunningServer;
  let drop: () => Promise<void>;
  let databaseUrl = '';
  let now = 1_780_000_000;
  let token = '';

  beforeAll(async () => {
    const database = await engine.create();
    drop = database.drop;
    databaseUrl = database.url;
    const start = () =>
      startServer({ databaseUrl, host: '0.0.0.0', port: 0, logLevel: 'silent', now: () => now });
    server = await start();
    second = engine.engine === 'postgres' ? await start() : server;
    if (typeof server.setUpToken === 'string') token = server.setUpToken;
  });

  afterAll(async () => {
    if (second !== server) await second.close();
    await server.close();
    await drop();
  });

  const urlOf = (one: RunningServer) => one.url.replace('0.0.0.0', '127.0.0.1');
  const url = () => urlOf(server);
  const setUpWith = (given: string, at = url()) =>
    createBrowser(at).attempt(ROUTES.setUp, { body: { ...ADMINISTRATOR, token: given } });

  it('prints one token for all processes of a database, and stores its hash only', async () => {
    expect(token).toMatch(/^[\w-]{43}$/);
    if (second !== server) expect(second.setUpToken).toEqual({ kind: 'elsewhere' });
    const store = openStore(databaseUrl);
    const stored = JSON.stringify(await store.db.selectFrom('setting').selectAll().execute());
    await store.close();
    expect(stored).toContain(hashSecret(token));
    expect(stored).not.toContain(token);
  });

  it('says that set-up is needed, and with which proof', async () => {
    const setup = await createBrowser(url()).call(ROUTES.getSetup, {});
    expect(setup).toMatchObject({ needed: true, tokenRequired: true });
  });

  it('refuses a wrong token, and the right one after an hour; a new one takes its place', async () => {
    expect(await setUpWith('guess')).toMatchObject({ ok: false, problem: { status: 401 } });
    expect(await createBrowser(url()).attempt(ROUTES.setUp, { body: ADMINISTRATOR })).toMatchObject({
      ok: false,
      problem: { status: 401 },
    });
    now += 3600;
    expect(await setUpWith(token)).toMatchObject({ ok: false, problem: { status: 401 } });
    const store = openStore(databaseUrl);
    const fresh = await issueSetUpToken(store.db, now);
    expect(await issueSetUpToken(store.db, now)).toBeUndefined();
    await store.close();
    expect(await setUpWith(token)).toMatchObject({ ok: false, problem: { status: 401 } });
    token = fresh ?? '';
  });

  it('makes exactly one administrator of fifty simultaneous attempts', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        createBrowser(urlOf(i % 2 === 0 ? server : second)).attempt(ROUTES.setUp, {
          body: {
            name: `Ada ${i}`,
            email: `ada${i}@example.org`,
            password: PASSWORD,
            token,
          },
        }),
      ),
    );
    const made = answers.filter(answer => answer.ok);
    expect(made).toHaveLength(1);
    const refused = answers.flatMap(answer => (answer.ok ? [] : [answer.problem.type]));
    expect(new Set(refused)).toEqual(new Set(['/problems/alreadySetUp']));
    expect(await createBrowser(url()).call(ROUTES.getSetup, {})).toMatchObject({ needed: false });
    expect(await setUpWith(token)).toMatchObject({ ok: false, problem: { status: 409 } });
  });
});
