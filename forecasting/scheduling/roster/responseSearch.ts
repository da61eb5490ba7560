import type { SearchTools } from './columnSearch.ts';
import type { SearchState } from './searchState.ts';

/** Knobs of the local search, in the objective's units. */
export interface ResponseOptions {
  readonly windowDays: number;
  /** Noise added to each day's cost at the start and at the end. */
  readonly firstNoise: number;
  readonly lastNoise: number;
  /** Seconds to run. */
  readonly seconds: number;
  /** Told of each better roster. */
  readonly onImproved: (state: SearchState) => void;
}

/**
 * Ruin and recreate: takes a few agents out and lets each answer the others exactly by its dynamic programme,
 * with noisy costs; a worse roster is kept with the probability of simulated annealing.
 */
export function searchByResponse(tools: SearchTools, state: SearchState, options: ResponseOptions): void {
  const { random, roster } = tools;
  const agents = roster.agents.length;
  const end = tools.secondsLeft() - options.seconds;
  const span = tools.secondsLeft() - Math.max(0, end);
  let best = state.cost;
  const bestRows = state.rows.map(row => row.slice());
  for (let left = tools.secondsLeft(); left > Math.max(0, end); left = tools.secondsLeft()) {
    const done = 1 - (left - Math.max(0, end)) / span;
    const noise = options.firstNoise * (options.lastNoise / options.firstNoise) ** done;
    for (let repeat = 0; repeat < 4; repeat++) {
      const group = pickAgents(tools, agents, 1 + random.integer(Math.min(4, agents)));
      const from = pickStart(tools, options.windowDays);
      const to = Math.min(roster.days, from + options.windowDays);
      const before = state.cost;
      const saved = group.map(agent => state.rows[agent]!.slice());
      recreate(tools, state, group, from, to, noise);
      const after = state.cost;
      if (after < best - 1e-9) {
        best = after;
        state.rows.forEach((row, i) => {
          bestRows[i]!.set(row);
        });
        options.onImproved(state);
      } else if (after > before && random.uniform() >= Math.exp((before - after) / noise)) {
        group.forEach((agent, i) => {
          state.replace(agent, saved[i]!);
        });
      }
    }
  }
  bestRows.forEach((row, i) => {
    state.replace(i, row);
  });
}

function recreate(
  tools: SearchTools,
  state: SearchState,
  group: readonly number[],
  from: number,
  to: number,
  noise: number,
): void {
  const { types } = tools.roster;
  for (const agent of group) state.count(agent, -1, from, to);
  for (const agent of group) {
    const costs = state.responseCosts(agent, from, to);
    for (let cell = from * types; cell < to * types; cell++)
      costs[cell] = costs[cell]! + noise * tools.random.uniform();
    const row = state.rows[agent]!;
    const out = row.slice();
    tools.programs.of(agent).solve({ from, to, row }, costs, state.agent(agent).offCost, out);
    state.place(agent, out, from, to);
    state.count(agent, 1, from, to);
  }
}

/** Distinct agents in random order. */
export function pickAgents(tools: SearchTools, agents: number, size: number): number[] {
  const picked = new Set<number>();
  while (picked.size < Math.min(size, agents)) picked.add(tools.random.integer(agents));
  return [...picked];
}

/** A random week's start such that a window of these days fits. */
export function pickStart(tools: SearchTools, windowDays: number): number {
  const { roster, random } = tools;
  if (windowDays >= roster.days) return 0;
  const starts: number[] = [0];
  for (let day = 1; day + windowDays <= roster.days; day++) if (roster.weekEnd[day - 1]) starts.push(day);
  return starts[random.integer(starts.length)] ?? 0;
}
