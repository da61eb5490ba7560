import type { GridDay } from '../calendar/grid.ts';
import type { ServiceLevelGoal } from '../staffing/load.ts';
import { RatioSums } from './estimate.ts';
import { PerformanceSums, SERVICE_LEVEL_RATIOS } from './performance.ts';
import type { PlanDay, PlanIntervals, PlanPeriod } from './planModel.ts';
import {
  ABANDONED,
  ANSWERED,
  ANSWERED_WAIT,
  CARRIED_OVER,
  FIELD_COUNT,
  OFFERED,
  sumTally,
  type Tally,
} from './tally.ts';

/** Ratios kept per interval. */
const LEVEL = 0;
const MET = 1;
const ABANDON = 2;
const ASA = 3;
const INTERVAL_RATIOS = 4;

/** One queue of a plan over its replications. */
export class PlanQueueSums {
  private readonly goal: ServiceLevelGoal;
  private readonly queue: number;
  private readonly days: readonly GridDay[];
  private readonly count: number;
  private readonly intervals: RatioSums;
  private readonly offered: Float64Array;
  private readonly carriedOver: Float64Array;
  /** The days, then the whole. */
  private readonly periods: PerformanceSums;
  private readonly met: RatioSums;
  private readonly levels: number[][];
  private replications = 0;

  constructor(goal: ServiceLevelGoal, queue: number, days: readonly GridDay[], intervals: number) {
    this.goal = goal;
    this.queue = queue;
    this.days = days;
    this.count = intervals;
    this.intervals = new RatioSums(intervals * INTERVAL_RATIOS);
    this.offered = new Float64Array(intervals);
    this.carriedOver = new Float64Array(intervals);
    this.periods = new PerformanceSums(days.length + 1);
    this.met = new RatioSums(days.length + 1);
    this.levels = Array.from({ length: days.length + 1 }, () => []);
  }

  add(tally: Tally): void {
    this.replications++;
    this.days.forEach(({ firstIndex, count }, i) => {
      this.addPeriod(i, sumTally(tally, this.queue, firstIndex, firstIndex + count));
    });
    this.addPeriod(this.days.length, sumTally(tally, this.queue, 0, this.count));
    const { cells } = tally;
    for (let i = 0; i < this.count; i++) {
      this.addInterval(i, cells, (this.queue * this.count + i) * FIELD_COUNT);
    }
  }

  private level(counts: Float64Array, at: number): readonly [number, number] {
    const [numerator, denominator] = SERVICE_LEVEL_RATIOS[this.goal.definition];
    return [numerator(counts, at), denominator(counts, at)];
  }

  private addPeriod(period: number, counts: Float64Array): void {
    this.periods.add(period, counts, 0);
    const [good, all] = this.level(counts, 0);
    this.met.add(period, all > 0 && good >= this.goal.target * all ? 1 : 0, all > 0 ? 1 : 0);
    if (all > 0) this.levels[period]?.push(good / all);
  }

  private addInterval(i: number, cells: Float64Array, at: number): void {
    const { intervals } = this;
    const [good, all] = this.level(cells, at);
    const base = i * INTERVAL_RATIOS;
    intervals.add(base + LEVEL, good, all);
    intervals.add(base + MET, all > 0 && good >= this.goal.target * all ? 1 : 0, all > 0 ? 1 : 0);
    intervals.add(base + ABANDON, cells[at + ABANDONED]!, cells[at + OFFERED]!);
    intervals.add(base + ASA, cells[at + ANSWERED_WAIT]!, cells[at + ANSWERED]!);
    this.offered[i]! += cells[at + OFFERED]!;
    this.carriedOver[i]! += cells[at + CARRIED_OVER]!;
  }

  result(): { total: PlanPeriod; days: readonly PlanDay[]; intervals: PlanIntervals } {
    return {
      total: this.period(this.days.length),
      days: this.days.map(({ day, firstIndex, count }, i) => ({
        date: day.date,
        firstInterval: firstIndex,
        intervals: count,
        ...this.period(i),
      })),
      intervals: this.intervalResult(),
    };
  }

  private period(period: number): PlanPeriod {
    return {
      ...this.periods.performance(period),
      goalLevel: this.periods.serviceLevel(period, this.goal.definition),
      goalProbability: this.met.share(period),
      usualRange: usualRange(this.levels[period] ?? []),
    };
  }

  private intervalResult(): PlanIntervals {
    const { intervals, replications, count } = this;
    const each = <T>(value: (base: number) => T): T[] =>
      Array.from({ length: count }, (_, i) => value(i * INTERVAL_RATIOS));
    return {
      offered: Array.from(this.offered, sum => sum / replications),
      goalLevel: each(base => intervals.share(base + LEVEL)),
      goalProbability: each(base => intervals.share(base + MET)),
      abandonProbability: each(base => intervals.share(base + ABANDON)),
      asaSeconds: each(base => intervals.ratio(base + ASA)),
      carriedOver: Array.from(this.carriedOver, sum => sum / replications),
    };
  }
}

/** 10 % and 90 % quantiles (linear interpolation, type 7 of R). */
function usualRange(levels: readonly number[]): { low: number; high: number } | null {
  if (levels.length === 0) return null;
  const sorted = [...levels].sort((a, b) => a - b);
  const quantile = (p: number) => {
    const position = p * (sorted.length - 1);
    const below = Math.floor(position);
    const low = sorted[below] ?? 0;
    return low + (position - below) * ((sorted[below + 1] ?? low) - low);
  };
  return { low: quantile(0.1), high: quantile(0.9) };
}
