import type { MessagePort } from 'node:worker_threads';
import { yieldToAnswers } from '../../data/db/thread.ts';
import { COMPUTATIONS, type ComputationInputs, type ComputationName } from './computation/registry.ts';

yieldToAnswers();

/** What the main thread asks of a worker thread. */
interface Request<Name extends ComputationName> {
  readonly name: Name;
  readonly input: ComputationInputs[Name];
  readonly port: MessagePort;
}

/** The entry of every worker thread: finds the computation by name and runs it. */
export async function compute<Name extends ComputationName>({
  name,
  input,
  port,
}: Request<Name>): Promise<unknown> {
  const run = await COMPUTATIONS[name]();
  try {
    return await run(input, (share, stage) => port.postMessage({ share, stage }));
  } finally {
    port.close();
  }
}
