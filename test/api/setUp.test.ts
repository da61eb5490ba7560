import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../../api/contract/routes.ts';
import { type RunningServer, startServer } from '../../api/server.ts';
import { testEngines } from '../data/databases.ts';
import { ADMINISTRATOR, createBrowser, PASSWORD } from './harness.ts';

describe.each(testEngines)('first run on $engine', engine => {
  let server: RunningServer;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const database = await engine.create();
    drop = database.drop;
    server = await startServer({
      databaseUrl: database.url,
      host: '0.0.0.0',
      port: 0,
      logLevel: 'silent',
      setUpToken: 'the-token-of-this-start',
    });
  });

  afterAll(async () => {
    await server.close();
    await drop();
  });

  const url = () => server.url.replace('0.0.0.0', '127.0.0.1');

  it('says that set-up is needed, and with which proof', async () => {
    const setup = await createBrowser(url()).call(ROUTES.getSetup, {});
    expect(setup).toMatchObject({ needed: true, tokenRequired: true });
  });

  it('refuses a wrong token', async () => {
    const answer = await createBrowser(url()).attempt(ROUTES.setUp, {
      body: { ...ADMINISTRATOR, token: 'guess' },
    });
    expect(answer).toMatchObject({ ok: false, problem: { status: 401 } });
  });

  it('makes exactly one administrator of fifty simultaneous attempts', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        createBrowser(url()).attempt(ROUTES.setUp, {
          body: {
            name: `Ada ${i}`,
            email: `ada${i}@example.org`,
            password: PASSWORD,
            token: 'the-token-of-this-start',
          },
        }),
      ),
    );
    const made = answers.filter(answer => answer.ok);
    expect(made).toHaveLength(1);
    const refused = answers.flatMap(answer => (answer.ok ? [] : [answer.problem.type]));
    expect(new Set(refused)).toEqual(new Set(['/problems/alreadySetUp']));
    expect(await createBrowser(url()).call(ROUTES.getSetup, {})).toMatchObject({ needed: false });
  });
});
