import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withPasswordFile } from '../../data/db/passwordFile.ts';
import { projectRoot } from '../service/projectRoot.ts';
import { CommandError, type CommandInput, type OptionSpec } from './args.ts';

/** Options of every command that works on the stored centre. */
export const STORE_OPTIONS: readonly OptionSpec[] = [
  { name: 'data', value: 'FOLDER', help: 'where the embedded database and backups live (COVERLINE_DATA)' },
  {
    name: 'database',
    value: 'URL',
    help: 'sqlite:FILE or postgres://… (DATABASE_URL, DATABASE_URL_FILE); a file in the data folder unless told',
  },
];

export interface StoreSettings {
  readonly dataDir: string;
  readonly databaseUrl: string;
}

/** Data folder and database: option, then environment, then `.coverline` in the project. */
export function storeSettings(input: CommandInput): StoreSettings {
  const dataDir = resolve(
    input.text('data') ?? setting('COVERLINE_DATA') ?? join(projectRoot(), '.coverline'),
  );
  const told = input.text('database') ?? secret('DATABASE_URL');
  return { dataDir, databaseUrl: told ? withPassword(told) : `sqlite:${join(dataDir, 'coverline.db')}` };
}

/** A PostgreSQL address with the password that stands apart from it. */
function withPassword(databaseUrl: string): string {
  if (!/^postgres(ql)?:/.test(databaseUrl)) return databaseUrl;
  const file = secretFile('DATABASE_PASSWORD');
  if (file !== undefined) return withPasswordFile(databaseUrl, resolve(file));
  const password = setting('DATABASE_PASSWORD');
  if (password === undefined) return databaseUrl;
  const url = new URL(databaseUrl);
  url.password = encodeURIComponent(password);
  return url.href;
}

/** An environment variable; an empty one counts as not set. */
export function setting(name: string): string | undefined {
  return process.env[name] || undefined;
}

/**
 * A setting that nobody but the service may read: an environment variable, or the first line of the file that
 * `NAME_FILE` names, as container platforms and vaults lay secrets down.
 *
 * @throws CommandError when both are set or the file cannot be read.
 */
export function secret(name: string): string | undefined {
  const file = secretFile(name);
  if (file === undefined) return setting(name);
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/, 1)[0] || undefined;
  } catch (error) {
    throw new CommandError(`${name}_FILE: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function secretFile(name: string): string | undefined {
  const file = setting(`${name}_FILE`);
  if (file !== undefined && setting(name) !== undefined)
    throw new CommandError(`${name} and ${name}_FILE are both set; keep one`, 2);
  return file;
}

/** The database as it may be shown: without the password. */
export function shownDatabase(databaseUrl: string): string {
  return databaseUrl.replace(/(\/\/[^:/@]+):[^@]*@/, '$1:…@');
}
