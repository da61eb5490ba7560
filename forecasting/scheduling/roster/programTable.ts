import type { AgentGroups } from './agentGroups.ts';
import type { CompiledAgent, CompiledRoster } from './compile.ts';
import { DAY_OFF } from './problem.ts';
import type { ProgramLimits, ProgramWindow } from './programLimits.ts';
import { mayEnd, mostWorked } from './programLimits.ts';

/** Largest table of one dynamic programme, in values (8 bytes each). */
const MAX_TABLE_VALUES = 6_000_000;

/** Room for the tables of the dynamic programme, shared by all agents of one solver. */
export class ProgramWorkspace {
  values = new Float64Array(1 << 16);
  reached = new Uint8Array(1 << 12);

  reserve(values: number, states: number): void {
    if (this.values.length < values) this.values = new Float64Array(Math.ceil(values * 1.2));
    if (this.reached.length < states) this.reached = new Uint8Array(states * 2);
  }
}

/** The table of the dynamic programme: one pass forward over the days, one back along the best path. */
export class ProgramTable {
  private readonly roster: CompiledRoster;
  private readonly agent: CompiledAgent;
  private readonly workspace: ProgramWorkspace;
  private readonly longestDay: number;
  private groups: AgentGroups;
  private weekendStates = 1;
  private counterStates = 1;
  private unitStates = 1;
  private states = 1;
  private counterStride: Int32Array = new Int32Array(0);
  private counterLimit: Int32Array = new Int32Array(0);
  private groupCost = new Float64Array(1);
  private groupType = new Int8Array(1);

  /** @param groups any grouping of the agent's shift types, until `shape` sets the one to use */
  constructor(
    roster: CompiledRoster,
    agent: CompiledAgent,
    workspace: ProgramWorkspace,
    groups: AgentGroups,
    longestDay: number,
  ) {
    this.roster = roster;
    this.agent = agent;
    this.workspace = workspace;
    this.groups = groups;
    this.longestDay = longestDay;
  }

  fits(window: ProgramWindow, limits: ProgramLimits, counted: readonly number[]): boolean {
    const counters = counted.reduce((product, t) => product * (limits.shifts[t]! + 1), 1);
    const states = this.agent.minOff + this.groups.classes * this.agent.maxOn;
    const perState = (limits.weekends + 1) * (limits.maxUnits + 1) * counters;
    return perState * states * (window.to - window.from + 1) <= MAX_TABLE_VALUES;
  }

  shape(window: ProgramWindow, limits: ProgramLimits, groups: AgentGroups): void {
    const { counted } = groups;
    this.groups = groups;
    this.weekendStates = limits.weekends + 1;
    this.unitStates = limits.maxUnits + 1;
    this.counterLimit = Int32Array.from(counted, t => limits.shifts[t]!);
    this.counterStride = new Int32Array(counted.length);
    this.counterStates = 1;
    counted.forEach((_, i) => {
      this.counterStride[i] = this.counterStates;
      this.counterStates *= this.counterLimit[i]! + 1;
    });
    this.states = this.agent.minOff + this.groups.classes * this.agent.maxOn;
    const perDay = this.states * this.weekendStates * this.counterStates * this.unitStates;
    const days = window.to - window.from + 1;
    this.workspace.reserve(perDay * days, this.states * days);
    if (this.groupCost.length < this.groups.units.length) {
      this.groupCost = new Float64Array(this.groups.units.length);
      this.groupType = new Int8Array(this.groups.units.length);
    }
  }

  /** Cheapest days of the window, written to `out`, and their cost; Infinity when there are none. */
  run(
    window: ProgramWindow,
    limits: ProgramLimits,
    cost: Float64Array,
    offCost: Float64Array,
    out: Int8Array,
  ): number {
    const { from, to } = window;
    const { values, reached } = this.workspace;
    const perState = this.weekendStates * this.counterStates * this.unitStates;
    const perDay = this.states * perState;
    reached.fill(0, 0, this.states * (to - from + 1));
    values.fill(Number.POSITIVE_INFINITY, limits.startState * perState, (limits.startState + 1) * perState);
    values[limits.startState * perState] = 0;
    reached[limits.startState] = 1;
    for (let day = from; day < to; day++) {
      const source = (day - from) * perDay;
      this.priceGroups(day, cost);
      this.extend(day, source, offCost[day]!, (day - from) * this.states, window, limits);
    }
    const best = this.bestFinal(limits, (to - from) * perDay, (to - from) * this.states);
    if (best < 0) return Number.POSITIVE_INFINITY;
    const value = values[best]!;
    this.trace(window, best, cost, offCost, out);
    return value;
  }

