import type { Job } from '../../data/store/jobs.ts';
import { type RunningJob, runJob, type Workshop } from './runJob.ts';

/** Where a runner gets its jobs. */
export interface JobSource {
  /** Claims the next due job for this process; undefined when there is none. */
  readonly next: (workshop: Workshop) => Promise<Job | undefined>;
  /** Hears that a job that it gave has ended here or went back. */
  readonly settled: (jobId: string) => Promise<void>;
}

/** Runs jobs of a source in this process, as many at once as there are threads. */
export class Runner {
  readonly #workshop: () => Workshop;
  readonly #source: JobSource;
  readonly #pollMilliseconds: number;
  readonly #running = new Map<string, RunningJob>();
  #timer: NodeJS.Timeout | undefined;
  #claiming: Promise<void> | undefined;
  #again = false;
  #active = false;

  constructor(workshop: () => Workshop, source: JobSource, pollMilliseconds: number) {
    this.#workshop = workshop;
    this.#source = source;
    this.#pollMilliseconds = pollMilliseconds;
  }

  start(): void {
    this.#active = true;
    this.#timer = setInterval(() => this.#claim(), this.#pollMilliseconds);
    this.#claim();
  }

  /** Looks for new jobs and cancel requests now instead of at the next turn. */
  wake(): void {
    if (!this.#active) return;
    for (const running of this.#running.values()) running.look();
    this.#claim();
  }

  /** Takes no more jobs, puts running ones back, and waits until nothing runs. */
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
    while (this.#active && this.#running.size < workshop.threads.size) {
      const job = await this.#source.next(workshop);
      if (!job) return;
      this.#run(workshop, job);
    }
  }

  #run(workshop: Workshop, job: Job): void {
    const running = runJob(workshop, job);
    const ended = running.ended.then(() => this.#settle(workshop, job.id));
    this.#running.set(job.id, { ...running, ended });
    workshop.metrics.jobsRunning(this.#running.size);
    void ended.finally(() => {
      this.#running.delete(job.id);
      workshop.metrics.jobsRunning(this.#running.size);
      this.#claim();
    });
  }

  async #settle(workshop: Workshop, jobId: string): Promise<void> {
    try {
      await this.#source.settled(jobId);
    } catch (error) {
      workshop.environment.log.warn({ error, jobId }, 'the queue did not hear that a job ended');
    }
  }
}
