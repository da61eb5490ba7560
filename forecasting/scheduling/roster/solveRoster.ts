import type { RandomGenerator } from '../../calendar/random.ts';
import type { LinearSolver } from '../linearSolver.ts';
import { ColumnPool } from './columnPool.ts';
import type { SearchTools } from './columnSearch.ts';
import type { CompiledRoster } from './compile.ts';
import { compileRoster } from './compile.ts';
import { construct, programDays, QUICK_TABLE_VALUES, WEEK, weekEndAtOrAfter } from './construct.ts';
import type { AgentRow } from './dive.ts';
import { dive, scopeOf } from './dive.ts';
import { coverCost } from './evaluate.ts';
import { pickNeighbourhood } from './neighbourhood.ts';
import type { RosterAssignment, RosterProblem } from './problem.ts';
import { searchByResponse } from './responseSearch.ts';
import type { SearchState } from './searchState.ts';
import { AgentPrograms } from './searchState.ts';

/** News while a roster is searched. */
export interface RosterProgress {
  readonly cost: number;
  /** Proven lower bound, -Infinity while none is known. */
  readonly bound: number;
  readonly phase: 'construct' | 'response' | 'columns' | 'neighbourhoods';
}

export interface SolveRosterOptions {
  readonly solver: LinearSolver;
  readonly random: RandomGenerator;
  /** Seconds since the search began, from the caller's clock (CPU or wall). */
  readonly elapsedSeconds: () => number;
  readonly timeLimitSeconds: number;
  readonly shouldStop?: () => boolean;
  readonly onProgress?: (progress: RosterProgress) => void;
  /** A roster found elsewhere (another thread), if it is better than this cost. */
  readonly betterThan?: (cost: number) => RosterAssignment | null;
  /** Told of each better roster. */
  readonly onRoster?: (assignment: RosterAssignment, cost: number) => void;
  /** Skips the search over all agents at once; for a second thread. */
  readonly neighbourhoodsOnly?: boolean;
}

export type RosterSolution =
  | {
      readonly kind: 'roster';
      readonly assignment: RosterAssignment;
      readonly cost: number;
      /** No roster costs less than this; -Infinity when nothing is proven. */
      readonly bound: number;
      readonly proven: boolean;
    }
  /** Ids of agents for whom no roster keeps the hard rules. */
  | { readonly kind: 'infeasible'; readonly agents: readonly string[] };

/**
 * Finds a roster of least cost that keeps every hard rule: a construction, a local search by best responses,
 * column generation with a dive over all agents (which also proves the bound), then neighbourhoods of agents
 * and weeks solved in the same way until time is out or the bound is met. Stops early when optimal.
 *
 * @throws RangeError when the problem's fields contradict each other (see `validateRosterProblem`)
 */
export function solveRoster(problem: RosterProblem, options: SolveRosterOptions): RosterSolution {
  const roster = compileRoster(problem);
  const search = new RosterSearch(roster, options);
  const infeasible = search.run();
  if (infeasible.length > 0)
    return { kind: 'infeasible', agents: infeasible.map(index => problem.agents[index]?.id ?? '') };
  return search.solution();
}

const POOL_COLUMNS = 60;
/** Time for fewer plans of every agent per week than this is too little for all agents and a long horizon at once. */
const LEAST_PASSES_PER_WEEK = 8;
/** With fewer than this the local search gets further than a dive in the same time, and goes first for longer. */
const MANY_PASSES_PER_WEEK = 20;
/** Weeks of a long horizon are planned for all agents together when each stretch has at least this long. */
const LEAST_WINDOW_SECONDS = 15;
/** Shares of the time for that, and for neighbourhoods at the end. */
const DIVE_SHARE = 0.5;
const LAST_SHARE = 0.21;

class RosterSearch {
  private readonly roster: CompiledRoster;
  private readonly options: SolveRosterOptions;
  private readonly tools: SearchTools;
  private readonly pool: ColumnPool;
  private windowDays: number;
  private state!: SearchState;
  private bestCost = Number.POSITIVE_INFINITY;
  private bestRows: Int8Array[] = [];
  private bound = Number.NEGATIVE_INFINITY;
  private phase: RosterProgress['phase'] = 'construct';

  constructor(roster: CompiledRoster, options: SolveRosterOptions) {
    this.roster = roster;
    this.options = options;
    this.pool = new ColumnPool(roster.agents.length, POOL_COLUMNS);
    this.windowDays = programDays(roster);
    this.tools = {
      roster,
      solver: options.solver,
      programs: new AgentPrograms(roster),
      random: options.random,
      secondsLeft: () => (this.finished() ? 0 : options.timeLimitSeconds - options.elapsedSeconds()),
    };
  }

  solution(): RosterSolution {
    const { bestCost: cost, bound } = this;
    return { kind: 'roster', assignment: this.bestRows, cost, bound, proven: this.finishedByProof() };
  }

  /** @returns agents for whom no roster exists */
  run(): readonly number[] {
    const { roster, tools, options } = this;
    const order = roster.agents.map((_, index) => index);
    const begun = tools.secondsLeft();
    const { state, infeasible } = construct(roster, tools.programs, order, this.windowDays);
    if (infeasible.length > 0) return infeasible;
    this.state = state;
    this.keep();
    const total = tools.secondsLeft();
    const passesPerWeek = (total * WEEK) / (Math.max(begun - total, 1e-9) * roster.days);
    if (passesPerWeek < LEAST_PASSES_PER_WEEK) this.windowDays = programDays(roster, QUICK_TABLE_VALUES);
    const windows = options.neighbourhoodsOnly ? [] : diveWindows(roster, this.windowDays);
    const whole = this.windowDays === roster.days;
    const dives = whole || (total * DIVE_SHARE) / windows.length >= LEAST_WINDOW_SECONDS;
    const share = !dives ? 0.8 : !whole ? 0.3 : passesPerWeek < MANY_PASSES_PER_WEEK ? 0.5 : 0.04;
    this.respond(total * share);
    if (dives)
      windows.forEach(({ from, to }, done) => {
        const rest = windows.length - done;
        this.diveAll(from, to, Math.max(0, tools.secondsLeft() - total * LAST_SHARE) / rest);
      });
    this.improve();
    return [];
  }

