import { assertNonNegative, StaffingError } from './errors.ts';
import type { Load, ServiceLevelGoal } from './load.ts';
import { normalCdf } from './numeric/normal.ts';
import { assertAgents, assertThreshold, queueModel } from './queueModel.ts';
import { rateQuantile } from './rateRisk.ts';
import { steadyStateWithReturns } from './redial.ts';

/** How the call rates of a period deviate from the forecast together and one by one. */
export interface RateSpread {
  /** Coefficient of variation of a factor common to all intervals of a day. */
  readonly dayCv: number;
  /** Coefficient of variation of each interval's own factor. */
  readonly intervalCv: number;
}

/** Chances of reaching a service-level goal over a day and over all days together. */
export interface PeriodChance {
  /** One entry per day. */
  readonly days: readonly number[];
  /** All days as one report: calls answered in time ÷ calls. */
  readonly period: number;
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/** Equally likely values of the day's factor, and of an interval's. */
const DAY_NODES = 101;
const INTERVAL_NODES = 31;
const CELLS = 801;
const TABLE_POINTS = 65;

/**
 * The chance that the reported service level (`offered`: calls answered in time ÷ calls offered) of each day, and of
 * all days together (a week), reaches its goal with the staff given.
 *
 * For a given day factor the surplus Σ Λ (SL(Λ) − goal) of the day adds over its intervals, and is taken as normal;
 * the day factor is integrated out, and the days, independent of each other, are convolved. The service level of an
 * interval is its stationary one at the rate that comes true.
 *
 * @param days loads of each day; `rateCv` of the loads is not used
 * @param agents per day and interval
 * @throws StaffingError (a RangeError) naming the field
 */
export function chanceByPeriod(
  days: readonly (readonly Load[])[],
  agents: readonly (readonly number[])[],
  goal: Omit<ServiceLevelGoal, 'definition'>,
  spread: RateSpread,
): PeriodChance {
  assertNonNegative('spread.dayCv', spread.dayCv);
  assertNonNegative('spread.intervalCv', spread.intervalCv);
  assertThreshold(goal, 'goal');
  if (days.length === 0 || days.length !== agents.length) {
    throw new StaffingError('agents', 'must have one list per day, at least one');
  }
  const surpluses = days.map((loads, d) => daySurplus(loads, agents[d] ?? [], goal, spread, `days[${d}]`));
  return { days: surpluses.map(chanceOf), period: chanceOfSum(surpluses) };
}

/** A day's surplus of calls in time: one normal law per equally likely day factor. */
function daySurplus(
  loads: readonly Load[],
  agents: readonly number[],
  goal: Omit<ServiceLevelGoal, 'definition'>,
  spread: RateSpread,
  field: string,
): readonly Moments[] {
  if (loads.length !== agents.length)
    throw new StaffingError(`agents of ${field}`, 'must have one entry per load');
  const ownFactors = quantileNodes(spread.intervalCv, INTERVAL_NODES);
  const dayFactors = quantileNodes(spread.dayCv, DAY_NODES);
  const lowest = dayFactors[0]! * ownFactors[0]!;
  const highest = dayFactors[dayFactors.length - 1]! * ownFactors[ownFactors.length - 1]!;
  const curves = loads.map((load, i) => {
    const model = queueModel(load);
    assertAgents(model, agents[i] ?? 0);
    const levelAt = (ratio: number): number =>
      steadyStateWithReturns(
        model,
        (model.calls * ratio) / model.intervalSeconds,
        agents[i] ?? 0,
      ).servedWithin(goal.answerWithinSeconds);
    return { calls: model.calls, level: cubicTable(levelAt, lowest, highest) };
  });
  return dayFactors.map(dayFactor => {
    let mean = 0;
    let variance = 0;
    curves.forEach(({ calls, level }) => {
      let first = 0;
      let second = 0;
      for (const own of ownFactors) {
        const ratio = dayFactor * own;
        const surplus = calls * ratio * (level(ratio) - goal.target);
        first += surplus / ownFactors.length;
        second += surplus ** 2 / ownFactors.length;
      }
      mean += first;
      variance += Math.max(0, second - first ** 2);
    });
    return { mean, variance };
  });
}

/** A smooth function by cubic interpolation between equally spaced values. */
function cubicTable(of: (x: number) => number, low: number, high: number): (x: number) => number {
  if (high === low) {
    const only = of(low);
    return () => only;
  }
  const step = (high - low) / (TABLE_POINTS - 1);
  // One value beyond either end, for the slopes there.
  const values = Float64Array.from({ length: TABLE_POINTS + 2 }, (_, i) =>
    of(Math.max(low / 2, low + (i - 1) * step)),
  );
  return x => {
    const at = Math.min(TABLE_POINTS - 2, Math.max(0, Math.floor((x - low) / step)));
    const u = (x - low) / step - at;
    const [before, from, to, after] = [values[at]!, values[at + 1]!, values[at + 2]!, values[at + 3]!];
    const [leaving, reaching] = [0.5 * (to - before), 0.5 * (after - from)];
    const rise = to - from;
    return (
      from + u * (leaving + u * (3 * rise - 2 * leaving - reaching + u * (leaving + reaching - 2 * rise)))
    );
  };
}

/** Values at the middles of equal slices of probability. */
function quantileNodes(cv: number, count: number): readonly number[] {
  if (cv === 0) return [1];
  const nodes = Array.from({ length: count }, (_, i) => rateQuantile((i + 0.5) / count, cv));
  const mean = nodes.reduce((sum, node) => sum + node, 0) / count;
  return nodes.map(node => node / mean);
}

function chanceOf(laws: readonly Moments[]): number {
  return laws.reduce((sum, law) => sum + exceeds(law, 0), 0) / laws.length;
}

function exceeds({ mean, variance }: Moments, level: number): number {
  if (variance === 0) return mean >= level - 1e-9 ? 1 : 0;
  return normalCdf((mean - level) / Math.sqrt(variance));
}

/** P(sum of the days' surpluses ≥ 0), by convolution on a grid that holds every day's law. */
function chanceOfSum(days: readonly (readonly Moments[])[]): number {
  if (days.length === 1) return chanceOf(days[0] ?? []);
  const reach = Math.max(
    ...days.flatMap(laws => laws.map(({ mean, variance }) => Math.abs(mean) + 6 * Math.sqrt(variance))),
    1e-9,
  );
  const cell = (2 * reach) / (CELLS - 1);
  let sum = Float64Array.of(1);
  for (const laws of days) sum = convolve(sum, masses(laws, reach, cell));
  const zero = (sum.length - 1) / 2;
  let chance = 0.5 * (sum[zero] ?? 0);
  for (let i = zero + 1; i < sum.length; i++) chance += sum[i] ?? 0;
  return Math.min(1, chance);
}

function masses(laws: readonly Moments[], reach: number, cell: number): Float64Array {
  const above = (level: number): number =>
    laws.reduce((sum, law) => sum + exceeds(law, level), 0) / laws.length;
  const mass = new Float64Array(CELLS);
  let before = 1;
  for (let i = 0; i < CELLS; i++) {
    const next = i === CELLS - 1 ? 0 : above(-reach + (i + 0.5) * cell);
    mass[i] = before - next;
    before = next;
  }
  return mass;
}

function convolve(left: Float64Array, right: Float64Array): Float64Array<ArrayBuffer> {
  const result = new Float64Array(left.length + right.length - 1);
  for (let i = 0; i < left.length; i++) {
    const weight = left[i] ?? 0;
    if (weight > 1e-18) for (let j = 0; j < right.length; j++) result[i + j]! += weight * (right[j] ?? 0);
  }
  return result;
}
