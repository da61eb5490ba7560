import type { AgentProgram } from './agentProgram.ts';
import type { CompiledAgent, CompiledRoster } from './compile.ts';
import { DAY_OFF } from './problem.ts';
import type { ProgramTotals } from './programLimits.ts';
import type { AgentPrograms } from './searchState.ts';
import { SearchState } from './searchState.ts';

/** Table of one programme up to which the whole horizon is planned at once, in values. */
const WHOLE_TABLE_VALUES = 4_000_000;
/** The same when time is short. */
export const QUICK_TABLE_VALUES = 1_500_000;
/** Table of one programme for a part of a longer horizon: small, as it is solved very often. */
const PART_TABLE_VALUES = 600_000;
export const WEEK = 7;

/** The whole horizon when one programme of any agent can plan it, or else the most whole weeks that are quick. */
export function programDays(roster: CompiledRoster, mostValues = WHOLE_TABLE_VALUES): number {
  const largest = (days: number): number =>
    roster.agents.reduce((most, agent) => Math.max(most, tableValues(roster, agent, days)), 0);
  if (largest(roster.days) <= mostValues) return roster.days;
  let days = 2 * WEEK;
  while (days + WEEK < roster.days && largest(days + WEEK) <= PART_TABLE_VALUES) days += WEEK;
  return Math.min(days, roster.days);
}

/** Size of one agent's table, taking shift types to fall into four classes. */
function tableValues(roster: CompiledRoster, agent: CompiledAgent, days: number): number {
  const longest = roster.typeUnits.reduce((most, units) => Math.max(most, units), 1);
  const worked = Math.ceil((days * agent.maxOn) / (agent.maxOn + agent.minOff));
  const weekends = Math.min(Math.ceil(days / WEEK), agent.maxWeekends) + 1;
  return days * (agent.minOff + 4 * agent.maxOn) * weekends * Math.min(agent.maxUnits, worked * longest);
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
