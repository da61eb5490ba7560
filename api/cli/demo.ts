import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { addDays, localDateOf, localDay, weekdayOf } from '../../forecasting/index.ts';
import { newSecret } from '../auth/secret.ts';
import { type Caller, createCaller } from '../contract/client.ts';
import { ROUTES } from '../contract/routes.ts';
import { startServer } from '../server.ts';
import { CommandError, type CommandInput, type CommandSpec } from './args.ts';
import { type DemoQueue, type DemoResult, type DemoReview, demoText } from './demoText.ts';
import { OUTPUT_OPTIONS, print, printJson } from './output.ts';
import { ProgressBar } from './progress.ts';

const JOB_POLL_MS = 150;

export const demoCommand: CommandSpec = {
  name: 'demo',
  summary: 'the whole way with the sample centre, from its history to a reviewed day',
  options: [
    { name: 'seed', value: 'N', help: 'seed of the sample centre and the search', default: '1' },
    { name: 'effort', value: 'LEVEL', help: 'quick, normal or thorough scheduling', default: 'quick' },
    ...OUTPUT_OPTIONS.slice(0, 1),
  ],
  examples: ['coverline demo', 'coverline demo --json'],
  run: runDemo,
};

async function runDemo(input: CommandInput): Promise<number> {
  const seed = input.number('seed', { min: 0, max: 2_147_483_647 }) ?? 1;
  const effort = readEffort(input);
  const dataDir = await mkdtemp(join(tmpdir(), 'coverline-demo-'));
  const server = await startServer({ dataDir, port: 0, logLevel: 'silent' });
  const bar = new ProgressBar('Demo');
  try {
    const demo = new Demo(await signedIn(server.url), bar, seed);
    const result = await demo.run(effort);
    bar.done();
    if (input.has('json')) await printJson(result);
    else await print(demoText(result));
    return 0;
  } finally {
    bar.done();
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

type Effort = 'quick' | 'normal' | 'thorough';

function readEffort(input: CommandInput): Effort {
  const text = input.text('effort');
  if (text === 'quick' || text === 'normal' || text === 'thorough') return text;
  throw new CommandError(`--effort must be quick, normal or thorough; found "${text}"`, 2);
}

/** A caller with the session of a first administrator made for this run. */
async function signedIn(baseUrl: string): Promise<Caller> {
  const attempt = await createCaller({ baseUrl, headers: { origin: baseUrl } }).attempt(ROUTES.setUp, {
    body: { name: 'Demo', email: 'demo@example.org', password: newSecret() },
  });
  if (!attempt.ok) throw new CommandError(attempt.problem.title);
  const cookie = attempt.headers
    .getSetCookie()
    .map(text => text.split(';')[0])
    .join('; ');
  return createCaller({ baseUrl, headers: { cookie, origin: baseUrl } });
}

/** Walks the way of a first user, one call after the other. */
class Demo {
  readonly #api: Caller;
  readonly #bar: ProgressBar;
  readonly #seed: number;

  constructor(api: Caller, bar: ProgressBar, seed: number) {
    this.#api = api;
    this.#bar = bar;
    this.#seed = seed;
  }

  async run(effort: Effort): Promise<DemoResult> {
    const api = this.#api;
    await this.#job(0, 'sample centre', await api.call(ROUTES.loadSample, { body: { seed: this.#seed } }));
    const [site] = (await api.call(ROUTES.listSites, {})).items;
    if (!site) throw new CommandError('the sample centre was not loaded');
    const queues = (await api.call(ROUTES.listQueues, {})).items;
    const week = nextMonday(site.timeZone);
    const forecastIds = await this.#forecast(
      queues.map(queue => queue.id),
      week,
      site.timeZone,
    );
    const plan = await api.call(ROUTES.createStaffingPlans, { body: { forecastIds: [...forecastIds] } });
    const planIds = await this.#job(0.5, 'staffing', plan);
    const schedule = await this.#schedule(site.id, week, planIds, effort);
    const nameOf = (id: string | null) => queues.find(queue => queue.id === id)?.name ?? 'all';
    const demand = await this.#demand(forecastIds);
    return {
      site: site.name,
      week,
      queues: await this.#coverage(schedule.id, demand, nameOf),
      shifts: schedule.shifts,
      agents: schedule.agents,
      publishedVersion: schedule.version,
      reviewedDay: week,
      review: await this.#review(site.id, week, nameOf),
    };
  }

  async #forecast(queueIds: readonly string[], week: string, timeZone: string): Promise<readonly string[]> {
    const started = await this.#api.call(ROUTES.createForecasts, {
      body: {
        name: `Week of ${week}`,
        queueIds: [...queueIds],
        start: localDay(week, timeZone).startEpochSeconds,
        days: 7,
        seed: this.#seed,
      },
    });
    return this.#job(0.2, 'forecasting', started);
  }

  async #schedule(siteId: string, week: string, planIds: readonly string[], effort: Effort) {
    const api = this.#api;
    const { id } = await api.call(ROUTES.createSchedule, {
      body: {
        siteId,
        name: `Week of ${week}`,
        weekStart: week,
        days: 7,
        staffingPlanIds: [...planIds],
        ruleSetId: null,
      },
    });
    const params = { id };
    const started = await api.call(ROUTES.generateSchedule, {
      params,
      body: { mode: 'whole', effort, seed: this.#seed },
    });
    const [proposalId] = await this.#job(0.6, 'scheduling', started);
    if (proposalId === undefined) throw new CommandError('the scheduler gave no proposal');
    await api.call(ROUTES.acceptProposal, { params: { id, proposalId }, body: {} });
    const { shifts } = await api.call(ROUTES.getSchedule, { params });
    const current = await api.attempt(ROUTES.getSchedule, { params });
    if (!current.ok || current.revision === undefined) throw new CommandError('the schedule has no revision');
    const { version } = await api.call(ROUTES.publishSchedule, {
      params,
      body: { note: '' },
      ifMatch: current.revision,
    });
    return { id, version, shifts: shifts.shiftIds.length, agents: shifts.agentIds.length };
  }

  /** Forecast contacts per interval start, by queue. */
  async #demand(forecastIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlyMap<number, number>>> {
    const demand = new Map<string, ReadonlyMap<number, number>>();
    for (const id of forecastIds) {
      const { queueId } = await this.#api.call(ROUTES.getForecast, { params: { id } });
      const series = await this.#api.call(ROUTES.getForecastSeries, { params: { id } });
      demand.set(
        queueId,
        new Map(series.offered.map((value, i) => [series.start + i * series.stepSeconds, value ?? 0])),
      );
    }
    return demand;
  }

  async #coverage(
    id: string,
    demand: ReadonlyMap<string, ReadonlyMap<number, number>>,
    nameOf: (id: string | null) => string,
  ): Promise<readonly DemoQueue[]> {
    const { items } = await this.#api.call(ROUTES.getCoverage, { params: { id } });
    return items.map(cover => {
      const hours = cover.stepSeconds / 3600;
      const calls = demand.get(cover.queueId);
      const sum = { calls: 0, met: 0, required: 0, under: 0, peak: 0 };
      cover.required.forEach((required, i) => {
        if (required === null) return;
        const scheduled = cover.scheduled[i] ?? 0;
        const offered = calls?.get(cover.start + i * cover.stepSeconds) ?? 0;
        sum.required += required * hours;
        sum.under += Math.max(0, required - scheduled) * hours;
        sum.peak = Math.max(sum.peak, required);
        sum.calls += offered;
        sum.met += offered * (cover.serviceLevel[i] ?? 0);
      });
      return {
        queue: nameOf(cover.queueId),
        forecastContacts: sum.calls,
        peakAgents: sum.peak,
        requiredHours: sum.required,
        underHours: sum.under,
        predictedServiceLevel: sum.calls > 0 ? sum.met / sum.calls : null,
      };
    });
  }

  async #review(
    siteId: string,
    day: string,
    nameOf: (id: string | null) => string,
  ): Promise<readonly DemoReview[]> {
    this.#bar.update(0.95, 'a day of actuals');
    await this.#api.call(ROUTES.playSampleDay, { body: { date: day } });
    const { items } = await this.#api.call(ROUTES.getAttainment, {
      query: { from: day, to: day, siteId, by: 'day' },
    });
    return items
      .filter(row => row.queueId !== null)
      .map(row => ({
        queue: nameOf(row.queueId),
        forecast: row.plan.offered,
        offered: row.actual.offered,
        serviceLevel: row.actual.serviceLevel,
        goalMet: row.goalMet,
      }));
  }

  /** Waits for a job and returns what it made. */
  async #job(from: number, stage: string, started: { readonly jobId: string }): Promise<readonly string[]> {
    for (;;) {
      const job = await this.#api.call(ROUTES.getJob, { params: { id: started.jobId } });
      this.#bar.update(from + job.progress * 0.2, stage);
      if (job.status === 'succeeded') return job.resultIds;
      if (job.status === 'failed' || job.status === 'cancelled') {
        throw new CommandError(
          `${stage} did not succeed: ${job.problem?.detail ?? job.problem?.title ?? job.status}`,
        );
      }
      await setTimeout(JOB_POLL_MS);
    }
  }
}

/** The first Monday that lies wholly ahead. */
function nextMonday(timeZone: string): string {
  const today = localDateOf(Math.floor(Date.now() / 1000), timeZone);
  return addDays(today, 7 - weekdayOf(today));
}
