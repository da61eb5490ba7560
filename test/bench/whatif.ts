import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bandCoverage } from './whatIfCoverage.ts';
import { monthQueues } from './whatIfMonth.ts';
import { whatIfWork } from './whatIfWork.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const BROWSER = process.env.COVERLINE_BROWSER ?? '/usr/bin/chromium';
const GOAL_MS = 100;
const ROUNDS = 15;

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/**
 * `npm run bench -- whatif [scale]`: CPU time to recompute the what-if page for a month of four queues, in Node and in
 * Chromium (its main thread, as the browser counts it). `scale` multiplies the calls.
 * `npm run bench -- whatif coverage [weeks]`: how often the band holds a week that the forecast has not seen.
 */
export async function run(args: readonly string[]): Promise<number> {
  if (args[0] === 'coverage') return showCoverage(Number(args[1] ?? 100));
  const scale = Number(args[0] ?? 1);
  const queues = monthQueues(scale);
  const open = queues.reduce((sum, queue) => sum + queue.offered.filter(calls => calls !== null).length, 0);
  print(`a month of 4 queues: ${queues[0]?.offered.length} quarter-hours each, ${open} of them open`);
  const inNode = new Map(
    whatIfWork(scale).map(({ name, run: work }) => [
      name,
      Array.from({ length: ROUNDS }, (_, round) => cpuMs(() => work(round))),
    ]),
  );
  const met = [report('Node, CPU time', inNode)];
  if (existsSync(BROWSER)) met.push(report('Chromium, CPU time of the page', await inBrowser(scale)));
  else print(`Chromium: not measured, no browser at ${BROWSER}; set COVERLINE_BROWSER`);
  return met.every(Boolean) ? 0 : 1;
}

function showCoverage(weeks: number): number {
  const found = bandCoverage(weeks);
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  print(`made-up weeks after the forecast's last day of history: ${found.weeks}`);
  print(
    `  inside the 80 % band: service level ${percent(found.serviceLevel)}, abandonment ${percent(found.abandonmentRate)}; calls of the week in the forecast's own: ${percent(found.calls)}`,
  );
  return 0;
}

function report(where: string, times: ReadonlyMap<string, readonly number[]>): boolean {
  print(where);
  for (const [name, rounds] of times) {
    const [first = 0, ...later] = rounds;
    print(
      `  ${name}: first ${first.toFixed(0)} ms, then ${median(later).toFixed(0)} ms (median of ${later.length})`,
    );
  }
  const middle = median(times.get('four scenarios')?.slice(1) ?? []);
  print(`  goal for four scenarios: ${GOAL_MS} ms, ${middle <= GOAL_MS ? 'met' : 'MISSED'}`);
  return middle <= GOAL_MS;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1000;
}

/** The same work in a page that holds nothing else. */
async function inBrowser(scale: number): Promise<ReadonlyMap<string, readonly number[]>> {
  const [{ build }, { chromium }] = await Promise.all([import('vite'), import('playwright-core')]);
  const built = await build({
    configFile: false,
    root,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: join(root, 'test/bench/whatIfPage.ts'), formats: ['iife'], name: 'bench' },
    },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  const chunk = bundle && 'output' in bundle ? bundle.output[0] : undefined;
  if (!chunk) throw new Error('the page of the benchmark was not built');
  const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: chunk.code });
    const names: readonly string[] = await page.evaluate(`bench.prepare(${scale})`);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const taskMs = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
    };
    const times = new Map<string, readonly number[]>();
    for (const name of names) {
      const rounds: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const before = await taskMs();
        await page.evaluate(`bench.runPiece(${JSON.stringify(name)}, ${round})`);
        rounds.push((await taskMs()) - before);
      }
      times.set(name, rounds);
    }
    return times;
  } finally {
    await browser.close();
  }
}
