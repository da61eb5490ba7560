import { crashRounds } from '../api/crash.ts';
import { machinesDrill } from '../api/machines.ts';
import { testEngines } from '../data/databases.ts';

/**
 * `drill crash [rounds]`: kills the real service while it imports, edits and publishes, over and over, on SQLite and
 * (with TEST_DATABASE_URL) on PostgreSQL. Fails when anything acknowledged is gone or anything is half-written.
 * `drill machines [jobs]`: kills one web and one worker process of two each while they forecast (PostgreSQL only).
 */
export async function run(args: readonly string[]): Promise<number> {
  const [name = 'crash', count] = args;
  const number = Number(count ?? (name === 'machines' ? 40 : 200));
  if (!Number.isInteger(number) || number < 1) return usage();
  if (name === 'crash') return crash(number);
  return name === 'machines' ? machines(number) : usage();
}

function usage(): number {
  process.stderr.write('usage: drill crash [rounds] | drill machines [jobs]\n');
  return 2;
}

async function machines(jobs: number): Promise<number> {
  const engine = testEngines.find(known => known.engine === 'postgres');
  if (!engine) {
    process.stderr.write('set TEST_DATABASE_URL to a PostgreSQL server: SQLite serves one process\n');
    return 2;
  }
  const report = await machinesDrill(engine, jobs);
  process.stdout.write(`${JSON.stringify(report)}\n`);
  return report.wrong.length > 0 ? 1 : 0;
}

async function crash(rounds: number): Promise<number> {
  let failed = false;
  for (const engine of testEngines) {
    const report = await crashRounds(engine, rounds);
    failed ||= report.lost.length > 0 || report.torn.length > 0;
    process.stdout.write(`${JSON.stringify({ engine: engine.engine, ...report })}\n`);
  }
  return failed ? 1 : 0;
}
