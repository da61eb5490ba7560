import type { MasterScope } from './columnMaster.ts';
import type { SearchTools } from './columnSearch.ts';
import type { CompiledRoster } from './compile.ts';
import type { AgentRow } from './dive.ts';
import type { SearchState } from './searchState.ts';

/** Cover prices near the best ones, and rosters that answer them. */
export interface PriceStart {
  /** Price of one person at `d * types + t`. */
  readonly cover: Float64Array;
  readonly rows: readonly AgentRow[];
}

/** Share of the usual price of a missing person by which one agent's answer moves a price at first. */
const FIRST_STEP = 0.2;
/** What is left of the step after the last pass. */
const LAST_STEP = 0.17;
const MOST_PASSES = 14;
const LEAST_PASSES = 3;

/**
 * Cover prices before any linear programme: agents in random order answer the prices with their cheapest days, and
 * each answer moves the prices at once (incremental subgradient steps, Nedić and Bertsekas 2001). With many agents
 * one pass goes as far as dozens of rounds in which the prices move only after all have answered.
 * Null when time runs out. Later rosters are the better answers; the earlier half is dropped.
 *
 * @param seconds about the most to take
 */
export function startPrices(
  tools: SearchTools,
  state: SearchState,
  scope: MasterScope,
  seconds: number,
): PriceStart | null {
  const { roster } = tools;
  const { agents, from, to } = scope;
  const { types } = roster;
  const cover = new Float64Array(roster.days * types);
  const mean = new Float64Array(cover.length);
  const costs = new Float64Array(cover.length);
  const rows: AgentRow[] = [];
  const order = agents.slice();
  let step = FIRST_STEP * roster.typicalWeight;
  const started = tools.secondsLeft();
  let passes = MOST_PASSES;
  for (let pass = 0; pass < passes; pass++, step *= LAST_STEP ** (1 / passes)) {
    shuffle(order, tools);
    mean.fill(0);
    for (const agent of order) {
      if (tools.secondsLeft() <= 0) return null;
      const { workCost, offCost } = state.agent(agent);
      for (let cell = from * types; cell < to * types; cell++) costs[cell] = workCost[cell]! - cover[cell]!;
      const row = state.rows[agent]!.slice();
      tools.programs.of(agent).solve({ from, to, row: state.rows[agent]! }, costs, offCost, row);
      rows.push({ agent, row });
      movePrices(roster, scope, cover, row, step);
      for (let cell = from * types; cell < to * types; cell++) mean[cell]! += cover[cell]! / order.length;
    }
    if (pass > 0) continue;
    const took = Math.max(started - tools.secondsLeft(), 1e-9);
    passes = Math.max(LEAST_PASSES, Math.min(MOST_PASSES, Math.floor(seconds / took)));
  }
  return { cover: mean, rows: rows.slice(rows.length / 2) };
}

/** Dearer where people would be missing if all answered as this agent does, cheaper on the days it gives. */
function movePrices(
  roster: CompiledRoster,
  { agents, from, to, counts }: MasterScope,
  cover: Float64Array,
  row: Int8Array,
  step: number,
): void {
  const { types, required, underWeight, overWeight } = roster;
  for (let day = from; day < to; day++) {
    for (let t = 0; t < types; t++) {
      const cell = day * types + t;
      const missing = (required[cell]! - counts[cell]!) / agents.length - (row[day] === t ? 1 : 0);
      cover[cell] = Math.min(underWeight[cell]!, Math.max(-overWeight[cell]!, cover[cell]! + step * missing));
    }
  }
}

function shuffle(order: number[], { random }: SearchTools): void {
  for (let last = order.length - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
}
