import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { Scenario } from '../../../api/contract/scenario.ts';
import { Card } from '../../component/Card.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatNumber, formatPercent } from '../../lib/format.ts';
import type { Levers } from '../../lib/scenario.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import { leversOf } from './scenarioDraft.ts';

interface SavedScenariosProps {
  readonly siteId: string;
  readonly onOpen: ((levers: Levers, name: string) => void) | null;
}

/** Scenarios on the server: open beside the others, share, make one the plan. */
export function SavedScenarios({ siteId, onOpen }: SavedScenariosProps) {
  const client = useQueryClient();
  const may = useMay();
  const saved = useQuery({
    queryKey: ['scenarios', siteId],
    queryFn: () => call(ROUTES.listScenarios, { query: { siteId } }),
  });
  const share = useMutation({
    mutationFn: async (scenario: Scenario) => {
      const { path } = await call(ROUTES.shareScenario, { params: { id: scenario.id } });
      await navigator.clipboard.writeText(`${location.origin}${path}`);
    },
    onSuccess: () => notifications.show({ message: t('whatIf.shared') }),
  });
  const promote = useMutation({
    mutationFn: (scenario: Scenario) => call(ROUTES.promoteScenario, { params: { id: scenario.id } }),
    onSuccess: (_, scenario) => {
      notifications.show({ message: t('whatIf.promoted', { name: scenario.name }) });
      void client.invalidateQueries();
    },
  });
  const remove = useMutation({
    mutationFn: (scenario: Scenario) => call(ROUTES.removeScenario, { params: { id: scenario.id } }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['scenarios'] }),
  });
  const failed = share.error ?? promote.error ?? remove.error;
  const columns: readonly TableColumn<Scenario>[] = [
    { id: 'name', header: t('whatIf.name'), value: scenario => scenario.name },
    {
      id: 'level',
      header: t('whatIf.result.serviceLevel'),
      align: 'end',
      value: scenario => scenario.result?.serviceLevel ?? null,
      cell: scenario => formatPercent(scenario.result?.serviceLevel, 1),
    },
    {
      id: 'hours',
      header: t('whatIf.result.hours'),
      align: 'end',
      value: scenario => scenario.result?.hours ?? null,
      cell: scenario => formatNumber(scenario.result?.hours),
    },
    {
      id: 'actions',
      header: t('whatIf.open'),
      value: scenario => scenario.id,
      cell: scenario => (
        <Group gap="xs">
          {onOpen ? (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => onOpen(leversOf(scenario), scenario.name)}
            >
              {t('whatIf.open')}
            </Button>
          ) : null}
          {may('scenario.manage') ? (
            <>
              <Button size="compact-xs" variant="default" onClick={() => share.mutate(scenario)}>
                {t('whatIf.share')}
              </Button>
              <Button
                size="compact-xs"
                variant="default"
                title={t('whatIf.promoteText')}
                onClick={() => promote.mutate(scenario)}
              >
                {t('whatIf.promote')}
              </Button>
              <Button size="compact-xs" variant="subtle" color="gray" onClick={() => remove.mutate(scenario)}>
                {t('action.remove')}
              </Button>
            </>
          ) : null}
        </Group>
      ),
    },
  ];
  return (
    <Loaded query={saved} height={80}>
      {({ items }) =>
        items.length === 0 ? null : (
          <Card title={t('whatIf.saved_list')}>
            {failed ? <Failure error={failed} /> : null}
            <DataTable
              caption={t('whatIf.saved_list')}
              columns={columns}
              rows={items}
              rowKey={scenario => scenario.id}
            />
          </Card>
        )
      }
    </Loaded>
  );
}
