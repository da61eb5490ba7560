import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../../data/db/connect.ts';
import { migrateStore, migrationState, NewerSchemaError } from '../../../data/db/migrate.ts';
import type { Ddl } from '../../../data/db/migration/ddl.ts';
import { type TestDatabase, testEngines } from '../databases.ts';

describe.each(testEngines)('migrations on $engine', ({ engine, create }) => {
  const open: { store: Store; database: TestDatabase }[] = [];

  async function fresh(): Promise<Store> {
    const database = await create();
    const store = openStore(database.url);
    open.push({ store, database });
    return store;
  }

  afterEach(async () => {
    for (const { store, database } of open.splice(0)) {
      await store.close();
      await database.drop();
    }
  });

  it('brings an empty database up to date, and does nothing the second time', async () => {
    const store = await fresh();
    const first = await migrateStore(store);
    expect(first.applied.length).toBeGreaterThanOrEqual(5);
    expect(first.backupPath).toBeUndefined();
    expect(await migrateStore(store)).toEqual({ applied: [] });
    expect((await migrationState(store)).pending).toEqual([]);
    expect(await store.db.selectFrom('site').selectAll().execute()).toEqual([]);
  });

  it('leaves nothing behind when a later migration fails', async () => {
    const store = await fresh();
    const good = async ({ run }: Ddl) => run('create table good (id text primary key)');
    const bad = async ({ run }: Ddl) => {
      await run('create table half (id text primary key)');
      await run('create table half (id text primary key)');
    };
    await migrateStore(store, { migrations: { '1-good': good } });
    await expect(migrateStore(store, { migrations: { '1-good': good, '2-bad': bad } })).rejects.toThrow(
      /half/,
    );
    expect((await migrationState(store, { '1-good': good, '2-bad': bad })).pending).toEqual(['2-bad']);
    await expect(sql`select * from half`.execute(store.db)).rejects.toThrow();
    await sql`select * from good`.execute(store.db);
  });

  it('lets one of several migrators do the work while the others wait', async () => {
    const database = await create();
    const stores = Array.from({ length: 4 }, () => openStore(database.url));
    try {
      const outcomes = await Promise.all(stores.map(store => migrateStore(store)));
      const worked = outcomes.filter(outcome => outcome.applied.length > 0);
      expect(worked).toHaveLength(1);
    } finally {
      for (const store of stores) await store.close();
      await database.drop();
    }
  });

  it.skipIf(engine === 'sqlite')('is not disturbed by another program that drops its tables', async () => {
    const other = await create();
    const client = new pg.Client({ connectionString: other.url });
    await client.connect();
    let going = true;
    const churn = (async () => {
      while (going) {
        await client.query('create table passing (id serial primary key)');
        await client.query('drop table passing');
      }
    })();
    try {
      for (let round = 0; round < 20; round++) {
        const store = await fresh();
        await migrateStore(store, { migrations: { '1-none': async () => {} } });
      }
    } finally {
      going = false;
      await churn;
      await client.end();
      await other.drop();
    }
  });

  it('lets two processes begin at the same time', async () => {
    const database = await create();
    const modules = ['connect', 'migrate'].map(
      name => new URL(`../../../data/db/${name}.ts`, import.meta.url).href,
    );
    const script = `const { openStore } = await import('${modules[0]}');
      const { migrateStore } = await import('${modules[1]}');
      const store = openStore(process.argv[1]);
      console.log((await migrateStore(store)).applied.length);
      await store.close();`;
    const migrate = () =>
      promisify(execFile)(process.execPath, [
        '--import',
        'tsx',
        '--input-type=module',
        '-e',
        script,
        database.url,
      ]);
    try {
      const applied = (await Promise.all([migrate(), migrate()])).map(({ stdout }) => Number(stdout));
      expect(applied.toSorted((a, b) => a - b)[0]).toBe(0);
      expect(Math.max(...applied)).toBeGreaterThanOrEqual(5);
    } finally {
      await database.drop();
    }
  });

  it('refuses a database of a newer version and changes nothing', async () => {
    const store = await fresh();
    const first = async ({ run }: Ddl) => run('create table first (id text primary key)');
    const later = async ({ run }: Ddl) => run('create table later (id text primary key)');
    await migrateStore(store, { migrations: { '1-first': first, '9-later': later } });
    await expect(migrateStore(store, { migrations: { '1-first': first } })).rejects.toThrow(NewerSchemaError);
  });

  if (engine === 'postgres')
    it.skipIf(spawnSync('pg_dump', ['--version']).status !== 0)(
      'dumps a database that holds data before changing it, and changes nothing when it cannot',
      async () => {
        const store = await fresh();
        const folder = mkdtempSync(join(tmpdir(), 'coverline-dump-'));
        const first = async ({ run }: Ddl) => run('create table note (body text not null)');
        const second = async ({ run }: Ddl) => run('create table other (body text not null)');
        const both = { '1-first': first, '2-second': second };
        await migrateStore(store, { migrations: { '1-first': first }, dumpFolder: folder });
        expect(readdirSync(folder)).toEqual([]);
        const impossible = join(folder, 'file');
        writeFileSync(impossible, '');
        await expect(migrateStore(store, { migrations: both, dumpFolder: impossible })).rejects.toThrow();
        expect((await migrationState(store, both)).pending).toEqual(['2-second']);
        const { backupPath } = await migrateStore(store, { migrations: both, dumpFolder: folder });
        const listed = spawnSync('pg_restore', ['--list', backupPath ?? ''], { encoding: 'utf8' }).stdout;
        expect(listed).toMatch(/TABLE DATA \S+ note/);
        expect(listed).not.toMatch(/TABLE DATA \S+ other/);
        rmSync(folder, { recursive: true });
      },
    );

  if (engine === 'sqlite')
    it('copies a file that holds data before changing it', async () => {
      const store = await fresh();
      if (store.engine !== 'sqlite') throw new Error('expected SQLite');
      const first = async ({ run }: Ddl) => run('create table note (body text not null)');
      const second = async ({ run }: Ddl) => run('create table other (body text not null)');
      await migrateStore(store, { migrations: { '1-first': first } });
      await sql`insert into note values ('kept')`.execute(store.db);
      const { backupPath } = await migrateStore(store, {
        migrations: { '1-first': first, '2-second': second },
      });
      if (backupPath === undefined) throw new Error('no backup was made');
      expect(readdirSync(dirname(store.path)).filter(name => name.endsWith('.partial'))).toEqual([]);
      const copy = openStore(backupPath);
      const { rows } = await sql<{ body: string }>`select body from note`.execute(copy.db);
      expect(rows).toEqual([{ body: 'kept' }]);
      await expect(sql`select * from other`.execute(copy.db)).rejects.toThrow();
      await copy.close();
    });
});