  private finishedByProof(): boolean {
    const proven = this.roster.integral ? Math.ceil(this.bound - 1e-6) : this.bound;
    return this.bestCost <= proven + 1e-6;
  }

  private finished(): boolean {
    return this.finishedByProof() || (this.options.shouldStop?.() ?? false);
  }

  private report(): void {
    this.options.onProgress?.({ cost: this.bestCost, bound: this.bound, phase: this.phase });
  }

  /** Keeps the state as the best so far if it is. */
  private keep(): void {
    const { cost } = this.state;
    if (cost > this.bestCost - 1e-9) return;
    this.bestCost = Math.round(cost * 1e6) / 1e6;
    this.bestRows = this.state.rows.map(row => row.slice());
    this.options.onRoster?.(this.bestRows, this.bestCost);
    this.report();
  }

  private respond(seconds: number): void {
    this.phase = 'response';
    const typical = this.roster.typicalWeight;
    searchByResponse(this.tools, this.state, {
      windowDays: this.windowDays,
      firstNoise: typical * 0.1,
      lastNoise: typical * 0.001,
      seconds,
      onImproved: () => this.keep(),
    });
    for (const [agent, row] of this.state.rows.entries()) this.pool.add({ agent, row });
  }

  /** All agents at once over some weeks or the whole horizon. */
  private diveAll(from: number, to: number, seconds: number): void {
    this.phase = 'columns';
    this.adopt();
    const { tools, state, roster } = this;
    const whole = to - from === roster.days;
    const end = Math.max(0, tools.secondsLeft() - seconds);
    const limited = { ...tools, secondsLeft: () => tools.secondsLeft() - end };
    const agents = roster.agents.map((_, index) => index);
    const current = this.scopeCost(agents, from, to);
    const result = dive(limited, state, scopeOf(state, agents, from, to), {
      cutoff: current,
      rootRounds: 10_000,
      rootShare: 0.5,
      rootTolerance: whole ? 0 : 0.005,
      diveRounds: 60,
      tolerance: 0.002,
      fixShare: 0.06,
      weightNoise: 0,
      seeds: whole ? this.pool.of(agents) : [],
      onBound: bound => {
        // No cost is negative: a bound below nothing, as a root cut short has it, says nothing.
        if (whole && bound > 0) this.bound = Math.max(this.bound, bound);
        this.report();
      },
      onColumns: columns => {
        if (whole) for (const column of columns) this.pool.add(column);
      },
    });
    if (result && result.value < current) this.accept(result.rows);
  }

  private accept(rows: readonly AgentRow[]): void {
    for (const each of rows) {
      this.state.replace(each.agent, each.row);
      this.pool.add(each);
    }
    this.keep();
  }

  /** Neighbourhoods whose size follows what one of them costs. */
  private improve(): void {
    this.phase = 'neighbourhoods';
    const { tools, roster, options } = this;
    const target = Math.max(0.3, Math.min(5, options.timeLimitSeconds * 0.015));
    let size = Math.min(roster.agents.length, 8);
    for (let start = tools.secondsLeft(); start > 0; start = tools.secondsLeft()) {
      this.adopt();
      const chosen = pickNeighbourhood(tools, this.state, Math.round(size), this.windowDays);
      const improved = this.improveOnce(chosen);
      const took = start - tools.secondsLeft();
      if (took > target) size = Math.max(2, size * 0.9);
      else if (!improved) size = Math.min(roster.agents.length, size * 1.03 + 0.05);
    }
  }

  private adopt(): void {
    const better = this.options.betterThan?.(this.bestCost);
    if (!better) return;
    better.forEach((row, agent) => {
      this.state.replace(agent, row);
      this.pool.add({ agent, row });
    });
    this.keep();
  }

  private improveOnce({ agents, from, to }: ReturnType<typeof pickNeighbourhood>): boolean {
    const { tools, state, roster } = this;
    const current = this.scopeCost(agents, from, to);
    const result = dive(tools, state, scopeOf(state, agents, from, to), {
      cutoff: current + (tools.random.uniform() < 0.25 ? 1e-3 + (roster.integral ? 1 : 0) : 0),
      rootRounds: 200,
      rootShare: 1,
      rootTolerance: 0,
      diveRounds: 30,
      tolerance: 0.001,
      fixShare: 0.1,
      weightNoise: 0.2,
      seeds: to - from === roster.days ? this.pool.of(agents) : [],
    });
    if (!result || result.value > current + 1e-6) return false;
    this.accept(result.rows);
    return result.value < current - 1e-6;
  }

  private scopeCost(agents: readonly number[], from: number, to: number): number {
    const { types } = this.roster;
    let cost = coverCost(this.roster, this.state.counts, from * types, to * types);
    for (const agent of agents) cost += this.state.wishes[agent] ?? 0;
    return cost;
  }
}

/** The whole horizon, or stretches of whole weeks of it that overlap by a week. */
function diveWindows(roster: CompiledRoster, days: number): { readonly from: number; readonly to: number }[] {
  const windows: { from: number; to: number }[] = [];
  for (let from = 0; ; ) {
    const to = weekEndAtOrAfter(roster, Math.min(roster.days, from + days));
    windows.push({ from, to });
    if (to === roster.days) return windows;
    from = to - WEEK;
  }
}
