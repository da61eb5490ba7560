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
  /** True when there was no room for all bands. */
  full = false;
  readonly prices = new GroupPrices();
  readonly boundedFrom: number;
  private kept = 0;
  private dayStart = 0;
  private blocksPerDay = 0;
  private units = 0;
  private days = 0;

  /** @param boundedFrom size of a table, in values, from which partial rosters that cannot become cheap are dropped */
  constructor(boundedFrom = BOUNDED_TABLE_VALUES) {
    this.boundedFrom = boundedFrom;
  }

  /** Makes room for days of so many blocks of so many units, and one day before them. */
  reserve(blocksPerDay: number, units: number, days: number): void {
    this.blocksPerDay = blocksPerDay;
    this.units = units;
    this.days = days;
    const blocks = blocksPerDay * (days + 1);
    if (this.day.length < blocksPerDay * units)
      this.day = new Float64Array(Math.ceil(blocksPerDay * units * 1.2));
    if (this.first.length < blocks) {
      this.first = new Int32Array(blocks * 2);
      this.last = new Int32Array(blocks * 2);
      this.base = new Int32Array(blocks * 2);
    }
  }

  /** Forgets all but the block to start from, with nothing worked and nothing paid. */
  start(block: number): void {
    this.first.fill(-1, 0, this.blocksPerDay * (this.days + 1));
    this.first[block] = this.last[block] = this.base[block] = 0;
    this.values[0] = 0;
    this.kept = 1;
    this.full = false;
  }

  openDay(k: number): void {
    this.dayStart = k * this.blocksPerDay;
  }

  /** Makes the band of a block of the open day reach over these units. */
  open(block: number, low: number, high: number): void {
    const { day, first, last } = this;
    const at = this.dayStart + block;
    const start = block * this.units;
    if (first[at]! < 0) {
      day.fill(Number.POSITIVE_INFINITY, start + low, start + high + 1);
      first[at] = low;
      last[at] = high;
      return;
    }
    if (low < first[at]!) {
      day.fill(Number.POSITIVE_INFINITY, start + low, start + first[at]!);
      first[at] = low;
    }
    if (high > last[at]!) {
      day.fill(Number.POSITIVE_INFINITY, start + last[at]! + 1, start + high + 1);
      last[at] = high;
    }
  }

  /** Puts the bands of the open day behind those of the days before. */
  keepDay(): void {
    const { first, last, base, day, dayStart } = this;
    for (let block = 0; block < this.blocksPerDay; block++) {
      const at = dayStart + block;
      if (first[at]! < 0) continue;
      const size = last[at]! - first[at]! + 1;
      if (!this.grow(this.kept + size)) {
        this.full = true;
        return;
      }
      const { values, kept } = this;
      const from = block * this.units + first[at]!;
      for (let i = 0; i < size; i++) values[kept + i] = day[from + i]!;
      base[at] = kept - first[at]!;
      this.kept += size;
    }
  }

  /** Makes room for this many values; false when there would be too many. */
  private grow(values: number): boolean {
    if (values > MAX_KEPT_VALUES) return false;
    if (values <= this.values.length) return true;
    const larger = new Float64Array(Math.min(MAX_KEPT_VALUES, values * 2));
    larger.set(this.values);
    this.values = larger;
    return true;
  }
}
