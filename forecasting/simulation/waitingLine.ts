/**
 * Calls of one queue in order of arrival: a ring of columns. A caller who has hung up keeps the place until the
 * place comes up, when it tells how long that caller would have had to wait.
 */
export class WaitingLine {
  arrivals = new Float64Array(64);
  /** How long each caller is ready to wait. */
  limits = new Float64Array(64);
  /** Handle time in seconds, of chat in units of its mean. */
  works = new Float64Array(64);
  /** Interval of arrival. */
  intervals = new Int32Array(64);
  /** Of a promised callback: the queue whose caller it was promised to; −1 for any other call. */
  origins = new Int16Array(64);
  /** Attempts made so far at a promised callback. */
  attempts = new Int16Array(64);
  /** 1: the caller took the offer of a callback. */
  left = new Uint8Array(64);
  /** Places are numbered for ever: `head` is the first still held, `tail` the next to give. */
  head = 0;
  tail = 0;
  private mask = 63;

  /** Column index of a place. */
  slot(place: number): number {
    return place & this.mask;
  }

  /** Returns the place given. */
  push(arrival: number, limit: number, work: number, interval: number, origin = -1, attempts = 0): number {
    if (this.tail - this.head > this.mask) this.grow();
    const slot = this.tail & this.mask;
    this.arrivals[slot] = arrival;
    this.limits[slot] = limit;
    this.works[slot] = work;
    this.intervals[slot] = interval;
    this.origins[slot] = origin;
    this.attempts[slot] = attempts;
    this.left[slot] = 0;
    return this.tail++;
  }

  /** Whether the caller at a place has hung up or left for a callback. Ready to wait exactly so long: still there. */
  isGone(place: number, now: number): boolean {
    const slot = place & this.mask;
    return this.left[slot] === 1 || this.limits[slot]! < now - this.arrivals[slot]!;
  }

  private grow(): void {
    const size = 2 * (this.mask + 1);
    const order = Array.from({ length: this.tail - this.head }, (_, i) => (this.head + i) & this.mask);
    const fill = <T extends Float64Array | Int32Array | Int16Array | Uint8Array>(from: T, to: T): T => {
      order.forEach((slot, i) => {
        to[(this.head + i) & (size - 1)] = from[slot]!;
      });
      return to;
    };
    this.arrivals = fill(this.arrivals, new Float64Array(size));
    this.limits = fill(this.limits, new Float64Array(size));
    this.works = fill(this.works, new Float64Array(size));
    this.intervals = fill(this.intervals, new Int32Array(size));
    this.origins = fill(this.origins, new Int16Array(size));
    this.attempts = fill(this.attempts, new Int16Array(size));
    this.left = fill(this.left, new Uint8Array(size));
    this.mask = size - 1;
  }
}
