import { sql } from 'kysely';
import { anyJson, encodeOptional, type JsonValue } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { type Job, toJob } from './jobs.ts';

const PAUSE_SECONDS = 10;

/** Proof of holding a job: `claimJob` gives it, later writes need it. */
export interface JobHold {
  readonly id: string;
  readonly fence: number;
}

/**
 * Takes the next job that is due, or one whose holder stopped renewing its lease. Undefined when there is none.
 * On PostgreSQL rows locked by another claim are passed over; SQLite has one writer at a time.
 */
export async function claimJob(
  db: Db,
  claim: {
    readonly owner: string;
    readonly now: number;
    readonly leaseSeconds: number;
    readonly kinds?: readonly string[];
    /** Only this job. */
    readonly id?: string;
    readonly engine: 'sqlite' | 'postgres';
  },
): Promise<Job | undefined> {
  let due = db
    .selectFrom('job')
    .select('id')
    .where(eb =>
      eb.or([
        eb.and([eb('status', '=', 'queued'), eb('runAfter', '<=', claim.now)]),
        eb.and([eb('status', '=', 'running'), eb('leaseUntil', '<=', claim.now)]),
      ]),
    )
    .orderBy('priority', 'desc')
    .orderBy('runAfter')
    .orderBy('id')
    .limit(1);
  if (claim.kinds) due = due.where('kind', 'in', claim.kinds);
  if (claim.id !== undefined) due = due.where('id', '=', claim.id);
  if (claim.engine === 'postgres') due = due.forUpdate().skipLocked();
  const row = await db
    .updateTable('job')
    .set(eb => ({
      status: 'running',
      leaseOwner: claim.owner,
      leaseUntil: claim.now + claim.leaseSeconds,
      fence: eb('fence', '+', 1),
      attempts: eb('attempts', '+', 1),
      startedAt: sql<number>`coalesce(started_at, ${claim.now})`,
    }))
    .where('id', 'in', due)
    .returningAll()
    .executeTakeFirst();
  return row && toJob(row);
}

/** Extends the lease and notes progress. `lost` = another worker holds the job now: stop. */
export async function renewJob(
  db: Db,
  hold: JobHold,
  state: { readonly leaseUntil: number; readonly progress?: number; readonly message?: string | null },
): Promise<'held' | 'cancelRequested' | 'lost'> {
  const row = await db
    .updateTable('job')
    .set(state)
    .where('id', '=', hold.id)
    .where('fence', '=', hold.fence)
    .where('status', '=', 'running')
    .returning('cancelRequested')
    .executeTakeFirst();
  if (!row) return 'lost';
  return row.cancelRequested === 1 ? 'cancelRequested' : 'held';
}

/** Ends a held job and writes its result. False when the hold is out of date: then nothing was written. */
export async function finishJob(
  db: Db,
  hold: JobHold,
  end: {
    readonly status: 'succeeded' | 'failed' | 'cancelled';
    readonly at: number;
    readonly result?: JsonValue;
    readonly error?: JsonValue;
  },
): Promise<boolean> {
  const ended = await db
    .updateTable('job')
    .set({
      status: end.status,
      finishedAt: end.at,
      leaseUntil: null,
      result: encodeOptional(anyJson, end.result),
      error: encodeOptional(anyJson, end.error),
      ...(end.status === 'succeeded' && { progress: 1 }),
    })
    .where('id', '=', hold.id)
    .where('fence', '=', hold.fence)
    .where('status', '=', 'running')
    .executeTakeFirst();
  return ended.numUpdatedRows > 0n;
}

/** Puts a held job back to be tried again at `runAfter`; `unused` when nothing about the job was the reason. */
export async function releaseJob(
  db: Db,
  hold: JobHold,
  runAfter: number,
  attempt: 'used' | 'unused' = 'used',
): Promise<boolean> {
  const released = await db
    .updateTable('job')
    .set(eb => ({
      status: 'queued',
      runAfter,
      leaseOwner: null,
      leaseUntil: null,
      ...(attempt === 'unused' && { attempts: eb('attempts', '-', 1) }),
    }))
    .where('id', '=', hold.id)
    .where('fence', '=', hold.fence)
    .where('status', '=', 'running')
    .executeTakeFirst();
  return released.numUpdatedRows > 0n;
}

/**
 * Ends the lease of every job that runs, where it is known that none of their holders is left. One that was tried more
 * than once waits a little longer each time: it may be the very thing that ends its holders.
 */
export async function endLeases(db: Db, now: number): Promise<void> {
  await db
    .updateTable('job')
    .set({ leaseUntil: sql<number>`${now} + ${PAUSE_SECONDS} * (attempts - 1)` })
    .where('status', '=', 'running')
    .where('leaseUntil', '>', now)
    .execute();
}
