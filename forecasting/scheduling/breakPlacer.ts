import { bestPattern, type ShiftShape } from './shape.ts';

/**
 * Places the breaks of one shift exactly at least cost, given the cost of working in each slot as prefix sums.
 * Dynamic programming over the breaks in order; buffers are kept between calls.
 */
export class BreakPlacer {
  /** The pattern of the last `place`: break starts in slots from the shift's start. */
  readonly pattern: Int16Array;
  readonly #best: Float64Array;
  readonly #from: Int16Array;
  readonly #width: number;
  readonly #slotCount: number;

  constructor(shapes: readonly ShiftShape[], slotCount: number) {
    let breaks = 1;
    let width = 1;
    for (const shape of shapes) {
      breaks = Math.max(breaks, shape.breaks.length);
      for (const b of shape.breaks) width = Math.max(width, b.latest - b.earliest + 1);
    }
    this.pattern = new Int16Array(breaks);
    this.#best = new Float64Array(breaks * width);
    this.#from = new Int16Array(breaks * width);
    this.#width = width;
    this.#slotCount = slotCount;
  }

  /**
   * Least total cost of working the shape from `start` on; Infinity when no pattern is legal.
   * `prefix[t]` is the cost of working slots `0 … t − 1`, `t ≤ slotCount`; slots beyond the horizon cost nothing.
   */
  place(shape: ShiftShape, start: number, prefix: Float64Array): number {
    const last = this.#slotCount;
    const end = start + shape.slots;
    const all = prefix[end < last ? end : last]! - prefix[start]!;
    const n = shape.breaks.length;
    if (n === 0) return shape.slots <= shape.maxStretchSlots ? all : Number.POSITIVE_INFINITY;
    for (let i = 0; i < n; i++) if (!shape.breaks[i]!.counts) return this.#slowly(shape, start, prefix, all);
    this.#forward(shape, start, prefix);
    const saved = this.#trace(shape);
    return saved === Number.NEGATIVE_INFINITY ? Number.POSITIVE_INFINITY : all - saved;
  }

  #forward(shape: ShiftShape, start: number, prefix: Float64Array): void {
    const last = this.#slotCount;
    const best = this.#best;
    const from = this.#from;
    const width = this.#width;
    const loose = shape.slots <= shape.maxStretchSlots;
    for (let i = 0; i < shape.breaks.length; i++) {
      const b = shape.breaks[i]!;
      const row = i * width;
      const count = b.latest - b.earliest + 1;
      const before = i > 0 ? shape.breaks[i - 1]! : b;
      const reach = before.latest - before.earliest + 1;
      const offset = before.earliest + before.slots;
      let pointer = 0;
      let top = Number.NEGATIVE_INFINITY;
      let topAt = -1;
      for (let k = 0; k < count; k++) {
        const at = b.earliest + k;
        let base = at <= shape.maxStretchSlots ? 0 : Number.NEGATIVE_INFINITY;
        if (i > 0) {
          if (!loose) {
            pointer = 0;
            top = Number.NEGATIVE_INFINITY;
            topAt = -1;
          }
          for (; pointer < reach && at - (offset + pointer) >= shape.spacingSlots; pointer++) {
            const value = best[row - width + pointer]!;
            if (value > top && (loose || at - (offset + pointer) <= shape.maxStretchSlots)) {
              top = value;
              topAt = pointer;
            }
          }
          base = top;
        }
        const s = start + at;
        const e = s + b.slots;
        best[row + k] = base + prefix[e < last ? e : last]! - prefix[s < last ? s : last]!;
        from[row + k] = topAt;
      }
    }
  }

  /** Cost saved by the best pattern, which is written to `pattern`; −Infinity if there is none. */
  #trace(shape: ShiftShape): number {
    const n = shape.breaks.length;
    const row = (n - 1) * this.#width;
    const b = shape.breaks[n - 1]!;
    let saved = Number.NEGATIVE_INFINITY;
    let k = -1;
    for (let j = 0; j <= b.latest - b.earliest; j++) {
      const tail = shape.slots - (b.earliest + j + b.slots);
      if (tail < 0 || tail > shape.maxStretchSlots || this.#best[row + j]! <= saved) continue;
      saved = this.#best[row + j]!;
      k = j;
    }
    for (let i = n - 1; i >= 0 && k >= 0; i--) {
      this.pattern[i] = shape.breaks[i]!.earliest + k;
      k = this.#from[i * this.#width + k]!;
    }
    return saved;
  }

  #slowly(shape: ShiftShape, start: number, prefix: Float64Array, all: number): number {
    const at = (slot: number): number => prefix[Math.min(slot, this.#slotCount)]!;
    const value = (i: number, offset: number): number =>
      at(start + offset + shape.breaks[i]!.slots) - at(start + offset);
    const found = bestPattern(shape, value);
    if (!found) return Number.POSITIVE_INFINITY;
    this.pattern.set(found);
    return found.reduce((cost, offset, i) => cost - value(i, offset), all);
  }
}
