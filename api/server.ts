import { mkdirSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore, type Store } from '../data/db/connect.ts';
import { migrateStore } from '../data/db/migrate.ts';
import { lockForService } from '../data/db/serverLock.ts';
import { endLeases } from '../data/store/jobLeases.ts';
import { type IdentityProvider, OpenIdConnect } from './auth/openIdConnect.ts';
import { createApp } from './http/app.ts';
import { DEFAULT_RATE_LIMITS, type RateLimits } from './http/rateLimit.ts';
import { EmbeddedQueue } from './job/embeddedQueue.ts';
import { PgBossQueue } from './job/pgBossQueue.ts';
import type { JobQueue } from './job/queue.ts';
import type { Workshop } from './job/runJob.ts';
import { TASKS } from './job/task/registry.ts';
import { ThreadPool } from './job/threads.ts';
import { createLog } from './observe/log.ts';
import { createMetrics } from './observe/metrics.ts';
import type { Environment } from './service/context.ts';
import { startMaintenance } from './service/maintenance.ts';
import { programVersion, projectRoot } from './service/projectRoot.ts';
import { isSetUpNeeded } from './service/setUp.ts';
import { issueSetUpToken, replaceSetUpToken } from './service/setUpToken.ts';
import { singleSignOn } from './service/singleSignOn.ts';
import { type WatchedFolder, watchFolder } from './service/watchFolder.ts';

/** How to run the service. Everything has a default that suits one person on one machine. */
export interface ServerOptions {
  /** `sqlite:path`, a path, or `postgres://…`; a file in `dataDir` unless told. */
  readonly databaseUrl?: string;
  readonly host?: string;
  /** 0 picks a free one. */
  readonly port?: number;
  readonly dataDir?: string;
  /** How browsers reach the service when a proxy stands before it, such as `https://wfm.example.org`. */
  readonly publicUrl?: string;
  readonly webDir?: string;
  readonly logLevel?: string;
  /** `web` answers requests, `worker` runs jobs; both unless told. */
  readonly services?: readonly ('web' | 'worker')[];
  readonly trustProxy?: readonly string[];
  readonly rateLimits?: Partial<RateLimits>;
  readonly threads?: number;
  /** A set-up token of the operator's choice instead of a random one. */
  readonly setUpToken?: string;
  /** Where people of the organisation sign in, beside local accounts. */
  readonly identityProvider?: IdentityProvider;
  /** A folder whose files are imported, by a process that runs jobs. */
  readonly watch?: WatchedFolder;
  /** Parse every answer against its schema before it is sent. */
  readonly checkAnswers?: boolean;
  /**
   * How long, once told to end, it goes on answering while `/readyz` says 503, so that a load balancer turns away
   * first. 0 unless told.
   */
  readonly leaveSeconds?: number;
  /** UTC epoch seconds; the machine's clock unless told. */
  readonly now?: () => number;
}

/** A service that runs. */
export interface RunningServer {
  readonly url: string;
  /**
   * Needed once to create the first administrator when other machines can reach the service; `elsewhere` when
   * another process on the same database printed it, `chosen` when it is the operator's.
   */
  readonly setUpToken: string | { readonly kind: 'elsewhere' | 'chosen' } | undefined;
  /** Migrations that this start applied. */
  readonly migrated: readonly string[];
  /** Ends gracefully: no new requests, running ones finish, running jobs go back in the queue. */
  readonly close: () => Promise<void>;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);
const DRAIN_MILLISECONDS = 5000;

