import { useMemo } from 'react';
import { Columns } from '../../component/Card.tsx';
import type { ChartLine } from '../../component/chart/SeriesChart.tsx';
import { TimeChartCard } from '../../component/chart/TimeChartCard.tsx';
import { SERIES } from '../../lib/colours.ts';
import { formatMonth, formatPercent } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import type { CapacityMonth } from './model.ts';

interface CapacityChartsProps {
  readonly months: readonly CapacityMonth[];
  /** Service-level goal, 0–1; `null` where the queues’ goals differ. */
  readonly goal: number | null;
}

/** With the plan drawn full, and if nobody is hired dashed beside it. */
function withAndWithout(
  names: readonly [string, string],
  months: readonly CapacityMonth[],
  read: readonly [(month: CapacityMonth) => number, (month: CapacityMonth) => number],
): readonly ChartLine[] {
  return [
    { id: 'with', label: names[0], colour: SERIES.scheduled, values: months.map(read[0]), width: 2.5 },
    { id: 'without', label: names[1], colour: SERIES.other, values: months.map(read[1]), dashed: true },
  ];
}

/** People needed and there, and what callers would get. */
export function CapacityCharts({ months, goal }: CapacityChartsProps) {
  const at = useMemo(() => months.map(({ month }) => Date.parse(`${month}-01T00:00:00Z`) / 1000), [months]);
  const needed: ChartLine = {
    id: 'needed',
    label: t('headcount.needed'),
    colour: SERIES.required,
    values: months.map(month => month.requiredFte),
  };
  const common = {
    at,
    timeZone: 'UTC',
    height: 260,
    words: (instant: number) => formatMonth(new Date(instant * 1000).toISOString().slice(0, 7)),
  };
  return (
    <Columns min={480}>
      <TimeChartCard
        {...common}
        title={t('headcount.chart')}
        unit={t('glossary.fte.name')}
        fileName="headcount"
        lines={[
          needed,
          ...withAndWithout([t('headcount.there'), t('headcount.without')], months, [
            month => month.productiveFte,
            month => month.productiveWithoutHiring,
          ]),
        ]}
      />
      <TimeChartCard
        {...common}
        title={t('headcount.level')}
        unit={t('chart.unit.share')}
        fileName="headcount-service-level"
        domain={[0, 1]}
        format={value => formatPercent(value)}
        {...(goal !== null && { goal: { value: goal, label: t('headcount.goal') } })}
        lines={withAndWithout([t('headcount.levelWith'), t('headcount.levelWithout')], months, [
          month => month.serviceLevel,
          month => month.serviceLevelWithoutHiring,
        ])}
      />
    </Columns>
  );
}
