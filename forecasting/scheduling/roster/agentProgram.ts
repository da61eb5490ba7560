import type { AgentGroups } from './agentGroups.ts';
import { groupShiftTypes } from './agentGroups.ts';
import type { CompiledAgent, CompiledRoster } from './compile.ts';
import { DAY_OFF } from './problem.ts';

/** Largest table of one dynamic programme, in values (8 bytes each). */
const MAX_TABLE_VALUES = 6_000_000;

/** Steps when limits per shift type are priced. */
const RELAXATION_ROUNDS = 6;

/** Room for the tables of the dynamic programme, shared by all agents of one solver. */
export class ProgramWorkspace {
  values = new Float64Array(1 << 16);
  reached = new Uint8Array(1 << 12);

  reserve(values: number, states: number): void {
    if (this.values.length < values) this.values = new Float64Array(Math.ceil(values * 1.2));
    if (this.reached.length < states) this.reached = new Uint8Array(states * 2);
  }
}

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
interface Limits {
  readonly minUnits: number;
  readonly maxUnits: number;
  readonly weekends: number;
  readonly shifts: Int32Array;
  readonly startState: number;
  readonly final: Uint8Array;
}

/**
 * The cheapest roster of one agent, exactly: a dynamic programme over days whose state is the run of shifts
 * (class of the last shift, length) or of days off, the minutes and weekends so far, and, only where a limit
 * per shift type would be broken without it, the number of shifts of that type (state-space relaxation,
 * tightened until the roster keeps the limits).
 */
export class AgentProgram {
  /** Lower bound of the last solve: equals its value unless too many limits per type bind at once. */
  bound = Number.POSITIVE_INFINITY;
  private readonly groupings = new Map<string, AgentGroups>();
  private counted: number[] = [];
  private readonly limitPrice: Float64Array;
  private readonly roster: CompiledRoster;
  private readonly agent: CompiledAgent;
  private readonly workspace: ProgramWorkspace;
  private readonly longestDay: number;
  // Shape of the running solve.
  private groups: AgentGroups;
  private weekendStates = 1;
  private counterStates = 1;
  private unitStates = 1;
  private states = 1;
  private counterStride: Int32Array = new Int32Array(0);
  private counterLimit: Int32Array = new Int32Array(0);
  private groupCost = new Float64Array(1);
  private groupType = new Int8Array(1);

  constructor(roster: CompiledRoster, agent: CompiledAgent, workspace: ProgramWorkspace) {
    this.roster = roster;
    this.agent = agent;
    this.workspace = workspace;
    this.limitPrice = new Float64Array(roster.types);
    this.groups = this.grouping([]);
    this.longestDay = this.groups.units.reduce((longest, units) => Math.max(longest, units), 1);
  }

  /**
   * Writes the cheapest days of the window to `out` and returns their cost; Infinity (and `out` untouched)
   * when no roster keeps the rules.
   * @param cost of working type t on day d at `d * types + t`; Infinity forbids
   * @param offCost of a day off
   */
  solve(window: ProgramWindow, cost: Float64Array, offCost: Float64Array, out: Int8Array): number {
    const limits = this.limits(window);
    if (limits === null) return (this.bound = Number.POSITIVE_INFINITY);
    const counts = new Int32Array(this.roster.types);
    for (;;) {
      const counted = this.counted;
      this.shape(window, limits, counted);
      const value = this.run(window, limits, cost, offCost, out);
      this.bound = value;
      if (value === Number.POSITIVE_INFINITY) return value;
      counts.fill(0);
      for (let day = window.from; day < window.to; day++) {
        const t = out[day]!;
        if (t >= 0) counts[t] = counts[t]! + 1;
      }
      const worst = this.worstExcess(counts, limits, counted);
      this.counted = counted.filter(t => counts[t]! >= limits.shifts[t]!);
      if (worst < 0) return value;
      const more = [...counted, worst].sort((a, b) => a - b);
      if (!this.fits(window, limits, more)) return this.relaxLimits(window, limits, cost, offCost, out);
      this.counted = more;
    }
  }

  private worstExcess(counts: Int32Array, limits: Limits, counted: readonly number[]): number {
    let worst = -1;
    let excess = 0;
    for (let t = 0; t < counts.length; t++) {
      const over = counts[t]! - limits.shifts[t]!;
      if (over > excess && !counted.includes(t)) {
        excess = over;
        worst = t;
      }
    }
    return worst;
  }

