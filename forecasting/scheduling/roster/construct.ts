import type { AgentProgram } from './agentProgram.ts';
import type { CompiledAgent, CompiledRoster } from './compile.ts';
import { DAY_OFF } from './problem.ts';
import type { ProgramTotals } from './programLimits.ts';
import type { AgentPrograms } from './searchState.ts';
import { SearchState } from './searchState.ts';

/** Days that one programme plans at once, with as few values as this in its table. */
const TABLE_VALUES = 400_000;
const WEEK = 7;

/** The most whole weeks that one programme of any agent can plan at once within a modest table. */
export function programDays(roster: CompiledRoster): number {
  let most = roster.days;
  for (const agent of roster.agents) {
    const longest = Math.max(1, ...roster.typeUnits);
    const states = agent.minOff + 4 * agent.maxOn;
    let days = WEEK * 2;
    for (let weeks = 3; weeks * WEEK <= roster.days; weeks++) {
      const span = weeks * WEEK;
      const units = Math.min(
        agent.maxUnits,
        Math.ceil((span * agent.maxOn) / (agent.maxOn + agent.minOff)) * longest,
      );
      const weekends = Math.min(weeks, agent.maxWeekends) + 1;
      if (span * states * weekends * units > TABLE_VALUES * 1.5) break;
      days = span;
    }
    most = Math.min(most, days);
  }
  return roster.days - most < WEEK ? roster.days : Math.min(roster.days, most);
}

/**
 * A first roster: each agent in turn takes the cheapest days given the people planned so far. Long horizons are
 * planned some weeks at a time, with the limits in proportion.
 * @returns the agents for whom no roster keeps the rules, or the state
 */
export function construct(
  roster: CompiledRoster,
  programs: AgentPrograms,
  order: readonly number[],
  days: number,
): { readonly state: SearchState; readonly infeasible: readonly number[] } {
  const rows = roster.agents.map(() => new Int8Array(roster.days).fill(DAY_OFF));
  const state = new SearchState(roster, rows);
  const infeasible: number[] = [];
  for (const index of order) {
    const row = planAgent(state, programs.of(index), index, days);
    if (row) state.replace(index, row);
    else infeasible.push(index);
  }
  return { state, infeasible };
}

function planAgent(state: SearchState, program: AgentProgram, index: number, days: number): Int8Array | null {
  const { roster } = state;
  for (let span = Math.min(days, roster.days); ; span = Math.min(roster.days, span * 2)) {
    const row = planInTurn(state, program, index, span);
    if (row || span === roster.days) return row;
  }
}

/** Plans `span` days at a time and keeps all but the last week, which only looks ahead. */
function planInTurn(
  state: SearchState,
  program: AgentProgram,
  index: number,
  span: number,
): Int8Array | null {
  const { roster } = state;
  const agent = state.agent(index);
  const row = new Int8Array(roster.days).fill(DAY_OFF);
  const out = row.slice();
  for (let from = 0; ; ) {
    const to = weekEndAtOrAfter(roster, Math.min(roster.days, from + span));
    const costs = state.responseCosts(index, from, to);
    const last = to === roster.days;
    let value = Number.POSITIVE_INFINITY;
    for (const share of last ? [1] : [1, 0.5, 0]) {
      const window = { from, to, row, ...(last ? {} : { upTo: proportion(roster, agent, to, share) }) };
      value = program.solve(window, costs, agent.offCost, out);
      if (value < Number.POSITIVE_INFINITY) break;
    }
    if (value === Number.POSITIVE_INFINITY) return null;
    const kept = last ? to : to - WEEK;
    row.set(out.subarray(from, kept), from);
    out.set(row);
    if (last) return row;
    from = kept;
  }
}

/** First day at or after `day` that begins a week, or the end of the horizon. */
export function weekEndAtOrAfter(roster: CompiledRoster, day: number): number {
  let end = day;
  while (end < roster.days && !roster.weekEnd[end - 1]) end++;
  return end;
}

function proportion(roster: CompiledRoster, agent: CompiledAgent, to: number, least: number): ProgramTotals {
  const share = to / roster.days;
  return {
    minUnits: Math.floor(agent.minUnits * share * least),
    maxUnits: Math.ceil(agent.maxUnits * share),
    maxWeekends: Math.ceil(agent.maxWeekends * share),
    maxShifts: agent.maxShifts.map(most => Math.ceil(most * share)),
  };
}
