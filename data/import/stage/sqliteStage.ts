import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Statement } from 'better-sqlite3';
import { newId } from '../../db/id.ts';
import { openSqlite, type SqliteHandle } from '../../db/sqlite.ts';
import { MEASURE_COLUMNS, type Stage } from './stage.ts';

const ROWS_PER_STATEMENT = 500;
/** Staging files this old belong to imports that were killed. */
const ABANDONED_MILLISECONDS = 24 * 3600 * 1000;
/** A single import may wait this long for another writer; it runs in a thread of its own. */
const BUSY_MILLISECONDS = 60_000;

/**
 * Stages rows in a file of their own beside the database, attached to a handle of its own. That file is not
 * forced to disk: it is worthless after a crash.
 */
export function openSqliteStage(databasePath: string): Stage {
  removeAbandoned(databasePath);
  const stagePath = `${databasePath}.import-${process.pid}-${newId()}`;
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
    // An open file without a name goes with its process, however that ends; Windows keeps the name.
    if (process.platform !== 'win32') rmSync(stagePath);
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

/** Removes what killed imports left where open files keep their names: their process is gone, or they are a day old. */
function removeAbandoned(databasePath: string): void {
  const folder = dirname(databasePath);
  const prefix = `${basename(databasePath)}.import-`;
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(prefix)) continue;
    const owner = Number(name.slice(prefix.length).split('-')[0]);
    const path = join(folder, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (!isRunning(owner) || age > ABANDONED_MILLISECONDS) rmSync(path, { force: true });
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // Not allowed to signal it: it runs under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
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
