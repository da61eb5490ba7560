import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../../data/db/connect.ts';
import { type Agent, createAgents } from '../../../data/store/agents.ts';
import { claimJob, endLeases, finishJob, releaseJob, renewJob } from '../../../data/store/jobLeases.ts';
import { cancelJob, enqueueJob, findJob, listJobs, purgeJobs } from '../../../data/store/jobs.ts';
import { latestPublication, listPublications, publish } from '../../../data/store/publications.ts';
import { createSchedule, findSchedule, type Schedule } from '../../../data/store/schedules.ts';
import { listAgentWeeks, listOperations, saveScheduleEdit } from '../../../data/store/scheduleWeeks.ts';
import { createSite, type Site } from '../../../data/store/sites.ts';
import { createTimeOff, decideTimeOff, listTimeOff } from '../../../data/store/timeOff.ts';
import { openTestStore, type TestStore, testEngines } from '../databases.ts';

const AT = 1_780_000_000;

describe.each(testEngines)('stores of schedules and jobs on $engine', engine => {
  let test: TestStore;
  let store: Store;
  let site: Site;
  let ana: Agent;
  let ben: Agent;
  let schedule: Schedule;

  beforeAll(async () => {
    test = await openTestStore(engine);
    store = test.store;
    site = await createSite(store.db, { name: 'North', timeZone: 'America/Chicago', createdAt: AT });
    const agents = await createAgents(store.db, [
      { siteId: site.id, name: 'Ana', createdAt: AT },
      { siteId: site.id, name: 'Ben', createdAt: AT },
    ]);
    [ana, ben] = [agents[0] ?? raise(), agents[1] ?? raise()];
    schedule = await createSchedule(store.db, {
      siteId: site.id,
      name: 'Week',
      weekStart: '2026-06-01',
      timeZone: 'America/Chicago',
      stepSeconds: 900,
      createdAt: AT,
    });
  });

  afterAll(() => test.dispose());

  function raise(): never {
    throw new Error('no agent was made');
  }

  function edit(agent: Agent, days: readonly number[], basedOn: readonly number[], content: string) {
    return store.db.transaction().execute(trx =>
      saveScheduleEdit(trx, {
        scheduleId: schedule.id,
        siteId: site.id,
        days: 7,
        label: `Edit ${agent.name}`,
        operation: { set: content },
        inverse: { set: 'before' },
        rows: [{ agentId: agent.id, content: { shifts: content }, paidMinutes: 480, days, basedOn }],
        userId: null,
        at: AT + 1,
      }),
    );
  }

  it('saves edits of different agents and days side by side', async () => {
    expect(await edit(ana, [0, 1], [], 'a')).toEqual({ kind: 'saved', revision: 2, sequence: 1 });
    expect(await edit(ben, [0], [], 'b')).toEqual({ kind: 'saved', revision: 3, sequence: 2 });
    expect(await edit(ana, [4], [2, 2, 0, 0, 0, 0, 0], 'c')).toMatchObject({ kind: 'saved', revision: 4 });
    const [week] = await listAgentWeeks(store.db, 'all', schedule.id, [ana.id]);
    expect(week).toMatchObject({
      dayRevisions: [2, 2, 0, 0, 4, 0, 0],
      revision: 2,
      content: { shifts: 'c' },
    });
  });

  it('offers a conflict when the same agent-day was changed meanwhile, and writes nothing', async () => {
    const before = await listAgentWeeks(store.db, 'all', schedule.id);
    const outcome = await edit(ana, [4, 5], [2, 2, 0, 0, 0, 0, 0], 'late');
    expect(outcome).toMatchObject({ kind: 'conflict', conflicts: [{ agentId: ana.id, days: [4] }] });
    expect(await listAgentWeeks(store.db, 'all', schedule.id)).toEqual(before);
    expect((await findSchedule(store.db, 'all', schedule.id))?.revision).toBe(4);
    expect((await listOperations(store.db, 'all', schedule.id, 1)).map(o => o.sequence)).toEqual([2, 3]);
  });

  it('loses neither of two edits that arrive together', async () => {
    const outcomes = await Promise.all([
      edit(ana, [6], [2, 2, 0, 0, 4, 0, 0], 'x'),
      edit(ana, [6], [2, 2, 0, 0, 4, 0, 0], 'y'),
    ]);
    expect(outcomes.map(o => o.kind).sort()).toEqual(['conflict', 'saved']);
  });

  it('publishes versions that cannot be changed', async () => {
    const input = {
      siteId: site.id,
      scheduleId: schedule.id,
      weekStart: '2026-06-01',
      content: { agents: [ana.id] },
      requirement: { agents: [1, 2] },
      forecastIds: ['f1'],
      seed: 7,
      softwareVersion: '0.1.0',
      prediction: { serviceLevel: 0.81 },
      note: null,
      publishedBy: null,
      publishedAt: AT + 2,
    };
    const versions = await Promise.all(
      [1, 2, 3].map(() => store.db.transaction().execute(trx => publish(trx, input))),
    );
    expect(versions.map(v => v.version).sort()).toEqual([1, 2, 3]);
    const latest = await latestPublication(store.db, [site.id], site.id, '2026-06-01');
    expect(latest).toMatchObject({ version: 3, content: { agents: [ana.id] } });
    expect((await listPublications(store.db, 'all'))[0]).not.toHaveProperty('content');
    expect((await findSchedule(store.db, 'all', schedule.id))?.status).toBe('published');
    await expect(sql`update publication set note = 'x'`.execute(store.db)).rejects.toThrow(
      /cannot be changed/,
    );
    await expect(publish(store.db, input)).rejects.toThrow('requires a transaction');
  });

  it('finds time off that overlaps a range', async () => {
    const off = await createTimeOff(store.db, {
      siteId: site.id,
      agentId: ana.id,
      start: AT,
      endsAt: AT + 86_400,
      category: 'vacation',
      requestedAt: AT,
    });
    const overlapping = { fromEpochSeconds: AT + 86_399, toEpochSeconds: AT + 90_000 };
    expect(await listTimeOff(store.db, 'all', overlapping)).toEqual([off]);
    expect(await listTimeOff(store.db, 'all', { fromEpochSeconds: AT + 86_400 })).toEqual([]);
    expect(await listTimeOff(store.db, 'all', { toEpochSeconds: AT })).toEqual([]);
    const decision = { status: 'approved', userId: null, at: AT + 5 } as const;
    expect(await decideTimeOff(store.db, 'all', off.id, 1, decision)).toEqual({
      kind: 'updated',
      revision: 2,
    });
    expect(await decideTimeOff(store.db, 'all', off.id, 1, decision)).toEqual({
      kind: 'conflict',
      revision: 2,
    });
  });

  it('makes one job per dedupe key while it waits or runs', async () => {
    const jobs = await Promise.all(
      Array.from({ length: 10 }, () =>
        enqueueJob(store.db, { kind: 'forecast', input: {}, createdAt: AT, dedupeKey: 'forecast:q1' }),
      ),
    );
    expect(new Set(jobs.map(job => job.id)).size).toBe(1);
    const claimed = await claimJob(store.db, { owner: 'w', now: AT, leaseSeconds: 30, engine: store.engine });
    if (!claimed) throw new Error('nothing to claim');
    await finishJob(store.db, claimed, { status: 'succeeded', at: AT + 1, result: { id: 'f' } });
    const next = await enqueueJob(store.db, {
      kind: 'forecast',
      input: {},
      createdAt: AT,
      dedupeKey: 'forecast:q1',
    });
    expect(next.id).not.toBe(claimed.id);
    await cancelJob(store.db, 'all', next.id, AT);
  });

  it('hands every job to one worker only', async () => {
    for (let i = 0; i < 20; i++) await enqueueJob(store.db, { kind: 'many', input: i, createdAt: AT });
    const claims = await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        claimJob(store.db, {
          owner: `w${i}`,
          now: AT,
          leaseSeconds: 30,
          kinds: ['many'],
          engine: store.engine,
        }),
      ),
    );
    const ids = claims.flatMap(job => (job ? [job.id] : []));
    expect(ids).toHaveLength(20);
    expect(new Set(ids).size).toBe(20);
    for (const job of claims) if (job) await finishJob(store.db, job, { status: 'succeeded', at: AT });
  });

  it('lets nobody but the holder of the current fence write a result', async () => {
    const { id } = await enqueueJob(store.db, { kind: 'slow', input: {}, createdAt: AT });
    const claim = (now: number) =>
      claimJob(store.db, { owner: `at${now}`, now, leaseSeconds: 30, kinds: ['slow'], engine: store.engine });
    const first = await claim(AT);
    if (!first) throw new Error('nothing to claim');
    expect(await claim(AT + 29)).toBeUndefined();
    expect(await renewJob(store.db, first, { leaseUntil: AT + 60, progress: 0.5 })).toBe('held');
    expect(await claim(AT + 59)).toBeUndefined();
    const second = await claim(AT + 60);
    expect(second).toMatchObject({ id, attempts: 2, fence: first.fence + 1, progress: 0.5 });
    expect(await renewJob(store.db, first, { leaseUntil: AT + 90 })).toBe('lost');
    expect(await finishJob(store.db, first, { status: 'succeeded', at: AT + 61, result: 'late' })).toBe(
      false,
    );
    if (!second) throw new Error('not taken over');
    expect(await finishJob(store.db, second, { status: 'succeeded', at: AT + 61, result: 'right' })).toBe(
      true,
    );
    expect(await findJob(store.db, 'all', id)).toMatchObject({
      status: 'succeeded',
      result: 'right',
      progress: 1,
    });
  });

  it('tells a running job to stop, and cancels a waiting one at once', async () => {
    const { id } = await enqueueJob(store.db, { kind: 'stop', input: {}, createdAt: AT });
    expect(await cancelJob(store.db, [site.id], id, AT)).toBe('missing');
    const job = await claimJob(store.db, {
      owner: 'w',
      now: AT,
      leaseSeconds: 9,
      kinds: ['stop'],
      engine: store.engine,
    });
    if (!job) throw new Error('nothing to claim');
    expect(await cancelJob(store.db, 'all', id, AT)).toBe('requested');
    expect(await renewJob(store.db, job, { leaseUntil: AT + 30 })).toBe('cancelRequested');
    await finishJob(store.db, job, { status: 'cancelled', at: AT });
    expect(await cancelJob(store.db, 'all', id, AT)).toBe('ended');
    const waiting = await enqueueJob(store.db, { kind: 'stop', input: {}, createdAt: AT });
    expect(await cancelJob(store.db, 'all', waiting.id, AT)).toBe('cancelled');
    expect(
      await listJobs(store.db, 'all', { kind: 'stop', statuses: ['cancelled'], limit: 10 }),
    ).toHaveLength(2);
  });

  it('takes jobs back from an owner that is gone, and tries again later', async () => {
    const { id } = await enqueueJob(store.db, { kind: 'again', input: {}, createdAt: AT });
    const claim = (now: number) =>
      claimJob(store.db, { owner: 'dead', now, leaseSeconds: 3600, kinds: ['again'], engine: store.engine });
    await claim(AT);
    expect(await claim(AT + 1)).toBeUndefined();
    await endLeases(store.db, AT + 1);
    const second = await claim(AT + 1);
    if (!second) throw new Error('not taken over');
    expect(await releaseJob(store.db, second, AT + 100)).toBe(true);
    expect(await claim(AT + 99)).toBeUndefined();
    expect(await claim(AT + 100)).toMatchObject({ id, attempts: 3 });
    // Tried three times: it waits before the fourth.
    await endLeases(store.db, AT + 101);
    expect(await claim(AT + 120)).toBeUndefined();
    expect(await claim(AT + 121)).toMatchObject({ id, attempts: 4 });
  });

  it('forgets jobs that ended before a day, and no other', async () => {
    const add = () => enqueueJob(store.db, { kind: 'old', input: {}, createdAt: AT });
    const [waiting, running, ended] = [await add(), await add(), await add()];
    for (const { id } of [running, ended]) {
      const hold = await claimJob(store.db, {
        owner: 'w',
        now: AT,
        leaseSeconds: 9,
        id,
        engine: store.engine,
      });
      if (!hold) throw new Error('nothing to claim');
      if (id === ended.id) await finishJob(store.db, hold, { status: 'succeeded', at: AT + 5 });
    }
    const left = async () =>
      new Set((await listJobs(store.db, 'all', { kind: 'old', limit: 10 })).map(job => job.id));
    await purgeJobs(store.db, AT + 5);
    expect(await left()).toEqual(new Set([waiting.id, running.id, ended.id]));
    await purgeJobs(store.db, AT + 6);
    expect(await left()).toEqual(new Set([waiting.id, running.id]));
  });
});
