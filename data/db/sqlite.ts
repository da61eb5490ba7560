import Sqlite from 'better-sqlite3';

/** An open SQLite handle. */
export type SqliteHandle = Sqlite.Database;

/** The settings every connection runs with; `applyPragmas` reads them back and refuses to go on without them. */
export const SQLITE_PRAGMAS: readonly (readonly [
  name: string,
  value: string | number,
  readBack: string | number,
])[] = [
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['busy_timeout', 0, 0],
  ['foreign_keys', 'ON', 1],
  ['recursive_triggers', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  ['cache_size', -65_536, -65_536],
  ['journal_size_limit', 67_108_864, 67_108_864],
  ['temp_store', 'MEMORY', 2],
  ['wal_autocheckpoint', 1000, 1000],
];

/** The oldest SQLite trusted with data: earlier ones can lose the reset of a write-ahead log. */
const OLDEST_SQLITE = [3, 51, 3] as const;

/** How a handle is opened. */
export interface SqliteOptions {
  readonly readOnly?: boolean;
  /** Milliseconds that a statement waits, blocking its thread, for another writer. Worker threads may wait; the main thread must not. */
  readonly busyTimeoutMilliseconds?: number;
}

/**
 * Opens a SQLite file (or `:memory:`) with the pragmas above.
 *
 * @throws Error if the library is too old or a pragma does not take effect.
 */
export function openSqlite(path: string, options: SqliteOptions = {}): SqliteHandle {
  const handle = new Sqlite(path, { readonly: options.readOnly ?? false });
  try {
    refuseOldSqlite(handle);
    applyPragmas(handle, path, options);
  } catch (error) {
    handle.close();
    throw error;
  }
  return handle;
}

function refuseOldSqlite(handle: SqliteHandle): void {
  const version = String(handle.prepare('select sqlite_version()').pluck().get());
  const parts = version.split('.').map(Number);
  for (const [index, oldest] of OLDEST_SQLITE.entries()) {
    const part = parts[index] ?? 0;
    if (part > oldest) return;
    if (part < oldest)
      throw new Error(`SQLite ${OLDEST_SQLITE.join('.')} or newer is needed; found ${version}`);
  }
}

function applyPragmas(handle: SqliteHandle, path: string, options: SqliteOptions): void {
  // The mode and the waiting time come first: switching to WAL itself needs a lock.
  const wait = options.busyTimeoutMilliseconds ?? 0;
  handle.pragma(`busy_timeout = ${Math.max(wait, 5000)}`);
  for (const [name, value, expected] of SQLITE_PRAGMAS) {
    if (name === 'busy_timeout') continue;
    const skipsWal = name === 'journal_mode' && (path === ':memory:' || options.readOnly === true);
    if (skipsWal) continue;
    handle.pragma(`${name} = ${value}`);
    const found: unknown = handle.pragma(name, { simple: true });
    if (found !== expected)
      throw new Error(`SQLite pragma ${name} should be ${expected}; found ${String(found)}`);
  }
  handle.pragma(`busy_timeout = ${wait}`);
}

/** Whether an error says that another connection holds the write lock. */
export function isBusy(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

/** A file of SQLite with a rollback journal and without our settings: for locks, not for data. Never waits. */
export function openHandle(path: string): SqliteHandle {
  return new Sqlite(path, { timeout: 0 });
}

const DISK_FULL = new Set(['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'ENOSPC', '53100']);

/** Whether an error of either database says that its disk is full. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && DISK_FULL.has(String(error.code));
}
