import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Caller } from '../../api/contract/client.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import type { ServerOptions } from '../../api/server.ts';
import type { TestEngine } from '../data/databases.ts';
import { addCentre, type Centre, quarterHoursCsv } from './centre.ts';
import { ADMINISTRATOR, createBrowser } from './harness.ts';

// Started by its path, so nothing imports it; this makes the compiler emit it beside this file.
export type {} from './serverProcess.ts';

/** A service in a process of its own. */
export interface ServiceProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** Milliseconds from the start of the process to its first answer. */
  readonly readyMilliseconds: number;
}

/** Starts the service as its own process, compiled or from source as this file is. */
export async function startProcess(options: ServerOptions): Promise<ServiceProcess> {
  const own = fileURLToPath(import.meta.url);
  const script = own.replace(/crash\.(ts|js)$/, 'serverProcess.$1');
  const loader = own.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const started = performance.now();
  const child = spawn(process.execPath, [...loader, script, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (line: Buffer) => resolve(line.toString('utf8').trim()));
    child.once('exit', code => reject(new Error(`the service ended with code ${code} before it was ready`)));
  });
  return { child, url, readyMilliseconds: performance.now() - started };
}

/** Kills without warning and waits until it is gone. */
export async function killProcess({ child }: ServiceProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise(resolve => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

/** What the rounds of killing showed. */
export interface CrashReport {
  readonly rounds: number;
  readonly acknowledged: number;
  /** Acknowledged changes that were gone afterwards. */
  readonly lost: readonly string[];
  /** Things found half-written. */
  readonly torn: readonly string[];
  readonly slowestReadyMilliseconds: number;
}

/** What was acknowledged before the kill. */
interface Acknowledged {
  readonly teams: Set<string>;
  readonly publications: Set<string>;
  readonly edits: Map<string, number>;
}

const ROWS_PER_DAY = 40;
const DAYS_PER_IMPORT = 30;

/**
 * Kills the real service with SIGKILL while it imports, edits and publishes, starts it again, and looks for
 * acknowledged changes that are missing and for anything written by half.
 */
export async function crashRounds(engine: TestEngine, rounds: number, seed = 1): Promise<CrashReport> {
  const database = await engine.create();
  const dataDir = mkdtempSync(join(tmpdir(), 'coverline-crash-'));
  const options: ServerOptions = { databaseUrl: database.url, dataDir, port: 0 };
  const acknowledged: Acknowledged = { teams: new Set(), publications: new Set(), edits: new Map() };
  const lost = new Set<string>();
  const torn = new Set<string>();
  let slowest = 0;
  let service = await startProcess(options);
  try {
    const first = createBrowser(service.url);
    await first.call(ROUTES.setUp, { body: ADMINISTRATOR });
    const centre = await addCentre(first);
    const scheduleId = await addSchedule(first, centre);
    for (let round = 0; round < rounds; round++) {
      const caller = await signIn(service.url);
      const load = runLoad(caller, centre, scheduleId, acknowledged, round);
      await sleep(50 + ((round * 7919 + seed * 104_729) % 900));
      await killProcess(service);
      await load;
      service = await startProcess(options);
      slowest = Math.max(slowest, service.readyMilliseconds);
      await inspect(await signIn(service.url), centre, scheduleId, acknowledged, lost, torn);
    }
  } finally {
    await killProcess(service);
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return {
    rounds,
    acknowledged: acknowledged.teams.size + acknowledged.publications.size + acknowledged.edits.size,
    lost: [...lost],
    torn: [...torn],
    slowestReadyMilliseconds: slowest,
  };
}

async function signIn(url: string): Promise<Caller> {
  const caller = createBrowser(url);
  await caller.call(ROUTES.signIn, {
    body: { email: ADMINISTRATOR.email, password: ADMINISTRATOR.password },
  });
  return caller;
}

async function addSchedule(caller: Caller, centre: Centre): Promise<string> {
  const schedule = await caller.call(ROUTES.createSchedule, {
    body: {
      siteId: centre.siteId,
      name: 'Week',
      weekStart: '2026-05-04',
      days: 7,
      staffingPlanIds: [],
      ruleSetId: null,
    },
  });
  return schedule.id;
}

/** Changes of every kind at once, until the service is gone. */
async function runLoad(
  caller: Caller,
  centre: Centre,
  scheduleId: string,
  acknowledged: Acknowledged,
  round: number,
): Promise<void> {
  const untilGone = async (work: (i: number) => Promise<void>) => {
    for (let i = 0; ; i++) {
      try {
        await work(i);
      } catch (error) {
        if (error instanceof TypeError) return;
        throw error;
      }
    }
  };
  const params = { id: scheduleId };
  await Promise.all([
    untilGone(async i => {
      const team = await caller.call(ROUTES.createTeam, {
        body: { siteId: centre.siteId, name: `Round ${round} team ${i}` },
      });
      acknowledged.teams.add(team.id);
    }),
    untilGone(async i => {
      await importOnce(caller, centre, `20${10 + (round % 10)}-0${1 + (i % 9)}-01`);
    }),
    untilGone(async i => {
      const agentId = centre.agentIds[i % centre.agentIds.length] ?? '';
      const start = 1_777_896_000 + 3600 * (i % 4);
      const id = `shift-${round}-${i}`;
      const content = await caller.call(ROUTES.getSchedule, { params });
      const row = content.shifts.agentIds.indexOf(agentId);
      const taken = content.shifts.shiftAgent.includes(row);
      if (!taken) {
        await caller.call(ROUTES.editSchedule, {
          params,
          body: {
            label: 'Add',
            changes: [{ before: null, after: shift(id, agentId, start) }],
            base: [{ agentId, date: '2026-05-04', revision: content.dayRevisions[row]?.[0] ?? 0 }],
          },
        });
        acknowledged.edits.set(id, start);
      }
      const { revision } = (await caller.call(ROUTES.getSchedule, { params })).schedule;
      const published = await caller.call(ROUTES.publishSchedule, {
        params,
        body: { note: 'drill' },
        ifMatch: String(revision),
      });
      acknowledged.publications.add(published.id);
    }),
  ]);
}

function shift(id: string, agentId: string, start: number) {
  const end = start + 8 * 3600;
  return {
    id,
    agentId,
    start,
    end,
    templateId: null,
    activities: [{ kind: 'work' as const, start, end, paid: true }],
  };
}

async function importOnce(caller: Caller, centre: Centre, firstDate: string): Promise<void> {
  const upload = await caller.call(ROUTES.uploadImport, {
    query: { fileName: `${firstDate}.csv`, siteId: centre.siteId },
    upload: quarterHoursCsv(firstDate, DAYS_PER_IMPORT),
  });
  const preview = await caller.call(ROUTES.previewImport, { params: { id: upload.id } });
  const { jobId } = await caller.call(ROUTES.commitImport, {
    params: { id: upload.id },
    body: { mapping: { ...preview.mapping, timeZone: 'America/Chicago' }, onRejected: 'refuse' },
  });
  for (;;) {
    const job = await caller.call(ROUTES.getJob, { params: { id: jobId } });
    if (job.finishedAt !== null) return;
    await sleep(20);
  }
}

/** Looks for lost and half-written things through the API. */
async function inspect(
  caller: Caller,
  centre: Centre,
  scheduleId: string,
  acknowledged: Acknowledged,
  lost: Set<string>,
  torn: Set<string>,
): Promise<void> {
  const params = { id: scheduleId };
  const teams = new Set((await caller.call(ROUTES.listTeams, { query: {} })).items.map(team => team.id));
  for (const id of acknowledged.teams) if (!teams.has(id)) lost.add(`team ${id}`);
  const published = new Set(
    (await caller.call(ROUTES.listPublications, { params })).items.map(one => one.id),
  );
  for (const id of acknowledged.publications) if (!published.has(id)) lost.add(`publication ${id}`);
  const { shifts } = await caller.call(ROUTES.getSchedule, { params });
  for (const id of acknowledged.edits.keys()) if (!shifts.shiftIds.includes(id)) lost.add(`shift ${id}`);
  const edits = (await caller.call(ROUTES.listEditsSince, { params: { ...params, sequence: '0' } })).items;
  if (edits.length !== shifts.shiftIds.length)
    torn.add(`${edits.length} operations for ${shifts.shiftIds.length} shifts`);
  for (const batch of (await caller.call(ROUTES.listImports, {})).items) {
    const { report, status } = batch;
    if (status !== 'committed' || !report) continue;
    const rows = report.rowsNew + report.rowsChanged + report.rowsSame;
    if (rows !== ROWS_PER_DAY * DAYS_PER_IMPORT) torn.add(`import ${batch.id} has ${rows} rows`);
  }
  const days = await caller.call(ROUTES.getHistoryDays, { params: { id: centre.queueId }, query: {} });
  const withData = days.intervalsWithData.filter(count => count > 0);
  if (withData.some(count => count !== ROWS_PER_DAY)) torn.add('a day of history is there in part');
  if (withData.length % DAYS_PER_IMPORT !== 0 && withData.length < DAYS_PER_IMPORT)
    torn.add('an import is there in part');
  const audit = await caller.call(ROUTES.verifyAudit, {});
  if (!audit.intact) torn.add(`audit trail broken at ${audit.firstBrokenSequence}`);
}
