import type { Db } from '../../data/db/connect.ts';
import { type DriverTable, readDriverDays } from '../../data/import/driverDays.ts';
import { CsvError } from '../../data/import/text/csv.ts';
import {
  createDriver,
  type DriverSeries,
  type DriverSpan,
  deleteDriver,
  findDriver,
  listDrivers,
  putDriverValues,
  readDriverSpans,
  readDriverValues,
  renameDriver,
} from '../../data/store/drivers.ts';
import { findQueue } from '../../data/store/queues.ts';
import { findSite } from '../../data/store/sites.ts';
import type { Driver, DriverDay } from '../contract/driver.ts';
import { assertReaches, type Context, mutate, reach } from './context.ts';
import { found, Refusal } from './refusal.ts';

const MOST_PROBLEMS = 50;

/** Drivers of a site; with a queue only those that hold for it. */
export async function readDrivers(
  context: Context,
  filter: { readonly siteId: string; readonly queueId?: string | undefined },
): Promise<readonly Driver[]> {
  const { db } = context.environment.store;
  const drivers = await listDrivers(db, reach(context, 'forecast.read'), filter.siteId, filter.queueId);
  return present(db, drivers);
}

/** Adds a driver without values. */
export async function addDriver(
  context: Context,
  input: Pick<Driver, 'siteId' | 'queueId' | 'name' | 'unit'>,
): Promise<Driver> {
  assertReaches(context, 'forecast.manage', input.siteId);
  return mutate(context, 'driver.create', async db => {
    found(await findSite(db, 'all', input.siteId));
    if (input.queueId !== null) {
      const queue = found(await findQueue(db, reach(context, 'forecast.manage'), input.queueId));
      if (queue.siteId !== input.siteId) throw new Refusal('notFound');
    }
    await assertNameFree(db, input);
    const driver = await createDriver(db, { ...input, createdAt: context.environment.now() });
    return changed(db, driver, { name: driver.name, unit: driver.unit });
  });
}

/** Gives a driver another name or unit. */
export async function changeDriver(
  context: Context,
  id: string,
  change: { readonly name?: string | undefined; readonly unit?: string | undefined },
): Promise<Driver> {
  const scope = reach(context, 'forecast.manage');
  return mutate(context, 'driver.update', async db => {
    const before = found(await findDriver(db, scope, id));
    const after = { ...before, name: change.name ?? before.name, unit: change.unit ?? before.unit };
    await assertNameFree(db, after, id);
    await renameDriver(db, id, after);
    return changed(db, after, { name: after.name, unit: after.unit });
  });
}

/** Removes a driver with its values. */
export async function removeDriver(context: Context, id: string): Promise<void> {
  const scope = reach(context, 'forecast.manage');
  await mutate(context, 'driver.remove', async db => {
    const driver = found(await findDriver(db, scope, id));
    await deleteDriver(db, scope, id);
    return {
      value: undefined,
      subjectKind: 'driver',
      subjectId: id,
      siteId: driver.siteId,
      detail: { name: driver.name },
    };
  });
}

/** The days of a driver. */
export async function readDriverDaysOf(context: Context, id: string): Promise<readonly DriverDay[]> {
  const { db } = context.environment.store;
  const driver = found(await findDriver(db, reach(context, 'forecast.read'), id));
  return (await readDriverValues(db, driver.id)).map(({ date, value, known }) => ({ date, value, known }));
}

/** Stores days of a driver, all or none. */
export async function storeDriverDays(
  context: Context,
  id: string,
  days: readonly DriverDay[],
): Promise<Driver> {
  const scope = reach(context, 'forecast.manage');
  return mutate(context, 'driver.putValues', async db => {
    const driver = found(await findDriver(db, scope, id));
    const rows = new Map<string, number>();
    const issues = days.flatMap(({ date }, row) => {
      const before = rows.get(date);
      rows.set(date, before ?? row);
      if (before === undefined) return [];
      return [
        {
          path: `body.values.${row}.date`,
          message: `found ${date} again; expected each day once, row ${before} has it`,
        },
      ];
    });
    if (issues.length > 0) throw new Refusal('invalid', 'nothing was stored', { issues });
    await putDriverValues(db, driver.id, days);
    return changed(db, driver, { days: days.length });
  });
}

/** Stores two columns of a spreadsheet, all or none. */
export async function pasteDriverDays(
  context: Context,
  id: string,
  paste: { readonly text: string; readonly plannedFrom: string },
): Promise<Driver> {
  found(await findDriver(context.environment.store.db, reach(context, 'forecast.manage'), id));
  const { days, problems } = tableOf(paste.text);
  if (problems.length > 0) {
    throw new Refusal('unprocessable', `nothing was stored: ${problems.length} cell(s) cannot be read`, {
      issues: problems.slice(0, MOST_PROBLEMS).map(problem => ({
        path: `line ${problem.line}, ${problem.column}`,
        message: `found “${problem.found}”, expected ${problem.expected}`,
      })),
    });
  }
  if (days.length === 0)
    throw new Refusal('unprocessable', 'nothing was stored: no line with a date and a value was found');
  return storeDriverDays(
    context,
    id,
    days.map(day => ({ ...day, known: day.date < paste.plannedFrom })),
  );
}

function tableOf(text: string): DriverTable {
  try {
    return readDriverDays(text);
  } catch (error) {
    if (error instanceof CsvError) throw new Refusal('unprocessable', error.message);
    throw error;
  }
}

/** Two drivers of one name could not be told apart where a number is explained. */
async function assertNameFree(
  db: Db,
  { siteId, name }: Pick<DriverSeries, 'siteId' | 'name'>,
  ownId?: string,
): Promise<void> {
  const others = await listDrivers(db, 'all', siteId);
  if (others.some(other => other.id !== ownId && other.name === name))
    throw new Refusal('unprocessable', `the site has a driver named “${name}” already`);
}

async function changed(db: Db, driver: DriverSeries, detail: { readonly [key: string]: string | number }) {
  const [value] = await present(db, [driver]);
  return {
    value: found(value),
    subjectKind: 'driver',
    subjectId: driver.id,
    siteId: driver.siteId,
    detail,
  };
}

async function present(db: Db, drivers: readonly DriverSeries[]): Promise<readonly Driver[]> {
  const spans = await readDriverSpans(
    db,
    drivers.map(({ id }) => id),
  );
  return drivers.map(({ id, siteId, queueId, name, unit }) => {
    const own = spans.filter(({ driverId }) => driverId === id);
    return {
      id,
      siteId,
      queueId,
      name,
      unit,
      known: presentSpan(own.find(span => span.known)),
      planned: presentSpan(own.find(span => !span.known)),
    };
  });
}

function presentSpan(span: DriverSpan | undefined): Driver['known'] {
  return span ? { from: span.from, to: span.to, days: span.days } : null;
}
