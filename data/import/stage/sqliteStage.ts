import type { Statement } from 'better-sqlite3';
import { openSqlite, type SqliteHandle } from '../../db/sqlite.ts';
import { MEASURE_COLUMNS, type Stage } from './stage.ts';

const ROWS_PER_STATEMENT = 500;
/** A single import may wait this long for another writer; it runs in a thread of its own. */
const BUSY_MILLISECONDS = 60_000;

/**
 * Stages rows in a temporary database of SQLite, attached to a handle of its own: on disk, never forced there,
 * without a name, so that it goes with its process however that ends.
 */
export function openSqliteStage(databasePath: string): Stage {
  const handle = openSqlite(databasePath, { busyTimeoutMilliseconds: BUSY_MILLISECONDS });
  try {
    handle.pragma('temp_store = file');
    handle.exec(`attach '' as stage`);
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
    handle.close();
    throw error;
  }
  return {
    ...sqliteStatements(handle),
    ...new RowBuffer(handle).operations(),
    engine: 'sqlite',
    table: 'stage.row',
    foldedTable: 'stage.folded',
    close: async () => {
      handle.close();
    },
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

/** Collects rows and writes them some hundred at a time with one prepared statement: binding values is what staging costs. */
class RowBuffer {
  readonly #handle: SqliteHandle;
  #measures: readonly number[] = [];
  #statement: Statement<unknown[]> | undefined;
  #values: (number | null)[] = [];
  #rows = 0;

  constructor(handle: SqliteHandle) {
    this.#handle = handle;
  }

  operations(): Pick<Stage, 'open' | 'add' | 'drain' | 'seal'> {
    return {
      open: async given => this.#open(given),
      add: (queueNumber, start, line, values) => this.#add(queueNumber, start, line, values),
      drain: async () => {},
      seal: async () => this.#seal(),
    };
  }

  #open(given: readonly boolean[]): void {
    this.#measures = MEASURE_COLUMNS.flatMap((_, index) => (given[index] ? [index] : []));
    this.#statement = this.#handle.prepare<unknown[]>(this.#insertSql(ROWS_PER_STATEMENT));
    this.#values = new Array<number | null>(ROWS_PER_STATEMENT * this.#columns).fill(null);
    // Deferred: only the staging file is written, so the database itself stays free for others.
    this.#handle.exec('begin');
  }

  get #columns(): number {
    return 3 + this.#measures.length;
  }

  #add(queueNumber: number, start: number, line: number, values: readonly (number | null)[]): void {
    const at = this.#rows * this.#columns;
    this.#values[at] = queueNumber;
    this.#values[at + 1] = start;
    this.#values[at + 2] = line;
    for (let i = 0; i < this.#measures.length; i++) {
      this.#values[at + 3 + i] = values[this.#measures[i] ?? 0] ?? null;
    }
    if (++this.#rows < ROWS_PER_STATEMENT) return;
    this.#statement?.run(this.#values);
    this.#rows = 0;
  }

  #seal(): void {
    if (this.#rows > 0) {
      const rest = this.#values.slice(0, this.#rows * this.#columns);
      this.#handle.prepare<unknown[]>(this.#insertSql(this.#rows)).run(rest);
    }
    this.#rows = 0;
    this.#handle.exec('commit');
  }

  #insertSql(rows: number): string {
    const names = ['queue_number', 'start', 'line', ...this.#measures.map(index => MEASURE_COLUMNS[index])];
    const row = `(${names.map(() => '?').join(',')})`;
    return `insert into stage.row (${names.join(',')}) values ${new Array(rows).fill(row).join(',')}`;
  }
}
