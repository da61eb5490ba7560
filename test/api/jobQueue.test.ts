import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmbeddedQueue } from '../../api/job/embeddedQueue.ts';
import { PgBossQueue } from '../../api/job/pgBossQueue.ts';
import type { JobQueue } from '../../api/job/queue.ts';
import type { Workshop } from '../../api/job/runJob.ts';
import type { Task, TaskRun } from '../../api/job/task.ts';
import { ThreadPool } from '../../api/job/threads.ts';
import { createLog } from '../../api/observe/log.ts';
import { createMetrics } from '../../api/observe/metrics.ts';
import { Refusal } from '../../api/service/refusal.ts';
import { openStore, type Store } from '../../data/db/connect.ts';
import { migrateStore } from '../../data/db/migrate.ts';
import { openTickets, TICKETS } from '../../data/db/tickets.ts';
import { claimJob, finishJob } from '../../data/store/jobLeases.ts';
import { cancelJob, findJob, type Job } from '../../data/store/jobs.ts';
import { type TestDatabase, testEngines } from '../data/databases.ts';

/** A process that runs jobs: everything of its own but the database. */
interface Machine {
  readonly store: Store;
  readonly queue: JobQueue;
  readonly threads: ThreadPool;
}

const clock = () => Math.floor(Date.now() / 1000);
/** Short, so that a test need not wait as long as people would. */
const TIMES = { againSeconds: 1, lookSeconds: 1 };

