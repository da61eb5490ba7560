import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '../../api/contract/job.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { addDays, localDay, weekdayOf } from '../../forecasting/calendar/time.ts';
import { testEngines } from '../data/databases.ts';
import { finished } from './centre.ts';
import { startTestService, type TestService } from './harness.ts';

/** A Wednesday noon in Chicago, so that the sample's history ends on the Sunday before. */
const NOW = localDay('2026-05-06', 'America/Chicago').startEpochSeconds + 12 * 3600;

describe.each(testEngines)('the way through the sample centre on $engine', { timeout: 240_000 }, engine => {
  let service: TestService;
  let siteId = '';
  let scheduleId = '';
  const weekStart = '2026-05-04';

  const call: TestService['administrator']['call'] = (route, input, options) =>
    service.administrator.call(route, input, options);
  const done = async (jobId: string): Promise<Job> => {
    const job = await finished(service.administrator, jobId);
    expect(job.problem).toBeNull();
    return job;
  };

  beforeAll(async () => {
    service = await startTestService(engine, { now: () => NOW });
  });

  afterAll(() => service.dispose());

  it('loads two years of four queues and sixty agents', async () => {
    const before = await call(ROUTES.getProgress, {});
    expect(before.steps.map(step => step.done)).toEqual(Array.from({ length: 8 }, () => false));
    const { jobId } = await call(ROUTES.loadSample, { body: {} });
    siteId = (await done(jobId)).resultIds[0] ?? '';
    const { items: queues } = await call(ROUTES.listQueues, { query: {} });
    expect(queues).toHaveLength(4);
    expect(weekdayOf('2026-05-03')).toBe(6);
    const end = localDay('2026-05-03', 'America/Chicago').endEpochSeconds;
    for (const queue of queues) {
      expect(queue.historyTo ?? 0).toBeLessThanOrEqual(end);
      expect(Object.keys(queue.goal).length).toBeGreaterThan(0);
      expect(queue.shrinkage.length).toBeGreaterThan(0);
    }
    const { items: agents } = await call(ROUTES.listAgents, { query: { siteId } });
    expect(agents).toHaveLength(60);
    const again = await service.administrator.attempt(ROUTES.loadSample, { body: {} });
    expect(again).toMatchObject({ ok: false, problem: { type: '/problems/wrongState' } });
  });

  it('finds the outage day in the history and keeps the decision about it', async () => {
    const { items: queues } = await call(ROUTES.listQueues, { query: {} });
    const lists = await Promise.all(
      queues.map(queue => call(ROUTES.listFindings, { params: { id: queue.id } })),
    );
    const finding = lists.flatMap(list => list.items).find(one => one.kind !== 'gap');
    expect(finding).toBeDefined();
    if (!finding) return;
    const kept = await call(ROUTES.decideFinding, {
      params: { id: finding.queueId, findingId: finding.id },
      body: { decision: 'keep', offered: null, note: 'real' },
    });
    expect(kept).toMatchObject({ decision: 'keep', decidedBy: 'Ada', note: 'real' });
  });

  it('forecasts, staffs, schedules and publishes the week', async () => {
    const { items: queues } = await call(ROUTES.listQueues, { query: {} });
    const start = localDay(weekStart, 'America/Chicago').startEpochSeconds;
    const forecast = await call(ROUTES.createForecasts, {
      body: { name: 'Week 19', queueIds: queues.map(queue => queue.id), start, days: 7 },
    });
    const forecastIds = (await done(forecast.jobId)).resultIds;
    expect(forecastIds).toHaveLength(4);
    const plans = await call(ROUTES.createStaffingPlans, { body: { forecastIds } });
    const staffingPlanIds = (await done(plans.jobId)).resultIds;
    const schedule = await call(ROUTES.createSchedule, {
      body: { siteId, name: 'Week 19', weekStart, days: 7, staffingPlanIds, ruleSetId: null },
    });
    scheduleId = schedule.id;
    const params = { id: scheduleId };
    const generated = await call(ROUTES.generateSchedule, {
      params,
      body: { mode: 'whole', effort: 'quick' },
    });
    const proposalId = (await done(generated.jobId)).resultIds[0] ?? '';
    const head = await call(ROUTES.acceptProposal, { params: { id: scheduleId, proposalId }, body: {} });
    const published = await call(ROUTES.publishSchedule, {
      params,
      // The first week of a centre breaks no hard rule: it needs no word of excuse.
      body: { note: '' },
      ifMatch: String(head.revision),
    });
    expect(published.version).toBe(1);
  });

  it('plays a day and compares it with the plan', async () => {
    const date = addDays(weekStart, 2);
    const played = await call(ROUTES.playSampleDay, { body: { date, untilMinute: 720 } });
    expect(played.rowsNew).toBeGreaterThan(50);
    const { items: today } = await call(ROUTES.getToday, { query: { siteId } });
    expect(today).toHaveLength(4);
    for (const queue of today) {
      expect(queue.date).toBe(date);
      const known = queue.actual.filter(value => value !== null).length;
      expect(known).toBeGreaterThan(0);
      expect(queue.reforecast.some((value, i) => value !== queue.forecast[i])).toBe(true);
    }
    const { items: proposals } = await call(ROUTES.listIntradayProposals, { query: { siteId } });
    const proposal = proposals.find(one => one.kind !== 'offerTimeOff');
    if (!proposal) throw new Error('nothing would help a day that came as it comes');
    for (const { kind, effect } of proposals) {
      const gain = (effect.serviceLevelAfter ?? 0) - (effect.serviceLevelBefore ?? 0);
      expect(gain).toBeGreaterThan(kind === 'offerTimeOff' ? -0.001 : 0);
    }
    const { text, changes } = proposal;
    const accepted = await call(ROUTES.acceptIntradayProposal, { body: { scheduleId, text, changes } });
    expect(accepted.schedule.changedSincePublication).toBe(true);
    const { items: edits } = await call(ROUTES.listEdits, { params: { id: scheduleId }, query: {} });
    expect(edits.at(-1)).toMatchObject({ label: text, changes });
    // The draft has it now: again it is a conflict, and it is no longer proposed.
    const again = await service.administrator.attempt(ROUTES.acceptIntradayProposal, {
      body: { scheduleId, text, changes },
    });
    expect(again).toMatchObject({ ok: false, problem: { status: 409 } });
    const rest = await call(ROUTES.listIntradayProposals, { query: { siteId } });
    expect(rest.items.map(one => one.text)).not.toContain(text);
    expect(rest.items[0]?.effect.serviceLevelBefore).toBeCloseTo(proposal.effect.serviceLevelAfter ?? 0, 9);
    await call(ROUTES.playSampleDay, { body: { date } });
    const review = await call(ROUTES.getAttainment, { query: { from: date, to: date, by: 'day', siteId } });
    // Four queues and the site.
    expect(review.items).toHaveLength(5);
    for (const row of review.items) {
      expect(row.actual.offered ?? 0).toBeGreaterThan(0);
      expect(row.plan.offered ?? 0).toBeGreaterThan(0);
      expect(row.forecastWape).not.toBeNull();
      expect(row.intervalsMeasured).toBeGreaterThan(0);
    }
    const site = review.items.find(row => row.queueId === null);
    const queues = review.items.filter(row => row.queueId !== null);
    const offered = queues.reduce((sum, row) => sum + (row.actual.offered ?? 0), 0);
    expect(site).toMatchObject({ siteId, actual: { offered }, queuesMeasured: 4 });
    const inTime = queues.reduce(
      (sum, row) => sum + (row.actual.offered ?? 0) * (row.actual.serviceLevel ?? 0),
      0,
    );
    expect(site?.actual.serviceLevel).toBeCloseTo(inTime / offered, 9);
    expect(review.items.reduce((sum, row) => sum + row.worstHours.length, 0)).toBe(0);
    const total = await call(ROUTES.getAttainment, { query: { from: date, to: date, by: 'total', siteId } });
    expect(total.items.filter(row => row.worstHours.length > 0)).toHaveLength(4);
    const queueId = queues[0]?.queueId ?? '';
    for (const scope of [{ queueId }, { siteId }]) {
      for (const by of ['interval', 'day', 'total'] as const) {
        const { items } = await call(ROUTES.getVariance, { query: { from: date, to: date, ...scope, by } });
        expect(items.length).toBeGreaterThan(0);
        for (const row of items) {
          const sum = row.parts.reduce((whole, part) => whole + part.points, 0);
          expect(Math.abs(sum - ((row.actual ?? 0) - (row.planned ?? 0)))).toBeLessThanOrEqual(1e-9);
        }
      }
    }
    const progress = await call(ROUTES.getProgress, {});
    expect(progress.steps.filter(step => !step.done).map(step => step.id)).toEqual([]);
  });

  it('reckons with money only what the organisation has told', async () => {
    const date = addDays(weekStart, 2);
    const query = { siteId, from: date, to: date };
    const untold = await call(ROUTES.getMoney, { query });
    expect(untold.assumptions).toMatchObject({ agentHourCost: null, valuePerRetainedPatient: null });
    const whole = untold.items.find(row => row.queueId === null);
    expect(whole).toMatchObject({ daysScheduled: 1, cost: null, costPerContact: null, lostValue: null });
    expect(whole?.onePoint).toMatchObject({ basis: 'schedule', cost: null });
    expect(whole?.paidHours ?? 0).toBeGreaterThan(0);
    await call(ROUTES.updateSettings, {
      body: { agentHourCostCents: 3000, lostPatientShare: 0.1, valuePerRetainedPatientCents: 40_000 },
    });
    const told = await call(ROUTES.getMoney, { query });
    const row = told.items.find(one => one.queueId === null);
    expect(row?.cost).toBeCloseTo((row?.paidHours ?? 0) * 30, 6);
    expect(row?.costPerContact).toBeCloseTo((row?.cost ?? 0) / (row?.handled ?? 1), 6);
    expect(row?.lostValue).toBeCloseTo((row?.abandoned ?? 0) * 0.1 * 400, 6);
    expect(row?.onePoint?.cost).toBeCloseTo((row?.onePoint?.paidHours ?? 0) * 30, 6);
    const parts = told.items.filter(one => one.queueId !== null);
    expect(parts.reduce((sum, one) => sum + (one.paidHours ?? 0), 0)).toBeCloseTo(row?.paidHours ?? 0, 6);
  });

  it('says of each layer whether it helped', async () => {
    const { items: forecasts } = await call(ROUTES.listForecasts, { query: { siteId } });
    const forecast = forecasts[0];
    if (!forecast) throw new Error('no forecast');
    const params = { id: forecast.id };
    const day = localDay(addDays(weekStart, 2), 'America/Chicago');
    const layer = (name: string, percent: number, from: number, to: number) =>
      call(ROUTES.addLayer, {
        params,
        body: {
          name,
          target: 'offered',
          from,
          to,
          change: { kind: 'percent', percent },
          reason: 'campaign',
          active: true,
        },
      });
    await layer('doubled', 100, day.startEpochSeconds, day.endEpochSeconds);
    await layer('tomorrow', 10, day.endEpochSeconds, day.endEpochSeconds + 86_400);
    const { items: layers } = await call(ROUTES.listLayers, { params });
    const [doubled, tomorrow] = layers;
    expect(doubled?.effect?.errorWith ?? 0).toBeGreaterThan(doubled?.effect?.errorWithout ?? 0);
    expect(doubled?.effect?.intervals).toBeGreaterThan(20);
    expect(tomorrow?.effect).toBeNull();
  });

  it('removes the sample with all that was made from it', async () => {
    await call(ROUTES.removeSample, {});
    expect((await call(ROUTES.listQueues, { query: {} })).items).toEqual([]);
    expect((await call(ROUTES.listSchedules, { query: {} })).items).toEqual([]);
    expect((await call(ROUTES.getProgress, {})).sampleLoaded).toBe(false);
  });
});
