import type { AttainmentRow } from '../../../api/contract/review.ts';
import { Stat, Stats } from '../../component/Stat.tsx';
import { Term } from '../../component/Term.tsx';
import { formatDuration, formatNumber, formatPercent, formatPoints } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import classes from './ReviewTiles.module.css';

interface ReviewTilesProps {
  readonly row: AttainmentRow;
  readonly definition: 'offered' | 'excludeShortAbandons' | 'answered' | 'waitOnly' | 'virtual';
}

/** The week in six figures, each beside its plan or goal. */
export function ReviewTiles({ row, definition }: ReviewTilesProps) {
  const { actual, plan, goal } = row;
  const target = goal?.serviceLevel?.target;
  const tone = (good: boolean | null) => (good === null ? 'plain' : good ? 'good' : 'under');
  const within = (value: number | null, limit: number | undefined) =>
    value === null || limit === undefined ? null : value <= limit;
  return (
    <>
      <Stats>
        <Stat
          label={<Term id="serviceLevel">{t('review.tiles.serviceLevel')}</Term>}
          value={formatPercent(actual.serviceLevel, 1)}
          tone={tone(
            actual.serviceLevel === null || target === undefined ? null : actual.serviceLevel >= target,
          )}
          note={[
            target === undefined ? null : t('review.tiles.goal', { value: formatPercent(target) }),
            plan.serviceLevel === null
              ? null
              : t('review.tiles.plan', { value: formatPercent(plan.serviceLevel, 1) }),
          ]
            .filter(words => words !== null)
            .join(' · ')}
        />
        <Stat
          label={<Term id="asa">{t('review.tiles.asa')}</Term>}
          value={formatDuration(actual.asaSeconds)}
          tone={tone(within(actual.asaSeconds, goal?.asaSeconds))}
          note={
            goal?.asaSeconds === undefined
              ? null
              : t('review.tiles.goal', { value: `≤ ${goal.asaSeconds} s` })
          }
        />
        <Stat
          label={<Term id="abandonment">{t('review.tiles.abandonment')}</Term>}
          value={formatPercent(actual.abandonmentRate, 1)}
          tone={tone(within(actual.abandonmentRate, goal?.maxAbandonment))}
          note={
            goal?.maxAbandonment === undefined
              ? null
              : t('review.tiles.goal', { value: `≤ ${formatPercent(goal.maxAbandonment)}` })
          }
        />
        <Stat
          label={t('review.tiles.offered')}
          value={formatNumber(actual.offered)}
          note={plan.offered === null ? null : t('review.tiles.plan', { value: formatNumber(plan.offered) })}
        />
        <Stat
          label={<Term id="wape">{t('review.tiles.wape')}</Term>}
          value={formatPercent(row.forecastWape, 1)}
          note={
            row.forecastBias === null ? null : `${t('glossary.bias.name')} ${formatPoints(row.forecastBias)}`
          }
        />
        <Stat
          label={t('review.tiles.intervals')}
          value={`${formatNumber(row.intervalsInGoal)} / ${formatNumber(row.intervalsMeasured)}`}
          note={`${t('review.tiles.days')}: ${row.daysInGoal} / ${row.daysMeasured}`}
        />
      </Stats>
      <p className={classes.definition}>
        {t('review.definition', { definition: t(`staffing.definitions.${definition}`) })}
      </p>
    </>
  );
}
