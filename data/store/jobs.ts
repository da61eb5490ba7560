import type { Selectable } from 'kysely';
import { anyJson, decodeOptional, type JsonValue } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';
import { following } from '../db/page.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import type { JobTable } from '../db/table/identity.ts';

/** Where a job stands. */
export type JobStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

/** A long task. Its result is written once, by the holder of the current fence. */
export interface Job {
  readonly id: string;
  readonly siteId: string | null;
  readonly kind: string;
  readonly input: JsonValue;
  readonly status: JobStatus;
  /** Higher runs first. */
  readonly priority: number;
  /** 0 to 1. */
  readonly progress: number;
  readonly message: string | null;
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly leaseOwner: string | null;
  readonly leaseUntil: number | null;
  /** Grows with every claim; a late worker's fence is out of date and its writes change nothing. */
  readonly fence: number;
  readonly cancelRequested: boolean;
  /** While a job with this key waits or runs, a second one is not made. */
  readonly dedupeKey: string | null;
  readonly result: JsonValue | null;
  readonly error: JsonValue | null;
  readonly createdBy: string | null;
  readonly createdAt: number;
  readonly runAfter: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

/** Enough for a service that is struck again and again, few enough for a job that takes its worker down. */
const DEFAULT_MAX_ATTEMPTS = 8;

/** What a new job needs. */
export interface NewJob {
  readonly kind: string;
  readonly input: JsonValue;
  readonly createdAt: number;
  readonly siteId?: string | null;
  readonly priority?: number;
  readonly maxAttempts?: number;
  readonly dedupeKey?: string | null;
  readonly createdBy?: string | null;
  readonly runAfter?: number;
}

/** Queues a job. With a dedupe key that is already waiting or running, that job is returned instead. */
export async function enqueueJob(db: Db, input: NewJob): Promise<Job> {
  const row: Selectable<JobTable> = {
    id: newId(),
    siteId: input.siteId ?? null,
    kind: input.kind,
    input: anyJson.encode(input.input),
    status: 'queued',
    priority: input.priority ?? 0,
    progress: 0,
    message: null,
    attempts: 0,
    maxAttempts: input.maxAttempts ?? DEFAULT_MAX_ATTEMPTS,
    leaseOwner: null,
    leaseUntil: null,
    fence: 0,
    cancelRequested: 0,
    dedupeKey: input.dedupeKey ?? null,
    result: null,
    error: null,
    createdBy: input.createdBy ?? null,
    createdAt: input.createdAt,
    runAfter: input.runAfter ?? input.createdAt,
    startedAt: null,
    finishedAt: null,
  };
  for (;;) {
    const inserted = await db
      .insertInto('job')
      .values(row)
      .onConflict(conflict => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (inserted) return toJob(row);
    const twin = await db
      .selectFrom('job')
      .selectAll()
      .where('dedupeKey', '=', row.dedupeKey)
      .where('status', 'in', ['queued', 'running'])
      .executeTakeFirst();
    // The twin may have ended between the two statements; then the insert can succeed.
    if (twin) return toJob(twin);
  }
}

/** Asks for a job to stop: one that waits is cancelled at once, one that runs is told at its next renewal. */
export async function cancelJob(
  db: Db,
  scope: SiteScope,
  id: string,
  at: number,
): Promise<'cancelled' | 'requested' | 'ended' | 'missing'> {
  const waiting = await db
    .updateTable('job')
    .set({ status: 'cancelled', cancelRequested: 1, finishedAt: at })
    .where('id', '=', id)
    .where('status', '=', 'queued')
    .where(inScope(scope))
    .executeTakeFirst();
  if (waiting.numUpdatedRows > 0n) return 'cancelled';
  const running = await db
    .updateTable('job')
    .set({ cancelRequested: 1 })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .where(inScope(scope))
    .executeTakeFirst();
  if (running.numUpdatedRows > 0n) return 'requested';
  return (await findJob(db, scope, id)) ? 'ended' : 'missing';
}

/** One job, or undefined when it does not exist or is out of scope. Jobs without a site are seen by scope `all` only. */
export async function findJob(db: Db, scope: SiteScope, id: string): Promise<Job | undefined> {
  const row = await db
    .selectFrom('job')
    .selectAll()
    .where('id', '=', id)
    .where(inScope(scope))
    .executeTakeFirst();
  return row && toJob(row);
}

/** Jobs in scope, latest first. */
export async function listJobs(
  db: Db,
  scope: SiteScope,
  filter: {
    readonly statuses?: readonly JobStatus[];
    readonly kind?: string;
    readonly createdBy?: string;
    readonly limit: number;
    /** Only those below this one. */
    readonly after?: string | undefined;
  },
): Promise<readonly Job[]> {
  let query = db.selectFrom('job').selectAll().where(inScope(scope));
  if (filter.statuses) query = query.where('status', 'in', filter.statuses);
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind);
  if (filter.createdBy !== undefined) query = query.where('createdBy', '=', filter.createdBy);
  const rows = await query
    .where(following('job', ['createdAt', 'id'], filter.after))
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .execute();
  return rows.map(toJob);
}

/** Forgets jobs that ended before `before`. */
export async function purgeJobs(db: Db, before: number): Promise<number> {
  const result = await db.deleteFrom('job').where('finishedAt', '<', before).executeTakeFirst();
  return Number(result.numDeletedRows);
}

const STATUSES: readonly JobStatus[] = ['queued', 'running', 'succeeded', 'failed', 'cancelled'];

/** A row as a job. */
export function toJob(row: Selectable<JobTable>): Job {
  return {
    ...row,
    status: STATUSES.find(status => status === row.status) ?? 'failed',
    cancelRequested: row.cancelRequested === 1,
    input: anyJson.decode(row.input),
    result: decodeOptional(anyJson, row.result),
    error: decodeOptional(anyJson, row.error),
  };
}
