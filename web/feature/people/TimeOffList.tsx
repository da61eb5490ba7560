import { Button, Group } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TimeOff } from '../../../api/contract/people.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { addDays } from '../../../forecasting/index.ts';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { Failure } from '../../component/Failure.tsx';
import { instantColumn } from '../../component/instantColumn.ts';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { useMay } from '../../lib/session.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';

interface TimeOffListProps {
  readonly siteId: string;
  readonly timeZone: string;
}

/** Time off around the week in hand, with requests to decide. */
export function TimeOffList({ siteId, timeZone }: TimeOffListProps) {
  const client = useQueryClient();
  const may = useMay();
  const { week } = useWorkplace();
  const agents = useQuery({
    queryKey: ['agents', siteId],
    queryFn: () => call(ROUTES.listAgents, { query: { siteId } }),
  });
  const timeOff = useQuery({
    queryKey: ['time-off', siteId, week],
    queryFn: () => call(ROUTES.listTimeOff, { query: { siteId, from: week, to: addDays(week, 6) } }),
  });
  const decide = useMutation({
    mutationFn: (choice: { entry: TimeOff; status: Decision }) =>
      call(ROUTES.decideTimeOff, {
        params: { id: choice.entry.id },
        body: { status: choice.status, note: '' },
      }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['time-off'] }),
  });
  const nameOf = (id: string) => agents.data?.items.find(agent => agent.id === id)?.name ?? '';
  const columns = timeOffColumns(
    nameOf,
    timeZone,
    may('timeOff.decide') ? (entry, status) => decide.mutate({ entry, status }) : null,
  );
  return (
    <Loaded query={timeOff} height={160}>
      {({ items }) => (
        <>
          {decide.error ? <Failure error={decide.error} /> : null}
          <DataTable
            caption={t('people.tabs.timeOff')}
            columns={columns}
            rows={items}
            rowKey={entry => entry.id}
            fileName="time-off"
            empty={<p>{t('people.timeOffNone')}</p>}
          />
        </>
      )}
    </Loaded>
  );
}

type Decision = 'approved' | 'declined';

/** `onDecide` is null for those who may only read. */
function timeOffColumns(
  nameOf: (agentId: string) => string,
  timeZone: string,
  onDecide: ((entry: TimeOff, status: Decision) => void) | null,
): readonly TableColumn<TimeOff>[] {
  const column = 'people.timeOffColumn' as const;
  return [
    { id: 'who', header: t(`${column}.who`), value: entry => nameOf(entry.agentId) },
    instantColumn({ id: 'from', header: t(`${column}.from`), at: entry => entry.start, timeZone }),
    instantColumn({ id: 'to', header: t(`${column}.to`), at: entry => entry.end, timeZone }),
    { id: 'kind', header: t(`${column}.kind`), value: entry => t(`people.timeOffKind.${entry.category}`) },
    {
      id: 'status',
      header: t(`${column}.status`),
      value: entry => t(`people.timeOffStatus.${entry.status}`),
      cell: entry => (
        <Group gap="xs">
          {t(`people.timeOffStatus.${entry.status}`)}
          {entry.status === 'requested' && onDecide ? (
            <>
              <Button size="compact-xs" variant="default" onClick={() => onDecide(entry, 'approved')}>
                {t('people.approve')}
              </Button>
              <Button size="compact-xs" variant="default" onClick={() => onDecide(entry, 'declined')}>
                {t('people.decline')}
              </Button>
            </>
          ) : null}
        </Group>
      ),
    },
  ];
}
