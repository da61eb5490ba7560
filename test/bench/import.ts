import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { finished } from 'node:stream/promises';
import { openStore, type Store } from '../../data/db/connect.ts';
import { migrateStore } from '../../data/db/migrate.ts';
import { detectText } from '../../data/import/detect.ts';
import type { ImportRequest } from '../../data/import/importFile.ts';
import { importInThread } from '../../data/import/importInThread.ts';
import { historyExtent } from '../../data/store/intervalHistory.ts';
import { createQueue, listQueues, type Queue } from '../../data/store/queues.ts';
import { createSite } from '../../data/store/sites.ts';
import { ALWAYS_OPEN } from '../../forecasting/calendar/opening.ts';

const ROWS = 1_500_000;
const QUEUES = 10;
const STEP_SECONDS = 900;
const FIRST_START = Date.UTC(2022, 0, 1) / 1000;
const AT = 1_780_000_000;

/** What is promised, and what the run must reach. */
const TARGETS = {
  rowsPerSecond: 150_000,
  rssMegabytes: 300,
  loopDelayP99Milliseconds: 50,
  probeMaxMilliseconds: 500,
};

/**
 * Imports 1.5 million interval rows end to end (read, check, stage, merge, commit) in a worker thread, while the
 * parent keeps answering probes that read and write the same database. `--url postgres://…` uses that server;
 * `--rows N` changes the size. Exit code 1 when a target is missed.
 */