// What both queues promise: the embedded one on SQLite, pg-boss on PostgreSQL.
describe.each(testEngines)('the job queue on $engine', { timeout: 60_000 }, engine => {
  let database: TestDatabase;
  let machines: Machine[];
  /** Runs by job, over all machines. */
  let runs: Map<string, number>;
  /** What the task of the present test does. */
  let work: (run: TaskRun) => Promise<void>;

  beforeEach(async () => {
    database = await engine.create();
    machines = [];
    runs = new Map();
    work = async () => {};
    await addMachine();
  });

  afterEach(async () => {
    for (const { queue, threads, store } of machines) {
      await queue.stop();
      await threads.close();
      await store.close();
    }
    await database.drop();
  });

  const task: Task = {
    kind: 'backup',
    run: async run => {
      runs.set(run.job.id, (runs.get(run.job.id) ?? 0) + 1);
      await work(run);
      return async () => ({ resultIds: [run.job.id], result: { attempt: run.job.attempts } });
    },
  };

  async function addMachine(): Promise<Machine> {
    const store = openStore(database.url);
    await migrateStore(store);
    const threads = new ThreadPool(2);
    const workshop = (): Workshop => ({
      environment: {
        store,
        jobs: queue,
        log: createLog('silent'),
        now: clock,
        version: '0',
        dataDir: '',
      },
      threads,
      tasks: new Map([[task.kind, task]]),
      metrics: createMetrics(),
    });
    const queue: JobQueue =
      store.engine === 'postgres'
        ? await PgBossQueue.open(workshop, store, TIMES)
        : new EmbeddedQueue(workshop);
    const machine = { store, queue, threads };
    machines.push(machine);
    return machine;
  }

  function first(): Machine {
    const [machine] = machines;
    if (!machine) throw new Error('no machine');
    return machine;
  }

  function add(input: Partial<Parameters<JobQueue['enqueue']>[1]> = {}): Promise<Job> {
    const { store, queue } = first();
    return store.db
      .transaction()
      .execute(db => queue.enqueue(db, { kind: 'backup', input: {}, createdAt: clock(), ...input }));
  }

  async function until(jobId: string, wanted: (job: Job) => boolean): Promise<Job> {
    for (;;) {
      const job = await findJob(first().store.db, 'all', jobId);
      if (job && wanted(job)) return job;
      await sleep(20);
    }
  }

  const ended = (jobId: string) => until(jobId, job => job.finishedAt !== null);

  /** Works until told to stop. */
  async function workOn({ signal, progress }: TaskRun): Promise<void> {
    progress(0.5, 'Half way');
    while (!signal.aborted) await sleep(10);
    throw signal.reason;
  }

  it('runs what was committed once, and nothing of a transaction that was rolled back', async () => {
    const { store, queue } = first();
    let undone = '';
    await store.db
      .transaction()
      .execute(async db => {
        undone = (await queue.enqueue(db, { kind: 'backup', input: {}, createdAt: clock() })).id;
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    const kept = await add();
    await queue.start();
    expect(await ended(kept.id)).toMatchObject({
      status: 'succeeded',
      attempts: 1,
      result: { resultIds: [kept.id], result: { attempt: 1 } },
    });
    expect(await findJob(store.db, 'all', undone)).toBeUndefined();
    expect([...runs]).toEqual([[kept.id, 1]]);
  });

  it('shares many jobs between machines and runs each once', async () => {
    work = () => sleep(20);
    const second = await addMachine();
    const jobs = await Promise.all(Array.from({ length: 12 }, () => add()));
    await first().queue.start();
    await second.queue.start();
    const done = await Promise.all(jobs.map(job => ended(job.id)));
    expect(done.every(job => job.status === 'succeeded' && job.attempts === 1)).toBe(true);
    expect([...runs.values()]).toEqual(jobs.map(() => 1));
    expect(new Set(runs.keys())).toEqual(new Set(jobs.map(job => job.id)));
  });

  it('makes one job per dedupe key while it waits or runs', async () => {
    const [one, two] = [await add({ dedupeKey: 'k' }), await add({ dedupeKey: 'k' })];
    expect(two.id).toBe(one.id);
    await first().queue.start();
    await ended(one.id);
    const three = await add({ dedupeKey: 'k' });
    expect(three.id).not.toBe(one.id);
    await ended(three.id);
  });

  it('runs the more urgent first, and nothing before its time', async () => {
    const later = await add({ runAfter: clock() + 3600 });
    const usual = await add();
    const urgent = await add({ priority: 5 });
    const order: string[] = [];
    work = async run => void order.push(run.job.id);
    await first().queue.start();
    await ended(usual.id);
    await ended(urgent.id);
    expect(order[0]).toBe(urgent.id);
    expect(await findJob(first().store.db, 'all', later.id)).toMatchObject({ status: 'queued', attempts: 0 });
  });

  it('shows progress and cancels on another machine than the one that asks', async () => {
    work = workOn;
    const worker = await addMachine();
    await worker.queue.start();
    const { id } = await add();
    expect(await until(id, job => job.progress > 0)).toMatchObject({ progress: 0.5, message: 'Half way' });
    expect(await cancelJob(first().store.db, 'all', id, clock())).toBe('requested');
    expect(await ended(id)).toMatchObject({ status: 'cancelled', result: null });
  });

  it('cancels a job that waits, and forgets it', async () => {
    const { id } = await add();
    expect(await cancelJob(first().store.db, 'all', id, clock())).toBe('cancelled');
    await first().queue.start();
    const next = await add();
    await ended(next.id);
    expect([...runs.keys()]).toEqual([next.id]);
  });

  it('hands a running job to another machine when the first ends gracefully', async () => {
    work = workOn;
    await first().queue.start();
    const { id } = await add();
    await until(id, job => job.progress > 0);
    const second = await addMachine();
    await first().queue.stop();
    expect(await findJob(second.store.db, 'all', id)).toMatchObject({ status: 'queued' });
    work = async () => {};
    await second.queue.start();
    // Being handed on is not held against the job: any number of restarts may come while it runs.
    expect(await ended(id)).toMatchObject({ status: 'succeeded', attempts: 1 });
  });

  it('gives a job up whose holders died too often, and says so', async () => {
    const { store, queue } = first();
    const { id } = await add({ maxAttempts: 2 });
    for (let attempt = 1; attempt <= 2; attempt++) {
      const claim = { owner: 'dead', now: clock(), leaseSeconds: 0, engine: store.engine, id };
      expect(await claimJob(store.db, claim)).toMatchObject({ attempts: attempt });
    }
    await queue.start();
    const { status, error } = await ended(id);
    expect(status).toBe('failed');
    expect(error).toMatchObject({ detail: expect.stringContaining('ended 2 times while this ran') });
    expect(runs.size).toBe(0);
  });

  it('takes a job over from a machine that died, and lets the dead one write nothing', async () => {
    const { store, queue } = first();
    const { id } = await add();
    if (store.engine === 'postgres') {
      // The dead machine took the ticket too.
      const tickets = await openTickets(store.pool, TIMES);
      expect(await tickets.fetch(TICKETS, { batchSize: 1 })).toMatchObject([{ id }]);
    }
    const claim = { owner: 'dead', now: clock(), leaseSeconds: 1, engine: store.engine };
    const dead = await claimJob(store.db, claim);
    if (!dead) throw new Error('nothing to claim');
    await queue.start();
    expect(await ended(id)).toMatchObject({ status: 'succeeded', attempts: 2 });
    const late = { status: 'succeeded', at: clock(), result: 'late' } as const;
    expect(await finishJob(store.db, dead, late)).toBe(false);
    expect(runs.get(id)).toBe(1);
  });

  it('leaves a job alone whose holder takes long and renews', async () => {
    let working = true;
    work = async () => {
      while (working) await sleep(20);
    };
    await first().queue.start();
    const second = await addMachine();
    await second.queue.start();
    const { id } = await add();
    // Longer than a ticket lies.
    await sleep(3500);
    working = false;
    expect(await ended(id)).toMatchObject({ status: 'succeeded', attempts: 1 });
    expect(runs.get(id)).toBe(1);
  });

  it('tries again when the database was away, and says why when it cannot be done', async () => {
    work = async run => {
      if (run.job.attempts === 1) throw new Refusal('unavailable');
      throw new Refusal('unprocessable', 'there is nothing to copy');
    };
    await first().queue.start();
    const { id } = await add();
    expect(await ended(id)).toMatchObject({
      status: 'failed',
      attempts: 2,
      error: { detail: 'there is nothing to copy' },
    });
  });
});
