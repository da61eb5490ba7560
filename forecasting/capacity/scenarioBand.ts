import { type GridDay, gridDays } from '../calendar/grid.ts';
import type { BucketUncertainty } from '../demand/uncertainty.ts';
import { type BandDraws, FIGURES } from './bandDraws.ts';
import { type DayLaw, dayHas, dayLaw, type ForecastScatter, logFactor, scatterOn } from './dayFactor.ts';
import { ALL_SUMS, DEFERRED, DEFERRED_IN_TIME, DeferredFutures } from './deferredFutures.ts';
import { IntervalCurves, NEEDED, SUMS, VARIANCE } from './intervalCurves.ts';
import { NO_ANSWER_SECONDS } from './responseTable.ts';
import { type QueueOutcome, type ScenarioOutcome, staffIsSet } from './scenario.ts';

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Eight of ten outcomes lie between low and high; null where there is nothing to judge by. */
export interface ScenarioBand {
  readonly serviceLevel: Range | null;
  readonly asaSeconds: Range | null;
  readonly abandonmentRate: Range | null;
  readonly occupancy: Range | null;
  /** What the goals would ask for if the calls that come were known; the staff itself where it is set. */
  readonly peakAgents: Range;
  readonly paidHours: Range;
}

/** Nodes of the day's factor, in standard deviations of its logarithm. */
const NODES = 7;
const REACH = 3;
/**
 * The range that each figure of a scenario keeps to in 8 of 10 futures, staff as in the scenario. A future draws, as
 * the forecast's backtest says, one error of level per queue, one factor per queue and day (both move together over
 * queues), and the intervals' own noise; chance in the queue itself comes on top (`queueNoise`). Handle time, patience
 * and staff turn out as planned.
 *
 * @param scatter one per queue of the outcome, in its order
 */
export function scenarioBand(
  outcome: ScenarioOutcome,
  scatter: readonly ForecastScatter[],
  draws: BandDraws,
): ScenarioBand {
  const peak = outcome.agents.reduce((best, count, i) => (count > (outcome.agents[best] ?? 0) ? i : best), 0);
  const peakSeconds = peak * (outcome.queues[0]?.queue.stepSeconds ?? 0);
  const queues = outcome.queues.map((own, q) => {
    const at = Math.floor(peakSeconds / own.queue.stepSeconds);
    return own.queue.isDeferred
      ? new DeferredFutures(own, scatter[q], at)
      : new QueueFutures(own, outcome, scatter[q], at);
  });
  const { count } = draws;
  const figures = Array.from({ length: 6 }, () => new Float64Array(count));
  const sums = new Float64Array(ALL_SUMS);
  for (let future = 0; future < count; future++) {
    sums.fill(0);
    let paidHours = 0;
    let peakAgents = 0;
    queues.forEach((queue, q) => {
      const added = queue.add(draws, future, q, queues.length, sums);
      paidHours += added.paidHours;
      peakAgents += added.peakAgents;
    });
    const chance = (figure: number) =>
      Math.sqrt(sums[VARIANCE + figure] ?? 0) *
      (draws.chance[future * queues.length * FIGURES + figure] ?? 0);
    const [calls = 0, inTime = 0, abandoned = 0, waited = 0, busy = 0] = sums;
    figures[0]![future] = (inTime + sums[DEFERRED_IN_TIME]! + chance(0)) / (calls + sums[DEFERRED]!);
    figures[1]![future] = (waited + chance(2)) / (calls - abandoned);
    figures[2]![future] = (abandoned + chance(1)) / calls;
    figures[3]![future] = (busy + chance(3)) / (3600 * outcome.totals.agentHours);
    figures[4]![future] = peakAgents;
    figures[5]![future] = paidHours;
  }
  const [level, asa, lost, occupancy, peaks, hours] = figures;
  return {
    serviceLevel: rangeOf(level, 0, 1),
    asaSeconds: rangeOf(asa, 0, NO_ANSWER_SECONDS / 1000),
    abandonmentRate: rangeOf(lost, 0, 1),
    occupancy: rangeOf(occupancy, 0, 1),
    peakAgents: rangeOf(peaks, 0, Infinity) ?? { low: 0, high: 0 },
    paidHours: rangeOf(hours, 0, Infinity) ?? { low: 0, high: 0 },
  };
}

