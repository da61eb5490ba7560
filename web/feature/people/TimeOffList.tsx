import { Button, Group } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TimeOff } from '../../../api/contract/people.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { addDays } from '../../../forecasting/index.ts';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatDayTime } from '../../lib/format.ts';
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
    mutationFn: (choice: { entry: TimeOff; status: 'approved' | 'declined' }) =>
      call(ROUTES.decideTimeOff, {
        params: { id: choice.entry.id },
        body: { status: choice.status, note: '' },
      }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['time-off'] }),
  });
  const nameOf = (id: string) => agents.data?.items.find(agent => agent.id === id)?.name ?? '';
  const columns: readonly TableColumn<TimeOff>[] = [
    { id: 'who', header: t('people.timeOffColumn.who'), value: entry => nameOf(entry.agentId) },
    {
      id: 'from',
      header: t('people.timeOffColumn.from'),
      value: entry => entry.start,
      cell: entry => formatDayTime(entry.start, timeZone),
    },
    {
      id: 'to',
      header: t('people.timeOffColumn.to'),
      value: entry => entry.end,
      cell: entry => formatDayTime(entry.end, timeZone),
    },
    {
      id: 'kind',
      header: t('people.timeOffColumn.kind'),
      value: entry => t(`people.timeOffKind.${entry.category}`),
    },
    {
      id: 'status',
      header: t('people.timeOffColumn.status'),
      value: entry => t(`people.timeOffStatus.${entry.status}`),
      cell: entry => (
        <Group gap="xs">
          {t(`people.timeOffStatus.${entry.status}`)}
          {entry.status === 'requested' && may('timeOff.decide') ? (
            <>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => decide.mutate({ entry, status: 'approved' })}
              >
                {t('people.approve')}
              </Button>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => decide.mutate({ entry, status: 'declined' })}
              >
                {t('people.decline')}
              </Button>
            </>
          ) : null}
        </Group>
      ),
    },
  ];
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
