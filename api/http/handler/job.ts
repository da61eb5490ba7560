import type { jobRoutes } from '../../contract/job.ts';
import { followJob, readJob, readJobs, stopJob } from '../../service/jobs.ts';
import type { Handlers, ServerEvent } from '../reply.ts';

export const jobHandlers: Handlers<typeof jobRoutes> = {
  listJobs: ({ context, query }) => readJobs(context, query),
  getJob: ({ context, params }) => readJob(context, params.id),
  followJob: async ({ context, params, signal }) => {
    // Asked once before the stream begins, so that a job that may not be seen is a plain 404.
    await readJob(context, params.id);
    return events(context, params.id, signal);
  },
  cancelJob: ({ context, params }) => stopJob(context, params.id),
};

async function* events(
  context: Parameters<typeof followJob>[0],
  id: string,
  signal: AbortSignal,
): AsyncGenerator<ServerEvent> {
  for await (const job of followJob(context, id, signal)) {
    yield {
      id: `${job.attempt}-${job.status}-${job.progress.toFixed(4)}-${job.stage.length}`,
      event: 'job',
      data: job,
    };
  }
}
