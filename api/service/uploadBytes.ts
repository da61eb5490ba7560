import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { addUploadPiece, readUploadPiece } from '../../data/store/importUploads.ts';
import type { Environment } from './context.ts';

/** Where the bytes of files wait that are to be imported. */
export interface UploadBytes {
  /** Keeps everything that comes. */
  write(id: string, source: AsyncIterable<Uint8Array>): Promise<void>;
  read(id: string): AsyncIterable<Uint8Array>;
  /** Throws away what does not go with the upload's row. */
  drop(id: string): Promise<void>;
  /** Throws away what was written before an instant. */
  dropOlder(beforeEpochSeconds: number): Promise<void>;
}

/**
 * In the data folder beside an embedded database; in the database itself where several machines share one, so that
 * any worker can import what any web process took in.
 */
export function uploadBytes({ store, dataDir }: Pick<Environment, 'store' | 'dataDir'>): UploadBytes {
  return store.engine === 'postgres' ? inTable(store.db) : inFolder(join(dataDir, 'uploads'));
}

const READ_BYTES = 262_144;

function inFolder(folder: string): UploadBytes {
  return {
    write: async (id, source) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await pipeline(source, createWriteStream(join(folder, id), { mode: 0o600 }));
    },
    read: id => createReadStream(join(folder, id), { highWaterMark: READ_BYTES }),
    drop: id => rm(join(folder, id), { force: true }),
    dropOlder: async beforeEpochSeconds => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      for (const name of await readdir(folder)) {
        const { mtimeMs } = await stat(join(folder, name));
        if (mtimeMs < beforeEpochSeconds * 1000) await rm(join(folder, name), { force: true });
      }
    },
  };
}

const PIECE_BYTES = 1_048_576;

function inTable(db: Environment['store']['db']): UploadBytes {
  return {
    write: async (id, source) => {
      let ordinal = 0;
      for await (const piece of piecesOf(source)) await addUploadPiece(db, id, ordinal++, piece);
    },
    read: async function* (id) {
      for (let ordinal = 0; ; ordinal++) {
        const piece = await readUploadPiece(db, id, ordinal);
        if (piece === undefined) return;
        yield piece;
      }
    },
    // The pieces go with their upload.
    drop: async () => {},
    dropOlder: async () => {},
  };
}

/** The same bytes in pieces of about one size: a statement for every packet of the network would be slow. */
async function* piecesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of source) {
    held.push(chunk);
    bytes += chunk.length;
    if (bytes < PIECE_BYTES) continue;
    yield Buffer.concat(held);
    held = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(held);
}
