import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Db, Store } from '../../data/db/connect.ts';
import type { Job, NewJob } from '../../data/store/jobs.ts';

/**
 * Where long work waits and runs. The job row is the truth on both databases: status, progress, cancel flag and
 * result live there; a queue only decides who runs it next. Every queue may run a job twice (at-least-once);
 * the fence in the row lets only the current holder write the result.
 */
export interface JobQueue {
  /** Adds a job in the caller's transaction; it starts once that is committed. */
  enqueue(db: Db, job: NewJob): Promise<Job>;
  /** Tells the queue that a transaction with new jobs was committed, or that a job was asked to stop. */
  wake(): void;
  /** Begins to run jobs, unless this process only serves. */
  start(): Promise<void>;
  /** Stops taking jobs, puts running ones back for somebody else, and waits until nothing runs. */
  stop(): Promise<void>;
}

/** A holder that does not renew for this long is taken for dead. */
export const LEASE_SECONDS = 30;

const OWNER = `${hostname()}:${process.pid}:${randomUUID()}`;

/** What a claim of this process says. */
export function claimOf({ store, now }: { readonly store: Store; readonly now: () => number }) {
  return { owner: OWNER, now: now(), leaseSeconds: LEASE_SECONDS, engine: store.engine };
}
