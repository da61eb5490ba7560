import { once } from 'node:events';
import { constants, getPriority } from 'node:os';
import { describe, expect, it } from 'vitest';
import { startWorker, workerModule } from '../../../data/db/thread.ts';

describe('a thread that computes', () => {
  it.runIf(process.platform === 'linux')(
    'yields to the thread that answers, which stays as it was',
    async () => {
      const before = getPriority();
      const worker = startWorker(workerModule('priorityWorker', import.meta.url));
      const [priority] = await once(worker, 'message');
      await worker.terminate();
      expect(priority).toBe(Math.max(before, constants.priority.PRIORITY_BELOW_NORMAL));
      expect(getPriority()).toBe(before);
    },
  );
});
