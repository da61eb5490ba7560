import { type DayMean, totalBands } from '../../../forecasting/demand/bands.ts';
import {
  forecastQueue,
  type IntervalSeries,
  type QueueForecast,
  samplePaths,
} from '../../../forecasting/index.ts';

export const HORIZON_DAYS = 28;
const PATHS = 200;

/** Spans of days ahead whose totals are judged, `from` counted from 0, `to` exclusive. */
export const SPANS = [
  { name: 'day', starts: Array.from({ length: HORIZON_DAYS }, (_, d) => d), days: 1 },
  { name: 'first week', starts: [0], days: 7 },
  { name: 'weeks 2–4', starts: [7, 14, 21], days: 7 },
  { name: 'four weeks', starts: [0], days: HORIZON_DAYS },
] as const;

/** How often a total fell into its bands, and how wide they were. */
export interface Held {
  count: number;
  at80: number;
  at95: number;
  /** How often it fell between the 10 % and the 90 % quantile of sampled futures. */
  sampled80: number;
  /** Sums of the 80 % band's half width and of the absolute error, each over the expected total. */
  halfWidth: number;
  error: number;
}

export function nothingHeld(): Held[] {
  return SPANS.map(() => ({ count: 0, at80: 0, at95: 0, sampled80: 0, halfWidth: 0, error: 0 }));
}

/**
 * Forecasts four weeks from `origin`, of which `series` holds what came, and notes which totals their bands held. A day
 * without data, or with an interval that `isFilled` says was made up, is left out of the totals and of their bands.
 */
export function noteTotals(
  series: IntervalSeries,
  origin: number,
  held: readonly Held[],
  isFilled: (start: number) => boolean = () => false,
): void {
  const forecast = forecastQueue(series, { originEpochSeconds: origin, horizonDays: HORIZON_DAYS });
  const days = scoredDays(forecast, series, isFilled);
  const futures = samplePaths(forecast, {
    count: PATHS,
    seed: origin + series.offered.length + (held[0]?.count ?? 0),
  });
  SPANS.forEach((span, s) => {
    for (const from of span.starts) {
      const part = days.slice(from, from + span.days).filter(day => day !== null);
      if (part.length > 0 && part.length >= Math.min(span.days, 4))
        noteSpan(forecast, futures, part, held[s]);
    }
  });
}

interface ScoredDay extends DayMean {
  readonly firstIndex: number;
  readonly count: number;
  readonly actual: number;
}

function scoredDays(
  forecast: QueueForecast,
  series: IntervalSeries,
  isFilled: (start: number) => boolean,
): (ScoredDay | null)[] {
  const offset = (forecast.start - series.start) / series.stepSeconds;
  return forecast.days.map(({ firstIndex, count, offered }, d) => {
    let actual = 0;
    let squaredMeans = 0;
    let known = 0;
    for (let i = firstIndex; i < firstIndex + count; i++) {
      if (forecast.open[i] !== 1) continue;
      const value = series.offered[offset + i];
      if (value == null || isFilled(forecast.start + i * forecast.stepSeconds)) return null;
      actual += value;
      squaredMeans += (forecast.offered[i] ?? 0) ** 2;
      known++;
    }
    return known > 0 && offered > 0
      ? { ahead: d + 1, mean: offered, squaredMeans, firstIndex, count, actual }
      : null;
  });
}

function noteSpan(
  forecast: QueueForecast,
  futures: readonly Int32Array[],
  days: readonly ScoredDay[],
  held: Held | undefined,
): void {
  if (!held) return;
  const actual = days.reduce((sum, day) => sum + day.actual, 0);
  const mean = days.reduce((sum, day) => sum + day.mean, 0);
  const [at80, at95] = totalBands(forecast.uncertainty, days, [0.8, 0.95]);
  const sums = futures
    .map(path => days.reduce((sum, day) => sum + dayOf(path, day), 0))
    .sort((a, b) => a - b);
  const sampled = {
    lower: sums[Math.floor(0.1 * sums.length) - 1] ?? 0,
    upper: sums[Math.ceil(0.9 * sums.length)] ?? 0,
  };
  const inside = (band: { readonly lower: number; readonly upper: number } | undefined) =>
    band && actual >= band.lower && actual <= band.upper ? 1 : 0;
  held.count++;
  held.at80 += inside(at80);
  held.at95 += inside(at95);
  held.sampled80 += inside(sampled);
  held.halfWidth += at80 ? (at80.upper - at80.lower) / 2 / mean : 0;
  held.error += Math.abs(actual - mean) / mean;
}

function dayOf(path: Int32Array, day: ScoredDay): number {
  let sum = 0;
  for (let i = day.firstIndex; i < day.firstIndex + day.count; i++) sum += path[i] ?? 0;
  return sum;
}
