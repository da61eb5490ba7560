/** A staffing input out of its range. `field` is the path of the offending value, as `load.ahtSeconds`. */
export class StaffingError extends RangeError {
  readonly field: string;

  constructor(field: string, problem: string) {
    super(`${field} ${problem}`);
    this.name = 'StaffingError';
    this.field = field;
  }
}

/** A goal that no number of agents can meet, as a service level of 100 %. */
export class UnreachableGoalError extends StaffingError {
  constructor(field: string, problem: string) {
    super(field, problem);
    this.name = 'UnreachableGoalError';
  }
}

const shown = (value: unknown): string => (typeof value === 'number' ? String(value) : typeof value);

/** @throws StaffingError unless `value` is a finite number ≥ 0. */
export function assertNonNegative(field: string, value: number): void {
  if (!(typeof value === 'number' && value >= 0 && value < Infinity)) {
    throw new StaffingError(field, `must be a finite number of at least 0; found ${shown(value)}`);
  }
}

/** @throws StaffingError unless `value` is a finite number > 0. */
export function assertPositive(field: string, value: number): void {
  if (!(typeof value === 'number' && value > 0 && value < Infinity)) {
    throw new StaffingError(field, `must be a finite number above 0; found ${shown(value)}`);
  }
}

/** @throws StaffingError unless `value` lies in [0, 1]. */
export function assertProbability(field: string, value: number): void {
  if (!(typeof value === 'number' && value >= 0 && value <= 1)) {
    throw new StaffingError(field, `must be a probability from 0 to 1; found ${shown(value)}`);
  }
}

/** @throws StaffingError unless `value` is a whole number ≥ `least`. */
export function assertWhole(field: string, value: number, least = 0): void {
  if (!(Number.isInteger(value) && value >= least)) {
    throw new StaffingError(field, `must be a whole number of at least ${least}; found ${shown(value)}`);
  }
}
