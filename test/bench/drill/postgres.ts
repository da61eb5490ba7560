import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../../../api/contract/client.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { addCentre } from '../../api/centre.ts';
import { ADMINISTRATOR, createBrowser } from '../../api/harness.ts';
import { startCluster } from './cluster.ts';
import { inspect, inspectImports, noDamage } from './inspect.ts';
import { addSchedule, countOf, nothingYet, runLoad } from './load.ts';
import { type DrillReport, pauseMilliseconds, reportOf, tellRound } from './report.ts';
import { endProcess, isRunning, type ServiceProcess, signIn, startProcess } from './service.ts';

export interface RestartReport extends DrillReport {
  /** Answers of the service while its database was away. */
  readonly answers: { readonly served: number; readonly unavailable: number };
  /** Answers that were neither a success nor 503 with Retry-After, and ends of the process. */
  readonly wrong: readonly string[];
}

const PROBE_MILLISECONDS = 20;

/**
 * Restarts PostgreSQL as a crash would (`pg_ctl -m immediate restart`, on a server of the drill's own) while the
 * service imports, edits and publishes. The process must live on, say 503 with Retry-After meanwhile, and be well
 * again by itself.
 */
export async function restartRounds(rounds: number): Promise<RestartReport> {
  const cluster = await startCluster();
  const dataDir = mkdtempSync(join(tmpdir(), 'coverline-restart-'));
  const service = await startProcess({ databaseUrl: cluster.url, dataDir, port: 0 });
  const acknowledged = nothingYet();
  const damage = noDamage();
  const probe = new Probe(service.url);
  try {
    const first = createBrowser(service.url);
    await first.call(ROUTES.setUp, { body: ADMINISTRATOR });
    const centre = await addCentre(first);
    const scheduleId = await addSchedule(first, centre);
    const ready: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const caller = await signIn(service.url);
      let stopped = false;
      const load = runLoad({
        caller: () => caller,
        centre,
        scheduleId,
        acknowledged,
        label: `round-${round}`,
        onFailure: whileAway,
        stopped: () => stopped,
      });
      const strike = async () => {
        await sleep(pauseMilliseconds(round));
        const probing = probe.untilStopped();
        await cluster.restart();
        const up = performance.now();
        await probe.untilWell(service);
        ready.push(performance.now() - up);
        // Work that was waiting for the database goes on before the next blow.
        await sleep(100);
        stopped = true;
        probe.stop();
        await probing;
      };
      await Promise.all([load, strike()]);
      await inspect(await signIn(service.url), centre, scheduleId, acknowledged, damage);
      tellRound(round + 1, rounds, damage);
    }
    await inspectImports(await signIn(service.url), acknowledged, damage);
    const report = reportOf({ rounds, acknowledged: countOf(acknowledged), damage, ready });
    return { ...report, answers: probe.answers, wrong: [...probe.wrong] };
  } finally {
    await endProcess(service);
    await cluster.remove();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Without its database the service says so and is asked again; any other failure is one of the drill. */
async function whileAway(error: unknown): Promise<'goOn'> {
  if (!(error instanceof ApiError) || error.problem.status !== 503) throw error;
  await sleep(100);
  return 'goOn';
}

/** Asks the service over and over how it is. */
class Probe {
  readonly #url: string;
  readonly wrong = new Set<string>();
  readonly answers = { served: 0, unavailable: 0 };
  #stopped = false;

  constructor(url: string) {
    this.#url = url;
  }

  async untilStopped(): Promise<void> {
    this.#stopped = false;
    while (!this.#stopped) {
      await this.#ask();
      await sleep(PROBE_MILLISECONDS);
    }
  }

  async untilWell(service: ServiceProcess): Promise<void> {
    while (!(await this.#ask())) {
      if (!isRunning(service)) throw new Error('the service ended when its database went away');
      await sleep(PROBE_MILLISECONDS);
    }
  }

  stop(): void {
    this.#stopped = true;
  }

  async #ask(): Promise<boolean> {
    try {
      const response = await fetch(`${this.#url}/readyz`);
      await response.arrayBuffer();
      if (response.ok) this.answers.served++;
      else if (response.status === 503 && Number(response.headers.get('retry-after')) > 0)
        this.answers.unavailable++;
      else this.wrong.add(`answered ${response.status}, Retry-After ${response.headers.get('retry-after')}`);
      return response.ok;
    } catch (error) {
      this.wrong.add(`no answer: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  }
}
