import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { seeSites } from './postgres.ts';
import type { SiteScope } from './scope.ts';

/**
 * Kysely's PostgreSQL dialect with two differences: everything runs in a transaction that names the sites whose rows
 * it may see (`wall.ts`), and a rollback on a connection that broke does not hide why it broke.
 */
export class CoverlinePostgresDialect extends PostgresDialect {
  readonly #pool: Pool;
  readonly #sites: SiteScope;

  constructor(pool: Pool, sites: SiteScope) {
    super({ pool });
    this.#pool = pool;
    this.#sites = sites;
  }

  override createDriver(): Driver {
    return new SiteDriver(this.#pool, this.#sites);
  }
}

class SiteDriver implements Driver {
  readonly #pool: Pool;
  readonly #begin: string;

  constructor(pool: Pool, sites: SiteScope) {
    this.#pool = pool;
    this.#begin = `begin; ${seeSites(sites, 'transaction')}`;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<SiteConnection> {
    return new SiteConnection(await this.#pool.connect(), this.#begin);
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    if (settings.isolationLevel !== undefined || settings.accessMode !== undefined)
      throw new RangeError('transactions run at the usual isolation level');
    await asSite(connection).begin();
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await asSite(connection).commit();
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await asSite(connection).rollback();
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

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    asSite(connection).release();
  }

  async destroy(): Promise<void> {
    await this.#pool.end();
  }
}

function asSite(connection: DatabaseConnection): SiteConnection {
  if (!(connection instanceof SiteConnection))
    throw new TypeError('a connection of another driver was passed');
  return connection;
}

const COUNTED = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

class SiteConnection implements DatabaseConnection {
  readonly #client: PoolClient;
  readonly #begin: string;
  #inTransaction = false;

  constructor(client: PoolClient, begin: string) {
    this.#client = client;
    this.#begin = begin;
  }

  async begin(): Promise<void> {
    await this.#client.query(this.#begin);
    this.#inTransaction = true;
  }

  async commit(): Promise<void> {
    await this.#client.query('commit');
    this.#inTransaction = false;
  }

  async rollback(): Promise<void> {
    this.#inTransaction = false;
    try {
      await this.#client.query('rollback');
    } catch {
      // The connection broke: the server has rolled back, the pool drops it, and the first error says why.
    }
  }

  release(): void {
    this.#client.release();
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#inTransaction) return this.#run<R>(query);
    // Sent together, so that it is one round trip. The commit after a failed statement rolls back.
    const [begun, answer, ended] = await Promise.allSettled([
      this.#client.query(this.#begin),
      this.#run<R>(query),
      this.#client.query('commit'),
    ]);
    if (answer.status === 'rejected') throw answer.reason;
    for (const step of [begun, ended]) if (step.status === 'rejected') throw step.reason;
    return answer.value;
  }

  async #run<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { command, rowCount, rows } = await this.#client.query(query.sql, [...query.parameters]);
    return COUNTED.has(command) ? { numAffectedRows: BigInt(rowCount ?? 0), rows } : { rows };
  }

  // biome-ignore lint/correctness/useYield: the interface asks for a generator
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('rows are read in pages, not streamed');
  }
}
