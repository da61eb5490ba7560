import type { AgentGroups } from './agentGroups.ts';
import type { CompiledRoster } from './compile.ts';
import type { ProgramLimits, ProgramWindow } from './programLimits.ts';
import type { GroupPrices, ProgramStates } from './programStates.ts';

/** One solve of an agent's programme. */
export interface ProgramTask {
  readonly window: ProgramWindow;
  readonly limits: ProgramLimits;
  readonly groups: AgentGroups;
  readonly states: ProgramStates;
  readonly prices: GroupPrices;
  readonly offCost: Float64Array;
}

/** Steps towards the best prices of the limits; each is one pass over days and states. */
const STEPS = 6;

/**
 * What the days after a state cost at least, when the limits on minutes, weekends and shifts per type are priced
 * instead of counted (Lagrangian relaxation). With it the programme drops partial rosters that cannot become cheap
 * enough, which is most of them. The prices are kept from one solve to the next.
 */
export class CompletionBound {
  /** Least cost from the end of day `k` of the window in state `s`, at `k * states + s`, prices included. */
  toGo = new Float64Array(64);
  /** Paid per unit worked: positive where the contract asks for more work, negative where it caps it. */
  unitPrice = 0;
  /** Charged per weekend. */
  weekendPrice = 0;
  /** Charged per shift of a counted type. */
  readonly shiftPrice: Float64Array;
  /** How far above this bound the cheapest roster of the last solves lay. */
  gap: number;
  private readonly longestDay: number;
  private units = 0;
  private weekends = 0;
  private readonly shifts: Int32Array;
  private readonly best: Float64Array;

  constructor(roster: CompiledRoster, longestDay: number) {
    this.longestDay = longestDay;
    this.gap = roster.typicalWeight * 0.1;
    this.shiftPrice = new Float64Array(roster.types);
    this.shifts = new Int32Array(roster.types);
    this.best = new Float64Array(roster.types + 2);
  }

  /** Improves the prices and leaves `toGo` at the best. Returns the bound; Infinity when no roster exists. */
  tighten(task: ProgramTask): number {
    const { counted } = task.groups;
    this.shiftPrice.forEach((_, t) => {
      if (!counted.includes(t)) this.shiftPrice[t] = 0;
    });
    let bestBound = Number.NEGATIVE_INFINITY;
    let isBest = false;
    let reach = Math.max(this.gap, 1e-3);
    for (let step = 0; step < STEPS; step++) {
      const bound = this.price(task);
      if (bound === Number.POSITIVE_INFINITY) return bound;
      isBest = bound > bestBound;
      if (isBest) {
        bestBound = bound;
        this.best[0] = this.unitPrice;
        this.best[1] = this.weekendPrice;
        this.best.set(this.shiftPrice, 2);
      } else reach *= 0.5;
      if (step === STEPS - 1 || !this.step(task, reach)) break;
    }
    if (isBest) return bestBound;
    this.unitPrice = this.best[0]!;
    this.weekendPrice = this.best[1]!;
    this.shiftPrice.set(this.best.subarray(2));
    return this.price(task);
  }

  /** Bound at the present prices. */
  private price(task: ProgramTask): number {
    const { limits, window } = task;
    const days = window.to - window.from;
    const { count } = task.states;
    if (this.toGo.length < (days + 1) * count) this.toGo = new Float64Array((days + 1) * count * 2);
    for (let s = 0; s < count; s++)
      this.toGo[days * count + s] = limits.final[s] ? 0 : Number.POSITIVE_INFINITY;
    for (let k = days - 1; k >= 0; k--) for (let s = 0; s < count; s++) this.bestMove(task, k, s);
    let bound = this.toGo[limits.startState]! + this.unitPrice * this.pricedUnits(limits);
    bound -= this.weekendPrice * limits.weekends;
    for (const t of task.groups.counted) bound -= this.shiftPrice[t]! * limits.shifts[t]!;
    return bound;
  }

