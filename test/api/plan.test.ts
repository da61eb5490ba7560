import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '../../api/contract/job.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { localDay } from '../../forecasting/calendar/time.ts';
import { testEngines } from '../data/databases.ts';
import { addCentre, type Centre, finished, quarterHoursCsv } from './centre.ts';
import { startTestService, type TestService } from './harness.ts';
import { everyPage } from './pages.ts';

describe.each(testEngines)(
  'from an uploaded file to a published week on $engine',
  { timeout: 240_000 },
  engine => {
    let service: TestService;
    let centre: Centre;
    let forecastId = '';
    let planId = '';
    let scheduleId = '';

    const call: TestService['administrator']['call'] = (route, input, options) =>
      service.administrator.call(route, input, options);
    const done = (jobId: string): Promise<Job> => finished(service.administrator, jobId);

    beforeAll(async () => {
      service = await startTestService(engine);
      centre = await addCentre(service.administrator);
    });

    afterAll(() => service.dispose());

    it('imports ten weeks as one batch, after a look and a dry run that write nothing', async () => {
      const upload = await call(ROUTES.uploadImport, {
        query: { fileName: 'calls.csv', siteId: centre.siteId },
        upload: quarterHoursCsv('2026-02-02', 70),
      });
      const preview = await call(ROUTES.previewImport, { params: { id: upload.id } });
      expect(preview.columns.map(column => column.suggestion?.field)).toEqual([
        'intervalStart',
        'queue',
        'offered',
        'handled',
        'abandoned',
        'handle',
      ]);
      const mapping = { ...preview.mapping, timeZone: 'America/Chicago' };
      const check = await call(ROUTES.checkImport, { params: { id: upload.id }, body: mapping });
      expect((await done(check.jobId)).status).toBe('succeeded');
      const checked = await call(ROUTES.getImport, { params: { id: upload.id } });
      expect(checked.report).toMatchObject({
        rowsRead: 70 * 40,
        rowsNew: 70 * 40,
        rowsRejected: 0,
        unreadable: null,
      });
      const before = await call(ROUTES.getQueue, { params: { id: centre.queueId } });
      expect(before.historyFrom).toBeNull();
      const commit = await call(ROUTES.commitImport, {
        params: { id: upload.id },
        body: { mapping, onRejected: 'refuse' },
      });
      const job = await done(commit.jobId);
      expect(job.problem).toBeNull();
      expect(job.resultIds).toHaveLength(1);
      const after = await call(ROUTES.getQueue, { params: { id: centre.queueId } });
      expect(after.historyFrom).toBe(localDay('2026-02-02', 'America/Chicago').startEpochSeconds + 8 * 3600);
      const imports = await call(ROUTES.listImports, { query: {} });
      expect(imports.items.map(one => one.status)).toEqual(['committed']);
    });

    it('forecasts the next week with bands and a backtest', async () => {
      const start = localDay('2026-04-13', 'America/Chicago').startEpochSeconds;
      const { jobId } = await call(ROUTES.createForecasts, {
        body: { name: 'Week 16', queueIds: [centre.queueId], start, days: 7 },
      });
      const job = await done(jobId);
      expect(job.problem).toBeNull();
      forecastId = job.resultIds[0] ?? '';
      const series = await call(ROUTES.getForecastSeries, { params: { id: forecastId } });
      expect(series.offered).toHaveLength(7 * 96);
      expect(series.bands.map(band => band.level)).toEqual([0.8, 0.95]);
      expect(series.offered[0]).toBeNull();
      const noon = series.offered[12 * 4] ?? 0;
      expect(noon).toBeGreaterThan(10);
      const accuracy = await call(ROUTES.getCertificate, { params: { id: forecastId } });
      expect(accuracy.intervals.length).toBeGreaterThan(0);
      const explained = await call(ROUTES.explainForecast, {
        params: { id: forecastId },
        query: { at: series.start + 12 * 3600 },
      });
      const product = explained.parts.reduce((value, part) => value * part.value, 1);
      expect(product).toBeCloseTo(explained.final ?? Number.NaN, 6);
    });

    it('lays a signed override over the forecast and can switch it off', async () => {
      const head = await call(ROUTES.getForecast, { params: { id: forecastId } });
      const before = await call(ROUTES.getForecastSeries, { params: { id: forecastId } });
      const layer = await call(ROUTES.addLayer, {
        params: { id: forecastId },
        body: {
          name: 'Reminder campaign',
          reason: 'text messages on Monday',
          target: 'offered',
          from: head.start,
          to: head.start + 86_400,
          change: { kind: 'percent', percent: 20 },
          active: true,
        },
      });
      const raised = await call(ROUTES.getForecastSeries, { params: { id: forecastId } });
      expect(raised.offered[48] ?? 0).toBeCloseTo(1.2 * (before.offered[48] ?? 0), 9);
      expect(raised.model).toEqual(before.model);
      await call(ROUTES.updateLayer, {
        params: { id: forecastId, layerId: layer.id },
        body: { active: false },
      });
      const again = await call(ROUTES.getForecastSeries, { params: { id: forecastId } });
      expect(again.offered).toEqual(before.offered);
    });

    it('computes the agents needed, and why', async () => {
      const { jobId } = await call(ROUTES.createStaffingPlans, { body: { forecastIds: [forecastId] } });
      const job = await done(jobId);
      expect(job.problem).toBeNull();
      planId = job.resultIds[0] ?? '';
      const requirement = await call(ROUTES.getRequirement, { params: { id: planId } });
      expect(requirement.agents[0]).toBeNull();
      expect(requirement.agents[48] ?? 0).toBeGreaterThan(0);
      expect(requirement.serviceLevel[48] ?? 0).toBeGreaterThanOrEqual(0.8);
      expect(requirement.agentsWithShrinkage[48] ?? 0).toBeGreaterThan(requirement.agents[48] ?? 0);
      expect(requirement.bindingNames[requirement.binding[48] ?? 0]).toBe('serviceLevel');
      expect(requirement.methodReason).toMatch(/patience/);
    });

    it('plans messages as work within a promise, not as a line, even where nothing is promised', async () => {
      const params = { id: centre.queueId };
      const calls = await call(ROUTES.getQueue, { params });
      const ifMatch = String(calls.revision);
      const messages = await call(ROUTES.updateQueue, {
        params,
        ifMatch,
        body: { channel: 'message', goal: {}, goalPeriods: [] },
      });
      const { jobId } = await call(ROUTES.createStaffingPlans, { body: { forecastIds: [forecastId] } });
      const job = await done(jobId);
      expect(job.problem).toBeNull();
      const id = job.resultIds[0] ?? '';
      const plan = await call(ROUTES.getRequirement, { params: { id } });
      expect(plan).toMatchObject({ method: 'workload', patienceSeconds: null });
      expect(plan.methodReason).toMatch(/within 24 h; agents busy 90 % at most/);
      const total = (read: (i: number) => number) =>
        plan.agents.reduce((sum: number, _, i) => sum + read(i), 0);
      const work = total(i => (plan.offered[i] ?? 0) * (plan.ahtSeconds[i] ?? 0));
      expect(work).toBeGreaterThan(0);
      expect(total(i => (plan.agents[i] ?? 0) * plan.stepSeconds * 0.9)).toBeCloseTo(work, 3);
      expect(plan.bindingNames[plan.binding[48] ?? 0]).toBe('promise');
      expect(plan.serviceLevel[48]).toBeCloseTo(1, 6);
      expect(plan.latestFinishSeconds[48] ?? Number.NaN).toBeLessThanOrEqual(86_400);
      for (const column of [plan.asaSeconds, plan.abandonmentRate, plan.chanceOfGoal]) {
        expect(column.every(value => value === null)).toBe(true);
      }
      await call(ROUTES.removeStaffingPlan, { params: { id } });
      const { channel, goal, goalPeriods } = calls;
      await call(ROUTES.updateQueue, {
        params,
        ifMatch: String(messages.revision),
        body: { channel, goal, goalPeriods },
      });
    });

    it('computes a proposal that changes nothing until it is accepted, and undoes the acceptance', async () => {
      const schedule = await call(ROUTES.createSchedule, {
        body: {
          siteId: centre.siteId,
          name: 'Week 16',
          weekStart: '2026-04-13',
          days: 7,
          staffingPlanIds: [planId],
          ruleSetId: null,
        },
      });
      scheduleId = schedule.id;
      const params = { id: scheduleId };
      const { jobId } = await call(ROUTES.generateSchedule, {
        params,
        body: { mode: 'whole', effort: 'quick', seed: 7 },
      });
      const job = await done(jobId);
      expect(job.problem).toBeNull();
      const proposalId = job.resultIds[0] ?? '';
      const { proposal, shifts } = await call(ROUTES.getProposal, { params: { id: scheduleId, proposalId } });
      expect(proposal.after.cost).toBeLessThan(proposal.before.cost);
      expect(shifts.shiftIds.length).toBeGreaterThan(10);
      expect((await call(ROUTES.getSchedule, { params })).shifts.shiftIds).toEqual([]);
      await call(ROUTES.acceptProposal, { params: { id: scheduleId, proposalId }, body: {} });
      const accepted = await call(ROUTES.getSchedule, { params });
      expect(accepted.shifts.shiftIds.toSorted()).toEqual(shifts.shiftIds.toSorted());
      const { items } = await call(ROUTES.listEditsSince, { params: { id: scheduleId, sequence: '0' } });
      const undone = await call(ROUTES.undoEdit, {
        params: { id: scheduleId, sequence: String(items.at(-1)?.sequence) },
      });
      expect((await call(ROUTES.getSchedule, { params })).shifts.shiftIds).toEqual([]);
      await call(ROUTES.undoEdit, { params: { id: scheduleId, sequence: String(undone.sequence) } });
      expect((await call(ROUTES.getSchedule, { params })).shifts).toEqual(accepted.shifts);
    });

    it('gives the operations page by page, none twice and none left out', async () => {
      const params = { id: scheduleId };
      const whole = await call(ROUTES.listEdits, { params, query: {} });
      expect(whole.items.length).toBeGreaterThan(2);
      expect(whole.nextCursor).toBeNull();
      const paged = await everyPage(query => call(ROUTES.listEdits, { params, query }), 1);
      expect(paged).toEqual(whole.items);
    });

    it('shows coverage, publishes an immutable version and names what changed since', async () => {
      const params = { id: scheduleId };
      const { items: coverage } = await call(ROUTES.getCoverage, { params });
      expect(coverage[0]?.required).toHaveLength(7 * 96);
      expect(Math.max(...(coverage[0]?.scheduled ?? []).map(value => value ?? 0))).toBeGreaterThan(0);
      const { schedule } = await call(ROUTES.getSchedule, { params });
      const stale = await service.administrator.attempt(ROUTES.publishSchedule, {
        params,
        body: { note: 'first' },
        ifMatch: String(schedule.revision - 1),
      });
      expect(stale).toMatchObject({ ok: false, problem: { status: 412 } });
      const published = await call(ROUTES.publishSchedule, {
        params,
        body: { note: 'first' },
        ifMatch: String(schedule.revision),
      });
      expect(published.version).toBe(1);
      const preview = await call(ROUTES.previewPublication, { params });
      expect(preview.changes).toEqual([]);
    });

    it('plays the published week and keeps its service level with an interval beside it', async () => {
      const params = { id: scheduleId };
      const { items: jobs } = await call(ROUTES.listJobs, {});
      const simulation = jobs.find(job => job.kind === 'simulation');
      if (!simulation) throw new Error('publishing started no simulation');
      expect((await done(simulation.id)).problem).toBeNull();
      const [publication] = (await call(ROUTES.listPublications, { params })).items;
      const [queue] = publication?.simulation?.queues ?? [];
      if (!queue?.serviceLevel) throw new Error('the publication has no simulated service level');
      expect(queue.serviceLevel.low).toBeLessThanOrEqual(queue.serviceLevel.value);
      expect(queue.serviceLevel.value).toBeLessThanOrEqual(queue.serviceLevel.high);
      expect(queue.serviceLevel.high - queue.serviceLevel.low).toBeLessThan(0.05);
      expect(queue.serviceLevel.value).toBeGreaterThan(0);
    });
  },
);
