import type { BucketUncertainty } from '../demand/uncertainty.ts';
import { FIGURES } from './bandDraws.ts';
import { GoalSolvers } from './goalSolvers.ts';
import type { QuickQueue } from './quickQueue.ts';
import {
  ASA,
  COLUMNS,
  LEVEL,
  LEVEL_NOISE,
  LOST,
  LOST_NOISE,
  NeedTable,
  ResponseTable,
  WAIT_NOISE,
} from './responseTable.ts';
import type { QueueOutcome, ScenarioTotals } from './scenario.ts';

/** Sums over intervals at one value of the factor on their calls. */
export const CALLS = 0;
export const IN_TIME = 1;
export const ABANDONED = 2;
export const WAITED = 3;
export const BUSY = 4;
/** Agent-intervals that the goals would need. */
export const NEEDED = 5;
/** Variances about the scenario's service level, abandonment, ASA and of busy time follow, `FIGURES` in all. */
export const VARIANCE = 6;
export const SUMS = VARIANCE + FIGURES;

/** Gauss–Hermite with two points: an interval's own factor one standard deviation to either side. */
const OWN_PLACES = Float64Array.of(-1, 1);
const CERTAIN_PLACES = Float64Array.of(0);
const LEAST_FACTOR = 0.02;

interface Interval {
  readonly calls: number;
  readonly ahtSeconds: number;
  readonly response: ResponseTable;
  readonly need: NeedTable;
}

/**
 * The intervals of a queue as functions of the factor on their calls, staff as it is. Tables are made at the queue's
 * mean handle time and read at each interval's own load.
 */
export class IntervalCurves {
  readonly #stepSeconds: number;
  /** Contacts that an agent holds at once: each fills so much less of the agent's time. */
  readonly #concurrency: number;
  readonly #intervals: readonly (Interval | null)[];
  readonly #totals: ScenarioTotals;
  readonly #exact: ScenarioTotals;
  /** Agent-intervals that the goals need at the forecast itself. */
  readonly #required: number;
  readonly #point = new Float64Array(COLUMNS);

  /** @param totals of the whole scenario: what variances are taken about */
  constructor(outcome: QueueOutcome, totals: ScenarioTotals) {
    this.#stepSeconds = outcome.queue.stepSeconds;
    this.#concurrency = outcome.queue.concurrency ?? 1;
    this.#totals = totals;
    this.#exact = outcome.totals;
    this.#required = outcome.required.reduce<number>((sum, count) => sum + (count ?? 0), 0);
    this.#intervals = tabled(outcome);
  }

