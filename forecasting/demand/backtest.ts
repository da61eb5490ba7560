import { addDays, daysBetween, localDateOf, localDay } from '../calendar/time.ts';
import type { IntervalSeries } from '../history/series.ts';
import { endOf } from '../history/series.ts';
import { type Accuracy, AccuracyTally, SCORED_QUANTILES, seasonalNaiveScale } from './accuracy.ts';
import { intervalQuantiles } from './bands.ts';
import { learnQueue, type QueueModel } from './engine.ts';
import { type HorizonGrid, horizonGrid } from './horizonGrid.ts';
import { average4, average8, seasonalNaive } from './models/averages.ts';
import { poissonFloor } from './noiseFloor.ts';
import type { ForecastOptions } from './types.ts';
import { learnUncertainty, scatterAt, type Uncertainty } from './uncertainty.ts';

/** Which rolling origins are run, and what is scored. */
export interface BacktestOptions
  extends Omit<ForecastOptions, 'originEpochSeconds' | 'horizonDays' | 'endEpochSeconds' | 'levels'> {
  /** How many origins (spread over the later history), or the origins themselves. */
  readonly origins: number | readonly number[];
  /** Horizons in local days, each scored from the first day on. */
  readonly horizonsDays: readonly number[];
  /** Starts of intervals that are not scored, such as filled-in values. */
  readonly notScored?: ReadonlySet<number>;
  /** Called after each origin with the share done. */
  readonly onProgress?: (done: number) => void;
}

/** Accuracy of one method at one horizon. */
export interface MethodAccuracy {
  readonly method: 'forecast' | 'seasonal-naive' | 'average-4' | 'average-8';
  readonly accuracy: Accuracy;
}

/** What the rolling origins showed for one horizon. */
export interface HorizonResult {
  readonly horizonDays: number;
  readonly forecast: Accuracy;
  /** The simple forecasts against which it must stand. */
  readonly naive: readonly MethodAccuracy[];
  /** WAPE of Poisson noise about the forecast rate: no method can do better. */
  readonly floorWape: number;
  readonly dayTotals: Accuracy;
  /** Monday first; an entry without intervals was not scored. */
  readonly byWeekday: readonly Accuracy[];
  /** 24 local hours from midnight. */
  readonly byHour: readonly Accuracy[];
}

/** A rolling-origin test: every origin saw only what came before it. */
export interface BacktestResult {
  readonly originsEpochSeconds: readonly number[];
  readonly horizons: readonly HorizonResult[];
  readonly historyDays: number;
}

const LEAST_HISTORY_DAYS = 14;

/**
 * Forecasts from past origins and scores what followed, beside the naive forecasts.
 *
 * @throws RangeError if the history is too short for one origin, or an option is out of range.
 */
export function backtest(series: IntervalSeries, options: BacktestOptions): BacktestResult {
  const horizons = [...options.horizonsDays].sort((a, b) => a - b);
  const longest = horizons.at(-1);
  if (longest === undefined || horizons.some(days => !Number.isInteger(days) || days < 1)) {
    throw new RangeError('horizonsDays requires at least one whole number of days above 0');
  }
  const origins =
    typeof options.origins === 'number' ? spreadOrigins(series, options.origins, longest) : options.origins;
  if (origins.length === 0) throw new RangeError('origins requires at least 1 origin');
  const tallies = horizons.map(() => newTallies());
  origins.forEach((origin, done) => {
    scoreOrigin(series, origin, longest, horizons, tallies, options);
    options.onProgress?.((done + 1) / origins.length);
  });
  return {
    originsEpochSeconds: origins,
    historyDays:
      daysBetween(
        localDateOf(series.start, series.timeZone),
        localDateOf(endOf(series) - 1, series.timeZone),
      ) + 1,
    horizons: horizons.map((horizonDays, i) => readTallies(horizonDays, tallies[i]!)),
  };
}

/** Local midnights spread over the later two thirds of the history, their weekdays rotating. */
function spreadOrigins(series: IntervalSeries, count: number, horizonDays: number): number[] {
  if (!Number.isInteger(count) || count < 1 || count > 400) {
    throw new RangeError(`origins must be a whole number from 1 to 400; found ${count}`);
  }
  const first = localDateOf(series.start, series.timeZone);
  const days = daysBetween(first, localDateOf(endOf(series) - 1, series.timeZone)) + 1;
  const last = days - horizonDays;
  if (last < LEAST_HISTORY_DAYS) {
    throw new RangeError(
      `history of ${days} day(s) is too short to test a horizon of ${horizonDays} day(s): at least ${LEAST_HISTORY_DAYS + horizonDays} are needed`,
    );
  }
  const earliest = Math.max(LEAST_HISTORY_DAYS, Math.floor(last / 3));
  let step = Math.max(1, Math.floor((last - earliest) / Math.max(1, count - 1)));
  if (step > 7 && step % 7 === 0) step--;
  const origins: number[] = [];
  for (let i = count - 1; i >= 0; i--) {
    const row = last - i * step;
    if (row >= earliest || i === 0)
      origins.push(localDay(addDays(first, row), series.timeZone).startEpochSeconds);
  }
  return origins;
}

