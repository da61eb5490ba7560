import type { Selectable } from 'kysely';
import { anyJson, type JsonValue } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import type { ScheduleAgentWeekTable, ScheduleOperationTable } from '../db/table/schedule.ts';
import { integerListColumn, textListColumn } from './calendarColumns.ts';

/** One agent's activities in a schedule. */
export interface AgentWeek {
  readonly scheduleId: string;
  readonly agentId: string;
  readonly siteId: string;
  /** Columns of activities, in the shape that scheduling gives them. */
  readonly content: JsonValue;
  /** One revision per day of the schedule: the schedule's revision at the day's last change. */
  readonly dayRevisions: readonly number[];
  readonly paidMinutes: number;
  readonly revision: number;
  readonly updatedAt: number;
}

/** The agent rows of a schedule. */
export async function listAgentWeeks(
  db: Db,
  scope: SiteScope,
  scheduleId: string,
  agentIds?: readonly string[],
): Promise<readonly AgentWeek[]> {
  if (agentIds?.length === 0) return [];
  let query = db
    .selectFrom('scheduleAgentWeek')
    .selectAll()
    .where('scheduleId', '=', scheduleId)
    .where(inScope(scope));
  if (agentIds) query = query.where('agentId', 'in', agentIds);
  return (await query.orderBy('agentId').execute()).map(toWeek);
}

/** A changed agent row, with the days that the edit touched and the revisions on which the editor based it. */
export interface AgentWeekEdit {
  readonly agentId: string;
  readonly content: JsonValue;
  readonly paidMinutes: number;
  /** Indexes of the days changed, 0 = first day. */
  readonly days: readonly number[];
  /** The `dayRevisions` that the editor had seen; a row never seen counts as all 0. */
  readonly basedOn: readonly number[];
}

/** What belongs to one saved edit. `operation` and `inverse` are what undo, audit and conflict detection share. */
export interface ScheduleEdit {
  readonly scheduleId: string;
  readonly siteId: string;
  readonly days: number;
  readonly label: string;
  readonly operation: JsonValue;
  readonly inverse: JsonValue;
  /** The sequence of the operation that this one undoes. */
  readonly undoes?: number;
  readonly rows: readonly AgentWeekEdit[];
  readonly userId: string | null;
  readonly at: number;
}

/** A saved edit, or the agent-days that somebody else changed since: then nothing was written. */
export type ScheduleEditOutcome =
  | { readonly kind: 'saved'; readonly revision: number; readonly sequence: number }
  | {
      readonly kind: 'conflict';
      readonly conflicts: readonly { readonly agentId: string; readonly days: readonly number[] }[];
      readonly current: readonly AgentWeek[];
    }
  | { readonly kind: 'missing' };

/**
 * Saves an edit of a draft: agent rows, their day revisions, the operation, and the schedule's own revision.
 * Two editors conflict only when they changed the same agent on the same day. Must run in a transaction.
 *
 * @throws RangeError outside a transaction.
 */
export async function saveScheduleEdit(db: Db, edit: ScheduleEdit): Promise<ScheduleEditOutcome> {
  if (!db.isTransaction) throw new RangeError('saveScheduleEdit requires a transaction');
  const raised = await db
    .updateTable('schedule')
    .set(eb => ({ revision: eb('revision', '+', 1), updatedAt: edit.at, status: 'draft' }))
    .where('id', '=', edit.scheduleId)
    .where('siteId', '=', edit.siteId)
    .returning('revision')
    .executeTakeFirst();
  if (!raised) return { kind: 'missing' };
  const agentIds = edit.rows.map(row => row.agentId);
  const current = await listAgentWeeks(db, [edit.siteId], edit.scheduleId, agentIds);
  const byAgent = new Map(current.map(week => [week.agentId, week]));
  const conflicts = edit.rows.flatMap(row => conflictOf(row, byAgent.get(row.agentId)));
  if (conflicts.length > 0) {
    // Nothing has been written but the revision; give it back.
    await db
      .updateTable('schedule')
      .set(eb => ({ revision: eb('revision', '-', 1) }))
      .where('id', '=', edit.scheduleId)
      .execute();
    return { kind: 'conflict', conflicts, current };
  }
  for (const row of edit.rows) await putWeek(db, edit, row, byAgent.get(row.agentId), raised.revision);
  return { kind: 'saved', revision: raised.revision, sequence: await logOperation(db, edit, agentIds) };
}

