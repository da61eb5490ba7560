/** From this many entries on, a bucket is sorted by comparison sort instead of by insertion. */
const LARGE_BUCKET = 32;

/**
 * The pending times of up to `capacity` slots, each at most once, taken out in order of time and, at equal times,
 * of slot: a bucket calendar (Brown 1988, "Calendar Queues"). Insertion links a slot into a bucket; a bucket is
 * sorted when its time comes. Both cost a constant time whatever the number of slots, where a heap of a hundred
 * waits seven times for a comparison that the processor cannot predict.
 */
export class TimeBuckets {
  size = 0;
  private readonly times: Float64Array;
  private readonly next: Int32Array;
  /** First slot of each bucket or −1; the last bucket holds all that lies beyond the others. */
  private readonly first: Int32Array;
  private readonly bucketCount: number;
  private readonly bucketsPerSecond: number;
  private base = 0;
  private current = 0;
  /** The current bucket, latest first, so that the earliest is taken from the end. */
  private readonly sortedTimes: Float64Array;
  private readonly sortedSlots: Int32Array;
  private sortedSize = 0;

  /** @param spacingSeconds typical time between two neighbours; it governs speed only. */
  constructor(capacity: number, spacingSeconds: number) {
    const slots = Math.max(1, capacity);
    this.times = new Float64Array(slots);
    this.next = new Int32Array(slots);
    this.sortedTimes = new Float64Array(slots);
    this.sortedSlots = new Int32Array(slots);
    this.bucketCount = 3 * slots + 8;
    this.bucketsPerSecond = 1 / (4 * spacingSeconds);
    this.first = new Int32Array(this.bucketCount + 1).fill(-1);
  }

  /** The earliest pending time; Infinity if none is pending. */
  earliestSeconds(): number {
    if (this.size === 0) return Infinity;
    if (this.sortedSize === 0) this.advance();
    return this.sortedTimes[this.sortedSize - 1]!;
  }

  /** Takes the earliest out; the set must not be empty. */
  takeEarliest(): number {
    if (this.sortedSize === 0) this.advance();
    this.size--;
    return this.sortedSlots[--this.sortedSize]!;
  }

  /** Takes the earliest out and makes its slot pending again; the set must not be empty. */
  replaceEarliest(time: number): void {
    if (this.sortedSize === 0) this.advance();
    this.place(this.sortedSlots[--this.sortedSize]!, time);
  }

  /** The slot must not be pending; `time` must be finite. */
  insert(slot: number, time: number): void {
    this.size++;
    this.place(slot, time);
  }

  private place(slot: number, time: number): void {
    const position = (time - this.base) * this.bucketsPerSecond;
    if (position < this.current + 1) {
      this.sortedSize = this.insertSorted(this.sortedSize, slot, time);
      return;
    }
    const bucket = position < this.bucketCount ? position | 0 : this.bucketCount;
    this.times[slot] = time;
    this.next[slot] = this.first[bucket]!;
    this.first[bucket] = slot;
  }

  /** Takes a pending slot out before its time. */
  remove(slot: number): void {
    this.size--;
    const { sortedSlots, sortedTimes, first, next } = this;
    const sorted = sortedSlots.subarray(0, this.sortedSize).indexOf(slot);
    if (sorted >= 0) {
      sortedSlots.copyWithin(sorted, sorted + 1, this.sortedSize);
      sortedTimes.copyWithin(sorted, sorted + 1, this.sortedSize);
      this.sortedSize--;
      return;
    }
    const bucket = this.bucketOf(this.times[slot]!);
    let before = -1;
    for (let other = first[bucket]!; other !== slot; other = next[other]!) before = other;
    if (before < 0) first[bucket] = next[slot]!;
    else next[before] = next[slot]!;
  }

  private bucketOf(time: number): number {
    const position = (time - this.base) * this.bucketsPerSecond;
    return position < this.bucketCount ? position | 0 : this.bucketCount;
  }

  private insertSorted(size: number, slot: number, time: number): number {
    const { sortedTimes, sortedSlots } = this;
    let i = size;
    while (i > 0) {
      const before = sortedTimes[i - 1]!;
      if (before > time || (before === time && sortedSlots[i - 1]! > slot)) break;
      sortedTimes[i] = before;
      sortedSlots[i] = sortedSlots[i - 1]!;
      i--;
    }
    sortedTimes[i] = time;
    sortedSlots[i] = slot;
    return size + 1;
  }

  /** Moves on to the next bucket that holds anything and sorts it. */
  private advance(): void {
    const { first, next, times, bucketCount } = this;
    let bucket = this.current + 1;
    while (bucket < bucketCount && first[bucket]! < 0) bucket++;
    if (bucket >= bucketCount) {
      this.startAgain();
      bucket = 0;
    }
    this.current = bucket;
    let slot = first[bucket]!;
    first[bucket] = -1;
    let size = 0;
    while (slot >= 0 && size < LARGE_BUCKET) {
      size = this.insertSorted(size, slot, times[slot]!);
      slot = next[slot]!;
    }
    this.sortedSize = slot < 0 ? size : this.sortLarge(size, slot);
  }

  private sortLarge(sorted: number, from: number): number {
    const slots = Array.from(this.sortedSlots.subarray(0, sorted));
    for (let slot = from; slot >= 0; slot = this.next[slot]!) slots.push(slot);
    slots.sort((a, b) => this.times[b]! - this.times[a]! || b - a);
    slots.forEach((slot, i) => {
      this.sortedSlots[i] = slot;
      this.sortedTimes[i] = this.times[slot]!;
    });
    return slots.length;
  }

  /** All buckets are empty: spread what lies beyond them from its earliest time on. */
  private startAgain(): void {
    const { first, next, times, bucketCount } = this;
    let slot = first[bucketCount]!;
    first[bucketCount] = -1;
    let earliest = Infinity;
    for (let s = slot; s >= 0; s = next[s]!) earliest = Math.min(earliest, times[s]!);
    this.base = earliest;
    while (slot >= 0) {
      const following = next[slot]!;
      const bucket = this.bucketOf(times[slot]!);
      next[slot] = first[bucket]!;
      first[bucket] = slot;
      slot = following;
    }
  }
}
