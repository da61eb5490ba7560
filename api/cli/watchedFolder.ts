import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { PRESETS } from '../../data/import/preset.ts';
import { importMappingSchema } from '../contract/import.ts';
import type { WatchedFolder } from '../service/watchFolder.ts';
import { CommandError, type CommandInput, type OptionSpec } from './args.ts';
import { setting } from './settings.ts';

/** Options of `serve` for a folder whose files are imported. */
export const WATCH_OPTIONS: readonly OptionSpec[] = [
  { name: 'watch', value: 'FOLDER', help: 'import files of actuals that are dropped there (WATCH_FOLDER)' },
  {
    name: 'watch-site',
    value: 'NAME',
    help: 'the site that they are about (WATCH_SITE); needless with one site',
  },
  {
    name: 'watch-as',
    value: 'PRESET',
    help: `what they must be (WATCH_AS): ${PRESETS.map(({ name }) => name).join(', ')}, or a file with an import mapping as JSON`,
  },
];

/** The folder to watch, when one is named. @throws CommandError for a mapping file that is none. */
export async function readWatchedFolder(input: CommandInput): Promise<WatchedFolder | undefined> {
  const folder = input.text('watch') ?? setting('WATCH_FOLDER');
  if (folder === undefined) return undefined;
  const reading = input.text('watch-as') ?? setting('WATCH_AS');
  return {
    path: resolve(folder),
    siteName: input.text('watch-site') ?? setting('WATCH_SITE'),
    reading: reading === undefined ? undefined : await readReading(reading),
  };
}

async function readReading(text: string): Promise<NonNullable<WatchedFolder['reading']>> {
  if (PRESETS.some(preset => preset.name === text)) return { preset: text };
  let data: unknown;
  try {
    data = JSON.parse(await readFile(text, 'utf8'));
  } catch (error) {
    throw new CommandError(
      `--watch-as must be one of ${PRESETS.map(({ name }) => name).join(', ')}, or a JSON file with an import mapping; ${text}: ${error instanceof SyntaxError ? 'it is not JSON' : String(error)}`,
      2,
    );
  }
  const parsed = importMappingSchema.safeParse(data);
  if (parsed.success) return { mapping: parsed.data };
  const lines = parsed.error.issues.map(issue => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new CommandError(`${text} is no import mapping:\n${lines.join('\n')}`);
}
