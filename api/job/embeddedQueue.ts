import type { Db } from '../../data/db/connect.ts';
import { claimJob } from '../../data/store/jobLeases.ts';
import { enqueueJob, type Job, type NewJob } from '../../data/store/jobs.ts';
import { claimOf, type JobQueue } from './queue.ts';
import type { Workshop } from './runJob.ts';
import { Runner } from './runner.ts';

const POLL_MILLISECONDS = 1000;

/** Jobs of the job table itself, run by this process in its threads: all that SQLite needs. */
export class EmbeddedQueue implements JobQueue {
  readonly #runner: Runner;

  constructor(workshop: () => Workshop) {
    const source = {
      next: ({ environment }: Workshop) => claimJob(environment.store.db, claimOf(environment)),
      settled: async () => {},
    };
    this.#runner = new Runner(workshop, source, POLL_MILLISECONDS);
  }

  enqueue(db: Db, job: NewJob): Promise<Job> {
    return enqueueJob(db, job);
  }

  wake(): void {
    this.#runner.wake();
  }

  async start(): Promise<void> {
    this.#runner.start();
  }

  stop(): Promise<void> {
    return this.#runner.stop();
  }
}
