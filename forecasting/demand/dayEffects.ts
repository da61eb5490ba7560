import type { DayHistory } from '../history/dayHistory.ts';
import { civilDate, weekdayOfDayNumber } from '../history/localClock.ts';
import { EDGE_DAYS, MONTH_STRETCHES, servicePosition, stretchOf } from '../history/monthPosition.ts';

/**
 * Blocks of day effects on the log scale. Each is kept only where it lowers the rolling loss.
 * - `monthPosition`: where in the month the day lies, in eight stretches (paydays, bills, refills).
 * - `monthEdge`: the first and last days of service of a month.
 * - `afterClosure`: the first two days of service after a holiday or other day without service.
 * - `annual`: the season of the year, two harmonics.
 * - `driver`: lagged drivers given by the caller.
 */
export type EffectBlock = 'monthPosition' | 'monthEdge' | 'afterClosure' | 'annual' | 'driver';

/** Spacing of the level's knots: close in a short history, where a wandering level would pass for a month effect. */
const KNOT_DAYS = 56;
const SHORT_KNOT_DAYS = 28;
const SHORT_HISTORY_DAYS = 400;
const LONG_KNOT_DAYS = 182;
const KNOT_HISTORY_DAYS = 730;

/** Where the columns of each block lie in the design. */
export interface EffectDesign {
  readonly size: number;
  readonly knots: readonly number[];
  readonly block: readonly (EffectBlock | 'weekday' | 'knot')[];
  readonly penalty: Float64Array;
  readonly driverColumns: readonly DriverColumn[];
  readonly firstDriverColumn: number;
}

/** One lagged driver, standardised over the history, by civil day number. */
export interface DriverColumn {
  /** Its place among the drivers given. */
  readonly driver: number;
  readonly lagDays: number;
  /** Days from an origin on whose values were known at that origin. */
  readonly knownAheadDays: number;
  readonly valueAt: (dayNumber: number) => number;
}

/** The sparse row of one day: which columns, with which values. */
export interface DesignRow {
  readonly columns: number[];
  readonly values: number[];
}

/** Lays out the columns for a history that spans these civil days (horizon included). */
export function effectDesign(
  firstDayNumber: number,
  endDayNumber: number,
  drivers: readonly DriverColumn[],
): EffectDesign {
  const block: (EffectBlock | 'weekday' | 'knot')[] = [];
  const penalty: number[] = [];
  const push = (name: EffectBlock | 'weekday' | 'knot', count: number, strength: number) => {
    for (let i = 0; i < count; i++) {
      block.push(name);
      penalty.push(strength);
    }
  };
  push('weekday', 7, 0.05);
  push('monthPosition', MONTH_STRETCHES.length, 4);
  push('monthEdge', 2 * EDGE_DAYS, 4);
  push('afterClosure', 2, 2);
  push('annual', 4, 2);
  push('driver', drivers.length, 4);
  const knots = knotDays(firstDayNumber, endDayNumber);
  push('knot', knots.length, 0.05);
  return {
    size: block.length,
    knots,
    block,
    penalty: Float64Array.from(penalty),
    driverColumns: drivers,
    firstDriverColumn: block.length - knots.length - drivers.length,
  };
}

function knotDays(first: number, end: number): number[] {
  const knots: number[] = [];
  const spacing = end - first < SHORT_HISTORY_DAYS ? SHORT_KNOT_DAYS : KNOT_DAYS;
  for (let at = end; at > first; at -= end - at < KNOT_HISTORY_DAYS ? spacing : LONG_KNOT_DAYS)
    knots.unshift(at);
  knots.unshift(first);
  return knots;
}

/**
 * Fills the row of a civil day; `sinceClosure` is 1 on the first day of service after one that fell out, 2 on the
 * second (held-back demand comes over two days), 0 otherwise.
 */
export function designRow(
  design: EffectDesign,
  dayNumber: number,
  sinceClosure: number,
  serviceWeekdays: Uint8Array,
): DesignRow {
  const columns: number[] = [];
  const values: number[] = [];
  const put = (column: number, value: number) => {
    columns.push(column);
    values.push(value);
  };
  const weekday = weekdayOfDayNumber(dayNumber);
  put(weekday, 1);
  const dayOfMonth = civilDate(dayNumber).day;
  put(7 + stretchOf(dayOfMonth), 1);
  const edge = 7 + MONTH_STRETCHES.length;
  const [fromStart, fromEnd] = servicePosition(dayNumber, serviceWeekdays);
  if (fromStart < EDGE_DAYS) put(edge + fromStart, 1);
  else if (fromEnd < EDGE_DAYS) put(edge + EDGE_DAYS + fromEnd, 1);
  const closure = edge + 2 * EDGE_DAYS;
  if (sinceClosure > 0) put(closure + sinceClosure - 1, 1);
  const angle = (2 * Math.PI * dayNumber) / 365.2425;
  for (let k = 1; k <= 2; k++) {
    put(closure + 2 * k, Math.cos(k * angle));
    put(closure + 2 * k + 1, Math.sin(k * angle));
  }
  const driver = closure + 6;
  design.driverColumns.forEach((column, i) => {
    put(driver + i, column.valueAt(dayNumber));
  });
  putKnots(design, driver + design.driverColumns.length, dayNumber, put);
  return { columns, values };
}

function putKnots(
  design: EffectDesign,
  from: number,
  dayNumber: number,
  put: (column: number, value: number) => void,
): void {
  const { knots } = design;
  for (let i = 0; i + 1 < knots.length; i++) {
    const a = knots[i]!;
    const b = knots[i + 1]!;
    if (dayNumber < a || dayNumber > b) continue;
    const share = b > a ? (dayNumber - a) / (b - a) : 0;
    put(from + i, 1 - share);
    put(from + i + 1, share);
    return;
  }
  put(from + knots.length - 1, 1);
}

/** Flags of the weekdays on which the queue is open. */
export function serviceWeekdays(history: DayHistory): Uint8Array {
  const { weeklyOpen, slots } = history.table;
  return Uint8Array.from({ length: 7 }, (_, w) =>
    weeklyOpen.subarray(w * slots, (w + 1) * slots).includes(1) ? 1 : 0,
  );
}

/** What of a design row counts. */
export interface EffectChoice {
  readonly blocks: ReadonlySet<EffectBlock>;
  /** Days from the origin to the row: 0 on the first day of the horizon, negative before it. */
  readonly daysAhead: number;
  /** Only this driver of those given; all when undefined. */
  readonly driver: number | undefined;
}

/** The value of the chosen blocks for a design row. */
export function effectOf(
  row: DesignRow,
  coefficients: Float64Array,
  design: EffectDesign,
  choice: EffectChoice,
): number {
  let sum = 0;
  for (let i = 0; i < row.columns.length; i++) {
    const column = row.columns[i]!;
    const block = design.block[column]!;
    if (block === 'weekday' || block === 'knot' || !choice.blocks.has(block)) continue;
    if (block === 'driver' && !driverCounts(design.driverColumns[column - design.firstDriverColumn]!, choice))
      continue;
    sum += coefficients[column]! * row.values[i]!;
  }
  return sum;
}

/** A value that was not known at the origin counts as the driver's average, also where the history has it by now. */
function driverCounts(column: DriverColumn, { daysAhead, driver }: EffectChoice): boolean {
  if (driver !== undefined && column.driver !== driver) return false;
  return daysAhead - column.lagDays < Math.max(0, column.knownAheadDays);
}