  /** Agents that the goals need in an interval when its calls come `factor` times. */
  needAt(i: number, factor: number): number {
    const interval = this.#intervals[i];
    if (!interval) return 0;
    return interval.need.read((interval.calls * factor * interval.ahtSeconds) / this.#stepSeconds);
  }

  /** Adds interval i with its calls times `factor` to the `SUMS` entries of `rows` from `base` on. */
  add(i: number, factor: number, scatter: BucketUncertainty | null, rows: Float64Array, base: number): void {
    const interval = this.#intervals[i];
    if (!interval || !(interval.calls > 0)) return;
    const mean = interval.calls * factor;
    const spread = scatter ? Math.sqrt(Math.max(0, scatter.slotFactor - 1) / mean + scatter.slotVariance) : 0;
    this.#addAround(interval, mean, spread, rows, base);
    rows[base + NEEDED]! += interval.need.read((mean * interval.ahtSeconds) / this.#stepSeconds);
  }

  #addAround(interval: Interval, mean: number, spread: number, rows: Float64Array, base: number): void {
    const point = this.#point;
    const { ahtSeconds, response } = interval;
    const workSeconds = ahtSeconds / this.#concurrency;
    const step = this.#stepSeconds;
    const places = spread > 0 ? OWN_PLACES : CERTAIN_PLACES;
    const weight = 1 / places.length;
    const level = new Moments(this.#totals.serviceLevel ?? 0);
    const lost = new Moments(this.#totals.abandonmentRate ?? 0);
    const wait = new Moments(this.#totals.asaSeconds ?? 0);
    const work = new Moments(0);
    let sum = 0;
    let handled = 0;
    let levelNoise = 0;
    let lostNoise = 0;
    let waitNoise = 0;
    for (let k = 0; k < places.length; k++) {
      const calls = mean * Math.max(LEAST_FACTOR, 1 + places[k]! * spread);
      response.read((calls * ahtSeconds) / step, point);
      const answered = calls * (1 - point[LOST]!);
      sum += weight * calls;
      handled += weight * answered;
      level.add(weight, calls * point[LEVEL]!, calls);
      lost.add(weight, calls - answered, calls);
      wait.add(weight, answered * point[ASA]!, answered);
      work.add(weight, answered * workSeconds, 0);
      levelNoise += weight * point[LEVEL_NOISE]!;
      lostNoise += weight * point[LOST_NOISE]!;
      waitNoise += weight * point[WAIT_NOISE]!;
    }
    rows[base + CALLS]! += sum;
    rows[base + IN_TIME]! += level.sum;
    rows[base + ABANDONED]! += lost.sum;
    rows[base + WAITED]! += wait.sum;
    rows[base + BUSY]! += work.sum;
    rows[base + VARIANCE]! += level.variance() + step * levelNoise;
    rows[base + VARIANCE + 1]! += lost.variance() + step * lostNoise;
    rows[base + VARIANCE + 2]! += wait.variance() + step * waitNoise;
    // A Poisson number of exponential handle times.
    rows[base + VARIANCE + 3]! += work.variance() + 2 * handled * workSeconds * workSeconds;
  }

  /** What the tables miss of the exact totals at the forecast itself, per sum from `CALLS` to `NEEDED`. */
  offset(): Float64Array {
    const row = new Float64Array(SUMS);
    for (let i = 0; i < this.#intervals.length; i++) this.add(i, 1, null, row, 0);
    const { calls, serviceLevel, abandonmentRate, asaSeconds, occupancy, agentHours } = this.#exact;
    const lost = calls * (abandonmentRate ?? 0);
    return Float64Array.of(
      0,
      calls * (serviceLevel ?? 0) - row[IN_TIME]!,
      lost - row[ABANDONED]!,
      (calls - lost) * (asaSeconds ?? 0) - row[WAITED]!,
      (occupancy ?? 0) * agentHours * 3600 - row[BUSY]!,
      this.#required - row[NEEDED]!,
    );
  }
}

/** Mean of a figure over an interval's own factor, and the variance of what it deviates from its share of `of`. */
class Moments {
  sum = 0;
  readonly #share: number;
  #first = 0;
  #second = 0;

  constructor(share: number) {
    this.#share = share;
  }

  add(weight: number, value: number, of: number): void {
    const rest = value - this.#share * of;
    this.sum += weight * value;
    this.#first += weight * rest;
    this.#second += weight * rest * rest;
  }

  variance(): number {
    return Math.max(0, this.#second - this.#first * this.#first);
  }
}

interface Tables {
  readonly need: NeedTable;
  readonly responses: Map<number, ResponseTable>;
}

function tabled(outcome: QueueOutcome): readonly (Interval | null)[] {
  const { queue, demand, agents } = outcome;
  const solvers = new GoalSolvers(queue);
  const mean = meanAht(outcome);
  const tables = new Map<QuickQueue, Tables>();
  return demand.offered.map((calls, i) => {
    const ahtSeconds = demand.ahtSeconds[i];
    const count = agents[i];
    if (calls === null || ahtSeconds == null || count == null || !(ahtSeconds > 0)) return null;
    const solver = solvers.at(i);
    let own = tables.get(solver);
    if (!own) {
      own = { need: new NeedTable(solver, queue.stepSeconds, mean), responses: new Map() };
      tables.set(solver, own);
    }
    let response = own.responses.get(count);
    if (!response) {
      response = new ResponseTable(count, solver, { ...queue, ahtSeconds: mean });
      own.responses.set(count, response);
    }
    return { calls, ahtSeconds, response, need: own.need };
  });
}

function meanAht({ demand }: QueueOutcome): number {
  let seconds = 0;
  let calls = 0;
  demand.offered.forEach((offered, i) => {
    const aht = demand.ahtSeconds[i];
    if (offered === null || aht == null) return;
    seconds += offered * aht;
    calls += offered;
  });
  return calls > 0 ? seconds / calls : 0;
}
