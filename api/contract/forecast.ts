import { z } from 'zod';
import {
  columnSchema,
  countSchema,
  dateSchema,
  gridShape,
  idParams,
  idSchema,
  instantSchema,
  jobStartedSchema,
  listOf,
  nameSchema,
  noteSchema,
  pageOf,
  pageQuery,
  queryInt,
} from './primitive.ts';
import { route } from './route.ts';

/** Forecasts: a model's numbers for one queue, the override layers over them, the accuracy behind them. */

export const forecastSchema = z.object({
  id: idSchema,
  siteId: idSchema,
  queueId: idSchema,
  name: nameSchema,
  /** Only history before this instant was used. */
  origin: instantSchema,
  ...gridShape,
  count: countSchema,
  modelName: z.string(),
  seed: z.int(),
  softwareVersion: z.string(),
  scenarioId: idSchema.nullable(),
  createdAt: instantSchema,
  createdBy: z.string(),
  revision: z.int(),
});
export type Forecast = z.output<typeof forecastSchema>;

/** The band of one level, such as 0.8, as columns. */
export const bandSchema = z.object({
  level: z.number().gt(0).lt(1),
  lower: columnSchema,
  upper: columnSchema,
});

/** How counts scatter about the forecast, per bucket of days ahead, as its backtest found; see forecasting/demand. */
export const uncertaintySchema = z.object({
  buckets: z.array(
    z.object({
      slotFactor: z.number(),
      slotVariance: z.number(),
      dayVariance: z.number(),
      levelVariance: z.number(),
      stretch80: z.number(),
      stretch95: z.number(),
      dayStretch80: z.number(),
      dayStretch95: z.number(),
      testedDays: z.number(),
    }),
  ),
});

export const forecastSeriesSchema = z.object({
  forecastId: idSchema,
  queueId: idSchema,
  ...gridShape,
  /** 1 where the queue is open; a closed interval has neither calls nor a band. */
  open: z.array(z.union([z.literal(0), z.literal(1)])),
  /** What the model says. */
  model: columnSchema,
  /** The model with every active layer applied: the number that staffing uses. */
  offered: columnSchema,
  ahtSeconds: columnSchema,
  bands: z.array(bandSchema),
  /** Same intervals one year (364 days) before the horizon, and what came in, where known. */
  lastYear: columnSchema,
  actual: columnSchema,
  /** Only history before this instant was used. */
  origin: instantSchema,
  /** `null` for a forecast that was not made here. */
  uncertainty: uncertaintySchema.nullable(),
  modelName: z.string(),
  modelReason: z.string(),
  /** Drivers that were at hand, and whether they made it better on the queue's own past. */
  drivers: z.array(z.object({ id: idSchema, name: nameSchema })),
  driversUsed: z.boolean(),
});
export type ForecastSeries = z.output<typeof forecastSeriesSchema>;

export const accuracySchema = z.object({
  horizonDays: z.int(),
  origins: countSchema,
  wape: z.number().nullable(),
  mase: z.number().nullable(),
  bias: z.number().nullable(),
  /** Share of actuals inside each band; a calibrated 80 % band holds 0.8. */
  coverage: z.array(z.object({ level: z.number(), share: z.number().nullable() })),
  naiveWape: z.number().nullable(),
  /** 1 − wape / naiveWape: positive is better than the same weekday of the week before. */
  improvement: z.number().nullable(),
});

/** The backtest behind a forecast, from its own history. */
export const certificateSchema = z.object({
  forecastId: idSchema,
  queueId: idSchema,
  modelName: z.string(),
  intervals: z.array(accuracySchema),
  days: z.array(accuracySchema),
  candidates: z.array(z.object({ modelName: z.string(), wape: z.number().nullable(), chosen: z.boolean() })),
  historyFrom: instantSchema,
  historyTo: instantSchema,
  intervalsUsed: countSchema,
});

/** How one number came about; the factors multiply, the additions add. */
export const explanationSchema = z.object({
  at: instantSchema,
  final: z.number().nullable(),
  parts: z.array(
    z.object({
      name: z.string(),
      kind: z.enum([
        'level',
        'trend',
        'season',
        'weekday',
        'intraday',
        'specialDay',
        'driver',
        'correction',
        'layer',
      ]),
      effect: z.enum(['multiply', 'add', 'replace']),
      value: z.number(),
      layerId: idSchema.nullable(),
    }),
  ),
});

