import { constants, getPriority, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** Where a worker module is and what Node needs to run it: compiled it is JavaScript, in tests TypeScript. */
export interface WorkerModule {
  readonly filename: URL;
  readonly execArgv: readonly string[];
}

/**
 * Finds the worker module `name` (no extension) beside the module whose `import.meta.url` is given.
 *
 * @example workerModule('copyWorker', import.meta.url)
 */
export function workerModule(name: string, importMetaUrl: string): WorkerModule {
  const source = fileURLToPath(importMetaUrl).endsWith('.ts');
  return {
    filename: new URL(`./${name}${source ? '.ts' : '.js'}`, importMetaUrl),
    execArgv: source ? ['--import', new URL('./registerTypeScript.mjs', import.meta.url).href] : [],
  };
}

/** Starts a worker thread on a module found by `workerModule`. */
export function startWorker(module: WorkerModule, options: Omit<WorkerOptions, 'execArgv'> = {}): Worker {
  return new Worker(module.filename, { ...options, execArgv: [...module.execArgv] });
}

/**
 * Lowers the priority of the calling thread, so that the thread that answers people gets a processor at once while
 * this one computes. Only Linux knows priorities of threads; elsewhere nothing changes.
 */
export function yieldToAnswers(): void {
  if (process.platform !== 'linux') return;
  // On Linux process 0 stands for the calling thread alone. What is low already stays: only root may raise a priority.
  setPriority(0, Math.max(getPriority(0), constants.priority.PRIORITY_BELOW_NORMAL));
}
