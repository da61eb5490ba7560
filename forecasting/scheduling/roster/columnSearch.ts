import type { RandomGenerator } from '../../calendar/random.ts';
import type { LinearSolver } from '../linearSolver.ts';
import type { MasterPrices, MasterScope, RosterColumn } from './columnMaster.ts';
import { RosterMaster } from './columnMaster.ts';
import type { CompiledRoster } from './compile.ts';
import { coverCost, wishCost } from './evaluate.ts';
import type { AgentPrograms, SearchState } from './searchState.ts';

/** What every part of the search needs. `secondsLeft` is the caller's clock; 0 or less ends the search. */
export interface SearchTools {
  readonly roster: CompiledRoster;
  readonly solver: LinearSolver;
  readonly programs: AgentPrograms;
  readonly random: RandomGenerator;
  secondsLeft(): number;
}

/** How far column generation came. `bound` is proven for the scope; `cut` says nothing below the cutoff exists. */
export interface Convergence {
  readonly prices: MasterPrices;
  readonly bound: number;
  readonly end: 'optimal' | 'cut' | 'rounds' | 'time';
}

const TOLERANCE = 1e-6;
/** Share of the best prices so far in the prices used (Wentges smoothing). */
const SMOOTHING = 0.5;

/** Column generation over a scope: the master programme, priced by the agents' dynamic programmes. */
export class ColumnSearch {
  readonly master: RosterMaster;
  private readonly tools: SearchTools;
  private readonly state: SearchState;
  private readonly window: { readonly from: number; readonly to: number };
  private readonly fixed = new Map<number, number>();
  private readonly keys = new Set<string>();
  private readonly priced: Float64Array;

  /** @param counts people of everyone and every day outside the scope */
  constructor(tools: SearchTools, state: SearchState, scope: MasterScope) {
    this.tools = tools;
    this.state = state;
    this.window = scope;
    this.master = new RosterMaster(tools.solver, tools.roster, scope);
    this.priced = new Float64Array(tools.roster.days * tools.roster.types);
    for (const agent of scope.agents) this.offer(agent, state.rows[agent]!);
  }

  /** Adds a roster of one agent unless it is there already. Days outside of the window must be the state's. */
  offer(agent: number, row: Int8Array): void {
    const key = `${agent}:${row.subarray(this.window.from, this.window.to).join()}`;
    if (this.keys.has(key)) return;
    this.keys.add(key);
    const { roster } = this.tools;
    const cost = wishCost(roster, roster.agents[agent]!, row);
    this.master.add({ agent, days: row.slice(), cost });
  }

  /**
   * Adds columns until none can improve, or the bound reaches the cutoff (a value known to be reachable), or
   * `rounds` are done.
   */
  converge(cutoff: number, rounds: number): Convergence | null {
    const { tools, master } = this;
    let bound = Number.NEGATIVE_INFINITY;
    let center: Float64Array | null = null;
    let last: MasterPrices | null = null;
    for (let round = 0; ; round++) {
      const left = tools.secondsLeft();
      const prices = left > 0 ? master.solve(Math.max(0.1, left)) : null;
      if (!prices) return last && { prices: last, bound, end: 'time' };
      last = prices;
      if (round >= rounds) return { prices, bound, end: 'rounds' };
      let added = 0;
      for (const share of center ? [SMOOTHING, 0] : [0]) {
        const trial = blend(center, prices.cover, share);
        const outcome = this.price(trial, prices);
        if (outcome === null) return { prices, bound, end: 'time' };
        if (outcome.bound > bound) {
          bound = outcome.bound;
          center = trial;
        }
        added = outcome.added;
        if (added > 0) break;
      }
      if (this.reaches(bound, cutoff)) return { prices, bound, end: 'cut' };
      if (added === 0 || this.reaches(bound, prices.value)) return { prices, bound, end: 'optimal' };
    }
  }

  /** True when no roster of this scope can be better than `value`. */
  private reaches(bound: number, value: number): boolean {
    const proven = this.tools.roster.integral ? Math.ceil(bound - TOLERANCE) : bound;
    return proven >= value - TOLERANCE;
  }

