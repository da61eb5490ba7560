import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef } from 'react';
import type { z } from 'zod';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { operationSchema } from '../../../api/contract/scheduleEdit.ts';
import { call } from '../../lib/api.ts';
import type { ScheduleContent } from './days.ts';

/** An edit as the server logged it. */
export type Operation = z.output<typeof operationSchema>;

const FOLLOW_INTERVAL_MS = 4000;

interface OthersEditsOptions {
  readonly scheduleId: string;
  /** The newest operation that the content has. */
  readonly lastSequence: number;
  readonly ownSequences: ReadonlySet<number>;
  /** False while something here is unsaved, or about to arrive. */
  readonly enabled: boolean;
  readonly onContent: (content: ScheduleContent, operations: readonly Operation[]) => void;
}

/**
 * Takes in what was not edited here, such as what other planners save meanwhile: the whole schedule with its
 * revisions, so that both stay in step. Gives a way to look at once.
 */
export function useOthersEdits(options: OthersEditsOptions): () => void {
  const { scheduleId, lastSequence, ownSequences, enabled } = options;
  const known = useRef(lastSequence);
  const take = useRef(options);
  take.current = options;
  const { data, refetch } = useQuery({
    // What an earlier editor had read must not be taken in twice.
    queryKey: ['schedule-edits', scheduleId, lastSequence, useId()],
    gcTime: 0,
    enabled,
    refetchInterval: FOLLOW_INTERVAL_MS,
    staleTime: 0,
    structuralSharing: false,
    queryFn: async () => {
      const params = { id: scheduleId, sequence: String(known.current) };
      const { items } = await call(ROUTES.listEditsSince, { params });
      const newest = items.at(-1)?.sequence ?? known.current;
      const others = items.filter(item => !ownSequences.has(item.sequence));
      if (others.length === 0) return { newest, others, content: null };
      return { newest, others, content: await call(ROUTES.getSchedule, { params: { id: scheduleId } }) };
    },
  });
  useEffect(() => {
    // An edit made here while the answer was on its way: it is asked for again once that is saved.
    if (!data || data.newest <= known.current || !take.current.enabled) return;
    known.current = Math.max(data.newest, data.content?.lastSequence ?? 0);
    if (data.content) take.current.onContent(data.content, data.others);
  }, [data]);
  return () => void refetch();
}
