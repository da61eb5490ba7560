import { testEngines } from '../data/databases.ts';
import { crashRounds } from './drill/crash.ts';
import { machinesDrill } from './drill/machines.ts';
import { restartRounds } from './drill/postgres.ts';

/** A drill: how often it strikes unless told, and what it does. Answers whether anything went wrong. */
interface Drill {
  readonly usual: number;
  readonly run: (count: number) => Promise<boolean>;
}

/**
 * `drill crash [rounds]`: kills the service while it imports, edits and publishes, over and over, on SQLite and (with
 * TEST_DATABASE_URL) on PostgreSQL. `drill postgres [rounds]`: restarts a PostgreSQL server of its own as a crash
 * would, under the same load. `drill machines [rounds]`: kills and restarts two web and two worker processes in turn
 * on one PostgreSQL of its own. Each fails when anything acknowledged is gone or anything is half-written.
 */
const DRILLS: Readonly<Record<string, Drill>> = {
  crash: {
    usual: 200,
    run: async rounds => {
      let damaged = false;
      for (const engine of testEngines) {
        const report = await crashRounds(engine, rounds);
        print({ engine: engine.engine, ...report });
        damaged ||= report.lost.length + report.torn.length > 0;
      }
      return damaged;
    },
  },
  postgres: {
    usual: 50,
    run: async rounds => {
      const report = await restartRounds(rounds);
      print(report);
      return report.lost.length + report.torn.length + report.wrong.length > 0;
    },
  },
  machines: {
    usual: 8,
    run: async rounds => {
      const report = await machinesDrill(rounds);
      print(report);
      return report.lost.length + report.torn.length + report.wrong.length > 0;
    },
  },
};

function print(report: object): void {
  process.stdout.write(`${JSON.stringify(report)}\n`);
}

export async function run(args: readonly string[]): Promise<number> {
  const [name = 'crash', count] = args;
  const drill = DRILLS[name];
  const number = Number(count ?? drill?.usual);
  if (!drill || !Number.isInteger(number) || number < 1) {
    process.stderr.write(`usage: drill ${Object.keys(DRILLS).join('|')} [count]\n`);
    return 2;
  }
  return (await drill.run(number)) ? 1 : 0;
}
