import type { IntervalGrid } from '../calendar/grid.ts';
import {
  type Column,
  type IntervalActuals,
  periodSpans,
  type ReviewPeriod,
  totalActuals,
} from './actuals.ts';
import { metricDefinition, ratioValue } from './definitions.ts';

/** What was planned, by interval, on the same grid as the actuals; `null` = closed or not planned. */
export interface IntervalPlan {
  readonly forecastOffered: Column;
  readonly forecastAhtSeconds: Column;
  readonly requiredAgents?: Column;
  readonly scheduledAgents?: Column;
  readonly plannedServiceLevel?: Column;
}

/** Plan beside actual for one period. Errors are actual − forecast; shares are relative to the forecast. */
export interface PlanActualRow {
  readonly label: string;
  readonly startEpochSeconds: number;
  readonly endEpochSeconds: number;
  readonly forecastOffered: number;
  readonly offered: number;
  readonly errorShare: number | null;
  /** Σ|actual − forecast| ÷ Σ actual over the period's intervals. */
  readonly wape: number | null;
  readonly forecastAhtSeconds: number | null;
  readonly ahtSeconds: number | null;
  /** Agent-hours. */
  readonly requiredHours: number | null;
  readonly scheduledHours: number | null;
  readonly staffedHours: number | null;
  readonly plannedServiceLevel: number | null;
  readonly serviceLevel: number | null;
}

/**
 * Plan against actual by period, over the intervals that have both a forecast and data.
 *
 * @throws RangeError if plan and actuals differ in length.
 */
export function planAgainstActual(
  plan: IntervalPlan,
  actuals: IntervalActuals,
  period: ReviewPeriod,
  serviceLevelDefinitionId = 'serviceLevel.offered',
): readonly PlanActualRow[] {
  const count = actuals.offered.length;
  if (plan.forecastOffered.length !== count) {
    throw new RangeError(
      `plan has ${plan.forecastOffered.length} intervals, actuals have ${count}; they must share one grid`,
    );
  }
  const grid: IntervalGrid = { ...actuals, count };
  const known: IntervalActuals = {
    ...actuals,
    offered: actuals.offered.map((value, i) => (plan.forecastOffered[i] == null ? null : value)),
  };
  return periodSpans(grid, period).flatMap(span => {
    const row = planActualRow(plan, known, span.label, span.firstIndex, span.count, serviceLevelDefinitionId);
    return row ? [row] : [];
  });
}

function planActualRow(
  plan: IntervalPlan,
  actuals: IntervalActuals,
  label: string,
  firstIndex: number,
  count: number,
  definitionId: string,
): PlanActualRow | null {
  const total = totalActuals(actuals, firstIndex, count);
  if (total.intervals === 0) return null;
  const rows: number[] = [];
  for (let i = firstIndex; i < firstIndex + count; i++) if (actuals.offered[i] != null) rows.push(i);
  const forecast = sumOf(plan.forecastOffered, rows) ?? 0;
  const absolute = rows.reduce(
    (sum, i) => sum + Math.abs((actuals.offered[i] ?? 0) - (plan.forecastOffered[i] ?? 0)),
    0,
  );
  const hours = (column: Column | undefined) => {
    const sum = column && sumOf(column, rows);
    return sum == null ? null : (sum * actuals.stepSeconds) / 3600;
  };
  return {
    label,
    startEpochSeconds: actuals.start + firstIndex * actuals.stepSeconds,
    endEpochSeconds: actuals.start + (firstIndex + count) * actuals.stepSeconds,
    forecastOffered: forecast,
    offered: total.offered,
    errorShare: forecast > 0 ? total.offered / forecast - 1 : null,
    wape: total.offered > 0 ? absolute / total.offered : null,
    forecastAhtSeconds: weightedMean(plan.forecastAhtSeconds, plan.forecastOffered, rows),
    ahtSeconds: ratioValue(metricDefinition('aht.handled').ratio(total)),
    requiredHours: hours(plan.requiredAgents),
    scheduledHours: hours(plan.scheduledAgents),
    staffedHours: total.staffedSeconds === null ? null : total.staffedSeconds / 3600,
    plannedServiceLevel:
      plan.plannedServiceLevel === undefined
        ? null
        : weightedMean(plan.plannedServiceLevel, plan.forecastOffered, rows),
    serviceLevel: ratioValue(metricDefinition(definitionId).ratio(total)),
  };
}

function sumOf(column: Column, rows: readonly number[]): number | null {
  let sum = 0;
  let seen = false;
  for (const i of rows) {
    const value = column[i];
    if (value == null) continue;
    sum += value;
    seen = true;
  }
  return seen ? sum : null;
}

function weightedMean(values: Column, weights: Column, rows: readonly number[]): number | null {
  let sum = 0;
  let weight = 0;
  for (const i of rows) {
    const value = values[i];
    const w = weights[i];
    if (value == null || w == null) continue;
    sum += value * w;
    weight += w;
  }
  return weight > 0 ? sum / weight : null;
}
