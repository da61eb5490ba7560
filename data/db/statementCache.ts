import type { Statement } from 'better-sqlite3';
import type { CompiledQuery, QueryResult } from 'kysely';
import type { SqliteHandle } from './sqlite.ts';

const CAPACITY = 500;
const REPEATABLE = /^\s*(select|insert|update|delete|with)\b/i;

/** Prepared statements by their text, least recently used dropped first. Preparing is most of a point query's cost. */
export class StatementCache {
  readonly handle: SqliteHandle;
  readonly #statements = new Map<string, Statement<unknown[]>>();

  constructor(handle: SqliteHandle) {
    this.handle = handle;
  }

  /** Runs a compiled query to its end. */
  run<R>(query: CompiledQuery): QueryResult<R> {
    const statement = this.#prepare(query.sql);
    if (statement.reader) return { rows: statement.all(...query.parameters) as R[] };
    const { changes } = statement.run(...query.parameters);
    return { numAffectedRows: BigInt(changes), rows: [] };
  }

  #prepare(sql: string): Statement<unknown[]> {
    const known = this.#statements.get(sql);
    if (known) {
      this.#statements.delete(sql);
      this.#statements.set(sql, known);
      return known;
    }
    const statement = this.handle.prepare<unknown[]>(sql);
    if (!REPEATABLE.test(sql)) {
      // A schema change: what was prepared before may read columns that are gone.
      this.#statements.clear();
      return statement;
    }
    this.#statements.set(sql, statement);
    if (this.#statements.size > CAPACITY) {
      const oldest = this.#statements.keys().next().value;
      if (oldest !== undefined) this.#statements.delete(oldest);
    }
    return statement;
  }
}
