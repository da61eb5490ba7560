import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { quietPort } from './quietPort.ts';

/** A PostgreSQL server made for one drill. */
export interface Cluster {
  readonly url: string;
  /** Ends it as a crash would and starts it again; resolves when it takes connections. */
  readonly restart: () => Promise<void>;
  /** Stops it and removes its files. */
  readonly remove: () => Promise<void>;
}

/** The folder of `initdb` and `pg_ctl`: PG_BIN, or the newest version in Debian's place. Undefined when there is none. */
export function postgresPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [process.env.PG_BIN ?? '', ...versions.map(version => join(debian, version, 'bin'))];
  return folders.find(folder => folder !== '' && existsSync(join(folder, 'pg_ctl')));
}

/** Makes and starts a server of its own, durable as one in production: nothing is switched off for speed. */
export async function startCluster(): Promise<Cluster> {
  const programs = postgresPrograms();
  if (programs === undefined) throw new Error('no PostgreSQL programs found; name their folder in PG_BIN');
  const folder = mkdtempSync(join(tmpdir(), 'coverline-postgres-'));
  const data = join(folder, 'data');
  const user = ordinaryUser();
  chmodSync(folder, 0o755);
  for (const path of [data, join(folder, 'socket')]) {
    mkdirSync(path);
    if (user) chownSync(path, user.uid, user.gid);
  }
  const port = await quietPort();
  const run = async (program: string, args: readonly string[]) => {
    const file = join(programs, program);
    const options = { cwd: folder, ...user };
    await promisify(execFile)(file, [...args], options);
  };
  await run('initdb', ['-D', data, '-U', 'coverline', '--auth=trust', '--data-checksums']);
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=${join(folder, 'socket')}`,
  ];
  const start = ['-D', data, '-w', '-l', join(data, 'server.log'), '-o', `-c ${settings.join(' -c ')}`];
  await run('pg_ctl', [...start, 'start']);
  await run('createdb', ['-h', '127.0.0.1', '-p', String(port), '-U', 'coverline', 'coverline']);
  let restarted = Promise.resolve();
  return {
    url: `postgres://coverline@127.0.0.1:${port}/coverline`,
    restart: () => {
      restarted = run('pg_ctl', [...start, '-m', 'immediate', 'restart']);
      return restarted;
    },
    remove: async () => {
      await Promise.allSettled([restarted]);
      await run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root: then the user that its package made is taken. */
function ordinaryUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (kind: string) => Number(spawnSync('id', [kind, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}
