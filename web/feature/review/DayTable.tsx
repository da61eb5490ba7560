import { Badge } from '@mantine/core';
import type { AttainmentRow } from '../../../api/contract/review.ts';
import { Card } from '../../component/Card.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { formatLocalDate, formatNumber, formatPercent } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';

const number = (
  id: string,
  header: string,
  read: (row: AttainmentRow) => number | null,
): TableColumn<AttainmentRow> => ({
  id,
  header,
  align: 'end',
  value: read,
  cell: row => formatNumber(read(row)),
});
const share = (
  id: string,
  header: string,
  read: (row: AttainmentRow) => number | null,
): TableColumn<AttainmentRow> => ({
  id,
  header,
  align: 'end',
  value: read,
  cell: row => formatPercent(read(row), 1),
});

const COLUMNS: readonly TableColumn<AttainmentRow>[] = [
  {
    id: 'day',
    header: t('review.column.day'),
    value: row => row.from,
    cell: row => formatLocalDate(row.from),
  },
  number('planned', t('review.column.planned'), row => row.plan.offered),
  number('offered', t('review.column.offered'), row => row.actual.offered),
  share('wape', t('review.column.wape'), row => row.forecastWape),
  share('plannedLevel', t('review.column.plannedLevel'), row => row.plan.serviceLevel),
  share('level', t('review.column.serviceLevel'), row => row.actual.serviceLevel),
  number('asa', t('review.column.asa'), row => row.actual.asaSeconds),
  share('abandonment', t('review.column.abandonment'), row => row.actual.abandonmentRate),
  number('aht', t('review.column.aht'), row => row.actual.ahtSeconds),
  share('inGoal', t('review.column.inGoal'), row =>
    row.intervalsMeasured > 0 ? row.intervalsInGoal / row.intervalsMeasured : null,
  ),
  {
    id: 'met',
    header: t('review.column.met'),
    value: row => (row.goalMet === null ? null : t(row.goalMet ? 'review.met' : 'review.missed')),
    cell: row =>
      row.goalMet === null ? (
        '–'
      ) : (
        <Badge
          miw={84}
          variant="default"
          tt="none"
          c={row.goalMet ? 'var(--cl-over-text)' : 'var(--cl-under-text)'}
        >
          {t(row.goalMet ? 'review.met' : 'review.missed')}
        </Badge>
      ),
  },
];

/** Each day of the week: plan, actual, error, goal. */
export function DayTable({ rows, name }: { readonly rows: readonly AttainmentRow[]; readonly name: string }) {
  return (
    <Card title={t('review.byDay')}>
      <DataTable
        caption={t('review.byDay')}
        columns={COLUMNS}
        rows={rows}
        rowKey={row => row.from}
        fileName={`review-${name}`}
      />
    </Card>
  );
}
