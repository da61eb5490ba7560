import { existsSync, mkdirSync } from 'node:fs';
import { copyFile, rename } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseDatabaseUrl } from '../../data/db/connect.ts';
import { assertSound, copyDatabase } from '../../data/db/copy.ts';
import { openSqlite } from '../../data/db/sqlite.ts';
import { CommandError, type CommandInput, type CommandSpec } from './args.ts';
import { print } from './output.ts';
import { STORE_OPTIONS, storeSettings } from './settings.ts';

const POSTGRES_HINT =
  'PostgreSQL has its own tools: pg_dump for a copy, pg_basebackup with WAL archiving for a point in time';

export const backupCommand: CommandSpec = {
  name: 'backup',
  summary: 'a checked copy of the embedded database, also while it is in use',
  operands: '[FILE]',
  options: STORE_OPTIONS,
  examples: ['coverline backup', 'coverline backup /safe/place/coverline.db'],
  run: async input => {
    const from = embeddedPath(input);
    const stamp = new Date().toISOString().replaceAll(/[-:]/g, '').slice(0, 15);
    const to = resolve(
      input.operands[0] ?? join(storeSettings(input).dataDir, 'backup', `coverline-${stamp}.db`),
    );
    if (existsSync(to)) throw new CommandError(`${to} exists already; a backup never replaces a file`);
    mkdirSync(dirname(to), { recursive: true });
    await copyDatabase(from, to);
    await print(`copied and checked: ${to}\n`);
    return 0;
  },
};

export const restoreCommand: CommandSpec = {
  name: 'restore',
  summary: 'put a backup in the place of the embedded database; the service must be stopped',
  operands: 'FILE',
  options: STORE_OPTIONS,
  examples: ['coverline restore /safe/place/coverline.db'],
  run: async input => {
    const [file] = input.operands;
    if (file === undefined) throw new CommandError('name the backup to restore', 2);
    const from = resolve(file);
    if (!existsSync(from)) throw new CommandError(`${from} does not exist`);
    checkSound(from);
    const to = embeddedPath(input, { mayBeMissing: true });
    if (existsSync(to)) assertUnused(to);
    mkdirSync(dirname(to), { recursive: true });
    await copyFile(from, `${to}.restoring`);
    checkSound(`${to}.restoring`);
    const kept = `${to}.before-restore`;
    if (existsSync(to)) await rename(to, kept);
    await rename(`${to}.restoring`, to);
    await print(`restored ${from}\n${existsSync(kept) ? `what was there before: ${kept}\n` : ''}`);
    return 0;
  },
};

/** Leaving write-ahead mode needs every other connection gone, and folds the log into the file. */
function assertUnused(path: string): void {
  const handle = openSqlite(path, { busyTimeoutMilliseconds: 1000 });
  try {
    handle.pragma('journal_mode = delete');
  } catch {
    throw new CommandError(`the database at ${path} is in use; stop the service first`);
  } finally {
    handle.close();
  }
}

function checkSound(path: string): void {
  try {
    assertSound(path);
  } catch (error) {
    throw new CommandError(
      `${path} is not a sound Coverline database: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function embeddedPath(input: CommandInput, { mayBeMissing = false } = {}): string {
  const address = parseDatabaseUrl(storeSettings(input).databaseUrl);
  if (address.engine === 'postgres') throw new CommandError(POSTGRES_HINT);
  if (!mayBeMissing && !existsSync(address.path)) {
    throw new CommandError(`there is no database at ${address.path} yet; npm start creates it`);
  }
  return address.path;
}
