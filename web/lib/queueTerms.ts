import { isDeferred, type Queue } from '../../api/contract/centre.ts';
import { ASSUMED_PATIENCE_SECONDS, type Goals, promiseOf, USUAL_FILL } from '../../forecasting/index.ts';
import { t } from '../locale/i18n.ts';
import { formatDuration, formatPercent } from './format.ts';
import { type StaffingTerms, totalShrinkage } from './requirement.ts';

/** A queue's stored terms in the form of the staffing maths. */
export function termsOf(queue: Queue, estimatedPatienceSeconds: number | null): StaffingTerms {
  return {
    ...workOf(queue),
    goal: queue.goal,
    patienceSeconds: queue.patienceSeconds ?? estimatedPatienceSeconds ?? ASSUMED_PATIENCE_SECONDS,
    shortAbandonSeconds: queue.shortAbandonSeconds,
    shrinkage: totalShrinkage(queue.shrinkage),
  };
}

/** What kind of work a queue is, in the form of the staffing maths. */
export function workOf({ channel, concurrency }: Queue): {
  readonly isDeferred?: boolean;
  readonly concurrency?: number;
} {
  if (isDeferred(channel)) return { isDeferred: true };
  return concurrency > 1 ? { concurrency } : {};
}

/** Deferred work promised within a time; the rest of the goal stays. */
export function withPromise(goal: Queue['goal'], answerWithinSeconds: number): Queue['goal'] {
  const usual = { target: 0.8, definition: 'offered' } as const;
  return { ...goal, serviceLevel: { ...usual, ...goal.serviceLevel, answerWithinSeconds } };
}

/** Which model stands behind a queue's figures, in words. */
export function methodWords(
  channel: Queue['channel'],
  terms: {
    readonly isDeferred?: boolean;
    readonly concurrency?: number;
    readonly patienceSeconds: number | null;
    readonly goal: Goals;
  },
): string {
  const { isDeferred: waitsForTurn, concurrency = 1, patienceSeconds, goal } = terms;
  if (waitsForTurn) {
    return t('whatIf.method.deferred', {
      what: t(`queues.channel.${channel}`),
      promise: formatDuration(promiseOf(goal)),
      fill: formatPercent(goal.maxOccupancy ?? USUAL_FILL),
    });
  }
  const line =
    patienceSeconds === null
      ? t('whatIf.method.erlangC')
      : t('whatIf.method.erlangA', { patience: formatDuration(patienceSeconds) });
  return concurrency > 1 ? t('whatIf.method.chat', { count: concurrency, line }) : line;
}
