import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Queue } from '../../../api/contract/centre.ts';
import type { ForecastSeries } from '../../../api/contract/forecast.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import {
  type AgentColumn,
  type BandDraws,
  drawBand,
  type ForecastScatter,
  planAgents,
  type ScenarioQueue,
} from '../../../forecasting/index.ts';
import { call } from '../../lib/api.ts';
import { secondsOf, usePatience } from '../../lib/patience.ts';
import { termsOf, workOf } from '../../lib/queueTerms.ts';
import { useWorkplace, weekInstants } from '../../lib/workplace.tsx';

/** A queue of the scenario with its name and the forecast behind it. */
export interface BasisQueue extends ScenarioQueue {
  readonly name: string;
  readonly channel: Queue['channel'];
  readonly forecastId: string;
  readonly scatter: ForecastScatter | null;
}

/** What every scenario of the page starts from. */
export interface Basis {
  readonly queues: readonly BasisQueue[];
  readonly plan: readonly AgentColumn[];
  readonly correlation: readonly (readonly number[])[];
  readonly draws: BandDraws;
  readonly start: number;
  readonly days: number;
  /** Stretches that the forecasts cover, in days. */
  readonly choices: readonly number[];
}

const STRETCHES = [7, 14, 21, 28] as const;
const DAY_SECONDS = 86_400;

/** Forecasts, scatter and terms of the site's queues from the week in hand on. */
export function useBasis(wantedDays: number): {
  readonly basis: Basis | null;
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly retry: () => void;
} {
  const { queues, week, isLoading, error: centreError, retry: retryCentre } = useWorkplace();
  const { lists, series, patience, together } = useAnswers(queues, week);
  const needed = [...lists, ...series, together];
  const queries = [...needed, ...patience];
  const stamp = queries.map(query => query.dataUpdatedAt).join();
  const isWaiting = isLoading || queries.some(query => query.isLoading);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `stamp` stands for the answers, whose wrappers are new on every render
  const basis = useMemo(() => {
    if (isWaiting) return null;
    const found = queues.flatMap((queue, i) => {
      const columns = series[i]?.data;
      return columns ? [{ queue, columns, patience: secondsOf(patience[i]?.data) }] : [];
    });
    return basisOf(found, week, wantedDays, (a, b) => {
      const row = together.data?.queueIds.indexOf(a) ?? -1;
      const column = together.data?.queueIds.indexOf(b) ?? -1;
      return together.data?.correlation[row]?.[column] ?? 0;
    });
  }, [queues, stamp, isWaiting, week, wantedDays]);
  return {
    basis,
    isLoading: isWaiting,
    error: centreError ?? needed.find(query => query.isError)?.error ?? null,
    retry: () => {
      retryCentre();
      for (const query of needed) if (query.isError) void query.refetch();
    },
  };
}

/** What the server says of the queues: forecasts of the week, patience, and how their days go together. */
function useAnswers(queues: readonly Queue[], week: string) {
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
        item.start <= from &&
        from + DAY_SECONDS <= item.start + item.count * item.stepSeconds &&
        item.scenarioId === null,
    );
  });
  const series = useQueries({
    queries: heads.map(head => ({
      queryKey: ['forecast-series', head?.id],
      queryFn: () => call(ROUTES.getForecastSeries, { params: { id: head?.id ?? '' } }),
      enabled: head !== undefined,
    })),
  });
  const patience = usePatience(queues);
  const ids = queues.map(queue => queue.id);
  const together = useQuery({
    queryKey: ['day-correlation', ids],
    queryFn: () => call(ROUTES.getDayCorrelation, { query: { queueIds: ids } }),
    enabled: ids.length > 1,
  });
  return { lists, series, patience, together };
}

interface FoundQueue {
  readonly queue: Queue;
  readonly columns: ForecastSeries;
  readonly patience: number | null;
}

function basisOf(
  found: readonly FoundQueue[],
  week: string,
  wantedDays: number,
  correlationOf: (a: string, b: string) => number,
): Basis | null {
  const [first] = found;
  if (!first) return null;
  const covered = Math.min(
    ...found.map(({ columns }) => {
      const end = columns.start + columns.offered.length * columns.stepSeconds;
      return Math.floor((end - weekInstants(week, columns.timeZone).from + 3 * 3600) / DAY_SECONDS);
    }),
  );
  const choices = STRETCHES.filter(days => days <= covered);
  const days = choices.findLast(choice => choice <= wantedDays) ?? covered;
  const queues = found.map(entry => basisQueue(entry, week, days));
  const correlation = queues.map(a => queues.map(b => (a === b ? 1 : correlationOf(a.queueId, b.queueId))));
  return {
    queues,
    plan: planAgents(queues),
    correlation,
    draws: drawBand(correlation, days + 1),
    start: queues[0]?.start ?? 0,
    days,
    choices,
  };
}

function basisQueue({ queue, columns, patience }: FoundQueue, week: string, days: number): BasisQueue {
  const { from, to } = weekInstants(week, columns.timeZone, days);
  const first = Math.max(0, (from - columns.start) / columns.stepSeconds);
  const last = (to - columns.start) / columns.stepSeconds;
  const terms = termsOf(queue, patience);
  return {
    queueId: queue.id,
    name: queue.name,
    forecastId: columns.forecastId,
    start: columns.start + first * columns.stepSeconds,
    stepSeconds: columns.stepSeconds,
    timeZone: columns.timeZone,
    openingHours: queue.openingHours,
    offered: columns.offered.slice(first, last),
    ahtSeconds: columns.ahtSeconds.slice(first, last),
    goal: terms.goal,
    goalPeriods: queue.goalPeriods,
    patienceSeconds: terms.patienceSeconds,
    shortAbandonSeconds: terms.shortAbandonSeconds,
    shrinkageShare: terms.shrinkage,
    channel: queue.channel,
    ...workOf(queue),
    scatter: columns.uncertainty && {
      originEpochSeconds: columns.origin,
      uncertainty: columns.uncertainty,
    },
  };
}
