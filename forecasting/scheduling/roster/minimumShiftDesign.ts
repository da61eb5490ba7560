import type { LinearModelData, LinearSolver } from '../linearSolver.ts';

/** A family of shifts: any start and length within these slots. */
export interface ShiftFamily {
  readonly firstStart: number;
  readonly lastStart: number;
  readonly minLength: number;
  readonly maxLength: number;
}

/**
 * Minimum shift design: choose few distinct shifts, and how many people work each of them on each day, to follow
 * a demand that repeats after `days` (a shift may run over the end into the first day). No breaks.
 */
export interface MinimumShiftDesignProblem {
  readonly slotMinutes: number;
  readonly days: number;
  /** People needed per slot, `days` times the slots of a day. */
  readonly demand: readonly number[];
  readonly families: readonly ShiftFamily[];
  /** Price of a person-minute short, a person-minute too many, and of each distinct shift used. */
  readonly underWeight: number;
  readonly overWeight: number;
  readonly shiftWeight: number;
}

/** A distinct shift and how many people work it on each day. `start` and `length` are in slots. */
export interface DesignedShift {
  readonly start: number;
  readonly length: number;
  readonly peoplePerDay: readonly number[];
}

export interface MinimumShiftDesign {
  readonly shifts: readonly DesignedShift[];
  readonly objective: number;
  /** No design costs less. */
  readonly bound: number;
  readonly proven: boolean;
}

export interface MinimumShiftDesignOptions {
  /** Wall-clock limit; none when a clock of the caller's own stops the solve. */
  readonly timeLimitSeconds?: number;
  readonly seed?: number;
  readonly shouldStop?: () => boolean;
  /** Told of each better design's objective and the bound then. */
  readonly onImproved?: (objective: number, bound: number) => void;
}

/**
 * Solves the problem as one mixed-integer programme: people per shift and day, a yes or no per shift, and what is
 * short or too many per slot. Null when the limit ends before any design is found.
 *
 * @throws RangeError when the demand does not fill the days
 */
export function designMinimumShifts(
  problem: MinimumShiftDesignProblem,
  solver: LinearSolver,
  options: MinimumShiftDesignOptions,
): MinimumShiftDesign | null {
  const { days, demand } = problem;
  if (demand.length === 0 || demand.length % days !== 0)
    throw new RangeError('demand must hold the same number of slots for every day');
  const shapes = distinctShapes(problem);
  const unit = objectiveUnit(problem);
  const model = solver.createModel(buildModel(problem, shapes, unit));
  try {
    const result = model.solve({
      ...(options.timeLimitSeconds === undefined ? {} : { timeLimitSeconds: options.timeLimitSeconds }),
      relativeGap: 0,
      heuristicEffort: 0.2,
      seed: options.seed ?? 0,
      ...(options.shouldStop ? { shouldStop: options.shouldStop } : {}),
      onIncumbent: ({ objective, bound }) => options.onImproved?.(objective * unit, bound * unit),
    });
    if (!result.values) return null;
    const values = result.values;
    const shifts = shapes
      .map((shape, s) => ({
        ...shape,
        peoplePerDay: Array.from({ length: days }, (_, day) => Math.round(values[s * days + day] ?? 0)),
      }))
      .filter(shift => shift.peoplePerDay.some(people => people > 0));
    const objective = designObjective(problem, shifts);
    // Every objective is a multiple of the unit, so a bound between two multiples rises to the upper one.
    const bound = Math.min(objective, Math.ceil(result.bound - 1e-6) * unit);
    return { shifts, objective, bound, proven: bound >= objective - 1e-6 };
  } finally {
    model.dispose();
  }
}

