import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, type Caller } from '../../../api/contract/client.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { localDay } from '../../../forecasting/calendar/time.ts';
import { addCentre, finished, quarterHoursCsv } from '../../api/centre.ts';
import { ADMINISTRATOR, createBrowser } from '../../api/harness.ts';
import { type Balancer, startBalancer } from './balancer.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { inspect, inspectImports, noDamage } from './inspect.ts';
import { addSchedule, countOf, type LoadTarget, nothingYet, runLoad } from './load.ts';
import { type DrillReport, pauseMilliseconds, reportOf } from './report.ts';
import { endProcess, type ServiceProcess, signIn, startProcess } from './service.ts';

export interface MachinesReport extends DrillReport {
  readonly forecasts: number;
  /** Forecasts and imports that another worker had to begin again. */
  readonly takenOver: number;
  /** Requests without an answer because their web process was killed. */
  readonly cutOff: number;
  /** Requests that failed although nothing was killed, results missing or there twice, ends other than asked for. */
  readonly wrong: readonly string[];
}

type Role = 'web' | 'worker';
/** What is done to which machine, in turn: each is killed once and restarted gracefully once. */
const STRIKES: readonly (readonly [signal: 'SIGKILL' | 'SIGTERM', role: Role, which: 0 | 1])[] = [
  ['SIGKILL', 'worker', 0],
  ['SIGKILL', 'web', 0],
  ['SIGTERM', 'web', 1],
  ['SIGTERM', 'worker', 1],
  ['SIGKILL', 'web', 1],
  ['SIGKILL', 'worker', 1],
  ['SIGTERM', 'web', 0],
  ['SIGTERM', 'worker', 0],
];

/**
 * Two web processes behind a load balancer and two workers, each with a data folder of its own, on one PostgreSQL.
 * Under load each is killed, or restarted gracefully, in turn. Nothing acknowledged may be lost, each job leaves one
 * result, and a graceful restart fails no request.
 */
export async function machinesDrill(rounds: number): Promise<MachinesReport> {
  const cluster = await startCluster();
  const balancer = await startBalancer();
  const fleet = new Fleet(cluster, balancer);
  try {
    await fleet.startAll();
    return await drill(fleet, balancer, rounds);
  } finally {
    await fleet.endAll();
    await balancer.close();
    await cluster.remove();
  }
}

/** The four processes. */
class Fleet {
  readonly #cluster: Cluster;
  readonly #balancer: Balancer;
  readonly #folders: string[] = [];
  readonly #processes = new Map<string, ServiceProcess>();

  constructor(cluster: Cluster, balancer: Balancer) {
    this.#cluster = cluster;
    this.#balancer = balancer;
  }

  async startAll(): Promise<void> {
    for (const role of ['web', 'worker'] as const)
      for (const which of [0, 1] as const) await this.start(role, which);
  }

  /** Starts a machine with an empty folder and a new address, as an orchestrator would. */
  async start(role: Role, which: 0 | 1): Promise<ServiceProcess> {
    const dataDir = mkdtempSync(join(tmpdir(), 'coverline-machine-'));
    this.#folders.push(dataDir);
    const process = await startProcess({
      databaseUrl: this.#cluster.url,
      dataDir,
      port: 0,
      threads: 1,
      services: [role],
      publicUrl: this.#balancer.url,
      leaveSeconds: 1,
    });
    this.#processes.set(`${role} ${which}`, process);
    if (role === 'web') this.#balancer.add(process.url);
    return process;
  }

  end(role: Role, which: 0 | 1, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const process = this.#processes.get(`${role} ${which}`);
    return process ? endProcess(process, signal) : Promise.resolve(null);
  }

