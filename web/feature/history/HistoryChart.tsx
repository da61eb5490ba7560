import { Button, SegmentedControl, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Queue } from '../../../api/contract/centre.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { localDay } from '../../../forecasting/index.ts';
import { ChartCard } from '../../component/chart/ChartCard.tsx';
import { DenseChart } from '../../component/chart/DenseChart.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatDayTime } from '../../lib/format.ts';
import { mondayOf, weekInstants } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';

interface HistoryChartProps {
  readonly queue: Queue;
  readonly from: number;
  readonly to: number;
  /** Shows the week of this day. */
  readonly day: string | null;
}

const RANGES = { week: 7, month: 31, quarter: 92, all: null } as const;
type Range = keyof typeof RANGES;

/** Intervals over weeks or years on canvas. */
export function HistoryChart({ queue, from, to, day }: HistoryChartProps) {
  const [view, setView] = useState({ from: Math.max(from, to - 31 * 86_400), to });
  const [range, setRange] = useState<Range>('month');
  const [cleaned, setCleaned] = useState(false);

  useEffect(() => {
    if (day === null) return;
    setView(weekInstants(mondayOf(day), queue.timeZone));
    setRange('week');
  }, [day, queue.timeZone]);

  const choose = (value: string) => {
    const next = value === 'week' || value === 'month' || value === 'quarter' ? value : 'all';
    setRange(next);
    const days = RANGES[next];
    setView({ from: days === null ? from : Math.max(from, to - days * 86_400), to });
  };
  const query = useQuery({
    queryKey: ['history', queue.id, view.from, view.to, cleaned],
    queryFn: () =>
      call(ROUTES.getHistory, {
        params: { id: queue.id },
        query: { from: Math.floor(view.from), to: Math.ceil(view.to), cleaned },
      }),
    placeholderData: previous => previous,
  });
  const columns = query.data;
  const at = useMemo(
    () => (columns ? columns.offered.map((_, index) => columns.start + index * columns.stepSeconds) : []),
    [columns],
  );
  const lines = useMemo(
    () =>
      columns
        ? [
            { label: t('history.offered'), token: '--cl-series-1', values: columns.offered },
            { label: t('history.abandoned'), token: '--cl-series-2', values: columns.abandoned },
          ]
        : [],
    [columns],
  );
  return (
    <ChartCard
      title={t('history.chart')}
      note={t('history.chartNote')}
      fileName={`history-${queue.name}`}
      table={() => ({
        header: [
          t('chart.at'),
          t('history.offered'),
          t('history.handled'),
          t('history.abandoned'),
          t('history.aht'),
        ],
        rows: at.map((instant, i) => [
          formatDayTime(instant, queue.timeZone),
          columns?.offered[i],
          columns?.handled[i],
          columns?.abandoned[i],
          columns?.ahtSeconds[i],
        ]),
      })}
      actions={
        <>
          <Switch
            size="xs"
            label={t('history.cleaned')}
            checked={cleaned}
            onChange={event => setCleaned(event.currentTarget.checked)}
          />
          <SegmentedControl
            size="xs"
            aria-label={t('history.rangeLabel')}
            value={range}
            onChange={choose}
            data={(Object.keys(RANGES) as Range[]).map(value => ({
              value,
              label: t(`history.range.${value}`),
            }))}
          />
          {day !== null && range === 'week' ? (
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => {
                const start = localDay(day, queue.timeZone);
                setView({ from: start.startEpochSeconds, to: start.endEpochSeconds });
              }}
            >
              {day}
            </Button>
          ) : null}
        </>
      }
    >
      <Loaded query={query} height={300}>
        {() => (
          <DenseChart
            label={t('history.chart')}
            at={at}
            timeZone={queue.timeZone}
            lines={lines}
            onZoom={(zoomFrom, zoomTo) => setView({ from: zoomFrom, to: zoomTo })}
          />
        )}
      </Loaded>
    </ChartCard>
  );
}