function rangeOf(values: Float64Array | undefined, least: number, most: number): Range | null {
  if (!values || values.length === 0) return null;
  const sorted = values.sort();
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))] ?? 0;
  const [low, high] = [at(0.1), at(0.9)];
  if (!Number.isFinite(low) || !Number.isFinite(high) || high > most * (1 + 1e-6) + 0.1) return null;
  return { low: Math.max(least, Math.min(most, low)), high: Math.max(least, Math.min(most, high)) };
}

interface DayResponse extends DayLaw {
  /** NODES × SUMS. */
  readonly nodes: Float64Array;
}

/** One queue's days as functions of how many calls come. */
class QueueFutures {
  readonly #days: readonly DayResponse[];
  readonly #offset: Float64Array;
  readonly #peakDay: number;
  readonly #peakNeed: (factor: number) => number;
  readonly #hoursPerAgent: number;
  readonly #isStaffSet: boolean;
  readonly #outcome: QueueOutcome;
  readonly #peakAgents: number;

  constructor(
    queueOutcome: QueueOutcome,
    outcome: ScenarioOutcome,
    scatter: ForecastScatter | undefined,
    peak: number,
  ) {
    const { queue, demand, agents } = queueOutcome;
    this.#outcome = queueOutcome;
    const grid = { ...queue, count: demand.offered.length };
    const days = gridDays(grid);
    const curves = new IntervalCurves(queueOutcome, outcome.totals);
    this.#days = days.map(day => dayResponse(curves, day, scatterOn(day, scatter, queue.timeZone)));
    this.#peakDay = days.findIndex(day => dayHas(day, peak));
    this.#isStaffSet = staffIsSet(queueOutcome);
    this.#peakAgents = agents[peak] ?? 0;
    this.#peakNeed = factor => curves.needAt(peak, factor);
    // Shift shapes and rounding cost the same share of hours whatever the volume.
    this.#hoursPerAgent = queue.stepSeconds / 3600 / (1 - queue.shrinkageShare);
    this.#offset = curves.offset();
  }

  /** Adds one future to the sums; returns hours and peak of this queue. */
  add(draws: BandDraws, future: number, q: number, queues: number, sums: Float64Array) {
    const at = future * queues + q;
    let needed = this.#offset[NEEDED] ?? 0;
    let peakFactor = 1;
    this.#days.forEach((day, d) => {
      const log = logFactor(day, d, draws, at);
      if (d === this.#peakDay) peakFactor = Math.exp(log);
      needed += readDay(day, log, sums);
    });
    this.#offset.forEach((value, k) => {
      sums[k] = (sums[k] ?? 0) + value;
    });
    if (this.#isStaffSet) {
      return { paidHours: this.#outcome.totals.paidHours, peakAgents: this.#peakAgents };
    }
    return { paidHours: needed * this.#hoursPerAgent, peakAgents: this.#peakNeed(peakFactor) };
  }
}

/** Adds a day at a factor (by its logarithm) to the sums; returns the agent-intervals needed. */
function readDay(day: DayResponse, log: number, sums: Float64Array): number {
  const place =
    day.spread > 0
      ? Math.max(
          0,
          Math.min(NODES - 1.000001, ((log - day.centre) / (day.spread * REACH) + 1) * ((NODES - 1) / 2)),
        )
      : 0;
  const node = Math.floor(place);
  const share = place - node;
  const base = node * SUMS;
  const next = day.spread > 0 ? base + SUMS : base;
  for (let k = 0; k < SUMS; k++) {
    const left = day.nodes[base + k]!;
    sums[k] = sums[k]! + left + share * (day.nodes[next + k]! - left);
  }
  return day.nodes[base + NEEDED]! + share * (day.nodes[next + NEEDED]! - day.nodes[base + NEEDED]!);
}

function dayResponse(curves: IntervalCurves, day: GridDay, scatter: BucketUncertainty | null): DayResponse {
  const law = dayLaw(scatter);
  const { spread, centre } = law;
  const nodes = new Float64Array(NODES * SUMS);
  const count = spread > 0 ? NODES : 1;
  for (let node = 0; node < count; node++) {
    const log = spread > 0 ? centre + spread * REACH * ((2 * node) / (NODES - 1) - 1) : 0;
    for (let i = day.firstIndex; i < day.firstIndex + day.count; i++) {
      curves.add(i, Math.exp(log), scatter, nodes, node * SUMS);
    }
  }
  return { ...law, nodes };
}
