import { Badge, Button } from '@mantine/core';
import type { Queue } from '../../../api/contract/centre.ts';
import type { AttainmentRow } from '../../../api/contract/review.ts';
import { Card } from '../../component/Card.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { formatNumber, formatPercent } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';

interface QueueTableProps {
  readonly rows: readonly AttainmentRow[];
  readonly queues: readonly Queue[];
  readonly selected: string | null;
  readonly onSelect: (queueId: string) => void;
}

/** Each queue against its goal; the name drills down. */
export function QueueTable({ rows, queues, selected, onSelect }: QueueTableProps) {
  const nameOf = (row: AttainmentRow) => queues.find(queue => queue.id === row.queueId)?.name ?? '';
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
  const columns: readonly TableColumn<AttainmentRow>[] = [
    {
      id: 'queue',
      header: t('attainment.column.queue'),
      value: nameOf,
      cell: row => (
        <Button
          size="compact-sm"
          variant={row.queueId === selected ? 'light' : 'subtle'}
          aria-pressed={row.queueId === selected}
          onClick={() => row.queueId && onSelect(row.queueId)}
        >
          {nameOf(row)}
        </Button>
      ),
    },
    number('calls', t('attainment.column.calls'), row => row.actual.offered),
    share('level', t('attainment.column.level'), row => row.actual.serviceLevel),
    {
      id: 'goal',
      header: t('attainment.column.goal'),
      align: 'end',
      value: row => row.goal?.serviceLevel?.target ?? null,
      cell: row =>
        row.goal?.serviceLevel
          ? `${formatPercent(row.goal.serviceLevel.target)} / ${row.goal.serviceLevel.answerWithinSeconds} s`
          : '–',
    },
    number('asa', t('attainment.column.asa'), row => row.actual.asaSeconds),
    share('abandonment', t('attainment.column.abandonment'), row => row.actual.abandonmentRate),
    share('intervals', t('attainment.column.intervals'), row =>
      row.intervalsMeasured > 0 ? row.intervalsInGoal / row.intervalsMeasured : null,
    ),
    share('days', t('attainment.column.days'), row =>
      row.daysMeasured > 0 ? row.daysInGoal / row.daysMeasured : null,
    ),
    {
      id: 'met',
      header: t('attainment.column.met'),
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
  return (
    <Card title={t('attainment.queues')} note={t('attainment.queuesNote')}>
      <DataTable
        caption={t('attainment.queues')}
        columns={columns}
        rows={rows}
        rowKey={row => row.queueId ?? ''}
        fileName="attainment"
      />
    </Card>
  );
}
