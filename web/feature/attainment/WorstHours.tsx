import type { AttainmentRow } from '../../../api/contract/review.ts';
import { Card } from '../../component/Card.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { formatMinuteOfDay, formatNumber, formatPercent, formatWeekday } from '../../lib/format.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';

type WorstHour = AttainmentRow['worstHours'][number] & { readonly queue: string };
const SHOWN = 5;

/** The hours of the week in which most answers in time were missing, over the queues of the place. */
export function WorstHours({ rows }: { readonly rows: readonly AttainmentRow[] }) {
  const { queues } = useWorkplace();
  const hours = rows
    .flatMap(row => {
      const queue = queues.find(one => one.id === row.queueId)?.name ?? '';
      return row.worstHours.map((hour): WorstHour => ({ ...hour, queue }));
    })
    .sort((a, b) => b.missing - a.missing)
    .slice(0, SHOWN);
  const isKnown = rows.some(row => row.actual.serviceLevel !== null);
  return (
    <Card title={t('attainment.worst')} note={t('attainment.worstNote')}>
      <DataTable
        caption={t('attainment.worst')}
        columns={COLUMNS}
        rows={hours}
        rowKey={hour => `${hour.queue}:${hour.weekday}:${hour.hour}`}
        empty={<p>{t(isKnown ? 'attainment.worstNone' : 'attainment.worstUnknown')}</p>}
      />
    </Card>
  );
}

function hourName({ weekday, hour }: WorstHour): string {
  return `${formatWeekday(weekday)} ${formatMinuteOfDay(hour * 60)}`;
}

const COLUMNS: readonly TableColumn<WorstHour>[] = [
  {
    id: 'hour',
    header: t('attainment.worstColumn.hour'),
    value: row => row.weekday * 24 + row.hour,
    cell: hourName,
  },
  { id: 'queue', header: t('attainment.worstColumn.queue'), value: row => row.queue },
  {
    id: 'level',
    header: t('attainment.worstColumn.level'),
    align: 'end',
    value: row => row.serviceLevel,
    cell: row => formatPercent(row.serviceLevel),
  },
  {
    id: 'missing',
    header: t('attainment.worstColumn.missing'),
    align: 'end',
    value: row => row.missing,
    cell: row =>
      t('attainment.missingOf', {
        missing: formatNumber(Math.ceil(row.missing)),
        calls: formatNumber(row.offered),
      }),
  },
];
