import type { Queue } from '../../api/contract/centre.ts';
import { type StaffingTerms, totalShrinkage } from './requirement.ts';

/** Mean patience assumed while a queue has neither a fixed nor an estimated one. */
const ASSUMED_PATIENCE_SECONDS = 120;

/** A queue's stored terms in the form of the staffing maths. */
export function termsOf(queue: Queue, estimatedPatienceSeconds: number | null): StaffingTerms {
  return {
    goal: queue.goal,
    patienceSeconds: queue.patienceSeconds ?? estimatedPatienceSeconds ?? ASSUMED_PATIENCE_SECONDS,
    shortAbandonSeconds: queue.shortAbandonSeconds,
    shrinkage: totalShrinkage(queue.shrinkage),
  };
}

/** Whether contacts of a channel wait for their turn instead of in a line. */
export function isDeferred(channel: Queue['channel']): boolean {
  return channel === 'message' || channel === 'callback' || channel === 'followUp';
}

/** What kind of work a queue is, in the form of the staffing maths. */
export function workOf({ channel, concurrency }: Queue): {
  readonly isDeferred?: boolean;
  readonly concurrency?: number;
} {
  if (isDeferred(channel)) return { isDeferred: true };
  return concurrency > 1 ? { concurrency } : {};
}
