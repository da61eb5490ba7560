import type { CompiledAgent, CompiledRoster } from './compile.ts';
import type { RosterAssignment } from './problem.ts';
import { DAY_OFF } from './problem.ts';

/** Cost of the wishes that one agent's days break. */
export function wishCost(roster: CompiledRoster, agent: CompiledAgent, row: Int8Array): number {
  let cost = agent.baseCost;
  for (let day = 0; day < roster.days; day++) {
    const t = row[day]!;
    cost += t === DAY_OFF ? agent.offCost[day]! : agent.workCost[day * roster.types + t]!;
  }
  return cost;
}

/** People per day and type at `d * types + t`. */
export function countCover(roster: CompiledRoster, assignment: RosterAssignment): Int32Array {
  const counts = new Int32Array(roster.days * roster.types);
  for (const row of assignment)
    for (let day = 0; day < roster.days; day++) if (row[day]! >= 0) counts[day * roster.types + row[day]!]!++;
  return counts;
}

/** Cost of people too few and too many, of all cells or of a range of them. */
export function coverCost(
  roster: CompiledRoster,
  counts: Int32Array,
  first = 0,
  end = counts.length,
): number {
  let cost = 0;
  for (let cell = first; cell < end; cell++) {
    const short = roster.required[cell]! - counts[cell]!;
    cost += short > 0 ? short * roster.underWeight[cell]! : -short * roster.overWeight[cell]!;
  }
  return cost;
}

/** The whole objective: wishes and cover. Hard rules are not looked at. */
export function rosterCost(roster: CompiledRoster, assignment: RosterAssignment): number {
  let cost = coverCost(roster, countCover(roster, assignment));
  assignment.forEach((row, i) => {
    const agent = roster.agents[i];
    if (agent) cost += wishCost(roster, agent, row);
  });
  return cost;
}
