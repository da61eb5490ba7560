import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, parseDatabaseUrl, type SqliteStore } from '../../../data/db/connect.ts';
import { assertSound, copyDatabase } from '../../../data/db/copy.ts';
import { migrateStore } from '../../../data/db/migrate.ts';
import { openSqlite, SQLITE_PRAGMAS } from '../../../data/db/sqlite.ts';
import { claimSetting, readSetting, writeSetting } from '../../../data/store/settings.ts';

describe('parseDatabaseUrl', () => {
  it('tells the databases apart', () => {
    expect(parseDatabaseUrl('postgres://u@h/d')).toEqual({ engine: 'postgres', url: 'postgres://u@h/d' });
    expect(parseDatabaseUrl('sqlite::memory:')).toEqual({ engine: 'sqlite', path: ':memory:' });
    expect(parseDatabaseUrl('sqlite:/a/b.db')).toEqual({ engine: 'sqlite', path: '/a/b.db' });
    expect(parseDatabaseUrl('sqlite:///a/b.db')).toEqual({ engine: 'sqlite', path: '/a/b.db' });
    expect(parseDatabaseUrl('/a/b.db')).toEqual({ engine: 'sqlite', path: '/a/b.db' });
    expect(() => parseDatabaseUrl('mysql://h/d')).toThrow(/postgres:\/\/ or sqlite:/);
    expect(() => parseDatabaseUrl('sqlite:')).toThrow(/name a file/);
  });
});

describe('the SQLite store', () => {
  let folder: string;
  let path: string;
  let store: SqliteStore;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'coverline-test-'));
    path = join(folder, 'coverline.db');
    const opened = openStore(path);
    if (opened.engine !== 'sqlite') throw new Error('expected SQLite');
    store = opened;
    await migrateStore(store);
  });

  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('runs with every pragma that durability rests on, read back', () => {
    for (const [name, , expected] of SQLITE_PRAGMAS) {
      expect([name, store.writer.pragma(name, { simple: true })]).toEqual([name, expected]);
    }
  });

  it('reads on, and lets the event loop turn, while another process holds the write lock', async () => {
    const other = openSqlite(path);
    other.exec('begin immediate');
    let turns = 0;
    const timer = setInterval(() => turns++, 5);
    let written = false;
    const writing = writeSetting(store.db, { scope: '', name: 'a', value: 1, at: 1 }).then(() => {
      written = true;
    });
    const both = store.db
      .transaction()
      .execute(trx => writeSetting(trx, { scope: '', name: 'b', value: 2, at: 1 }));
    await expect.poll(() => turns, { timeout: 10_000 }).toBeGreaterThan(20);
    expect(await readSetting(store.db, '', 'a')).toBeUndefined();
    expect(written).toBe(false);
    other.exec('commit');
    other.close();
    await Promise.all([writing, both]);
    clearInterval(timer);
    expect(await readSetting(store.db, '', 'a')).toBe(1);
    expect(await readSetting(store.db, '', 'b')).toBe(2);
  });

  it('keeps reads outside a transaction apart from what is not committed', async () => {
    await expect(
      store.db.transaction().execute(async trx => {
        await writeSetting(trx, { scope: '', name: 'draft', value: 1, at: 1 });
        expect(await readSetting(trx, '', 'draft')).toBe(1);
        expect(await readSetting(store.db, '', 'draft')).toBeUndefined();
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await claimSetting(store.db, { scope: '', name: 'draft', value: 2, at: 1 })).toBe(true);
  });

  it('undoes to a savepoint only what came after it', async () => {
    const trx = await store.db.startTransaction().execute();
    await writeSetting(trx, { scope: '', name: 'kept', value: 1, at: 1 });
    const inner = await trx.savepoint('s').execute();
    await writeSetting(inner, { scope: '', name: 'dropped', value: 1, at: 1 });
    await inner.rollbackToSavepoint('s').execute();
    await trx.commit().execute();
    expect(await readSetting(store.db, '', 'kept')).toBe(1);
    expect(await readSetting(store.db, '', 'dropped')).toBeUndefined();
  });

  it('reads a table as it is after its schema changed', async () => {
    await sql`create table thing (a integer) strict`.execute(store.db);
    await sql`insert into thing values (1)`.execute(store.db);
    expect((await sql`select * from thing`.execute(store.db)).rows).toEqual([{ a: 1 }]);
    await sql`alter table thing add column b text default 'x'`.execute(store.db);
    expect((await sql`select * from thing`.execute(store.db)).rows).toEqual([{ a: 1, b: 'x' }]);
  });

  it('copies itself while it is written to, whole and sound', async () => {
    let over = false;
    let last = 0;
    const writing = (async () => {
      while (!over) {
        last++;
        // Two settings that always agree: a torn copy would show them apart.
        await store.db.transaction().execute(async trx => {
          await writeSetting(trx, { scope: '', name: 'left', value: last, at: 1 });
          await writeSetting(trx, { scope: '', name: 'right', value: last, at: 1 });
        });
        await new Promise(resolve => setTimeout(resolve, 1));
      }
    })();
    const target = join(folder, 'copy.db');
    await copyDatabase(path, target);
    over = true;
    await writing;
    assertSound(target);
    expect(readdirSync(folder).filter(name => name.includes('partial'))).toEqual([]);
    const copy = openStore(target);
    const left = await readSetting(copy.db, '', 'left');
    expect(await readSetting(copy.db, '', 'right')).toEqual(left);
    expect(last).toBeGreaterThan(1);
    await copy.close();
  });

  it('says so when a copy cannot be made, and when a file is damaged', async () => {
    await expect(copyDatabase(path, join(folder, 'no', 'such', 'folder.db'))).rejects.toThrow();
    const broken = join(folder, 'broken.db');
    writeFileSync(broken, 'this is not a database, whatever it is called. '.repeat(100));
    expect(() => assertSound(broken)).toThrow();
  });

  it('loses no acknowledged write and tears none when its process is killed', async () => {
    const script = `
      const Sqlite = require('better-sqlite3');
      const db = new Sqlite(process.argv[1]);
      db.pragma('journal_mode = WAL'); db.pragma('synchronous = FULL');
      const put = db.prepare("insert into setting values ('kill', ?, ?, 1, null) on conflict do update set value = excluded.value");
      for (let i = 1; ; i++) {
        db.transaction(() => { put.run('left', String(i)); put.run('right', String(i)); })();
        require('node:fs').writeSync(1, i + '\\n');
      }`;
    for (let round = 0; round < 3; round++) {
      const child = spawn(process.execPath, ['-e', script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
      let acknowledged = 0;
      child.stdout.on('data', data => {
        acknowledged = Number(String(data).trim().split('\n').pop());
      });
      await once(child.stdout, 'data');
      await new Promise(resolve => setTimeout(resolve, 20 + round * 31));
      child.kill('SIGKILL');
      await once(child, 'close');
      const left = await readSetting(store.db, 'kill', 'left');
      expect(await readSetting(store.db, 'kill', 'right')).toEqual(left);
      expect(Number(left)).toBeGreaterThanOrEqual(acknowledged);
    }
    assertSound(path);
  });
});
