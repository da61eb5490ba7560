import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CamelCasePlugin, Kysely } from 'kysely';
import type { Pool } from 'pg';
import { openPostgresPool, type PostgresOptions } from './postgres.ts';
import { CoverlinePostgresDialect } from './postgresDriver.ts';
import type { Database } from './schema.ts';
import type { SiteScope } from './scope.ts';
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
  /** A query builder for which only rows of these sites exist; it shares the store's connections. */
  readonly seeing: (sites: SiteScope) => Db;
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

/**
 * The store as it is for somebody who may see some sites. On PostgreSQL the database itself then shows and takes no
 * other rows, whatever a query asks for; on SQLite the store is given back as it is.
 */
export function storeSeeing(store: Store, sites: SiteScope): Store {
  return store.engine === 'postgres' && sites !== 'all' ? { ...store, db: store.seeing(sites) } : store;
}

/** Builders kept for the sets of sites asked for last: making one costs more than a query. */
const KEPT_BUILDERS = 200;

function openPostgresStore(url: string, options: PostgresOptions): PostgresStore {
  const pool = openPostgresPool(url, options);
  const builderFor = (sites: SiteScope) =>
    new Kysely<Database>({
      dialect: new CoverlinePostgresDialect(pool, sites),
      plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
    });
  const kept = new Map<string, Db>();
  const seeing = (sites: SiteScope) => {
    if (sites === 'all') return db;
    const key = sites.join();
    const builder = kept.get(key) ?? builderFor(sites);
    kept.delete(key);
    kept.set(key, builder);
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT_BUILDERS) break;
      kept.delete(oldest);
    }
    return builder;
  };
  const db = builderFor('all');
  return { engine: 'postgres', url, pool, db, seeing, close: () => pool.end() };
}
