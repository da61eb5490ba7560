import { createRandom } from '../calendar/random.ts';
import { type CallOutcome, runQuickPath, type SingleQueueModel } from './quickPath.ts';

/** Calls as an ACD logs them, as columns in order of arrival. */
export interface CallLog {
  /** Seconds from the start of the first interval. */
  readonly arrivalSeconds: readonly number[];
  /** Time in queue until the answer or the hang-up; Infinity for an unresolved call. */
  readonly waitSeconds: readonly number[];
  /** Handle time; 0 for a call that was not answered. */
  readonly serviceSeconds: readonly number[];
  /** `unresolved`: endlessly patient, and no agent ever came. */
  readonly outcome: readonly CallOutcome[];
}

/** A log needs no service-level threshold. */
export type CallLogModel = Omit<SingleQueueModel, 'answerWithinSeconds' | 'shortAbandonSeconds'>;

/**
 * Simulates a call log of one queue. Same model and seed: same log. Calls waiting at the end are followed until
 * they leave, so nothing is cut off but by an answer or a hang-up.
 *
 * @throws RangeError naming the field that is out of range
 */
export function simulateCallLog(model: CallLogModel, seed: number | string): CallLog {
  const arrivalSeconds: number[] = [];
  const waitSeconds: number[] = [];
  const serviceSeconds: number[] = [];
  const outcome: CallOutcome[] = [];
  runQuickPath({ ...model, answerWithinSeconds: 0 }, createRandom(seed), (arrival, wait, service, result) => {
    arrivalSeconds.push(arrival);
    waitSeconds.push(wait);
    serviceSeconds.push(result === 'answered' ? service : 0);
    outcome.push(result);
  });
  return { arrivalSeconds, waitSeconds, serviceSeconds, outcome };
}
