import type { LinearSolver } from '../linearSolver.ts';
import type { ShiftShape } from './shiftDesignModel.ts';
import { boundWithDuties, buildDesignModel, distinctShapes, objectiveUnit } from './shiftDesignModel.ts';

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
  readonly duties?: DutiesPerWeek;
}

/**
 * How often a person should come to work: shifts per week on average, where a week of work is `averageMinutes` long.
 * The average is shifts × averageMinutes / minutes of all shifts; each duty outside of the limits costs `weight`.
 */
export interface DutiesPerWeek {
  readonly min: number;
  readonly max: number;
  readonly averageMinutes: number;
  readonly weight: number;
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
 * short or too many per slot. Duties per week are left out at first: a best design that keeps their limits anyway is
 * best of all. Null when the limit ends before any design is found.
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
  const { duties: _, ...free } = problem;
  const first = solveDesign(problem, free, solver, options);
  if (!first || dutiesCost(problem, first.shifts) === 0 || options.shouldStop?.()) return first;
  const second = solveDesign(problem, problem, solver, options);
  if (!second) return first;
  const better = second.objective < first.objective ? second : first;
  const bound = Math.min(better.objective, Math.max(first.bound, second.bound));
  return { ...better, bound, proven: bound >= better.objective - 1e-6 };
}

/** Solves `modelled`, which may leave prices out, and values the designs by the whole `problem`. */
function solveDesign(
  problem: MinimumShiftDesignProblem,
  modelled: MinimumShiftDesignProblem,
  solver: LinearSolver,
  options: MinimumShiftDesignOptions,
): MinimumShiftDesign | null {
  const shapes = distinctShapes(modelled);
  const unit = modelled.duties ? 1 : objectiveUnit(modelled);
  const model = solver.createModel(buildDesignModel(modelled, shapes, unit));
  try {
    const result = model.solve({
      ...(options.timeLimitSeconds === undefined ? {} : { timeLimitSeconds: options.timeLimitSeconds }),
      relativeGap: 0,
      heuristicEffort: 0.2,
      seed: options.seed ?? 0,
      ...(options.shouldStop ? { shouldStop: options.shouldStop } : {}),
      onIncumbent: ({ values, bound }) =>
        options.onImproved?.(designObjective(problem, shiftsOf(problem, shapes, values)), bound * unit),
    });
    if (!result.values) return null;
    const shifts = shiftsOf(problem, shapes, result.values);
    const objective = designObjective(problem, shifts);
    // Without duties every objective is a multiple of the unit: a bound between two of them rises to the upper one.
    const known = modelled.duties
      ? boundWithDuties(modelled, result.bound)
      : Math.ceil(result.bound - 1e-6) * unit;
    const bound = Math.min(objective, known);
    return { shifts, objective, bound, proven: bound >= objective - 1e-6 };
  } finally {
    model.dispose();
  }
}

function shiftsOf(
  { days }: MinimumShiftDesignProblem,
  shapes: readonly ShiftShape[],
  values: Float64Array,
): DesignedShift[] {
  return shapes
    .map((shape, s) => ({
      ...shape,
      peoplePerDay: Array.from({ length: days }, (_, day) => Math.round(values[s * days + day] ?? 0)),
    }))
    .filter(shift => shift.peoplePerDay.some(people => people > 0));
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
  return cost + dutiesCost(problem, shifts);
}

/** Cost of an average number of duties per week outside of its limits. */
function dutiesCost(
  { duties, slotMinutes }: MinimumShiftDesignProblem,
  shifts: readonly DesignedShift[],
): number {
  let count = 0;
  let minutes = 0;
  for (const { length, peoplePerDay } of shifts)
    for (const people of peoplePerDay) {
      count += people;
      minutes += people * length * slotMinutes;
    }
  if (!duties || count === 0) return 0;
  const average = (count * duties.averageMinutes) / minutes;
  return duties.weight * Math.max(0, duties.min - average, average - duties.max);
}
