import { parentPort, workerData } from 'node:worker_threads';
import { openStore } from '../db/connect.ts';
import { yieldToAnswers } from '../db/thread.ts';
import { importFile } from './importFile.ts';
import type { ImportThreadMessage, ImportThreadStart } from './importInThread.ts';

if (!parentPort) throw new Error('this module runs as a worker thread');
const port = parentPort;
const { databaseUrl, request }: ImportThreadStart = workerData;

yieldToAnswers();
const queue: (Uint8Array | null)[] = [];
let wake: (() => void) | undefined;

port.on('message', (piece: Uint8Array | null) => {
  queue.push(piece);
  wake?.();
});

async function* pieces(): AsyncGenerator<Uint8Array> {
  for (;;) {
    while (queue.length === 0) {
      await new Promise<void>(resolve => {
        wake = resolve;
      });
    }
    const piece = queue.shift();
    if (piece === null || piece === undefined) return;
    yield piece;
    say({ kind: 'taken' });
  }
}

function say(message: ImportThreadMessage): void {
  port.postMessage(message);
}

const store = openStore(databaseUrl, { poolSize: 1 });
try {
  const outcome = await importFile(store, pieces(), request, {
    onProgress: progress => say({ kind: 'progress', progress }),
  });
  say({ kind: 'outcome', outcome });
} catch (error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  say({ kind: 'failed', message: error instanceof Error ? error.message : 'the import failed', code });
} finally {
  await store.close();
  port.close();
}
