import { BestResponse, weekSpans } from './bestResponse.ts';
import { Exchange } from './exchange.ts';
import { THOROUGH } from './partialRoster.ts';
import type { SearchState } from './searchState.ts';

/** Rounds over the agents: a mended roster may free days that another agent needs. */
const ROUNDS = 2;
/** Stretches of days exchanged with others besides whole weeks. */
const SHORT_STRETCHES = [1, 2, 3];

/**
 * Leads agents who break hard rules out of their rosters, where single moves gain nothing on the way: a weekend
 * given back takes two days. First each of the agent's weeks, then each pair of weeks, is answered anew with a wide
 * search, then days are exchanged with others. Every step betters the objective. Ends early when `isOver` says so.
 */
export function mendHardRules(state: SearchState, isOver: () => boolean): void {
  const response = new BestResponse(state, THOROUGH);
  const exchange = new Exchange(state);
  for (let round = 0; round < ROUNDS; round++) {
    let broken = 0;
    for (let agent = 0; agent < state.model.agentCount && !isOver(); agent++) {
      const weeks = weekSpans(state.model.dayCount);
      const pairs = weeks.slice(1).map(({ first, end }) => ({ first: first - 7, end }));
      for (const span of [...weeks, ...pairs]) {
        if (hardCost(state, agent) === 0 || isOver()) break;
        broken++;
        response.improve(agent, span);
      }
      if (hardCost(state, agent) > 0) exchangeDays(state, exchange, agent);
    }
    if (broken === 0) return;
  }
}

/** Price of the hard rules that an agent's roster breaks; 0 when it keeps them all. */
export function hardCost(state: SearchState, agent: number): number {
  const { sequenceRules, site } = state.model;
  const timeline = state.timeline(agent);
  const { facts } = site.agents[agent]!;
  let cost = 0;
  for (const bound of sequenceRules[agent]!) {
    if (bound.hard) cost += bound.check(timeline, facts, null) * bound.price;
  }
  return cost;
}

/** Takes every exchange of days with another agent that saves at least half a broken hard rule. */
function exchangeDays(state: SearchState, exchange: Exchange, agent: number): void {
  const { dayCount, site } = state.model;
  const limit = -site.weights.hardRule / 2;
  const stretches = SHORT_STRETCHES.flatMap(days =>
    Array.from({ length: Math.max(0, dayCount - days + 1) }, (_, first) => ({ first, end: first + days })),
  );
  for (const { first, end } of [...weekSpans(dayCount), ...stretches]) {
    for (const other of exchange.partnersOf(agent)) {
      const change = exchange.attempt(agent, other, first, end - first, limit);
      if (change !== 0 && hardCost(state, agent) === 0) return;
    }
  }
}
