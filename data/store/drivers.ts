import { flag } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import { deleteInScope } from '../db/update.ts';

/** An outside series that moves volume: reminder messages sent, flu cases. Without a queue it holds for the site. */
export interface DriverSeries {
  readonly id: string;
  readonly siteId: string;
  readonly queueId: string | null;
  readonly name: string;
  readonly unit: string;
  readonly createdAt: number;
}

/** One day of a driver. `known` = measured; otherwise planned. */
export interface DriverValue {
  readonly date: string;
  readonly value: number;
  readonly known: boolean;
}

/** Which days of a driver are there, measured or planned. */
export interface DriverSpan {
  readonly driverId: string;
  readonly known: boolean;
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

/** Adds a driver. */
export async function createDriver(db: Db, input: Omit<DriverSeries, 'id'>): Promise<DriverSeries> {
  const driver = { ...input, id: newId() };
  await db.insertInto('driver').values(driver).execute();
  return driver;
}

/** Drivers of a site by name; with `queueId` only those that hold for that queue. */
export async function listDrivers(
  db: Db,
  scope: SiteScope,
  siteId: string,
  queueId?: string,
): Promise<readonly DriverSeries[]> {
  let query = db.selectFrom('driver').selectAll().where('siteId', '=', siteId).where(inScope(scope));
  if (queueId !== undefined) {
    query = query.where(eb => eb.or([eb('queueId', 'is', null), eb('queueId', '=', queueId)]));
  }
  return query.orderBy('name').orderBy('id').execute();
}

/** One driver in scope. */
export async function findDriver(db: Db, scope: SiteScope, id: string): Promise<DriverSeries | undefined> {
  return db.selectFrom('driver').selectAll().where('id', '=', id).where(inScope(scope)).executeTakeFirst();
}

/** Gives a driver another name or unit. */
export async function renameDriver(
  db: Db,
  id: string,
  change: Pick<DriverSeries, 'name' | 'unit'>,
): Promise<void> {
  await db.updateTable('driver').set({ name: change.name, unit: change.unit }).where('id', '=', id).execute();
}

/** Stores days of a driver; a day that exists takes the new value. Each day may be named once. */
export async function putDriverValues(
  db: Db,
  driverId: string,
  values: readonly DriverValue[],
): Promise<void> {
  for (let from = 0; from < values.length; from += 1000) {
    await db
      .insertInto('driverValue')
      .values(
        values.slice(from, from + 1000).map(value => ({ ...value, driverId, known: flag(value.known) })),
      )
      .onConflict(conflict =>
        conflict.columns(['driverId', 'date']).doUpdateSet(eb => ({
          value: eb.ref('excluded.value'),
          known: eb.ref('excluded.known'),
        })),
      )
      .execute();
  }
}

/** The days of a driver, by date. */
export async function readDriverValues(db: Db, driverId: string): Promise<readonly DriverValue[]> {
  const rows = await db
    .selectFrom('driverValue')
    .select(['date', 'value', 'known'])
    .where('driverId', '=', driverId)
    .orderBy('date')
    .execute();
  return rows.map(row => ({ ...row, known: row.known === 1 }));
}

/** First and last day of the measured and of the planned values of drivers. */
export async function readDriverSpans(db: Db, driverIds: readonly string[]): Promise<readonly DriverSpan[]> {
  if (driverIds.length === 0) return [];
  const rows = await db
    .selectFrom('driverValue')
    .where('driverId', 'in', [...driverIds])
    .groupBy(['driverId', 'known'])
    .select(({ fn }) => [
      'driverId',
      'known',
      fn.min('date').as('from'),
      fn.max('date').as('to'),
      fn.countAll<number | string>().as('days'),
    ])
    .execute();
  return rows.map(row => ({ ...row, known: row.known === 1, days: Number(row.days) }));
}

/** Removes a driver with its days. */
export async function deleteDriver(db: Db, scope: SiteScope, id: string): Promise<boolean> {
  return deleteInScope(db, 'driver', scope, id);
}
