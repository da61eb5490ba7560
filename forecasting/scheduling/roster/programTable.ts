import type { AgentGroups } from './agentGroups.ts';
import type { CompiledAgent, CompiledRoster } from './compile.ts';
import type { ProgramTask } from './completionBound.ts';
import { CompletionBound } from './completionBound.ts';
import type { ProgramLimits, ProgramWindow } from './programLimits.ts';
import { mostWorked } from './programLimits.ts';
import { ProgramStates } from './programStates.ts';
import type { TableLayout } from './programTrace.ts';
import { traceBack } from './programTrace.ts';
import type { ProgramWorkspace } from './programWorkspace.ts';

/** Tables beyond this size, in values if nothing were dropped, are not tried. */
const MAX_TABLE_VALUES = 20_000_000;
/** Largest number of values of one day. */
const MAX_DAY_VALUES = 3_000_000;
/** Wider and wider limits above the bound are tried this often before the table is filled without one. */
const WIDENINGS = 8;
const WIDER = 3;

/**
 * The table of the dynamic programme: one pass forward over the days, one back along the best path. For each day,
 * state, number of weekends and of counted shifts it holds a block of costs by units worked, of which only a band
 * is known; the rest cannot be reached, or cannot become cheap enough.
 */
export class ProgramTable {
  private readonly roster: CompiledRoster;
  private readonly agent: CompiledAgent;
  private readonly workspace: ProgramWorkspace;
  private readonly longestDay: number;
  private readonly states: ProgramStates;
  private readonly bound: CompletionBound;
  private groups: AgentGroups;
  private layout: TableLayout = { blocks: 1, weekendStates: 1, counterStates: 1, unitStates: 1 };
  private counterStride: Int32Array = new Int32Array(0);
  private counterLimit: Int32Array = new Int32Array(0);
  private bestValue = Number.POSITIVE_INFINITY;
  private bestUnits = 0;
  /** Proven lower bound of the last run: its value unless the table was too small. */
  proven = Number.POSITIVE_INFINITY;

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
    this.states = new ProgramStates(roster, agent, groups.classes);
    this.bound = new CompletionBound(roster, longestDay);
  }

  fits(window: ProgramWindow, limits: ProgramLimits, counted: readonly number[]): boolean {
    const counters = counted.reduce((product, t) => product * (limits.shifts[t]! + 1), 1);
    const perState = (limits.weekends + 1) * (limits.maxUnits + 1) * counters;
    const perDay = perState * this.states.count;
    return perDay <= MAX_DAY_VALUES && perDay * (window.to - window.from + 1) <= MAX_TABLE_VALUES;
  }

  shape(window: ProgramWindow, limits: ProgramLimits, groups: AgentGroups): void {
    const { counted } = groups;
    this.groups = groups;
    const weekendStates = limits.weekends + 1;
    const unitStates = limits.maxUnits + 1;
    this.counterLimit = Int32Array.from(counted, t => limits.shifts[t]!);
    this.counterStride = new Int32Array(counted.length);
    let counterStates = 1;
    counted.forEach((_, i) => {
      this.counterStride[i] = counterStates;
      counterStates *= this.counterLimit[i]! + 1;
    });
    const blocks = weekendStates * counterStates;
    this.layout = { blocks, weekendStates, counterStates, unitStates };
    this.workspace.reserve(this.states.count * blocks, unitStates, window.to - window.from);
  }

  /** Cheapest days of the window, written to `out`, and their cost; Infinity when there are none. */
  run(
    window: ProgramWindow,
    limits: ProgramLimits,
    cost: Float64Array,
    offCost: Float64Array,
    out: Int8Array,
  ): number {
    const { workspace, groups, states, layout } = this;
    const { prices } = workspace;
    prices.set(window, groups, this.roster.types, cost);
    const task: ProgramTask = { window, limits, groups, states, prices, offCost };
    const values = states.count * layout.blocks * layout.unitStates * (window.to - window.from);
    const dense = values < workspace.boundedFrom;
    const best = dense ? this.fill(task, Number.POSITIVE_INFINITY) : this.fillBounded(task);
    if (dense) this.proven = this.workspace.full ? Number.NEGATIVE_INFINITY : this.bestValue;
    if (best < 0) return Number.POSITIVE_INFINITY;
    const { counterStride, counterLimit } = this;
    const filled = { ...task, workspace, layout, counterStride, counterLimit };
    traceBack(filled, best, this.bestUnits, out);
    return this.bestValue;
  }

  /** Fills the table with what lies little enough above the bound: wider and wider, until the cheapest is in it. */
  private fillBounded(task: ProgramTask): number {
    const { bound } = this;
    const least = bound.tighten(task);
    this.proven = least;
    if (least === Number.POSITIVE_INFINITY) return -1;
    let most = least + bound.gap * 1.2 + 1e-6;
    for (let tries = 0; ; tries++) {
      if (tries === WIDENINGS) most = Number.POSITIVE_INFINITY;
      const best = this.fill(task, most);
      if (this.workspace.full) {
        bound.gap *= 0.5;
        return -1;
      }
      const value = best < 0 ? Number.POSITIVE_INFINITY : this.bestValue;
      if (value <= most) {
        this.proven = value;
        if (best >= 0) bound.gap = Math.max(value - least, bound.gap * 0.8, 1e-6);
        return best;
      }
      this.proven = most;
      // A roster was found, but cheaper ones may have been dropped: its value is the limit that keeps them all.
      most = best < 0 ? least + (most - least) * WIDER : value + 1e-9;
    }
  }

  /** Fills the table with what may come to cost `most` or less. Returns the best final block, or -1. */
  private fill(task: ProgramTask, most: number): number {
    const { window, limits } = task;
    const { workspace } = this;
    workspace.start(limits.startState * this.layout.blocks);
    for (let k = 0; k < window.to - window.from && !workspace.full; k++) {
      workspace.openDay(k + 1);
      this.extend(task, k);
      if (most < Number.POSITIVE_INFINITY) this.prune(task, k + 1, most);
      workspace.keepDay();
    }
    return workspace.full ? -1 : this.bestFinal(task);
  }

  private extend(task: ProgramTask, k: number): void {
    const { window, limits, states, prices, offCost } = task;
    const { agent, groups } = this;
    const { blocks } = this.layout;
    const day = window.from + k;
    const source = k * states.count * blocks;
    const low = Math.max(0, limits.minUnits - mostWorked(agent, window.to - day) * this.longestDay);
    const high = Math.min(limits.maxUnits, mostWorked(agent, k) * this.longestDay);
    const span = { low, high };
    if (offCost[day] !== Number.POSITIVE_INFINITY) {
      for (let s = 0; s < states.count; s++) {
        const off = states.afterDayOff(s, day);
        if (off >= 0) this.relax(source + s * blocks, off * blocks, span, offCost[day]!, 0, 0, -1);
      }
    }
    const opening = states.opensWeekend(day, true);
    const weekend = states.opensWeekend(day, false);
    for (let g = 0; g < groups.units.length; g++) {
      const cost = prices.cost[k * groups.units.length + g]!;
      if (cost === Number.POSITIVE_INFINITY) continue;
      const to = groups.classOfGroup[g]!;
      const units = groups.units[g]!;
      const counter = groups.counter[g]!;
      this.relax(source, states.on(to, 1) * blocks, span, cost, units, opening, counter);
      for (let length = 2; length <= agent.maxOn; length++) {
        const d = states.on(to, length) * blocks;
        for (let c = 0; c < groups.classes; c++)
          if (groups.mayFollow[g * groups.classes + c])
            this.relax(source + states.on(c, length - 1) * blocks, d, span, cost, units, weekend, counter);
      }
    }
  }

  /** One transition between states, for all weekends, counters and units. `target` counts blocks from the day's first. */
  private relax(
    source: number,
    target: number,
    span: { readonly low: number; readonly high: number },
    cost: number,
    units: number,
    weekends: number,
    counter: number,
  ): void {
    const { values, day, first, last, base } = this.workspace;
    const { unitStates, counterStates, weekendStates } = this.layout;
    const stride = counter >= 0 ? this.counterStride[counter]! : 0;
    const limit = counter >= 0 ? this.counterLimit[counter]! : 0;
    const highest = Math.min(span.high, unitStates - 1 - units);
    for (let w = 0; w + weekends < weekendStates; w++) {
      for (let c = 0; c < counterStates; c++) {
        const from = source + w * counterStates + c;
        if (first[from]! < 0) continue;
        if (counter >= 0 && Math.floor(c / stride) % (limit + 1) === limit) continue;
        const low = Math.max(first[from]!, span.low);
        const high = Math.min(last[from]!, highest);
        if (low > high) continue;
        const block = target + (w + weekends) * counterStates + c + stride;
        this.workspace.open(block, low + units, high + units);
        const s = base[from]!;
        const t = block * unitStates + units;
        for (let m = low; m <= high; m++) {
          const v = values[s + m]! + cost;
          if (v < day[t + m]!) day[t + m] = v;
        }
      }
    }
  }

  /** Drops what cannot come to cost `most` or less. */
  private prune({ limits, groups, states }: ProgramTask, k: number, most: number): void {
    const { day, first, last } = this.workspace;
    const { blocks, counterStates, unitStates } = this.layout;
    const { bound } = this;
    const { unitPrice } = bound;
    const unitsPaid = unitPrice * bound.pricedUnits(limits);
    const perDay = states.count * blocks;
    for (let local = 0; local < perDay; local++) {
      const at = k * perDay + local;
      if (first[at]! < 0) continue;
      const block = local % blocks;
      let left = bound.weekendPrice * (limits.weekends - Math.floor(block / counterStates));
      for (let i = 0; i < groups.counted.length; i++) {
        const used =
          Math.floor((block % counterStates) / this.counterStride[i]!) % (this.counterLimit[i]! + 1);
        left += bound.shiftPrice[groups.counted[i]!]! * (this.counterLimit[i]! - used);
      }
      const state = Math.floor(local / blocks);
      const allowed = most - bound.toGo[k * states.count + state]! - unitsPaid + left;
      const start = local * unitStates;
      let low = -1;
      let high = -1;
      for (let m = first[at]!; m <= last[at]!; m++) {
        if (day[start + m]! <= allowed + unitPrice * m) {
          if (low < 0) low = m;
          high = m;
        } else day[start + m] = Number.POSITIVE_INFINITY;
      }
      first[at] = low;
      last[at] = high;
    }
  }

  /** Finds the cheapest final value; returns its block, or -1. */
  private bestFinal({ window, limits, states }: ProgramTask): number {
    const { values, first, last, base } = this.workspace;
    const { blocks } = this.layout;
    let best = -1;
    this.bestValue = Number.POSITIVE_INFINITY;
    for (let s = 0; s < states.count; s++) {
      if (!limits.final[s]) continue;
      for (let block = 0; block < blocks; block++) {
        const at = ((window.to - window.from) * states.count + s) * blocks + block;
        if (first[at]! < 0) continue;
        const high = Math.min(limits.maxUnits, last[at]!);
        for (let m = Math.max(limits.minUnits, first[at]!); m <= high; m++) {
          if (values[base[at]! + m]! < this.bestValue) {
            this.bestValue = values[base[at]! + m]!;
            this.bestUnits = m;
            best = at;
          }
        }
      }
    }
    return best;
  }
}
