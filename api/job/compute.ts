import type { MessagePort } from 'node:worker_threads';
import { COMPUTATIONS } from './computation/registry.ts';

/** What the main thread asks of a worker thread. */
interface Request {
  readonly name: string;
  readonly input: unknown;
  readonly port: MessagePort;
}

/** The entry of every worker thread: finds the computation by name and runs it. */
export async function compute({ name, input, port }: Request): Promise<unknown> {
  const load = COMPUTATIONS[name];
  if (!load) throw new RangeError(`there is no computation "${name}"`);
  const run = await load();
  try {
    return await run(input, (share, stage) => port.postMessage({ share, stage }));
  } finally {
    port.close();
  }
}
