import type { Filler } from './law.ts';

/** Calls drawn at once; the k-th call of a queue is the k-th of each of its streams. */
export const BLOCK = 512;

/**
 * Arrival times of one queue on piecewise constant rates, in blocks.
 *
 * Unit exponentials are mapped through the cumulative rate, so the k-th call moves smoothly when the forecast
 * changes: two scenarios with the same seed see the same callers at nearly the same times.
 */
export class ArrivalProcess {
  /** Seconds from the start of the first interval, of the block drawn last; Infinity once no call is left. */
  readonly times = new Float64Array(BLOCK);
  /** The interval in which each of them falls. */
  readonly intervals = new Int32Array(BLOCK);
  private readonly gaps = new Float64Array(BLOCK);
  private readonly calls: Float64Array;
  private readonly stepSeconds: number;
  private readonly fillGaps: Filler;
  private readonly exact: boolean;
  private interval = 0;
  /** Expected calls of the interval used up (rates), or share of the interval elapsed (exact counts). */
  private position = 0;
  private remaining: number;

  /**
   * @param calls per interval: the mean of a Poisson count, or with `exact` the count itself, whole numbers,
   *   placed uniformly at random within the interval.
   * @param fillGaps fills an array with unit exponentials
   */
  constructor(calls: ArrayLike<number>, stepSeconds: number, fillGaps: Filler, exact: boolean) {
    this.calls = Float64Array.from(calls);
    this.stepSeconds = stepSeconds;
    this.fillGaps = fillGaps;
    this.exact = exact;
    this.remaining = this.calls[0] ?? 0;
  }

  /** Draws the next block; returns how many calls it holds (fewer than BLOCK only at the end). */
  fill(): number {
    this.fillGaps(this.gaps);
    const count = this.exact ? this.fillByCount() : this.fillByRate();
    this.times.fill(Infinity, count);
    return count;
  }

  private fillByRate(): number {
    const { calls, times, intervals, gaps, stepSeconds } = this;
    let { position, interval } = this;
    let mean = calls[interval] ?? 0;
    let count = 0;
    while (count < BLOCK) {
      position += gaps[count]!;
      while (position >= mean) {
        position -= mean;
        if (++interval >= calls.length) {
          this.interval = interval;
          this.position = Infinity;
          return count;
        }
        mean = calls[interval]!;
      }
      intervals[count] = interval;
      times[count++] = (interval + position / mean) * stepSeconds;
    }
    this.interval = interval;
    this.position = position;
    return count;
  }

  /** Order statistics of uniforms, one by one: with m left, the next gap is 1 − U^(1/m) of what remains. */
  private fillByCount(): number {
    const { calls, times, intervals, gaps, stepSeconds } = this;
    for (let count = 0; count < BLOCK; count++) {
      while (this.remaining < 1) {
        if (++this.interval >= calls.length) return count;
        this.remaining = calls[this.interval]!;
        this.position = 0;
      }
      this.position += (1 - this.position) * -Math.expm1(-gaps[count]! / this.remaining);
      this.remaining--;
      intervals[count] = this.interval;
      times[count] = (this.interval + Math.min(this.position, 1 - 2 ** -52)) * stepSeconds;
    }
    return BLOCK;
  }
}