export async function run(args: readonly string[]): Promise<number> {
  const rows = Number(option(args, '--rows') ?? ROWS);
  const folder = mkdtempSync(join(tmpdir(), 'coverline-bench-'));
  const url = option(args, '--url') ?? `sqlite:${join(folder, 'bench.db')}`;
  const file = join(folder, 'history.csv');
  const store = openStore(url);
  try {
    await migrateStore(store);
    const request = await prepare(store, file, rows);
    console.log(
      `${rows} rows in ${QUEUES} queues, ${(statSync(file).size / 1e6).toFixed(0)} MB, ${store.engine}`,
    );
    const first = await measure(store, url, file, request);
    const second = await measure(store, url, file, request);
    const stored = await Promise.all(request.queues.map(queue => historyExtent(store.db, queue.number)));
    const total = stored.reduce((sum, extent) => sum + (extent?.rows ?? 0), 0);
    print('first import', rows, first);
    print('same file again', rows, second);
    console.log(`stored ${total} rows`);
    return verdict(rows, first) &&
      first.outcome === 'committed' &&
      second.outcome === 'unchanged' &&
      total === rows
      ? 0
      : 1;
  } finally {
    await store.db.deleteFrom('site').where('name', '=', SITE_NAME).execute();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const SITE_NAME = 'Import benchmark';

function option(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name);
  return at === -1 ? undefined : args[at + 1];
}

async function prepare(store: Store, file: string, rows: number): Promise<ImportRequest> {
  const site = await createSite(store.db, { name: SITE_NAME, timeZone: 'UTC', createdAt: AT });
  for (let i = 1; i <= QUEUES; i++) {
    await createQueue(store.db, {
      siteId: site.id,
      name: `Queue ${i}`,
      timeZone: 'UTC',
      stepSeconds: STEP_SECONDS,
      openingHours: ALWAYS_OPEN,
      createdAt: AT,
    });
  }
  const queues = await listQueues(store.db, [site.id]);
  const head = await writeHistory(file, rows, queues);
  const detection = detectText(head, false);
  if (detection.kind !== 'table') throw new Error(detection.reason);
  return {
    siteId: site.id,
    queues,
    mapping: detection.detected.mapping,
    fileName: 'history.csv',
    userId: null,
    at: AT,
    dryRun: false,
    onRejected: 'refuse',
  };
}

/** Writes the rows in the order of an ACD's export: by time, then queue. Returns the beginning. */
async function writeHistory(file: string, rows: number, queues: readonly Queue[]): Promise<Uint8Array> {
  const out = createWriteStream(file);
  const header = 'interval_start,queue,offered,handled,abandoned,talk_total_s,hold_total_s,wrap_total_s\n';
  let text = header;
  let head: Uint8Array | undefined;
  for (let row = 0; row < rows; row++) {
    const slot = Math.floor(row / QUEUES);
    const start = new Date((FIRST_START + slot * STEP_SECONDS) * 1000)
      .toISOString()
      .slice(0, 16)
      .replace('T', ' ');
    const offered = 20 + ((row * 7919) % 61);
    const abandoned = (row * 31) % 4;
    const handled = offered - abandoned;
    text += `${start},"${queues[row % QUEUES]?.name}",${offered},${handled},${abandoned},${handled * 240},${handled * 15},${handled * 45}\n`;
    if (text.length < 1 << 20) continue;
    head ??= Buffer.from(text);
    if (!out.write(text)) await once(out, 'drain');
    text = '';
  }
  out.end(text);
  await finished(out);
  return head ?? Buffer.from(text);
}

interface Measurement {
  readonly outcome: string;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakRssMegabytes: number;
  readonly loopDelayP99Milliseconds: number;
  readonly probes: number;
  readonly probeMaxMilliseconds: number;
}

async function measure(
  store: Store,
  url: string,
  file: string,
  request: ImportRequest,
): Promise<Measurement> {
  const probe = new Probe(store, request.siteId);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const cpu = process.cpuUsage();
  const began = performance.now();
  const running = probe.start();
  const outcome = await importInThread(url, createReadStream(file, { highWaterMark: 1 << 18 }), request);
  const wallSeconds = (performance.now() - began) / 1000;
  const used = process.cpuUsage(cpu);
  delay.disable();
  await probe.stop(running);
  return {
    outcome: outcome.kind,
    wallSeconds,
    cpuSeconds: (used.user + used.system) / 1e6,
    peakRssMegabytes: probe.peakRss / 1e6,
    loopDelayP99Milliseconds: delay.percentile(99) / 1e6,
    probes: probe.answered,
    probeMaxMilliseconds: probe.slowest,
  };
}

/** What a server does meanwhile: reads a queue list and a history's extent every 50 ms, and watches its memory. */
class Probe {
  readonly #store: Store;
  readonly #siteId: string;
  #over = false;
  answered = 0;
  slowest = 0;
  peakRss = 0;

  constructor(store: Store, siteId: string) {
    this.#store = store;
    this.#siteId = siteId;
  }

  async start(): Promise<void> {
    while (!this.#over) {
      const began = performance.now();
      const [queue] = await listQueues(this.#store.db, [this.#siteId]);
      if (queue) await historyExtent(this.#store.db, 0);
      this.slowest = Math.max(this.slowest, performance.now() - began);
      this.answered++;
      this.peakRss = Math.max(this.peakRss, process.memoryUsage.rss());
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  async stop(running: Promise<void>): Promise<void> {
    this.#over = true;
    await running;
  }
}

function print(title: string, rows: number, m: Measurement): void {
  console.log(
    `${title}: ${m.outcome}; ${m.wallSeconds.toFixed(1)} s wall, ${m.cpuSeconds.toFixed(1)} s CPU; ` +
      `${Math.round(rows / m.wallSeconds)} rows/s wall, ${Math.round(rows / m.cpuSeconds)} rows per CPU-second; ` +
      `peak RSS ${m.peakRssMegabytes.toFixed(0)} MB; event-loop delay p99 ${m.loopDelayP99Milliseconds.toFixed(1)} ms; ` +
      `${m.probes} probes, slowest ${m.probeMaxMilliseconds.toFixed(0)} ms`,
  );
}

function verdict(rows: number, m: Measurement): boolean {
  const results = [
    ['rows per second (CPU)', rows / m.cpuSeconds, '>=', TARGETS.rowsPerSecond],
    ['peak RSS in MB', m.peakRssMegabytes, '<', TARGETS.rssMegabytes],
    ['event-loop delay p99 in ms', m.loopDelayP99Milliseconds, '<', TARGETS.loopDelayP99Milliseconds],
    ['slowest probe in ms', m.probeMaxMilliseconds, '<', TARGETS.probeMaxMilliseconds],
  ] as const;
  for (const [name, value, sign, target] of results) {
    const met = sign === '<' ? value < target : value >= target;
    console.log(`${met ? 'met   ' : 'MISSED'} ${name}: ${Math.round(value)} (${sign} ${target})`);
  }
  return results.every(([, value, sign, target]) => (sign === '<' ? value < target : value >= target));
}
