import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { openSqlite } from './sqlite.ts';
import { startWorker, workerModule } from './thread.ts';

/**
 * Copies a SQLite database that may be in use: a consistent snapshot, forced to disk, checked, then renamed into place.
 * Runs in a thread of its own, because `VACUUM INTO` blocks until it is done (the online backup interface never
 * finishes while another connection keeps writing).
 *
 * @throws Error if the copy fails or does not pass SQLite's own check; no file is left behind then.
 */
export async function copyDatabase(fromPath: string, toPath: string): Promise<void> {
  const worker = startWorker(workerModule('copyWorker', import.meta.url), {
    workerData: { fromPath, toPath },
  });
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', code =>
      code === 0 ? resolve() : reject(new Error(`the copy ended with code ${code}`)),
    );
  });
}

/** The work of `copyDatabase`, blocking: for worker threads and the command line. */
export function copyDatabaseBlocking(fromPath: string, toPath: string): void {
  const partial = `${toPath}.partial`;
  rmSync(partial, { force: true });
  try {
    const source = openSqlite(fromPath, { readOnly: true, busyTimeoutMilliseconds: 30_000 });
    try {
      source.prepare('vacuum into ?').run(partial);
    } finally {
      source.close();
    }
    assertSound(partial);
    // SQLite does not force the copy to disk.
    syncToDisk(partial);
    renameSync(partial, toPath);
    syncToDisk(dirname(toPath));
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/**
 * Checks every page and index of a SQLite file.
 *
 * @throws Error naming the first fault found.
 */
export function assertSound(path: string): void {
  const handle = openSqlite(path, { readOnly: true });
  try {
    const found: unknown = handle.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw new Error(`the database file is damaged: ${String(found)}`);
  } finally {
    handle.close();
  }
}

function syncToDisk(path: string): void {
  // Windows cannot open a directory; renames are durable there without it.
  if (process.platform === 'win32') return;
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
