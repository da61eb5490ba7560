import { z } from 'zod';
import type { JsonValue } from '../../data/db/codec.ts';
import type { Columns, Forecast as StoredForecast } from '../../data/store/forecasts.ts';
import { withOffered } from '../../forecasting/demand/revise.ts';
import type { QueueForecast } from '../../forecasting/demand/types.ts';
import { openingHoursSchema } from '../contract/centre.ts';
import { uncertaintySchema } from '../contract/forecast.ts';
import { asJson } from './storedQueue.ts';

/** A queue's forecast between the domain's form and the store's columns. */

const FACTORS = [
  'level',
  'weekday',
  'intraday',
  'monthPosition',
  'annual',
  'holiday',
  'driver',
  'combination',
  'override',
] as const;

const bandValues = z.array(z.object({ level: z.number(), lower: z.number(), upper: z.number() }));
const daySchema = z.object({
  date: z.string(),
  startEpochSeconds: z.number(),
  firstIndex: z.number(),
  count: z.number(),
  specialDay: z.string().exactOptional(),
  drivers: z.array(z.object({ name: z.string(), factor: z.number() })).exactOptional(),
  offered: z.number(),
  bands: bandValues,
});
const methodSchema = z.object({
  fromDay: z.number(),
  toDay: z
    .number()
    .nullable()
    .transform(day => day ?? Number.POSITIVE_INFINITY),
  members: z.array(z.object({ model: z.string(), share: z.number() })),
  wape: z.number().nullable(),
  naiveWape: z.number().nullable(),
});

const inputsSchema = z.object({
  openingHours: openingHoursSchema,
  levels: z.array(z.number()),
  days: z.array(daySchema),
  uncertainty: uncertaintySchema,
  effects: z.array(z.string()),
  notes: z.array(z.string()),
  historyFrom: z.number(),
  historyTo: z.number(),
  intervalsUsed: z.number(),
  /** Those that were at hand; the effect `driver` tells whether they were used. */
  drivers: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
});
const methodColumnSchema = z.object({ name: z.string(), reason: z.string(), methods: z.array(methodSchema) });

/** What is stored beside the columns. */
export type ForecastInputs = z.output<typeof inputsSchema>;

/** The part of a forecast from `start` to `end`, with day totals and bands of that part. */
export function cutForecast(forecast: QueueForecast, start: number, end: number): QueueForecast {
  const from = Math.max(0, (start - forecast.start) / forecast.stepSeconds);
  const to = Math.min(forecast.offered.length, (end - forecast.start) / forecast.stepSeconds);
  if (!Number.isInteger(from) || !Number.isInteger(to)) {
    throw new RangeError('the horizon must begin and end on the grid of the history');
  }
  const cut = <Value>(column: readonly Value[]) => column.slice(from, to);
  const days = forecast.days
    .filter(day => day.firstIndex >= from && day.firstIndex + day.count <= to)
    .map(day => ({ ...day, firstIndex: day.firstIndex - from }));
  const part: QueueForecast = {
    ...forecast,
    start: forecast.start + from * forecast.stepSeconds,
    open: cut(forecast.open),
    offered: cut(forecast.offered),
    median: cut(forecast.median),
    bands: forecast.bands.map(band => ({
      level: band.level,
      lower: cut(band.lower),
      upper: cut(band.upper),
    })),
    ahtSeconds: cut(forecast.ahtSeconds),
    ahtBands: forecast.ahtBands.map(band => ({ ...band, lower: cut(band.lower), upper: cut(band.upper) })),
    explanation: {
      ...forecast.explanation,
      ...Object.fromEntries(FACTORS.map(name => [name, cut(forecast.explanation[name])])),
    },
    days,
  };
  return withOffered(part, part.offered, 'override');
}

