import { gridDays, type IntervalGrid } from '../calendar/grid.ts';
import { wallClockSeconds } from '../calendar/time.ts';
import { type IntervalActuals, periodSpans, type ReviewPeriod, totalActuals } from './actuals.ts';
import { type MetricDefinition, metricDefinition, type Ratio, ratioValue } from './definitions.ts';

/** Goals a period is held against; only what is given is judged. */
export interface AttainmentGoals {
  readonly serviceLevel?: { readonly target: number; readonly definitionId: string };
  readonly asaSeconds?: number;
  readonly maxAbandonment?: number;
}

/** One period against its goals. Values are `null` where the history does not carry what they need. */
export interface AttainmentRow {
  readonly label: string;
  readonly startEpochSeconds: number;
  readonly endEpochSeconds: number;
  /** Intervals with data. */
  readonly intervals: number;
  readonly offered: number;
  readonly handled: number | null;
  readonly abandoned: number | null;
  readonly serviceLevel: number | null;
  readonly asaSeconds: number | null;
  readonly abandonment: number | null;
  readonly ahtSeconds: number | null;
  readonly occupancy: number | null;
  /** The counts behind the shares, to roll up over queues without a mean of means. */
  readonly ratios: Readonly<Record<RolledMetric, Ratio | null>>;
  /** Every judged goal met; `null` where none could be judged. */
  readonly inGoal: boolean | null;
}

export type RolledMetric = 'serviceLevel' | 'asa' | 'abandonment' | 'aht' | 'occupancy';

/** How steadily a goal is met, which an average hides. */
export interface Consistency {
  readonly intervalsInGoal: number;
  readonly intervalsJudged: number;
  readonly daysInGoal: number;
  readonly daysJudged: number;
  /** Hours of the week that missed the target, those that lack most answers in time first. */
  readonly worstHours: readonly WorstHour[];
}

export interface WorstHour {
  /** 0 = Monday. */
  readonly weekday: number;
  readonly hour: number;
  readonly offered: number;
  readonly serviceLevel: number;
  /** Answers in time that were missing to the target, or without a target to all of them. Above 0. */
  readonly missing: number;
}

/** Attainment by calendar period. Roll-ups add counts first and divide once, so a quiet hour weighs little. */
export function attainment(
  actuals: IntervalActuals,
  goals: AttainmentGoals,
  period: ReviewPeriod,
): readonly AttainmentRow[] {
  return periodSpans(gridOfActuals(actuals), period).flatMap(({ label, firstIndex, count }) => {
    const row = attainmentRow(actuals, goals, label, firstIndex, count);
    return row.intervals > 0 ? [row] : [];
  });
}

function gridOfActuals(actuals: IntervalActuals): IntervalGrid {
  const { start, stepSeconds, timeZone, offered } = actuals;
  return { start, stepSeconds, timeZone, count: offered.length };
}

function attainmentRow(
  actuals: IntervalActuals,
  goals: AttainmentGoals,
  label: string,
  firstIndex: number,
  count: number,
): AttainmentRow {
  const total = totalActuals(actuals, firstIndex, count);
  const ratioOf = (id: string) => metricDefinition(id).ratio(total);
  const ratios = {
    serviceLevel: ratioOf(goals.serviceLevel?.definitionId ?? 'serviceLevel.offered'),
    asa: ratioOf('asa.answered'),
    abandonment: ratioOf('abandonment.offered'),
    aht: ratioOf('aht.handled'),
    occupancy: ratioOf('occupancy.staffed'),
  };
  const values = valuesOf(ratios);
  const { serviceLevel, asaSeconds, abandonment } = values;
  const judged = [
    goals.serviceLevel && serviceLevel !== null ? serviceLevel >= goals.serviceLevel.target : null,
    goals.asaSeconds !== undefined && asaSeconds !== null ? asaSeconds <= goals.asaSeconds : null,
    goals.maxAbandonment !== undefined && abandonment !== null ? abandonment <= goals.maxAbandonment : null,
  ].filter(verdict => verdict !== null && verdict !== undefined);
  return {
    label,
    startEpochSeconds: actuals.start + firstIndex * actuals.stepSeconds,
    endEpochSeconds: actuals.start + (firstIndex + count) * actuals.stepSeconds,
    intervals: total.intervals,
    offered: total.offered,
    handled: total.handled,
    abandoned: total.abandoned,
    ...values,
    ratios,
    inGoal: judged.length > 0 ? judged.every(verdict => verdict === true) : null,
  };
}

function valuesOf(ratios: AttainmentRow['ratios']) {
  return {
    serviceLevel: ratioValue(ratios.serviceLevel),
    asaSeconds: ratioValue(ratios.asa),
    abandonment: ratioValue(ratios.abandonment),
    ahtSeconds: ratioValue(ratios.aht),
    occupancy: ratioValue(ratios.occupancy),
  };
}

