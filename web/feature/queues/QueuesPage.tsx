import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Queue } from '../../../api/contract/centre.ts';
import { Card } from '../../component/Card.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { EmptyState } from '../../component/EmptyState.tsx';
import { Loading } from '../../component/Loading.tsx';
import { Page } from '../../component/Page.tsx';
import { SiteForm } from '../../component/SiteForm.tsx';
import { formatDate, formatPercent } from '../../lib/format.ts';
import { hoursText } from '../../lib/openingHours.ts';
import { useMay } from '../../lib/session.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { QueueForm } from './QueueForm.tsx';
import { SpecialDays } from './SpecialDays.tsx';

/** Queues and special days of the site. */
export function QueuesPage() {
  const { site, queues, isLoading } = useWorkplace();
  const may = useMay();
  const [editing, setEditing] = useState<Queue | 'new' | null>(null);
  const mayEdit = may('centre.manage');
  const columns = queueColumns(mayEdit ? setEditing : null);
  return (
    <Page
      title={t('queues.title')}
      lead={t('queues.lead')}
      actions={
        site && mayEdit ? (
          <Button size="xs" onClick={() => setEditing('new')}>
            {t('queues.create')}
          </Button>
        ) : null
      }
    >
      {isLoading ? <Loading height={320} /> : null}
      {!isLoading && !site ? (
        <Card title={t('import.source.noSite')}>
          <SiteForm />
        </Card>
      ) : null}
      {site ? (
        <>
          <DataTable
            caption={t('queues.title')}
            columns={columns}
            rows={queues}
            rowKey={queue => queue.id}
            fileName="queues"
            empty={
              <EmptyState icon="queues" title={t('queues.none')}>
                {t('queues.noneText')}
              </EmptyState>
            }
          />
          <SpecialDays site={site} queues={queues} />
          {editing ? (
            <QueueForm
              queue={editing === 'new' ? null : editing}
              siteId={site.id}
              onClose={() => setEditing(null)}
            />
          ) : null}
        </>
      ) : null}
    </Page>
  );
}

/** `onEdit` is null for those who may only read. */
function queueColumns(onEdit: ((queue: Queue) => void) | null): readonly TableColumn<Queue>[] {
  return [
    {
      id: 'name',
      header: t('queues.column.name'),
      value: queue => queue.name,
      cell: queue =>
        onEdit ? (
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={t('queues.edit', { name: queue.name })}
            onClick={() => onEdit(queue)}
          >
            {queue.name}
          </Button>
        ) : (
          queue.name
        ),
    },
    {
      id: 'channel',
      header: t('queues.column.channel'),
      value: queue => t(`queues.channel.${queue.channel}`),
    },
    { id: 'hours', header: t('queues.column.hours'), value: hoursSummary },
    {
      id: 'step',
      header: t('queues.column.step'),
      value: queue => queue.stepSeconds,
      cell: queue => t('queues.minutes', { count: queue.stepSeconds / 60 }),
    },
    {
      id: 'goal',
      header: t('queues.column.goal'),
      value: goalSummary,
      cell: queue => goalSummary(queue) || t('queues.noGoal'),
    },
    {
      id: 'history',
      header: t('queues.column.history'),
      value: queue => queue.historyFrom,
      cell: queue =>
        queue.historyFrom === null || queue.historyTo === null
          ? t('queues.noHistory')
          : `${formatDate(queue.historyFrom, queue.timeZone)} – ${formatDate(queue.historyTo, queue.timeZone)}`,
    },
  ];
}

function hoursSummary(queue: Queue): string {
  const days = queue.openingHours.weekly.map(hoursText);
  if (days.every(day => day === '00:00-24:00')) return t('queues.always');
  const groups: string[] = [];
  for (let from = 0; from < 7; ) {
    let to = from;
    while (to < 6 && days[to + 1] === days[from]) to++;
    const name = (day: number) => t('queues.weekday', { returnObjects: true })[day]?.slice(0, 3) ?? '';
    groups.push(`${name(from)}${to > from ? `–${name(to)}` : ''} ${days[from] || t('queues.closed')}`);
    from = to + 1;
  }
  return groups.join('; ');
}

function goalSummary({ goal }: Queue): string {
  return [
    goal.serviceLevel
      ? `${formatPercent(goal.serviceLevel.target)} / ${goal.serviceLevel.answerWithinSeconds} s`
      : null,
    goal.asaSeconds === undefined ? null : `ASA ≤ ${goal.asaSeconds} s`,
    goal.maxAbandonment === undefined
      ? null
      : `${t('glossary.abandonment.name')} ≤ ${formatPercent(goal.maxAbandonment)}`,
    goal.maxOccupancy === undefined
      ? null
      : `${t('glossary.occupancy.name')} ≤ ${formatPercent(goal.maxOccupancy)}`,
  ]
    .filter(part => part !== null)
    .join(', ');
}
