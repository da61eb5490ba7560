import { hostname } from 'node:os';
import { openHandle, type SqliteHandle } from './sqlite.ts';

/** Another service holds the database. */
export class DatabaseInUseError extends Error {
  override readonly name = 'DatabaseInUseError';
}

/**
 * Claims a SQLite file for one service: two would not see each other's caches and jobs, and a network drive would
 * damage it. The claim is a lock of the operating system on a file beside the database, which ends with the process
 * however that ends. Answers how to give it back.
 *
 * @throws DatabaseInUseError saying which process holds it.
 */
export function lockForService(databasePath: string): () => void {
  const handle = openHandle(`${databasePath}.lock`);
  try {
    handle.exec('begin immediate');
  } catch {
    const holder = holderIn(handle);
    handle.close();
    throw new DatabaseInUseError(
      `${databasePath} is in use by another Coverline service${holder}. Stop that one first, or let several share a PostgreSQL database (--database postgres://…)`,
    );
  }
  noteHolder(handle);
  return () => handle.close();
}

/** Writes who holds the lock where the next one reads it, and takes the lock again. */
function noteHolder(handle: SqliteHandle): void {
  try {
    handle.exec('create table if not exists holder (process integer, host text)');
    handle.exec('delete from holder');
    handle.prepare('insert into holder values (?, ?)').run(process.pid, hostname());
    handle.exec('commit');
  } catch {
    // A full disk: the lock holds without a name.
    if (handle.inTransaction) handle.exec('rollback');
  }
  handle.exec('begin immediate');
}

function holderIn(handle: SqliteHandle): string {
  try {
    const found: unknown = handle.prepare('select process, host from holder').raw().get();
    return Array.isArray(found) ? ` (process ${found[0]} on ${found[1]})` : '';
  } catch {
    return '';
  }
}
