import type { Selectable } from 'kysely';
import { z } from 'zod';
import { anyJson, decodeOptional, encodeOptional, type JsonValue, jsonColumn } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';
import { following } from '../db/page.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import type { ForecastTable } from '../db/table/plan.ts';
import { deleteInScope } from '../db/update.ts';

/** Named columns, one value per interval; null where the queue is closed or the value is unknown. */
export type Columns = Readonly<Record<string, readonly (number | null)[]>>;

/** Columns as stored. */
export const columnsColumn = jsonColumn<Columns>(
  'columns',
  z.record(z.string(), z.array(z.number().nullable())),
);

/** A forecast as it was made; overrides are layers above it and never change it. */
export interface Forecast {
  readonly id: string;
  readonly siteId: string;
  readonly queueId: string;
  readonly name: string;
  /** Rows at or after this instant were not used. */
  readonly originEpochSeconds: number;
  readonly start: number;
  readonly stepSeconds: number;
  readonly timeZone: string;
  readonly count: number;
  /** Name and parameters of the model, and why it was chosen. */
  readonly method: JsonValue;
  /** What it was made from: range of history, findings, special days, drivers. */
  readonly inputs: JsonValue;
  readonly seed: number;
  readonly softwareVersion: string;
  /** `offered`, `ahtSeconds`, `lower80`, `upper80`, … */
  readonly columns: Columns;
  readonly accuracy: JsonValue | null;
  readonly scenarioId: string | null;
  readonly revision: number;
  readonly createdBy: string | null;
  readonly createdAt: number;
}

/** A forecast without its columns, for lists. */
export type ForecastSummary = Omit<Forecast, 'columns' | 'inputs'>;

/** What a new forecast needs. */
export type NewForecast = Omit<Forecast, 'id' | 'revision' | 'accuracy' | 'scenarioId' | 'createdBy'> &
  Partial<Pick<Forecast, 'accuracy' | 'scenarioId' | 'createdBy'>>;

/**
 * Stores a forecast.
 *
 * @throws RangeError when a column does not have one value per interval.
 */
export async function createForecast(db: Db, input: NewForecast): Promise<Forecast> {
  assertColumnLengths(input.columns, input.count);
  const forecast: Forecast = {
    accuracy: null,
    scenarioId: null,
    createdBy: null,
    ...input,
    id: newId(),
    revision: 1,
  };
  await db
    .insertInto('forecast')
    .values({
      ...forecast,
      method: anyJson.encode(forecast.method),
      inputs: anyJson.encode(forecast.inputs),
      columns: columnsColumn.encode(forecast.columns),
      accuracy: encodeOptional(anyJson, forecast.accuracy),
    })
    .execute();
  return forecast;
}

/** Refuses columns of the wrong length. */
export function assertColumnLengths(columns: Columns, count: number): void {
  for (const [name, values] of Object.entries(columns)) {
    if (values.length !== count) {
      throw new RangeError(`column ${name} must have ${count} values; found ${values.length}`);
    }
  }
}

/** One forecast, or undefined when it does not exist or is out of scope. */
export async function findForecast(db: Db, scope: SiteScope, id: string): Promise<Forecast | undefined> {
  const row = await db
    .selectFrom('forecast')
    .selectAll()
    .where('id', '=', id)
    .where(inScope(scope))
    .executeTakeFirst();
  return (
    row && {
      ...toSummary(row),
      inputs: anyJson.decode(row.inputs),
      columns: columnsColumn.decode(row.columns),
    }
  );
}

/** Forecasts in scope, latest first. */
export async function listForecasts(
  db: Db,
  scope: SiteScope,
  filter: {
    readonly siteId?: string;
    readonly queueId?: string;
    readonly limit?: number;
    readonly after?: string | undefined;
  } = {},
): Promise<readonly ForecastSummary[]> {
  let query = db
    .selectFrom('forecast')
    .select([
      'id',
      'siteId',
      'queueId',
      'name',
      'originEpochSeconds',
      'start',
      'stepSeconds',
      'timeZone',
      'count',
      'method',
      'seed',
      'softwareVersion',
      'accuracy',
      'scenarioId',
      'revision',
      'createdBy',
      'createdAt',
    ])
    .where(inScope(scope));
  if (filter.siteId !== undefined) query = query.where('siteId', '=', filter.siteId);
  if (filter.queueId !== undefined) query = query.where('queueId', '=', filter.queueId);
  const rows = await query
    .where(following('forecast', ['createdAt', 'id'], filter.after))
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit ?? 200)
    .execute();
  return rows.map(toSummary);
}

/** Removes a forecast and its layers. */
export async function deleteForecast(db: Db, scope: SiteScope, id: string): Promise<boolean> {
  return deleteInScope(db, 'forecast', scope, id);
}

type SummaryRow = Omit<Selectable<ForecastTable>, 'columns' | 'inputs'>;

function toSummary(row: SummaryRow): ForecastSummary {
  return { ...row, method: anyJson.decode(row.method), accuracy: decodeOptional(anyJson, row.accuracy) };
}
