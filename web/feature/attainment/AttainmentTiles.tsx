import type { AttainmentRow } from '../../../api/contract/review.ts';
import { Stat, Stats } from '../../component/Stat.tsx';
import { Term } from '../../component/Term.tsx';
import { formatDuration, formatNumber, formatPercent } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';

/** The whole site in six figures. */
export function AttainmentTiles({ row }: { readonly row: AttainmentRow }) {
  const { actual } = row;
  const share = (part: number, whole: number) => formatPercent(whole > 0 ? part / whole : null);
  return (
    <Stats>
      <Stat label={t('review.tiles.offered')} value={formatNumber(actual.offered)} />
      <Stat label={<Term id="serviceLevel" />} value={formatPercent(actual.serviceLevel, 1)} />
      <Stat label={<Term id="asa" />} value={formatDuration(actual.asaSeconds)} />
      <Stat label={<Term id="abandonment" />} value={formatPercent(actual.abandonmentRate, 1)} />
      <Stat
        label={<Term id="attainment">{t('attainment.consistency')}</Term>}
        value={share(row.intervalsInGoal, row.intervalsMeasured)}
        note={`${formatNumber(row.intervalsInGoal)} / ${formatNumber(row.intervalsMeasured)}`}
      />
      <Stat
        label={t('attainment.daysInGoal')}
        value={share(row.daysInGoal, row.daysMeasured)}
        note={`${row.daysInGoal} / ${row.daysMeasured}`}
      />
    </Stats>
  );
}
