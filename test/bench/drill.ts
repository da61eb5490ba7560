import { crashRounds } from '../api/crash.ts';
import { testEngines } from '../data/databases.ts';

/**
 * `drill crash [rounds]`: kills the real service while it imports, edits and publishes, over and over, on SQLite and
 * (with TEST_DATABASE_URL) on PostgreSQL. Fails when anything acknowledged is gone or anything is half-written.
 */
export async function run(args: readonly string[]): Promise<number> {
  const [name = 'crash', count = '200'] = args;
  const rounds = Number(count);
  if (name !== 'crash' || !Number.isInteger(rounds) || rounds < 1) {
    process.stderr.write('usage: drill crash [rounds]\n');
    return 2;
  }
  let failed = false;
  for (const engine of testEngines) {
    const report = await crashRounds(engine, rounds);
    failed ||= report.lost.length > 0 || report.torn.length > 0;
    process.stdout.write(`${JSON.stringify({ engine: engine.engine, ...report })}\n`);
  }
  return failed ? 1 : 0;
}
