import type { ReactNode } from 'react';
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
        <LimitTile
          label={<Term id="asa">{t('review.tiles.asa')}</Term>}
          value={actual.asaSeconds}
          limit={goal?.asaSeconds}
          show={formatDuration}
        />
        <LimitTile
          label={<Term id="abandonment">{t('review.tiles.abandonment')}</Term>}
          value={actual.abandonmentRate}
          limit={goal?.maxAbandonment}
          show={(value, digits) => formatPercent(value, digits)}
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

function tone(good: boolean | null): 'plain' | 'good' | 'under' {
  return good === null ? 'plain' : good ? 'good' : 'under';
}

interface LimitTileProps {
  readonly label: ReactNode;
  readonly value: number | null;
  readonly limit: number | undefined;
  readonly show: (value: number | null, digits?: number) => string;
}

/** A figure that is to be at most so much. */
function LimitTile({ label, value, limit, show }: LimitTileProps) {
  return (
    <Stat
      label={label}
      value={show(value, 1)}
      tone={tone(value === null || limit === undefined ? null : value <= limit)}
      note={limit === undefined ? null : t('review.tiles.goal', { value: `≤ ${show(limit)}` })}
    />
  );
}
