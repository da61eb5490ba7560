import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Caller, createCaller } from '../../api/contract/client.ts';
import type { Grant } from '../../api/contract/permission.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { type RunningServer, type ServerOptions, startServer } from '../../api/server.ts';
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
    port: 0,
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
      server = await startServer({ ...settings, port: Number(new URL(url).port), ...changed });
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
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
