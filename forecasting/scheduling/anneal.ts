import type { RandomGenerator } from '../calendar/random.ts';
import { BreakPlacer } from './breakPlacer.ts';
import { Exchange } from './exchange.ts';
import { FULL_MIX, type MoveMix } from './moveMix.ts';
import { OFF } from './searchModel.ts';
import type { SearchState } from './searchState.ts';

/**
 * Simulated annealing over a search state. Every move is priced exactly by the marginal costs of the slots it
 * touches; rules are checked only for moves whose cover makes them worth it.
 */
export class Annealer {
  /** Moves tried so far: the measure of work. */
  moves = 0;
  accepted = 0;
  readonly #state: SearchState;
  readonly #random: RandomGenerator;
  readonly #mix: MoveMix;
  readonly #placer: BreakPlacer;
  readonly #movable: Int32Array;
  readonly #flags: Uint8Array;
  readonly #prefix: Float64Array;
  readonly #mixTotal: number;
  readonly #exchange: Exchange;

  constructor(state: SearchState, random: RandomGenerator, mix: MoveMix = FULL_MIX) {
    const { model } = state;
    this.#state = state;
    this.#random = random;
    this.#mix = mix;
    this.#mixTotal = mix.break + mix.shift + mix.day + mix.hours + mix.swap;
    this.#placer = new BreakPlacer(model.shapes, model.site.cover.slotCount);
    const movable: number[] = [];
    for (let cell = 0; cell < state.chosen.length; cell++) {
      const choice = state.chosen[cell]!;
      if (choice >= 0 || (choice === OFF && model.options[cell]!.length > 0)) movable.push(cell);
    }
    this.#movable = Int32Array.from(movable);
    this.#flags = new Uint8Array(model.site.cover.slotCount);
    this.#prefix = new Float64Array(model.site.cover.slotCount + 1);
    this.#exchange = new Exchange(state);
  }

  /** Whether there is anything to move. */
  get idle(): boolean {
    return this.#movable.length === 0;
  }

  /** Tries `count` moves at a temperature in objective units; returns the change of the objective. */
  run(count: number, temperature: number): number {
    const { break: breaks, shift, day, hours } = this.#mix;
    const random = this.#random;
    let change = 0;
    for (let i = 0; i < count; i++) {
      const cell = this.#movable[random.uint32() % this.#movable.length]!;
      // Draws of probability below 2^-32 would be infinite; the uniform is on (0, 1].
      const limit = -temperature * Math.log((random.uint32() + 1) * 2 ** -32);
      const kind = random.uint32() * 2 ** -32 * this.#mixTotal;
      if (kind < breaks) change += this.#moveBreak(cell, limit);
      else if (kind < breaks + shift) change += this.#moveShift(cell, limit);
      else if (kind < breaks + shift + day) change += this.#moveDay(cell, limit);
      else if (kind < breaks + shift + day + hours) change += this.#changeHours(cell, limit);
      else change += this.#swap(cell, limit);
    }
    this.moves += count;
    return change;
  }

