import { listForecastLayers } from '../../data/store/forecastLayers.ts';
import {
  deleteForecast,
  type ForecastSummary,
  findForecast,
  listForecasts,
  type Forecast as StoredForecast,
} from '../../data/store/forecasts.ts';
import { readIntervals } from '../../data/store/intervalHistory.ts';
import { listPublications } from '../../data/store/publications.ts';
import { findQueue, listQueues } from '../../data/store/queues.ts';
import { localDateOf, localDay } from '../../forecasting/calendar/time.ts';
import type { Forecast, ForecastSeries } from '../contract/forecast.ts';
import { type Context, mutate, reach } from './context.ts';
import { withLayers } from './overrideLayers.ts';
import { type PageQuery, pageFrom } from './page.ts';
import { found, Refusal } from './refusal.ts';
import { startJob } from './startJob.ts';
import { readForecastInputs, readMethod, rebuildForecast } from './storedForecast.ts';

/** Same weekdays a year before: 52 weeks. */
const YEAR_SECONDS = 364 * 86_400;

/** Forecasts in reach, newest first. */
export async function readForecasts(
  context: Context,
  query: PageQuery & { readonly siteId?: string | undefined; readonly queueId?: string | undefined },
) {
  const limit = query.limit ?? 200;
  const stored = await listForecasts(context.environment.store.db, reach(context, 'forecast.read'), {
    ...(query.siteId !== undefined && { siteId: query.siteId }),
    ...(query.queueId !== undefined && { queueId: query.queueId }),
    limit: limit + 1,
    after: query.cursor,
  });
  const page = pageFrom(stored, limit, forecast => forecast.id);
  return { ...page, items: page.items.map(presentForecast) };
}

/** Starts a job that forecasts queues over a horizon. */
export async function runForecast(
  context: Context,
  input: {
    readonly name: string;
    readonly queueIds: readonly string[];
    readonly start: number;
    readonly days: number;
    readonly origin?: number | undefined;
    readonly seed?: number | undefined;
  },
): Promise<{ readonly jobId: string }> {
  const scope = reach(context, 'forecast.manage');
  if (input.origin !== undefined && input.origin > input.start) {
    throw new Refusal('invalid', 'body.origin must not be after body.start');
  }
  return mutate(context, 'forecast.create', async db => {
    const known = new Map((await listQueues(db, scope)).map(queue => [queue.id, queue]));
    const queues = input.queueIds.map(id => found(known.get(id)));
    for (const queue of queues) {
      const { startEpochSeconds } = localDay(localDateOf(input.start, queue.timeZone), queue.timeZone);
      if (startEpochSeconds !== input.start) {
        throw new Refusal(
          'invalid',
          `body.start must be midnight in the time zone of ${queue.name} (${queue.timeZone})`,
        );
      }
    }
    const sites = new Set(queues.map(queue => queue.siteId));
    const [siteId] = sites;
    if (sites.size !== 1 || siteId === undefined) {
      throw new Refusal('unprocessable', 'forecast the queues of one site at a time');
    }
    const jobId = await startJob(context, db, {
      kind: 'forecast',
      siteId,
      input: { ...input, seed: input.seed ?? 1 },
    });
    return { value: { jobId }, subjectKind: 'job', subjectId: jobId, siteId };
  });
}

/** One forecast's head. */
export async function readForecast(context: Context, id: string): Promise<Forecast> {
  return presentForecast(
    found(await findForecast(context.environment.store.db, reach(context, 'forecast.read'), id)),
  );
}

/** The numbers of a forecast with every active layer, last year and what came in. */
export async function readForecastSeries(context: Context, id: string): Promise<ForecastSeries> {
  const { db } = context.environment.store;
  const scope = reach(context, 'forecast.read');
  const stored = found(await findForecast(db, scope, id));
  const queue = found(await findQueue(db, 'all', stored.queueId));
  const model = found(rebuildForecast(stored));
  const final = withLayers(model, await listForecastLayers(db, scope, id));
  const end = stored.start + stored.count * stored.stepSeconds;
  const column = async (shift: number) => {
    const rows = await readIntervals(db, queue.number, stored.start - shift, end - shift);
    const values = new Array<number | null>(stored.count).fill(null);
    for (const row of rows) {
      const index = (row.start + shift - stored.start) / stored.stepSeconds;
      if (Number.isInteger(index)) values[index] = row.offered;
    }
    return values;
  };
  const method = readMethod(stored.method);
  const whereOpen = (values: readonly (number | null)[]) =>
    values.map((value, i) => (model.open[i] === 1 ? value : null));
  return {
    forecastId: id,
    queueId: stored.queueId,
    start: stored.start,
    stepSeconds: stored.stepSeconds,
    timeZone: stored.timeZone,
    open: model.open.map(open => (open === 1 ? 1 : 0)),
    model: whereOpen(model.offered),
    offered: whereOpen(final.offered),
    ahtSeconds: whereOpen(final.ahtSeconds),
    bands: final.bands.map(band => ({
      level: band.level,
      lower: whereOpen(band.lower),
      upper: whereOpen(band.upper),
    })),
    lastYear: await column(YEAR_SECONDS),
    actual: await column(0),
    origin: stored.originEpochSeconds,
    uncertainty: {
      buckets: model.uncertainty.buckets.map(bucket => ({ ...bucket })),
    },
    modelName: method.name,
    modelReason: method.reason,
    drivers: readForecastInputs(stored)?.drivers ?? [],
    driversUsed: model.effects.includes('driver'),
  };
}

/** Removes a forecast that no published schedule rests on. */
export async function removeForecast(context: Context, id: string): Promise<void> {
  const scope = reach(context, 'forecast.manage');
  await mutate(context, 'forecast.remove', async db => {
    const stored = found(await findForecast(db, scope, id));
    const published = await listPublications(db, scope, { siteId: stored.siteId, limit: 10_000 });
    if (published.some(publication => publication.forecastIds.includes(id))) {
      throw new Refusal('wrongState', 'a published schedule rests on this forecast');
    }
    await deleteForecast(db, scope, id);
    return { value: undefined, subjectKind: 'forecast', subjectId: id, siteId: stored.siteId };
  });
}

function presentForecast(stored: ForecastSummary | StoredForecast): Forecast {
  return {
    id: stored.id,
    siteId: stored.siteId,
    queueId: stored.queueId,
    name: stored.name,
    origin: stored.originEpochSeconds,
    start: stored.start,
    stepSeconds: stored.stepSeconds,
    timeZone: stored.timeZone,
    count: stored.count,
    modelName: readMethod(stored.method).name,
    seed: stored.seed,
    softwareVersion: stored.softwareVersion,
    scenarioId: stored.scenarioId,
    createdAt: stored.createdAt,
    createdBy: stored.createdBy ?? '',
    revision: stored.revision,
  };
}
