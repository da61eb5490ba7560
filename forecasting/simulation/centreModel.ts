import type { ChatLoad, ServiceThreshold } from '../staffing/load.ts';
import type { Patience } from '../staffing/patience.ts';
import type { ServiceLaw } from './law.ts';

/**
 * A caller still waiting after `afterSeconds` is offered to be called back. The promise joins a deferred queue with
 * the handle time the call would have had.
 */
export interface CallbackOffer {
  readonly afterSeconds: number;
  readonly acceptProbability: number;
  /** Id of the deferred queue that takes the promises. */
  readonly queue: string;
  /** Chance that an attempt reaches the person. Absent: 1. */
  readonly contactProbability?: number;
  /** Agent time of an attempt that reaches nobody. Absent: 60. */
  readonly failedAttemptSeconds?: number;
  /** Time until the next attempt. Absent: 1,800. */
  readonly retryAfterSeconds?: number;
  /** After so many attempts the promise counts as unresolved. Absent: 3. */
  readonly maxAttempts?: number;
}

/** Work without a caller on the line: messages, outbound calls, promised callbacks. */
export interface DeferredRule {
  /** An agent takes such work only if this many others, able to take the same calls, stay idle. Absent: 0. */
  readonly reserveAgents?: number;
}

/**
 * One queue of the centre. Calls come at `calls` per interval, or replication r takes path r modulo their number.
 * `answerWithinSeconds` of deferred work is its deadline: from its arrival to the moment an agent takes it up.
 */
export interface CentreQueue extends ServiceThreshold {
  readonly id: string;
  /** Lower goes first. Absent: 1. */
  readonly priority?: number;
  /** Per interval: the mean of a Poisson count, or with `exactCounts` the count itself. */
  readonly calls: readonly number[];
  /** The forecast's paths, each with one entry per interval, read as `calls` is. */
  readonly paths?: readonly (readonly number[])[];
  readonly exactCounts?: boolean;
  /** Coefficient of variation of one gamma factor per replication on all rates (not with `exactCounts`). */
  readonly rateCv?: number;
  /** One for all intervals, or per interval of arrival. Chat takes its handle times from `chat` instead. */
  readonly ahtSeconds: number | readonly number[];
  /** Absent: exponential. */
  readonly service?: ServiceLaw;
  /** Absent: endlessly patient. */
  readonly patience?: Patience;
  readonly callback?: CallbackOffer;
  /** Present: an agent holds several of these at once. */
  readonly chat?: ChatLoad;
  /** Present: no caller waits on the line. */
  readonly deferred?: DeferredRule;
}

export interface QueueSkill {
  /** Id of the queue. */
  readonly queue: string;
  /** Lower is called on first. Absent: 1. */
  readonly level?: number;
  /** This agent's handle time relative to the AHT. Absent: 1. */
  readonly handleFactor?: number;
}

export interface DutyBreak {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** A stretch at work, in seconds from the start of the first interval; breaks and lunches lie within it. */
export interface DutyStretch {
  readonly startSeconds: number;
  /** Infinity: stays on. */
  readonly endSeconds: number;
  readonly breaks?: readonly DutyBreak[];
}

export interface CentreAgent {
  readonly skills: readonly QueueSkill[];
  readonly duty: readonly DutyStretch[];
}

/** What agents do when a break or the end of the shift finds them on a call. They always finish the call. */
export interface DutyRules {
  /** No new call in the last seconds before the end of a stretch. Absent: 0. */
  readonly noNewCallsSeconds?: number;
  /** A break begun late ends as planned, or keeps its length. Absent: 'keepEnd'. */
  readonly lateBreak?: 'keepEnd' | 'keepLength';
}

export interface CentreModel {
  readonly stepSeconds: number;
  readonly queues: readonly CentreQueue[];
  readonly agents: readonly CentreAgent[];
  readonly rules?: DutyRules;
}
