import { useMemo } from 'react';
import type { Queue } from '../../../api/contract/centre.ts';
import type { ForecastSeries } from '../../../api/contract/forecast.ts';
import { ChartCard } from '../../component/chart/ChartCard.tsx';
import { SeriesChart } from '../../component/chart/SeriesChart.tsx';
import { SERIES } from '../../lib/colours.ts';
import { formatDayTime } from '../../lib/format.ts';
import type { RequirementColumns } from '../../lib/requirement.ts';
import { t } from '../../locale/i18n.ts';

interface RequirementChartProps {
  readonly columns: ForecastSeries;
  readonly requirement: RequirementColumns;
  readonly channel: Queue['channel'];
  readonly name: string;
}

const MOST_POINTS = 1400;

/** Agents needed over the week, before and after shrinkage, above the load itself. */
export function RequirementChart({ columns, requirement, channel, name }: RequirementChartProps) {
  const { at, lines } = useMemo(() => {
    const count = Math.min(MOST_POINTS, columns.offered.length);
    const cut = (values: readonly (number | null)[]) => values.slice(0, count);
    return {
      at: Array.from({ length: count }, (_, i) => columns.start + i * columns.stepSeconds),
      lines: [
        {
          id: 'paid',
          label: t('staffing.paid'),
          colour: SERIES.other,
          values: cut(requirement.agentsWithShrinkage),
          step: true,
          dashed: true,
          width: 1.4,
        },
        {
          id: 'agents',
          label: t(channel === 'voice' ? 'staffing.required' : 'staffing.requiredOther'),
          colour: SERIES.forecast,
          values: cut(requirement.agents),
          step: true,
        },
        {
          id: 'load',
          label: t('staffing.load'),
          colour: SERIES.actual,
          values: cut(columns.offered).map((calls, i) => {
            const aht = columns.ahtSeconds[i];
            return calls === null || aht == null ? null : (calls * aht) / columns.stepSeconds;
          }),
          width: 1.2,
        },
      ],
    };
  }, [columns, requirement, channel]);
  return (
    <ChartCard
      title={t('staffing.curve')}
      unit={t('chart.unit.agents')}
      fileName={`requirement-${name}`}
      table={() => ({
        header: [t('chart.at'), ...lines.map(line => line.label)],
        rows: at.map((instant, i) => [
          formatDayTime(instant, columns.timeZone),
          ...lines.map(line => line.values[i]),
        ]),
      })}
    >
      <SeriesChart
        label={t('staffing.curve')}
        at={at}
        lines={lines}
        timeZone={columns.timeZone}
        height={280}
      />
    </ChartCard>
  );
}
