import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Context, mutate } from './context.ts';
import { startJob } from './startJob.ts';

const NAME = /^coverline-[\w-]+\.db$/;

/** Backups in the data folder, newest first. A copy gets its name only after it passed its check. */
export async function readBackups(context: Context) {
  const folder = join(context.environment.dataDir, 'backups');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = (await readdir(folder)).filter(name => NAME.test(name));
  const backups = await Promise.all(
    names.map(async fileName => {
      const { size, mtimeMs } = await stat(join(folder, fileName));
      return { fileName, bytes: size, createdAt: Math.floor(mtimeMs / 1000), verified: true };
    }),
  );
  return backups.sort((a, b) => b.createdAt - a.createdAt);
}

/** Starts a job that makes and checks a backup. */
export async function startBackup(context: Context): Promise<{ readonly jobId: string }> {
  return mutate(context, 'backup.start', async db => {
    const jobId = await startJob(context, db, {
      kind: 'backup',
      siteId: null,
      input: {},
      dedupeKey: 'backup',
    });
    return { value: { jobId }, subjectKind: 'job', subjectId: jobId };
  });
}