/** The stored columns of a forecast. */
export function forecastColumns(forecast: QueueForecast): Columns {
  return {
    open: forecast.open,
    offered: forecast.offered,
    median: forecast.median,
    ahtSeconds: forecast.ahtSeconds,
    ...Object.fromEntries(
      forecast.bands.flatMap(band => [
        [`lower${band.level}`, band.lower],
        [`upper${band.level}`, band.upper],
      ]),
    ),
    ...Object.fromEntries(FACTORS.map(name => [`factor.${name}`, forecast.explanation[name]])),
  };
}

/** The stored inputs of a forecast. */
export function forecastInputs(
  forecast: QueueForecast,
  history: Pick<ForecastInputs, 'historyFrom' | 'historyTo' | 'intervalsUsed' | 'drivers'>,
): JsonValue {
  return asJson({
    ...history,
    openingHours: forecast.openingHours,
    levels: forecast.bands.map(band => band.level),
    days: forecast.days,
    uncertainty: forecast.uncertainty,
    effects: forecast.effects,
    notes: forecast.notes,
  });
}

/** The stored method of a forecast: the models' shares and the evidence for them. */
export function forecastMethod(forecast: QueueForecast): JsonValue {
  const [first] = forecast.methods;
  const members = [...(first?.members ?? [])].sort((a, b) => b.share - a.share);
  const shares = members.map(member => `${Math.round(100 * member.share)} % ${member.model}`).join(', ');
  const past =
    first?.wape == null || first.naiveWape == null
      ? 'the history is too short to test it on'
      : `WAPE ${(100 * first.wape).toFixed(1)} % on its own past, naive ${(100 * first.naiveWape).toFixed(1)} %`;
  return asJson({
    name: members.length === 1 ? members[0]?.model : 'ensemble',
    reason: [`${shares} (${past})`, ...forecast.notes].join('. '),
    methods: forecast.methods,
  });
}

/** Name and reason of a stored method. */
export function readMethod(method: JsonValue): { readonly name: string; readonly reason: string } {
  const parsed = z.object({ name: z.string(), reason: z.string() }).safeParse(method);
  return parsed.success ? parsed.data : { name: 'imported', reason: '' };
}

export function readForecastInputs(stored: Pick<StoredForecast, 'inputs'>): ForecastInputs | undefined {
  const parsed = inputsSchema.safeParse(stored.inputs);
  return parsed.success ? parsed.data : undefined;
}

/** The domain's form of a stored forecast; undefined for one that was not made here. */
export function rebuildForecast(stored: StoredForecast): QueueForecast | undefined {
  const inputs = readForecastInputs(stored);
  const method = methodColumnSchema.safeParse(stored.method);
  if (!inputs) return undefined;
  const full = (name: string) => (stored.columns[name] ?? []).map(value => value ?? 0);
  const factor = (name: string) => full(`factor.${name}`);
  const forecast: QueueForecast = {
    start: stored.start,
    stepSeconds: stored.stepSeconds,
    timeZone: stored.timeZone,
    originEpochSeconds: stored.originEpochSeconds,
    openingHours: inputs.openingHours,
    open: full('open'),
    offered: full('offered'),
    median: full('median'),
    bands: inputs.levels.map(level => ({
      level,
      lower: full(`lower${level}`),
      upper: full(`upper${level}`),
    })),
    ahtSeconds: stored.columns.ahtSeconds ?? [],
    ahtBands: [],
    days: inputs.days,
    weeks: [],
    total: { offered: 0, bands: [] },
    explanation: {
      level: factor('level'),
      weekday: factor('weekday'),
      intraday: factor('intraday'),
      monthPosition: factor('monthPosition'),
      annual: factor('annual'),
      holiday: factor('holiday'),
      driver: factor('driver'),
      combination: factor('combination'),
      override: factor('override'),
    },
    methods: method.success ? method.data.methods : [],
    effects: inputs.effects,
    uncertainty: inputs.uncertainty,
    noiseFloorWape: 0,
    findings: [],
    notes: inputs.notes,
  };
  return withOffered(forecast, forecast.offered, 'override');
}
