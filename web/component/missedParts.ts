import type { AttainmentRow } from '../../api/contract/review.ts';
import { t } from '../locale/i18n.ts';

export const GOAL_PARTS = ['serviceLevel', 'asa', 'abandonment'] as const;
export type GoalPart = (typeof GOAL_PARTS)[number];

/** The parts of its goal that a row missed: a service level above its target does not make up for callers who hung up. */
export function missedParts({ actual, goal }: AttainmentRow): readonly GoalPart[] {
  const above = (value: number | null, limit: number | undefined) =>
    value !== null && limit !== undefined && value > limit;
  const missed = {
    serviceLevel:
      goal?.serviceLevel !== undefined &&
      actual.serviceLevel !== null &&
      actual.serviceLevel < goal.serviceLevel.target,
    asa: above(actual.asaSeconds, goal?.asaSeconds),
    abandonment: above(actual.abandonmentRate, goal?.maxAbandonment),
  };
  return GOAL_PARTS.filter(part => missed[part]);
}

/** Kept, or missed by what; `null` where nothing could be judged. */
export function verdictOf(row: AttainmentRow): string | null {
  if (row.goalMet === null) return null;
  if (row.queuesMeasured > 1) return t('review.metOf', { kept: row.queuesInGoal, all: row.queuesMeasured });
  if (row.goalMet) return t('review.met');
  const parts = missedParts(row).map(part => t(`glossary.${part}.name`));
  return parts.length === 0 ? t('review.missed') : t('review.missedBy', { parts: parts.join(', ') });
}
