import { Badge, Button, Group, Modal } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Import } from '../../../api/contract/import.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Card } from '../../component/Card.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { Failure } from '../../component/Failure.tsx';
import { instantColumn } from '../../component/instantColumn.ts';
import { Loaded } from '../../component/Loaded.tsx';
import { MoreRows } from '../../component/MoreRows.tsx';
import { call } from '../../lib/api.ts';
import { formatNumber } from '../../lib/format.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';

/** What was imported, each batch with its way back. */
export function PastImports({ onResume }: { readonly onResume: (pending: Import) => void }) {
  const client = useQueryClient();
  const { site } = useWorkplace();
  const [asking, setAsking] = useState<Import | null>(null);
  const imports = useInfiniteQuery({
    queryKey: ['imports'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      call(ROUTES.listImports, { query: pageParam === undefined ? {} : { cursor: pageParam } }),
    getNextPageParam: page => page.nextCursor ?? undefined,
  });
  const undo = useMutation({
    mutationFn: (entry: Import) => call(ROUTES.undoImport, { params: { id: entry.id } }),
    onSuccess: () => {
      setAsking(null);
      void client.invalidateQueries();
    },
  });
  const discard = useMutation({
    mutationFn: (entry: Import) => call(ROUTES.discardImport, { params: { id: entry.id } }),
    onSettled: () => void client.invalidateQueries({ queryKey: ['imports'] }),
  });
  const columns = pastColumns(site?.timeZone ?? 'UTC', entry => (
    <PastActions entry={entry} onUndo={setAsking} onResume={onResume} onDiscard={discard.mutate} />
  ));
  return (
    <Card title={t('import.past.title')}>
      <Loaded query={imports} height={80}>
        {({ pages }) => (
          <DataTable
            caption={t('import.past.title')}
            columns={columns}
            rows={pages.flatMap(page => page.items)}
            rowKey={entry => entry.id}
            empty={<p>{t('import.past.none')}</p>}
          />
        )}
      </Loaded>
      <MoreRows query={imports} />
      <Modal opened={asking !== null} onClose={() => setAsking(null)} title={t('import.past.undo')}>
        <p>{t('import.past.undoAsk', { name: asking?.fileName ?? '' })}</p>
        {undo.error ? <Failure error={undo.error} /> : null}
        <Button loading={undo.isPending} onClick={() => asking && undo.mutate(asking)}>
          {t('import.past.undo')}
        </Button>
      </Modal>
    </Card>
  );
}

function pastColumns(timeZone: string, state: (entry: Import) => ReactNode): readonly TableColumn<Import>[] {
  return [
    { id: 'file', header: t('import.past.file'), value: entry => entry.fileName },
    instantColumn({
      id: 'when',
      header: t('import.past.when'),
      at: entry => entry.createdAt,
      timeZone,
    }),
    { id: 'who', header: t('import.past.who'), value: entry => entry.createdBy },
    {
      id: 'rows',
      header: t('import.past.rows'),
      align: 'end',
      value: entry => (entry.report ? entry.report.rowsNew + entry.report.rowsChanged : null),
      cell: entry => formatNumber(entry.report ? entry.report.rowsNew + entry.report.rowsChanged : null),
    },
    {
      id: 'status',
      header: t('import.past.status'),
      value: entry => t(`import.past.statuses.${entry.status}`),
      cell: state,
    },
  ];
}

interface PastActionsProps {
  readonly entry: Import;
  readonly onUndo: (entry: Import) => void;
  readonly onResume: (entry: Import) => void;
  readonly onDiscard: (entry: Import) => void;
}

/** Where a batch stands, and what can be done with it there. */
function PastActions({ entry, onUndo, onResume, onDiscard }: PastActionsProps) {
  return (
    <Group gap="xs">
      <Badge tt="none" variant="light">
        {t(`import.past.statuses.${entry.status}`)}
      </Badge>
      {entry.status === 'committed' ? (
        <Button size="compact-xs" variant="default" onClick={() => onUndo(entry)}>
          {t('import.past.undo')}
        </Button>
      ) : null}
      {entry.status === 'uploaded' || entry.status === 'checked' ? (
        <>
          <Button size="compact-xs" variant="default" onClick={() => onResume(entry)}>
            {t('import.past.resume')}
          </Button>
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onDiscard(entry)}>
            {t('import.past.discard')}
          </Button>
        </>
      ) : null}
    </Group>
  );
}
