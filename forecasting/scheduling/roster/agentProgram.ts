import type { AgentGroups } from './agentGroups.ts';
import { groupShiftTypes } from './agentGroups.ts';
import type { CompiledAgent, CompiledRoster } from './compile.ts';
import type { ProgramLimits, ProgramSubject, ProgramWindow } from './programLimits.ts';
import { programLimits } from './programLimits.ts';
import { ProgramStates } from './programStates.ts';
import { ProgramTable } from './programTable.ts';
import type { ProgramWorkspace } from './programWorkspace.ts';

/** Steps when limits per shift type are priced. */
const RELAXATION_ROUNDS = 6;

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
  /** Types counted in the last solve, tried first in the next. */
  private counted: number[] = [];
  private uncounted = false;
  private readonly limitPrice: Float64Array;
  private readonly roster: CompiledRoster;
  private readonly agent: CompiledAgent;
  private readonly table: ProgramTable;
  private readonly subject: ProgramSubject;

  constructor(roster: CompiledRoster, agent: CompiledAgent, workspace: ProgramWorkspace) {
    this.roster = roster;
    this.agent = agent;
    this.limitPrice = new Float64Array(roster.types);
    const groups = this.grouping([]);
    const longestDay = groups.units.reduce((longest, units) => Math.max(longest, units), 1);
    this.table = new ProgramTable(roster, agent, workspace, groups, longestDay);
    const states = new ProgramStates(roster, agent, groups.classes);
    this.subject = { roster, agent, groups, states, longestDay };
  }

  /**
   * Writes the cheapest days of the window to `out` and returns their cost; Infinity (and `out` untouched)
   * when no roster keeps the rules.
   * @param cost of working type t on day d at `d * types + t`; Infinity forbids
   * @param offCost of a day off
   */
  solve(window: ProgramWindow, cost: Float64Array, offCost: Float64Array, out: Int8Array): number {
    const limits = programLimits(this.subject, window);
    if (limits === null) return (this.bound = Number.POSITIVE_INFINITY);
    const counts = new Int32Array(this.roster.types);
    for (;;) {
      const counted = this.counted;
      this.table.shape(window, limits, this.grouping(counted));
      const value = this.table.run(window, limits, cost, offCost, out);
      this.bound = this.table.proven;
      if (this.table.proven < value && counted.length > 0) {
        // The table has no room for these counters: from now on the limits per type are priced.
        this.uncounted = true;
        this.counted = [];
        continue;
      }
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
      if (this.uncounted || !this.table.fits(window, limits, more))
        return this.relaxLimits(window, limits, cost, offCost, out);
      this.counted = more;
    }
  }

  private worstExcess(counts: Int32Array, limits: ProgramLimits, counted: readonly number[]): number {
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
    limits: ProgramLimits,
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
      this.table.run(window, limits, priced, offCost, trial);
      bound = Math.max(bound, this.table.proven + constant);
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
    limits: ProgramLimits,
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
      this.table.shape(window, limits, this.grouping(this.counted));
      value = this.table.run(window, limits, restricted, offCost, out);
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
}
