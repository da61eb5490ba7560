import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import { openPostgresPool, type PostgresOptions } from './postgres.ts';
import type { Database } from './schema.ts';
import { openSqlite, type SqliteHandle } from './sqlite.ts';
import { CoverlineSqliteDialect } from './sqliteDriver.ts';

/** A query builder over the tables, or a transaction on it: what every store function takes first. */
export type Db = Kysely<Database>;

interface OpenStore {
  readonly db: Db;
  /** Closes every handle; call once, at the end. */
  readonly close: () => Promise<void>;
}

/** An open SQLite store. `path` is absolute, or `:memory:`. */
export interface SqliteStore extends OpenStore {
  readonly engine: 'sqlite';
  readonly path: string;
  readonly writer: SqliteHandle;
}

/** An open PostgreSQL store. */
export interface PostgresStore extends OpenStore {
  readonly engine: 'postgres';
  readonly url: string;
  readonly pool: Pool;
}

/** An open store of either kind. */
export type Store = SqliteStore | PostgresStore;

/** Where a database URL leads. */
export type DatabaseAddress =
  | { readonly engine: 'sqlite'; readonly path: string }
  | { readonly engine: 'postgres'; readonly url: string };

/**
 * Reads a database URL: `postgres://…`, `sqlite:path`, a plain path, or `:memory:`.
 *
 * @throws RangeError on any other scheme.
 */
export function parseDatabaseUrl(url: string): DatabaseAddress {
  if (/^postgres(ql)?:\/\//.test(url)) return { engine: 'postgres', url };
  const path = url.replace(/^sqlite:(\/\/(?=\/))?/, '');
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path)) {
    throw new RangeError('a database URL must start with postgres:// or sqlite:, or be a file path');
  }
  if (path === '') throw new RangeError('a database URL must name a file');
  return { engine: 'sqlite', path: path === ':memory:' ? path : resolve(path) };
}

/** Opens the store that `url` names. The schema is not touched; `migrateStore` does that. */
export function openStore(url: string, options: PostgresOptions = {}): Store {
  const address = parseDatabaseUrl(url);
  return address.engine === 'sqlite'
    ? openSqliteStore(address.path)
    : openPostgresStore(address.url, options);
}

function openSqliteStore(path: string): SqliteStore {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const writer = openSqlite(path);
  const reader = path === ':memory:' ? writer : openSqlite(path, { readOnly: true });
  const db = new Kysely<Database>({
    dialect: new CoverlineSqliteDialect({ writer, reader }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  return { engine: 'sqlite', path, writer, db, close: () => db.destroy() };
}

function openPostgresStore(url: string, options: PostgresOptions): PostgresStore {
  const pool = openPostgresPool(url, options);
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  return { engine: 'postgres', url, pool, db, close: () => db.destroy() };
}
