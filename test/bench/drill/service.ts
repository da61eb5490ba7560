import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Caller } from '../../../api/contract/client.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { ServerOptions } from '../../../api/server.ts';
import { ADMINISTRATOR, createBrowser } from '../../api/harness.ts';

// Started by its path, so nothing imports it; this makes the compiler emit it beside this file.
export type {} from './serviceProcess.ts';

/** A service in a process of its own. */
export interface ServiceProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** Milliseconds from the start of the process until it answers. */
  readonly readyMilliseconds: number;
  /** The processor time of that, which a busy machine does not change. */
  readonly readyCpuMilliseconds: number;
}

/** Starts the service as its own process, compiled or from source as this file is. */
export async function startProcess(options: ServerOptions): Promise<ServiceProcess> {
  const own = fileURLToPath(import.meta.url);
  const script = own.replace(/service\.(ts|js)$/, 'serviceProcess.$1');
  const loader = own.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const started = performance.now();
  // All of a drill comes from one address and one account.
  const settings = { rateLimits: { general: 1_000_000, login: 1_000_000, heavy: 1_000_000 }, ...options };
  const child = spawn(process.execPath, [...loader, script, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (said: Buffer) => resolve(said.toString('utf8')));
    child.once('exit', code => reject(new Error(`the service ended with code ${code} before it was ready`)));
  });
  const [url = '', cpuMilliseconds] = line.trim().split(' ');
  const readyMilliseconds = performance.now() - started;
  return { child, url, readyMilliseconds, readyCpuMilliseconds: Number(cpuMilliseconds) };
}

/** Whether the process is there. */
export function isRunning({ child }: ServiceProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

/** Ends it, without warning unless told, and waits until it is gone. Returns its exit code. */
export async function endProcess(
  process: ServiceProcess,
  signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL',
): Promise<number | null> {
  const { child } = process;
  if (!isRunning(process)) return child.exitCode;
  const gone = new Promise(resolve => child.once('exit', resolve));
  child.kill(signal);
  await gone;
  return child.exitCode;
}

/** The administrator of the drills, signed in. */
export async function signIn(url: string): Promise<Caller> {
  const caller = createBrowser(url);
  await caller.call(ROUTES.signIn, {
    body: { email: ADMINISTRATOR.email, password: ADMINISTRATOR.password },
  });
  return caller;
}
