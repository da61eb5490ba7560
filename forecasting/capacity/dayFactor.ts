import type { GridDay } from '../calendar/grid.ts';
import { daysBetween, localDateOf } from '../calendar/time.ts';
import { type BucketUncertainty, scatterAt, type Uncertainty } from '../demand/uncertainty.ts';
import type { BandDraws } from './bandDraws.ts';

/** How a queue's calls scatter about its forecast. */
export interface ForecastScatter {
  /** When the forecast was made. */
  readonly originEpochSeconds: number;
  readonly uncertainty: Uncertainty;
}

/** How a day's factor on the calls scatters. */
export interface DayLaw {
  /** Standard deviations of the logarithms of the level's and the day's own factor, and their mean. */
  readonly levelSigma: number;
  readonly daySigma: number;
  readonly centre: number;
  readonly spread: number;
}

/** The forecast's scatter on a day; null where it says nothing. */
export function scatterOn(
  { day }: GridDay,
  scatter: ForecastScatter | undefined,
  timeZone: string,
): BucketUncertainty | null {
  if (!scatter) return null;
  const first = localDateOf(scatter.originEpochSeconds, timeZone);
  return scatterAt(scatter.uncertainty, daysBetween(first, day.date) + 1);
}

/** The law of a day's factor; without scatter it is 1. */
export function dayLaw(scatter: BucketUncertainty | null): DayLaw {
  const stretch = scatter ? scatter.dayStretch80 ** 2 : 0;
  const levelVariance = scatter ? Math.log1p(scatter.levelVariance * stretch) : 0;
  const ownVariance = scatter
    ? Math.log1p(Math.max(0, scatter.dayVariance - scatter.levelVariance) * stretch)
    : 0;
  return {
    levelSigma: Math.sqrt(levelVariance),
    daySigma: Math.sqrt(ownVariance),
    centre: -(levelVariance + ownVariance) / 2,
    spread: Math.sqrt(levelVariance + ownVariance),
  };
}

/**
 * Logarithm of the factor on a day's calls in one future of one queue.
 *
 * @param at future × queues + queue
 */
export function logFactor(law: DayLaw, day: number, draws: BandDraws, at: number): number {
  const dayCount = draws.day.length / draws.level.length;
  return (
    law.centre +
    law.levelSigma * (draws.level[at] ?? 0) +
    law.daySigma * (draws.day[at * dayCount + day] ?? 0)
  );
}

/** Whether an interval lies in a day. */
export function dayHas(day: GridDay, i: number): boolean {
  return i >= day.firstIndex && i < day.firstIndex + day.count;
}
