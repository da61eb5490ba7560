import { join } from 'node:path';
import { Kysely, type Migration, Migrator, sql } from 'kysely';
import type { Pool } from 'pg';
import type { Db, PostgresStore, SqliteStore, Store } from './connect.ts';
import { copyDatabase } from './copy.ts';
import { dumpDatabase } from './dump.ts';
import { createOrganisation } from './migration/0001Organisation.ts';
import { createHistory } from './migration/0002History.ts';
import { createPeople } from './migration/0003People.ts';
import { createPlans } from './migration/0004Plans.ts';
import { createIdentity } from './migration/0005Identity.ts';
import { createSecondFactor } from './migration/0006SecondFactor.ts';
import { createFeltPeriods } from './migration/0007FeltPeriods.ts';
import { createUploads } from './migration/0008Uploads.ts';
import { type Ddl, ddlFor, type Engine } from './migration/ddl.ts';
import { OwnSchemaDialect } from './ownSchemaDialect.ts';
import { openOwnerPool } from './postgres.ts';
import type { Database } from './schema.ts';
import { raiseTickets, ticketsStand } from './tickets.ts';
import { raiseWall, wallStands } from './wall.ts';

type Migrations = Readonly<Record<string, (ddl: Ddl) => Promise<void>>>;

/** Every migration in order. A name never changes once released; a released migration never changes. */
const MIGRATIONS: Migrations = {
  '0001-organisation': createOrganisation,
  '0002-history': createHistory,
  '0003-people': createPeople,
  '0004-plans': createPlans,
  '0005-identity': createIdentity,
  '0006-second-factor': createSecondFactor,
  '0007-felt-periods': createFeltPeriods,
  '0008-uploads': createUploads,
};

/** How to migrate. */
export interface MigrateOptions {
  /** Others than the program's own, for tests. */
  readonly migrations?: Migrations;
  /** Where the copy of a PostgreSQL database that holds data is put before it is changed; without it none is made. */
  readonly dumpFolder?: string | undefined;
}

/** What a migration run did. */
export interface MigrationOutcome {
  readonly applied: readonly string[];
  /** The copy made before a database that holds data was changed. */
  readonly backupPath?: string;
}

/** What migrations a store has and lacks. `unknown` are those of a newer version of the program. */
export interface MigrationState {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  readonly unknown: readonly string[];
}

/** The schema is newer than the program. */
export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError';
}

/**
 * Brings the schema up to date in one transaction, under a lock that a second migrator waits for. What already holds
 * data is copied first: a SQLite file beside itself, a PostgreSQL database into `dumpFolder`.
 *
 * @throws NewerSchemaError when the store was written by a newer version; nothing is changed then.
 * @throws Error when the copy fails; nothing is changed then.
 */
export function migrateStore(store: Store, options: MigrateOptions = {}): Promise<MigrationOutcome> {
  return store.engine === 'sqlite' ? migrateSqlite(store, options) : migratePostgres(store, options);
}

/** Reads which migrations have run, without changing anything. */
export function migrationState(store: Store, migrations: Migrations = MIGRATIONS): Promise<MigrationState> {
  return stateOf(store.db.withoutPlugins(), store.engine, migrations);
}

function migrateSqlite(store: SqliteStore, options: MigrateOptions): Promise<MigrationOutcome> {
  // Migrations speak the columns' own names, so the camel-case plugin stays out of their way.
  const schema: Schema = { db: store.db.withoutPlugins(), engine: 'sqlite', options: {} };
  return bringUpToDate(schema, options.migrations ?? MIGRATIONS, async next => {
    if (store.path === ':memory:') return undefined;
    const target = `${store.path}.before-${next}-${timeStamp()}`;
    await copyDatabase(store.path, target);
    return target;
  });
}