  private onState(classIndex: number, length: number): number {
    return this.agent.minOff + (length - 1) * this.groups.classes + classIndex;
  }

  private priceGroups(day: number, cost: Float64Array): void {
    const { groups, groupCost, groupType } = this;
    const base = day * this.roster.types;
    for (let g = 0; g < groups.types.length; g++) {
      const members = groups.types[g]!;
      let best = Number.POSITIVE_INFINITY;
      let type = members[0]!;
      for (let i = 0; i < members.length; i++) {
        const c = cost[base + members[i]!]!;
        if (c < best) {
          best = c;
          type = members[i]!;
        }
      }
      groupCost[g] = best;
      groupType[g] = type;
    }
  }

  private opensWeekend(day: number, fromOff: boolean): number {
    const weekend = this.roster.weekendOf[day]!;
    if (weekend < 0) return 0;
    const first = day === 0 || this.roster.weekendOf[day - 1] !== weekend;
    return first || fromOff ? 1 : 0;
  }

  private extend(
    day: number,
    source: number,
    offCost: number,
    reachedAt: number,
    window: ProgramWindow,
    limits: ProgramLimits,
  ): void {
    const { agent, groups, workspace, states } = this;
    const { reached } = workspace;
    const perState = this.weekendStates * this.counterStates * this.unitStates;
    const target = source + states * perState;
    const next = reachedAt + states;
    const done = day - window.from;
    const low = Math.max(0, limits.minUnits - mostWorked(this.agent, window.to - day) * this.longestDay);
    const high = Math.min(limits.maxUnits, mostWorked(this.agent, done) * this.longestDay);
    const span = { low, high };
    if (offCost !== Number.POSITIVE_INFINITY) {
      for (let s = 0; s < states; s++) {
        if (!reached[reachedAt + s]) continue;
        const off = this.afterDayOff(s, day);
        if (off < 0) continue;
        this.open(target, next, off, perState);
        this.relax(source + s * perState, target + off * perState, span, offCost, 0, 0, -1);
      }
    }
    for (let g = 0; g < groups.units.length; g++) {
      const cost = this.groupCost[g]!;
      if (cost === Number.POSITIVE_INFINITY) continue;
      const to = groups.classOfGroup[g]!;
      const units = groups.units[g]!;
      const counter = groups.counter[g]!;
      if (reached[reachedAt]) {
        const s = this.onState(to, 1);
        this.open(target, next, s, perState);
        this.relax(source, target + s * perState, span, cost, units, this.opensWeekend(day, true), counter);
      }
      const weekend = this.opensWeekend(day, false);
      for (let length = 2; length <= agent.maxOn; length++) {
        for (let c = 0; c < groups.classes; c++) {
          const s = this.onState(c, length - 1);
          if (!reached[reachedAt + s] || !groups.mayFollow[g * groups.classes + c]) continue;
          const d = this.onState(to, length);
          this.open(target, next, d, perState);
          this.relax(source + s * perState, target + d * perState, span, cost, units, weekend, counter);
        }
      }
    }
  }

  private open(target: number, next: number, state: number, perState: number): void {
    const { values, reached } = this.workspace;
    if (reached[next + state]) return;
    reached[next + state] = 1;
    values.fill(Number.POSITIVE_INFINITY, target + state * perState, target + (state + 1) * perState);
  }

  /** State after a day off, or -1 when the run of shifts is too short to end. */
  private afterDayOff(state: number, day: number): number {
    const { minOff } = this.agent;
    if (state === 0) return 0;
    if (state < minOff) return state + 1 >= minOff ? 0 : state + 1;
    const length = Math.floor((state - minOff) / this.groups.classes) + 1;
    if (!mayEnd(this.agent, length, day - 1)) return -1;
    return minOff === 1 ? 0 : 1;
  }

