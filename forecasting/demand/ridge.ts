/**
 * Weighted least squares with a quadratic penalty, kept as normal equations so that one pass over the days
 * serves every origin: `decay` ages what was learnt, `add` learns a day, `solve` reads the coefficients.
 */
export class RidgeEquations {
  readonly #size: number;
  readonly #gram: Float64Array;
  readonly #right: Float64Array;

  constructor(size: number, from?: RidgeEquations) {
    this.#size = size;
    this.#gram = from ? from.#gram.slice() : new Float64Array(size * size);
    this.#right = from ? from.#right.slice() : new Float64Array(size);
  }

  copy(): RidgeEquations {
    return new RidgeEquations(this.#size, this);
  }

  decay(factor: number): void {
    for (let i = 0; i < this.#gram.length; i++) this.#gram[i]! *= factor;
    for (let i = 0; i < this.#size; i++) this.#right[i]! *= factor;
  }

  /** Adds one observation given by its non-zero columns. */
  add(columns: readonly number[], values: readonly number[], response: number, weight: number): void {
    for (let a = 0; a < columns.length; a++) {
      const i = columns[a]!;
      const weighted = weight * values[a]!;
      this.#right[i]! += weighted * response;
      for (let b = 0; b < columns.length; b++) {
        this.#gram[i * this.#size + columns[b]!]! += weighted * values[b]!;
      }
    }
  }

  /** Coefficients with `penalty[i]` on column i; columns whose `use` flag is 0 are left out and get 0. */
  solve(penalty: Float64Array, use: Uint8Array): Float64Array {
    const kept: number[] = [];
    for (let i = 0; i < this.#size; i++) if (use[i] === 1) kept.push(i);
    const n = kept.length;
    const matrix = new Float64Array(n * n);
    const right = new Float64Array(n);
    for (let a = 0; a < n; a++) {
      const i = kept[a]!;
      right[a] = this.#right[i]!;
      for (let b = 0; b < n; b++) matrix[a * n + b] = this.#gram[i * this.#size + kept[b]!]!;
      matrix[a * n + a]! += penalty[i]! + 1e-9;
    }
    const solution = solvePositive(matrix, right, n);
    const coefficients = new Float64Array(this.#size);
    for (let a = 0; a < n; a++) coefficients[kept[a]!] = solution[a]!;
    return coefficients;
  }
}

/** Solves a symmetric positive definite system by Cholesky factorisation; overwrites its arguments. */
function solvePositive(matrix: Float64Array, right: Float64Array, n: number): Float64Array {
  factorise(matrix, n);
  return solveFactored(matrix, right, n);
}

/** Replaces the lower triangle of a symmetric positive definite matrix by its Cholesky factor. */
export function factorise(matrix: Float64Array, n: number): void {
  for (let j = 0; j < n; j++) {
    let diagonal = matrix[j * n + j]!;
    for (let k = 0; k < j; k++) diagonal -= matrix[j * n + k]! ** 2;
    const root = Math.sqrt(Math.max(diagonal, 1e-12));
    matrix[j * n + j] = root;
    for (let i = j + 1; i < n; i++) {
      let sum = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[i * n + k]! * matrix[j * n + k]!;
      matrix[i * n + j] = sum / root;
    }
  }
}

/** Solves with a factor from `factorise`; overwrites and returns the right-hand side. */
export function solveFactored(factor: Float64Array, right: Float64Array, n: number): Float64Array {
  for (let i = 0; i < n; i++) {
    let sum = right[i]!;
    for (let k = 0; k < i; k++) sum -= factor[i * n + k]! * right[k]!;
    right[i] = sum / factor[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = right[i]!;
    for (let k = i + 1; k < n; k++) sum -= factor[k * n + i]! * right[k]!;
    right[i] = sum / factor[i * n + i]!;
  }
  return right;
}
