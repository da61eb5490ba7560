import { tmpdir } from 'node:os';
import { SYSTEM } from '../../api/auth/principal.ts';
import { createLog } from '../../api/observe/log.ts';
import type { Context } from '../../api/service/context.ts';
import type { Store } from '../../data/db/connect.ts';
import { enqueueJob } from '../../data/store/jobs.ts';

/** A context of the program itself on a store, as a use-case gets it; jobs wait for ever. */
export function contextOf(store: Store, now: () => number, address: string): Context {
  const jobs = {
    enqueue: enqueueJob,
    wake: () => undefined,
    start: async () => undefined,
    stop: async () => undefined,
  };
  return {
    environment: { store, jobs, log: createLog('silent'), now, version: 'test', dataDir: tmpdir() },
    principal: SYSTEM,
    origin: { id: 'test', address, userAgent: 'test' },
  };
}
