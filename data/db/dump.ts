import { execFile } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { readPassword, splitPasswordFile } from './passwordFile.ts';

/**
 * Copies a PostgreSQL database into a file with `pg_dump`, which must be at least as new as the server.
 *
 * @throws Error when there is no `pg_dump` or it fails; no file is left behind then.
 */
export async function dumpDatabase(url: string, toPath: string): Promise<void> {
  await mkdir(dirname(toPath), { recursive: true, mode: 0o700 });
  const partial = `${toPath}.partial`;
  const { address, password } = await withoutPassword(url);
  try {
    await promisify(execFile)(
      'pg_dump',
      ['--format=custom', '--enable-row-security', '--file', partial, '--dbname', address],
      { env: { ...process.env, ...(password !== '' && { PGPASSWORD: password }) } },
    );
  } catch (error) {
    await rm(partial, { force: true });
    throw new Error(
      `the database could not be copied before it is brought up to date (${reasonOf(error)}). ` +
        "Install the client programs of the server's PostgreSQL version, or make a copy yourself and run " +
        '"coverline migrate --without-backup"',
    );
  }
  await rename(partial, toPath);
}

/** The address as other users of the machine may see it in the list of processes, and what it must not hold. */
async function withoutPassword(
  databaseUrl: string,
): Promise<{ readonly address: string; readonly password: string }> {
  const { url, passwordFile } = splitPasswordFile(databaseUrl);
  const address = new URL(url);
  const password =
    passwordFile === undefined ? decodeURIComponent(address.password) : await readPassword(passwordFile);
  address.password = '';
  // An owner who is not a superuser is behind the wall between sites as well, and names them all.
  const options = `${address.searchParams.get('options') ?? ''} -c coverline.sites=*`.trim();
  address.searchParams.set('options', options);
  return { address: address.href.replaceAll('+', '%20'), password };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ENOENT') return 'pg_dump was not found';
  const said = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim() : '';
  return said.split('\n')[0] || 'pg_dump failed';
}
