import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '../../data/db/connect.ts';
import { migrateStore } from '../../data/db/migrate.ts';
import { enqueueJob } from '../../data/store/jobs.ts';
import { SYSTEM } from '../auth/principal.ts';
import type { JobQueue } from '../job/queue.ts';
import { createLog } from '../observe/log.ts';
import type { Context } from '../service/context.ts';
import { programVersion } from '../service/projectRoot.ts';
import type { CommandInput } from './args.ts';
import { storeSettings } from './settings.ts';

/** Opens the stored centre, brings it up to date, and closes it when `work` is done. */
export async function withStore<Value>(
  input: CommandInput,
  work: (store: Store) => Promise<Value>,
): Promise<Value> {
  const { dataDir, databaseUrl } = storeSettings(input);
  mkdirSync(dataDir, { recursive: true });
  const store = openStore(databaseUrl);
  try {
    await migrateStore(store, { dumpFolder: join(dataDir, 'backups') });
    return await work(store);
  } finally {
    await store.close();
  }
}

/** A context in which the command line acts as the program itself; jobs it adds wait for a running service. */
export function localContext(input: CommandInput, store: Store): Context {
  const jobs: JobQueue = {
    enqueue: enqueueJob,
    wake: () => undefined,
    start: async () => undefined,
    stop: async () => undefined,
  };
  return {
    environment: {
      store,
      jobs,
      log: createLog('silent'),
      now: () => Math.floor(Date.now() / 1000),
      version: programVersion(),
      dataDir: storeSettings(input).dataDir,
    },
    principal: SYSTEM,
    origin: { id: `cli-${process.pid}`, address: hostname(), userAgent: 'coverline' },
  };
}
