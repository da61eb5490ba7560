import type { CallbackData, Highs, Model } from 'highs';

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

/** HiGHS takes finite option values only. */
const NO_TIME_LIMIT_SECONDS = 1e9;

type HighsLoader = (options?: { locateFile?: (file: string) => string }) => Promise<Highs>;

/**
 * Loads HiGHS (WebAssembly, one thread) as a `LinearSolver`; works in Node, worker threads and browsers.
 * The loaded solver calls are synchronous: run long solves in a worker.
 *
 * @param locateFile where a bundler put `highs.wasm`, when it is not beside the loader
 * @throws Error if the package cannot be loaded
 */
export async function loadHighsSolver(locateFile?: (file: string) => string): Promise<LinearSolver> {
  const load = loaderOf(await import('highs'));
  return highsSolver(await load(locateFile ? { locateFile } : {}));
}

/** Finds the loader however the package was packed: the function itself, or under one or two `default`s. */
function loaderOf(module: unknown): HighsLoader {
  let candidate: unknown = module;
  for (let depth = 0; depth < 3; depth++) {
    if (isLoader(candidate)) return candidate;
    if (typeof candidate !== 'object' || candidate === null || !('default' in candidate)) break;
    candidate = candidate.default;
  }
  throw new Error('the highs package exports no loader function');
}

function isLoader(value: unknown): value is HighsLoader {
  return typeof value === 'function';
}

/** Wraps a loaded HiGHS runtime. */
export function highsSolver(highs: Highs): LinearSolver {
  return {
    name: `HiGHS ${highs.version.string}`,
    createModel: data => new HighsLinearModel(highs, data),
  };
}

class HighsLinearModel implements LinearModel {
  readonly #highs: Highs;
  readonly #model: Model;
  #columns: number;
  #rows: number;
  #hasIntegers: boolean;