/** How a layer changes the numbers under it. */
export const layerChangeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('percent'), percent: z.number().min(-100).max(1000) }),
  z.object({ kind: z.literal('add'), perInterval: z.number().min(-100_000).max(100_000) }),
  /** One value per interval from `from`; `null` leaves the interval. */
  z.object({ kind: z.literal('values'), values: columnSchema }),
  /** A total per local day, spread by the profile under it. */
  z.object({
    kind: z.literal('dayTotals'),
    totals: z.array(z.object({ date: dateSchema, total: z.number().min(0) })).max(400),
  }),
]);

/** What a layer changes, where and why. */
export const layerContentSchema = z.object({
  reason: noteSchema,
  target: z.enum(['offered', 'ahtSeconds']),
  from: instantSchema,
  to: instantSchema,
  change: layerChangeSchema,
});

const layerFields = { ...layerContentSchema.shape, name: nameSchema, active: z.boolean() };

/** A named, dated and signed override. */
export const layerSchema = z.object({
  id: idSchema,
  forecastId: idSchema,
  ...layerFields,
  /** Order of application, lowest first. */
  position: z.int(),
  createdAt: instantSchema,
  createdBy: z.string(),
  /** Once actuals are known: absolute error without and with it; lower with it means that it helped. */
  effect: z.object({ errorWithout: z.number(), errorWith: z.number(), intervals: countSchema }).nullable(),
});
export type ForecastLayer = z.output<typeof layerSchema>;

const layerParams = z.strictObject({ id: idSchema, layerId: idSchema });

export const forecastRoutes = {
  listForecasts: route({
    method: 'GET',
    path: '/api/forecasts',
    summary: 'Forecasts, newest first',
    permission: 'forecast.read',
    query: z.strictObject({ ...pageQuery, siteId: idSchema.optional(), queueId: idSchema.optional() }),
    response: pageOf(forecastSchema),
  }),
  createForecasts: route({
    method: 'POST',
    path: '/api/forecasts',
    summary: 'Forecast queues over a horizon, one forecast per queue; the job’s resultIds name them',
    permission: 'forecast.manage',
    body: z.strictObject({
      name: nameSchema,
      queueIds: z.array(idSchema).min(1).max(200),
      start: instantSchema,
      days: z.int().min(1).max(731),
      /** Absent: the end of the stored history, or the start of the horizon when that is earlier. */
      origin: instantSchema.optional(),
      seed: z.int().min(0).max(2_147_483_647).optional(),
    }),
    status: 202,
    limit: 'heavy',
    response: jobStartedSchema,
  }),
  getForecast: route({
    method: 'GET',
    path: '/api/forecasts/:id',
    summary: 'One forecast',
    permission: 'forecast.read',
    params: idParams,
    response: forecastSchema,
  }),
  removeForecast: route({
    method: 'DELETE',
    path: '/api/forecasts/:id',
    summary: 'Remove a forecast that no published schedule uses',
    permission: 'forecast.manage',
    params: idParams,
  }),
  getForecastSeries: route({
    method: 'GET',
    path: '/api/forecasts/:id/series',
    summary: 'The numbers with bands, last year and actuals as columns',
    permission: 'forecast.read',
    params: idParams,
    response: forecastSeriesSchema,
  }),
  getCertificate: route({
    method: 'GET',
    path: '/api/forecasts/:id/accuracy',
    summary: 'The backtest against the naive forecast, per horizon',
    permission: 'forecast.read',
    params: idParams,
    response: certificateSchema,
  }),
  explainForecast: route({
    method: 'GET',
    path: '/api/forecasts/:id/explanation',
    summary: 'Where the number of one interval comes from',
    permission: 'forecast.read',
    params: idParams,
    query: z.strictObject({ at: queryInt }),
    response: explanationSchema,
  }),
  listLayers: route({
    method: 'GET',
    path: '/api/forecasts/:id/layers',
    summary: 'Override layers in their order',
    permission: 'forecast.read',
    params: idParams,
    response: listOf(layerSchema),
  }),
  addLayer: route({
    method: 'POST',
    path: '/api/forecasts/:id/layers',
    summary: 'Add an override layer on top',
    permission: 'forecast.manage',
    params: idParams,
    body: z.strictObject(layerFields),
    status: 201,
    response: layerSchema,
  }),
  updateLayer: route({
    method: 'PATCH',
    path: '/api/forecasts/:id/layers/:layerId',
    summary: 'Change a layer, or switch it off or on',
    permission: 'forecast.manage',
    params: layerParams,
    body: z.strictObject(layerFields).partial(),
    response: layerSchema,
  }),
  removeLayer: route({
    method: 'DELETE',
    path: '/api/forecasts/:id/layers/:layerId',
    summary: 'Remove a layer',
    permission: 'forecast.manage',
    params: layerParams,
  }),
} as const;