function conflictOf(row: AgentWeekEdit, current: AgentWeek | undefined) {
  if (!current) return [];
  const days = row.days.filter(day => (current.dayRevisions[day] ?? 0) > (row.basedOn[day] ?? 0));
  return days.length === 0 ? [] : [{ agentId: row.agentId, days }];
}

async function putWeek(
  db: Db,
  edit: ScheduleEdit,
  row: AgentWeekEdit,
  current: AgentWeek | undefined,
  scheduleRevision: number,
): Promise<void> {
  const dayRevisions = Array.from({ length: edit.days }, (_, day) =>
    row.days.includes(day) ? scheduleRevision : (current?.dayRevisions[day] ?? 0),
  );
  const columns = {
    content: anyJson.encode(row.content),
    dayRevisions: integerListColumn.encode(dayRevisions),
    paidMinutes: row.paidMinutes,
    revision: (current?.revision ?? 0) + 1,
    updatedAt: edit.at,
  };
  await db
    .insertInto('scheduleAgentWeek')
    .values({ scheduleId: edit.scheduleId, agentId: row.agentId, siteId: edit.siteId, ...columns })
    .onConflict(conflict => conflict.columns(['scheduleId', 'agentId']).doUpdateSet(columns))
    .execute();
}

async function logOperation(db: Db, edit: ScheduleEdit, agentIds: readonly string[]): Promise<number> {
  const sequence = (await lastSequence(db, edit.scheduleId)) + 1;
  await db
    .insertInto('scheduleOperation')
    .values({
      scheduleId: edit.scheduleId,
      sequence,
      siteId: edit.siteId,
      label: edit.label,
      operation: anyJson.encode(edit.operation),
      inverse: anyJson.encode(edit.inverse),
      undoes: edit.undoes ?? null,
      agentIds: textListColumn.encode(agentIds),
      createdBy: edit.userId,
      createdAt: edit.at,
    })
    .execute();
  return sequence;
}

/** The newest operation of a schedule; 0 before the first. */
export async function lastSequence(db: Db, scheduleId: string): Promise<number> {
  const { last } = await db
    .selectFrom('scheduleOperation')
    .select(eb => eb.fn.max('sequence').as('last'))
    .where('scheduleId', '=', scheduleId)
    .executeTakeFirstOrThrow();
  return last ?? 0;
}

/** An operation of the log. */
export interface ScheduleOperation {
  readonly scheduleId: string;
  readonly sequence: number;
  readonly siteId: string;
  readonly label: string;
  readonly operation: JsonValue;
  readonly inverse: JsonValue;
  readonly undoes: number | null;
  readonly agentIds: readonly string[];
  readonly createdBy: string | null;
  readonly createdAt: number;
}

/** Operations of a schedule after `afterSequence`, in order. */
export async function listOperations(
  db: Db,
  scope: SiteScope,
  scheduleId: string,
  afterSequence = 0,
  limit = 500,
): Promise<readonly ScheduleOperation[]> {
  const rows = await operationsOf(db, scope, scheduleId)
    .where('sequence', '>', afterSequence)
    .orderBy('sequence')
    .limit(limit)
    .execute();
  return rows.map(toOperation);
}

/** Operations of a schedule, newest first, page by page. */
export async function listNewestOperations(
  db: Db,
  scope: SiteScope,
  scheduleId: string,
  page: { readonly limit: number; readonly offset: number },
): Promise<readonly ScheduleOperation[]> {
  const rows = await operationsOf(db, scope, scheduleId)
    .orderBy('sequence', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return rows.map(toOperation);
}

function operationsOf(db: Db, scope: SiteScope, scheduleId: string) {
  return db
    .selectFrom('scheduleOperation')
    .selectAll()
    .where('scheduleId', '=', scheduleId)
    .where(inScope(scope));
}

function toWeek(row: Selectable<ScheduleAgentWeekTable>): AgentWeek {
  return {
    ...row,
    content: anyJson.decode(row.content),
    dayRevisions: integerListColumn.decode(row.dayRevisions),
  };
}

function toOperation(row: Selectable<ScheduleOperationTable>): ScheduleOperation {
  return {
    ...row,
    operation: anyJson.decode(row.operation),
    inverse: anyJson.decode(row.inverse),
    agentIds: textListColumn.decode(row.agentIds),
  };
}