/**
 * One period of several queues as one row: counts are added, then divided once. Each queue counts by the definition
 * of its own row. The whole is in goal when every queue that was judged is.
 *
 * @throws RangeError without a row, or when the rows are of different periods.
 */
export function acrossQueues(rows: readonly AttainmentRow[]): AttainmentRow {
  const [first] = rows;
  if (!first) throw new RangeError('acrossQueues requires at least one row');
  const stranger = rows.find(row => row.label !== first.label);
  if (stranger) throw new RangeError(`rows of ${first.label} and ${stranger.label} are different periods`);
  const added = (metric: RolledMetric) => addedRatios(rows.map(row => row.ratios[metric]));
  const ratios = {
    serviceLevel: added('serviceLevel'),
    asa: added('asa'),
    abandonment: added('abandonment'),
    aht: added('aht'),
    occupancy: added('occupancy'),
  };
  const judged = rows.flatMap(row => (row.inGoal === null ? [] : [row.inGoal]));
  return {
    label: first.label,
    startEpochSeconds: Math.min(...rows.map(row => row.startEpochSeconds)),
    endEpochSeconds: Math.max(...rows.map(row => row.endEpochSeconds)),
    intervals: addedKnown(rows.map(row => row.intervals)) ?? 0,
    offered: addedKnown(rows.map(row => row.offered)) ?? 0,
    handled: addedKnown(rows.map(row => row.handled)),
    abandoned: addedKnown(rows.map(row => row.abandoned)),
    ...valuesOf(ratios),
    ratios,
    inGoal: judged.length > 0 ? judged.every(Boolean) : null,
  };
}

function addedRatios(ratios: readonly (Ratio | null)[]): Ratio | null {
  const known = ratios.filter(ratio => ratio !== null);
  if (known.length === 0) return null;
  return {
    numerator: known.reduce((sum, ratio) => sum + ratio.numerator, 0),
    denominator: known.reduce((sum, ratio) => sum + ratio.denominator, 0),
  };
}

function addedKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter(value => value !== null);
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) : null;
}

/** Share of intervals and days in goal, and the worst hours of the week. */
export function consistency(actuals: IntervalActuals, goals: AttainmentGoals, worstCount = 5): Consistency {
  const judge = (period: 'interval' | 'day') =>
    attainment(actuals, goals, period).filter(row => row.inGoal !== null && row.offered > 0);
  const intervals = judge('interval');
  const days = judge('day');
  return {
    intervalsInGoal: intervals.filter(row => row.inGoal).length,
    intervalsJudged: intervals.length,
    daysInGoal: days.filter(row => row.inGoal).length,
    daysJudged: days.length,
    worstHours: worstCount > 0 ? worstHours(actuals, goals, worstCount) : [],
  };
}

/**
 * Ordered by the answers that were missing, not by the share: an hour with two late calls has a service level of 0 and
 * yet hardly matters, while a busy hour a little below its target fails many.
 */
function worstHours(actuals: IntervalActuals, goals: AttainmentGoals, count: number): readonly WorstHour[] {
  const definition = metricDefinition(goals.serviceLevel?.definitionId ?? 'serviceLevel.offered');
  const target = goals.serviceLevel?.target ?? 1;
  return [...sumsByHour(actuals, definition)]
    .filter(([, sum]) => sum.denominator > 0)
    .map(([key, sum]) => ({
      weekday: Math.floor(key / 24),
      hour: key % 24,
      offered: sum.offered,
      serviceLevel: sum.numerator / sum.denominator,
      missing: target * sum.denominator - sum.numerator,
    }))
    .filter(hour => hour.missing > ROUNDING * hour.offered)
    .sort((a, b) => b.missing - a.missing || a.serviceLevel - b.serviceLevel)
    .slice(0, count);
}

/** Share of an hour's contacts below which "missing" is only rounding. */
const ROUNDING = 1e-9;

interface HourSum {
  offered: number;
  numerator: number;
  denominator: number;
}

/** Counts behind the service level by hour of the week, Monday midnight is 0. */
function sumsByHour(actuals: IntervalActuals, definition: MetricDefinition): ReadonlyMap<number, HourSum> {
  const sums = new Map<number, HourSum>();
  for (const { day, firstIndex, count } of gridDays(gridOfActuals(actuals))) {
    for (let i = firstIndex; i < firstIndex + count; i++) {
      const total = totalActuals(actuals, i, 1);
      const share = definition.ratio(total);
      if (total.intervals === 0 || share === null) continue;
      const hour = Math.floor(wallClockSeconds(day, actuals.start + i * actuals.stepSeconds) / 3600);
      const key = day.weekday * 24 + hour;
      const sum = sums.get(key) ?? { offered: 0, numerator: 0, denominator: 0 };
      sum.offered += total.offered;
      sum.numerator += share.numerator;
      sum.denominator += share.denominator;
      sums.set(key, sum);
    }
  }
  return sums;
}