  #moveBreak(cell: number, limit: number): number {
    const state = this.#state;
    const { model, cover } = state;
    const candidate = state.chosen[cell]!;
    if (candidate < 0) return 0;
    const shape = model.shapes[model.shapeOf[candidate]!]!;
    const n = shape.breaks.length;
    if (n === 0) return 0;
    const i = n === 1 ? 0 : this.#random.uint32() % n;
    const b = shape.breaks[i]!;
    const base = cell * model.maxBreaks;
    const old = state.breakAt[base + i]!;
    let low = b.earliest;
    let high = b.latest;
    if (i > 0)
      low = Math.max(low, state.breakAt[base + i - 1]! + shape.breaks[i - 1]!.slots + shape.spacingSlots);
    if (i + 1 < n) high = Math.min(high, state.breakAt[base + i + 1]! - shape.spacingSlots - b.slots);
    if (high <= low) return 0;
    let next = low + (this.#random.uint32() % (high - low));
    if (next >= old) next++;
    if (shape.maxStretchSlots < shape.slots && !this.#stretchHolds(cell, i, next)) return 0;
    const { slotCount } = model.site.cover;
    const row = state.groupOf(cell) * slotCount;
    const start = model.startSlot[candidate]!;
    const more = cover.gainOfOneMore;
    const less = cover.gainOfOneLess;
    let delta = 0;
    for (let k = 0; k < b.slots; k++) {
      const freed = start + old + k;
      if ((freed < start + next || freed >= start + next + b.slots) && freed < slotCount)
        delta += more[row + freed]!;
      const taken = start + next + k;
      if ((taken < start + old || taken >= start + old + b.slots) && taken < slotCount)
        delta += less[row + taken]!;
    }
    if (delta > limit) return 0;
    const group = state.groupOf(cell);
    for (let k = 0; k < b.slots; k++) {
      const freed = start + old + k;
      if ((freed < start + next || freed >= start + next + b.slots) && freed < slotCount)
        cover.change(group, freed, 1);
      const taken = start + next + k;
      if ((taken < start + old || taken >= start + old + b.slots) && taken < slotCount)
        cover.change(group, taken, -1);
    }
    state.breakAt[base + i] = next;
    this.accepted++;
    return delta;
  }

  /** Whether the longest stretch of work stays legal with break `i` at `next`. */
  #stretchHolds(cell: number, i: number, next: number): boolean {
    const { model, breakAt, chosen } = this.#state;
    const shape = model.shapes[model.shapeOf[chosen[cell]!]!]!;
    let from = 0;
    for (let k = 0; k < shape.breaks.length; k++) {
      const b = shape.breaks[k]!;
      if (!b.counts) continue;
      const at = k === i ? next : breakAt[cell * model.maxBreaks + k]!;
      if (at - from > shape.maxStretchSlots) return false;
      from = at + b.slots;
    }
    return shape.slots - from <= shape.maxStretchSlots;
  }

