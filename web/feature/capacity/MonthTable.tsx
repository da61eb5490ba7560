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
import { t } from '../../locale/i18n.ts';
import type { CapacityMonth } from './model.ts';

interface MonthTableProps {
  readonly months: readonly CapacityMonth[];
  readonly currency: string;
}

/** The plan month by month, in people and money. */
export function MonthTable({ months, currency }: MonthTableProps) {
  const people = (
    id: string,
    header: string,
    value: (month: CapacityMonth) => number,
  ): TableColumn<CapacityMonth> => ({
    id,
    header,
    align: 'end',
    value,
    cell: month => formatNumber(value(month), 1),
  });
  const column = 'headcount.column' as const;
  const columns: readonly TableColumn<CapacityMonth>[] = [
    {
      id: 'month',
      header: t(`${column}.month`),
      value: month => month.month,
      cell: month => formatMonth(month.month),
    },
    people('onBoard', t(`${column}.onBoard`), month => month.onBoardFte),
    people('joined', t(`${column}.joined`), month => month.joinedFte),
    people('left', t(`${column}.left`), month => month.leftFte),
    people('training', t(`${column}.training`), month => month.rampLossFte),
    people('productive', t(`${column}.productive`), month => month.productiveFte),
    people('needed', t(`${column}.needed`), month => month.requiredFte),
    {
      id: 'gap',
      header: t(`${column}.gap`),
      align: 'end',
      value: month => month.gapFte,
      cell: month => formatSigned(month.gapFte, 1),
    },
    {
      id: 'gapCost',
      header: t(`${column}.gapCost`),
      align: 'end',
      value: month => month.gapCost,
      cell: month => formatSignedMoney(month.gapCost, currency),
    },
    {
      id: 'payroll',
      header: t(`${column}.payroll`),
      align: 'end',
      value: month => month.payrollCost + month.hiringCost,
      cell: month => formatMoney(month.payrollCost + month.hiringCost, currency),
    },
    {
      id: 'level',
      header: t(`${column}.level`),
      align: 'end',
      value: month => month.serviceLevel,
      cell: month => formatPercent(month.serviceLevel),
    },
    {
      id: 'levelWithout',
      header: t(`${column}.levelWithout`),
      align: 'end',
      value: month => month.serviceLevelWithoutHiring,
      cell: month => formatPercent(month.serviceLevelWithoutHiring),
    },
  ];
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