async function migratePostgres(
  store: PostgresStore,
  { migrations = MIGRATIONS, dumpFolder }: MigrateOptions,
): Promise<MigrationOutcome> {
  const pool = openOwnerPool(store.url);
  try {
    return await underLock(pool, async migrationTableSchema => {
      const db = new Kysely<Database>({ dialect: new OwnSchemaDialect({ pool }) });
      const schema: Schema = { db, engine: 'postgres', options: { migrationTableSchema } };
      const outcome = await bringUpToDate(schema, migrations, async next => {
        if (dumpFolder === undefined) return undefined;
        const target = join(dumpFolder, `coverline-before-${next}-${timeStamp()}.dump`);
        await dumpDatabase(store.url, target);
        return target;
      });
      if (migrations === MIGRATIONS) {
        if (outcome.applied.length > 0 || !(await wallStands(pool))) await raiseWall(pool);
        if (!(await ticketsStand(pool))) await raiseTickets(pool);
      }
      return outcome;
    });
  } finally {
    await pool.end();
  }
}

/** One migrator at a time in a schema, its copy and the wall included. `work` gets the schema's name. */
async function underLock<Value>(pool: Pool, work: (schema: string) => Promise<Value>): Promise<Value> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ schema: string }>(
      `select current_schema() as schema, pg_advisory_lock(hashtextextended('coverline ' || current_schema(), 0))`,
    );
    return await work(rows[0]?.schema ?? 'public');
  } finally {
    // Ending the connection gives the lock back, also when it can no longer say so.
    client.release(true);
  }
}

/** The database that is brought up to date. */
interface Schema {
  readonly db: Db;
  readonly engine: Engine;
  readonly options: { readonly migrationTableSchema?: string };
}

async function bringUpToDate(
  { db, engine, options }: Schema,
  migrations: Migrations,
  copyBefore: (migration: string) => Promise<string | undefined>,
): Promise<MigrationOutcome> {
  const { applied, pending, unknown } = await stateOf(db, engine, migrations);
  if (unknown.length > 0) {
    throw new NewerSchemaError(
      `this database was written by a newer version (it has ${unknown.join(', ')}); install that version or restore a backup`,
    );
  }
  if (pending.length === 0) return { applied: [] };
  const backupPath = applied.length > 0 ? await copyBefore(pending[0] ?? '') : undefined;
  const provider = {
    getMigrations: async () =>
      Object.fromEntries(Object.entries(migrations).map(([name, up]) => [name, asMigration(up, engine)])),
  };
  const { error, results } = await new Migrator({ db, provider, ...options }).migrateToLatest();
  if (error !== undefined) throw error instanceof Error ? error : new Error(String(error));
  const done = (results ?? [])
    .filter(result => result.status === 'Success')
    .map(result => result.migrationName);
  return backupPath === undefined ? { applied: done } : { applied: done, backupPath };
}

async function stateOf(
  db: Db,
  engine: Engine,
  migrations: Readonly<Record<string, unknown>>,
): Promise<MigrationState> {
  const known = Object.keys(migrations);
  const applied = await appliedMigrations(db, engine);
  return {
    applied,
    pending: known.filter(name => !applied.includes(name)),
    unknown: applied.filter(name => !known.includes(name)),
  };
}

async function appliedMigrations(db: Db, engine: Engine): Promise<readonly string[]> {
  const table =
    engine === 'sqlite'
      ? sql<{ name: string }>`select name from sqlite_master where name = 'kysely_migration'`
      : sql<{ name: string }>`select tablename as name from pg_tables
          where tablename = 'kysely_migration' and schemaname = current_schema()`;
  if ((await table.execute(db)).rows.length === 0) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(row => row.name);
}

function timeStamp(): string {
  return new Date().toISOString().replace(/[:.]/g, '-');
}

function asMigration(up: (ddl: Ddl) => Promise<void>, engine: Engine): Migration {
  return { up: async (db: Kysely<unknown>) => up(ddlFor(db, engine)) };
}
