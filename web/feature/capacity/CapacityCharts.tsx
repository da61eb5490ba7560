import { useMemo } from 'react';
import { Columns } from '../../component/Card.tsx';
import { ChartCard } from '../../component/chart/ChartCard.tsx';
import { SeriesChart } from '../../component/chart/SeriesChart.tsx';
import { SERIES } from '../../lib/colours.ts';
import { formatPercent } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import type { CapacityMonth } from './model.ts';

interface CapacityChartsProps {
  readonly months: readonly CapacityMonth[];
  /** Service-level goal, 0–1; `null` where the queues’ goals differ. */
  readonly goal: number | null;
}

/** People needed and there, and what callers would get. */
export function CapacityCharts({ months, goal }: CapacityChartsProps) {
  const at = useMemo(() => months.map(({ month }) => Date.parse(`${month}-01T00:00:00Z`) / 1000), [months]);
  const table = () => ({
    header: [
      t('headcount.column.month'),
      t('headcount.there'),
      t('headcount.without'),
      t('headcount.needed'),
      t('headcount.levelWith'),
      t('headcount.levelWithout'),
    ],
    rows: months.map(month => [
      month.month,
      month.productiveFte,
      month.productiveWithoutHiring,
      month.requiredFte,
      month.serviceLevel,
      month.serviceLevelWithoutHiring,
    ]),
  });
  return (
    <Columns min={480}>
      <ChartCard title={t('headcount.chart')} unit="FTE" table={table} fileName="headcount">
        <SeriesChart
          label={t('headcount.chart')}
          at={at}
          timeZone="UTC"
          height={260}
          lines={[
            {
              id: 'needed',
              label: t('headcount.needed'),
              colour: SERIES.required,
              values: months.map(m => m.requiredFte),
            },
            {
              id: 'there',
              label: t('headcount.there'),
              colour: SERIES.scheduled,
              values: months.map(m => m.productiveFte),
              width: 2.5,
            },
            {
              id: 'without',
              label: t('headcount.without'),
              colour: SERIES.other,
              values: months.map(m => m.productiveWithoutHiring),
              dashed: true,
            },
          ]}
        />
      </ChartCard>
      <ChartCard title={t('headcount.level')} table={table} fileName="headcount-service-level">
        <SeriesChart
          label={t('headcount.level')}
          at={at}
          timeZone="UTC"
          height={260}
          domain={[0, 1]}
          format={value => formatPercent(value)}
          {...(goal !== null && { goal: { value: goal, label: t('headcount.goal') } })}
          lines={[
            {
              id: 'with',
              label: t('headcount.levelWith'),
              colour: SERIES.scheduled,
              values: months.map(m => m.serviceLevel),
              width: 2.5,
            },
            {
              id: 'without',
              label: t('headcount.levelWithout'),
              colour: SERIES.other,
              values: months.map(m => m.serviceLevelWithoutHiring),
              dashed: true,
            },
          ]}
        />
      </ChartCard>
    </Columns>
  );
}
