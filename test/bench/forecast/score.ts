import {
  type Accuracy,
  AccuracyTally,
  forecastQueue,
  type QueueForecast,
} from '../../../forecasting/index.ts';
import { originAt, type RealHistory } from './history.ts';

/** Horizons of the protocol. */
export const HORIZONS_DAYS = [1, 7, 28] as const;

/** One horizon over all origins. */
export interface HorizonScore {
  readonly horizonDays: number;
  /** Point forecast = expected contacts. */
  readonly accuracy: Accuracy;
  /** Point forecast = median. */
  readonly medianWape: number | null;
  /** Share of local days whose total fell into its 80 % and 95 % band. */
  readonly dayCoverage: readonly [number, number];
  readonly weekCoverage: readonly [number, number];
}

/** Our figures on one history. */
export interface SetScore {
  readonly name: string;
  readonly origins: number;
  readonly horizons: readonly HorizonScore[];
  readonly cpuSecondsPerOrigin: number;
}

interface Sums {
  readonly tally: AccuracyTally;
  readonly median: AccuracyTally;
  readonly days: { held80: number; held95: number; count: number };
  readonly weeks: { held80: number; held95: number; count: number };
}

/** Runs the protocol: each origin sees only what came before it; filled-in intervals are not scored. */
export function scoreHistory(history: RealHistory, origins: readonly number[]): SetScore {
  const sums = HORIZONS_DAYS.map(
    (): Sums => ({
      tally: new AccuracyTally(),
      median: new AccuracyTally(),
      days: { held80: 0, held95: 0, count: 0 },
      weeks: { held80: 0, held95: 0, count: 0 },
    }),
  );
  const before = process.cpuUsage();
  for (const index of origins) scoreOrigin(history, originAt(history, index), sums);
  const used = process.cpuUsage(before);
  return {
    name: history.name,
    origins: origins.length,
    horizons: HORIZONS_DAYS.map((horizonDays, h) => readSums(horizonDays, sums[h]!)),
    cpuSecondsPerOrigin: (used.user + used.system) / 1e6 / origins.length,
  };
}

function readSums(horizonDays: number, sums: Sums): HorizonScore {
  const share = (part: Sums['days']): [number, number] => [
    part.held80 / part.count,
    part.held95 / part.count,
  ];
  return {
    horizonDays,
    accuracy: sums.tally.read(),
    medianWape: sums.median.read().wape,
    dayCoverage: share(sums.days),
    weekCoverage: share(sums.weeks),
  };
}

function scoreOrigin(history: RealHistory, origin: number, sums: readonly Sums[]): void {
  const { series, imputed } = history;
  const forecast = forecastQueue(series, {
    originEpochSeconds: origin,
    horizonDays: 28,
    levels: [0.5, 0.8, 0.95],
  });
  const offset = (forecast.start - series.start) / series.stepSeconds;
  const scale = weeklyScale(history, offset);
  const actualOfDay: (number | null)[] = [];
  forecast.days.forEach((day, d) => {
    let total: number | null = 0;
    let known = 0;
    for (let i = day.firstIndex; i < day.firstIndex + day.count; i++) {
      const actual = series.offered[offset + i];
      if (actual == null || forecast.open[i] !== 1) continue;
      if (imputed.has(forecast.start + i * forecast.stepSeconds)) {
        total = null;
        continue;
      }
      if (total !== null) total += actual;
      known++;
      const quantiles = quantilesAt(forecast, i);
      HORIZONS_DAYS.forEach((days, h) => {
        if (d >= days) return;
        sums[h]!.tally.add({ actual, forecast: forecast.offered[i]!, quantiles }, scale);
        sums[h]!.median.add({ actual, forecast: forecast.median[i]! }, scale);
      });
    }
    // A day that the file does not list is no day of 0 contacts: its week is not scored.
    actualOfDay.push(day.offered > 0 && known > 0 ? total : null);
    HORIZONS_DAYS.forEach((days, h) => {
      if (d < days && day.offered > 0) hold(sums[h]!.days, total, day.bands);
    });
  });
  forecast.weeks.forEach((week, w) => {
    const parts = actualOfDay.slice(7 * w, 7 * w + 7);
    const open = forecast.days.slice(7 * w, 7 * w + 7).map(day => day.offered > 0);
    const whole = week.days === 7 && parts.every((part, d) => !open[d] || part !== null);
    const total = whole ? parts.reduce<number>((sum, part) => sum + (part ?? 0), 0) : null;
    HORIZONS_DAYS.forEach((days, h) => {
      if (7 * w + 7 <= Math.max(7, days)) hold(sums[h]!.weeks, total, week.bands);
    });
  });
}

/** The scored quantiles of one interval, from the 50, 80 and 95 % bands and the median. */
function quantilesAt(forecast: QueueForecast, i: number): number[] {
  const [half, eighty, ninetyFive] = forecast.bands;
  return [
    ninetyFive!.lower[i]!,
    eighty!.lower[i]!,
    half!.lower[i]!,
    forecast.median[i]!,
    half!.upper[i]!,
    eighty!.upper[i]!,
    ninetyFive!.upper[i]!,
  ];
}

function hold(
  part: Sums['days'],
  actual: number | null,
  bands: readonly { readonly level: number; readonly lower: number; readonly upper: number }[],
): void {
  // A day without any contact in a 5-day file is a closed day that the file does not list.
  if (actual === null || actual === 0) return;
  const held = (level: number) =>
    bands.some(band => band.level === level && actual >= band.lower && actual <= band.upper);
  part.count++;
  if (held(0.8)) part.held80++;
  if (held(0.95)) part.held95++;
}

function weeklyScale(history: RealHistory, end: number): number {
  const { offered, stepSeconds } = history.series;
  const week = (7 * 86_400) / stepSeconds;
  let sum = 0;
  let count = 0;
  for (let i = week; i < end; i++) {
    const now = offered[i];
    const before = offered[i - week];
    if (now == null || before == null) continue;
    sum += Math.abs(now - before);
    count++;
  }
  return count > 0 ? sum / count : 0;
}
