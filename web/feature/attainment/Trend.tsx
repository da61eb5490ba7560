import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Queue } from '../../../api/contract/centre.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { localDay } from '../../../forecasting/index.ts';
import { ChartCard } from '../../component/chart/ChartCard.tsx';
import { SeriesChart } from '../../component/chart/SeriesChart.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { SERIES } from '../../lib/colours.ts';
import { formatPercent } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';

const GRAINS = ['month', 'week', 'day'] as const;
type Grain = (typeof GRAINS)[number];

interface TrendProps {
  readonly queue: Queue;
  readonly query: {
    readonly from: string;
    readonly to: string;
    readonly definition?: 'offered' | 'excludeShortAbandons' | 'answered' | 'waitOnly' | 'virtual';
  };
  readonly initial: Grain;
}

/** Service level over time with the share of intervals in goal beside it: an average can hide bad hours. */
export function Trend({ queue, query, initial }: TrendProps) {
  const [by, setBy] = useState<Grain>(initial);
  const { from, to, definition } = query;
  const rows = useQuery({
    queryKey: ['attainment', by, queue.id, query],
    queryFn: () =>
      call(ROUTES.getAttainment, {
        query: { from, to, ...(definition && { definition }), queueIds: [queue.id], by },
      }),
    placeholderData: previous => previous,
  });
  const chart = useMemo(() => {
    const items = (rows.data?.items ?? []).filter(
      row => row.queueId === queue.id && row.actual.offered !== null,
    );
    return {
      items,
      at: items.map(row => localDay(row.from, queue.timeZone).startEpochSeconds),
      lines: [
        {
          id: 'level',
          label: t('attainment.column.level'),
          colour: SERIES.forecast,
          values: items.map(row => row.actual.serviceLevel),
        },
        {
          id: 'intervals',
          label: t('attainment.consistency'),
          colour: SERIES.actual,
          dashed: true,
          values: items.map(row =>
            row.intervalsMeasured > 0 ? row.intervalsInGoal / row.intervalsMeasured : null,
          ),
        },
      ],
    };
  }, [rows.data, queue]);
  const target = queue.goal.serviceLevel?.target;
  const title = t('attainment.trend', { name: queue.name });
  return (
    <ChartCard
      title={title}
      fileName={`trend-${queue.name}`}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('attainment.grainLabel')}
          value={by}
          onChange={value => setBy(GRAINS.find(grain => grain === value) ?? 'week')}
          data={GRAINS.map(value => ({ value, label: t(`attainment.grain.${value}`) }))}
        />
      }
      table={() => ({
        header: [
          t('attainment.column.period'),
          t('attainment.column.calls'),
          t('attainment.column.level'),
          t('attainment.column.asa'),
          t('attainment.column.abandonment'),
        ],
        rows: chart.items.map(row => [
          row.period,
          row.actual.offered,
          row.actual.serviceLevel,
          row.actual.asaSeconds,
          row.actual.abandonmentRate,
        ]),
      })}
    >
      <Loaded query={rows} height={240}>
        {() => (
          <SeriesChart
            label={title}
            at={chart.at}
            lines={chart.lines}
            timeZone={queue.timeZone}
            height={240}
            domain={[0, 1]}
            format={value => formatPercent(value)}
            {...(target !== undefined && {
              goal: { value: target, label: `${t('attainment.goal')} ${formatPercent(target)}` },
            })}
          />
        )}
      </Loaded>
    </ChartCard>
  );
}
