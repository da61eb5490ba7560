import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { z } from 'zod';
import type { reviewSeriesSchema } from '../../../api/contract/review.ts';
import { gridDays } from '../../../forecasting/index.ts';
import { Columns } from '../../component/Card.tsx';
import type { ChartLine } from '../../component/chart/SeriesChart.tsx';
import { TimeChartCard } from '../../component/chart/TimeChartCard.tsx';
import { SERIES } from '../../lib/colours.ts';
import { formatDay, formatPercent } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';

type Columned = z.output<typeof reviewSeriesSchema>;

interface PlanActualChartsProps {
  readonly columns: Columned;
  readonly name: string;
}

/** Calls, service level and agents: planned over actual, for the week or one day. */
export function PlanActualCharts({ columns, name }: PlanActualChartsProps) {
  const [shown, setShown] = useState('whole');
  const days = useMemo(() => gridDays({ ...columns, count: columns.actual.length }), [columns]);
  const day = shown === 'whole' ? undefined : days[Number(shown)];
  const from = day?.firstIndex ?? 0;
  const to = day ? day.firstIndex + day.count : columns.actual.length;
  const at = useMemo(
    () => Array.from({ length: to - from }, (_, i) => columns.start + (from + i) * columns.stepSeconds),
    [columns, from, to],
  );
  const charts = useMemo(() => chartsOf(columns, from, to), [columns, from, to]);
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('review.show')}
        value={shown}
        onChange={setShown}
        data={[
          { value: 'whole', label: t('review.whole') },
          ...days.map((entry, i) => ({
            value: String(i),
            label: formatDay(entry.day.startEpochSeconds, columns.timeZone),
          })),
        ]}
      />
      <Columns min={480}>
        {charts.map(chart => (
          <TimeChartCard
            key={chart.file}
            title={chart.title}
            unit={chart.unit}
            fileName={`${chart.file}-${name}`}
            at={at}
            timeZone={columns.timeZone}
            lines={chart.lines}
            height={220}
            {...(chart.isShare && { domain: SHARE, format: (value: number) => formatPercent(value) })}
          />
        ))}
      </Columns>
    </>
  );
}

const SHARE = [0, 1] as const;

interface Chart {
  readonly title: string;
  readonly unit: string;
  readonly file: string;
  readonly isShare?: boolean;
  readonly lines: readonly ChartLine[];
}

/** Planned over actual from one interval to another. */
function chartsOf(columns: Columned, from: number, to: number): readonly Chart[] {
  const line = (
    id: string,
    label: string,
    colour: string,
    values: readonly (number | null)[],
    step = false,
  ): ChartLine => ({ id, label, colour, values: values.slice(from, to), step });
  return [
    {
      title: t('review.chartVolume'),
      unit: t('chart.unit.callsPerInterval'),
      file: 'calls',
      lines: [
        line('forecast', t('review.forecast'), SERIES.forecast, columns.forecast),
        line('actual', t('review.actual'), SERIES.actual, columns.actual),
      ],
    },
    {
      title: t('review.chartLevel'),
      unit: t('chart.unit.share'),
      file: 'service-level',
      isShare: true,
      lines: [
        line('predicted', t('review.predicted'), SERIES.forecast, columns.predictedServiceLevel, true),
        line('actual', t('review.actual'), SERIES.actual, columns.actualServiceLevel, true),
      ],
    },
    {
      title: t('review.chartStaff'),
      unit: t('chart.unit.agents'),
      file: 'agents',
      lines: [
        line('required', t('review.required'), SERIES.required, columns.required, true),
        line('scheduled', t('review.scheduled'), SERIES.scheduled, columns.scheduled, true),
      ],
    },
  ];
}
