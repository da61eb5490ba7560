import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ForecastSeries } from '../../../api/contract/forecast.ts';
import { Card } from '../../component/Card.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { instantColumn } from '../../component/instantColumn.ts';
import { formatDuration, formatNumber, formatPercent } from '../../lib/format.ts';
import type { RequirementColumns } from '../../lib/requirement.ts';
import { t } from '../../locale/i18n.ts';

interface RequirementTableProps {
  readonly columns: ForecastSeries;
  readonly requirement: RequirementColumns;
  /** Chance of the goals by interval. */
  readonly chances: readonly (number | null)[];
  readonly isDeferred: boolean;
  readonly name: string;
}

interface Row {
  readonly at: number;
  readonly calls: number | null;
  readonly aht: number | null;
  readonly agents: number | null;
  readonly paid: number | null;
  readonly serviceLevel: number | null;
  readonly asa: number | null;
  readonly abandonment: number | null;
  readonly occupancy: number | null;
  readonly chance: number | null;
  readonly latestFinish: number | null;
  readonly binding: string | null;
}

const BINDINGS = [
  'serviceLevel',
  'asaSeconds',
  'maxAbandonment',
  'maxOccupancy',
  'minAgents',
  'promise',
  'none',
] as const;

function bindingWords(binding: string | null): string | null {
  const known = BINDINGS.find(name => name === binding);
  return known ? t(`staffing.binding.${known}`) : binding;
}

/** Every open interval with its numbers and the goal that decided them. */
export function RequirementTable({ columns, requirement, chances, isDeferred, name }: RequirementTableProps) {
  // Hundreds of rows would be drawn again at every step of a slider; whoever wants them asks.
  const [opened, setOpened] = useState(false);
  const rows = useMemo(
    () =>
      requirement.agents.flatMap((agents, i): Row[] =>
        agents === null
          ? []
          : [
              {
                at: columns.start + i * columns.stepSeconds,
                calls: columns.offered[i] ?? null,
                aht: columns.ahtSeconds[i] ?? null,
                agents,
                paid: requirement.agentsWithShrinkage[i] ?? null,
                serviceLevel: requirement.serviceLevel[i] ?? null,
                asa: requirement.asaSeconds[i] ?? null,
                abandonment: requirement.abandonmentRate[i] ?? null,
                occupancy: requirement.occupancy[i] ?? null,
                chance: chances[i] ?? null,
                latestFinish: requirement.latestFinishSeconds[i] ?? null,
                binding: requirement.binding[i] ?? null,
              },
            ],
      ),
    [columns, requirement, chances],
  );
  const shown = useMemo(() => tableColumns(columns.timeZone, isDeferred), [columns.timeZone, isDeferred]);
  return (
    <Card
      title={t('staffing.table')}
      actions={
        <Button size="compact-sm" variant="subtle" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {t(opened ? 'staffing.tableHide' : 'staffing.tableShow', { count: rows.length })}
        </Button>
      }
    >
      {opened ? (
        <DataTable
          caption={t('staffing.table')}
          columns={shown}
          rows={rows}
          rowKey={row => String(row.at)}
          fileName={`requirement-${name}`}
          maxHeight={380}
        />
      ) : null}
    </Card>
  );
}

function tableColumns(timeZone: string, isDeferred: boolean): readonly TableColumn<Row>[] {
  const number = (
    id: keyof Row & string,
    header: string,
    digits: number,
    value: (row: Row) => number | null,
  ) => ({ id, header, align: 'end' as const, value, cell: (row: Row) => formatNumber(value(row), digits) });
  const share = (id: string, header: string, value: (row: Row) => number | null, digits = 1) => ({
    id,
    header,
    align: 'end' as const,
    value,
    cell: (row: Row) => formatPercent(value(row), digits),
  });
  const ofLine = [
    share('serviceLevel', t('staffing.column.serviceLevel'), row => row.serviceLevel),
    number('asa', t('staffing.column.asa'), 0, row => row.asa),
    share('abandonment', t('staffing.column.abandonment'), row => row.abandonment),
    share('occupancy', t('staffing.column.occupancy'), row => row.occupancy),
    share('chance', t('staffing.column.chance'), row => row.chance, 0),
  ];
  const ofDeferred: TableColumn<Row>[] = [
    share('serviceLevel', t('staffing.deferred.inTime'), row => row.serviceLevel),
    {
      id: 'latestFinish',
      header: t('staffing.deferred.latest'),
      align: 'end',
      value: row => row.latestFinish,
      cell: row => formatDuration(row.latestFinish),
    },
    share('occupancy', t('staffing.column.occupancy'), row => row.occupancy),
  ];
  return [
    instantColumn({ id: 'at', header: t('staffing.column.when'), at: row => row.at, timeZone }),
    number(
      'calls',
      t(isDeferred ? 'staffing.deferred.contacts' : 'staffing.column.calls'),
      1,
      row => row.calls,
    ),
    number('aht', t('staffing.column.aht'), 0, row => row.aht),
    number('agents', t('staffing.column.agents'), isDeferred ? 1 : 0, row => row.agents),
    number('paid', t('staffing.column.paid'), 1, row => row.paid),
    ...(isDeferred ? ofDeferred : ofLine),
    { id: 'binding', header: t('staffing.column.binding'), value: row => bindingWords(row.binding) },
  ];
}
