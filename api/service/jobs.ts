import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { cancelJob, findJob, type Job, listJobs } from '../../data/store/jobs.ts';
import { listUsers } from '../../data/store/users.ts';
import { JOB_KINDS, type JOB_STATUSES, type Job as JobAnswer } from '../contract/job.ts';
import { problemSchema } from '../contract/problem.ts';
import { type Context, mutate, reach } from './context.ts';
import { found, Refusal } from './refusal.ts';

const LOOK_MILLISECONDS = 300;

/** Jobs in reach, newest first. */
export async function readJobs(
  context: Context,
  filter: {
    readonly status?: (typeof JOB_STATUSES)[number] | undefined;
    readonly limit?: number | undefined;
  },
) {
  const { db } = context.environment.store;
  const jobs = await listJobs(db, reach(context, 'job.read'), {
    ...(filter.status !== undefined && { statuses: [filter.status] }),
    limit: filter.limit ?? 100,
  });
  const names = new Map((await listUsers(db)).map(user => [user.id, user.name]));
  return { items: jobs.map(job => presentJob(job, names)), nextCursor: null };
}

/** One job. */
export async function readJob(context: Context, id: string): Promise<JobAnswer> {
  return presentJob(found(await findJob(context.environment.store.db, reach(context, 'job.read'), id)));
}

/** The job each time it changes, until it has ended or nobody listens. The truth is the row, whoever runs it. */
export async function* followJob(
  context: Context,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<JobAnswer> {
  let before = '';
  for (;;) {
    const job = await readJob(context, id);
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
    return { value: presentJob(job), subjectKind: 'job', subjectId: id, siteId: job.siteId };
  });
}

const resultSchema = z.object({ resultIds: z.array(z.string()), result: z.unknown() });
const inputSchema = z.looseObject({ resourceId: z.string().optional() });

/** A job as it is answered. */
export function presentJob(job: Job, names: ReadonlyMap<string, string> = new Map()): JobAnswer {
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
    createdBy: job.createdBy === null ? '' : (names.get(job.createdBy) ?? job.createdBy),
    resultIds: result.success ? result.data.resultIds : [],
    result: result.success ? (result.data.result ?? null) : null,
    problem: problem.success ? problem.data : null,
  };
}
