import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../data/db/connect.ts';
import { migrateStore } from '../../../data/db/migrate.ts';
import { createSite, findSite, listSites } from '../../../data/store/sites.ts';
import { asOwner, testEngines } from '../databases.ts';

const postgres = testEngines.find(({ engine }) => engine === 'postgres');

// Without TEST_DATABASE_URL these are skipped; databases.ts says so.
describe.skipIf(!postgres)('the PostgreSQL store', () => {
  function create() {
    if (!postgres) throw new Error('no server');
    return postgres.create();
  }

  it('goes on after the server has ended every idle connection', async () => {
    const database = await create();
    const lost: Error[] = [];
    const store = openStore(database.url, { onLostConnection: error => lost.push(error), poolSize: 3 });
    try {
      await migrateStore(store);
      const site = await createSite(store.db, { name: 'North', timeZone: 'UTC', createdAt: 1 });
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(store.db);
      await asOwner(store, `select pg_terminate_backend(${rows[0]?.pid})`);
      await expect.poll(() => lost.length, { timeout: 30_000 }).toBeGreaterThan(0);
      expect(await findSite(store.db, 'all', site.id)).toEqual(site);
    } finally {
      await store.close();
      await database.drop();
    }
  });

  it('goes on after the server has ended a connection between two statements of a transaction', async () => {
    const database = await create();
    const store = openStore(database.url, { poolSize: 1 });
    try {
      await migrateStore(store);
      const cut = store.db.transaction().execute(async db => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
        await asOwner(store, `select pg_terminate_backend(${rows[0]?.pid})`);
        await sleep(200);
        await createSite(db, { name: 'Never', timeZone: 'UTC', createdAt: 1 });
      });
      await expect(cut).rejects.toThrow();
      expect(await listSites(store.db, 'all')).toEqual([]);
    } finally {
      await store.close();
      await database.drop();
    }
  });

  it('gives counts, sums and large integers as numbers, and refuses what a number cannot hold', async () => {
    const database = await create();
    const store = openStore(database.url, { poolSize: 1 });
    try {
      const { rows } = await sql<
        Record<string, unknown>
      >`select count(*) as count, sum(x) as sum, avg(x) as mean,
        9007199254740991::bigint as largest from (values (1), (2)) as t (x)`.execute(store.db);
      expect(rows).toEqual([{ count: 2, sum: 3, mean: 1.5, largest: 9_007_199_254_740_991 }]);
      await expect(sql`select 9007199254740992::bigint as n`.execute(store.db)).rejects.toThrow(
        /beyond 2\^53/,
      );
    } finally {
      await store.close();
      await database.drop();
    }
  });
});