/** Cost of a design: person-minutes short and too many, and the distinct shifts. */
export function designObjective(
  problem: MinimumShiftDesignProblem,
  shifts: readonly DesignedShift[],
): number {
  const present = new Int32Array(problem.demand.length);
  const perDay = problem.demand.length / problem.days;
  for (const { start, length, peoplePerDay } of shifts)
    for (const [day, people] of peoplePerDay.entries())
      for (let slot = 0; slot < length; slot++) {
        const at = (day * perDay + start + slot) % present.length;
        present[at] = (present[at] ?? 0) + people;
      }
  let cost = shifts.length * problem.shiftWeight;
  problem.demand.forEach((needed, slot) => {
    const short = needed - (present[slot] ?? 0);
    cost += problem.slotMinutes * (short > 0 ? short * problem.underWeight : -short * problem.overWeight);
  });
  return cost;
}

interface Shape {
  readonly start: number;
  readonly length: number;
}

function distinctShapes({ families }: MinimumShiftDesignProblem): Shape[] {
  const shapes = new Map<string, Shape>();
  for (const family of families)
    for (let start = family.firstStart; start <= family.lastStart; start++)
      for (let length = family.minLength; length <= family.maxLength; length++)
        shapes.set(`${start}+${length}`, { start, length });
  return [...shapes.values()];
}

/** Greatest amount that divides every objective, so that the solver sees small whole numbers. */
function objectiveUnit({
  slotMinutes,
  underWeight,
  overWeight,
  shiftWeight,
}: MinimumShiftDesignProblem): number {
  const parts = [slotMinutes * underWeight, slotMinutes * overWeight, shiftWeight].filter(part => part > 0);
  if (parts.some(part => !Number.isInteger(part))) return 1;
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  return parts.reduce(divisor, 0) || 1;
}

/** Columns: people per shape and day, then used per shape, then short and too many per slot. */
function buildModel(
  problem: MinimumShiftDesignProblem,
  shapes: readonly Shape[],
  unit: number,
): LinearModelData {
  const { days, demand, slotMinutes } = problem;
  const slots = demand.length;
  const perDay = slots / days;
  const people = shapes.length * days;
  const used = people;
  const short = used + shapes.length;
  const columns = short + 2 * slots;
  const coverRows: number[][] = demand.map((_, slot) => [short + slot, short + slots + slot]);
  const most = new Float64Array(people);
  shapes.forEach(({ start, length }, s) => {
    for (let day = 0; day < days; day++)
      for (let offset = 0; offset < length; offset++) {
        const slot = (day * perDay + start + offset) % slots;
        coverRows[slot]?.push(s * days + day);
        most[s * days + day] = Math.max(most[s * days + day] ?? 0, demand[slot] ?? 0);
      }
  });
  const cost = new Float64Array(columns);
  cost.fill(problem.shiftWeight / unit, used, short);
  cost.fill((slotMinutes * problem.underWeight) / unit, short, short + slots);
  cost.fill((slotMinutes * problem.overWeight) / unit, short + slots);
  const upper = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  upper.set(most);
  upper.fill(1, used, short);
  const integer = new Uint8Array(columns).fill(1, 0, short);
  const rowStarts = [0];
  const columnIndices: number[] = [];
  const values: number[] = [];
  for (const row of coverRows) {
    for (const column of row) {
      columnIndices.push(column);
      values.push(column >= short + slots ? -1 : 1);
    }
    rowStarts.push(columnIndices.length);
  }
  for (let column = 0; column < people; column++) {
    columnIndices.push(column, used + Math.floor(column / days));
    values.push(1, -(most[column] ?? 0));
    rowStarts.push(columnIndices.length);
  }
  const rowLower = Float64Array.from([
    ...demand,
    ...new Array<number>(people).fill(Number.NEGATIVE_INFINITY),
  ]);
  const rowUpper = Float64Array.from([...demand, ...new Array<number>(people).fill(0)]);
  return {
    cost,
    lower: new Float64Array(columns),
    upper,
    integer,
    rowLower,
    rowUpper,
    rowStarts,
    columnIndices,
    values,
  };
}
