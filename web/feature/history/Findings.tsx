import { Badge, Button, NativeSelect } from '@mantine/core';
import { type UseQueryResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Queue } from '../../../api/contract/centre.ts';
import type { Finding } from '../../../api/contract/history.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { localDateOf } from '../../../forecasting/index.ts';
import { Card } from '../../component/Card.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { Failure } from '../../component/Failure.tsx';
import { instantColumn } from '../../component/instantColumn.ts';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatDate, formatTime } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import { EditFinding } from './EditFinding.tsx';

interface FindingsProps {
  readonly query: UseQueryResult<{ readonly items: Finding[] }>;
  readonly queue: Queue;
  readonly onShow: (date: string) => void;
}

/** What stands out in the history, each with a decision that can be taken back. */
export function Findings({ query, queue, onShow }: FindingsProps) {
  const may = useMay();
  const [kind, setKind] = useState('');
  const [editing, setEditing] = useState<Finding | null>(null);
  const decide = useDecision(queue.id, () => setEditing(null));
  const mayDecide = may('history.manage');

  const columns = findingColumns(queue.timeZone, onShow, finding => (
    <DecisionCell
      finding={finding}
      isPending={decide.isPending}
      mayDecide={mayDecide}
      onDecide={decision => decide.mutate({ finding, decision, offered: null })}
      onEdit={() => setEditing(finding)}
    />
  ));
  return (
    <Loaded query={query} height={160}>
      {({ items }) => {
        const open = items.filter(finding => finding.decision === 'open').length;
        return (
          <Card
            title={`${t('history.findings')} · ${t('history.findingOpen', { count: open })}`}
            note={t('history.findingsNote')}
            actions={<KindFilter items={items} kind={kind} onKind={setKind} />}
          >
            {decide.error ? <Failure error={decide.error} /> : null}
            <DataTable
              caption={t('history.findings')}
              columns={columns}
              rows={items.filter(finding => kind === '' || finding.kind === kind)}
              rowKey={finding => finding.id}
              fileName={`findings-${queue.name}`}
              maxHeight={420}
              empty={<p>{t('history.findingsNone')}</p>}
            />
            {editing ? (
              <EditFinding
                finding={editing}
                stepSeconds={queue.stepSeconds}
                onClose={() => setEditing(null)}
                onSave={offered => decide.mutate({ finding: editing, decision: 'edit', offered })}
              />
            ) : null}
          </Card>
        );
      }}
    </Loaded>
  );
}

interface Choice {
  readonly finding: Finding;
  readonly decision: Finding['decision'];
  /** The values that take the place of what is stored, one per interval. */
  readonly offered: number[] | null;
}

function useDecision(queueId: string, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ finding, decision, offered }: Choice) =>
      call(ROUTES.decideFinding, {
        params: { id: queueId, findingId: finding.id },
        body: { decision, offered, note: finding.note },
      }),
    onSuccess: () => {
      onDone();
      void client.invalidateQueries({ queryKey: ['findings', queueId] });
      void client.invalidateQueries({ queryKey: ['history', queueId] });
      void client.invalidateQueries({ queryKey: ['progress'] });
    },
  });
}

interface KindFilterProps {
  readonly items: readonly Finding[];
  /** Empty for all. */
  readonly kind: string;
  readonly onKind: (kind: string) => void;
}

function KindFilter({ items, kind, onKind }: KindFilterProps) {
  const kinds = [...new Set(items.map(finding => finding.kind))];
  if (kinds.length < 2) return null;
  return (
    <NativeSelect
      size="xs"
      aria-label={t('history.column.kind')}
      value={kind}
      onChange={event => onKind(event.currentTarget.value)}
      data={[
        { value: '', label: t('history.all') },
        ...kinds.map(value => ({ value, label: t(`history.kind.${value}`) })),
      ]}
    />
  );
}

function findingColumns(
  timeZone: string,
  onShow: (date: string) => void,
  decision: (finding: Finding) => ReactNode,
): readonly TableColumn<Finding>[] {
  return [
    instantColumn({
      id: 'when',
      header: t('history.column.when'),
      at: finding => finding.from,
      timeZone,
      cell: finding => (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => onShow(localDateOf(finding.from, timeZone))}
        >
          {`${formatDate(finding.from, timeZone)}, ${formatTime(finding.from, timeZone)}`}
        </Button>
      ),
    }),
    {
      id: 'kind',
      header: t('history.column.kind'),
      value: finding => t(`history.kind.${finding.kind}`),
      cell: finding => (
        <Badge variant="light" tt="none" miw="max-content">
          {t(`history.kind.${finding.kind}`)}
        </Badge>
      ),
    },
    { id: 'reason', header: t('history.column.reason'), value: finding => finding.reason },
    {
      id: 'decision',
      header: t('history.column.decision'),
      value: finding => t(`history.decision.${finding.decision}`),
      cell: decision,
    },
  ];
}

function DecisionCell(props: {
  readonly finding: Finding;
  readonly isPending: boolean;
  readonly mayDecide: boolean;
  readonly onDecide: (decision: Finding['decision']) => void;
  readonly onEdit: () => void;
}) {
  const { finding, isPending, mayDecide, onDecide, onEdit } = props;
  if (!mayDecide) return <>{t(`history.decision.${finding.decision}`)}</>;
  if (finding.decision !== 'open') {
    return (
      <>
        {t(`history.decision.${finding.decision}`)}{' '}
        <Button size="compact-xs" variant="subtle" disabled={isPending} onClick={() => onDecide('open')}>
          {t('history.decide.reopen')}
        </Button>
      </>
    );
  }
  return (
    <Button.Group>
      <Button size="compact-xs" variant="default" disabled={isPending} onClick={() => onDecide('accept')}>
        {t('history.decide.accept')}
      </Button>
      <Button size="compact-xs" variant="default" disabled={isPending} onClick={() => onDecide('keep')}>
        {t('history.decide.keep')}
      </Button>
      <Button size="compact-xs" variant="default" disabled={isPending} onClick={onEdit}>
        {t('history.decide.edit')}
      </Button>
    </Button.Group>
  );
}
