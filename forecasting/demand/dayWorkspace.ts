import { previousServiceDay } from '../history/classifyDays.ts';
import type { DayHistory } from '../history/dayHistory.ts';
import { weekdayOfDayNumber } from '../history/localClock.ts';
import {
  type DesignRow,
  type DriverColumn,
  designRow,
  type EffectBlock,
  type EffectDesign,
  effectDesign,
  effectOf,
  serviceWeekdays,
} from './dayEffects.ts';
import { recurringEffect } from './recurringDates.ts';
import { RidgeEquations } from './ridge.ts';

/** Weight of a day 18 months old is half of today's when effects are learnt. */
const EFFECT_HALF_LIFE_DAYS = 548;

/**
 * Everything that the day-level models of one history share: log totals, design rows for past and future days,
 * and the normal equations as they stood at every inner origin. Made once, read by all origins.
 */
export interface DayWorkspace {
  readonly history: DayHistory;
  /** Rows of history; the horizon follows. */
  readonly end: number;
  readonly horizonDays: number;
  readonly design: EffectDesign;
  readonly rows: readonly DesignRow[];
  readonly weekdays: Uint8Array;
  readonly service: Uint8Array;
  /** ln(total + 1), centred; 0 where the day has no weight. */
  readonly logTotals: Float64Array;
  readonly logCentre: number;
  /** Log effect of recurring and special dates, for the last year and the horizon. */
  readonly dateEffect: Float64Array;
  readonly origins: readonly number[];
  readonly equations: ReadonlyMap<number, RidgeEquations>;
  readonly blocksPossible: readonly EffectBlock[];
  /** Robust day-to-day standard deviation of ln totals. */
  readonly deviationScale: number;
}

/** Inputs beyond the history itself. */
export interface WorkspaceOptions {
  readonly horizonDays: number;
  readonly drivers: readonly DriverColumn[];
  /** Log effects of named special days, by table row; they replace what recurs. */
  readonly specialEffects: ReadonlyMap<number, number>;
  /** Rows (past and future) on which a special day closes the queue. */
  readonly closedRows: ReadonlySet<number>;
}

/** Prepares the shared workspace of a history. */
export function dayWorkspace(history: DayHistory, options: WorkspaceOptions): DayWorkspace {
  const { table, weight, totals } = history;
  const end = table.days;
  const span = end + options.horizonDays;
  const service = serviceWeekdays(history);
  const weekdays = new Uint8Array(span);
  for (let d = 0; d < span; d++) weekdays[d] = weekdayOfDayNumber(table.firstDayNumber + d);
  const design = effectDesign(table.firstDayNumber, table.firstDayNumber + end, options.drivers);
  const rows: DesignRow[] = [];
  for (let d = 0; d < span; d++) {
    rows.push(
      designRow(design, table.firstDayNumber + d, sinceClosure(history, d, options.closedRows), service),
    );
  }
  const { logTotals, logCentre } = centredLogs(totals, weight);
  const origins = innerOrigins(history, end);
  const equations = equationsAt(origins, end, rows, logTotals, weight, design.size);
  const deviationScale = scaleOf(history);
  const dateEffect = new Float64Array(span);
  const firstTarget = origins[0] ?? end;
  for (let d = firstTarget; d < span; d++) {
    const special = options.specialEffects.get(d);
    dateEffect[d] =
      special ??
      (end > 730 ? recurringEffect(history, Math.min(d, end), table.firstDayNumber + d, deviationScale) : 0);
  }
  return {
    history,
    end,
    horizonDays: options.horizonDays,
    design,
    rows,
    weekdays,
    service,
    logTotals,
    logCentre,
    dateEffect,
    origins,
    equations,
    blocksPossible: possibleBlocks(history, end, options),
    deviationScale,
  };
}

/** 1 on the first day of service after one that fell out, 2 on the second; in the horizon only known closures count. */
function sinceClosure(history: DayHistory, d: number, closedRows: ReadonlySet<number>): number {
  if (followsClosure(history, d, closedRows)) return 1;
  const before = serviceDayBefore(history, d);
  return before > d - 7 && !closedRows.has(before) && followsClosure(history, before, closedRows) ? 2 : 0;
}

function followsClosure(history: DayHistory, d: number, closedRows: ReadonlySet<number>): boolean {
  if (d < 0) return false;
  if (d <= history.table.days) return history.afterClosure[d] === 1;
  const before = serviceDayBefore(history, d);
  return before > d - 7 && closedRows.has(before);
}

/** The last day before row `d` on which the weekly hours are open; `d − 7` when there is none. */
function serviceDayBefore(history: DayHistory, d: number): number {
  const { weeklyOpen, slots, firstDayNumber } = history.table;
  for (let back = d - 1; back > d - 7; back--) {
    const w = weekdayOfDayNumber(firstDayNumber + back) * slots;
    if (weeklyOpen.subarray(w, w + slots).includes(1)) return back;
  }
  return d - 7;
}

