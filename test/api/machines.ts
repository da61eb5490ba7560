import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Caller } from '../../api/contract/client.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { localDay } from '../../forecasting/calendar/time.ts';
import type { TestEngine } from '../data/databases.ts';
import { addCentre, finished, quarterHoursCsv } from './centre.ts';
import { killProcess, type ServiceProcess, startProcess } from './crash.ts';
import { ADMINISTRATOR, createBrowser } from './harness.ts';

/** What happened when one web and one worker process of two each were killed. */
export interface MachinesReport {
  readonly jobs: number;
  /** Jobs that did not succeed, or whose result is not there exactly once. */
  readonly wrong: readonly string[];
  /** Jobs that had to be begun again. */
  readonly takenOver: number;
}

/** Two web and two worker processes on one database; one of each is killed while forecasts are computed. */
export async function machinesDrill(engine: TestEngine, jobs: number): Promise<MachinesReport> {
  const database = await engine.create();
  const dataDir = mkdtempSync(join(tmpdir(), 'coverline-machines-'));
  const options = { databaseUrl: database.url, dataDir, port: 0, threads: 1 };
  const processes: ServiceProcess[] = [];
  const start = async (services: 'web' | 'worker') => {
    const process = await startProcess({ ...options, services: [services] });
    processes.push(process);
    return process;
  };
  try {
    const webs = [await start('web'), await start('web')] as const;
    const workers = [await start('worker'), await start('worker')] as const;
    const first = createBrowser(webs[0].url);
    await first.call(ROUTES.setUp, { body: ADMINISTRATOR });
    const second = createBrowser(webs[1].url);
    await second.call(ROUTES.signIn, {
      body: { email: ADMINISTRATOR.email, password: ADMINISTRATOR.password },
    });
    const queueId = await addHistory(first);
    const jobIds: string[] = [];
    for (let i = 0; i < jobs; i++) {
      const caller = i % 2 === 0 ? first : second;
      const start = localDay('2026-04-13', 'America/Chicago').startEpochSeconds;
      const body = { name: `Job ${i}`, queueIds: [queueId], start, days: 7 };
      jobIds.push((await caller.call(ROUTES.createForecasts, { body })).jobId);
    }
    await untilRunning(second, jobIds);
    await killProcess(workers[0]);
    await killProcess(webs[0]);
    return await report(second, jobIds);
  } finally {
    for (const process of processes) await killProcess(process);
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function addHistory(caller: Caller): Promise<string> {
  const centre = await addCentre(caller);
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

/** Both workers have begun a job. */
async function untilRunning(caller: Caller, jobIds: readonly string[]): Promise<void> {
  for (;;) {
    const { items } = await caller.call(ROUTES.listJobs, { query: { status: 'running' } });
    const done = (await caller.call(ROUTES.listJobs, { query: { status: 'succeeded' } })).items.length;
    if (items.length >= 2 || done > jobIds.length) return;
    await sleep(20);
  }
}

async function report(caller: Caller, jobIds: readonly string[]): Promise<MachinesReport> {
  const wrong: string[] = [];
  let takenOver = 0;
  for (const jobId of jobIds) {
    const job = await finished(caller, jobId);
    if (job.status !== 'succeeded' || job.resultIds.length !== 1) wrong.push(`${jobId} ${job.status}`);
    if (job.attempt > 1) takenOver++;
  }
  const { items } = await caller.call(ROUTES.listForecasts, { query: { limit: 500 } });
  for (let i = 0; i < jobIds.length; i++) {
    const made = items.filter(forecast => forecast.name === `Job ${i}`).length;
    if (made !== 1) wrong.push(`job ${i} left ${made} forecasts`);
  }
  return { jobs: jobIds.length, wrong, takenOver };
}
