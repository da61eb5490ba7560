import type { AttainmentRow } from '../../../api/contract/review.ts';
import { attainmentColumns } from '../../component/attainmentColumns.tsx';
import { Card } from '../../component/Card.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { formatLocalDate } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';

const DAY: TableColumn<AttainmentRow> = {
  id: 'day',
  header: t('review.column.day'),
  value: row => row.from,
  cell: row => formatLocalDate(row.from),
};
const COLUMNS = [
  DAY,
  ...attainmentColumns([
    'met',
    'planned',
    'offered',
    'wape',
    'plannedLevel',
    'level',
    'asa',
    'abandonment',
    'aht',
    'intervals',
  ]),
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
