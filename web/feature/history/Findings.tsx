import { Badge, Button, Modal, NativeSelect, Textarea } from '@mantine/core';
import { type UseQueryResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Queue } from '../../../api/contract/centre.ts';
import type { Finding } from '../../../api/contract/history.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { localDateOf } from '../../../forecasting/index.ts';
import { Card } from '../../component/Card.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatDayTime } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';

interface FindingsProps {
  readonly query: UseQueryResult<{ readonly items: Finding[] }>;
  readonly queue: Queue;
  readonly onShow: (date: string) => void;
}

/** What stands out in the history, each with a decision that can be taken back. */
export function Findings({ query, queue, onShow }: FindingsProps) {
  const client = useQueryClient();
  const may = useMay();
  const [kind, setKind] = useState('');
  const [editing, setEditing] = useState<Finding | null>(null);
  const decide = useMutation({
    mutationFn: (choice: {
      finding: Finding;
      decision: Finding['decision'];
      offered: (number | null)[] | null;
    }) =>
      call(ROUTES.decideFinding, {
        params: { id: queue.id, findingId: choice.finding.id },
        body: { decision: choice.decision, offered: choice.offered, note: choice.finding.note },
      }),
    onSuccess: () => {
      setEditing(null);
      void client.invalidateQueries({ queryKey: ['findings', queue.id] });
      void client.invalidateQueries({ queryKey: ['history', queue.id] });
      void client.invalidateQueries({ queryKey: ['progress'] });
    },
  });
  const mayDecide = may('history.manage');

  const columns: readonly TableColumn<Finding>[] = [
    {
      id: 'when',
      header: t('history.column.when'),
      value: finding => finding.from,
      cell: finding => (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => onShow(localDateOf(finding.from, queue.timeZone))}
        >
          {formatDayTime(finding.from, queue.timeZone)}
        </Button>
      ),
    },
    {
      id: 'kind',
      header: t('history.column.kind'),
      value: finding => t(`history.kind.${finding.kind}`),
      cell: finding => <Badge variant="light">{t(`history.kind.${finding.kind}`)}</Badge>,
    },
    { id: 'reason', header: t('history.column.reason'), value: finding => finding.reason },
    {
      id: 'decision',
      header: t('history.column.decision'),
      value: finding => t(`history.decision.${finding.decision}`),
      cell: finding => (
        <DecisionCell
          finding={finding}
          isPending={decide.isPending}
          mayDecide={mayDecide}
          onDecide={decision => decide.mutate({ finding, decision, offered: null })}
          onEdit={() => setEditing(finding)}
        />
      ),
    },
  ];
  return (
    <Loaded query={query} height={160}>
      {({ items }) => {
        const open = items.filter(finding => finding.decision === 'open').length;
        const kinds = [...new Set(items.map(finding => finding.kind))];
        return (
          <Card
            title={`${t('history.findings')} · ${t('history.findingOpen', { count: open })}`}
            note={t('history.findingsNote')}
            actions={
              kinds.length > 1 ? (
                <NativeSelect
                  size="xs"
                  aria-label={t('history.column.kind')}
                  value={kind}
                  onChange={event => setKind(event.currentTarget.value)}
                  data={[
                    { value: '', label: t('history.all') },
                    ...kinds.map(value => ({ value, label: t(`history.kind.${value}`) })),
                  ]}
                />
              ) : null
            }
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

function EditFinding(props: {
  readonly finding: Finding;
  readonly stepSeconds: number;
  readonly onClose: () => void;
  readonly onSave: (offered: number[]) => void;
}) {
  const { finding, stepSeconds, onClose, onSave } = props;
  const count = Math.max(1, Math.round((finding.to - finding.from) / stepSeconds));
  const [text, setText] = useState(finding.expected === null ? '' : String(Math.round(finding.expected)));
  const numbers = text
    .split(/[\s;]+/)
    .filter(part => part !== '')
    .map(Number);
  const valid =
    (numbers.length === 1 || numbers.length === count) &&
    numbers.every(value => Number.isFinite(value) && value >= 0);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('history.editTitle')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <p>{finding.reason}</p>
      <Textarea
        label={t('history.editCount', { count })}
        description={t('history.editHelp')}
        value={text}
        minRows={3}
        autosize
        maxRows={12}
        onChange={event => setText(event.currentTarget.value)}
        error={text !== '' && !valid ? t('history.editWrong', { count }) : null}
      />
      <Button
        mt="md"
        disabled={!valid}
        onClick={() =>
          onSave(numbers.length === count ? numbers : Array.from({ length: count }, () => numbers[0] ?? 0))
        }
      >
        {t('action.save')}
      </Button>
    </Modal>
  );
}