  constructor(highs: Highs, data: LinearModelData) {
    this.#highs = highs;
    this.#columns = data.cost.length;
    this.#rows = data.rowLower.length;
    const integer = data.integer ? Int32Array.from(data.integer) : undefined;
    this.#hasIntegers = integer?.includes(1) ?? false;
    this.#model = highs.createModel({
      numCols: this.#columns,
      numRows: this.#rows,
      colCost: data.cost,
      colLower: data.lower,
      colUpper: data.upper,
      rowLower: data.rowLower,
      rowUpper: data.rowUpper,
      matrix: {
        format: 'csr',
        numRows: this.#rows,
        numCols: this.#columns,
        starts: data.rowStarts,
        indices: data.columnIndices,
        values: data.values,
      },
      ...(integer && this.#hasIntegers ? { integrality: integer } : {}),
    });
    this.#model.options.set({ output_flag: false });
  }

  get columnCount(): number {
    return this.#columns;
  }

  get rowCount(): number {
    return this.#rows;
  }

  addColumn(column: Parameters<LinearModel['addColumn']>[0]): number {
    const entries = { indices: column.rowIndices, values: column.values };
    this.#model.addCol(column.cost, column.lower, column.upper, entries);
    const index = this.#columns++;
    if (column.integer) this.setColumnInteger(index, true);
    return index;
  }

  addRow(row: Parameters<LinearModel['addRow']>[0]): number {
    this.#model.addRow(row.lower, row.upper, { indices: row.columnIndices, values: row.values });
    return this.#rows++;
  }

  setColumnBounds(column: number, lower: number, upper: number): void {
    this.#model.changeColBounds(column, lower, upper);
  }

  setColumnCost(column: number, cost: number): void {
    this.#model.changeColCost(column, cost);
  }

  setColumnInteger(column: number, integer: boolean): void {
    const { variableType } = this.#highs.constants;
    this.#model.changeColIntegrality(column, integer ? variableType.integer : variableType.continuous);
    if (integer) this.#hasIntegers = true;
  }

  setRowBounds(row: number, lower: number, upper: number): void {
    this.#model.changeRowBounds(row, lower, upper);
  }

  setStart(values: NumberVector): void {
    this.#model.setSolution({ colValue: values });
  }

  solve(options: LinearSolveOptions = {}): LinearResult {
    const integers = this.#hasIntegers && options.relaxed !== true;
    this.#model.zeroAllClocks();
    this.#model.options.set(highsOptions(options, integers));
    this.#model.run(this.#callbacks(options));
    return this.#result(integers);
  }

  dispose(): void {
    this.#model.dispose();
  }

  #callbacks(options: LinearSolveOptions): Parameters<Model['run']>[0] {
    const { shouldStop, onIncumbent } = options;
    const channel = this.#highs.constants.callbackType;
    const stopIfAsked = (event: { interrupt(): void }): undefined => {
      if (shouldStop?.()) event.interrupt();
    };
    const report = (event: { readonly data: CallbackData }): undefined => {
      const { mip_solution: values, objective_function_value: objective, mip_dual_bound: bound } = event.data;
      if (onIncumbent && values && objective !== undefined) {
        onIncumbent({ objective, bound: bound ?? Number.NEGATIVE_INFINITY, values });
      }
    };
    return {
      ...(shouldStop
        ? {
            [channel.simplexInterrupt]: stopIfAsked,
            [channel.ipmInterrupt]: stopIfAsked,
            [channel.mipInterrupt]: stopIfAsked,
          }
        : {}),
      ...(onIncumbent ? { [channel.mipImprovingSolution]: report } : {}),
    };
  }

  #result(integers: boolean): LinearResult {
    const model = this.#model;
    const status = this.#status();
    const hasPrimal = Number(model.info.get('primal_solution_status')) === 2;
    const objective = hasPrimal ? model.getObjectiveValue() : null;
    const solution = hasPrimal ? model.getSolution() : null;
    const hasDuals = !integers && status === 'optimal' && solution !== null;
    let bound = Number.NEGATIVE_INFINITY;
    if (integers) bound = Number(model.info.get('mip_dual_bound'));
    else if (status === 'optimal' && objective !== null) bound = objective;
    return {
      status,
      objective,
      bound,
      values: solution?.colValue ?? null,
      duals: hasDuals ? solution.rowDual : null,
      reducedCosts: hasDuals ? solution.colDual : null,
    };
  }

  #status(): LinearResult['status'] {
    const known = this.#highs.constants.modelStatus;
    switch (this.#model.getModelStatus()) {
      case known.optimal:
      case known.empty:
        return 'optimal';
      case known.infeasible:
        return 'infeasible';
      case known.unbounded:
      case known.unboundedOrInfeasible:
        return 'unbounded';
      case known.timeLimit:
      case known.iterationLimit:
      case known.solutionLimit:
      case known.objectiveBound:
      case known.objectiveTarget:
        return 'limit';
      case known.interrupted:
        return 'interrupted';
      default:
        return 'failed';
    }
  }
}

function highsOptions(
  options: LinearSolveOptions,
  integers: boolean,
): Record<string, number | string | boolean> {
  const algorithm = options.algorithm ?? 'choose';
  const lpSolver = algorithm === 'interiorPoint' ? 'ipm' : 'simplex';
  return {
    time_limit: options.timeLimitSeconds ?? NO_TIME_LIMIT_SECONDS,
    mip_rel_gap: options.relativeGap ?? 1e-4,
    mip_max_nodes: options.nodeLimit ?? 2_147_483_647,
    mip_heuristic_effort: options.heuristicEffort ?? 0.05,
    random_seed: options.seed ?? 0,
    presolve: options.presolve ?? 'choose',
    solve_relaxation: options.relaxed === true,
    solver: integers ? 'choose' : lpSolver,
    simplex_strategy: algorithm === 'primal' ? 4 : 1,
  };
}
