import type { QueueOutcome } from '../../../forecasting/index.ts';
import { Card } from '../../component/Card.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { formatDuration, formatNumber, formatPercent } from '../../lib/format.ts';
import { methodWords } from '../../lib/queueTerms.ts';
import { t } from '../../locale/i18n.ts';
import type { Basis, BasisQueue } from './basis.ts';
import type { Computed } from './scenarioDraft.ts';
import classes from './WhatIf.module.css';

interface QueueByQueueProps {
  readonly basis: Basis;
  readonly computed: Computed;
}

interface Row {
  readonly queue: BasisQueue;
  readonly outcome: QueueOutcome;
}

/** The queues of one scenario, each with how it was computed. */
export function QueueByQueue({ basis, computed }: QueueByQueueProps) {
  const rows = basis.queues.flatMap((queue, q): Row[] => {
    const outcome = computed.outcome.queues[q];
    return outcome ? [{ queue, outcome }] : [];
  });
  return (
    <Card
      title={t('whatIf.queueByQueue', { name: computed.scenario.name })}
      note={t('whatIf.queueByQueueNote')}
    >
      <DataTable
        caption={t('whatIf.queueByQueue', { name: computed.scenario.name })}
        columns={COLUMNS}
        rows={rows}
        rowKey={row => row.queue.queueId}
        fileName="what-if-queues"
      />
    </Card>
  );
}

const COLUMNS: readonly TableColumn<Row>[] = [
  { id: 'name', header: t('whatIf.campaign.queueColumn'), value: row => row.queue.name },
  figure(
    'calls',
    ({ calls }) => calls,
    value => formatNumber(value),
  ),
  figure(
    'serviceLevel',
    ({ serviceLevel }) => serviceLevel,
    value => formatPercent(value, 1),
  ),
  figure('asa', ({ asaSeconds }) => asaSeconds, formatDuration),
  figure(
    'abandonment',
    ({ abandonmentRate }) => abandonmentRate,
    value => formatPercent(value, 1),
  ),
  figure(
    'occupancy',
    ({ occupancy }) => occupancy,
    value => formatPercent(value),
  ),
  figure(
    'peak',
    ({ peakAgents }) => peakAgents,
    value => formatNumber(value, Number.isInteger(value) ? 0 : 1),
  ),
  figure(
    'hours',
    ({ paidHours }) => paidHours,
    value => formatNumber(value),
  ),
  {
    id: 'method',
    header: t('whatIf.methodColumn'),
    value: wordsOf,
    cell: row => <span className={classes.method}>{wordsOf(row)}</span>,
  },
];

function figure(
  id: 'calls' | 'serviceLevel' | 'asa' | 'abandonment' | 'occupancy' | 'peak' | 'hours',
  read: (totals: QueueOutcome['totals']) => number | null,
  show: (value: number | null) => string,
): TableColumn<Row> {
  return {
    id,
    header: t(`whatIf.result.${id}`),
    align: 'end',
    value: row => read(row.outcome.totals),
    cell: row => show(read(row.outcome.totals)),
  };
}

function wordsOf({ queue, outcome }: Row): string {
  return methodWords(queue.channel, outcome.queue);
}
