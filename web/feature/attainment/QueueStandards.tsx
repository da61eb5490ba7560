import type { AttainmentRow } from '../../../api/contract/review.ts';
import { ACCESS_STANDARDS, type StandardVerdict } from '../../../forecasting/index.ts';
import { verdictOf } from '../../component/missedParts.ts';
import { formatDuration, formatNumber, formatPercent } from '../../lib/format.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import classes from './MonthSheet.module.css';

/** Each queue against its own goal and against the standards of health call centres. */
export function QueueStandards({ rows }: { readonly rows: readonly AttainmentRow[] }) {
  const { queues } = useWorkplace();
  return (
    <section>
      <h3>{t('attainment.month.queues')}</h3>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('attainment.month.queue')}</th>
            <th scope="col">{t('review.column.offered')}</th>
            <th scope="col">{t('review.column.level')}</th>
            <th scope="col">{t('attainment.month.goals')}</th>
            {ACCESS_STANDARDS.map(({ id }) => (
              <th key={id} scope="col">
                {t(`attainment.month.standard.${id}`)}
              </th>
            ))}
            <th scope="col">{t('review.column.intervals')}</th>
            <th scope="col">{t('review.column.days')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.queueId}>
              <th scope="row">{queues.find(queue => queue.id === row.queueId)?.name}</th>
              <td>{formatNumber(row.actual.offered)}</td>
              <td>{levelWords(row)}</td>
              <td>
                <b>{verdictOf(row) ?? t('attainment.month.verdict.unknown')}</b>
              </td>
              {ACCESS_STANDARDS.map(({ id, unit, judge }) => (
                <td key={id}>
                  <Judged verdict={judge(measuresOf(row))} unit={unit} />
                </td>
              ))}
              <td>{shareOf(row.intervalsInGoal, row.intervalsMeasured)}</td>
              <td>{shareOf(row.daysInGoal, row.daysMeasured)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function levelWords({ actual, goal }: AttainmentRow): string {
  const level = goal?.serviceLevel;
  const measured = formatPercent(actual.serviceLevel, 1);
  return level
    ? `${measured} (${formatPercent(level.target)} / ${formatDuration(level.answerWithinSeconds)})`
    : measured;
}

function Judged({
  verdict,
  unit,
}: {
  readonly verdict: StandardVerdict;
  readonly unit: 'seconds' | 'share';
}) {
  const words = t(`attainment.month.verdict.${verdict.kind}`);
  if (verdict.value === null) return words;
  const value = unit === 'seconds' ? formatDuration(verdict.value) : formatPercent(verdict.value, 1);
  return (
    <>
      <b>{words}</b> {value}
    </>
  );
}

function measuresOf({ actual, goal }: AttainmentRow) {
  return {
    asaSeconds: actual.asaSeconds,
    abandonment: actual.abandonmentRate,
    serviceLevel: actual.serviceLevel,
    answerWithinSeconds: goal?.serviceLevel?.answerWithinSeconds ?? null,
  };
}

function shareOf(part: number, whole: number): string {
  return formatPercent(whole > 0 ? part / whole : null);
}
