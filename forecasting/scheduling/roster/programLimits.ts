import type { AgentGroups } from './agentGroups.ts';
import type { CompiledAgent, CompiledRoster } from './compile.ts';
import { DAY_OFF } from './problem.ts';
import type { ProgramStates } from './programStates.ts';

/** A stretch of days to plan anew; the days of `row` outside of it stay. It ends with a week or the horizon. */
export interface ProgramWindow {
  readonly from: number;
  readonly to: number;
  readonly row: Int8Array;
  /**
   * For a roster built from the front: the limits that hold up to `to`, where the days after it are still
   * unplanned (and off in `row`).
   */
  readonly upTo?: ProgramTotals;
}

/** Limits over all days of a roster. */
export interface ProgramTotals {
  readonly minUnits: number;
  readonly maxUnits: number;
  readonly maxWeekends: number;
  readonly maxShifts: Int32Array;
}

/** What is left for the window of the agent's limits, and how it must join the days after it. */
export interface ProgramLimits {
  readonly minUnits: number;
  readonly maxUnits: number;
  readonly weekends: number;
  readonly shifts: Int32Array;
  readonly startState: number;
  readonly final: Uint8Array;
}

/** Whose limits: the agent, the roster, and the agent's merged shift types. */
export interface ProgramSubject {
  readonly roster: CompiledRoster;
  readonly agent: CompiledAgent;
  readonly groups: AgentGroups;
  readonly states: ProgramStates;
  /** Units of the agent's longest shift. */
  readonly longestDay: number;
}

/** Most days that `days` days in a row can be worked. */
export function mostWorked(agent: CompiledAgent, days: number): number {
  const { maxOn, minOff } = agent;
  const cycle = maxOn + minOff;
  return Math.floor(days / cycle) * maxOn + Math.min(days % cycle, maxOn);
}

/** What the days outside of the window leave of the limits; null when they already break one. */
export function programLimits(subject: ProgramSubject, window: ProgramWindow): ProgramLimits | null {
  const { roster } = subject;
  const { from, to, row, upTo } = window;
  const agent = upTo ?? subject.agent;
  const shifts = agent.maxShifts.slice();
  let units = 0;
  let weekends = 0;
  let lastWeekend = -1;
  for (let day = 0; day < roster.days; day++) {
    if (day === from) day = to;
    if (day >= roster.days) break;
    const t = row[day]!;
    if (t === DAY_OFF) continue;
    shifts[t]!--;
    units += roster.typeUnits[t]!;
    const weekend = roster.weekendOf[day]!;
    if (weekend >= 0 && weekend !== lastWeekend) {
      weekends++;
      lastWeekend = weekend;
    }
  }
  const most = mostWorked(subject.agent, to - from) * subject.longestDay;
  const maxUnits = Math.min(agent.maxUnits - units, most);
  const minUnits = Math.max(0, agent.minUnits - units);
  if (maxUnits < minUnits || weekends > agent.maxWeekends || shifts.some(left => left < 0)) return null;
  let weekendsInside = 0;
  for (let day = from; day < to; day++)
    if (roster.weekendOf[day]! >= 0 && (day === from || roster.weekendOf[day - 1] !== roster.weekendOf[day]))
      weekendsInside++;
  return {
    minUnits,
    maxUnits,
    weekends: Math.min(agent.maxWeekends - weekends, weekendsInside),
    shifts,
    startState: startState(subject, from, row),
    final: upTo ? new Uint8Array(subject.states.count).fill(1) : finalStates(subject, to, row),
  };
}

/** State at the end of the day before the window: 0 is "may work", 1 to minOff - 1 are days off so far. */
function startState(subject: ProgramSubject, from: number, row: Int8Array): number {
  const { agent, groups } = subject;
  let length = 0;
  let day = from - 1;
  const working = day >= 0 ? row[day] !== DAY_OFF : agent.startOn > 0;
  while (day >= 0 && (row[day] !== DAY_OFF) === working) {
    day--;
    length++;
  }
  if (!working) {
    if (day < 0) length += agent.startOn > 0 ? 0 : agent.startOff;
    return length >= agent.minOff ? 0 : length;
  }
  if (day < 0) length += agent.startOn;
  const last = from > 0 ? row[from - 1]! : agent.startType;
  return subject.states.on(Math.max(0, groups.classOf[last]!), Math.min(length, agent.maxOn));
}

/** States that the days after the window can go on from. */
function finalStates(subject: ProgramSubject, to: number, row: Int8Array): Uint8Array {
  const { agent, groups, roster, states } = subject;
  const final = new Uint8Array(subject.states.count);
  if (to === roster.days) return final.fill(1);
  const working = row[to] !== DAY_OFF;
  let length = 0;
  while (to + length < roster.days && (row[to + length] !== DAY_OFF) === working) length++;
  const open = to + length === roster.days;
  for (let off = 0; off < agent.minOff; off++) {
    if (working) final[off] = off === 0 && (open || length >= agent.minOn) ? 1 : 0;
    else final[off] = off === 0 || open || off + length >= agent.minOff ? 1 : 0;
  }
  for (let on = 1; on <= agent.maxOn; on++) {
    for (let c = 0; c < groups.classes; c++) {
      const joins = working
        ? mayPrecede(subject, c, row[to]!) &&
          on + length <= agent.maxOn &&
          (open || states.mayEnd(on + length, to + length - 1))
        : states.mayEnd(on, to - 1) && (open || length >= agent.minOff);
      final[subject.states.on(c, on)] = joins ? 1 : 0;
    }
  }
  return final;
}

function mayPrecede({ groups, roster }: ProgramSubject, classIndex: number, next: number): boolean {
  const member = groups.classOf.indexOf(classIndex);
  return !roster.forbidden[member * roster.types + next];
}