  /** Prefix sums of the cost of working each slot around a shift, as if the cell's own shift were away. */
  #priceSlots(cell: number, from: number, to: number): void {
    const state = this.#state;
    const { slotCount } = state.model.site.cover;
    const row = state.groupOf(cell) * slotCount;
    const more = state.cover.gainOfOneMore;
    const less = state.cover.gainOfOneLess;
    const end = to < slotCount ? to : slotCount;
    let sum = 0;
    this.#prefix[from] = 0;
    for (let t = from; t < end; t++) {
      sum += this.#flags[t] === 1 ? -less[row + t]! : more[row + t]!;
      this.#prefix[t + 1] = sum;
    }
  }

  #pickOption(cell: number): number {
    const options = this.#state.model.options[cell]!;
    return options.length === 0 ? OFF : options[this.#random.uint32() % options.length]!;
  }

  /** Another shift on the same day, with its best breaks. */
  #moveShift(cell: number, limit: number): number {
    const state = this.#state;
    const { model } = state;
    const old = state.chosen[cell]!;
    if (old < 0) return 0;
    const next = this.#pickOption(cell);
    if (next === OFF) return 0;
    const shape = model.shapes[model.shapeOf[next]!]!;
    const start = model.startSlot[next]!;
    state.markWork(cell, this.#flags, 1);
    this.#priceSlots(cell, start, start + shape.slots);
    state.markWork(cell, this.#flags, 0);
    const placed = this.#placer.place(shape, start, this.#prefix);
    if (placed === Number.POSITIVE_INFINITY) return 0;
    const agent = state.agentOf(cell);
    const delta = state.releaseCost(cell) + placed + model.costOfShift(agent, next) - state.cellCost[cell]!;
    if (next === old) return this.#keepShift(cell, delta, limit);
    const before = state.agentCost[agent]!;
    if (delta - before > limit) return 0;
    state.chosen[cell] = next;
    const after = state.ruleCost(agent, limit - delta + before);
    state.chosen[cell] = old;
    if (delta + after - before > limit) return 0;
    state.exchange(cell, next, this.#placer.pattern);
    state.agentCost[agent] = after;
    this.accepted++;
    return delta + after - before;
  }

  /** The same shift with other breaks. */
  #keepShift(cell: number, delta: number, limit: number): number {
    const state = this.#state;
    if (delta > limit) return 0;
    state.exchange(cell, state.chosen[cell]!, this.#placer.pattern);
    this.accepted++;
    return delta;
  }

  /** The shift moves to a free day of the same agent. */
  #moveDay(cell: number, limit: number): number {
    const state = this.#state;
    const { model } = state;
    if (state.chosen[cell]! < 0) return 0;
    const agent = state.agentOf(cell);
    const target = agent * model.dayCount + (this.#random.uint32() % model.dayCount);
    if (target === cell || state.chosen[target] !== OFF) return 0;
    const next = this.#pickOption(target);
    if (next === OFF) return 0;
    const old = state.chosen[cell]!;
    const shape = model.shapes[model.shapeOf[next]!]!;
    const start = model.startSlot[next]!;
    // Nights of neighbouring days overlap: the shift that goes is marked while the new one is priced.
    state.markWork(cell, this.#flags, 1);
    this.#priceSlots(cell, start, start + shape.slots);
    state.markWork(cell, this.#flags, 0);
    const placed = this.#placer.place(shape, start, this.#prefix);
    if (placed === Number.POSITIVE_INFINITY) return 0;
    const single =
      model.costOfShift(agent, next) - model.offCost[target]! + model.offCost[cell]! - state.cellCost[cell]!;
    const delta = state.releaseCost(cell) + placed + single;
    const before = state.agentCost[agent]!;
    if (delta - before > limit) return 0;
    state.chosen[cell] = OFF;
    state.chosen[target] = next;
    const after = state.ruleCost(agent, limit - delta + before);
    state.chosen[cell] = old;
    state.chosen[target] = OFF;
    if (delta + after - before > limit) return 0;
    state.clear(cell);
    state.put(target, next, this.#placer.pattern);
    state.agentCost[agent] = after;
    this.accepted++;
    return delta + after - before;
  }

  /** A shift more or a shift less. */
  #changeHours(cell: number, limit: number): number {
    const state = this.#state;
    const { model } = state;
    const agent = state.agentOf(cell);
    const old = state.chosen[cell]!;
    const next = old >= 0 ? OFF : this.#pickOption(cell);
    if (next === old) return 0;
    let delta: number;
    if (old >= 0) {
      delta = state.releaseCost(cell) + model.offCost[cell]! - state.cellCost[cell]!;
    } else {
      const shape = model.shapes[model.shapeOf[next]!]!;
      const start = model.startSlot[next]!;
      this.#priceSlots(cell, start, start + shape.slots);
      delta =
        this.#placer.place(shape, start, this.#prefix) +
        model.costOfShift(agent, next) -
        model.offCost[cell]!;
    }
    const before = state.agentCost[agent]!;
    if (!(delta - before <= limit)) return 0;
    state.chosen[cell] = next;
    const after = state.ruleCost(agent, limit - delta + before);
    state.chosen[cell] = old;
    if (delta + after - before > limit) return 0;
    if (old >= 0) state.clear(cell);
    else state.put(cell, next, this.#placer.pattern);
    state.agentCost[agent] = after;
    this.accepted++;
    return delta + after - before;
  }

  /** Two agents of one group exchange a day, a stretch of days or a whole week. */
  #swap(cell: number, limit: number): number {
    const { model } = this.#state;
    const random = this.#random;
    const partners = this.#exchange.partnersOf(this.#state.agentOf(cell));
    const other = partners[random.uint32() % partners.length]!;
    const [first, days] = this.#stretch(cell % model.dayCount);
    const delta = this.#exchange.attempt(this.#state.agentOf(cell), other, first, days, limit);
    if (delta !== 0) this.accepted++;
    return delta;
  }

  /** Half the time one day; else two to six days from there, or its planning week, which keeps weekly hours. */
  #stretch(day: number): readonly [first: number, days: number] {
    const { dayCount } = this.#state.model;
    const kind = this.#random.uint32() % 4;
    if (kind < 2) return [day, 1];
    if (kind === 2) return [day, Math.min(2 + (this.#random.uint32() % 5), dayCount - day)];
    const monday = day - (day % 7);
    return [monday, Math.min(7, dayCount - monday)];
  }
}
