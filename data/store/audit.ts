import { createHash } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import { anyJson, type JsonValue } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import type { AuditEventTable } from '../db/table/identity.ts';

/** The hash before the first event. */
const GENESIS = '0'.repeat(64);
/** Serialises appenders on PostgreSQL; SQLite has one writer anyway. */
export const AUDIT_LOCK = 7_041_923;

/** Something that happened, before it has a place in the chain. `detail` holds what was before and after, and no secrets. */
export interface AuditEntry {
  readonly at: number;
  readonly actorKind: 'user' | 'token' | 'system' | 'anonymous';
  readonly actorId?: string | null;
  /** What was done, in dotted words: `schedule.publish`. */
  readonly action: string;
  readonly outcome: 'done' | 'denied' | 'failed';
  readonly subjectKind?: string | null;
  readonly subjectId?: string | null;
  readonly siteId?: string | null;
  readonly requestId?: string | null;
  readonly address?: string | null;
  readonly detail?: JsonValue;
}

/** An entry in the chain: each hash covers the entry and the hash before it. */
export interface AuditEvent extends Required<AuditEntry> {
  readonly sequence: number;
  readonly previousHash: string;
  readonly hash: string;
}

/** Appends an entry. Call it inside the transaction whose change it records. */
export async function appendAudit(
  db: Db,
  engine: 'sqlite' | 'postgres',
  entry: AuditEntry,
): Promise<AuditEvent> {
  if (!db.isTransaction) return db.transaction().execute(trx => appendAudit(trx, engine, entry));
  if (engine === 'postgres') await sql`select pg_advisory_xact_lock(${AUDIT_LOCK})`.execute(db);
  const hashed = chained(entry, await headOf(db, engine));
  await db.insertInto('auditEvent').values(hashed).execute();
  return toEvent(hashed);
}

/** The row that puts an entry behind the last one. */
export function chained(
  entry: AuditEntry,
  last: { readonly sequence: number; readonly hash: string } | undefined,
): Selectable<AuditEventTable> {
  const row = {
    sequence: (last?.sequence ?? 0) + 1,
    at: entry.at,
    actorKind: entry.actorKind,
    actorId: entry.actorId ?? null,
    action: entry.action,
    outcome: entry.outcome,
    subjectKind: entry.subjectKind ?? null,
    subjectId: entry.subjectId ?? null,
    siteId: entry.siteId ?? null,
    requestId: entry.requestId ?? null,
    address: entry.address ?? null,
    detail: anyJson.encode(entry.detail ?? null),
    previousHash: last?.hash ?? GENESIS,
  };
  return { ...row, hash: hashOf(row) };
}

/** The last entry, also when it belongs to a site that the caller may not see. */
async function headOf(
  db: Db,
  engine: 'sqlite' | 'postgres',
): Promise<{ readonly sequence: number; readonly hash: string } | undefined> {
  if (engine === 'postgres') {
    const { rows } = await sql<{ sequence: number; hash: string }>`select * from audit_head()`.execute(db);
    return rows[0];
  }
  return db
    .selectFrom('auditEvent')
    .select(['sequence', 'hash'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
}

function hashOf(row: Omit<Selectable<AuditEventTable>, 'hash'>): string {
  const fields = [
    row.previousHash,
    row.sequence,
    row.at,
    row.actorKind,
    row.actorId,
    row.action,
    row.outcome,
    row.subjectKind,
    row.subjectId,
    row.siteId,
    row.requestId,
    row.address,
    row.detail,
  ];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

/** Whether the chain is whole. `brokenAt` is the first event that was changed, removed before, or put in. */
export type AuditVerdict =
  | { readonly kind: 'whole'; readonly events: number; readonly headHash: string }
  | { readonly kind: 'broken'; readonly brokenAt: number; readonly events: number };

/** Recomputes every hash, in pages. */
export async function verifyAudit(db: Db, pageSize = 5000): Promise<AuditVerdict> {
  let previousHash = GENESIS;
  let sequence = 0;
  for (;;) {
    const rows = await db
      .selectFrom('auditEvent')
      .selectAll()
      .where('sequence', '>', sequence)
      .orderBy('sequence')
      .limit(pageSize)
      .execute();
    for (const { hash, ...row } of rows) {
      const linked = row.sequence === sequence + 1 && row.previousHash === previousHash;
      if (!linked || hashOf(row) !== hash)
        return { kind: 'broken', brokenAt: row.sequence, events: sequence };
      previousHash = hash;
      sequence = row.sequence;
    }
    if (rows.length < pageSize) return { kind: 'whole', events: sequence, headHash: previousHash };
  }
}

/** Whether an event has this hash. */
export async function findAuditHash(db: Db, hash: string): Promise<boolean> {
  const row = await db
    .selectFrom('auditEvent')
    .select('sequence')
    .where('hash', '=', hash)
    .executeTakeFirst();
  return row !== undefined;
}

/** What to look for in the trail. */
export interface AuditFilter {
  readonly from?: number;
  readonly to?: number;
  readonly actorId?: string;
  /** An action, or its beginning: `schedule.` finds everything done to schedules. */
  readonly actionPrefix?: string;
  readonly subjectId?: string;
  readonly outcome?: AuditEntry['outcome'];
  /** Only events before this one, to page back. */
  readonly beforeSequence?: number;
  readonly limit: number;
}

/** Events in scope, latest first. */
export async function searchAudit(
  db: Db,
  scope: SiteScope,
  filter: AuditFilter,
): Promise<readonly AuditEvent[]> {
  let query = db.selectFrom('auditEvent').selectAll().where(inScope(scope));
  if (filter.from !== undefined) query = query.where('at', '>=', filter.from);
  if (filter.to !== undefined) query = query.where('at', '<', filter.to);
  if (filter.actorId !== undefined) query = query.where('actorId', '=', filter.actorId);
  if (filter.subjectId !== undefined) query = query.where('subjectId', '=', filter.subjectId);
  if (filter.outcome !== undefined) query = query.where('outcome', '=', filter.outcome);
  if (filter.beforeSequence !== undefined) query = query.where('sequence', '<', filter.beforeSequence);
  if (filter.actionPrefix !== undefined) {
    query = query
      .where('action', '>=', filter.actionPrefix)
      .where('action', '<', `${filter.actionPrefix}\uffff`);
  }
  const rows = await query.orderBy('sequence', 'desc').limit(filter.limit).execute();
  return rows.map(toEvent);
}

const ACTORS: readonly AuditEntry['actorKind'][] = ['user', 'token', 'system', 'anonymous'];
const OUTCOMES: readonly AuditEntry['outcome'][] = ['done', 'denied', 'failed'];

function toEvent(row: Selectable<AuditEventTable>): AuditEvent {
  return {
    ...row,
    actorKind: ACTORS.find(kind => kind === row.actorKind) ?? 'system',
    outcome: OUTCOMES.find(outcome => outcome === row.outcome) ?? 'failed',
    detail: anyJson.decode(row.detail),
  };
}
