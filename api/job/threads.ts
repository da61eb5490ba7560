import { availableParallelism } from 'node:os';
import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { z } from 'zod';
import { workerModule } from '../../data/db/thread.ts';
import type { ComputationInputs, ComputationName } from './computation/registry.ts';

const progressSchema = z.object({ share: z.number(), stage: z.string() });

/** The threads that compute. They hold no database handle; data goes in and comes out. */
export class ThreadPool {
  readonly #pool: Piscina;
  readonly size: number;

  constructor(size = Math.max(1, availableParallelism() - 1)) {
    const { filename, execArgv } = workerModule('compute', import.meta.url);
    this.size = size;
    this.#pool = new Piscina({
      filename: filename.href,
      execArgv: [...execArgv],
      minThreads: 0,
      maxThreads: size,
      idleTimeout: 30_000,
      resourceLimits: { maxOldGenerationSizeMb: 2048 },
    });
  }

  /**
   * Runs one computation; an abort ends its thread at once.
   *
   * @throws Error with name AbortError when `signal` fired, else whatever the computation threw.
   */
  async compute<Output, Name extends ComputationName>(
    name: Name,
    input: ComputationInputs[Name],
    signal: AbortSignal,
    progress: (share: number, stage: string) => void,
  ): Promise<Output> {
    const { port1: here, port2: there } = new MessageChannel();
    here.on('message', (message: unknown) => {
      const parsed = progressSchema.safeParse(message);
      if (parsed.success) progress(parsed.data.share, parsed.data.stage);
    });
    try {
      return await this.#pool.run(
        { name, input, port: there },
        { name: 'compute', signal, transferList: [there] },
      );
    } finally {
      here.close();
    }
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}
