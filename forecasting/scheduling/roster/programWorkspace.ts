import { GroupPrices } from './programStates.ts';

/** Largest number of values kept for the way back (8 bytes each). */
const MAX_KEPT_VALUES = 8_000_000;
/** Tables with fewer values are quicker to fill than to bound. */
const BOUNDED_TABLE_VALUES = 300_000;

/** Room for the tables of the dynamic programme, shared by all agents of one solver. */
export class ProgramWorkspace {
  /** Bands of all days, one after the other. */
  values = new Float64Array(1 << 16);
  /** Blocks of the day being filled, each as long as there are units. */
  day = new Float64Array(1 << 12);
  /** First unit known in a block, -1 when the block is empty, and the last. */
  first = new Int32Array(1 << 12);
  last = new Int32Array(1 << 12);
  /** Where in `values` the block's unit 0 is, or would be. */
  base = new Int32Array(1 << 12);
  readonly prices = new GroupPrices();
  readonly boundedFrom: number;

  /** @param boundedFrom size of a table, in values, from which partial rosters that cannot become cheap are dropped */
  constructor(boundedFrom = BOUNDED_TABLE_VALUES) {
    this.boundedFrom = boundedFrom;
  }

  reserve(dayValues: number, blocks: number): void {
    if (this.day.length < dayValues) this.day = new Float64Array(Math.ceil(dayValues * 1.2));
    if (this.first.length < blocks) {
      this.first = new Int32Array(blocks * 2);
      this.last = new Int32Array(blocks * 2);
      this.base = new Int32Array(blocks * 2);
    }
  }

  /** Makes room for this many values; false when there would be too many. */
  grow(values: number): boolean {
    if (values > MAX_KEPT_VALUES) return false;
    if (values <= this.values.length) return true;
    const larger = new Float64Array(Math.min(MAX_KEPT_VALUES, values * 2));
    larger.set(this.values);
    this.values = larger;
    return true;
  }
}
