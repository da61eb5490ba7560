import { z } from 'zod';
import { startWorker, workerModule } from '../db/thread.ts';
import type { ImportControl, ImportOutcome, ImportProgress, ImportRequest } from './importFile.ts';

/** Pieces of the file that may be on their way to the thread; more would fill memory when the disk is slower than the network. */
const CREDIT = 8;

/** What the thread is started with. */
export interface ImportThreadStart {
  readonly databaseUrl: string;
  readonly request: ImportRequest;
}

/** What the thread says. */
export type ImportThreadMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'taken' }
  | { readonly kind: 'progress'; readonly progress: ImportProgress }
  | { readonly kind: 'outcome'; readonly outcome: ImportOutcome }
  | { readonly kind: 'failed'; readonly message: string; readonly code: string | undefined };

/** What went wrong in the thread. The code is that of the database or the disk, so that it keeps its meaning. */
class ImportThreadError extends Error {
  override readonly name = 'ImportThreadError';
  readonly code: string | undefined;

  constructor(message: string, code: string | undefined) {
    super(message);
    this.code = code;
  }
}

const messageKind = z.object({ kind: z.enum(['ready', 'taken', 'progress', 'outcome', 'failed']) });

/**
 * `importFile` in a thread of its own with its own database handle, so that the caller's event loop stays free.
 * The file is passed on piece by piece; an aborted signal ends the thread, and nothing is written.
 *
 * @throws the signal's reason when aborted, or an Error when the thread fails.
 */
export async function importInThread(
  databaseUrl: string,
  source: AsyncIterable<Uint8Array>,
  request: ImportRequest,
  control: ImportControl = {},
): Promise<ImportOutcome> {
  control.signal?.throwIfAborted();
  const start: ImportThreadStart = { databaseUrl, request };
  const worker = startWorker(workerModule('importWorker', import.meta.url), { workerData: start });
  const credit = new Credit(CREDIT);
  const finished = new Promise<ImportOutcome>((resolve, reject) => {
    worker.on('message', (message: ImportThreadMessage) => {
      switch (messageKind.parse(message).kind) {
        case 'taken':
          credit.give();
          break;
        default:
          if (message.kind === 'progress') control.onProgress?.(message.progress);
          else if (message.kind === 'outcome') resolve(message.outcome);
          else if (message.kind === 'failed') reject(new ImportThreadError(message.message, message.code));
      }
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the import thread ended before its time')));
    control.signal?.addEventListener('abort', () => reject(control.signal?.reason), { once: true });
  });
  const sending = send(worker.postMessage.bind(worker), source, credit, finished);
  try {
    // Whichever fails first decides; an outcome may come before the last piece is sent (an unreadable file).
    return await Promise.race([finished, sending.then(() => finished)]);
  } finally {
    credit.close();
    await worker.terminate();
  }
}

async function send(
  post: (message: Uint8Array | null, transfer?: ArrayBuffer[]) => void,
  source: AsyncIterable<Uint8Array>,
  credit: Credit,
  finished: Promise<unknown>,
): Promise<void> {
  let over = false;
  const end = () => {
    over = true;
    credit.close();
  };
  finished.then(end, end);
  for await (const chunk of source) {
    await credit.take();
    if (over) return;
    // A copy of its own can be handed over instead of cloned; chunks of a stream may share a pool.
    const own = new Uint8Array(chunk);
    post(own, [own.buffer]);
  }
  if (!over) post(null);
}

/** A count of pieces allowed on their way. */
class Credit {
  #left: number;
  #waiting: (() => void) | undefined;
  #closed = false;

  constructor(pieces: number) {
    this.#left = pieces;
  }

  async take(): Promise<void> {
    while (this.#left === 0 && !this.#closed) {
      await new Promise<void>(resolve => {
        this.#waiting = resolve;
      });
    }
    this.#left--;
  }

  give(): void {
    this.#left++;
    this.#wake();
  }

  close(): void {
    this.#closed = true;
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.();
  }
}
