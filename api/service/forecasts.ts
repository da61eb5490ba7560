import { z } from 'zod';
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
import { found, Refusal } from './refusal.ts';
import { startJob } from './startJob.ts';
import { readForecastInputs, readMethod, rebuildForecast } from './storedForecast.ts';

/** Same weekdays a year before: 52 weeks. */
const YEAR_SECONDS = 364 * 86_400;

/** Forecasts in reach, newest first. */
export async function readForecasts(
  context: Context,
  filter: {
    readonly siteId?: string | undefined;
    readonly queueId?: string | undefined;
    readonly limit?: number | undefined;
  },
) {
  const stored = await listForecasts(context.environment.store.db, reach(context, 'forecast.read'), {
    ...(filter.siteId !== undefined && { siteId: filter.siteId }),
    ...(filter.queueId !== undefined && { queueId: filter.queueId }),
    limit: filter.limit ?? 200,
  });
  return { items: stored.map(presentForecast), nextCursor: null };
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
  };
}

const accuracyValue = z.object({
  intervals: z.number(),
  wape: z.number().nullable(),
  mase: z.number().nullable(),
  bias: z.number().nullable(),
  coverage: z.array(z.object({ level: z.number(), share: z.number() })),
});
const certificateSchema = z.object({
  engine: z.string(),
  origins: z.number(),
  horizons: z.array(
    z.object({
      horizonDays: z.number(),
      bestNaive: z.string(),
      forecast: accuracyValue,
      naive: z.array(z.object({ method: z.string(), accuracy: accuracyValue })),
      dayTotalWape: z.number().nullable(),
    }),
  ),
});

/** The backtest behind a forecast. */
export async function readCertificate(context: Context, id: string) {
  const stored = found(await findForecast(context.environment.store.db, reach(context, 'forecast.read'), id));
  const certificate = certificateSchema.safeParse(stored.accuracy);
  const inputs = found(readForecastInputs(stored));
  const tested = certificate.success ? certificate.data : { origins: 0, horizons: [] };
  const rows = tested.horizons.map(horizon => {
    const naiveWape = horizon.naive.find(one => one.method === 'seasonal-naive')?.accuracy.wape ?? null;
    const { wape } = horizon.forecast;
    return {
      horizonDays: horizon.horizonDays,
      origins: tested.origins,
      wape,
      mase: horizon.forecast.mase,
      bias: horizon.forecast.bias,
      coverage: horizon.forecast.coverage,
      naiveWape,
      improvement: wape === null || naiveWape === null || naiveWape === 0 ? null : 1 - wape / naiveWape,
      dayTotalWape: horizon.dayTotalWape,
    };
  });
  const last = tested.horizons.at(-1);
  return {
    forecastId: id,
    queueId: stored.queueId,
    modelName: readMethod(stored.method).name,
    intervals: rows.map(({ dayTotalWape: _, ...row }) => row),
    days: rows.map(({ horizonDays, origins, dayTotalWape }) => ({
      horizonDays,
      origins,
      wape: dayTotalWape,
      mase: null,
      bias: null,
      coverage: [],
      naiveWape: null,
      improvement: null,
    })),
    candidates: last
      ? [
          { modelName: readMethod(stored.method).name, wape: last.forecast.wape, chosen: true },
          ...last.naive.map(one => ({ modelName: one.method, wape: one.accuracy.wape, chosen: false })),
        ]
      : [],
    historyFrom: inputs.historyFrom,
    historyTo: inputs.historyTo,
    intervalsUsed: inputs.intervalsUsed,
  };
}

const PART_KINDS = {
  level: 'level',
  weekday: 'weekday',
  intraday: 'intraday',
  monthPosition: 'season',
  annual: 'season',
  holiday: 'specialDay',
  driver: 'driver',
  combination: 'correction',
} as const;

/** Where the number of one interval comes from: factors that multiply to it, then each layer. */
export async function explainForecast(context: Context, id: string, at: number) {
  const { db } = context.environment.store;
  const scope = reach(context, 'forecast.read');
  const stored = found(await findForecast(db, scope, id));
  const index = (at - stored.start) / stored.stepSeconds;
  if (!Number.isInteger(index) || index < 0 || index >= stored.count) {
    throw new Refusal('invalid', 'query.at must be the start of an interval of the forecast');
  }
  const model = found(rebuildForecast(stored));
  const { explanation } = model;
  const part = (name: keyof typeof PART_KINDS) => ({
    name,
    kind: PART_KINDS[name],
    effect: 'multiply' as const,
    value: explanation[name][index] ?? 1,
    layerId: null,
  });
  const layers = (await listForecastLayers(db, scope, id)).filter(layer => layer.enabled);
  let current = model;
  const laid = layers.flatMap(layer => {
    const before = current.offered[index] ?? 0;
    current = withLayers(current, [layer]);
    const after = current.offered[index] ?? 0;
    if (after === before) return [];
    return [
      {
        name: layer.name,
        kind: 'layer' as const,
        effect: 'add' as const,
        value: after - before,
        layerId: layer.id,
      },
    ];
  });
  const open = model.open[index] === 1;
  return {
    at,
    final: open ? (current.offered[index] ?? null) : null,
    parts: open
      ? [
          part('level'),
          part('weekday'),
          part('intraday'),
          part('monthPosition'),
          part('annual'),
          part('holiday'),
          part('driver'),
          part('combination'),
          ...laid,
        ]
      : [],
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
