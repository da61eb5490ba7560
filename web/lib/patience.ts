import { useQueries } from '@tanstack/react-query';
import { isDeferred, type Queue } from '../../api/contract/centre.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { call } from './api.ts';

/** Patience estimated from each queue's history; queues without one, and those without a line, are not asked for. */
export function usePatience(queues: readonly Queue[]) {
  return useQueries({
    queries: queues.map(queue => ({
      queryKey: ['patience', queue.id],
      queryFn: () => call(ROUTES.estimatePatience, { params: { id: queue.id } }),
      enabled: queue.historyTo !== null && !isDeferred(queue.channel),
    })),
  });
}

/** The seconds of an answer; `null` while unknown or where history says too little. */
export function secondsOf(estimate: ReturnType<typeof usePatience>[number]['data']): number | null {
  return estimate?.kind === 'estimated' ? estimate.patienceSeconds : null;
}
