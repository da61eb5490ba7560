import {
  createRandom,
  gridDays,
  type IntervalSeries,
  localDay,
  type QueueForecast,
  sampleGamma,
  samplePoisson,
  wallSlots,
} from '../../../forecasting/index.ts';

/** A seeded queue with a known truth, so that a test can say what a forecast must find. */
export interface SyntheticOptions {
  readonly firstDate?: string;
  readonly days: number;
  readonly stepSeconds?: number;
  readonly timeZone?: string;
  /** Contacts of an average open day. */
  readonly perDay?: number;
  readonly weekday?: readonly number[];
  /** First and last open hour. */
  readonly hours?: readonly [number, number];
  /** Variance of the shared day factor. */
  readonly dayVariance?: number;
  readonly seed?: number;
  /** Multiplies the day with this index and local date. */
  readonly dayFactor?: (index: number, date: string) => number;
}

const DEFAULT_WEEKDAY = [1.25, 1.05, 1, 1, 0.95, 0.45, 0.3];

/** Expected contacts of one interval, for the truth of a test. */
export function expectedContacts(options: SyntheticOptions, weekday: number, slot: number): number {
  const { perDay = 600, hours = [0, 24], stepSeconds = 1800 } = options;
  const hour = (slot * stepSeconds) / 3600;
  if (hour < hours[0] || hour >= hours[1]) return 0;
  const shape = 0.15 + Math.exp(-(((hour - 11) / 3.5) ** 2));
  let total = 0;
  for (let s = 0; s < 86_400 / stepSeconds; s++) {
    const h = (s * stepSeconds) / 3600;
    if (h >= hours[0] && h < hours[1]) total += 0.15 + Math.exp(-(((h - 11) / 3.5) ** 2));
  }
  return ((options.weekday ?? DEFAULT_WEEKDAY)[weekday]! * perDay * shape) / total;
}

/** Counts drawn around `expectedContacts`; closed hours and weekdays with factor 0 have no data. */
export function syntheticSeries(options: SyntheticOptions): IntervalSeries {
  const { firstDate = '2024-01-01', days, stepSeconds = 1800, timeZone = 'America/New_York' } = options;
  const start = localDay(firstDate, timeZone).startEpochSeconds;
  const random = createRandom(options.seed ?? 1);
  const lastDate = new Date(Date.parse(`${firstDate}T00:00:00Z`) + (days - 1) * 86_400_000)
    .toISOString()
    .slice(0, 10);
  const count = (localDay(lastDate, timeZone).endEpochSeconds - start) / stepSeconds;
  const grid = { start, stepSeconds, timeZone, count };
  const offered: (number | null)[] = new Array(count).fill(null);
  gridDays(grid).forEach((gridDay, index) => {
    const { day, firstIndex } = gridDay;
    const variance = options.dayVariance ?? 0.002;
    const shared = variance > 0 ? sampleGamma(random, 1 / variance, variance) : 1;
    const factor = shared * (options.dayFactor?.(index, day.date) ?? 1);
    wallSlots(grid, gridDay).forEach((slot, i) => {
      const mean = expectedContacts(options, day.weekday, slot);
      if (mean > 0) offered[firstIndex + i] = samplePoisson(random, mean * factor);
    });
  });
  return {
    start,
    stepSeconds,
    timeZone,
    offered,
    ahtSeconds: offered.map(n => (n === null || n === 0 ? null : 300)),
  };
}

/** Midnight at the start of the local day with this index. */
export function midnight(series: IntervalSeries, index: number, firstDate = '2024-01-01'): number {
  const date = new Date(Date.parse(`${firstDate}T00:00:00Z`) + index * 86_400_000).toISOString().slice(0, 10);
  return localDay(date, series.timeZone).startEpochSeconds;
}

/** A deep-frozen copy: a function that changes its input fails. */
export function frozen(series: IntervalSeries): IntervalSeries {
  return Object.freeze({
    ...series,
    offered: Object.freeze([...series.offered]),
    ahtSeconds: Object.freeze([...series.ahtSeconds]),
  });
}

/** True expected contacts of a day of the forecast. */
export function truthOf(options: SyntheticOptions, weekday: number): number {
  let sum = 0;
  for (let slot = 0; slot < 48; slot++) sum += expectedContacts(options, weekday, slot);
  return sum;
}

/** Monday is 0. */
export function weekdayOf(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** Largest relative distance of a day's forecast from its truth. */
export function worstDay(forecast: QueueForecast, options: SyntheticOptions): number {
  return Math.max(
    ...forecast.days.map(day => Math.abs(day.offered / truthOf(options, weekdayOf(day.date)) - 1)),
  );
}
