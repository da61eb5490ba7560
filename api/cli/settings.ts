import { join, resolve } from 'node:path';
import { projectRoot } from '../service/projectRoot.ts';
import type { CommandInput, OptionSpec } from './args.ts';

/** Options of every command that works on the stored centre. */
export const STORE_OPTIONS: readonly OptionSpec[] = [
  { name: 'data', value: 'FOLDER', help: 'where the embedded database and backups live (COVERLINE_DATA)' },
  {
    name: 'database',
    value: 'URL',
    help: 'sqlite:FILE or postgres://… (DATABASE_URL); a file in the data folder unless told',
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
  const databaseUrl =
    input.text('database') ?? setting('DATABASE_URL') ?? `sqlite:${join(dataDir, 'coverline.db')}`;
  return { dataDir, databaseUrl };
}

/** An environment variable; an empty one counts as not set. */
export function setting(name: string): string | undefined {
  return process.env[name] || undefined;
}

/** The database as it may be shown: without the password. */
export function shownDatabase(databaseUrl: string): string {
  return databaseUrl.replace(/(\/\/[^:/@]+):[^@]*@/, '$1:…@');
}
