import { statfs } from 'node:fs/promises';
import { migrationState } from '../../data/db/migrate.ts';
import type { Environment } from './context.ts';
import { Refusal } from './refusal.ts';

/** Below this much free space imports are refused and the service reports itself degraded. */
export const LEAST_FREE_BYTES = 268_435_456;

/**
 * Whether requests can be served.
 *
 * @throws Refusal `unavailable` when the database is away or its schema is not the program's.
 */
export async function checkReadiness(environment: Environment): Promise<'ready' | 'degraded'> {
  const state = await migrationState(environment.store);
  if (state.pending.length > 0 || state.unknown.length > 0) {
    throw new Refusal('unavailable', 'the database schema is not the one of this program', {
      retryAfterSeconds: 5,
    });
  }
  return (await freeBytes(environment.dataDir)) < LEAST_FREE_BYTES ? 'degraded' : 'ready';
}

/**
 * Refuses work that would fill the disk: reading a file, staging its rows and writing them takes about three times
 * its size. A PostgreSQL server has a disk of its own, and says itself when that is full.
 *
 * @throws Refusal `diskFull`.
 */
export async function assertRoomFor(environment: Environment, fileBytes: number): Promise<void> {
  if (environment.store.engine === 'postgres') return;
  const needed = LEAST_FREE_BYTES + 3 * fileBytes;
  const free = await freeBytes(environment.dataDir);
  if (free >= needed) return;
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;
  throw new Refusal(
    'diskFull',
    `an import of this size needs ${megabytes(needed)} of free disk; there are ${megabytes(free)}`,
  );
}

/** Free space where the data is kept. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
