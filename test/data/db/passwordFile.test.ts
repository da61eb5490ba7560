import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../../data/db/connect.ts';
import { dumpDatabase } from '../../../data/db/dump.ts';
import { migrateStore } from '../../../data/db/migrate.ts';
import { splitPasswordFile, withPasswordFile } from '../../../data/db/passwordFile.ts';
import { createSite, listSites } from '../../../data/store/sites.ts';
import { type Cluster, postgresPrograms, startCluster } from '../../bench/drill/cluster.ts';
import { testEngines } from '../databases.ts';

describe('the name of a password file in a database URL', () => {
  it.each([
    'postgres://coverline@db/coverline',
    'postgres://coverline@db:5433/coverline?sslmode=verify-full&options=-c%20search_path%3Dwfm',
  ])('is put into %s and taken out again', url => {
    const file = '/run/secrets/a & b?';
    expect(splitPasswordFile(withPasswordFile(url, file))).toEqual({ url, passwordFile: file });
    expect(splitPasswordFile(url)).toEqual({ url, passwordFile: undefined });
  });
});

const PATIENT = { timeout: 30_000 };
const onPostgres =
  testEngines.some(({ engine }) => engine === 'postgres') && postgresPrograms() !== undefined;

// On a server of its own, because the one of the tests asks for no password.
describe.runIf(onPostgres)('a password in a file', () => {
  let cluster: Cluster;
  let folder = '';
  const file = () => join(folder, 'password');

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'coverline-test-'));
    cluster = await startCluster();
  });

  afterAll(async () => {
    await cluster.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Statements on a connection of their own, and the rows of the last. */
  async function asOwner(password: string, ...statements: readonly string[]) {
    const url = new URL(cluster.url);
    url.password = password;
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      let rows: readonly Record<string, string>[] = [];
      for (const statement of statements) ({ rows } = await client.query<Record<string, string>>(statement));
      return rows;
    } finally {
      await client.end();
    }
  }

  it('is read for each connection, so that a changed one is used without a restart', async () => {
    const [places] = await asOwner('', 'show hba_file');
    await asOwner(
      '',
      `alter role coverline password 'first'`,
      `copy (select 'host all all 127.0.0.1/32 scram-sha-256') to '${places?.hba_file}'`,
      'select pg_reload_conf()',
    );
    await expect.poll(() => asOwner('', 'select 1').catch(() => 'refused'), PATIENT).toBe('refused');
    writeFileSync(file(), 'first\n');
    const store = openStore(withPasswordFile(cluster.url, file()), { onLostConnection: () => undefined });
    try {
      await migrateStore(store);
      const site = await createSite(store.db, { name: 'North', timeZone: 'UTC', createdAt: 1 });
      if (store.engine !== 'postgres') throw new Error('not PostgreSQL');
      await dumpDatabase(store.url, join(folder, 'copy'));
      expect(existsSync(join(folder, 'copy'))).toBe(true);

      // Everybody but this one connection has to come again.
      const others = 'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()';
      await asOwner('first', `alter role coverline password 'second'`, `${others} and usename = 'coverline'`);
      await expect(listSites(store.db, 'all')).rejects.toThrow();
      writeFileSync(file(), 'second\n');
      expect(await listSites(store.db, 'all')).toEqual([site]);
    } finally {
      await store.close();
    }
  });
});
