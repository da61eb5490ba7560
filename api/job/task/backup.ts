import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { copyDatabase } from '../../../data/db/copy.ts';
import { Refusal } from '../../service/refusal.ts';
import type { Task } from '../task.ts';

/** Copies the SQLite database while it is in use, checks the copy and keeps it in the data folder. */
export const backupTask: Task = {
  kind: 'backup',
  run: async run => {
    const { store, dataDir } = run.environment;
    if (store.engine !== 'sqlite' || store.path === ':memory:') {
      throw new Refusal(
        'unprocessable',
        'this database is backed up with the tools of PostgreSQL (pg_dump or pg_basebackup)',
      );
    }
    const folder = join(dataDir, 'backups');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const stamp = new Date(run.environment.now() * 1000).toISOString().replace(/[:.]/g, '-');
    const fileName = `coverline-${stamp}-${run.job.id.slice(-6)}.db`;
    run.progress(0.1, 'Copying and checking the database');
    await copyDatabase(store.path, join(folder, fileName));
    const { size } = await stat(join(folder, fileName));
    return async () => ({ resultIds: [], result: { fileName, bytes: size, verified: true } });
  },
};
