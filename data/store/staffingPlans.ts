import type { Selectable } from 'kysely';
import { anyJson, type JsonValue } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';
import { following } from '../db/page.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import type { StaffingPlanTable } from '../db/table/plan.ts';
import { deleteInScope } from '../db/update.ts';
import { assertColumnLengths, type Columns, columnsColumn } from './forecasts.ts';

/** The agents that a queue needs per interval, with the goals and assumptions behind them. */
export interface StaffingPlan {
  readonly id: string;
  readonly siteId: string;
  readonly queueId: string;
  readonly forecastId: string | null;
  readonly scenarioId: string | null;
  readonly name: string;
  readonly start: number;
  readonly stepSeconds: number;
  readonly timeZone: string;
  readonly count: number;
  readonly goals: JsonValue;
  /** Patience, shrinkage, concurrency, minimum cover, and where each came from. */
  readonly assumptions: JsonValue;
  readonly method: JsonValue;
  /** `requiredAgents`, `scheduledAgents` (with shrinkage), `serviceLevel`, `occupancy`, … */
  readonly columns: Columns;
  readonly softwareVersion: string;
  readonly createdBy: string | null;
  readonly createdAt: number;
}

/** A staffing plan without its columns, for lists. */
export type StaffingPlanSummary = Omit<StaffingPlan, 'columns'>;

/** What a new staffing plan needs. */
export type NewStaffingPlan = Omit<StaffingPlan, 'id' | 'forecastId' | 'scenarioId' | 'createdBy'> &
  Partial<Pick<StaffingPlan, 'forecastId' | 'scenarioId' | 'createdBy'>>;

/**
 * Stores a staffing plan.
 *
 * @throws RangeError when a column does not have one value per interval.
 */
export async function createStaffingPlan(db: Db, input: NewStaffingPlan): Promise<StaffingPlan> {
  assertColumnLengths(input.columns, input.count);
  const plan: StaffingPlan = { forecastId: null, scenarioId: null, createdBy: null, ...input, id: newId() };
  await db
    .insertInto('staffingPlan')
    .values({
      ...plan,
      goals: anyJson.encode(plan.goals),
      assumptions: anyJson.encode(plan.assumptions),
      method: anyJson.encode(plan.method),
      columns: columnsColumn.encode(plan.columns),
    })
    .execute();
  return plan;
}

/** One staffing plan, or undefined when it does not exist or is out of scope. */
export async function findStaffingPlan(
  db: Db,
  scope: SiteScope,
  id: string,
): Promise<StaffingPlan | undefined> {
  const row = await db
    .selectFrom('staffingPlan')
    .selectAll()
    .where('id', '=', id)
    .where(inScope(scope))
    .executeTakeFirst();
  return row && { ...toSummary(row), columns: columnsColumn.decode(row.columns) };
}

/** Staffing plans in scope, latest first. */
export async function listStaffingPlans(
  db: Db,
  scope: SiteScope,
  filter: {
    readonly siteId?: string;
    readonly queueId?: string;
    readonly forecastId?: string;
    readonly limit?: number;
    readonly after?: string | undefined;
  } = {},
): Promise<readonly StaffingPlanSummary[]> {
  let query = db
    .selectFrom('staffingPlan')
    .select([
      'id',
      'siteId',
      'queueId',
      'forecastId',
      'scenarioId',
      'name',
      'start',
      'stepSeconds',
      'timeZone',
      'count',
      'goals',
      'assumptions',
      'method',
      'softwareVersion',
      'createdBy',
      'createdAt',
    ])
    .where(inScope(scope));
  if (filter.siteId !== undefined) query = query.where('siteId', '=', filter.siteId);
  if (filter.queueId !== undefined) query = query.where('queueId', '=', filter.queueId);
  if (filter.forecastId !== undefined) query = query.where('forecastId', '=', filter.forecastId);
  const rows = await query
    .where(following('staffingPlan', ['createdAt', 'id'], filter.after))
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit ?? 200)
    .execute();
  return rows.map(toSummary);
}

/** Removes a staffing plan. */
export async function deleteStaffingPlan(db: Db, scope: SiteScope, id: string): Promise<boolean> {
  return deleteInScope(db, 'staffingPlan', scope, id);
}

function toSummary(row: Omit<Selectable<StaffingPlanTable>, 'columns'>): StaffingPlanSummary {
  return {
    ...row,
    goals: anyJson.decode(row.goals),
    assumptions: anyJson.decode(row.assumptions),
    method: anyJson.decode(row.method),
  };
}