  /**
   * Too many counters for the table: the other limits are priced instead (Lagrangian relaxation, a few
   * subgradient steps from the last prices). `bound` stays proven; the days may be a little dearer than it.
   */
  private relaxLimits(
    window: ProgramWindow,
    limits: Limits,
    cost: Float64Array,
    offCost: Float64Array,
    out: Int8Array,
  ): number {
    const { types } = this.roster;
    const priced = cost.slice();
    const trial = out.slice();
    let bound = this.bound;
    let best = Number.POSITIVE_INFINITY;
    let step = 0;
    for (let round = 0; round < RELAXATION_ROUNDS; round++) {
      const counts = this.countShifts(window, trial);
      const trueCost = this.costOf(window, trial, cost, offCost);
      let norm = 0;
      for (let t = 0; t < types; t++)
        norm +=
          (counts[t]! - limits.shifts[t]!) ** 2 *
          (counts[t]! > limits.shifts[t]! || this.limitPrice[t]! > 0 ? 1 : 0);
      const broken = counts.some((count, t) => count > limits.shifts[t]!);
      if (!broken && trueCost < best) {
        best = trueCost;
        out.set(trial);
      }
      if (norm === 0 || best - bound < 1e-6) break;
      if (step === 0) step = Math.max(1, Math.abs(bound) * 0.05);
      for (let t = 0; t < types; t++) {
        const excess = counts[t]! - limits.shifts[t]!;
        this.limitPrice[t] = Math.max(0, this.limitPrice[t]! + (step * excess) / norm);
      }
      step *= 0.8;
      let constant = 0;
      for (let t = 0; t < types; t++) constant -= this.limitPrice[t]! * limits.shifts[t]!;
      for (let cell = window.from * types; cell < window.to * types; cell++)
        priced[cell] = cost[cell]! + this.limitPrice[cell % types]!;
      const value = this.run(window, limits, priced, offCost, trial);
      bound = Math.max(bound, value + constant);
    }
    this.bound = bound;
    return best < Number.POSITIVE_INFINITY ? best : this.restrict(window, limits, cost, offCost, out);
  }

  private countShifts({ from, to }: ProgramWindow, days: Int8Array): Int32Array {
    const counts = new Int32Array(this.roster.types);
    for (let day = from; day < to; day++) if (days[day]! >= 0) counts[days[day]!]!++;
    return counts;
  }

  private costOf(
    { from, to }: ProgramWindow,
    days: Int8Array,
    cost: Float64Array,
    offCost: Float64Array,
  ): number {
    let sum = 0;
    for (let day = from; day < to; day++)
      sum += days[day]! < 0 ? offCost[day]! : cost[day * this.roster.types + days[day]!]!;
    return sum;
  }

  /** Forbids each type in excess but on its cheapest days: always within the limits, not exact. */
  private restrict(
    window: ProgramWindow,
    limits: Limits,
    cost: Float64Array,
    offCost: Float64Array,
    out: Int8Array,
  ): number {
    const relaxed = this.bound;
    const { types } = this.roster;
    const restricted = cost.slice();
    const restrictedTypes = new Set<number>();
    let value = relaxed;
    for (;;) {
      const counts = new Int32Array(types);
      for (let day = window.from; day < window.to; day++) if (out[day]! >= 0) counts[out[day]!]!++;
      const over = this.worstExcess(counts, limits, [...this.counted, ...restrictedTypes]);
      if (over < 0) break;
      restrictedTypes.add(over);
      const worked: number[] = [];
      for (let day = window.from; day < window.to; day++) if (out[day] === over) worked.push(day);
      worked.sort((a, b) => cost[a * types + over]! - cost[b * types + over]! || a - b);
      const kept = new Set(worked.slice(0, limits.shifts[over]));
      for (let day = window.from; day < window.to; day++)
        if (!kept.has(day)) restricted[day * types + over] = Number.POSITIVE_INFINITY;
      this.shape(window, limits, this.counted);
      value = this.run(window, limits, restricted, offCost, out);
      if (value === Number.POSITIVE_INFINITY) break;
    }
    this.bound = relaxed;
    return value;
  }

