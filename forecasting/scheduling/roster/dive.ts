import type { MasterPrices, MasterScope } from './columnMaster.ts';
import type { SearchTools } from './columnSearch.ts';
import { ColumnSearch, reducedCost } from './columnSearch.ts';
import type { SearchState } from './searchState.ts';

/** The days of one agent. */
export interface AgentRow {
  readonly agent: number;
  readonly row: Int8Array;
}

/** How a scope is searched. */
export interface DiveOptions {
  /** Only rosters below this value are of use. */
  readonly cutoff: number;
  /** Pricing rounds at the root. */
  readonly rootRounds: number;
  /** Pricing rounds after each fixing. */
  readonly diveRounds: number;
  /** Share of the free agents fixed at a time. */
  readonly fixShare: number;
  /** Random amount added to a column's weight when the heaviest are chosen, so that dives differ. */
  readonly weightNoise: number;
  /** More rosters to start from. */
  readonly seeds: readonly AgentRow[];
  /** Told of the proven bound of the scope. */
  readonly onBound?: (bound: number) => void;
  /** Told of the good columns of the root. */
  readonly onColumns?: (columns: readonly AgentRow[]) => void;
}

/** New days of the scope's agents, and the value of the scope with them. */
export interface DiveResult {
  readonly value: number;
  readonly rows: readonly AgentRow[];
}

/** Columns per agent that a smaller master inherits. */
const INHERITED_COLUMNS = 60;
/** Columns per agent kept from the root for later searches. */
const ROOT_COLUMNS = 30;
/** The master is rebuilt when this share of its agents is fixed. */
const REBUILD_SHARE = 0.25;

/** Scope of the given agents and days over everything else in the state. */
export function scopeOf(
  state: SearchState,
  agents: readonly number[],
  from: number,
  to: number,
): MasterScope {
  const scope = { agents, from, to, counts: state.counts.slice() };
  for (const agent of agents) addDays(scope, state.roster.types, state.rows[agent]!, -1);
  return scope;
}

function addDays({ counts, from, to }: MasterScope, types: number, row: Int8Array, sign: 1 | -1): void {
  for (let day = from; day < to; day++) if (row[day]! >= 0) counts[day * types + row[day]!]! += sign;
}

/**
 * Column generation, then fixing of the heaviest columns a few agents at a time with new columns in between.
 * Null when nothing below the cutoff can come of it, or time ran out.
 */
export function dive(
  tools: SearchTools,
  state: SearchState,
  scope: MasterScope,
  options: DiveOptions,
): DiveResult | null {
  const fixed: AgentRow[] = [];
  let fixedCost = 0;
  let rest = scope;
  let seeds = options.seeds;
  let rounds = options.rootRounds;
  while (rest.agents.length > 0) {
    const search = new ColumnSearch(tools, state, rest);
    try {
      for (const { agent, row } of seeds) search.offer(agent, row);
      const stage = diveStage(
        tools,
        search,
        rounds,
        { ...options, cutoff: options.cutoff - fixedCost },
        fixed.length === 0,
      );
      if (!stage) return null;
      for (const index of stage.choice) {
        const column = search.master.columns[index]!;
        fixed.push({ agent: column.agent, row: column.days });
        fixedCost += column.cost;
      }
      seeds = stage.seeds;
      const taken = new Set(fixed.map(each => each.agent));
      rest = { ...rest, agents: rest.agents.filter(agent => !taken.has(agent)), counts: rest.counts.slice() };
      for (const index of stage.choice)
        addDays(rest, tools.roster.types, search.master.columns[index]!.days, 1);
      if (rest.agents.length === 0) return { value: fixedCost + stage.coverCost, rows: fixed };
    } finally {
      search.dispose();
    }
    rounds = options.diveRounds;
  }
  return null;
}

interface Stage {
  readonly choice: readonly number[];
  readonly seeds: readonly AgentRow[];
  readonly coverCost: number;
}

/** Fixes agents in one master until it is worth rebuilding, or all are fixed. */
function diveStage(
  tools: SearchTools,
  search: ColumnSearch,
  rounds: number,
  options: DiveOptions,
  isRoot: boolean,
): Stage | null {
  let step = search.converge(options.cutoff, rounds);
  if (!step) return null;
  if (isRoot) {
    if (step.end !== 'time') options.onBound?.(step.bound);
    options.onColumns?.(goodColumns(tools, search, step.prices, ROOT_COLUMNS));
  }
  const total = search.freeAgents;
  const stop = total <= 6 ? 0 : Math.floor(total * (1 - REBUILD_SHARE));
  for (;;) {
    if (step.end === 'cut' || tools.secondsLeft() <= 0) return null;
    fixHeaviest(tools, search, step.prices, options);
    const done = search.freeAgents <= stop;
    step = done ? step : search.converge(options.cutoff, options.diveRounds);
    if (!step) return null;
    if (done) {
      const choice = search.fixedColumns();
      const seeds = goodColumns(tools, search, step.prices, INHERITED_COLUMNS);
      return { choice, seeds, coverCost: search.coverCostOf(choice) };
    }
  }
}

function fixHeaviest(
  tools: SearchTools,
  search: ColumnSearch,
  prices: MasterPrices,
  { fixShare, weightNoise }: DiveOptions,
): void {
  const candidates = search
    .heaviest(prices)
    .map(each => ({ ...each, score: each.weight + weightNoise * tools.random.uniform() }))
    .sort((a, b) => b.score - a.score || a.agent - b.agent);
  const target = Math.max(1, Math.ceil(candidates.length * fixShare));
  candidates.forEach(({ agent, column, weight }, rank) => {
    if (rank < target || weight > 1 - 1e-6) search.fix(agent, column);
  });
}

/** The columns of free agents with the least reduced costs, at most `most` of each agent. */
function goodColumns(
  tools: SearchTools,
  search: ColumnSearch,
  prices: MasterPrices,
  most: number,
): AgentRow[] {
  const { master } = search;
  const byAgent = new Map<number, { reduced: number; row: Int8Array }[]>();
  for (const column of master.columns) {
    if (search.isFixed(column.agent)) continue;
    const reduced = reducedCost(tools.roster, column, prices.cover, master.scope);
    const list = byAgent.get(column.agent);
    if (list) list.push({ reduced, row: column.days });
    else byAgent.set(column.agent, [{ reduced, row: column.days }]);
  }
  const good: AgentRow[] = [];
  for (const [agent, list] of byAgent) {
    list.sort((a, b) => a.reduced - b.reduced);
    for (const { row } of list.slice(0, most)) good.push({ agent, row });
  }
  return good;
}
