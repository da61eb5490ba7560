import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import type { Queue, Site } from '../../api/contract/centre.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { addDays, localDateOf, localDay, weekdayOf } from '../../forecasting/index.ts';
import { call } from './api.ts';
import { type Choice, storeChoice, storedChoice } from './storedChoice.ts';

/** What the planner is working on: it follows from screen to screen and survives a reload. */
export interface Workplace {
  readonly sites: readonly Site[];
  readonly queues: readonly Queue[];
  readonly site: Site | null;
  readonly queue: Queue | null;
  /** Monday of the week in hand, a civil date. */
  readonly week: string;
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly retry: () => void;
  readonly chooseSite: (siteId: string) => void;
  readonly chooseQueue: (queueId: string) => void;
  readonly chooseWeek: (monday: string) => void;
}

const WorkplaceContext = createContext<Workplace | null>(null);

export function useWorkplace(): Workplace {
  const workplace = use(WorkplaceContext);
  if (!workplace) throw new Error('useWorkplace needs a WorkplaceProvider above it');
  return workplace;
}

/** The Monday of the week that contains a civil date. */
export function mondayOf(date: string): string {
  return addDays(date, -weekdayOf(date));
}

/** Start and end of a week in UTC epoch seconds, in the zone where it is planned. */
export function weekInstants(
  monday: string,
  timeZone: string,
  days = 7,
): { readonly from: number; readonly to: number } {
  return {
    from: localDay(monday, timeZone).startEpochSeconds,
    to: localDay(addDays(monday, days), timeZone).startEpochSeconds,
  };
}

/** The first whole week after the stored history: what a planner plans next. Without history, the coming week. */
export function nextPlanningWeek(queues: readonly Queue[], nowEpochSeconds: number): string {
  let last: { at: number; timeZone: string } | null = null;
  for (const queue of queues) {
    if (queue.historyTo !== null && (last === null || queue.historyTo > last.at)) {
      last = { at: queue.historyTo, timeZone: queue.timeZone };
    }
  }
  if (last === null) return addDays(mondayOf(localDateOf(nowEpochSeconds, 'UTC')), 7);
  const date = localDateOf(last.at, last.timeZone);
  return weekdayOf(date) === 0 ? date : addDays(mondayOf(date), 7);
}

/** The site, queue and week that a choice means among what there is. */
function workInHand(choice: Choice, sites: readonly Site[], queues: readonly Queue[]) {
  const site = sites.find(candidate => candidate.id === choice.siteId) ?? sites[0] ?? null;
  const inSite = queues.filter(queue => queue.siteId === site?.id && !queue.archived);
  return {
    sites,
    site,
    queues: inSite,
    queue: inSite.find(candidate => candidate.id === choice.queueId) ?? inSite[0] ?? null,
    week: (site && choice.weeks[site.id]) ?? nextPlanningWeek(inSite, Math.floor(Date.now() / 1000)),
  };
}

export function WorkplaceProvider({ children }: { readonly children: ReactNode }) {
  const [choice, setChoice] = useState<Choice>(storedChoice);
  const sites = useQuery({ queryKey: ['sites'], queryFn: () => call(ROUTES.listSites, {}) });
  const queues = useQuery({ queryKey: ['queues'], queryFn: () => call(ROUTES.listQueues, {}) });

  const choose = useCallback((change: Partial<Choice>) => {
    setChoice(previous => {
      const next = { ...previous, ...change, weeks: { ...previous.weeks, ...change.weeks } };
      storeChoice(next);
      return next;
    });
  }, []);

  const { refetch: refetchSites } = sites;
  const { refetch: refetchQueues } = queues;
  const retry = useCallback(() => {
    void refetchSites();
    void refetchQueues();
  }, [refetchSites, refetchQueues]);
  const isLoading = sites.isPending || queues.isPending;
  const allSites = sites.data?.items;
  const allQueues = queues.data?.items;
  // What was read once stays on the screen while a later reading fails: edits that are not saved yet live there.
  const error = allSites && allQueues ? null : (sites.error ?? queues.error);
  const value = useMemo((): Workplace => {
    const inHand = workInHand(choice, allSites ?? [], allQueues ?? []);
    return {
      ...inHand,
      isLoading,
      error,
      retry,
      chooseSite: siteId => choose({ siteId }),
      chooseQueue: queueId => choose({ queueId }),
      chooseWeek: week => {
        if (inHand.site) choose({ weeks: { [inHand.site.id]: week } });
      },
    };
  }, [choice, choose, allSites, allQueues, isLoading, error, retry]);

  // The week follows from the history once, then stays: actuals that come in later must not move it.
  const siteId = value.site?.id;
  const hasHistory = value.queues.some(queue => queue.historyTo !== null);
  const isChosen = siteId !== undefined && choice.weeks[siteId] !== undefined;
  useEffect(() => {
    if (siteId !== undefined && hasHistory && !isChosen) choose({ weeks: { [siteId]: value.week } });
  }, [siteId, hasHistory, isChosen, value.week, choose]);

  return <WorkplaceContext value={value}>{children}</WorkplaceContext>;
}
