import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { AuditEntry } from '../../../api/contract/user.ts';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { Failure } from '../../component/Failure.tsx';
import { instantColumn } from '../../component/instantColumn.ts';
import { Loading } from '../../component/Loading.tsx';
import { MoreRows } from '../../component/MoreRows.tsx';
import { call } from '../../lib/api.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { stampOf } from './stamp.ts';

const OUTCOMES = ['done', 'denied', 'failed'] as const;

/** Who did what, searchable; and a check of the hash chain. */
export function AuditTrail() {
  const { site } = useWorkplace();
  const timeZone = site?.timeZone ?? 'UTC';
  const [action, setAction] = useState('');
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number] | ''>('');
  const entries = useInfiniteQuery({
    queryKey: ['audit', action, outcome],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      call(ROUTES.searchAudit, {
        query: {
          ...(action !== '' && { action }),
          ...(outcome !== '' && { outcome }),
          ...(pageParam !== undefined && { cursor: pageParam }),
        },
      }),
    getNextPageParam: page => page.nextCursor ?? undefined,
  });
  const rows = entries.data?.pages.flatMap(page => page.items) ?? [];
  return (
    <Stack>
      <p>{t('settings.audit.note')}</p>
      <Group align="flex-end">
        <TextInput
          label={t('settings.audit.action')}
          description={t('settings.audit.actionHelp')}
          value={action}
          onChange={event => setAction(event.currentTarget.value)}
        />
        <Select
          label={t('settings.audit.outcome')}
          allowDeselect={false}
          data={[
            { value: '', label: t('settings.audit.any') },
            ...OUTCOMES.map(value => ({ value, label: t(`settings.audit.${value}`) })),
          ]}
          value={outcome}
          onChange={value => setOutcome(OUTCOMES.find(candidate => candidate === value) ?? '')}
        />
        <Verify />
      </Group>
      {entries.isError ? <Failure error={entries.error} onRetry={() => void entries.refetch()} /> : null}
      {entries.isPending ? (
        <Loading height={240} />
      ) : (
        <DataTable
          caption={t('settings.tabs.audit')}
          columns={auditColumns(timeZone)}
          rows={rows}
          rowKey={entry => String(entry.sequence)}
          fileName="audit"
          empty={<p>{t('settings.audit.none')}</p>}
        />
      )}
      <MoreRows query={entries} />
    </Stack>
  );
}

function auditColumns(timeZone: string): readonly TableColumn<AuditEntry>[] {
  return [
    instantColumn({
      id: 'at',
      header: t('settings.audit.column.at'),
      at: entry => entry.at,
      timeZone,
      format: stampOf,
    }),
    {
      id: 'who',
      header: t('settings.audit.column.who'),
      value: entry => entry.actorName ?? entry.actorKind,
    },
    { id: 'action', header: t('settings.audit.column.action'), value: entry => entry.action },
    {
      id: 'outcome',
      header: t('settings.audit.column.outcome'),
      value: entry => t(`settings.audit.${entry.outcome}`),
    },
    {
      id: 'subject',
      header: t('settings.audit.column.subject'),
      value: entry => [entry.subjectKind, entry.subjectId].filter(part => part !== null).join(' '),
    },
  ];
}

function Verify() {
  const verify = useMutation({ mutationFn: () => call(ROUTES.verifyAudit, {}) });
  return (
    <>
      <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate()}>
        {t('settings.audit.verify')}
      </Button>
      {verify.error ? <Failure error={verify.error} /> : null}
      {verify.data ? (
        <span role="status">
          {verify.data.intact
            ? t('settings.audit.intact', { count: verify.data.checked })
            : t('settings.audit.broken', { sequence: verify.data.firstBrokenSequence ?? 0 })}
        </span>
      ) : null}
    </>
  );
}