  /** Prices every free agent; null when time ran out. */
  private price(cover: Float64Array, prices: MasterPrices): { bound: number; added: number } | null {
    const { tools, master, priced, window } = this;
    const { roster } = tools;
    const { agents, from, to } = master.scope;
    let bound = master.valueOfPrices(cover);
    let added = 0;
    for (let local = 0; local < agents.length; local++) {
      const agent = agents[local]!;
      const compiled = roster.agents[agent]!;
      const fixedColumn = this.fixed.get(agent);
      if (fixedColumn !== undefined) {
        bound += reducedCost(roster, master.columns[fixedColumn]!, cover, window);
        continue;
      }
      if ((local & 7) === 7 && tools.secondsLeft() <= 0) return null;
      for (let cell = from * roster.types; cell < to * roster.types; cell++)
        priced[cell] = compiled.workCost[cell]! - cover[cell]!;
      const out = this.state.rows[agent]!.slice();
      const program = tools.programs.of(agent);
      const value = program.solve({ from, to, row: this.state.rows[agent]! }, priced, compiled.offCost, out);
      bound += program.bound + this.outside(agent);
      if (value === Number.POSITIVE_INFINITY) continue;
      const cost = wishCost(roster, compiled, out);
      const column = { agent, days: out, cost };
      if (reducedCost(roster, column, prices.cover, window) - prices.agents[local]! < -TOLERANCE) {
        const before = this.keys.size;
        this.offer(agent, out);
        added += this.keys.size - before;
      }
    }
    return { bound, added };
  }

  /** Wish cost of the agent's days outside of the window, and of wishes that only work can grant. */
  private outside(agent: number): number {
    const { roster } = this.tools;
    const compiled = roster.agents[agent]!;
    const row = this.state.rows[agent]!;
    let inside = 0;
    for (let day = this.window.from; day < this.window.to; day++) {
      const t = row[day]!;
      inside += t < 0 ? compiled.offCost[day]! : compiled.workCost[day * roster.types + t]!;
    }
    return this.state.wishes[agent]! - inside;
  }

  /** Fixes an agent to a column of the master. */
  fix(agent: number, column: number): void {
    this.fixed.set(agent, column);
    this.master.fix(column, true);
  }

  isFixed(agent: number): boolean {
    return this.fixed.has(agent);
  }

  get freeAgents(): number {
    return this.master.scope.agents.length - this.fixed.size;
  }

  /** The heaviest column of each free agent, heaviest first. */
  heaviest(
    prices: MasterPrices,
  ): { readonly agent: number; readonly column: number; readonly weight: number }[] {
    const best = new Map<number, { agent: number; column: number; weight: number }>();
    this.master.columns.forEach((column: RosterColumn, index: number) => {
      const weight = prices.weights[index] ?? 0;
      if (this.fixed.has(column.agent)) return;
      const known = best.get(column.agent);
      if (!known || weight > known.weight)
        best.set(column.agent, { agent: column.agent, column: index, weight });
    });
    return [...best.values()].sort((a, b) => b.weight - a.weight || a.agent - b.agent);
  }

  /** Columns fixed so far. */
  fixedColumns(): number[] {
    return [...this.fixed.values()];
  }

  /** Cost of the scope's cover when exactly these columns are worked. */
  coverCostOf(choice: readonly number[]): number {
    const { roster } = this.tools;
    const { counts, from, to } = this.master.scope;
    const present = counts.slice();
    for (const index of choice) {
      const { days } = this.master.columns[index]!;
      for (let day = from; day < to; day++) if (days[day]! >= 0) present[day * roster.types + days[day]!]!++;
    }
    return coverCost(roster, present, from * roster.types, to * roster.types);
  }

  dispose(): void {
    this.master.dispose();
  }
}

function blend(center: Float64Array | null, prices: Float64Array, share: number): Float64Array {
  if (!center || share === 0) return prices;
  return prices.map((price, i) => share * center[i]! + (1 - share) * price);
}

/** Own cost of a column less what the cover prices pay for its shifts in the window. */
export function reducedCost(
  roster: CompiledRoster,
  column: RosterColumn,
  cover: Float64Array,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  let cost = column.cost;
  for (let day = from; day < to; day++) {
    const t = column.days[day]!;
    if (t >= 0) cost -= cover[day * roster.types + t]!;
  }
  return cost;
}
