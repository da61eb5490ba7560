import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, type PostgresStore, storeSeeing } from '../../../data/db/connect.ts';
import { newId } from '../../../data/db/id.ts';
import { migrateStore } from '../../../data/db/migrate.ts';
import { PROGRAM_ROLE } from '../../../data/db/postgres.ts';
import { ROW_OWNERS } from '../../../data/db/wall.ts';
import { appendAudit, verifyAudit } from '../../../data/store/audit.ts';
import { createSite, listSites } from '../../../data/store/sites.ts';
import { type TestDatabase, testEngines } from '../databases.ts';
import { fillEveryTable } from './everyTable.ts';

const postgres = testEngines.find(({ engine }) => engine === 'postgres');

// Row-level security is PostgreSQL's. Without TEST_DATABASE_URL this is skipped; databases.ts says so.
describe.skipIf(!postgres)('the wall between sites', () => {
  let database: TestDatabase;
  let store: PostgresStore;
  let owner: pg.Client;
  let program: pg.Client;
  let rowsOf: ReadonlyMap<string, readonly string[]>;

  beforeAll(async () => {
    if (!postgres) throw new Error('no server');
    database = await postgres.create();
    const opened = openStore(database.url);
    if (opened.engine !== 'postgres') throw new Error('expected PostgreSQL');
    store = opened;
    await migrateStore(store);
    owner = new pg.Client({ connectionString: database.url });
    program = new pg.Client({ connectionString: database.url });
    await owner.connect();
    await program.connect();
    await program.query(`set role ${PROGRAM_ROLE}`);
    rowsOf = await fillEveryTable(owner, ['north', 'south']);
  });

  afterAll(async () => {
    await owner.end();
    await program.end();
    await store.close();
    await database.drop();
  });

  /** How many rows of a table the program sees when its transaction names these sites; undefined names none. */
  async function seen(table: string, sites: string | undefined): Promise<number> {
    await program.query('begin');
    try {
      if (sites !== undefined) await program.query(`select set_config('coverline.sites', $1, true)`, [sites]);
      const { rows } = await program.query<{ count: string }>(`select count(*) as count from ${table}`);
      return Number(rows[0]?.count);
    } finally {
      await program.query('rollback');
    }
  }

  const walled = Object.entries(ROW_OWNERS).flatMap(([table, { kind }]) => (kind === 'none' ? [] : [table]));

  it('knows every table of the schema, and each has its policy, also for its owner', async () => {
    const { rows } = await owner.query<{ name: string; forced: boolean }>(
      `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity and exists
         (select 1 from pg_policy p where p.polrelid = c.oid) as forced
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = current_schema() and c.relkind = 'r' and c.relname not like 'kysely_%'`,
    );
    expect(rows.map(row => row.name).toSorted()).toEqual(Object.keys(ROW_OWNERS).toSorted());
    expect(
      rows
        .filter(row => row.forced)
        .map(row => row.name)
        .toSorted(),
    ).toEqual(walled.toSorted());
  });

  it('lets the program in as a role that owns nothing and bypasses nothing', async () => {
    const { rows } = await store.pool.query(
      `select current_user as "user", rolsuper as super, rolbypassrls as bypass,
         exists (select 1 from pg_class where relowner = pg_roles.oid) as owns
       from pg_roles where rolname = current_user`,
    );
    expect(rows).toEqual([{ user: PROGRAM_ROLE, super: false, bypass: false, owns: false }]);
  });

  it.each(walled)('%s: nothing without a site, its own with one, everything only when asked', async table => {
    const made = rowsOf.get(table) ?? [];
    expect(made).toEqual(['north', 'south']);
    expect(await seen(table, undefined)).toBe(0);
    expect(await seen(table, '')).toBe(0);
    expect(await seen(table, 'elsewhere')).toBe(0);
    expect(await seen(table, 'north')).toBe(1);
    expect(await seen(table, 'south')).toBe(1);
    expect(await seen(table, 'north,south')).toBe(2);
    expect(await seen(table, '*')).toBe(2);
  });

  it.each(walled)('%s: takes no row for another site', async table => {
    const { rows } = await owner.query<{ columns: string }>(
      `select string_agg(quote_ident(attname), ', ') as columns from pg_attribute
       where attrelid = to_regclass($1) and attnum > 0 and not attisdropped`,
      [table],
    );
    // The audit trail takes entries of every kind; they can be neither seen nor changed.
    if (table === 'audit_event') return;
    await program.query('begin');
    await program.query(`select set_config('coverline.sites', '*', true)`);
    await program.query(`create temporary table other on commit drop as select * from ${table}`);
    await program.query(`select set_config('coverline.sites', 'elsewhere', true)`);
    const columns = rows[0]?.columns ?? '';
    await expect(
      program.query(`insert into ${table} (${columns}) select ${columns} from other`),
    ).rejects.toThrow(/row-level security/);
    await program.query('rollback');
  });

  it('stands behind the store functions, whatever scope they are given', async () => {
    const site = await createSite(store.db, { name: 'East', timeZone: 'UTC', createdAt: 1 });
    const narrow = storeSeeing(store, [site.id]);
    expect((await listSites(narrow.db, 'all')).map(one => one.id)).toEqual([site.id]);
    expect(await listSites(storeSeeing(store, []).db, 'all')).toEqual([]);
    expect(await listSites(store.db, 'all')).toHaveLength(3);
    await expect(createSite(narrow.db, { name: 'West', timeZone: 'UTC', createdAt: 1 })).rejects.toThrow(
      /row-level security/,
    );
    expect(await listSites(store.db, 'all')).toHaveLength(3);
  });

  it('holds for an owner who is no superuser and may make no roles', async () => {
    const name = `owner_${newId().replaceAll('-', '')}`;
    const { rows } = await owner.query<{ database: string }>('select current_database() as database');
    const place = owner.escapeIdentifier(rows[0]?.database ?? '');
    await owner.query(`create role ${name} login`);
    await owner.query(`grant create on database ${place} to ${name}`);
    await owner.query(`create schema ${name} authorization ${name}`);
    const url = new URL(database.url);
    url.username = name;
    url.searchParams.set('options', `-c search_path=${name}`);
    const own = openStore(url.href.replaceAll('+', '%20'));
    if (own.engine !== 'postgres') throw new Error('expected PostgreSQL');
    try {
      await migrateStore(own);
      const site = await createSite(own.db, { name: 'East', timeZone: 'UTC', createdAt: 1 });
      await createSite(own.db, { name: 'West', timeZone: 'UTC', createdAt: 1 });
      expect((await own.pool.query('select current_user as who')).rows).toEqual([{ who: name }]);
      expect((await own.pool.query('select * from site')).rows).toEqual([]);
      expect(await listSites(own.db, 'all')).toHaveLength(2);
      const narrow = storeSeeing(own, [site.id]).db;
      expect((await listSites(narrow, 'all')).map(one => one.id)).toEqual([site.id]);
      const entry = { at: 1, actorKind: 'system', action: 'test', outcome: 'done' } as const;
      await appendAudit(narrow, 'postgres', entry);
      expect(await appendAudit(narrow, 'postgres', entry)).toMatchObject({ sequence: 2 });
      expect(await listSites(narrow, 'all')).toHaveLength(1);
    } finally {
      await own.close();
      await owner.query(`drop schema if exists ${name}, ${name}_ticket cascade`);
      await owner.query(`drop owned by ${name}`);
      await owner.query(`drop role ${name}`);
    }
  });

  it('keeps one audit trail over all sites', async () => {
    await owner.query('alter table audit_event disable trigger all');
    await owner.query('delete from audit_event');
    await owner.query('alter table audit_event enable trigger all');
    for (const sites of [['north'], ['south'], []])
      await appendAudit(storeSeeing(store, sites).db, 'postgres', {
        at: 1,
        actorKind: 'user',
        action: 'test',
        outcome: 'done',
        siteId: sites[0] ?? null,
      });
    expect(await verifyAudit(store.db)).toMatchObject({ kind: 'whole', events: 3 });
  });
});
