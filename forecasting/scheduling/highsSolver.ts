import type { CallbackData, Highs, Model } from 'highs';
import type {
  LinearModel,
  LinearModelData,
  LinearResult,
  LinearSolveOptions,
  LinearSolver,
  NumberVector,
} from './linearSolver.ts';

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
