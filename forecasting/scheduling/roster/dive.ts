import type { MasterPrices, MasterScope } from './columnMaster.ts';
import type { SearchTools } from './columnSearch.ts';
import { ColumnSearch, reducedCost } from './columnSearch.ts';
import { coverCost, wishCost } from './evaluate.ts';
import { startPrices } from './priceStart.ts';
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
  /** Share of the time left that the root may take. */
  readonly rootShare: number;
  /** As `tolerance`, at the root: 0 proves the best bound. */
  readonly rootTolerance: number;
  /** Pricing rounds after each fixing. */
  readonly diveRounds: number;
  /** Share of the value that the bound may lie below it before the next fixing. */
  readonly tolerance: number;
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
const INHERITED_COLUMNS = 30;
/** Columns per agent kept from the root for later searches. */
const ROOT_COLUMNS = 30;
/** Prices are prepared before the first linear programme from this many agents on. */
const PRICE_START_AGENTS = 30;
/** Share of the root's time for them. */
const PRICE_START_SHARE = 0.4;
/** Time for each fixing grows with this power of the agents still free. */
const TIME_POWER = 2;
/** The master is rebuilt when this share of its agents is fixed. */
const REBUILD_SHARE = 0.12;

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
 * When time runs out the heaviest columns complete the roster. Null when nothing below the cutoff can come of it.
 */
export function dive(
  tools: SearchTools,
  state: SearchState,
  scope: MasterScope,
  options: DiveOptions,
): DiveResult | null {
  const { roster } = tools;
  const fixed: AgentRow[] = [];
  let fixedCost = 0;
  let rest = scope;
  let seeds = options.seeds;
  while (rest.agents.length > 0) {
    const isRoot = fixed.length === 0;
    const search = new ColumnSearch(tools, state, rest);
    let chosen: readonly AgentRow[];
    try {
      for (const { agent, row } of seeds) search.offer(agent, row);
      if (isRoot && scope.agents.length >= PRICE_START_AGENTS) {
        const seconds = tools.secondsLeft() * options.rootShare * PRICE_START_SHARE;
        const start = startPrices(tools, state, scope, seconds);
        if (start) search.startFrom(start);
      }
      const stage = diveStage(tools, search, { ...options, cutoff: options.cutoff - fixedCost }, isRoot);
      if (!stage && (isRoot || tools.secondsLeft() > 0)) return null;
      chosen = stage ? stage.chosen : respondInTurn(tools, state, rest);
      seeds = stage ? stage.seeds : [];
    } finally {
      search.dispose();
    }
    const taken = new Set(chosen.map(each => each.agent));
    rest = { ...rest, agents: rest.agents.filter(agent => !taken.has(agent)), counts: rest.counts.slice() };
    for (const each of chosen) {
      fixed.push(each);
      fixedCost += wishCost(roster, state.agent(each.agent), each.row);
      addDays(rest, roster.types, each.row, 1);
    }
  }
  const { counts, from, to } = rest;
  return {
    value: fixedCost + coverCost(roster, counts, from * roster.types, to * roster.types),
    rows: fixed,
  };
}

/** Completes a roster when time is out: each agent takes the cheapest days given the people so far. */
function respondInTurn(
  { roster, programs }: SearchTools,
  state: SearchState,
  scope: MasterScope,
): AgentRow[] {
  const { from, to } = scope;
  const { types, required, underWeight, overWeight } = roster;
  const present = { ...scope, counts: scope.counts.slice() };
  const costs = new Float64Array(roster.days * types);
  return scope.agents.map(agent => {
    const { workCost, offCost } = state.agent(agent);
    for (let cell = from * types; cell < to * types; cell++) {
      const short = present.counts[cell]! < required[cell]!;
      costs[cell] = workCost[cell]! + (short ? -underWeight[cell]! : overWeight[cell]!);
    }
    const row = state.rows[agent]!.slice();
    programs.of(agent).solve({ from, to, row: state.rows[agent]! }, costs, offCost, row);
    addDays(present, types, row, 1);
    return { agent, row };
  });
}

interface Stage {
  readonly chosen: readonly AgentRow[];
  readonly seeds: readonly AgentRow[];
}

/** Fixes agents in one master until it is worth rebuilding, or all are fixed. */
function diveStage(
  tools: SearchTools,
  search: ColumnSearch,
  options: DiveOptions,
  isRoot: boolean,
): Stage | null {
  const { cutoff, diveRounds, tolerance, fixShare } = options;
  const left = (): number => tools.secondsLeft();
  const stageSeconds = (): number => left() * (1 - (1 - fixShare) ** TIME_POWER);
  let step = search.converge(
    isRoot
      ? {
          cutoff,
          rounds: options.rootRounds,
          tolerance: options.rootTolerance,
          seconds: left() * options.rootShare,
        }
      : { cutoff, rounds: diveRounds, tolerance, seconds: stageSeconds() },
  );
  if (!step) return null;
  if (isRoot) {
    options.onBound?.(step.bound);
    options.onColumns?.(goodColumns(tools, search, step.prices, ROOT_COLUMNS));
  }
  const total = search.freeAgents;
  const stop = total <= 6 ? 0 : Math.floor(total * (1 - REBUILD_SHARE));
  let prices = step.prices;
  while (search.freeAgents > stop) {
    if (step.end === 'cut') return null;
    fixHeaviest(tools, search, prices, options);
    if (search.freeAgents <= stop) break;
    step = search.converge({ cutoff, rounds: diveRounds, tolerance, seconds: stageSeconds() });
    // Out of time: whoever is still free answers what is missing, which is better than columns chosen apart.
    if (!step) break;
    prices = step.prices;
  }
  const chosen = search.fixedColumns().map(index => {
    const column = search.master.columns[index]!;
    return { agent: column.agent, row: column.days };
  });
  return { chosen, seeds: goodColumns(tools, search, prices, INHERITED_COLUMNS) };
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
