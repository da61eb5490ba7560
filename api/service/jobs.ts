import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { cancelJob, findJob, type Job, listJobs } from '../../data/store/jobs.ts';
import { JOB_KINDS, type JOB_STATUSES, type Job as JobAnswer } from '../contract/job.ts';
import { problemSchema } from '../contract/problem.ts';
import { type Context, mutate, reach } from './context.ts';
import { type PageQuery, pageFrom } from './page.ts';
import { found, Refusal } from './refusal.ts';
import { userNames } from './userNames.ts';

const LOOK_MILLISECONDS = 300;

/** Jobs in reach, newest first. */
export async function readJobs(
  context: Context,
  query: PageQuery & { readonly status?: (typeof JOB_STATUSES)[number] | undefined },
) {
  const { db } = context.environment.store;
  const limit = query.limit ?? 100;
  const jobs = await listJobs(db, reach(context, 'job.read'), {
    ...(query.status !== undefined && { statuses: [query.status] }),
    limit: limit + 1,
    after: query.cursor,
  });
  const nameOf = await userNames(db);
  const page = pageFrom(jobs, limit, job => job.id);
  return { ...page, items: page.items.map(job => presentJob(job, nameOf)) };
}

/** One job. */
export async function readJob(context: Context, id: string): Promise<JobAnswer> {
  const { db } = context.environment.store;
  return presentJob(found(await findJob(db, reach(context, 'job.read'), id)), await userNames(db));
}

/** The job each time it changes, until it has ended or nobody listens. The truth is the row, whoever runs it. */
export async function* followJob(
  context: Context,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<JobAnswer> {
  const { db } = context.environment.store;
  const nameOf = await userNames(db);
  let before = '';
  for (;;) {
    const job = presentJob(found(await findJob(db, reach(context, 'job.read'), id)), nameOf);
    const now = JSON.stringify(job);
    if (now !== before) yield job;
    before = now;
    if (job.finishedAt !== null || signal.aborted) return;
    await sleep(LOOK_MILLISECONDS);
  }
}

/** Asks a job to stop. */
export async function stopJob(context: Context, id: string): Promise<JobAnswer> {
  const scope = reach(context, 'job.cancel');
  return mutate(context, 'job.cancel', async db => {
    const outcome = await cancelJob(db, scope, id, context.environment.now());
    if (outcome === 'missing') throw new Refusal('notFound');
    if (outcome === 'ended') throw new Refusal('wrongState', 'the job has ended already');
    const job = found(await findJob(db, scope, id));
    return {
      value: presentJob(job, await userNames(db)),
      subjectKind: 'job',
      subjectId: id,
      siteId: job.siteId,
    };
  });
}

const resultSchema = z.object({ resultIds: z.array(z.string()), result: z.unknown() });
const inputSchema = z.looseObject({ resourceId: z.string().optional() });

/** A job as it is answered. */
function presentJob(job: Job, nameOf: (userId: string | null) => string): JobAnswer {
  const result = resultSchema.safeParse(job.result);
  const problem = problemSchema.safeParse(job.error);
  const input = inputSchema.safeParse(job.input);
  return {
    id: job.id,
    kind: JOB_KINDS.find(kind => kind === job.kind) ?? 'backup',
    status: job.status,
    resourceId: (input.success ? input.data.resourceId : undefined) ?? null,
    progress: job.progress,
    stage: job.message ?? '',
    attempt: job.attempts,
    createdAt: job.createdAt,
    startedAt: job.startedAt,
    finishedAt: job.finishedAt,
    createdBy: nameOf(job.createdBy),
    resultIds: result.success ? result.data.resultIds : [],
    result: result.success ? (result.data.result ?? null) : null,
    problem: problem.success ? problem.data : null,
  };
}
