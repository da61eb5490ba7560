import type { Logger } from 'pino';
import type { JsonValue } from '../../data/db/codec.ts';
import type { Db, Store } from '../../data/db/connect.ts';
import { covers, type SiteScope } from '../../data/db/scope.ts';
import { type AuditEntry, appendAudit } from '../../data/store/audit.ts';
import { mayEver, type Principal, sitesOf } from '../auth/principal.ts';
import type { Permission } from '../contract/permission.ts';
import type { JobQueue } from '../job/queue.ts';
import { Refusal } from './refusal.ts';

/** What a running installation is made of. */
export interface Environment {
  readonly store: Store;
  readonly jobs: JobQueue;
  readonly log: Logger;
  /** UTC epoch seconds. */
  readonly now: () => number;
  readonly version: string;
  /** Where uploads wait and backups are put. */
  readonly dataDir: string;
}

/** Where a request came from. */
export interface RequestOrigin {
  readonly id: string;
  readonly address: string;
  readonly userAgent: string;
}

/** What every use-case gets first: the installation, who asks, and for which request. */
export interface Context {
  readonly environment: Environment;
  readonly principal: Principal;
  readonly origin: RequestOrigin;
}

/** The sites over which the caller has a permission. @throws Refusal when there is none at all. */
export function reach(context: Context, permission: Permission): SiteScope {
  if (!mayEver(context.principal, permission)) throw new Refusal('forbidden');
  return sitesOf(context.principal, permission);
}

/** Refuses a site outside the caller's reach as if it did not exist. */
export function assertReaches(context: Context, permission: Permission, siteId: string): void {
  if (!covers(reach(context, permission), siteId)) throw new Refusal('notFound');
}

/** What a mutation did, for its answer and for the audit trail. */
export interface Change<Value> {
  readonly value: Value;
  readonly subjectKind: string;
  readonly subjectId?: string | null;
  readonly siteId?: string | null;
  readonly detail?: JsonValue;
}

/** Runs a change and its audit entry in one transaction: either both happened or neither. */
export async function mutate<Value>(
  context: Context,
  action: string,
  work: (db: Db) => Promise<Change<Value>>,
): Promise<Value> {
  const { store } = context.environment;
  const value = await store.db.transaction().execute(async db => {
    const { value, ...subject } = await work(db);
    await appendAudit(db, store.engine, { ...auditHead(context, action), outcome: 'done', ...subject });
    return value;
  });
  context.environment.jobs.wake();
  return value;
}

/** Records something that changed nothing: a denial, a failed sign-in, an export. */
export async function recordEvent(
  context: Context,
  action: string,
  outcome: AuditEntry['outcome'],
  subject: Partial<Pick<AuditEntry, 'subjectKind' | 'subjectId' | 'siteId' | 'detail'>> = {},
): Promise<void> {
  await recordEventIn(context.environment.store.db, context, action, outcome, subject);
}

/** As `recordEvent`, in the transaction of what it goes with. */
export async function recordEventIn(
  db: Db,
  context: Context,
  action: string,
  outcome: AuditEntry['outcome'],
  subject: Partial<Pick<AuditEntry, 'subjectKind' | 'subjectId' | 'siteId' | 'detail'>> = {},
): Promise<void> {
  const { engine } = context.environment.store;
  await appendAudit(db, engine, { ...auditHead(context, action), outcome, ...subject });
}

function auditHead(context: Context, action: string) {
  const { principal, origin, environment } = context;
  return {
    at: environment.now(),
    actorKind: principal.kind,
    actorId: principal.userId,
    action,
    requestId: origin.id,
    address: origin.address,
  };
}
