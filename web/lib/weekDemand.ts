import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ROUTES } from '../../api/contract/routes.ts';
import { call } from './api.ts';
import { termsOf } from './queueTerms.ts';
import type { ScenarioQueue } from './scenario.ts';
import { useWorkplace, weekInstants } from './workplace.tsx';

/** The week of one queue: its name, forecast and what a scenario needs. */
export interface WeekQueue extends ScenarioQueue {
  readonly queueId: string;
  readonly forecastId: string;
  readonly name: string;
  readonly start: number;
  readonly timeZone: string;
}

/** Forecasts, bands and terms of every queue of the site for the week in hand. */
export function useWeekDemand(): {
  readonly queues: readonly WeekQueue[];
  readonly isLoading: boolean;
  readonly error: unknown;
} {
  const { queues, week, isLoading } = useWorkplace();
  const lists = useQueries({
    queries: queues.map(queue => ({
      queryKey: ['forecasts', queue.id],
      queryFn: () => call(ROUTES.listForecasts, { query: { queueId: queue.id, limit: 200 } }),
    })),
  });
  const heads = lists.map((list, i) => {
    const { from } = weekInstants(week, queues[i]?.timeZone ?? 'UTC');
    return list.data?.items.find(
      item =>
        item.start <= from && from < item.start + item.count * item.stepSeconds && item.scenarioId === null,
    );
  });
  const series = useQueries({
    queries: heads.map(head => ({
      queryKey: ['forecast-series', head?.id],
      queryFn: () => call(ROUTES.getForecastSeries, { params: { id: head?.id ?? '' } }),
      enabled: head !== undefined,
    })),
  });
  const patience = useQueries({
    queries: queues.map(queue => ({
      queryKey: ['patience', queue.id],
      queryFn: () => call(ROUTES.estimatePatience, { params: { id: queue.id } }),
      enabled: queue.historyTo !== null,
    })),
  });
  const stamp = [...series, ...patience].map(query => query.dataUpdatedAt).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `stamp` stands for the answers, whose wrappers are new on every render
  const loaded = useMemo(
    () =>
      queues.flatMap((queue, i): WeekQueue[] => {
        const columns = series[i]?.data;
        if (!columns) return [];
        const estimate = patience[i]?.data;
        const band = columns.bands.find(entry => Math.abs(entry.level - 0.8) < 1e-6);
        return [
          {
            queueId: queue.id,
            forecastId: columns.forecastId,
            name: queue.name,
            start: columns.start,
            timeZone: columns.timeZone,
            demand: columns,
            lower: band?.lower ?? columns.offered,
            upper: band?.upper ?? columns.offered,
            terms: termsOf(queue, estimate?.kind === 'estimated' ? estimate.patienceSeconds : null),
          },
        ];
      }),
    [queues, stamp],
  );
  const failed = [...lists, ...series].find(query => query.isError);
  return {
    queues: loaded,
    isLoading: isLoading || lists.some(query => query.isPending) || series.some(query => query.isLoading),
    error: failed?.error ?? null,
  };
}
