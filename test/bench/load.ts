import { setTimeout as sleep } from 'node:timers/promises';
import type { Caller } from '../../api/contract/client.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { addDays, localDay } from '../../forecasting/calendar/time.ts';
import { addCentre, type Centre, finished, quarterHoursCsv } from '../api/centre.ts';
import { ADMINISTRATOR, createBrowser } from '../api/harness.ts';
import { testEngines } from '../data/databases.ts';
import { endProcess, startProcess } from './drill/service.ts';

const AGENTS = 300;
const WEEK_START = '2026-05-04';
const FIRST_DATE = '2024-05-06';
const HISTORY_DAYS = 728;
const REQUESTS_PER_SECOND = 50;

/** Sent for the cost of a request, after as many to warm up. */
const COSTED_REQUESTS = 200;

/** A request that the load repeats. */
interface RequestKind {
  readonly name: string;
  readonly send: () => Promise<unknown>;
}

/** Latencies of one kind of request in milliseconds. */
interface Latencies {
  readonly name: string;
  readonly milliseconds: number[];
}

/**
 * `load [seconds]`: 300 agents' week view and interval reports at 50 requests a second against the service in a
 * process of its own on SQLite, while an import and a forecast run. Prints the CPU time of each kind of request, p50, p99 and the longest answer, and the
 * 99th percentile of the event loop's delay. Fails when either p99 is above 50 ms.
 */
export async function run(args: readonly string[]): Promise<number> {
  const seconds = Number(args[0] ?? 30);
  const engine = testEngines[0];
  if (!engine || !Number.isFinite(seconds) || seconds < 1) {
    process.stderr.write('usage: load [seconds]\n');
    return 2;
  }
  const database = await engine.create();
  const service = await startProcess({
    databaseUrl: database.url,
    dataDir: `${database.url.slice(7)}.data`,
    port: 0,
  });
  try {
    const caller = createBrowser(service.url);
    await caller.call(ROUTES.setUp, { body: ADMINISTRATOR });
    const centre = await addCentre(caller);
    await importFile(caller, centre, quarterHoursCsv(FIRST_DATE, HISTORY_DAYS));
    const scheduleId = await fillSchedule(caller, centre);
    const kinds = requestKinds(caller, centre, scheduleId);
    for (const kind of kinds) await printCost(caller, kind);
    const background = keepBusy(caller, centre, seconds);
    const latencies = await sendLoad(kinds, seconds);
    const jobs = await background;
    return await report(caller, latencies, jobs);
  } finally {
    await endProcess(service);
    await database.drop();
  }
}

async function importFile(caller: Caller, centre: Centre, csv: string): Promise<void> {
  const upload = await caller.call(ROUTES.uploadImport, {
    query: { fileName: 'calls.csv', siteId: centre.siteId },
    upload: csv,
  });
  const preview = await caller.call(ROUTES.previewImport, { params: { id: upload.id } });
  const { jobId } = await caller.call(ROUTES.commitImport, {
    params: { id: upload.id },
    body: { mapping: { ...preview.mapping, timeZone: 'America/Chicago' }, onRejected: 'refuse' },
  });
  const job = await finished(caller, jobId);
  if (job.status !== 'succeeded') throw new Error(`the import ended as ${job.status}`);
}

/** A week with five shifts for each of 300 agents. */
async function fillSchedule(caller: Caller, centre: Centre): Promise<string> {
  const template = (await caller.call(ROUTES.listAgents, { query: {} })).items[0];
  if (!template) throw new Error('the centre has no agents');
  const { id: _, active: __, revision: ___, ...fields } = template;
  const agentIds = [...centre.agentIds];
  while (agentIds.length < AGENTS) {
    const agent = await caller.call(ROUTES.createAgent, {
      body: { ...fields, name: `Agent ${agentIds.length + 1}` },
    });
    agentIds.push(agent.id);
  }
  const schedule = await caller.call(ROUTES.createSchedule, {
    body: {
      siteId: centre.siteId,
      name: 'Week',
      weekStart: WEEK_START,
      days: 7,
      staffingPlanIds: [],
      ruleSetId: null,
    },
  });
  for (let from = 0; from < agentIds.length; from += 50) {
    const part = agentIds.slice(from, from + 50);
    const dates = Array.from({ length: 5 }, (_, day) => addDays(WEEK_START, day));
    await caller.call(ROUTES.editSchedule, {
      params: { id: schedule.id },
      body: {
        label: 'Fill',
        changes: part.flatMap(agentId =>
          dates.map(date => ({ before: null, after: shiftOn(agentId, date) })),
        ),
        base: part.flatMap(agentId => dates.map(date => ({ agentId, date, revision: 0 }))),
      },
    });
  }
  return schedule.id;
}

