import type { ServiceThreshold } from '../staffing/load.ts';
import {
  ABANDONED,
  ABANDONED_WITHIN,
  ANSWERED,
  ANSWERED_WAIT,
  ANSWERED_WITHIN,
  BUSY_SECONDS,
  CALLED_BACK,
  CARRIED_OVER,
  createTally,
  FIELD_COUNT,
  OFFERED,
  QUEUE_SECONDS,
  SHORT_ABANDONED,
  type Tally,
  UNRESOLVED,
  VIRTUAL_WITHIN,
  WAIT,
} from './tally.ts';

/** Writes what calls do into a tally. Times are seconds from the start of the first interval. */
export class CallCounter {
  readonly tally: Tally;
  private readonly cells: Float64Array;
  private readonly intervals: number;
  private readonly stepSeconds: number;
  private readonly intervalsPerSecond: number;
  private readonly thresholds: Float64Array;
  private readonly shortThresholds: Float64Array;

  constructor(queues: readonly ServiceThreshold[], intervals: number, stepSeconds: number) {
    this.tally = createTally(queues.length, intervals);
    this.cells = this.tally.cells;
    this.intervals = intervals;
    this.stepSeconds = stepSeconds;
    this.intervalsPerSecond = 1 / stepSeconds;
    this.thresholds = Float64Array.from(queues, queue => queue.answerWithinSeconds);
    this.shortThresholds = Float64Array.from(
      queues,
      queue => queue.shortAbandonSeconds ?? queue.answerWithinSeconds,
    );
  }

  offered(queue: number, interval: number): void {
    this.cells[this.base(queue, interval) + OFFERED]! += 1;
  }

  /** Offered and answered with no wait. */
  answeredAtOnce(queue: number, interval: number): void {
    const { cells } = this;
    const base = this.base(queue, interval);
    cells[base + OFFERED]! += 1;
    cells[base + ANSWERED]! += 1;
    cells[base + ANSWERED_WITHIN]! += 1;
    cells[base + VIRTUAL_WITHIN]! += 1;
  }

  answered(queue: number, interval: number, arrival: number, wait: number): void {
    const { cells } = this;
    const base = this.base(queue, interval);
    cells[base + ANSWERED]! += 1;
    if (wait <= this.thresholds[queue]!) {
      cells[base + ANSWERED_WITHIN]! += 1;
      cells[base + VIRTUAL_WITHIN]! += 1;
    }
    if (wait > 0) {
      cells[base + ANSWERED_WAIT]! += wait;
      this.waited(queue, interval, arrival, wait);
    }
  }

  abandoned(queue: number, interval: number, arrival: number, wait: number): void {
    const { cells } = this;
    const base = this.base(queue, interval);
    cells[base + ABANDONED]! += 1;
    if (wait <= this.shortThresholds[queue]!) cells[base + SHORT_ABANDONED]! += 1;
    if (wait <= this.thresholds[queue]!) cells[base + ABANDONED_WITHIN]! += 1;
    this.waited(queue, interval, arrival, wait);
  }

  /** The wait that a caller who left would have had. */
  virtual(queue: number, interval: number, virtualWait: number): void {
    if (virtualWait <= this.thresholds[queue]!) this.cells[this.base(queue, interval) + VIRTUAL_WITHIN]! += 1;
  }

  calledBack(queue: number, interval: number, arrival: number, wait: number): void {
    this.cells[this.base(queue, interval) + CALLED_BACK]! += 1;
    this.waited(queue, interval, arrival, wait);
  }

  /** A call that is never answered and never hangs up, or a promise given up at `until`. */
  unresolved(queue: number, interval: number, arrival: number, until: number): void {
    this.cells[this.base(queue, interval) + UNRESOLVED]! += 1;
    this.queueing(queue, interval, arrival, until);
  }

  /** @param share of the agent's attention, below 1 with several chats in hand */
  busy(queue: number, from: number, to: number, share: number): void {
    this.spread(queue, (from * this.intervalsPerSecond) | 0, from, to, BUSY_SECONDS, share);
  }

  private base(queue: number, interval: number): number {
    return (queue * this.intervals + interval) * FIELD_COUNT;
  }

  private waited(queue: number, interval: number, arrival: number, wait: number): void {
    this.cells[this.base(queue, interval) + WAIT]! += wait;
    this.queueing(queue, interval, arrival, arrival + wait);
  }

  /** Time in queue and, at the end of each interval passed, one more call carried over. */
  private queueing(queue: number, interval: number, from: number, to: number): void {
    const { stepSeconds, intervals, cells } = this;
    if (to < (interval + 1) * stepSeconds) {
      cells[this.base(queue, interval) + QUEUE_SECONDS]! += to - from;
      return;
    }
    for (let k = interval; k < intervals && (k + 1) * stepSeconds <= to; k++) {
      cells[this.base(queue, k) + CARRIED_OVER]! += 1;
    }
    this.spread(queue, interval, from, to, QUEUE_SECONDS, 1);
  }

  /** Adds a stretch of time to a field of each interval that it overlaps; beyond the last interval it is dropped. */
  private spread(
    queue: number,
    firstInterval: number,
    from: number,
    to: number,
    field: number,
    weight: number,
  ): void {
    const { stepSeconds, intervals, cells } = this;
    let begin = from;
    for (let k = firstInterval; k < intervals; k++) {
      const end = (k + 1) * stepSeconds;
      if (to <= end) {
        cells[this.base(queue, k) + field]! += weight * (to - begin);
        return;
      }
      if (end > begin) {
        cells[this.base(queue, k) + field]! += weight * (end - begin);
        begin = end;
      }
    }
  }
}
