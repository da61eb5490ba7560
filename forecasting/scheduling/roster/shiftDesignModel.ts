import type { LinearModelData } from '../linearSolver.ts';
import type { MinimumShiftDesignProblem } from './minimumShiftDesign.ts';

/** A distinct shift: start and length in slots. */
export interface ShiftShape {
  readonly start: number;
  readonly length: number;
}

/** Every shift that some family allows, once. */
export function distinctShapes({ families }: MinimumShiftDesignProblem): ShiftShape[] {
  const shapes = new Map<string, ShiftShape>();
  for (const family of families)
    for (let start = family.firstStart; start <= family.lastStart; start++)
      for (let length = family.minLength; length <= family.maxLength; length++)
        shapes.set(`${start}+${length}`, { start, length });
  return [...shapes.values()];
}

/** Greatest amount that divides every objective, so that the solver sees small whole numbers. */
export function objectiveUnit({
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

/**
 * Columns: people per shape and day, then used per shape, then short and too many per slot, then what the duties per
 * week lie above and below their limits.
 */
export function buildDesignModel(
  problem: MinimumShiftDesignProblem,
  shapes: readonly ShiftShape[],
  unit: number,
): LinearModelData {
  const { days, demand, slotMinutes } = problem;
  const slots = demand.length;
  const perDay = slots / days;
  const people = shapes.length * days;
  const used = people;
  const short = used + shapes.length;
  const excess = short + 2 * slots;
  const columns = excess + (problem.duties ? 2 : 0);
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
  cost.fill((slotMinutes * problem.overWeight) / unit, short + slots, excess);
  cost.fill((problem.duties?.weight ?? 0) / unit, excess);
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
  for (const row of dutiesRows(problem, shapes, excess)) {
    row.forEach((value, column) => {
      columnIndices.push(column);
      values.push(value);
    });
    rowStarts.push(columnIndices.length);
  }
  const limits = rowStarts.length - 1 - slots;
  const rowLower = Float64Array.from([
    ...demand,
    ...new Array<number>(limits).fill(Number.NEGATIVE_INFINITY),
  ]);
  const rowUpper = Float64Array.from([...demand, ...new Array<number>(limits).fill(0)]);
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

/** Minutes of all shifts beyond this multiple of the demand cost more in people too many than the duties can. */
const MOST_COVER = 1.25;

/**
 * Two rows by column: shifts × averageMinutes − max × minutes ≤ excess × minutes, and the same from below. The minutes
 * on the right are replaced by the most that can be worth working, which never prices too high.
 */
function dutiesRows(
  { duties, days, slotMinutes, demand }: MinimumShiftDesignProblem,
  shapes: readonly ShiftShape[],
  excess: number,
): readonly ReadonlyMap<number, number>[] {
  if (!duties) return [];
  const mostMinutes = MOST_COVER * demandMinutes({ demand, slotMinutes });
  const above = new Map([[excess, -mostMinutes]]);
  const below = new Map([[excess + 1, -mostMinutes]]);
  shapes.forEach(({ length }, s) => {
    for (let day = 0; day < days; day++) {
      above.set(s * days + day, duties.averageMinutes - duties.max * length * slotMinutes);
      below.set(s * days + day, duties.min * length * slotMinutes - duties.averageMinutes);
    }
  });
  return [above, below];
}

/** The programme's bound where it holds: designs with more minutes cost at least the people too many. */
export function boundWithDuties(problem: MinimumShiftDesignProblem, bound: number): number {
  return Math.min(bound, (MOST_COVER - 1) * demandMinutes(problem) * problem.overWeight);
}

function demandMinutes({
  demand,
  slotMinutes,
}: Pick<MinimumShiftDesignProblem, 'demand' | 'slotMinutes'>): number {
  return demand.reduce((sum, people) => sum + people, 0) * slotMinutes;
}
