import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { listSites } from '../../data/store/sites.ts';
import { SYSTEM } from '../auth/principal.ts';
import { type ImportMapping, importRoutes } from '../contract/import.ts';
import type { Job } from '../contract/job.ts';
import { type Context, type Environment, recordEvent } from './context.ts';
import { discardUpload, importHistory, previewImport, takeUpload } from './imports.ts';
import { readJob } from './jobs.ts';
import { Refusal } from './refusal.ts';

/** A folder into which other programs drop files of actuals. */
export interface WatchedFolder {
  readonly path: string;
  /** Name of the site whose queues the files are about; may be left out while there is one site only. */
  readonly siteName?: string | undefined;
  /** How every file is read: a preset that it must be recognised as, or a whole mapping. Absent: what is recognised. */
  readonly reading?: { readonly preset: string } | { readonly mapping: ImportMapping } | undefined;
  /** Seconds between two looks; a file whose size and time stayed the same from one to the next is complete. */
  readonly lookEverySeconds?: number | undefined;
}

const LOOK_EVERY_SECONDS = 2;
const JOB_LOOK_MILLISECONDS = 200;

/**
 * Imports what is dropped into a folder, one file after another, each all or nothing. A file then lies in `done/`, or in
 * `refused/` with the reason beside it. What is not finished when the program stops is begun again by the next start;
 * importing a file twice changes nothing. One worker watches one folder.
 *
 * @returns how to stop: it waits for the file in hand.
 */
export function watchFolder(environment: Environment, folder: WatchedFolder): () => Promise<void> {
  const stop = new AbortController();
  const context: Context = {
    environment,
    principal: SYSTEM,
    origin: { id: 'watched-folder', address: '', userAgent: '' },
  };
  const running = watch(context, folder, stop.signal);
  return async () => {
    stop.abort();
    await running;
  };
}

async function watch(context: Context, folder: WatchedFolder, signal: AbortSignal): Promise<void> {
  const { log } = context.environment;
  let before = new Map<string, string>();
  while (!signal.aborted) {
    try {
      const now = await look(folder.path);
      for (const [name, stamp] of now) {
        if (signal.aborted) break;
        if (before.get(name) === stamp) await take(context, folder, name, signal);
      }
      before = now;
    } catch (error) {
      log.warn({ error, folder: folder.path }, 'the watched folder cannot be used; it is looked at again');
    }
    await sleep(1000 * (folder.lookEverySeconds ?? LOOK_EVERY_SECONDS), undefined, { signal }).catch(
      () => {},
    );
  }
}

/** Files that lie in the folder, each with its size and time. Hidden and half-written ones are left alone. */
async function look(path: string): Promise<Map<string, string>> {
  await mkdir(path, { recursive: true });
  const files = new Map<string, string>();
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (!entry.isFile() || entry.name.startsWith('.') || /\.(part|tmp|crdownload)$/i.test(entry.name))
      continue;
    const { size, mtimeMs } = await stat(join(path, entry.name));
    files.set(entry.name, `${size} ${mtimeMs}`);
  }
  return files;
}

async function take(
  context: Context,
  folder: WatchedFolder,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const outcome = await importFile(context, folder, name, signal);
  if (outcome.kind === 'stopped') return;
  const target = join(folder.path, outcome.kind === 'done' ? 'done' : 'refused');
  await mkdir(target, { recursive: true });
  const stamped = join(target, `${stampOf(context.environment.now())} ${name}`);
  if (outcome.kind === 'refused') {
    await writeFile(`${stamped}.reason.txt`, `${outcome.reason}\n`);
    await recordEvent(context, 'folder.refuse', 'failed', {
      subjectKind: 'import',
      detail: { fileName: name, reason: outcome.reason },
    });
  }
  await rename(join(folder.path, name), stamped);
}

function stampOf(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString().slice(0, 19).replaceAll(':', '-');
}

type Outcome = { readonly kind: 'done' | 'stopped' } | { readonly kind: 'refused'; readonly reason: string };

async function importFile(
  context: Context,
  folder: WatchedFolder,
  name: string,
  signal: AbortSignal,
): Promise<Outcome> {
  let uploadId: string | undefined;
  try {
    const siteId = await siteOf(context, folder.siteName);
    const { maxBytes } = importRoutes.uploadImport.upload;
    const body = createReadStream(join(folder.path, name));
    uploadId = (await takeUpload(context, { fileName: name, siteId }, body, maxBytes)).id;
    const mapping = await mappingFor(context, folder, uploadId);
    const { jobId } = await importHistory(context, uploadId, { mapping, onRejected: 'refuse' });
    const job = await ended(context, jobId, signal);
    if (!job) return { kind: 'stopped' };
    if (job.status === 'succeeded') return { kind: 'done' };
    throw new Refusal('unprocessable', reasonOf(job));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (uploadId !== undefined) await discardUpload(context, uploadId).catch(() => {});
    return { kind: 'refused', reason: error.message };
  }
}

async function siteOf(context: Context, name: string | undefined): Promise<string> {
  const sites = (await listSites(context.environment.store.db, 'all')).filter(
    site => site.archivedAt === null,
  );
  if (name === undefined) {
    const [only] = sites;
    if (sites.length === 1 && only) return only.id;
    throw new Refusal(
      'unprocessable',
      `there are ${sites.length} sites; say with --watch-site whose files these are`,
    );
  }
  const site = sites.find(one => one.name === name);
  if (site) return site.id;
  const known = sites.map(one => `“${one.name}”`).join(', ');
  throw new Refusal('unprocessable', `there is no site “${name}”, only ${known === '' ? 'none' : known}`);
}

/** The mapping to read a file with. Nobody is there to look, so that a guess is refused. */
async function mappingFor(context: Context, folder: WatchedFolder, uploadId: string): Promise<ImportMapping> {
  const { reading } = folder;
  if (reading && 'mapping' in reading) return reading.mapping;
  const found = await previewImport(context, uploadId);
  if (reading && found.mapping.preset !== reading.preset) {
    throw new Refusal(
      'unprocessable',
      `the file was to be a ${reading.preset} file, but looks like: ${found.presetTitle}`,
    );
  }
  const guessed = found.columns.filter(({ suggestion }) => suggestion?.confidence === 'guess');
  if (!reading && guessed.length > 0) {
    const names = guessed.map(({ name, suggestion }) => `“${name}” (${suggestion?.field}?)`).join(', ');
    throw new Refusal(
      'unprocessable',
      `what is meant by ${names}? Import one such file by hand, or name a mapping`,
    );
  }
  if (!found.dateOrderCertain) {
    throw new Refusal(
      'unprocessable',
      'the dates can be read day first or month first; write them as 2026-05-04, or name a mapping',
    );
  }
  return found.mapping;
}

/** The job when it has ended; undefined when the program stops before. */
async function ended(context: Context, jobId: string, signal: AbortSignal): Promise<Job | undefined> {
  while (!signal.aborted) {
    const job = await readJob(context, jobId);
    if (job.finishedAt !== null) return job;
    await sleep(JOB_LOOK_MILLISECONDS);
  }
  return undefined;
}

function reasonOf({ problem }: Job): string {
  if (problem === null) return 'the import was cancelled';
  const issues = problem.issues?.map(({ path, message }) => `${path}: ${message}`) ?? [];
  return [problem.detail ?? problem.title, ...issues].join('\n');
}
