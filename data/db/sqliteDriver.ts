import { setTimeout as sleep } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { isBusy, type SqliteHandle } from './sqlite.ts';
import { StatementCache } from './statementCache.ts';

/** The longest a write waits for another writer before it fails. */
const WRITE_WAIT_MILLISECONDS = 30_000;

/** The two handles of one process: one writes, one reads while the other writes. In memory they are the same. */
export interface SqliteHandles {
  readonly writer: SqliteHandle;
  readonly reader: SqliteHandle;
}

/**
 * Kysely's SQLite dialect with three differences:
 * transactions begin immediate (a deferred one fails at once when its snapshot is stale, without waiting);
 * waiting for another writer never blocks the event loop, and plain reads go on meanwhile on their own handle;
 * statements are prepared once.
 */
export class CoverlineSqliteDialect {
  readonly #handles: SqliteHandles;

  constructor(handles: SqliteHandles) {
    this.#handles = handles;
  }

  createDriver(): Driver {
    return new CoverlineSqliteDriver(this.#handles);
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): TransactionalSqliteAdapter {
    return new TransactionalSqliteAdapter();
  }

  createIntrospector(db: Kysely<unknown>): SqliteIntrospector {
    return new SqliteIntrospector(db);
  }
}

/** SQLite does roll back schema changes; with this the migrator uses one transaction, whose immediate begin is also its lock. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class CoverlineSqliteDriver implements Driver {
  readonly #write: WriteSide;
  readonly #reader: StatementCache;
  readonly #handles: SqliteHandles;

  constructor(handles: SqliteHandles) {
    this.#handles = handles;
    this.#write = { statements: new StatementCache(handles.writer), lock: new WriteLock() };
    this.#reader = new StatementCache(handles.reader);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new SqliteConnection(
      this.#write,
      this.#handles.reader === this.#handles.writer ? undefined : this.#reader,
    );
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await asSqlite(connection).begin();
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    asSqlite(connection).end('commit');
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    asSqlite(connection).end('rollback');
  }

  async savepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`savepoint "${name}"`));
  }

  async rollbackToSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`rollback to "${name}"`));
  }

  async releaseSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`release "${name}"`));
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    const { reader, writer } = this.#handles;
    if (reader !== writer) reader.close();
    if (writer.open) {
      writer.pragma('optimize');
      writer.close();
    }
  }
}

function asSqlite(connection: DatabaseConnection): SqliteConnection {
  if (!(connection instanceof SqliteConnection))
    throw new TypeError('a connection of another driver was passed');
  return connection;
}

interface WriteSide {
  readonly statements: StatementCache;
  readonly lock: WriteLock;
}

class SqliteConnection implements DatabaseConnection {
  readonly #write: WriteSide;
  readonly #reader: StatementCache | undefined;
  #inTransaction = false;

  constructor(write: WriteSide, reader: StatementCache | undefined) {
    this.#write = write;
    this.#reader = reader;
  }

  async begin(): Promise<void> {
    await this.#write.lock.acquire();
    try {
      await withoutBlocking(() => this.#write.statements.handle.exec('begin immediate'));
      this.#inTransaction = true;
    } catch (error) {
      this.#write.lock.release();
      throw error;
    }
  }

  end(how: 'commit' | 'rollback'): void {
    const { handle } = this.#write.statements;
    try {
      // A full disk rolls the transaction back by itself.
      if (how === 'commit' || handle.inTransaction) handle.exec(how);
    } catch (error) {
      if (handle.inTransaction) handle.exec('rollback');
      throw error;
    } finally {
      this.#inTransaction = false;
      this.#write.lock.release();
    }
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#inTransaction) return this.#write.statements.run<R>(query);
    if (this.#reader !== undefined && isPlainRead(query)) return this.#reader.run<R>(query);
    await this.#write.lock.acquire();
    try {
      return await withoutBlocking(() => this.#write.statements.run<R>(query));
    } finally {
      this.#write.lock.release();
    }
  }

  // An open iterator would pin the write-ahead log, so rows are never streamed from SQLite.
  // biome-ignore lint/correctness/useYield: the interface asks for a generator
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('SQLite rows are read in pages, not streamed');
  }
}

function isPlainRead(query: CompiledQuery): boolean {
  if (query.query.kind === 'SelectQueryNode') return true;
  return (
    query.query.kind === 'RawNode' &&
    /^\s*(select|with\b[\s\S]*\bselect)\b/i.test(query.sql) &&
    !/\b(insert|update|delete)\b/i.test(query.sql)
  );
}

async function withoutBlocking<T>(attempt: () => T): Promise<T> {
  const deadline = performance.now() + WRITE_WAIT_MILLISECONDS;
  for (let pause = 1; ; pause = Math.min(pause * 2, 25)) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
      await sleep(pause);
    }
  }
}

/** Serves writers of this process in the order in which they came. */
class WriteLock {
  readonly #waiting: (() => void)[] = [];
  #held = false;

  async acquire(): Promise<void> {
    if (!this.#held) {
      this.#held = true;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const admit = () => {
        clearTimeout(timer);
        resolve();
      };
      // Reached when the outer database is used to write inside a transaction: waiting would never end.
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(admit), 1);
        reject(new Error('a write waited too long for a transaction of the same process to end'));
      }, WRITE_WAIT_MILLISECONDS);
      this.#waiting.push(admit);
    });
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#held = false;
  }
}
