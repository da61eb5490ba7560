import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { ServerOptions } from '../../../api/server.ts';
import { addCentre } from '../../api/centre.ts';
import { ADMINISTRATOR, createBrowser } from '../../api/harness.ts';
import type { TestEngine } from '../../data/databases.ts';
import { inspect, inspectImports, noDamage } from './inspect.ts';
import { addSchedule, countOf, nothingYet, runLoad } from './load.ts';
import { type DrillReport, pauseMilliseconds, reportOf, tellRound } from './report.ts';
import { endProcess, signIn, startProcess } from './service.ts';

/**
 * Kills the real service with SIGKILL while it imports, edits and publishes, starts it again, and looks for
 * acknowledged changes that are missing and for anything written by half.
 */
export async function crashRounds(engine: TestEngine, rounds: number): Promise<DrillReport> {
  const database = await engine.create();
  const dataDir = mkdtempSync(join(tmpdir(), 'coverline-crash-'));
  const options: ServerOptions = { databaseUrl: database.url, dataDir, port: 0 };
  const acknowledged = nothingYet();
  const damage = noDamage();
  const ready: number[] = [];
  const readyCpu: number[] = [];
  let service = await startProcess(options);
  try {
    const first = createBrowser(service.url);
    await first.call(ROUTES.setUp, { body: ADMINISTRATOR });
    const centre = await addCentre(first);
    const scheduleId = await addSchedule(first, centre);
    for (let round = 0; round < rounds; round++) {
      const caller = await signIn(service.url);
      const load = runLoad({
        caller: () => caller,
        centre,
        scheduleId,
        acknowledged,
        label: `round-${round}`,
        onFailure: untilGone,
        stopped: () => false,
      });
      const strike = sleep(pauseMilliseconds(round)).then(() => endProcess(service));
      await Promise.all([load, strike]);
      service = await startProcess(options);
      ready.push(service.readyMilliseconds);
      readyCpu.push(service.readyCpuMilliseconds);
      await inspect(await signIn(service.url), centre, scheduleId, acknowledged, damage);
      tellRound(round + 1, rounds, damage);
    }
    const last = await signIn(service.url);
    await inspectImports(last, acknowledged, damage);
    await inspect(last, centre, scheduleId, acknowledged, damage);
  } finally {
    await endProcess(service);
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return reportOf({ rounds, acknowledged: countOf(acknowledged), damage, ready, readyCpu });
}

/** A connection that breaks is the end of the service; any other failure is one of the drill. */
async function untilGone(error: unknown): Promise<'end'> {
  if (error instanceof TypeError) return 'end';
  throw error;
}
