import { useMemo } from 'react';
import { Card } from '../../component/Card.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import {
  formatMoney,
  formatMonth,
  formatNumber,
  formatPercent,
  formatSigned,
  formatSignedMoney,
} from '../../lib/format.ts';
import type { headcount } from '../../locale/en/headcount.ts';
import { t } from '../../locale/i18n.ts';
import type { CapacityMonth } from './model.ts';

interface MonthTableProps {
  readonly months: readonly CapacityMonth[];
  readonly currency: string;
}

type Read = (month: CapacityMonth) => number;
type ColumnName = keyof (typeof headcount)['column'];

function column(id: ColumnName, value: Read, show: (value: number) => string): TableColumn<CapacityMonth> {
  return {
    id,
    header: t(`headcount.column.${id}`),
    align: 'end',
    value,
    cell: month => show(value(month)),
  };
}

function columnsIn(currency: string): readonly TableColumn<CapacityMonth>[] {
  const people = (value: number) => formatNumber(value, 1);
  const percent = (value: number) => formatPercent(value);
  return [
    {
      id: 'month',
      header: t('headcount.column.month'),
      value: month => month.month,
      cell: month => formatMonth(month.month),
    },
    column('onBoard', month => month.onBoardFte, people),
    column('joined', month => month.joinedFte, people),
    column('left', month => month.leftFte, people),
    column('training', month => month.rampLossFte, people),
    column('productive', month => month.productiveFte, people),
    column('needed', month => month.requiredFte, people),
    column(
      'gap',
      month => month.gapFte,
      value => formatSigned(value, 1),
    ),
    column(
      'gapCost',
      month => month.gapCost,
      value => formatSignedMoney(value, currency),
    ),
    column(
      'payroll',
      month => month.payrollCost + month.hiringCost,
      value => formatMoney(value, currency),
    ),
    column('level', month => month.serviceLevel, percent),
    column('levelWithout', month => month.serviceLevelWithoutHiring, percent),
  ];
}

/** The plan month by month, in people and money. */
export function MonthTable({ months, currency }: MonthTableProps) {
  const columns = useMemo(() => columnsIn(currency), [currency]);
  return (
    <Card title={t('headcount.table')} note={t('headcount.tableNote', { currency })}>
      <DataTable
        caption={t('headcount.table')}
        columns={columns}
        rows={months}
        rowKey={month => month.month}
        fileName="headcount"
      />
    </Card>
  );
}
