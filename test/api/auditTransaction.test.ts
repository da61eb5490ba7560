import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTE_LIST, ROUTES } from '../../api/contract/routes.ts';
import { openStore, type Store } from '../../data/db/connect.ts';
import { createRandom } from '../../forecasting/calendar/random.ts';
import { asOwner, testEngines } from '../data/databases.ts';
import { addCentre, finished } from './centre.ts';
import { addEverything, type Owned } from './everything.ts';
import { createBrowser, PASSWORD, startTestService, type TestService } from './harness.ts';
import { probe } from './probe.ts';
import { jsonSchemaOf, makeValue } from './requestMaker.ts';

/** Looked at only: what they note about a request that failed is not a change. */
const NOTES = new Set(['audit_event', 'sqlite_stat1', 'sqlite_stat4']);
/** Checks the trail and changes nothing; the others end or begin what this test needs. */
const LEFT_OUT: readonly string[] = ['verifyAudit', 'signOut', 'setUp', 'loadSample', 'startBackup'];

async function tableNames(store: Store): Promise<readonly string[]> {
  const { rows } =
    store.engine === 'sqlite'
      ? await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(store.db)
      : await sql<{ name: string }>`select tablename as name from pg_tables
          where schemaname = current_schema()`.execute(store.db);
  return rows.map(row => row.name).filter(name => !NOTES.has(name));
}

/** Everything that is stored, as one text. */
async function contentOf(store: Store, tables: readonly string[]): Promise<string> {
  const parts = [];
  for (const name of tables) {
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(store.db);
    parts.push(
      `${name}: ${rows
        .map(row => JSON.stringify(row))
        .sort()
        .join()}`,
    );
  }
  return parts.join('\n');
}

describe.each(testEngines)('a change that cannot be audited on $engine', { timeout: 120_000 }, engine => {
  let service: TestService;
  let owned: Owned;

  beforeAll(async () => {
    service = await startTestService(engine, { now: () => 1_780_000_000 });
    const centre = await addCentre(service.administrator);
    owned = await addEverything(service, centre, centre.agentIds.slice(0, 2));
    // Nothing may go on behind the comparison.
    const { items } = await service.administrator.call(ROUTES.listJobs, { query: {} });
    for (const job of items) await finished(service.administrator, job.id);
  });

  afterAll(() => service.dispose());

  it('does not happen, for any route that changes something', async () => {
    const store = openStore(service.databaseUrl);
    const tables = await tableNames(store);
    await asOwner(store, 'alter table audit_event rename to audit_event_away');
    const failed: string[] = [];
    try {
      const before = await contentOf(store, tables);
      for (const [id, route] of ROUTE_LIST) {
        if (route.method === 'GET' || LEFT_OUT.includes(id)) continue;
        const prefix = Object.keys(owned).find(start => route.path.startsWith(`${start}/:id`));
        const ids = prefix === undefined ? Object.values(owned) : [owned[prefix] ?? ''];
        const maker = { random: createRandom(5), ids, hostility: 0 };
        const headers = { ...service.administrator.headers(), 'if-match': '"1"' };
        const body = makeValue(jsonSchemaOf(route.body), maker);
        const { status } = await probe(service.url, route, headers, ids[0], body);
        expect(status, id).toBeGreaterThanOrEqual(400);
        if (status < 500) continue;
        failed.push(id);
        expect(await contentOf(store, tables), id).toBe(before);
      }
      const guess = { email: 'ada@example.org', password: 'not the right one' };
      const attempt = await createBrowser(service.url).attempt(ROUTES.signIn, { body: guess });
      expect(attempt).toMatchObject({ ok: false, problem: { status: 500 } });
      const right = await createBrowser(service.url).attempt(ROUTES.signIn, {
        body: { email: 'ada@example.org', password: PASSWORD },
      });
      expect(right.ok).toBe(false);
      expect(await contentOf(store, tables)).toBe(before);
    } finally {
      await asOwner(store, 'alter table audit_event_away rename to audit_event');
      await store.close();
    }
    // Those got as far as their entry; the rest was refused before, for what a made-up body says.
    expect(failed.length).toBeGreaterThan(12);
  });
});
