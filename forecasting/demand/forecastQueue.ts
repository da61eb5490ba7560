import { dateOfDayNumber } from '../history/localClock.ts';
import type { IntervalSeries } from '../history/series.ts';
import { ahtAt, ahtBand, fitAht } from './aht.ts';
import { countMedian, type DayMean, intervalBands, totalBands } from './bands.ts';
import { HORIZON_BUCKETS } from './dayLevel.ts';
import type { Driver } from './drivers.ts';
import { learnQueue, type QueueModel } from './engine.ts';
import { MEMBER_NAMES } from './ensemble.ts';
import { averageOpenSlots, emptyExplanation, explainInterval } from './explain.ts';
import { type HorizonGrid, horizonGrid } from './horizonGrid.ts';
import { noiseFloorWape } from './noiseFloor.ts';
import type {
  AhtBand,
  DayForecast,
  ForecastOptions,
  MethodChoice,
  QueueForecast,
  WeekForecast,
} from './types.ts';
import { scatterAt } from './uncertainty.ts';

const DEFAULT_LEVELS: readonly number[] = [0.8, 0.95];

/**
 * Forecasts volume and handle time of one queue with bands, from the intervals before the origin alone. Interval
 * length, opening hours, models, settings and uncertainty come from the series' own past.
 *
 * @throws RangeError if there is no interval with data before the origin, or an option is out of range.
 */
export function forecastQueue(series: IntervalSeries, options: ForecastOptions): QueueForecast {
  const levels = checkedLevels(options.levels ?? DEFAULT_LEVELS);
  const model = learnQueue(series, options);
  const grid = horizonGrid(series, options, model);
  const columns = layOut(model, grid, levels);
  const days = daySummaries(model, grid, columns.offered, levels, options);
  return {
    start: grid.start,
    stepSeconds: series.stepSeconds,
    timeZone: series.timeZone,
    originEpochSeconds: options.originEpochSeconds,
    openingHours: model.openingHours,
    ...columns,
    days: days.map(({ mean: _, ...day }) => day),
    weeks: weekSummaries(model, days, levels),
    total: {
      offered: days.reduce((sum, day) => sum + day.offered, 0),
      bands: totalBands(
        model.uncertainty,
        days.map(day => day.mean),
        levels,
      ),
    },
    methods: methodChoices(model),
    effects: [...model.ensemble.levelChoice.blocks],
    uncertainty: model.uncertainty,
    noiseFloorWape: noiseFloorWape(columns.offered),
    findings: model.findings,
    notes: model.notes,
  };
}

function checkedLevels(levels: readonly number[]): readonly number[] {
  for (const level of levels) {
    if (!(level > 0 && level < 1)) throw new RangeError(`levels must lie between 0 and 1; found ${level}`);
  }
  return [...levels].sort((a, b) => a - b);
}

function layOut(model: QueueModel, grid: HorizonGrid, levels: readonly number[]) {
  const { table } = model.history;
  const aht = fitAht(model.history, table.days);
  const openSlots = averageOpenSlots(model);
  const column = () => new Array<number>(grid.count).fill(0);
  const optional = () => new Array<number | null>(grid.count).fill(null);
  const offered = column();
  const median = column();
  const bands = levels.map(level => ({ level, lower: column(), upper: column() }));
  const ahtSeconds = optional();
  const ahtBands = levels.map((level): AhtBand & { lower: (number | null)[]; upper: (number | null)[] } => ({
    level,
    lower: optional(),
    upper: optional(),
  }));
  const explanation = emptyExplanation(grid.count);
  for (let i = 0; i < grid.count; i++) {
    const day = grid.day[i]!;
    const slot = grid.slot[i]!;
    const mean = grid.open[i] === 1 ? model.mean[day * table.slots + slot]! : 0;
    offered[i] = mean;
    explainInterval(explanation, i, model, day, slot, mean, openSlots);
    if (grid.open[i] !== 1) continue;
    intervalBands(scatterAt(model.uncertainty, day + 1), mean, levels).forEach((band, b) => {
      bands[b]!.lower[i] = band.lower;
      bands[b]!.upper[i] = band.upper;
    });
    median[i] = countMedian(scatterAt(model.uncertainty, day + 1), mean);
    if (!aht) continue;
    const weekday = model.ensemble.workspace.weekdays[table.days + day]!;
    const expected = ahtAt(aht, weekday, slot, table.slots);
    ahtSeconds[i] = expected;
    levels.forEach((level, b) => {
      const band = ahtBand(aht, expected, mean, level);
      ahtBands[b]!.lower[i] = band.lower;
      ahtBands[b]!.upper[i] = band.upper;
    });
  }
  return {
    open: Array.from(grid.open.subarray(0, grid.count)),
    offered,
    median,
    bands,
    ahtSeconds,
    ahtBands,
    explanation,
  };
}

