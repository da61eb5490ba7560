import { isDeferred, type Queue } from '../../../api/contract/centre.ts';
import type { ForecastSeries } from '../../../api/contract/forecast.ts';
import { ASSUMED_PATIENCE_SECONDS, type Goals, openMask } from '../../../forecasting/index.ts';
import { workOf } from '../../lib/queueTerms.ts';
import { type StaffingTerms, totalShrinkage } from '../../lib/requirement.ts';

/** Patience as estimated from a queue's own abandonment. */
export type PatienceEstimate =
  | {
      readonly kind: 'estimated';
      readonly patienceSeconds: number;
      readonly lowerSeconds: number;
      readonly upperSeconds: number;
      readonly abandoned: number;
      readonly method: string;
    }
  | {
      readonly kind: 'insufficient';
      readonly abandoned: number;
      readonly needed: number;
      readonly reason: string;
    };

/** What a person can move on the page. Patience is estimated, fixed, or endless. */
export interface EditableTerms {
  readonly goal: Queue['goal'];
  /** Goals for parts of the week; the first that contains an interval decides. */
  readonly goalPeriods: Queue['goalPeriods'];
  readonly patience: { readonly mode: 'estimate' | 'fixed' | 'endless'; readonly seconds: number };
  readonly shrinkage: Queue['shrinkage'];
}

/** Shown as an example while a queue has no goals of its own. */
export const EXAMPLE_GOAL: EditableTerms['goal'] = {
  serviceLevel: { target: 0.8, answerWithinSeconds: 30, definition: 'offered' },
  maxAbandonment: 0.05,
};

/** Whether a queue's requirement can be computed: deferred work that promises nothing is done within a day. */
export function hasGoal({ channel, goal }: Pick<Queue, 'channel' | 'goal'>): boolean {
  return isDeferred(channel) || Object.keys(goal).length > 0;
}

export function termsOfQueue(queue: Queue, estimate: PatienceEstimate | null): EditableTerms {
  const estimated = estimate?.kind === 'estimated' ? estimate.patienceSeconds : ASSUMED_PATIENCE_SECONDS;
  return {
    goal: queue.goal,
    goalPeriods: queue.goalPeriods,
    patience:
      queue.patienceSeconds === null
        ? { mode: 'estimate', seconds: estimated }
        : { mode: 'fixed', seconds: queue.patienceSeconds },
    shrinkage: queue.shrinkage,
  };
}

/** The terms in the form of the maths. */
export function staffingTerms(
  terms: EditableTerms,
  queue: Queue,
  estimate: PatienceEstimate | null,
): StaffingTerms {
  const estimated = estimate?.kind === 'estimated' ? estimate.patienceSeconds : ASSUMED_PATIENCE_SECONDS;
  const { mode, seconds } = terms.patience;
  return {
    ...workOf(queue),
    goal: terms.goal,
    patienceSeconds: mode === 'endless' ? null : mode === 'fixed' ? seconds : estimated,
    shortAbandonSeconds: queue.shortAbandonSeconds,
    shrinkage: totalShrinkage(terms.shrinkage),
  };
}

/** The goal of each interval of some columns: the first period that contains it, else the queue's own. */
export function goalsByInterval(
  terms: Pick<EditableTerms, 'goal' | 'goalPeriods'>,
  columns: ForecastSeries,
): (interval: number) => Goals {
  const { start, stepSeconds, timeZone } = columns;
  const grid = { start, stepSeconds, timeZone, count: columns.offered.length };
  const periods = terms.goalPeriods.map(({ weekly, goal }) => ({ goal, mask: openMask(grid, { weekly }) }));
  return interval => periods.find(({ mask }) => mask[interval] === 1)?.goal ?? terms.goal;
}