interface Tallies {
  readonly forecast: AccuracyTally;
  readonly seasonalNaive: AccuracyTally;
  readonly average4: AccuracyTally;
  readonly average8: AccuracyTally;
  readonly dayTotals: AccuracyTally;
  readonly byWeekday: readonly AccuracyTally[];
  readonly byHour: readonly AccuracyTally[];
  floor: number;
  floorVolume: number;
}

function newTallies(): Tallies {
  const several = (count: number) => Array.from({ length: count }, () => new AccuracyTally());
  return {
    forecast: new AccuracyTally(),
    seasonalNaive: new AccuracyTally(),
    average4: new AccuracyTally(),
    average8: new AccuracyTally(),
    dayTotals: new AccuracyTally(),
    byWeekday: several(7),
    byHour: several(24),
    floor: 0,
    floorVolume: 0,
  };
}

interface OriginRun {
  readonly model: QueueModel;
  readonly grid: HorizonGrid;
  readonly naive: Float64Array;
  readonly naiveUncertainty: Uncertainty;
  readonly four: Float64Array;
  readonly eight: Float64Array;
  readonly scale: number;
}

function runOrigin(
  series: IntervalSeries,
  origin: number,
  days: number,
  options: BacktestOptions,
): OriginRun {
  const forecastOptions: ForecastOptions = { ...options, originEpochSeconds: origin, horizonDays: days };
  const model = learnQueue(series, forecastOptions);
  const { history } = model;
  const input = { history, end: history.table.days };
  const naiveRuns = model.ensemble.backtests.map(run => ({ ...run, mean: run.naive }));
  const before = Math.floor((origin - series.start) / series.stepSeconds);
  return {
    model,
    grid: horizonGrid(series, forecastOptions, model),
    naive: seasonalNaive.fit(input).predict(days),
    naiveUncertainty: learnUncertainty(history, naiveRuns),
    four: average4.fit(input).predict(days),
    eight: average8.fit(input).predict(days),
    scale: seasonalNaiveScale(series.offered, before, (7 * 86_400) / series.stepSeconds),
  };
}

function scoreOrigin(
  series: IntervalSeries,
  origin: number,
  longest: number,
  horizons: readonly number[],
  tallies: readonly Tallies[],
  options: BacktestOptions,
): void {
  const run = runOrigin(series, origin, longest, options);
  const { grid, model } = run;
  const { slots, stepSeconds } = model.history.table;
  const offset = (grid.start - series.start) / stepSeconds;
  const dayActual = new Float64Array(longest);
  const dayForecast = new Float64Array(longest);
  for (let i = 0; i < grid.count; i++) {
    const actual = series.offered[offset + i];
    if (actual == null || grid.open[i] !== 1 || options.notScored?.has(grid.start + i * stepSeconds))
      continue;
    const day = grid.day[i]!;
    const cell = day * slots + grid.slot[i]!;
    dayActual[day]! += actual;
    dayForecast[day]! += model.mean[cell]!;
    const weekday = model.ensemble.workspace.weekdays[model.history.table.days + day]!;
    const hour = Math.floor((grid.slot[i]! * stepSeconds) / 3600);
    scoreInterval(run, actual, cell, day, weekday, hour, horizons, tallies);
  }
  for (let day = 0; day < longest; day++) {
    if (!(dayForecast[day]! > 0)) continue;
    horizons.forEach((days, h) => {
      if (day < days) tallies[h]!.dayTotals.add({ actual: dayActual[day]!, forecast: dayForecast[day]! }, 0);
    });
  }
}

function scoreInterval(
  run: OriginRun,
  actual: number,
  cell: number,
  day: number,
  weekday: number,
  hour: number,
  horizons: readonly number[],
  tallies: readonly Tallies[],
): void {
  const { model, scale } = run;
  const mean = model.mean[cell]!;
  const scored = {
    actual,
    forecast: mean,
    quantiles: intervalQuantiles(scatterAt(model.uncertainty, day + 1), mean, SCORED_QUANTILES),
  };
  const naive = run.naive[cell]!;
  const naiveQuantiles = intervalQuantiles(scatterAt(run.naiveUncertainty, day + 1), naive, SCORED_QUANTILES);
  const floor = poissonFloor(mean);
  horizons.forEach((days, h) => {
    if (day >= days) return;
    const tally = tallies[h]!;
    tally.forecast.add(scored, scale);
    tally.seasonalNaive.add({ actual, forecast: naive, quantiles: naiveQuantiles }, scale);
    tally.average4.add({ actual, forecast: run.four[cell]! }, scale);
    tally.average8.add({ actual, forecast: run.eight[cell]! }, scale);
    tally.byWeekday[weekday]?.add(scored, scale);
    tally.byHour[hour]?.add(scored, scale);
    tally.floor += floor;
    tally.floorVolume += mean;
  });
}

function readTallies(horizonDays: number, tallies: Tallies): HorizonResult {
  return {
    horizonDays,
    forecast: tallies.forecast.read(),
    naive: [
      { method: 'seasonal-naive', accuracy: tallies.seasonalNaive.read() },
      { method: 'average-4', accuracy: tallies.average4.read() },
      { method: 'average-8', accuracy: tallies.average8.read() },
    ],
    floorWape: tallies.floorVolume > 0 ? tallies.floor / tallies.floorVolume : 0,
    dayTotals: tallies.dayTotals.read(),
    byWeekday: tallies.byWeekday.map(tally => tally.read()),
    byHour: tallies.byHour.map(tally => tally.read()),
  };
}