function centredLogs(totals: Float64Array, weight: Float64Array) {
  const logTotals = new Float64Array(totals.length);
  let sum = 0;
  let days = 0;
  for (let d = 0; d < totals.length; d++) {
    if (weight[d] === 0) continue;
    logTotals[d] = Math.log(totals[d]! + 1);
    sum += logTotals[d]!;
    days++;
  }
  const logCentre = days > 0 ? sum / days : 0;
  for (let d = 0; d < totals.length; d++) if (weight[d] !== 0) logTotals[d]! -= logCentre;
  return { logTotals, logCentre };
}

/** Up to 40 origins over the last 40 weeks, spaced so that their weekdays rotate. */
function innerOrigins(history: DayHistory, end: number): number[] {
  let firstData = 0;
  while (firstData < end && history.weight[firstData] === 0) firstData++;
  const earliest = Math.max(firstData + 14, end - 280);
  const stretch = end - earliest;
  if (stretch < 3) return [];
  let step = Math.max(1, Math.floor(stretch / 40));
  if (step % 7 === 0) step++;
  const origins: number[] = [];
  for (let origin = end - 1; origin >= earliest; origin -= step) origins.unshift(origin);
  return origins;
}

function equationsAt(
  origins: readonly number[],
  end: number,
  rows: readonly DesignRow[],
  logTotals: Float64Array,
  weight: Float64Array,
  size: number,
): Map<number, RidgeEquations> {
  const wanted = new Set([...origins, end]);
  const equations = new Map<number, RidgeEquations>();
  const running = new RidgeEquations(size);
  const weekly = 2 ** (-7 / EFFECT_HALF_LIFE_DAYS);
  for (let d = 0; d <= end; d++) {
    if (wanted.has(d)) equations.set(d, running.copy());
    if (d === end) break;
    if (d % 7 === 0) running.decay(weekly);
    if (weight[d] !== 0) running.add(rows[d]!.columns, rows[d]!.values, logTotals[d]!, weight[d]!);
  }
  return equations;
}

function scaleOf(history: DayHistory): number {
  const known: number[] = [];
  for (let d = 0; d < history.table.days; d++) {
    if (history.weight[d] !== 0 && Number.isFinite(history.deviation[d]!))
      known.push(Math.abs(history.deviation[d]!));
  }
  if (known.length === 0) return 0.1;
  known.sort((a, b) => a - b);
  return Math.max(1e-3, 1.4826 * known[known.length >> 1]!);
}

function possibleBlocks(history: DayHistory, end: number, options: WorkspaceOptions): EffectBlock[] {
  const blocks: EffectBlock[] = [];
  if (end >= 50) blocks.push('monthPosition', 'monthEdge');
  let closures = 0;
  for (let d = 1; d < end; d++) if (history.afterClosure[d] === 1 && history.weight[d] === 1) closures++;
  if (closures >= 2 && previousServiceDay(history.table, end) >= 0) blocks.push('afterClosure');
  if (end >= 420) blocks.push('annual');
  if (options.drivers.length > 0) blocks.push('driver');
  return blocks;
}

const NEVER_PENALISED = new Set(['weekday', 'knot']);

/** Coefficients at an origin with only these blocks in use. */
export function coefficientsAt(
  workspace: DayWorkspace,
  origin: number,
  blocks: ReadonlySet<EffectBlock>,
  penaltyScale: number,
): Float64Array {
  const { design } = workspace;
  const use = new Uint8Array(design.size);
  for (let i = 0; i < design.size; i++) {
    const block = design.block[i]!;
    use[i] = NEVER_PENALISED.has(block) || blocks.has(block as EffectBlock) ? 1 : 0;
  }
  return workspace.equations
    .get(origin)!
    .solve(penaltyScale === 1 ? design.penalty : scaledPenalty(design, penaltyScale), use);
}

function scaledPenalty(design: EffectDesign, scale: number): Float64Array {
  return design.penalty.map((penalty, i) =>
    NEVER_PENALISED.has(design.block[i]!) ? penalty : penalty * scale,
  );
}

/**
 * Sum of the chosen blocks' effects on rows `from … to − 1`, by coefficients of one origin and from what was known
 * there; of a single driver when one is named.
 */
export function effectsOver(
  workspace: DayWorkspace,
  origin: number,
  coefficients: Float64Array,
  blocks: ReadonlySet<EffectBlock>,
  from: number,
  to: number,
  driver?: number,
): Float64Array {
  const effects = new Float64Array(to);
  if (blocks.size === 0) return effects;
  for (let d = from; d < to; d++) {
    effects[d] = effectOf(workspace.rows[d]!, coefficients, workspace.design, {
      blocks,
      daysAhead: d - origin,
      driver,
    });
  }
  return effects;
}
