import type { AgentGroups } from './agentGroups.ts';
import type { CompiledAgent, CompiledRoster } from './compile.ts';
import type { ProgramWindow } from './programLimits.ts';

/**
 * The states of a day in one agent's programme: 0 is "may work", 1 to minOff - 1 are days off so far, the rest a run
 * of shifts (its length, and the class of the last shift).
 */
export class ProgramStates {
  readonly count: number;
  private readonly roster: CompiledRoster;
  private readonly agent: CompiledAgent;
  private readonly classes: number;

  constructor(roster: CompiledRoster, agent: CompiledAgent, classes: number) {
    this.roster = roster;
    this.agent = agent;
    this.classes = classes;
    this.count = agent.minOff + classes * agent.maxOn;
  }

  /** State after `length` shifts in a row, the last of this class. */
  on(classIndex: number, length: number): number {
    return this.agent.minOff + (length - 1) * this.classes + classIndex;
  }

  /** Shifts in a row in a state, 0 when off. */
  lengthOf(state: number): number {
    const { minOff } = this.agent;
    return state < minOff ? 0 : Math.floor((state - minOff) / this.classes) + 1;
  }

  classOf(state: number): number {
    return (state - this.agent.minOff) % this.classes;
  }

  /** State after a day off, or -1 when the run of shifts is too short to end. */
  afterDayOff(state: number, day: number): number {
    const { minOff } = this.agent;
    if (state === 0) return 0;
    if (state < minOff) return state + 1 >= minOff ? 0 : state + 1;
    if (!this.mayEnd(this.lengthOf(state), day - 1)) return -1;
    return minOff === 1 ? 0 : 1;
  }

  /** May a run of this length end on this day? A run that reaches an unknown past is long enough. */
  mayEnd(length: number, day: number): boolean {
    return length >= this.agent.minOn || (this.agent.openStart && length === day + 1);
  }

  /** 1 when a shift on this day, after a day off or a shift, is the first of its weekend. */
  opensWeekend(day: number, fromOff: boolean): number {
    const weekend = this.roster.weekendOf[day]!;
    if (weekend < 0) return 0;
    const first = day === 0 || this.roster.weekendOf[day - 1] !== weekend;
    return first || fromOff ? 1 : 0;
  }
}

/** The cheapest shift type of each group on each day of a window, at `(day - from) * groups + group`. */
export class GroupPrices {
  cost = new Float64Array(64);
  type = new Int8Array(64);

  set({ from, to }: ProgramWindow, { types }: AgentGroups, typeCount: number, cost: Float64Array): void {
    const size = (to - from) * types.length;
    if (this.cost.length < size) {
      this.cost = new Float64Array(size * 2);
      this.type = new Int8Array(size * 2);
    }
    for (let day = from; day < to; day++) {
      const base = day * typeCount;
      for (let g = 0; g < types.length; g++) {
        const members = types[g]!;
        let best = Number.POSITIVE_INFINITY;
        let type = members[0]!;
        for (let i = 0; i < members.length; i++) {
          const c = cost[base + members[i]!]!;
          if (c < best) {
            best = c;
            type = members[i]!;
          }
        }
        const at = (day - from) * types.length + g;
        this.cost[at] = best;
        this.type[at] = type;
      }
    }
  }
}
