import type { Selectable } from 'kysely';
import { anyJson, type JsonValue } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';
import { following } from '../db/page.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import type { ScheduleTable } from '../db/table/schedule.ts';
import { deleteInScope } from '../db/update.ts';

/** Where a schedule stands. `published` = its latest edit is what people were told. */
export type ScheduleStatus = 'draft' | 'published' | 'archived';

/** A schedule of one site: some days from `weekStart`, one row of activities per agent. */
export interface Schedule {
  readonly id: string;
  readonly siteId: string;
  readonly name: string;
  /** First local date. */
  readonly weekStart: string;
  readonly days: number;
  readonly timeZone: string;
  readonly stepSeconds: number;
  readonly status: ScheduleStatus;
  /** What it was made from: staffing plans, forecasts, rule set, seed, software version. */
  readonly inputs: JsonValue;
  readonly scenarioId: string | null;
  /** Grows with every saved edit. */
  readonly revision: number;
  readonly createdBy: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What a new schedule needs. */
export interface NewSchedule
  extends Pick<Schedule, 'siteId' | 'name' | 'weekStart' | 'timeZone' | 'stepSeconds' | 'createdAt'>,
    Partial<Pick<Schedule, 'days' | 'inputs' | 'scenarioId' | 'createdBy'>> {}

/** Adds an empty draft. */
export async function createSchedule(db: Db, input: NewSchedule): Promise<Schedule> {
  const schedule: Schedule = {
    days: 7,
    inputs: {},
    scenarioId: null,
    createdBy: null,
    ...input,
    id: newId(),
    status: 'draft',
    revision: 1,
    updatedAt: input.createdAt,
  };
  await db
    .insertInto('schedule')
    .values({ ...schedule, inputs: anyJson.encode(schedule.inputs) })
    .execute();
  return schedule;
}

/** One schedule, or undefined when there is none in scope. */
export async function findSchedule(db: Db, scope: SiteScope, id: string): Promise<Schedule | undefined> {
  const row = await db
    .selectFrom('schedule')
    .selectAll()
    .where('id', '=', id)
    .where(inScope(scope))
    .executeTakeFirst();
  return row && toSchedule(row);
}

/** Schedules in scope, latest week first. */
export async function listSchedules(
  db: Db,
  scope: SiteScope,
  filter: {
    readonly siteId?: string;
    readonly weekStart?: string;
    readonly limit?: number;
    readonly after?: string | undefined;
  } = {},
): Promise<readonly Schedule[]> {
  let query = db.selectFrom('schedule').selectAll().where(inScope(scope));
  if (filter.siteId !== undefined) query = query.where('siteId', '=', filter.siteId);
  if (filter.weekStart !== undefined) query = query.where('weekStart', '=', filter.weekStart);
  const rows = await query
    .where(following('schedule', ['weekStart', 'createdAt', 'id'], filter.after))
    .orderBy('weekStart', 'desc')
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit ?? 200)
    .execute();
  return rows.map(toSchedule);
}

/** Renames, archives or re-bases a schedule; false when there is none in scope. */
export async function updateSchedule(
  db: Db,
  scope: SiteScope,
  id: string,
  change: {
    readonly name?: string;
    readonly status?: ScheduleStatus;
    readonly inputs?: JsonValue;
    readonly updatedAt: number;
  },
): Promise<boolean> {
  const { inputs, ...plain } = change;
  const result = await db
    .updateTable('schedule')
    .set({ ...plain, ...(inputs !== undefined && { inputs: anyJson.encode(inputs) }) })
    .where('id', '=', id)
    .where(inScope(scope))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Removes a schedule with its weeks, operations and publications. */
export async function deleteSchedule(db: Db, scope: SiteScope, id: string): Promise<boolean> {
  return deleteInScope(db, 'schedule', scope, id);
}

const STATUSES: readonly ScheduleStatus[] = ['draft', 'published', 'archived'];

function toSchedule(row: Selectable<ScheduleTable>): Schedule {
  return {
    ...row,
    status: STATUSES.find(status => status === row.status) ?? 'draft',
    inputs: anyJson.decode(row.inputs),
  };
}
