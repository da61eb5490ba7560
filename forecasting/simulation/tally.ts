/**
 * What is counted per queue and interval. A call is counted in the interval in which it arrived;
 * `carriedOver`, `queueSeconds` and `busySeconds` belong to the interval in which they happened.
 */
export interface TallyCounts {
  readonly offered: number;
  readonly answered: number;
  /** Answered with a wait of at most the answer threshold. */
  readonly answeredWithin: number;
  readonly abandoned: number;
  /** Hung up with a wait of at most the short-abandon threshold. */
  readonly shortAbandoned: number;
  /** Hung up with a wait of at most the answer threshold. */
  readonly abandonedWithin: number;
  /** Would have been answered within the threshold had the caller never hung up. */
  readonly virtualWithin: number;
  /** Left the queue for a promised callback. */
  readonly calledBack: number;
  /** Neither answered nor gone when the simulation ended. */
  readonly unresolved: number;
  /** Waiting times of answered calls, summed. */
  readonly answeredWaitSeconds: number;
  /** Waiting times of all calls, summed. */
  readonly waitSeconds: number;
  /** Calls of any age waiting at the end of the interval. */
  readonly carriedOver: number;
  /** Time integral of the number waiting. */
  readonly queueSeconds: number;
  /** Time that agents spent on this queue's calls. */
  readonly busySeconds: number;
}

/** Positions within one cell, for hot loops. */
export const OFFERED = 0;
export const ANSWERED = 1;
export const ANSWERED_WITHIN = 2;
export const ABANDONED = 3;
export const SHORT_ABANDONED = 4;
export const ABANDONED_WITHIN = 5;
export const VIRTUAL_WITHIN = 6;
export const CALLED_BACK = 7;
export const UNRESOLVED = 8;
export const ANSWERED_WAIT = 9;
export const WAIT = 10;
export const CARRIED_OVER = 11;
export const QUEUE_SECONDS = 12;
export const BUSY_SECONDS = 13;
export const FIELD_COUNT = 14;

/** Counts of one replication: `cells[((queue × intervals) + interval) × FIELD_COUNT + field]`. */
export interface Tally {
  readonly queues: number;
  readonly intervals: number;
  readonly cells: Float64Array;
}

export function createTally(queues: number, intervals: number): Tally {
  return { queues, intervals, cells: new Float64Array(queues * intervals * FIELD_COUNT) };
}

/** Sums one queue's cells over intervals `from` (included) to `to` (excluded). */
export function sumTally(tally: Tally, queue: number, from: number, to: number): Float64Array {
  const sums = new Float64Array(FIELD_COUNT);
  for (let interval = from; interval < to; interval++) {
    const base = (queue * tally.intervals + interval) * FIELD_COUNT;
    for (let field = 0; field < FIELD_COUNT; field++) sums[field]! += tally.cells[base + field]!;
  }
  return sums;
}

/** Counts by name, from a function of the field's position. */
export function tallyCounts(at: (field: number) => number): TallyCounts {
  return {
    offered: at(OFFERED),
    answered: at(ANSWERED),
    answeredWithin: at(ANSWERED_WITHIN),
    abandoned: at(ABANDONED),
    shortAbandoned: at(SHORT_ABANDONED),
    abandonedWithin: at(ABANDONED_WITHIN),
    virtualWithin: at(VIRTUAL_WITHIN),
    calledBack: at(CALLED_BACK),
    unresolved: at(UNRESOLVED),
    answeredWaitSeconds: at(ANSWERED_WAIT),
    waitSeconds: at(WAIT),
    carriedOver: at(CARRIED_OVER),
    queueSeconds: at(QUEUE_SECONDS),
    busySeconds: at(BUSY_SECONDS),
  };
}