  private grouping(counted: readonly number[]): AgentGroups {
    const key = counted.join(',');
    const known = this.groupings.get(key);
    if (known) return known;
    const made = groupShiftTypes(this.roster, this.agent, counted);
    this.groupings.set(key, made);
    return made;
  }

  private fits(window: ProgramWindow, limits: Limits, counted: readonly number[]): boolean {
    const counters = counted.reduce((product, t) => product * (limits.shifts[t]! + 1), 1);
    const states = this.agent.minOff + this.groups.classes * this.agent.maxOn;
    const perState = (limits.weekends + 1) * (limits.maxUnits + 1) * counters;
    return perState * states * (window.to - window.from + 1) <= MAX_TABLE_VALUES;
  }

  private shape(window: ProgramWindow, limits: Limits, counted: readonly number[]): void {
    this.groups = this.grouping(counted);
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

  /** Most days that `days` days in a row can be worked. */
  private mostWorked(days: number): number {
    const { maxOn, minOff } = this.agent;
    const cycle = maxOn + minOff;
    return Math.floor(days / cycle) * maxOn + Math.min(days % cycle, maxOn);
  }

  private limits({ from, to, row, upTo }: ProgramWindow): Limits | null {
    const { roster } = this;
    const agent = upTo ?? this.agent;
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
    const most = this.mostWorked(to - from) * this.longestDay;
    const maxUnits = Math.min(agent.maxUnits - units, most);
    const minUnits = Math.max(0, agent.minUnits - units);
    if (maxUnits < minUnits || weekends > agent.maxWeekends || shifts.some(left => left < 0)) return null;
    let weekendsInside = 0;
    for (let day = from; day < to; day++)
      if (
        roster.weekendOf[day]! >= 0 &&
        (day === from || roster.weekendOf[day - 1] !== roster.weekendOf[day])
      )
        weekendsInside++;
    return {
      minUnits,
      maxUnits,
      weekends: Math.min(agent.maxWeekends - weekends, weekendsInside),
      shifts,
      startState: this.startState(from, row),
      final: upTo
        ? new Uint8Array(this.agent.minOff + this.groups.classes * this.agent.maxOn).fill(1)
        : this.finalStates(to, row),
    };
  }

  private onState(classIndex: number, length: number): number {
    return this.agent.minOff + (length - 1) * this.groups.classes + classIndex;
  }

  /** State at the end of the day before the window: 0 is "may work", 1 to minOff - 1 are days off so far. */
  private startState(from: number, row: Int8Array): number {
    const { agent, groups } = this;
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
    return this.onState(Math.max(0, groups.classOf[last]!), Math.min(length, agent.maxOn));
  }

  /** May a run of this length end on this day? A run that reaches an unknown past is long enough. */
  private mayEnd(length: number, day: number): boolean {
    return length >= this.agent.minOn || (this.agent.openStart && length === day + 1);
  }

  private finalStates(to: number, row: Int8Array): Uint8Array {
    const { agent, groups, roster } = this;
    const final = new Uint8Array(agent.minOff + groups.classes * agent.maxOn);
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
          ? this.mayPrecede(c, row[to]!) &&
            on + length <= agent.maxOn &&
            (open || this.mayEnd(on + length, to + length - 1))
          : this.mayEnd(on, to - 1) && (open || length >= agent.minOff);
        final[this.onState(c, on)] = joins ? 1 : 0;
      }
    }
    return final;
  }

  private mayPrecede(classIndex: number, next: number): boolean {
    const member = this.groups.classOf.indexOf(classIndex);
    return !this.roster.forbidden[member * this.roster.types + next];
  }

  private run(
    window: ProgramWindow,
    limits: Limits,
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
    limits: Limits,
  ): void {
    const { agent, groups, workspace, states } = this;
    const { reached } = workspace;
    const perState = this.weekendStates * this.counterStates * this.unitStates;
    const target = source + states * perState;
    const next = reachedAt + states;
    const done = day - window.from;
    const low = Math.max(0, limits.minUnits - this.mostWorked(window.to - day) * this.longestDay);
    const high = Math.min(limits.maxUnits, this.mostWorked(done) * this.longestDay);
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
    if (!this.mayEnd(length, day - 1)) return -1;
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

  private bestFinal(limits: Limits, base: number, reachedAt: number): number {
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
