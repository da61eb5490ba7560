import { setTimeout as sleep } from 'node:timers/promises';
import { finishJob, type JobHold, releaseJob, renewJob } from '../../data/store/jobLeases.ts';
import type { Job } from '../../data/store/jobs.ts';
import { asRefusal, problemOf } from '../http/problemAnswer.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { Environment } from '../service/context.ts';
import { environmentSeeing } from '../service/environmentOf.ts';
import { Refusal } from '../service/refusal.ts';
import { LEASE_SECONDS } from './queue.ts';
import type { Task } from './task.ts';
import type { ThreadPool } from './threads.ts';

const RENEW_MILLISECONDS = 1000;
const RETRY_SECONDS = 5;

/** What running jobs needs. */
export interface Workshop {
  readonly environment: Environment;
  readonly threads: ThreadPool;
  readonly tasks: ReadonlyMap<string, Task>;
  readonly metrics: Metrics;
}

/** Why a run was broken off. */
export type StopReason = 'cancelled' | 'lost' | 'stopping';

/** A job that runs now. */
export interface RunningJob {
  readonly id: string;
  readonly ended: Promise<void>;
  readonly stop: (reason: StopReason) => void;
  /** Looks for a cancel request now instead of at the next renewal. */
  readonly look: () => void;
}

/** Runs a claimed job to its end: result, failure, cancellation, or back in the queue. */
export function runJob(workshop: Workshop, job: Job): RunningJob {
  const hold: JobHold = { id: job.id, fence: job.fence };
  const controller = new AbortController();
  const stop = (reason: StopReason) => controller.abort(reason);
  const state = { progress: job.progress, message: job.message ?? '' };
  const renew = async () => {
    const { environment } = workshop;
    const answer = await renewJob(environment.store.db, hold, {
      leaseUntil: environment.now() + LEASE_SECONDS,
      ...state,
    });
    if (answer === 'cancelRequested') stop('cancelled');
    else if (answer === 'lost') stop('lost');
  };
  const look = () => {
    renew().catch((error: unknown) =>
      workshop.environment.log.warn({ error, jobId: job.id }, 'lease not renewed'),
    );
  };
  const timer = setInterval(look, RENEW_MILLISECONDS);
  const ended = execute(workshop, job, hold, controller.signal, (share, stage) => {
    state.progress = Math.min(1, Math.max(state.progress, share));
    state.message = stage;
  }).finally(() => clearInterval(timer));
  return { id: job.id, ended, stop, look };
}

async function execute(
  workshop: Workshop,
  job: Job,
  hold: JobHold,
  signal: AbortSignal,
  progress: (share: number, stage: string) => void,
): Promise<void> {
  const started = performance.now();
  // A job of a site sees that site only.
  const environment = environmentSeeing(workshop.environment, job.siteId === null ? 'all' : [job.siteId]);
  const log = workshop.environment.log.child({ jobId: job.id, kind: job.kind });
  const ended = (status: string) => {
    workshop.metrics.jobEnded(job.kind, status, (performance.now() - started) / 1000);
    log.info({ status }, 'job ended');
  };
  try {
    const task = workshop.tasks.get(job.kind);
    if (!task) throw new Error(`no task for jobs of kind ${job.kind}`);
    if (job.attempts > job.maxAttempts) throw triedTooOften(job);
    const write = await task.run({
      environment,
      job,
      signal,
      progress,
      compute: (name, input, own = progress) => workshop.threads.compute(name, input, signal, own),
    });
    signal.throwIfAborted();
    await keep(environment, hold, write);
    ended('succeeded');
  } catch (error) {
    ended(await endUnfinished(workshop, job, hold, signal, error));
  }
}

function triedTooOften({ maxAttempts }: Job): Refusal {
  return new Refusal(
    'unprocessable',
    `the service ended ${maxAttempts} times while this ran, so it is not tried again by itself; if memory ran short, try with less at once`,
  );
}

/** Writes the result and the end of the job together, and only if the job is still ours. */
async function keep(
  { store, now, log }: Environment,
  hold: JobHold,
  write: Awaited<ReturnType<Task['run']>>,
): Promise<void> {
  const afterwards = await store.db.transaction().execute(async db => {
    const { resultIds, result, afterwards } = await write(db);
    const kept = await finishJob(db, hold, {
      status: 'succeeded',
      at: now(),
      result: { resultIds: [...resultIds], result: result ?? null },
    });
    if (!kept) throw new LostHoldError('another worker holds the job');
    return afterwards;
  });
  // The result is kept: what is left lying is tidied up later.
  await afterwards?.().catch((error: unknown) => log.warn({ error }, 'a job left something behind'));
}

/** The job went to another worker while this one was busy; nothing was written. */
class LostHoldError extends Error {
  override readonly name = 'LostHoldError';
}

async function endUnfinished(
  workshop: Workshop,
  job: Job,
  hold: JobHold,
  signal: AbortSignal,
  error: unknown,
): Promise<string> {
  const { store, now, log } = workshop.environment;
  const reason: unknown = signal.aborted ? signal.reason : undefined;
  if (reason === 'lost' || error instanceof LostHoldError) return 'lost';
  const refusal = asRefusal(error);
  const transient = refusal.id === 'unavailable' && job.attempts < job.maxAttempts;
  if (refusal.id === 'internal' && reason === undefined) log.error({ jobId: job.id, error }, 'job failed');
  const end = async () => {
    if (reason === 'stopping') return (await releaseJob(store.db, hold, now(), 'unused')) && 'released';
    if (transient) return (await releaseJob(store.db, hold, now() + RETRY_SECONDS)) && 'released';
    const status = reason === 'cancelled' ? 'cancelled' : 'failed';
    const problem = JSON.parse(JSON.stringify(problemOf(refusal)));
    const ended = { status, at: now(), ...(status === 'failed' && { error: problem }) } as const;
    return (await finishJob(store.db, hold, ended)) && status;
  };
  // The database may be the very thing that failed; if it stays away, the lease runs out and the job is taken over.
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return (await end()) || 'lost';
    } catch (failure) {
      log.warn({ jobId: job.id, error: failure }, 'the end of a job could not be noted');
      await sleep(1000);
    }
  }
  return 'lost';
}
