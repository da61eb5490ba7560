import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import { type Db, openStore, storeSeeing } from '../../data/db/connect.ts';
import { migrateStore } from '../../data/db/migrate.ts';
import { openOwnerPool } from '../../data/db/postgres.ts';
import type { Database } from '../../data/db/schema.ts';
import { loadSample } from '../../data/sample/loadSample.ts';
import { listAgents } from '../../data/store/agents.ts';
import { historyExtent, readIntervals } from '../../data/store/intervalHistory.ts';
import { listQueues } from '../../data/store/queues.ts';
import { findSite } from '../../data/store/sites.ts';
import { startCluster } from './drill/cluster.ts';

const WEEK_SECONDS = 7 * 86_400;
const YEAR_SECONDS = 365 * 86_400;

/** Something that pages read often. */
interface HotRead {
  readonly name: string;
  readonly times: number;
  readonly read: (db: Db) => Promise<unknown>;
}

/**
 * `wall [blocks]`: what row-level security costs on PostgreSQL. Each read runs in turn as the owner, without the wall
 * and without a transaction; behind the wall for one site; and behind it for all. Prints the median milliseconds and
 * the median ratio to the owner's over the blocks, so that a busy machine disturbs all alike.
 */
export async function run(args: readonly string[]): Promise<number> {
  const blocks = Number(args[0] ?? 15);
  if (!Number.isInteger(blocks) || blocks < 1) {
    process.stderr.write('usage: wall [blocks]\n');
    return 2;
  }
  const cluster = await startCluster();
  const store = openStore(cluster.url);
  const owner = openOwnerPool(cluster.url);
  try {
    await migrateStore(store);
    const sample = { seed: 1, lastDate: '2026-04-30', at: 1_780_000_000, userId: null };
    const siteId = (await loadSample(store.db, sample)).site.id;
    const unwalled = new Kysely<Database>({
      dialect: new PostgresDialect({ pool: owner }),
      plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
    });
    const handles = { owner: unwalled, site: storeSeeing(store, [siteId]).db, all: store.db };
    for (const hot of await hotReads(store.db, siteId)) {
      const times = await compare(hot, handles, blocks);
      process.stdout.write(`${JSON.stringify({ read: hot.name, ...times })}\n`);
    }
  } finally {
    await store.close();
    await owner.end();
    await cluster.remove();
  }
  return 0;
}

async function hotReads(db: Db, siteId: string): Promise<readonly HotRead[]> {
  const [queue] = await listQueues(db, [siteId], siteId);
  const extent = queue && (await historyExtent(db, queue.number));
  if (!queue || !extent) throw new Error('the sample centre has no history');
  const since = (seconds: number) => extent.lastStart - seconds;
  return [
    { name: 'one site', times: 40, read: read => findSite(read, [siteId], siteId) },
    { name: 'the agents of a site', times: 20, read: read => listAgents(read, [siteId], { siteId }) },
    {
      name: "a queue's week",
      times: 20,
      read: read => readIntervals(read, queue.number, since(WEEK_SECONDS), extent.lastStart),
    },
    {
      name: "a queue's year",
      times: 2,
      read: read => readIntervals(read, queue.number, since(YEAR_SECONDS), extent.lastStart),
    },
  ];
}

async function compare(
  { times, read }: HotRead,
  handles: { readonly owner: Db; readonly site: Db; readonly all: Db },
  blocks: number,
) {
  const spent = { owner: [0], site: [0], all: [0] };
  for (const name of ['owner', 'site', 'all'] as const) spent[name] = [];
  for (let block = -1; block < blocks; block++) {
    for (const name of ['owner', 'site', 'all'] as const) {
      const started = performance.now();
      for (let i = 0; i < times; i++) await read(handles[name]);
      // The first block warms up.
      if (block >= 0) spent[name].push((performance.now() - started) / times);
    }
  }
  const ratio = (name: 'site' | 'all') =>
    round(median(spent[name].map((one, block) => one / (spent.owner[block] ?? one))));
  return {
    ownerMilliseconds: round(median(spent.owner)),
    siteMilliseconds: round(median(spent.site)),
    ratioForOneSite: ratio('site'),
    ratioForAll: ratio('all'),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
