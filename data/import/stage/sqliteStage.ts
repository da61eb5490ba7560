import { rmSync } from 'node:fs';
import type { Statement } from 'better-sqlite3';
import { newId } from '../../db/id.ts';
import { openSqlite, type SqliteHandle } from '../../db/sqlite.ts';
import { MEASURE_COLUMNS, type Stage } from './stage.ts';

const ROWS_PER_STATEMENT = 500;
const COLUMNS = 3 + MEASURE_COLUMNS.length;
/** A single import may wait this long for another writer; it runs in a thread of its own. */
const BUSY_MILLISECONDS = 60_000;

/**
 * Stages rows in a file of their own beside the database, attached to a handle of its own. That file is not
 * forced to disk: it is worthless after a crash, and leftovers are removed at the next import.
 */
export function openSqliteStage(databasePath: string): Stage {
  const stagePath = `${databasePath}.import-${newId()}`;
  const handle = openSqlite(databasePath, { busyTimeoutMilliseconds: BUSY_MILLISECONDS });
  const close = async () => {
    if (handle.open) handle.close();
    rmSync(stagePath, { force: true });
    rmSync(`${stagePath}-journal`, { force: true });
  };
  try {
    handle.prepare('attach ? as stage').run(stagePath);
    handle.pragma('stage.journal_mode = off');
    handle.pragma('stage.synchronous = off');
    // The cache of 64 MB is for the server's own handle; an import streams and needs little.
    handle.pragma('main.cache_size = -16384');
    handle.pragma('stage.cache_size = -16384');
    const measures = MEASURE_COLUMNS.map(column => `${column} integer`).join(', ');
    for (const name of ['row', 'folded']) {
      handle.exec(
        `create table stage.${name} (queue_number integer not null, start integer not null, line integer not null, ${measures}, primary key (queue_number, start, line)) strict, without rowid`,
      );
    }
  } catch (error) {
    void close();
    throw error;
  }
  return {
    ...sqliteStatements(handle),
    ...new RowBuffer(handle).operations(),
    table: 'stage.row',
    foldedTable: 'stage.folded',
    close,
  };
}

function sqliteStatements(
  handle: SqliteHandle,
): Pick<Stage, 'run' | 'query' | 'begin' | 'commit' | 'rollback'> {
  return {
    run: async (sql, parameters = []) => handle.prepare(sql).run(...parameters).changes,
    query: async sql => handle.prepare<[], Record<string, unknown>>(sql).all(),
    begin: async () => {
      handle.exec('begin immediate');
    },
    commit: async () => {
      handle.exec('commit');
    },
    rollback: async () => {
      if (handle.inTransaction) handle.exec('rollback');
    },
  };
}

/** Collects rows and writes them some hundred at a time with one prepared statement. */
class RowBuffer {
  readonly #handle: SqliteHandle;
  readonly #full: Statement<unknown[]>;
  readonly #values: (number | null)[] = new Array<number | null>(ROWS_PER_STATEMENT * COLUMNS).fill(null);
  #rows = 0;

  constructor(handle: SqliteHandle) {
    this.#handle = handle;
    this.#full = handle.prepare<unknown[]>(insertSql(ROWS_PER_STATEMENT));
  }

  operations(): Pick<Stage, 'add' | 'drain' | 'seal'> {
    return {
      add: (queueNumber, start, line, values) => this.#add(queueNumber, start, line, values),
      drain: async () => {},
      seal: async () => this.#flushRest(),
    };
  }

  #add(queueNumber: number, start: number, line: number, values: readonly (number | null)[]): void {
    const at = this.#rows * COLUMNS;
    this.#values[at] = queueNumber;
    this.#values[at + 1] = start;
    this.#values[at + 2] = line;
    for (let i = 0; i < MEASURE_COLUMNS.length; i++) this.#values[at + 3 + i] = values[i] ?? null;
    if (++this.#rows < ROWS_PER_STATEMENT) return;
    this.#full.run(this.#values);
    this.#rows = 0;
  }

  #flushRest(): void {
    if (this.#rows === 0) return;
    this.#handle.prepare<unknown[]>(insertSql(this.#rows)).run(this.#values.slice(0, this.#rows * COLUMNS));
    this.#rows = 0;
  }
}

function insertSql(rows: number): string {
  const row = `(${new Array(COLUMNS).fill('?').join(',')})`;
  return `insert into stage.row values ${new Array(rows).fill(row).join(',')}`;
}
