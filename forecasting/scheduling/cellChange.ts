import { BreakPlacer } from './breakPlacer.ts';
import { FIXED, OFF } from './searchModel.ts';
import type { SearchState } from './searchState.ts';

/** A change of one agent's day, with its exact effect on the objective. */
export interface CellChange {
  readonly cell: number;
  /** The shift afterwards; `OFF` = a free day. */
  readonly candidate: number;
  readonly pattern: Int16Array;
  /** Change of the whole objective; negative = better. */
  readonly delta: number;
  /** Of that, queues and minimum covers. */
  readonly coverDelta: number;
}

/** Which candidates to look at. */
export type CandidateFilter = (candidate: number) => boolean;

/**
 * Prices changes of single days of single agents, with the best breaks for each shift.
 * One instance per state; the state is left as it was.
 */
export class CellChanges {
  readonly #state: SearchState;
  readonly #placer: BreakPlacer;
  readonly #flags: Uint8Array;
  readonly #prefix: Float64Array;

  constructor(state: SearchState) {
    const { shapes, site } = state.model;
    this.#state = state;
    this.#placer = new BreakPlacer(shapes, site.cover.slotCount);
    this.#flags = new Uint8Array(site.cover.slotCount);
    this.#prefix = new Float64Array(site.cover.slotCount + 1);
  }

  /** The best other shift (or free day, if `mayFree`) for a cell; null when there is none or the cell is fixed. */
  best(cell: number, mayFree: boolean, filter: CandidateFilter = () => true): CellChange | null {
    const state = this.#state;
    const { model } = state;
    const current = state.chosen[cell]!;
    if (current === FIXED) return null;
    this.#price(cell);
    const released = current >= 0 ? state.releaseCost(cell) : 0;
    let best: CellChange | null = null;
    if (current >= 0 && mayFree) best = this.#withRules(cell, OFF, released, new Int16Array(0), null);
    for (const candidate of model.options[cell]!) {
      if (candidate === current || !filter(candidate)) continue;
      const shape = model.shapes[model.shapeOf[candidate]!]!;
      const placed = this.#placer.place(shape, model.startSlot[candidate]!, this.#prefix);
      if (placed === Number.POSITIVE_INFINITY) continue;
      const found = this.#withRules(cell, candidate, released + placed, null, best);
      if (found) best = found;
    }
    return best;
  }

  /** Makes a change and keeps the state's costs in step. */
  apply(change: CellChange): void {
    const state = this.#state;
    if (state.chosen[change.cell]! >= 0) state.clear(change.cell);
    if (change.candidate !== OFF) state.put(change.cell, change.candidate, change.pattern);
    const agent = state.agentOf(change.cell);
    state.agentCost[agent] = state.ruleCost(agent, Number.POSITIVE_INFINITY);
  }

  /** Gives the cell's shift its best breaks against everybody else; never makes it worse. */
  placeBreaks(cell: number): void {
    const state = this.#state;
    const { model } = state;
    const candidate = state.chosen[cell]!;
    if (candidate < 0) return;
    this.#price(cell);
    const released = state.releaseCost(cell);
    const shape = model.shapes[model.shapeOf[candidate]!]!;
    const placed = this.#placer.place(shape, model.startSlot[candidate]!, this.#prefix);
    if (released + placed > -1e-9) return;
    state.clear(cell);
    state.put(cell, candidate, this.#placer.pattern);
  }

  /** Prefix sums of the cost of working each slot, the cell's own shift being away. */
  #price(cell: number): void {
    const state = this.#state;
    const { slotCount } = state.model.site.cover;
    const row = state.groupOf(cell) * slotCount;
    state.markWork(cell, this.#flags, 1);
    let sum = 0;
    for (let t = 0; t < slotCount; t++) {
      const worked = this.#flags[t] === 1;
      sum += worked ? -state.cover.gainOfOneLess[row + t]! : state.cover.gainOfOneMore[row + t]!;
      this.#prefix[t + 1] = sum;
    }
    state.markWork(cell, this.#flags, 0);
  }

  /** Adds wages, wishes and rules; null if the change cannot be better than `best`. */
  #withRules(
    cell: number,
    candidate: number,
    coverDelta: number,
    pattern: Int16Array | null,
    best: CellChange | null,
  ): CellChange | null {
    const state = this.#state;
    const { model } = state;
    const agent = state.agentOf(cell);
    const single = candidate === OFF ? model.offCost[cell]! : model.costOfShift(agent, candidate);
    const before = state.agentCost[agent]! + state.cellCost[cell]!;
    const limit = best ? best.delta : Number.POSITIVE_INFINITY;
    if (coverDelta + single - before >= limit) return null;
    const current = state.chosen[cell]!;
    state.chosen[cell] = candidate;
    const rules = state.ruleCost(agent, limit - coverDelta - single + before);
    state.chosen[cell] = current;
    const delta = coverDelta + single + rules - before;
    if (delta >= limit) return null;
    const breaks = candidate === OFF ? 0 : model.shapes[model.shapeOf[candidate]!]!.breaks.length;
    return { cell, candidate, pattern: pattern ?? this.#placer.pattern.slice(0, breaks), delta, coverDelta };
  }
}
