import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Caller, createCaller } from '../../api/contract/client.ts';
import type { Grant } from '../../api/contract/permission.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { type RunningServer, type ServerOptions, startServer } from '../../api/server.ts';
import { openStore } from '../../data/db/connect.ts';
import { quietPort } from '../bench/drill/quietPort.ts';
import type { TestEngine } from '../data/databases.ts';

/** A service that listens, made for one test file, with its first administrator signed in. */
export interface TestService {
  readonly url: string;
  readonly dataDir: string;
  readonly databaseUrl: string;
  /** Nobody signed in. */
  readonly anonymous: BrowserCaller;
  readonly administrator: BrowserCaller;
  /** Signs in as a new account that holds the given roles. */
  readonly signInAs: (
    grants: readonly Grant[],
    more?: { readonly agentId?: string },
  ) => Promise<BrowserCaller>;
  readonly restart: (options?: ServerOptions) => Promise<void>;
  readonly dispose: () => Promise<void>;
}

export const PASSWORD = 'correct horse battery staple';
export const ADMINISTRATOR = { name: 'Ada', email: 'ada@example.org', password: PASSWORD };

/** A caller that keeps the cookie that the service sets, as a browser would. */
export interface BrowserCaller extends Caller {
  /** What it would send along now. */
  readonly headers: () => Readonly<Record<string, string>>;
}

export function createBrowser(url: string): BrowserCaller {
  let cookie = '';
  const keepCookie: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('origin', url);
    if (cookie !== '') headers.set('cookie', cookie);
    const response = await fetch(input, { ...init, headers, redirect: 'manual', ...streaming(init) });
    if (response.ok && init?.method !== undefined && init.method !== 'GET')
      noteChange(url, init.method, response);
    for (const change of response.headers.getSetCookie()) {
      const pair = change.split(';')[0] ?? '';
      cookie = pair.endsWith('=') ? '' : pair;
    }
    return response;
  };
  return {
    ...createCaller({ baseUrl: url, fetch: keepCookie }),
    headers: () => (cookie === '' ? {} : { cookie }),
  };
}

/** Changes that a service acknowledged to callers of the tests, by the service's address. */
const acknowledged = new Map<string, { readonly what: string; readonly requestId: string }[]>();

function noteChange(url: string, method: string, response: Response): void {
  const requestId = response.headers.get('x-request-id');
  if (requestId === null) throw new Error('an answer without a request id');
  const what = `${method} ${new URL(response.url).pathname}`;
  acknowledged.set(url, [...(acknowledged.get(url) ?? []), { what, requestId }]);
}

/** Requests that change nothing although they are no GET, and those that leave more than one entry. */
const ENTRIES_OF: readonly (readonly [RegExp, number])[] = [[/^POST \/api\/audit\/verify$/, 0]];

/** Every acknowledged change left exactly one entry in the audit trail, under the id of its request. */
async function assertAudited(url: string, databaseUrl: string): Promise<void> {
  const changes = acknowledged.get(url) ?? [];
  acknowledged.delete(url);
  const store = openStore(databaseUrl);
  const rows = await store.db.selectFrom('auditEvent').select(['requestId', 'action', 'outcome']).execute();
  await store.close();
  const wrong = changes.flatMap(({ what, requestId }) => {
    const found = rows.filter(row => row.requestId === requestId && row.outcome === 'done');
    const expected = ENTRIES_OF.find(([pattern]) => pattern.test(what))?.[1] ?? 1;
    const main = found.filter(row => row.action !== 'secondFactor.recover');
    return main.length === expected
      ? []
      : [`${what}: ${found.map(row => row.action).join(', ') || 'no entry'}`];
  });
  if (wrong.length > 0) throw new Error(`changes without exactly one audit entry:\n${wrong.join('\n')}`);
}

function streaming(init: RequestInit | undefined): { duplex?: 'half' } {
  return init?.body instanceof ReadableStream ? { duplex: 'half' } : {};
}

/** Starts the real service on a fresh database of the engine. */
export async function startTestService(
  engine: TestEngine,
  options: ServerOptions = {},
): Promise<TestService> {
  const database = await engine.create();
  const dataDir = mkdtempSync(join(tmpdir(), 'coverline-data-'));
  const settings: ServerOptions = {
    databaseUrl: database.url,
    dataDir,
    port: await quietPort(),
    logLevel: process.env.TEST_LOG ?? 'silent',
    checkAnswers: true,
    rateLimits: { general: 1_000_000, login: 1_000_000, heavy: 1_000_000 },
    ...options,
  };
  let server: RunningServer = await startServer(settings);
  const { url } = server;
  const administrator = createBrowser(url);
  await administrator.call(ROUTES.setUp, { body: ADMINISTRATOR });
  let accounts = 0;
  return {
    url,
    dataDir,
    databaseUrl: database.url,
    anonymous: createBrowser(url),
    administrator,
    signInAs: async (grants, more = {}) => {
      const email = `person${++accounts}@example.org`;
      await administrator.call(ROUTES.createUser, {
        body: {
          name: `Person ${accounts}`,
          email,
          password: PASSWORD,
          grants: [...grants],
          agentId: more.agentId ?? null,
        },
      });
      const browser = createBrowser(url);
      await browser.call(ROUTES.signIn, { body: { email, password: PASSWORD } });
      return browser;
    },
    restart: async changed => {
      await server.close();
      server = await startServer({ ...settings, ...changed });
      // The connections kept from before are dead; a few requests make the client notice.
      for (let fresh = 0; fresh < 5; ) {
        const alive = await fetch(`${url}/livez`).then(
          answer => answer.ok,
          () => false,
        );
        fresh = alive ? fresh + 1 : 0;
      }
    },
    dispose: async () => {
      await server.close();
      await assertAudited(url, database.url);
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