function shiftOn(agentId: string, date: string) {
  const start = localDay(date, 'America/Chicago').startEpochSeconds + 8 * 3600;
  const at = (hours: number) => start + hours * 3600;
  return {
    id: `${agentId}-${date}`,
    agentId,
    start,
    end: at(8.5),
    templateId: null,
    activities: [
      { kind: 'work' as const, start, end: at(4), paid: true },
      { kind: 'lunch' as const, start: at(4), end: at(4.5), paid: false },
      { kind: 'work' as const, start: at(4.5), end: at(8.5), paid: true },
    ],
  };
}

/** Imports and forecasts one after the other until the time is up; returns how many ended. */
async function keepBusy(caller: Caller, centre: Centre, seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1000;
  let ended = 0;
  while (performance.now() < until) {
    const start = localDay(WEEK_START, 'America/Chicago').startEpochSeconds;
    const body = { name: `Load ${ended}`, queueIds: [centre.queueId], start, days: 7 };
    const { jobId } = await caller.call(ROUTES.createForecasts, { body });
    await importFile(caller, centre, quarterHoursCsv(addDays(FIRST_DATE, ended), HISTORY_DAYS));
    await finished(caller, jobId);
    ended += 2;
  }
  return ended;
}

function requestKinds(caller: Caller, centre: Centre, scheduleId: string): readonly RequestKind[] {
  const week = { queueId: centre.queueId, from: '2026-04-20', to: '2026-04-26' };
  return [
    {
      name: 'week view of 300 agents',
      send: () => caller.call(ROUTES.getSchedule, { params: { id: scheduleId } }),
    },
    {
      name: 'interval report of a week',
      send: () => caller.call(ROUTES.getReviewSeries, { query: week }),
    },
  ];
}

/** Prints what one request costs the service in CPU time when nothing else runs: a figure that other load leaves alone. */
async function printCost(caller: Caller, kind: RequestKind): Promise<void> {
  for (let i = 0; i < COSTED_REQUESTS; i++) await kind.send();
  const before = await cpuSeconds(caller);
  for (let i = 0; i < COSTED_REQUESTS; i++) await kind.send();
  const milliseconds = ((await cpuSeconds(caller)) - before) * (1000 / COSTED_REQUESTS);
  process.stdout.write(`${kind.name}: ${milliseconds.toFixed(2)} ms of CPU time each\n`);
}

async function cpuSeconds(caller: Caller): Promise<number> {
  return readMetric(await (await caller.call(ROUTES.getMetrics, {})).text(), 'process_cpu_seconds_total');
}

/** Requests at a steady rate, whether or not earlier ones were answered. */
async function sendLoad(kinds: readonly RequestKind[], seconds: number): Promise<readonly Latencies[]> {
  const latencies = kinds.map(({ name }): Latencies => ({ name, milliseconds: [] }));
  const pending: Promise<void>[] = [];
  const began = performance.now();
  for (let i = 0; i < seconds * REQUESTS_PER_SECOND; i++) {
    const due = began + (i * 1000) / REQUESTS_PER_SECOND;
    await sleep(Math.max(0, due - performance.now()));
    const at = i % kinds.length;
    const sent = performance.now();
    const answered = kinds[at]?.send().then(() => {
      latencies[at]?.milliseconds.push(performance.now() - sent);
    });
    if (answered) pending.push(answered);
  }
  await Promise.all(pending);
  return latencies;
}

async function report(caller: Caller, latencies: readonly Latencies[], jobs: number): Promise<number> {
  const metrics = await (await caller.call(ROUTES.getMetrics, {})).text();
  const delay = readMetric(metrics, 'nodejs_eventloop_lag_p99_seconds') * 1000;
  const all = latencies.flatMap(one => one.milliseconds);
  for (const { name, milliseconds } of [...latencies, { name: 'all', milliseconds: all }]) {
    const line = [0.5, 0.99, 1].map(share => `${quantile(milliseconds, share).toFixed(1)}`);
    process.stdout.write(
      `${name}: ${milliseconds.length} requests, p50/p99/longest ${line.join(' / ')} ms\n`,
    );
  }
  process.stdout.write(`event loop delay p99 ${delay.toFixed(1)} ms, background jobs ended: ${jobs}\n`);
  return quantile(all, 0.99) <= 50 && delay <= 50 ? 0 : 1;
}

function readMetric(metrics: string, name: string): number {
  return Number(new RegExp(`^coverline_${name} (\\S+)$`, 'm').exec(metrics)?.[1]);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