type DaySummary = DayForecast & { readonly mean: DayMean };

function daySummaries(
  model: QueueModel,
  grid: HorizonGrid,
  offered: readonly number[],
  levels: readonly number[],
  options: ForecastOptions,
): DaySummary[] {
  const { table } = model.history;
  const names = new Map((options.specialDays ?? []).map(day => [day.date, day.name]));
  const days: DaySummary[] = [];
  let from = 0;
  for (let i = 1; i <= grid.count; i++) {
    if (i < grid.count && grid.day[i] === grid.day[from]) continue;
    let total = 0;
    let squaredMeans = 0;
    for (let k = from; k < i; k++) {
      total += offered[k]!;
      squaredMeans += offered[k]! ** 2;
    }
    const ahead = grid.day[from]! + 1;
    const mean: DayMean = { ahead, mean: total, squaredMeans };
    const date = dateOfDayNumber(table.firstDayNumber + table.days + grid.day[from]!);
    const specialDay = names.get(date);
    days.push({
      date,
      startEpochSeconds: grid.start + from * table.stepSeconds,
      firstIndex: from,
      count: i - from,
      offered: total,
      bands: totalBands(model.uncertainty, [mean], levels),
      ...(specialDay !== undefined && { specialDay }),
      ...driverFactors(model, grid.day[from]!, options.drivers ?? []),
      mean,
    });
    from = i;
  }
  return days;
}

function driverFactors(
  { dayLevel, ensemble }: QueueModel,
  day: number,
  drivers: readonly Driver[],
): Pick<DayForecast, 'drivers'> {
  if (!ensemble.levelChoice.blocks.has('driver')) return {};
  return {
    drivers: drivers.map(({ name }, i) => ({ name, factor: Math.exp(dayLevel.drivers[i]?.[day] ?? 0) })),
  };
}

function weekSummaries(
  model: QueueModel,
  days: readonly DaySummary[],
  levels: readonly number[],
): WeekForecast[] {
  const weeks: WeekForecast[] = [];
  for (let from = 0; from < days.length; from += 7) {
    const part = days.slice(from, from + 7);
    weeks.push({
      firstDate: part[0]!.date,
      days: part.length,
      offered: part.reduce((sum, day) => sum + day.offered, 0),
      bands: totalBands(
        model.uncertainty,
        part.map(day => day.mean),
        levels,
      ),
    });
  }
  return weeks;
}

function methodChoices(model: QueueModel): MethodChoice[] {
  const { shares, losses } = model.ensemble;
  return HORIZON_BUCKETS.map((toDay, bucket) => ({
    fromDay: bucket === 0 ? 1 : HORIZON_BUCKETS[bucket - 1]! + 1,
    toDay,
    members: MEMBER_NAMES.map((name, m) => ({
      model: name,
      share: shares[bucket * MEMBER_NAMES.length + m]!,
    })).filter(member => member.share > 0.005),
    wape: finiteOrNull(losses[bucket]!.ensemble),
    naiveWape: finiteOrNull(losses[bucket]!.naive),
  }));
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
