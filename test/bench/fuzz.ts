import { fuzzService } from '../api/fuzzRequests.ts';
import { startTestService } from '../api/harness.ts';
import { testEngines } from '../data/databases.ts';
import { fuzzParsers } from './fuzz/fuzzParsers.ts';

const DEFAULTS = { parsers: 1_000_000, requests: 20_000 } as const;
const SEED = 20_260_504;

/**
 * `fuzz parsers [inputs] [seed]`: feeds every parser of files, values, query strings and bodies made-up inputs.
 * `fuzz requests [number] [seed]`: sends the real service requests made from its own schemas, on SQLite and (with
 * TEST_DATABASE_URL) on PostgreSQL. Fails on a crash, a hang, or an answer of 500 and above.
 */
export async function run(args: readonly string[]): Promise<number> {
  const [name, number, seed] = args;
  if (name !== 'parsers' && name !== 'requests') return usage();
  const count = Number(number ?? DEFAULTS[name]);
  const start = Number(seed ?? SEED);
  if (!Number.isInteger(count) || count < 1 || !Number.isInteger(start)) return usage();
  return name === 'parsers' ? parsers(count, start) : requests(count, start);
}

function usage(): number {
  process.stderr.write('usage: fuzz parsers [inputs] [seed] | fuzz requests [number] [seed]\n');
  return 2;
}

async function parsers(count: number, seed: number): Promise<number> {
  const cpu = process.cpuUsage();
  const report = await fuzzParsers(count, seed);
  const used = process.cpuUsage(cpu);
  for (const [name, inputs] of Object.entries(report.perTarget)) {
    process.stdout.write(`${String(inputs).padStart(9)}  ${name}\n`);
  }
  const seconds = (used.user + used.system) / 1e6;
  process.stdout.write(
    `${report.inputs} inputs, ${Math.round(report.inputs / seconds)} per CPU second, slowest ${report.slowestMilliseconds.toFixed(0)} ms of CPU\n`,
  );
  return conclude(report.failures);
}

async function requests(count: number, seed: number): Promise<number> {
  const failures: string[] = [];
  for (const engine of testEngines) {
    const service = await startTestService(engine, { checkAnswers: true });
    try {
      const began = performance.now();
      const report = await fuzzService(service, count, seed);
      const seconds = (performance.now() - began) / 1000;
      process.stdout.write(
        `${engine.engine}: ${report.requests} requests, ${Math.round(report.requests / seconds)} per second, answers ${JSON.stringify(report.byStatus)}\n`,
      );
      failures.push(...report.failures.map(failure => `${engine.engine}: ${failure}`));
    } finally {
      await service.dispose();
    }
  }
  return conclude(failures);
}

function conclude(failures: readonly string[]): number {
  for (const failure of failures) process.stdout.write(`${failure}\n`);
  process.stdout.write(`${failures.length} failures\n`);
  return failures.length === 0 ? 0 : 1;
}
