import type { RandomGenerator } from '../../calendar/random.ts';
import type { LinearSolver } from '../linearSolver.ts';
import type { MasterPrices, MasterScope, RosterColumn } from './columnMaster.ts';
import { RosterMaster } from './columnMaster.ts';
import type { CompiledRoster } from './compile.ts';
import { wishCost } from './evaluate.ts';
import type { PriceStart } from './priceStart.ts';
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
/** Share of the gap that a subgradient step aims to close. */
const STEP_SHARE = 0.3;
/** Masters with more rows start from an interior point, which gives more central prices. */
const INTERIOR_POINT_ROWS = 150;

export interface ConvergeLimits {
  readonly cutoff: number;
  readonly rounds: number;
  readonly tolerance: number;
  /** Most seconds to take; the prices so far are the answer then. */
  readonly seconds: number;
}

/** Column generation over a scope: the master programme, priced by the agents' dynamic programmes. */
export class ColumnSearch {
  readonly master: RosterMaster;
  private readonly tools: SearchTools;
  private readonly state: SearchState;
  private readonly window: { readonly from: number; readonly to: number };
  private readonly fixed = new Map<number, number>();
  private readonly keys = new Set<string>();
  private readonly priced: Float64Array;
  /** People per cell in the last pricing. */
  private readonly answer: Int32Array;
  /** Prices of the best bound of the running convergence. */
  private center: Float64Array | null = null;
  /** Prices to begin the next convergence from. */
  private start: Float64Array | null = null;
  private masterSeconds = 0;
  private pricingSeconds = 0;
  private firstAlgorithm: 'interiorPoint' | 'dual';

  /** @param counts people of everyone and every day outside the scope */
  constructor(tools: SearchTools, state: SearchState, scope: MasterScope) {
    this.tools = tools;
    this.state = state;
    this.window = scope;
    this.master = new RosterMaster(tools.solver, tools.roster, scope);
    this.priced = new Float64Array(tools.roster.days * tools.roster.types);
    this.answer = new Int32Array(this.priced.length);
    this.firstAlgorithm = this.master.rows > INTERIOR_POINT_ROWS ? 'interiorPoint' : 'dual';
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
   * Adds columns until none can improve, or the bound comes within `tolerance` (a share of the value) of the
   * programme's value, or it reaches the cutoff (a value known to be reachable), or `rounds` are done.
   */
  converge({ cutoff, rounds, tolerance, seconds }: ConvergeLimits): Convergence | null {
    const { tools } = this;
    const until = tools.secondsLeft() - seconds;
    let bound = Number.NEGATIVE_INFINITY;
    let last: MasterPrices | null = null;
    this.center = this.start;
    this.start = null;
    for (let round = 0; ; round++) {
      const prices = this.solveMaster(round === 0);
      if (!prices) return last && { prices: last, bound, end: 'time' };
      last = prices;
      if (round >= rounds || tools.secondsLeft() < until) return { prices, bound, end: 'rounds' };
      const started = tools.secondsLeft();
      const outcome = this.priceAround(prices, bound, cutoff);
      this.pricingSeconds += started - tools.secondsLeft();
      if (outcome === null) return { prices, bound, end: 'time' };
      bound = outcome.bound;
      if (this.reaches(bound, cutoff)) return { prices, bound, end: 'cut' };
      const near = prices.value - bound <= tolerance * Math.abs(prices.value);
      if (outcome.added === 0 || near || this.reaches(bound, prices.value))
        return { prices, bound, end: 'optimal' };
    }
  }

  /** Takes prices near the best ones, and rosters that answer them, to start from. */
  startFrom({ cover, rows }: PriceStart): void {
    this.start = cover;
    for (const { agent, row } of rows) this.offer(agent, row);
  }

  private solveMaster(first: boolean): MasterPrices | null {
    const { tools, master } = this;
    const started = tools.secondsLeft();
    if (started <= 0) return null;
    const outOfTime = (): boolean => tools.secondsLeft() <= 0;
    const prices = master.solve(outOfTime, first ? this.firstAlgorithm : 'primal');
    this.masterSeconds += started - tools.secondsLeft();
    this.firstAlgorithm = 'dual';
    return prices;
  }

  /**
   * Prices at smoothed prices, and where the master is what costs time at some more prices, each a subgradient
   * step from the last; at the master's own prices when nothing was found.
   */
  private priceAround(
    prices: MasterPrices,
    known: number,
    cutoff: number,
  ): { readonly bound: number; readonly added: number } | null {
    let bound = known;
    let added = 0;
    const extra =
      this.masterSeconds > 2 * this.pricingSeconds ? 2 : this.masterSeconds > this.pricingSeconds ? 1 : 0;
    let trial = blend(this.center, prices.cover, this.center ? SMOOTHING : 0);
    for (let step = 0; ; step++) {
      const outcome = this.price(trial, prices);
      if (outcome === null) return null;
      if (outcome.bound > bound) {
        bound = outcome.bound;
        this.center = trial;
      }
      added += outcome.added;
      if (this.reaches(bound, cutoff)) break;
      if (step < extra) trial = this.stepped(trial, prices.value - outcome.bound);
      else if (added === 0 && trial !== prices.cover) trial = prices.cover;
      else break;
    }
    return { bound, added };
  }

  /** A step along the subgradient: dearer where the last answers leave people missing, cheaper where too many. */
  private stepped(cover: Float64Array, gap: number): Float64Array {
    const { required, underWeight, overWeight, types } = this.tools.roster;
    const { from, to } = this.window;
    let norm = 0;
    for (let cell = from * types; cell < to * types; cell++)
      norm += (required[cell]! - this.answer[cell]!) ** 2;
    const step = (STEP_SHARE * Math.max(0, gap)) / Math.max(1, norm);
    const next = cover.slice();
    for (let cell = from * types; cell < to * types; cell++) {
      const price = cover[cell]! + step * (required[cell]! - this.answer[cell]!);
      next[cell] = Math.min(underWeight[cell]!, Math.max(-overWeight[cell]!, price));
    }
    return next;
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
    this.answer.set(master.scope.counts);
    let added = 0;
    for (let local = 0; local < agents.length; local++) {
      const agent = agents[local]!;
      const compiled = roster.agents[agent]!;
      const fixedColumn = this.fixed.get(agent);
      if (fixedColumn !== undefined) {
        bound += reducedCost(roster, master.columns[fixedColumn]!, cover, window);
        this.count(master.columns[fixedColumn]!.days);
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
      this.count(out);
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

  private count(days: Int8Array): void {
    const { types } = this.tools.roster;
    for (let day = this.window.from; day < this.window.to; day++)
      if (days[day]! >= 0) this.answer[day * types + days[day]!]!++;
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
