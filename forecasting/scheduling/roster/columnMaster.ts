import type { LinearModel, LinearSolver } from '../linearSolver.ts';
import type { CompiledRoster } from './compile.ts';

/** A column of the master programme: the days of one agent in the window, and their own cost (wishes). */
export interface RosterColumn {
  readonly agent: number;
  readonly days: Int8Array;
  readonly cost: number;
}

/** Which agents and days are planned anew, over the cover that all other people and days give. */
export interface MasterScope {
  readonly agents: readonly number[];
  readonly from: number;
  readonly to: number;
  /** People at `d * types + t` without the scope's agents. */
  readonly counts: Int32Array;
}

/** Prices of the master's rows, and its value. */
export interface MasterPrices {
  readonly value: number;
  /** Price of one person at `d * types + t`; 0 where there is no row. */
  readonly cover: Float64Array;
  /** Price of each agent, in scope order. */
  readonly agents: Float64Array;
  readonly weights: Float64Array;
}

/** The clock is looked at once in so many iterations of the solver. */
const ITERATIONS_PER_LOOK = 100;

/**
 * The linear programme that combines one column per agent so that cover is met at least cost:
 * min wishes + under + over, cover rows `people + under - over = required`, one column per agent.
 */
export class RosterMaster {
  readonly columns: RosterColumn[] = [];
  readonly scope: MasterScope;
  /** Cost of cover cells that no row stands for; a constant of the scope. */
  readonly constant: number;
  private readonly roster: CompiledRoster;
  private readonly model: LinearModel;
  private readonly rowOfCell: Int32Array;
  private readonly cells: number[] = [];
  private readonly localOf: ReadonlyMap<number, number>;
  private readonly slackColumns: number;

  constructor(solver: LinearSolver, roster: CompiledRoster, scope: MasterScope) {
    this.roster = roster;
    this.scope = scope;
    this.localOf = new Map(scope.agents.map((agent, i) => [agent, i]));
    this.rowOfCell = new Int32Array(roster.days * roster.types).fill(-1);
    this.constant = this.chooseCells();
    this.slackColumns = this.cells.length * 2;
    this.model = this.createModel(solver);
  }

  private chooseCells(): number {
    const { roster, scope } = this;
    let constant = 0;
    for (let cell = scope.from * roster.types; cell < scope.to * roster.types; cell++) {
      const under = roster.underWeight[cell]!;
      const over = roster.overWeight[cell]!;
      if (under === 0 && over === 0) continue;
      if (scope.agents.some(agent => Number.isFinite(roster.agents[agent]!.workCost[cell]!))) {
        this.rowOfCell[cell] = this.cells.length;
        this.cells.push(cell);
      } else {
        const short = roster.required[cell]! - scope.counts[cell]!;
        constant += short > 0 ? short * under : -short * over;
      }
    }
    return constant;
  }

  private createModel(solver: LinearSolver): LinearModel {
    const { roster, scope, cells } = this;
    const rows = cells.length;
    const cost = new Float64Array(rows * 2);
    const bounds = new Float64Array(rows + scope.agents.length).fill(1);
    const starts = new Int32Array(rows + scope.agents.length + 1).fill(rows * 2);
    const values = new Float64Array(rows * 2);
    cells.forEach((cell, i) => {
      cost[2 * i] = roster.underWeight[cell]!;
      cost[2 * i + 1] = roster.overWeight[cell]!;
      bounds[i] = roster.required[cell]! - scope.counts[cell]!;
      starts[i] = 2 * i;
      values[2 * i] = 1;
      values[2 * i + 1] = -1;
    });
    return solver.createModel({
      cost,
      lower: new Float64Array(rows * 2),
      upper: new Float64Array(rows * 2).fill(Number.POSITIVE_INFINITY),
      rowLower: bounds,
      rowUpper: bounds,
      rowStarts: starts,
      columnIndices: Int32Array.from({ length: rows * 2 }, (_, i) => i),
      values,
    });
  }

  /** Rows of the linear programme. */
  get rows(): number {
    return this.cells.length + this.scope.agents.length;
  }

  /** Value of the cover prices alone: the part of the Lagrangian bound that no agent brings. */
  valueOfPrices(cover: Float64Array): number {
    let sum = this.constant;
    for (const cell of this.cells)
      sum += cover[cell]! * (this.roster.required[cell]! - this.scope.counts[cell]!);
    return sum;
  }

  add(column: RosterColumn): void {
    const { types } = this.roster;
    const rowIndices: number[] = [];
    for (let day = this.scope.from; day < this.scope.to; day++) {
      const t = column.days[day]!;
      if (t < 0) continue;
      const row = this.rowOfCell[day * types + t]!;
      if (row >= 0) rowIndices.push(row);
    }
    rowIndices.push(this.cells.length + (this.localOf.get(column.agent) ?? 0));
    this.model.addColumn({
      cost: column.cost,
      lower: 0,
      upper: Number.POSITIVE_INFINITY,
      rowIndices,
      values: new Array<number>(rowIndices.length).fill(1),
    });
    this.columns.push(column);
  }

  /** Solves the linear programme over the columns so far; null when it was stopped. */
  solve(
    shouldStop: () => boolean,
    algorithm: 'primal' | 'dual' | 'interiorPoint' = 'primal',
  ): MasterPrices | null {
    let asked = 0;
    const result = this.model.solve({
      relaxed: true,
      algorithm,
      shouldStop: () => ++asked % ITERATIONS_PER_LOOK === 0 && shouldStop(),
    });
    if (result.status !== 'optimal' || !result.duals || !result.values || result.objective === null)
      return null;
    const cover = new Float64Array(this.roster.days * this.roster.types);
    this.cells.forEach((cell, i) => {
      // Prices of an optimal basis lie in this interval up to the solver's tolerance.
      const price = result.duals![i]!;
      cover[cell] = Math.min(this.roster.underWeight[cell]!, Math.max(-this.roster.overWeight[cell]!, price));
    });
    return {
      value: result.objective + this.constant,
      cover,
      agents: result.duals.slice(this.cells.length),
      weights: result.values.slice(this.slackColumns),
    };
  }

  /** Keeps or releases a column: `fixed` makes it the agent's only one. */
  fix(column: number, fixed: boolean): void {
    this.model.setColumnBounds(
      this.slackColumns + column,
      fixed ? 1 : 0,
      fixed ? 1 : Number.POSITIVE_INFINITY,
    );
  }

  dispose(): void {
    this.model.dispose();
  }
}