  /** One transition for all weekends, counters and minutes. */
  private relax(
    source: number,
    target: number,
    span: { readonly low: number; readonly high: number },
    cost: number,
    units: number,
    weekends: number,
    counter: number,
  ): void {
    const { values } = this.workspace;
    const { unitStates, counterStates } = this;
    const stride = counter >= 0 ? this.counterStride[counter]! : 0;
    const limit = counter >= 0 ? this.counterLimit[counter]! : 0;
    const last = Math.min(span.high, unitStates - 1 - units);
    for (let w = 0; w + weekends < this.weekendStates; w++) {
      for (let c = 0; c < counterStates; c++) {
        if (counter >= 0 && Math.floor(c / stride) % (limit + 1) === limit) continue;
        const s = source + (w * counterStates + c) * unitStates;
        const t = target + ((w + weekends) * counterStates + c + stride) * unitStates + units;
        for (let m = span.low; m <= last; m++) {
          const v = values[s + m]! + cost;
          if (v < values[t + m]!) values[t + m] = v;
        }
      }
    }
  }

  private bestFinal(limits: ProgramLimits, base: number, reachedAt: number): number {
    const { values, reached } = this.workspace;
    const { unitStates } = this;
    const blocks = this.weekendStates * this.counterStates;
    let best = -1;
    let value = Number.POSITIVE_INFINITY;
    for (let s = 0; s < this.states; s++) {
      if (!reached[reachedAt + s] || !limits.final[s]) continue;
      for (let block = 0; block < blocks; block++) {
        const at = base + (s * blocks + block) * unitStates;
        for (let m = limits.minUnits; m <= limits.maxUnits; m++) {
          if (values[at + m]! < value) {
            value = values[at + m]!;
            best = at + m;
          }
        }
      }
    }
    return best;
  }

  /** Walks back from the best final value, finding on each day the transition that made it. */
  private trace(
    window: ProgramWindow,
    best: number,
    cost: Float64Array,
    offCost: Float64Array,
    out: Int8Array,
  ): void {
    const perState = this.weekendStates * this.counterStates * this.unitStates;
    const perDay = this.states * perState;
    let at = best - (window.to - window.from) * perDay;
    for (let day = window.to - 1; day >= window.from; day--) {
      const source = (day - window.from) * perDay;
      this.priceGroups(day, cost);
      at = this.stepBack(day, source, at, offCost[day]!, out);
    }
  }

  private stepBack(day: number, source: number, at: number, offCost: number, out: Int8Array): number {
    const { agent, groups, workspace, unitStates, counterStates } = this;
    const { values, reached } = workspace;
    const blocks = this.weekendStates * counterStates;
    const perState = blocks * unitStates;
    const reachedAt = (source / (this.states * perState)) * this.states;
    const value = values[source + this.states * perState + at]!;
    const state = Math.floor(at / perState);
    const inner = at % perState;
    if (state < agent.minOff) {
      for (let s = 0; s < this.states; s++) {
        if (!reached[reachedAt + s] || this.afterDayOff(s, day) !== state) continue;
        if (values[source + s * perState + inner]! + offCost === value) {
          out[day] = DAY_OFF;
          return s * perState + inner;
        }
      }
      throw new Error('roster programme: no day off leads to the best value');
    }
    const length = Math.floor((state - agent.minOff) / groups.classes) + 1;
    const to = (state - agent.minOff) % groups.classes;
    const weekends = this.opensWeekend(day, length === 1);
    const block = Math.floor(inner / unitStates);
    const units = inner % unitStates;
    const w = Math.floor(block / counterStates) - weekends;
    const counters = block % counterStates;
    for (let g = 0; g < groups.units.length && w >= 0; g++) {
      const counter = groups.counter[g]!;
      const stride = counter >= 0 ? this.counterStride[counter]! : 0;
      const m = units - groups.units[g]!;
      if (groups.classOfGroup[g] !== to || m < 0) continue;
      if (counter >= 0 && Math.floor(counters / stride) % (this.counterLimit[counter]! + 1) === 0) continue;
      const before = (w * counterStates + counters - stride) * unitStates + m;
      for (let c = 0; c < (length === 1 ? 1 : groups.classes); c++) {
        const s = length === 1 ? 0 : this.onState(c, length - 1);
        if (!reached[reachedAt + s] || (length > 1 && !groups.mayFollow[g * groups.classes + c])) continue;
        if (values[source + s * perState + before]! + this.groupCost[g]! === value) {
          out[day] = this.groupType[g]!;
          return s * perState + before;
        }
      }
    }
    throw new Error('roster programme: no shift leads to the best value');
  }
}
