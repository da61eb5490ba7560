import type { SearchTools } from './columnSearch.ts';
import { pickAgents, pickStretch } from './responseSearch.ts';
import type { SearchState } from './searchState.ts';

/** Agents and days to plan anew together. */
export interface Neighbourhood {
  readonly agents: readonly number[];
  readonly from: number;
  readonly to: number;
}

/**
 * A neighbourhood of `size` agents: random ones, or those who could mend one costly cell of the cover, or those
 * whose wishes are broken most.
 */
export function pickNeighbourhood(
  tools: SearchTools,
  state: SearchState,
  size: number,
  windowDays: number,
): Neighbourhood {
  const { roster, random } = tools;
  const count = roster.agents.length;
  const { from, to } = pickStretch(tools, windowDays);
  const kind = random.uniform();
  if (size >= count) return { agents: pickAgents(tools, count, count), from, to };
  if (kind < 0.35) return { agents: pickAgents(tools, count, size), from, to };
  const weight = kind < 0.8 ? cellWeights(tools, state, from, to) : wishWeights(state);
  return { agents: weighted(tools, weight, size), from, to };
}

/** Heavier for agents who work, or may work, on the day of a cell chosen by its cost. */
function cellWeights(tools: SearchTools, state: SearchState, from: number, to: number): Float64Array {
  const { roster, random } = tools;
  const { types, required, underWeight, overWeight } = roster;
  let total = 0;
  let chosen = -1;
  for (let cell = from * types; cell < to * types; cell++) {
    const short = required[cell]! - state.counts[cell]!;
    const cost = short > 0 ? short * underWeight[cell]! : -short * overWeight[cell]!;
    if (cost <= 0) continue;
    total += Math.sqrt(cost);
    if (random.uniform() * total < Math.sqrt(cost)) chosen = cell;
  }
  const weights = new Float64Array(roster.agents.length).fill(0.1);
  if (chosen < 0) return weights.fill(1);
  const day = Math.floor(chosen / types);
  const type = chosen % types;
  roster.agents.forEach((agent, i) => {
    const working = state.rows[i]![day]!;
    if (!Number.isFinite(agent.workCost[chosen]!)) weights[i] = working >= 0 ? 0.2 : 0.1;
    else weights[i] = working === type ? 1 : working >= 0 ? 0.6 : 1.5;
  });
  return weights;
}

function wishWeights(state: SearchState): Float64Array {
  return state.wishes.map(cost => 0.5 + cost);
}

/** Distinct agents drawn with these weights (exponential keys). */
function weighted(tools: SearchTools, weights: Float64Array, size: number): number[] {
  return Array.from(weights, (weight, agent) => ({
    agent,
    key: -Math.log(tools.random.uniformPositive()) / weight,
  }))
    .sort((a, b) => a.key - b.key)
    .slice(0, size)
    .map(each => each.agent);
}
