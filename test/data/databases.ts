import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openStore, type Store } from '../../data/db/connect.ts';
import { newId } from '../../data/db/id.ts';
import { migrateStore } from '../../data/db/migrate.ts';

/** A database made for one test file, and how to get rid of it. */
export interface TestDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** An open, migrated store made for one test file. `dispose` closes it and removes it. */
export interface TestStore {
  readonly store: Store;
  readonly url: string;
  readonly dispose: () => Promise<void>;
}

/** One of the two databases that every store test runs on. */
export interface TestEngine {
  readonly engine: 'sqlite' | 'postgres';
  /** An empty database of its own, without a schema. */
  readonly create: () => Promise<TestDatabase>;
}

const sqlite: TestEngine = {
  engine: 'sqlite',
  create: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'coverline-test-'));
    return {
      url: `sqlite:${join(folder, 'coverline.db')}`,
      drop: async () => rmSync(folder, { recursive: true, force: true }),
    };
  },
};

function postgres(serverUrl: string): TestEngine {
  return {
    engine: 'postgres',
    create: async () => {
      const schema = `test_${newId().replaceAll('-', '')}`;
      await onServer(serverUrl, `create schema ${schema}`);
      const url = new URL(serverUrl);
      url.searchParams.set('options', `-c search_path=${schema}`);
      return {
        url: url.href.replaceAll('+', '%20'),
        // The schema beside it belongs to the tickets of its jobs.
        drop: () => onServer(serverUrl, `drop schema if exists ${schema}, ${schema}_ticket cascade`),
      };
    },
  };
}

/** Runs a statement as the one to whom the tables belong, whom neither grants nor row-level security bind. */
export async function asOwner(store: Store, statement: string): Promise<void> {
  if (store.engine === 'sqlite') store.writer.exec(statement);
  else await onServer(store.url, statement);
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

const serverUrl = process.env.TEST_DATABASE_URL;
if (!serverUrl) console.warn('PostgreSQL tests skipped: TEST_DATABASE_URL is not set');
const wanted = process.env.TEST_ENGINE;

/**
 * The databases under test: SQLite always, PostgreSQL when TEST_DATABASE_URL names a server. TEST_ENGINE narrows them
 * to one.
 */
export const testEngines: readonly TestEngine[] = [
  sqlite,
  ...(serverUrl ? [postgres(serverUrl)] : []),
].filter(({ engine }) => !wanted || engine === wanted);

/** Opens a fresh, migrated store. */
export async function openTestStore(engine: TestEngine): Promise<TestStore> {
  const database = await engine.create();
  const store = openStore(database.url);
  await migrateStore(store);
  return {
    store,
    url: database.url,
    dispose: async () => {
      await store.close();
      await database.drop();
    },
  };
}
