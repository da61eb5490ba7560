import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Db } from '../../data/db/connect.ts';
import { claimJob, enqueueJob, type Job, type NewJob } from '../../data/store/jobs.ts';
import type { JobQueue } from './queue.ts';
import { LEASE_SECONDS, type RunningJob, runJob, type Workshop } from './runJob.ts';

const POLL_MILLISECONDS = 1000;

/** Jobs of the job table, run by this process in its threads. The default, and all that SQLite needs. */
export class EmbeddedQueue implements JobQueue {
  readonly #workshop: () => Workshop;
  readonly #owner = `${hostname()}:${process.pid}:${randomUUID()}`;
  readonly #running = new Map<string, RunningJob>();
  #timer: NodeJS.Timeout | undefined;
  #claiming: Promise<void> | undefined;
  #again = false;
  #active = false;

  constructor(workshop: () => Workshop) {
    this.#workshop = workshop;
  }

  enqueue(db: Db, job: NewJob): Promise<Job> {
    return enqueueJob(db, job);
  }

  wake(): void {
    if (!this.#active) return;
    for (const running of this.#running.values()) running.look();
    this.#claim();
  }

  async start(): Promise<void> {
    this.#active = true;
    this.#timer = setInterval(() => this.#claim(), POLL_MILLISECONDS);
    this.#claim();
  }

  async stop(): Promise<void> {
    this.#active = false;
    clearInterval(this.#timer);
    await this.#claiming;
    const running = [...this.#running.values()];
    for (const job of running) job.stop('stopping');
    await Promise.all(running.map(job => job.ended));
  }

  #claim(): void {
    if (this.#claiming) {
      this.#again = true;
      return;
    }
    this.#claiming = this.#fill()
      .catch((error: unknown) => this.#workshop().environment.log.warn({ error }, 'no job could be claimed'))
      .finally(() => {
        this.#claiming = undefined;
        if (this.#again && this.#active) {
          this.#again = false;
          this.#claim();
        }
      });
  }

  /** Takes due jobs until none is left or every thread has one. */
  async #fill(): Promise<void> {
    const workshop = this.#workshop();
    const { store, now } = workshop.environment;
    while (this.#active && this.#running.size < workshop.threads.size) {
      const job = await claimJob(store.db, {
        owner: this.#owner,
        now: now(),
        leaseSeconds: LEASE_SECONDS,
        engine: store.engine,
      });
      if (!job) return;
      this.#run(workshop, job);
    }
  }

  #run(workshop: Workshop, job: Job): void {
    const running = runJob(workshop, job);
    this.#running.set(job.id, running);
    workshop.metrics.jobsRunning(this.#running.size);
    void running.ended.finally(() => {
      this.#running.delete(job.id);
      workshop.metrics.jobsRunning(this.#running.size);
      this.#claim();
    });
  }
}
