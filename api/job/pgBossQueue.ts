import { CompiledQuery } from 'kysely';
import type PgBoss from 'pg-boss';
import type { Logger } from 'pino';
import type { Db, PostgresStore } from '../../data/db/connect.ts';
import { openTickets, TICKET_TIMES, TICKETS, type TicketTimes } from '../../data/db/tickets.ts';
import { claimJob } from '../../data/store/jobLeases.ts';
import { enqueueJob, findJob, type Job, listJobs, type NewJob } from '../../data/store/jobs.ts';
import type { Environment } from '../service/context.ts';
import { claimOf, type JobQueue } from './queue.ts';
import type { Workshop } from './runJob.ts';
import { Runner } from './runner.ts';

/** pg-boss's own shortest. */
const POLL_MILLISECONDS = 500;
const MISSING_MILLISECONDS = 60_000;
const LOOKED_THROUGH = 10_000;

/**
 * Jobs handed out by pg-boss, to any number of machines. A ticket of pg-boss says no more than which job row is next;
 * it is given out again every few seconds until its job has ended. Whoever gets it either may claim the row, because
 * it waits or its holder's lease ran out, or lets the ticket lie until its next turn.
 */
export class PgBossQueue implements JobQueue {
  readonly #boss: PgBoss;
  readonly #store: PostgresStore;
  readonly #ticketSeconds: number;
  readonly #log: () => Logger;
  readonly #runner: Runner;
  #timer: NodeJS.Timeout | undefined;

  private constructor(workshop: () => Workshop, store: PostgresStore, boss: PgBoss, ticketSeconds: number) {
    this.#boss = boss;
    this.#store = store;
    this.#ticketSeconds = ticketSeconds;
    this.#log = () => workshop().environment.log;
    const source = {
      next: ({ environment }: Workshop) => this.#next(environment),
      settled: (jobId: string) => this.#settle(jobId),
    };
    this.#runner = new Runner(workshop, source, POLL_MILLISECONDS);
    boss.on('error', error => this.#log().warn({ error }, 'tickets could not be looked after'));
  }

  /** Opens the tickets now: a transaction that adds a job must not wait for another connection. */
  static async open(
    workshop: () => Workshop,
    store: PostgresStore,
    times: TicketTimes = TICKET_TIMES,
  ): Promise<PgBossQueue> {
    return new PgBossQueue(workshop, store, await openTickets(store.pool, times), times.againSeconds);
  }

  async enqueue(db: Db, job: NewJob): Promise<Job> {
    const added = await enqueueJob(db, job);
    await this.#issue(db, added);
    return added;
  }

  wake(): void {
    this.#runner.wake();
  }

  async start(): Promise<void> {
    await this.#boss.start();
    await this.#issueMissing();
    this.#timer = setInterval(() => {
      this.#issueMissing().catch((error: unknown) =>
        this.#log().warn({ error }, 'no tickets could be issued'),
      );
    }, MISSING_MILLISECONDS);
    this.#runner.start();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#runner.stop();
    await this.#boss.stop({ graceful: false, close: false });
  }

  /** Issues tickets for jobs that have none: those that the command line added, or that are older than tickets. */
  async #issueMissing(): Promise<void> {
    const { db } = this.#store;
    const waiting = await listJobs(db, 'all', { statuses: ['queued', 'running'], limit: LOOKED_THROUGH });
    for (const job of waiting) await this.#issue(db, job);
  }

  /** Makes the ticket of a job, in the transaction that makes the job. A job has one, however often it is issued. */
  async #issue(db: Db, job: Job): Promise<void> {
    const executeSql = async (text: string, values: unknown[]) => {
      const { rows } = await db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, values));
      return { rows };
    };
    const options = {
      db: { executeSql },
      id: job.id,
      priority: job.priority,
      expireInSeconds: this.#ticketSeconds,
      ...(job.runAfter > job.createdAt && { startAfter: new Date(job.runAfter * 1000) }),
    };
    await this.#boss.send(TICKETS, {}, options);
  }

  /** Takes tickets until one leads to a job that may be claimed. */
  async #next(environment: Environment): Promise<Job | undefined> {
    for (;;) {
      const [ticket] = await this.#boss.fetch(TICKETS, { batchSize: 1 });
      if (!ticket) return undefined;
      const job = await claimJob(environment.store.db, { ...claimOf(environment), id: ticket.id });
      if (job) return job;
      await this.#dropEnded(ticket.id);
    }
  }

  /** A job that ended needs no ticket; one that went back is handed out at once. */
  async #settle(jobId: string): Promise<void> {
    if (!(await this.#dropEnded(jobId))) await this.#boss.fail(TICKETS, jobId);
  }

  async #dropEnded(jobId: string): Promise<boolean> {
    const job = await findJob(this.#store.db, 'all', jobId);
    if (job && job.finishedAt === null) return false;
    await this.#boss.deleteJob(TICKETS, jobId);
    return true;
  }
}
