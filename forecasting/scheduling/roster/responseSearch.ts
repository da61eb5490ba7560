import type { SearchTools } from './columnSearch.ts';
import { weekEndAtOrAfter } from './construct.ts';
import type { SearchState } from './searchState.ts';

/** Knobs of the local search, in the objective's units. */
export interface ResponseOptions {
  /** Longest stretch of days planned at once. */
  readonly windowDays: number;
  /** Noise added to each day's cost at the start and at the end. */
  readonly firstNoise: number;
  readonly lastNoise: number;
  /** Seconds to run. */
  readonly seconds: number;
  /** Told of better rosters, at most so often that keeping them costs little. */
  readonly onImproved: (state: SearchState) => void;
}

/** Most agents taken out together: with more, each of them is planned less often. */
const MOST_AGENTS = 2;
/** Days of a stretch that is planned in a fraction of the time of the longest. */
const SHORT_WINDOW_DAYS = 14;
const SHORT_SHARE = 0.85;
/** Better rosters are told of after this share of the time. */
const REPORT_SHARE = 0.005;

/**
 * Ruin and recreate: takes an agent or two out and lets each answer the others exactly by its dynamic programme,
 * with noisy costs; a worse roster is kept with the probability of simulated annealing.
 */
export function searchByResponse(tools: SearchTools, state: SearchState, options: ResponseOptions): void {
  const { random, roster } = tools;
  const agents = roster.agents.length;
  const end = Math.max(0, tools.secondsLeft() - options.seconds);
  const span = tools.secondsLeft() - end;
  let best = state.cost;
  let reported = tools.secondsLeft();
  const bestRows = state.rows.map(row => row.slice());
  const changed = new Set<number>();
  for (let left = tools.secondsLeft(); left > end; left = tools.secondsLeft()) {
    const done = 1 - (left - end) / span;
    const noise = options.firstNoise * (options.lastNoise / options.firstNoise) ** done;
    for (let repeat = 0; repeat < 4; repeat++) {
      const group = pickAgents(tools, agents, 1 + random.integer(Math.min(MOST_AGENTS, agents)));
      const days = random.uniform() < SHORT_SHARE ? SHORT_WINDOW_DAYS : options.windowDays;
      const { from, to } = pickStretch(tools, Math.min(days, options.windowDays));
      const before = state.cost;
      const saved = group.map(agent => state.rows[agent]!.slice());
      recreate(tools, state, group, from, to, noise);
      const after = state.cost;
      if (after > before && random.uniform() >= Math.exp((before - after) / noise)) {
        group.forEach((agent, i) => {
          state.replace(agent, saved[i]!);
        });
        continue;
      }
      for (const agent of group) changed.add(agent);
      if (after >= best - 1e-9) continue;
      best = after;
      for (const agent of changed) bestRows[agent]!.set(state.rows[agent]!);
      changed.clear();
      if (reported - left < span * REPORT_SHARE) continue;
      reported = left;
      options.onImproved(state);
    }
  }
  for (const agent of changed) state.replace(agent, bestRows[agent]!);
  options.onImproved(state);
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

/** A random stretch of about this many days that begins and ends with a week or the horizon. */
export function pickStretch(
  { roster, random }: SearchTools,
  days: number,
): { readonly from: number; readonly to: number } {
  if (days >= roster.days) return { from: 0, to: roster.days };
  const starts: number[] = [0];
  for (let day = 1; day + days <= roster.days; day++) if (roster.weekEnd[day - 1]) starts.push(day);
  const from = starts[random.integer(starts.length)] ?? 0;
  return { from, to: weekEndAtOrAfter(roster, from + days) };
}