/** Opens the store, brings it up to date, and serves until `close`. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const dataDir = resolve(options.dataDir ?? join(projectRoot(), 'var'));
  mkdirSync(dataDir, { recursive: true });
  const store = openStore(options.databaseUrl ?? `sqlite:${join(dataDir, 'coverline.db')}`);
  let unlock = () => {};
  try {
    if (store.engine === 'sqlite' && store.path !== ':memory:') unlock = lockForService(store.path);
    const { applied } = await migrateStore(store, { dumpFolder: join(dataDir, 'backups') });
    const running = await serve(options, dataDir, store, applied);
    return { ...running, close: () => running.close().finally(unlock) };
  } catch (error) {
    await store.close();
    unlock();
    throw error;
  }
}

async function serve(
  options: ServerOptions,
  dataDir: string,
  store: Store,
  migrated: readonly string[],
): Promise<RunningServer> {
  const services = options.services ?? ['web', 'worker'];
  const host = options.host ?? '127.0.0.1';
  const metrics = createMetrics();
  const threads = new ThreadPool(options.threads);
  const workshop = (): Workshop => ({ environment, threads, tasks: TASKS, metrics });
  const jobs: JobQueue =
    store.engine === 'postgres' ? await PgBossQueue.open(workshop, store) : new EmbeddedQueue(workshop);
  const environment: Environment = {
    store,
    jobs,
    log: createLog(options.logLevel ?? 'info'),
    now: options.now ?? (() => Math.floor(Date.now() / 1000)),
    version: programVersion(),
    dataDir,
  };
  const loopbackOnly = LOOPBACK.has(host);
  const setUpToken = loopbackOnly ? undefined : await offerSetUp(environment, options.setUpToken);
  let leaving = false;
  const app = createApp({
    environment,
    metrics,
    site: { publicUrl: options.publicUrl, loopbackOnly },
    webDir: options.webDir ?? join(projectRoot(), 'build', 'web'),
    trustProxy: options.trustProxy ?? [],
    rateLimits: { ...DEFAULT_RATE_LIMITS, ...options.rateLimits },
    setUpTokenRequired: !loopbackOnly,
    singleSignOn: options.identityProvider && singleSignOn(new OpenIdConnect(options.identityProvider)),
    checkAnswers: options.checkAnswers ?? false,
    isLeaving: () => leaving,
  });
  const server = services.includes('web')
    ? await listen(createHttpServer(app), host, options.port ?? 4400)
    : undefined;
  if (services.includes('worker')) await startJobs(environment);
  const stopMaintenance = services.includes('worker') ? startMaintenance(environment) : async () => {};
  const stopWatching =
    options.watch && services.includes('worker') ? watchFolder(environment, options.watch) : async () => {};
  return {
    url: server ? urlOf(server, host) : '',
    setUpToken,
    migrated,
    close: async () => {
      leaving = true;
      const drained = server ? drain(server, options.leaveSeconds ?? 0) : Promise.resolve();
      await stopWatching();
      await stopMaintenance();
      await jobs.stop();
      await drained;
      await threads.close();
      await store.close();
    },
  };
}

async function startJobs({ store, jobs, now }: Environment): Promise<void> {
  // The lock on a SQLite file proves that whoever held its jobs is gone.
  if (store.engine === 'sqlite') await endLeases(store.db, now());
  await jobs.start();
}

async function offerSetUp(
  { store, now }: Environment,
  chosen: string | undefined,
): Promise<RunningServer['setUpToken']> {
  if (!(await isSetUpNeeded(store.db))) return undefined;
  if (chosen !== undefined) {
    await replaceSetUpToken(store.db, now(), chosen);
    return { kind: 'chosen' };
  }
  return (await issueSetUpToken(store.db, now())) ?? { kind: 'elsewhere' };
}

function listen(server: Server, host: string, port: number): Promise<Server> {
  server.keepAliveTimeout = 75_000;
  server.headersTimeout = 60_000;
  server.requestTimeout = 3_600_000;
  server.maxRequestsPerSocket = 1000;
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => {
      server.removeListener('error', failed);
      done(server);
    });
  });
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Answers for a while, then lets running requests finish; event streams and idle connections are closed. */
async function drain(server: Server, leaveSeconds: number): Promise<void> {
  if (leaveSeconds > 0) await sleep(leaveSeconds * 1000);
  await new Promise<void>(done => {
    const late = setTimeout(() => server.closeAllConnections(), DRAIN_MILLISECONDS);
    server.close(() => {
      clearTimeout(late);
      done();
    });
    server.closeIdleConnections();
  });
}
