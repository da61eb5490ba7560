import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { urlOf } from '../../api/contract/client.ts';
import { type Job, jobSchema } from '../../api/contract/job.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { call } from './api.ts';

export function isEnded(job: Job): boolean {
  return job.status === 'succeeded' || job.status === 'failed' || job.status === 'cancelled';
}

/** A job as it goes on: pushed by the server, and asked for every two seconds in case the stream is cut. */
export function useJob(jobId: string | null) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ['job', jobId],
    queryFn: () => call(ROUTES.getJob, { params: { id: jobId ?? '' } }),
    enabled: jobId !== null,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && isEnded(state.data) ? false : 2000),
  });
  const ended = query.data ? isEnded(query.data) : false;

  useEffect(() => {
    if (jobId === null || ended) return;
    const source = new EventSource(urlOf(ROUTES.followJob, { params: { id: jobId } }));
    const receive = (event: MessageEvent<string>) => {
      const job = jobSchema.safeParse(JSON.parse(event.data));
      if (job.success) client.setQueryData(['job', jobId], job.data);
    };
    source.addEventListener('job', receive);
    // Polling goes on by itself, so a broken stream needs no reconnecting storm.
    source.addEventListener('error', () => source.close());
    return () => source.close();
  }, [jobId, ended, client]);

  return query;
}
