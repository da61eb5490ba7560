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

/** Free space where the data is kept. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
