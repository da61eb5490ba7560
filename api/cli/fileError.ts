import { CommandError } from './args.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder, not a file',
  EACCES: 'you are not allowed to read it',
  EPERM: 'you are not allowed to read it',
};

/** Why a file could not be opened or read, in words that a person can act on. */
export function cannotRead(file: string, error: unknown): CommandError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = REASONS[code] ?? (error instanceof Error ? error.message : String(error));
  return new CommandError(`cannot read ${file}: ${reason}`);
}
