import { gridDays, type IntervalGrid } from '../calendar/grid.ts';
import { wallClockSeconds } from '../calendar/time.ts';
import { type IntervalActuals, periodSpans, type ReviewPeriod, totalActuals } from './actuals.ts';
import { metricDefinition, ratioValue } from './definitions.ts';

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
  readonly abandoned: number | null;
  readonly serviceLevel: number | null;
  readonly asaSeconds: number | null;
  readonly abandonment: number | null;
  readonly ahtSeconds: number | null;
  readonly occupancy: number | null;
  /** Every judged goal met; `null` where none could be judged. */
  readonly inGoal: boolean | null;
}

/** How steadily a goal is met, which an average hides. */
export interface Consistency {
  readonly intervalsInGoal: number;
  readonly intervalsJudged: number;
  readonly daysInGoal: number;
  readonly daysJudged: number;
  /** Hours of the week with the lowest service level, worst first. */
  readonly worstHours: readonly WorstHour[];
}

export interface WorstHour {
  /** 0 = Monday. */
  readonly weekday: number;
  readonly hour: number;
  readonly offered: number;
  readonly serviceLevel: number;
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
  const of = (id: string) => ratioValue(metricDefinition(id).ratio(total));
  const serviceLevel = of(goals.serviceLevel?.definitionId ?? 'serviceLevel.offered');
  const asaSeconds = of('asa.answered');
  const abandonment = of('abandonment.offered');
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
    abandoned: total.abandoned,
    serviceLevel,
    asaSeconds,
    abandonment,
    ahtSeconds: of('aht.handled'),
    occupancy: of('occupancy.staffed'),
    inGoal: judged.length > 0 ? judged.every(verdict => verdict === true) : null,
  };
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
    worstHours: worstHours(actuals, goals, worstCount),
  };
}

function worstHours(actuals: IntervalActuals, goals: AttainmentGoals, count: number): readonly WorstHour[] {
  const definition = metricDefinition(goals.serviceLevel?.definitionId ?? 'serviceLevel.offered');
  const sums = new Map<number, { offered: number; numerator: number; denominator: number }>();
  for (const { day, firstIndex, count: length } of gridDays(gridOfActuals(actuals))) {
    for (let i = firstIndex; i < firstIndex + length; i++) {
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
  return [...sums]
    .filter(([, sum]) => sum.denominator > 0)
    .map(([key, sum]) => ({
      weekday: Math.floor(key / 24),
      hour: key % 24,
      offered: sum.offered,
      serviceLevel: sum.numerator / sum.denominator,
    }))
    .sort((a, b) => a.serviceLevel - b.serviceLevel || b.offered - a.offered)
    .slice(0, count);
}
