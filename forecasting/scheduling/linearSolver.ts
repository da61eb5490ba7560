/** A dense vector of numbers. */
export type NumberVector = readonly number[] | Float64Array;

/**
 * Minimise `cost · x` subject to `rowLower ≤ A x ≤ rowUpper` and `lower ≤ x ≤ upper`, some columns integer.
 * The matrix is stored by rows: row `i` holds `columnIndices[k]`, `values[k]` for `rowStarts[i] ≤ k < rowStarts[i + 1]`.
 * Bounds may be ±Infinity.
 */
export interface LinearModelData {
  readonly cost: NumberVector;
  readonly lower: NumberVector;
  readonly upper: NumberVector;
  /** 1 where the column must be a whole number; omitted for a linear programme. */
  readonly integer?: Uint8Array | readonly number[];
  readonly rowLower: NumberVector;
  readonly rowUpper: NumberVector;
  readonly rowStarts: Int32Array | readonly number[];
  readonly columnIndices: Int32Array | readonly number[];
  readonly values: NumberVector;
}

/** How a solve is limited and steered. */
export interface LinearSolveOptions {
  /** Wall-clock limit of this one solve, in seconds. */
  readonly timeLimitSeconds?: number;
  /** Stop when (incumbent − bound) / incumbent falls to this value; mixed-integer models only. */
  readonly relativeGap?: number;
  /** Stop after this many branch-and-bound nodes: a limit by work, hence reproducible. */
  readonly nodeLimit?: number;
  /** Ignore the integer marks and solve the linear relaxation (gives duals). */
  readonly relaxed?: boolean;
  /** `primal` suits a re-solve after adding columns, `dual` after changing bounds or adding rows. */
  readonly algorithm?: 'choose' | 'primal' | 'dual' | 'interiorPoint';
  readonly presolve?: 'choose' | 'on' | 'off';
  readonly seed?: number;
  /** Share of the work of a mixed-integer solve spent on primal heuristics, 0–1. */
  readonly heuristicEffort?: number;
  /** Asked now and then during the solve; true ends it with the best found so far. */
  readonly shouldStop?: () => boolean;
  /** Told of each better integer solution while the solve runs. */
  readonly onIncumbent?: (incumbent: LinearIncumbent) => void;
}

/** A better integer solution found while a solve runs. */
export interface LinearIncumbent {
  readonly objective: number;
  readonly bound: number;
  readonly values: Float64Array;
}

/**
 * Outcome of a solve. `values` is null when no feasible point is known.
 * `duals` (per row) and `reducedCosts` (per column) are set for an optimal linear programme, null for integers.
 * `bound` is a proven lower limit of the objective, −Infinity when nothing is proven.
 */
export interface LinearResult {
  readonly status: 'optimal' | 'infeasible' | 'unbounded' | 'limit' | 'interrupted' | 'failed';
  readonly objective: number | null;
  readonly bound: number;
  readonly values: Float64Array | null;
  readonly duals: Float64Array | null;
  readonly reducedCosts: Float64Array | null;
}

/** A model that stays in the solver between solves, so that a re-solve starts from the last basis. */
export interface LinearModel {
  readonly columnCount: number;
  readonly rowCount: number;
  /** Appends a column with entries in existing rows and returns its index. */
  addColumn(column: {
    readonly cost: number;
    readonly lower: number;
    readonly upper: number;
    readonly integer?: boolean;
    readonly rowIndices: Int32Array | readonly number[];
    readonly values: NumberVector;
  }): number;
  /** Appends a row over existing columns and returns its index. */
  addRow(row: {
    readonly lower: number;
    readonly upper: number;
    readonly columnIndices: Int32Array | readonly number[];
    readonly values: NumberVector;
  }): number;
  setColumnBounds(column: number, lower: number, upper: number): void;
  setColumnCost(column: number, cost: number): void;
  setColumnInteger(column: number, integer: boolean): void;
  setRowBounds(row: number, lower: number, upper: number): void;
  /** Offers a starting point with one value per column. */
  setStart(values: NumberVector): void;
  solve(options?: LinearSolveOptions): LinearResult;
  /** Frees the solver's memory; the model must not be used afterwards. */
  dispose(): void;
}

/** A solver of linear and mixed-integer programmes, handed to the pure domain by whoever loaded it. */
export interface LinearSolver {
  readonly name: string;
  createModel(data: LinearModelData): LinearModel;
}

/** Solves once and frees the model. */
export function solveOnce(
  solver: LinearSolver,
  data: LinearModelData,
  options: LinearSolveOptions = {},
): LinearResult {
  const model = solver.createModel(data);
  try {
    return model.solve(options);
  } finally {
    model.dispose();
  }
}