  /** The limit on units that the price stands for. */
  pricedUnits(limits: ProgramLimits): number {
    return this.unitPrice > 0 ? limits.minUnits : limits.maxUnits;
  }

  /** Sets `toGo` of a state and returns the move that gives it: -1 a day off, a group, or -2 for none. */
  private bestMove({ window, groups, states, prices, offCost }: ProgramTask, k: number, s: number): number {
    const day = window.from + k;
    const next = (k + 1) * states.count;
    let best = Number.POSITIVE_INFINITY;
    let move = -2;
    const off = states.afterDayOff(s, day);
    if (off >= 0) {
      best = offCost[day]! + this.toGo[next + off]!;
      if (best < Number.POSITIVE_INFINITY) move = -1;
    }
    const length = states.lengthOf(s);
    const after = states.on(0, length + 1);
    if ((length > 0 || s === 0) && after < states.count) {
      const weekend = this.weekendPrice * states.opensWeekend(day, length === 0);
      const size = groups.units.length;
      const before = length > 0 ? states.classOf(s) : -1;
      for (let g = 0; g < size; g++) {
        if (before >= 0 && !groups.mayFollow[g * groups.classes + before]) continue;
        const counter = groups.counter[g]!;
        const value =
          prices.cost[k * size + g]! -
          this.unitPrice * groups.units[g]! +
          (counter >= 0 ? this.shiftPrice[groups.counted[counter]!]! : 0) +
          weekend +
          this.toGo[next + after + groups.classOfGroup[g]!]!;
        if (value < best) {
          best = value;
          move = g;
        }
      }
    }
    this.toGo[k * states.count + s] = best;
    return move;
  }

  /** Counts units, weekends and shifts of the cheapest days at the present prices. */
  private follow(task: ProgramTask): void {
    const { window, groups, states, limits } = task;
    this.units = 0;
    this.weekends = 0;
    this.shifts.fill(0);
    let state = limits.startState;
    for (let k = 0; k < window.to - window.from; k++) {
      const day = window.from + k;
      const move = this.bestMove(task, k, state);
      const length = states.lengthOf(state);
      if (move < 0) {
        state = states.afterDayOff(state, day);
        continue;
      }
      this.units += groups.units[move]!;
      this.weekends += states.opensWeekend(day, length === 0);
      const counter = groups.counter[move]!;
      if (counter >= 0) this.shifts[groups.counted[counter]!]!++;
      state = states.on(groups.classOfGroup[move]!, length + 1);
    }
  }

  /** One subgradient step; false when the cheapest days keep every priced limit, so that the bound is exact. */
  private step(task: ProgramTask, reach: number): boolean {
    const { limits } = task;
    const { counted } = task.groups;
    this.follow(task);
    const { units } = this;
    const wanted =
      this.unitPrice === 0
        ? Math.min(limits.maxUnits, Math.max(limits.minUnits, units))
        : this.pricedUnits(limits);
    const unitStep = (wanted - units) / this.longestDay;
    const weekendStep = slack(this.weekends - limits.weekends, this.weekendPrice);
    let norm = unitStep ** 2 + weekendStep ** 2;
    for (const t of counted) norm += slack(this.shifts[t]! - limits.shifts[t]!, this.shiftPrice[t]!) ** 2;
    if (norm === 0) return false;
    const size = reach / norm;
    this.unitPrice += (size * unitStep) / this.longestDay;
    this.weekendPrice = Math.max(0, this.weekendPrice + size * weekendStep);
    for (const t of counted)
      this.shiftPrice[t] = Math.max(
        0,
        this.shiftPrice[t]! + size * slack(this.shifts[t]! - limits.shifts[t]!, this.shiftPrice[t]!),
      );
    return true;
  }
}

/** Excess over a limit; room under it counts only while the limit has a price. */
function slack(excess: number, price: number): number {
  return excess < 0 && price === 0 ? 0 : excess;
}
