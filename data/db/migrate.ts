import { type Kysely, type Migration, Migrator, sql } from 'kysely';
import type { Store } from './connect.ts';
import { copyDatabase } from './copy.ts';
import { createOrganisation } from './migration/0001Organisation.ts';
import { createHistory } from './migration/0002History.ts';
import { createPeople } from './migration/0003People.ts';
import { createPlans } from './migration/0004Plans.ts';
import { createIdentity } from './migration/0005Identity.ts';
import { createSecondFactor } from './migration/0006SecondFactor.ts';
import { type Ddl, ddlFor, type Engine } from './migration/ddl.ts';

/** Every migration in order. A name never changes once released; a released migration never changes. */
const MIGRATIONS: Readonly<Record<string, (ddl: Ddl) => Promise<void>>> = {
  '0001-organisation': createOrganisation,
  '0002-history': createHistory,
  '0003-people': createPeople,
  '0004-plans': createPlans,
  '0005-identity': createIdentity,
  '0006-second-factor': createSecondFactor,
};

/** What a migration run did. */
export interface MigrationOutcome {
  readonly applied: readonly string[];
  /** The copy made before an existing SQLite file was changed. */
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
 * Brings the schema up to date in one transaction, under a lock that a second migrator waits for.
 * A SQLite file that already holds data is copied first.
 *
 * @throws NewerSchemaError when the store was written by a newer version; nothing is changed then.
 */
export async function migrateStore(
  store: Store,
  migrations: Readonly<Record<string, (ddl: Ddl) => Promise<void>>> = MIGRATIONS,
): Promise<MigrationOutcome> {
  const { applied, pending, unknown } = await migrationState(store, migrations);
  if (unknown.length > 0) {
    throw new NewerSchemaError(
      `this database was written by a newer version (it has ${unknown.join(', ')}); install that version or restore a backup`,
    );
  }
  if (pending.length === 0) return { applied: [] };
  const backupPath = applied.length > 0 ? await backupBefore(store, pending[0] ?? '') : undefined;
  const migrator = await migratorFor(store, migrations);
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) throw error instanceof Error ? error : new Error(String(error));
  const done = (results ?? [])
    .filter(result => result.status === 'Success')
    .map(result => result.migrationName);
  return backupPath === undefined ? { applied: done } : { applied: done, backupPath };
}

/** Reads which migrations have run, without changing anything. */
export async function migrationState(
  store: Store,
  migrations: Readonly<Record<string, unknown>> = MIGRATIONS,
): Promise<MigrationState> {
  const known = Object.keys(migrations);
  const applied = await appliedMigrations(store);
  return {
    applied,
    pending: known.filter(name => !applied.includes(name)),
    unknown: applied.filter(name => !known.includes(name)),
  };
}

async function appliedMigrations(store: Store): Promise<readonly string[]> {
  const found =
    store.engine === 'sqlite'
      ? await sql<{ name: string }>`select name from sqlite_master where name = 'kysely_migration'`.execute(
          store.db,
        )
      : await sql<{ name: string }>`select tablename as name from pg_tables
          where tablename = 'kysely_migration' and schemaname = current_schema()`.execute(store.db);
  if (found.rows.length === 0) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
    store.db,
  );
  return rows.map(row => row.name);
}

async function backupBefore(store: Store, migration: string): Promise<string | undefined> {
  if (store.engine !== 'sqlite' || store.path === ':memory:') return undefined;
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  const target = `${store.path}.before-${migration}-${stamp}`;
  await copyDatabase(store.path, target);
  return target;
}

async function migratorFor(
  store: Store,
  migrations: Readonly<Record<string, (ddl: Ddl) => Promise<void>>>,
): Promise<Migrator> {
  const provider = {
    getMigrations: async () =>
      Object.fromEntries(
        Object.entries(migrations).map(([name, up]) => [name, asMigration(up, store.engine)]),
      ),
  };
  // Migrations speak the columns' own names, so the camel-case plugin stays out of their way.
  const db = store.db.withoutPlugins();
  if (store.engine === 'sqlite') return new Migrator({ db, provider });
  const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(db);
  const migrationTableSchema = rows[0]?.schema ?? 'public';
  return new Migrator({ db, provider, migrationTableSchema });
}

function asMigration(up: (ddl: Ddl) => Promise<void>, engine: Engine): Migration {
  return { up: async (db: Kysely<unknown>) => up(ddlFor(db, engine)) };
}
