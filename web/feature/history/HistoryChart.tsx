import { Button, SegmentedControl, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Queue } from '../../../api/contract/centre.ts';
import type { RouteOutput } from '../../../api/contract/route.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { localDay } from '../../../forecasting/index.ts';
import { ChartCard } from '../../component/chart/ChartCard.tsx';
import { DenseChart } from '../../component/chart/DenseChart.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import type { Figures } from '../../lib/csv.ts';
import { formatLocalDate, isoDayTime } from '../../lib/format.ts';
import { mondayOf, weekInstants } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';

interface HistoryChartProps {
  readonly queue: Queue;
  readonly from: number;
  readonly to: number;
  /** Shows the week of this day. */
  readonly day: string | null;
}

const RANGES = ['week', 'month', 'quarter', 'all'] as const;
type Range = (typeof RANGES)[number];
const DAYS: Readonly<Record<Range, number | null>> = { week: 7, month: 31, quarter: 92, all: null };

interface View {
  readonly from: number;
  readonly to: number;
  /** Null after a zoom, which is none of the ranges. */
  readonly range: Range | null;
}

/** Intervals over weeks or years on canvas. */
export function HistoryChart({ queue, from, to, day }: HistoryChartProps) {
  const [view, setView] = useState<View>(() => lastDays('month', from, to));
  const [cleaned, setCleaned] = useState(false);
  useEffect(() => {
    if (day !== null) setView({ ...weekInstants(mondayOf(day), queue.timeZone), range: 'week' });
  }, [day, queue.timeZone]);
  const query = useQuery({
    queryKey: ['history', queue.id, view.from, view.to, cleaned],
    queryFn: () =>
      call(ROUTES.getHistory, {
        params: { id: queue.id },
        query: { from: Math.floor(view.from), to: Math.ceil(view.to), cleaned },
      }),
    placeholderData: previous => previous,
  });
  const { at, lines } = useLines(query.data);
  return (
    <ChartCard
      title={t('history.chart')}
      note={t('history.chartNote')}
      fileName={`history-${queue.name}`}
      table={() => figuresOf(at, query.data, queue.timeZone)}
      actions={
        <>
          <Switch
            size="xs"
            label={t('history.cleaned')}
            checked={cleaned}
            onChange={event => setCleaned(event.currentTarget.checked)}
          />
          <RangeChoice range={view.range} onRange={range => setView(lastDays(range, from, to))} />
          {day !== null && view.range === 'week' ? (
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => {
                const { startEpochSeconds, endEpochSeconds } = localDay(day, queue.timeZone);
                setView({ from: startEpochSeconds, to: endEpochSeconds, range: null });
              }}
            >
              {formatLocalDate(day)}
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
            onZoom={(zoomFrom, zoomTo) => setView({ from: zoomFrom, to: zoomTo, range: null })}
          />
        )}
      </Loaded>
    </ChartCard>
  );
}

function RangeChoice(props: { readonly range: Range | null; readonly onRange: (range: Range) => void }) {
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('history.rangeLabel')}
      value={props.range ?? ''}
      onChange={value => {
        const range = RANGES.find(name => name === value);
        if (range) props.onRange(range);
      }}
      data={RANGES.map(value => ({ value, label: t(`history.range.${value}`) }))}
    />
  );
}

function lastDays(range: Range, from: number, to: number): View {
  const days = DAYS[range];
  return { from: days === null ? from : Math.max(from, to - days * 86_400), to, range };
}

type Columns = RouteOutput<typeof ROUTES.getHistory>;

function useLines(columns: Columns | undefined) {
  return useMemo(() => {
    if (!columns) return { at: [], lines: [] };
    return {
      at: columns.offered.map((_, index) => columns.start + index * columns.stepSeconds),
      lines: [
        { label: t('history.offered'), token: '--cl-series-1', values: columns.offered },
        { label: t('history.abandoned'), token: '--cl-series-2', values: columns.abandoned },
      ],
    };
  }, [columns]);
}

function figuresOf(at: readonly number[], columns: Columns | undefined, timeZone: string): Figures {
  const names = ['offered', 'handled', 'abandoned', 'ahtSeconds'] as const;
  return {
    header: [
      t('chart.at'),
      t('history.offered'),
      t('history.handled'),
      t('history.abandoned'),
      t('history.aht'),
    ],
    rows: at.map((instant, i) => [
      isoDayTime(instant, timeZone),
      ...names.map(name => columns?.[name][i] ?? null),
    ]),
  };
}