  async endAll(): Promise<void> {
    for (const process of this.#processes.values()) await endProcess(process);
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  }
}

async function drill(fleet: Fleet, balancer: Balancer, rounds: number): Promise<MachinesReport> {
  const first = createBrowser(balancer.url);
  await first.call(ROUTES.setUp, { body: ADMINISTRATOR });
  const centre = await addCentre(first);
  const forecastQueueId = await addForecastQueue(first);
  const scheduleId = await addSchedule(first, centre);
  const acknowledged = nothingYet();
  const damage = noDamage();
  const wrong = new Set<string>();
  const forecasts = new Map<string, string>();
  const ready: number[] = [];
  const readyCpu: number[] = [];
  let cutOff = 0;
  for (let round = 0; round < rounds; round++) {
    const [signal, role, which] = STRIKES[round % STRIKES.length] ?? ['SIGKILL', 'worker', 0];
    const caller = await signIn(balancer.url);
    let stopped = false;
    const onFailure: LoadTarget['onFailure'] = async error => {
      const cut = error instanceof ApiError && error.problem.status === 502;
      if (!cut) throw error;
      cutOff++;
      if (signal === 'SIGTERM') wrong.add(`a request failed in the graceful restart of ${role} ${which}`);
      return 'goOn';
    };
    const target = { caller: () => caller, centre, scheduleId, acknowledged, label: `round-${round}` };
    const load = runLoad({ ...target, onFailure, stopped: () => stopped });
    const strike = async () => {
      await orderForecasts(caller, forecastQueueId, round, forecasts, onFailure);
      await sleep(pauseMilliseconds(round));
      const code = await fleet.end(role, which, signal);
      if (signal === 'SIGTERM' && code !== 0) wrong.add(`${role} ${which} ended with code ${code}`);
      const started = await fleet.start(role, which);
      ready.push(started.readyMilliseconds);
      readyCpu.push(started.readyCpuMilliseconds);
      await sleep(300);
      stopped = true;
    };
    await Promise.all([load, strike()]);
    await inspect(await signIn(balancer.url), centre, scheduleId, acknowledged, damage);
  }
  const last = await signIn(balancer.url);
  const takenOver = await inspectForecasts(last, forecasts, wrong);
  await inspectImports(last, acknowledged, damage);
  await inspect(last, centre, scheduleId, acknowledged, damage);
  const report = reportOf({ rounds, acknowledged: countOf(acknowledged), damage, ready, readyCpu });
  return { ...report, forecasts: forecasts.size, takenOver, cutOff, wrong: [...wrong] };
}

/** A site with history enough to forecast from, which the imports of the load do not touch. */
async function addForecastQueue(caller: Caller): Promise<string> {
  const centre = await addCentre(caller, 'Lakeside');
  const upload = await caller.call(ROUTES.uploadImport, {
    query: { fileName: 'calls.csv', siteId: centre.siteId },
    upload: quarterHoursCsv('2026-02-02', 70),
  });
  const preview = await caller.call(ROUTES.previewImport, { params: { id: upload.id } });
  const { jobId } = await caller.call(ROUTES.commitImport, {
    params: { id: upload.id },
    body: { mapping: { ...preview.mapping, timeZone: 'America/Chicago' }, onRejected: 'refuse' },
  });
  await finished(caller, jobId);
  return centre.queueId;
}

const FORECASTS_PER_ROUND = 3;

async function orderForecasts(
  caller: Caller,
  queueId: string,
  round: number,
  forecasts: Map<string, string>,
  onFailure: LoadTarget['onFailure'],
): Promise<void> {
  const start = localDay('2026-04-13', 'America/Chicago').startEpochSeconds;
  for (let i = 0; i < FORECASTS_PER_ROUND; i++) {
    const name = `Forecast ${round}.${i}`;
    try {
      const body = { name, queueIds: [queueId], start, days: 7 };
      forecasts.set((await caller.call(ROUTES.createForecasts, { body })).jobId, name);
    } catch (error) {
      await onFailure(error);
    }
  }
}

/** Every forecast job has succeeded and left one forecast. Returns how many were begun more than once. */
async function inspectForecasts(
  caller: Caller,
  forecasts: ReadonlyMap<string, string>,
  wrong: Set<string>,
): Promise<number> {
  let takenOver = 0;
  for (const [jobId, name] of forecasts) {
    const job = await finished(caller, jobId);
    if (job.status !== 'succeeded' || job.resultIds.length !== 1) wrong.add(`${name}: ${job.status}`);
    if (job.attempt > 1) takenOver++;
  }
  const { items } = await caller.call(ROUTES.listForecasts, { query: { limit: 500 } });
  for (const name of forecasts.values()) {
    const made = items.filter(forecast => forecast.name === name).length;
    if (made !== 1) wrong.add(`${name} is there ${made} times`);
  }
  return takenOver;
}
