import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobSchema } from '../../api/contract/job.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { openStore } from '../../data/db/connect.ts';
import { claimJob, finishJob } from '../../data/store/jobLeases.ts';
import { enqueueJob } from '../../data/store/jobs.ts';
import { testEngines } from '../data/databases.ts';
import { finished } from './centre.ts';
import { ADMINISTRATOR, createBrowser, startTestService, type TestService } from './harness.ts';

describe.each(testEngines)('jobs on $engine', { timeout: 240_000 }, engine => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService(engine);
  });

  afterAll(() => service.dispose());

  const call: TestService['administrator']['call'] = (route, input, options) =>
    service.administrator.call(route, input, options);

  it('tells its progress as server-sent events until it has ended, and repeats nothing that was seen', async () => {
    const { jobId } = await call(ROUTES.loadSample, { body: { seed: 3 } });
    const stream = await call(ROUTES.followJob, { params: { id: jobId } });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const text = await stream.text();
    const events = text
      .split('\n\n')
      .filter(block => block.startsWith('id: '))
      .map(block => ({
        id: /^id: (.*)$/m.exec(block)?.[1] ?? '',
        job: jobSchema.parse(JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '')),
      }));
    expect(events.at(-1)?.job.status).toBe('succeeded');
    const shares = events.map(event => event.job.progress);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    const again = await call(
      ROUTES.followJob,
      { params: { id: jobId } },
      {
        headers: { 'last-event-id': events.at(-1)?.id ?? '' },
      },
    );
    expect(await again.text()).not.toContain('data:');
    await call(ROUTES.removeSample, {});
  });

  it('stops when it is cancelled and leaves nothing behind', async () => {
    const { jobId } = await call(ROUTES.loadSample, { body: { seed: 4 } });
    const twin = await service.administrator.attempt(ROUTES.loadSample, { body: { seed: 5 } });
    expect(twin).toMatchObject({ ok: true, value: { jobId } });
    await call(ROUTES.cancelJob, { params: { id: jobId } });
    const job = await finished(service.administrator, jobId);
    expect(job.status).toBe('cancelled');
    expect((await call(ROUTES.listSites, {})).items).toEqual([]);
    expect(await service.administrator.attempt(ROUTES.cancelJob, { params: { id: jobId } })).toMatchObject({
      ok: false,
      problem: { type: '/problems/wrongState' },
    });
  });

  it('goes on after the service was restarted in the middle', async () => {
    const { jobId } = await call(ROUTES.loadSample, { body: { seed: 6 } });
    let begun = await call(ROUTES.getJob, { params: { id: jobId } });
    while (begun.status !== 'running') {
      await sleep(20);
      begun = await call(ROUTES.getJob, { params: { id: jobId } });
    }
    await service.restart();
    const browser = createBrowser(service.url);
    await browser.call(ROUTES.signIn, {
      body: { email: ADMINISTRATOR.email, password: ADMINISTRATOR.password },
    });
    const job = await finished(browser, jobId);
    expect(job.status).toBe('succeeded');
    expect(job).toMatchObject({ startedAt: begun.startedAt, attempt: 1 });
    expect((await browser.call(ROUTES.listSites, {})).items).toHaveLength(1);
  });

  // On PostgreSQL the holder may be another machine that lives: there the lease decides.
  it.runIf(engine.engine === 'sqlite')('takes over at once what a killed service held', async () => {
    const store = openStore(service.databaseUrl);
    const at = Math.floor(Date.now() / 1000);
    const { id } = await enqueueJob(store.db, { kind: 'backup', input: {}, createdAt: at });
    // What kill -9 leaves: held, with more of the lease to run than a test waits.
    const claim = { owner: 'killed', now: at, leaseSeconds: 3600, engine: store.engine, id } as const;
    const hold = await claimJob(store.db, claim);
    if (!hold) throw new Error('nothing to claim');
    await service.restart();
    const browser = createBrowser(service.url);
    await browser.call(ROUTES.signIn, {
      body: { email: ADMINISTRATOR.email, password: ADMINISTRATOR.password },
    });
    expect(await finished(browser, id)).toMatchObject({ status: 'succeeded', attempt: 2 });
    expect(await finishJob(store.db, hold, { status: 'succeeded', at, result: 'late' })).toBe(false);
    await store.close();
  });

  it('says what went wrong in words', async () => {
    const { items: queues } = await call(ROUTES.listQueues, { query: {} });
    const site = await call(ROUTES.createSite, {
      body: { name: 'Empty', timeZone: 'UTC', currency: 'USD', country: null, region: null },
    });
    const queue = await call(ROUTES.createQueue, { body: { siteId: site.id, name: 'Nothing yet' } });
    expect(queues).toHaveLength(4);
    const { jobId } = await call(ROUTES.createForecasts, {
      body: { name: 'x', queueIds: [queue.id], start: 1_780_012_800, days: 1 },
    });
    const job = await finished(service.administrator, jobId);
    expect(job).toMatchObject({ status: 'failed', problem: { status: 422 } });
    expect(job.problem?.detail).toContain('import its history first');
  });
});
