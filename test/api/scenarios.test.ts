import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../../api/contract/routes.ts';
import type { Scenario, StoredLevers } from '../../api/contract/scenario.ts';
import { localDay } from '../../forecasting/calendar/time.ts';
import { leveredDemand } from '../../forecasting/capacity/scenarioDemand.ts';
import { testEngines } from '../data/databases.ts';
import { addCentre, type Centre, finished, quarterHoursCsv } from './centre.ts';
import { startTestService, type TestService } from './harness.ts';

const START = localDay('2026-04-13', 'America/Chicago').startEpochSeconds;

describe.each(testEngines)('what-if scenarios on $engine', { timeout: 120_000 }, engine => {
  let service: TestService;
  let centre: Centre;
  let forecastId = '';

  const call: TestService['administrator']['call'] = (route, input, options) =>
    service.administrator.call(route, input, options);

  beforeAll(async () => {
    service = await startTestService(engine);
    centre = await addCentre(service.administrator);
    const upload = await call(ROUTES.uploadImport, {
      query: { fileName: 'calls.csv', siteId: centre.siteId },
      upload: quarterHoursCsv('2026-03-16', 28),
    });
    const preview = await call(ROUTES.previewImport, { params: { id: upload.id } });
    const commit = await call(ROUTES.commitImport, {
      params: { id: upload.id },
      body: { mapping: { ...preview.mapping, timeZone: 'America/Chicago' }, onRejected: 'refuse' },
    });
    await finished(service.administrator, commit.jobId);
    const { jobId } = await call(ROUTES.createForecasts, {
      body: { name: 'Week 16', queueIds: [centre.queueId], start: START, days: 7 },
    });
    forecastId = (await finished(service.administrator, jobId)).resultIds[0] ?? '';
  });

  afterAll(() => service.dispose());

  const save = (name: string, levers: StoredLevers[]): Promise<Scenario> =>
    call(ROUTES.createScenario, {
      body: {
        siteId: centre.siteId,
        name,
        forecastIds: [forecastId],
        scheduleId: null,
        start: START,
        days: 7,
        levers,
        result: null,
      },
    });

  it('come back as they were saved, agents on duty and per-queue goals included', async () => {
    const levers: StoredLevers[] = [
      { queueId: null, staffShare: 0.93, shrinkageShare: 0.31, volumeFactor: 1.08 },
      {
        queueId: centre.queueId,
        goal: { serviceLevel: { target: 0.9, answerWithinSeconds: 20, definition: 'offered' } },
        shifts: { partTimeShare: 0.3, fullTimeHours: 8, partTimeHours: 4 },
      },
    ];
    const saved = await save('Fewer people', levers);
    const read = await call(ROUTES.getScenario, { params: { id: saved.id } });
    expect(read).toMatchObject({ levers, start: START, days: 7 });
  });

  it('open by their link for colleagues who may see the site, and for nobody else', async () => {
    const saved = await save('Shared', [{ queueId: null, volumeFactor: 1.2 }]);
    const { path } = await call(ROUTES.shareScenario, { params: { id: saved.id } });
    const secret = path.replace('/compare?shared=', '');
    const elsewhere = await addCentre(service.administrator, 'Lakeside');
    const open = async (siteId: string) => {
      const caller = await service.signInAs([{ role: 'manager', reach: { kind: 'site', siteId } }]);
      return caller.attempt(ROUTES.openSharedScenario, { params: { secret } });
    };
    const mine = await open(centre.siteId);
    expect(mine.ok && mine.value.id).toBe(saved.id);
    const stranger = await open(elsewhere.siteId);
    expect(stranger.ok).toBe(false);
    if (!stranger.ok) expect(stranger.problem.status).toBe(404);
  });

  it('refuse a campaign that names no queue', async () => {
    const campaign = { at: START, messages: 100, responseShare: 0.1, halfLifeMinutes: 60 };
    const answer = await service.administrator.attempt(ROUTES.createScenario, {
      body: {
        siteId: centre.siteId,
        name: 'Nobody',
        forecastIds: [forecastId],
        scheduleId: null,
        levers: [{ queueId: null, campaign }],
        result: null,
      },
    });
    expect(answer.ok).toBe(false);
    if (!answer.ok) expect(JSON.stringify(answer.problem)).toMatch(/campaign needs the queue/);
  });

  it('promoted, set the queue’s terms and lay what they calculated over the forecast', async () => {
    const campaign = {
      at: START + 9 * 3600,
      messages: 1000,
      responseShare: 0.1,
      halfLifeMinutes: 60,
      avoidedShare: 0.02,
      avoidedDays: 3,
    };
    const goal = {
      serviceLevel: { target: 0.85, answerWithinSeconds: 25, definition: 'offered' as const },
    };
    const stored = await call(ROUTES.getQueue, { params: { id: centre.queueId } });
    const shrinkage = [
      { kind: 'sickness' as const, name: 'Sickness', share: 0.1 },
      { kind: 'vacation' as const, name: 'Vacation', share: 0.3 },
    ];
    const queue = await call(ROUTES.updateQueue, {
      params: { id: centre.queueId },
      ifMatch: String(stored.revision),
      body: { shrinkage },
    });
    const before = await call(ROUTES.getForecastSeries, { params: { id: forecastId } });
    const saved = await save('Spring reminders', [
      { queueId: null, goal, shrinkageShare: 0.2, patienceSeconds: 95, volumeFactor: 1.1, ahtFactor: 0.9 },
      { queueId: centre.queueId, campaign },
    ]);
    const manager = await service.signInAs([
      { role: 'manager', reach: { kind: 'site', siteId: centre.siteId } },
    ]);
    const director = await service.signInAs([{ role: 'director', reach: { kind: 'all' } }]);
    const refused = await director.attempt(ROUTES.promoteScenario, { params: { id: saved.id } });
    expect(refused).toMatchObject({ ok: false, problem: { status: 403 } });
    const done = await manager.call(ROUTES.promoteScenario, { params: { id: saved.id } });
    expect(done.queueIds).toEqual([centre.queueId]);
    expect(done.layerIds).toHaveLength(2);

    const after = await call(ROUTES.getQueue, { params: { id: centre.queueId } });
    expect(after.goal).toEqual(goal);
    expect(after.patienceSeconds).toBe(95);
    // Each kind is a share of what the other leaves: together they are the 20 % that the scenario reckoned with.
    expect(after.shrinkage.map(part => part.name)).toEqual(['Sickness', 'Vacation']);
    expect(after.shrinkage.reduce((left, { share }) => left * (1 - share), 1)).toBeCloseTo(0.8, 12);
    expect(after.shrinkage[1]?.share).toBeGreaterThan(2 * (after.shrinkage[0]?.share ?? 1));

    const expected = leveredDemand(
      {
        ...before,
        openingHours: queue.openingHours,
        goal: {},
        goalPeriods: [],
        patienceSeconds: null,
        shortAbandonSeconds: 5,
        shrinkageShare: 0,
      },
      { volumeFactor: 1.1, ahtFactor: 0.9, campaign },
    );
    const series = await call(ROUTES.getForecastSeries, { params: { id: forecastId } });
    series.offered.forEach((calls, i) => {
      if (calls !== null) expect(calls).toBeCloseTo(expected.offered[i] ?? Number.NaN, 6);
    });
    expect(series.ahtSeconds[48] ?? 0).toBeCloseTo(0.9 * (before.ahtSeconds[48] ?? 0), 6);
    const audit = await call(ROUTES.searchAudit, { query: { action: 'scenario.promote', limit: 5 } });
    expect(audit.items[0]).toMatchObject({ subjectId: saved.id, outcome: 'done' });
  });

  it('know how far busy days fall together', async () => {
    const { correlation } = await call(ROUTES.getDayCorrelation, { query: { queueIds: [centre.queueId] } });
    expect(correlation).toEqual([[1]]);
    const stranger = await service.administrator.attempt(ROUTES.getDayCorrelation, {
      query: { queueIds: ['nobody'] },
    });
    expect(stranger.ok).toBe(false);
  });
});
