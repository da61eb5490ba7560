import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { Db } from '../../data/db/connect.ts';
import { newId } from '../../data/db/id.ts';
import { deleteSetting, readSetting, writeSetting } from '../../data/store/settings.ts';
import { importMappingSchema, importReportSchema } from '../contract/import.ts';
import type { Environment } from './context.ts';
import { freeBytes, LEAST_FREE_BYTES } from './readiness.ts';
import { Refusal } from './refusal.ts';
import { asJson } from './storedQueue.ts';

/** Files that wait to be imported: bytes in the data folder under a name of ours, what is known of them as a setting. */

const SCOPE = 'uploads';
/** An upload that nobody committed is thrown away after a day. */
const KEEP_SECONDS = 86_400;

const uploadSchema = z.object({
  id: z.string(),
  siteId: z.string(),
  fileName: z.string(),
  bytes: z.number(),
  createdBy: z.string(),
  createdAt: z.number(),
  mapping: importMappingSchema.nullable(),
  report: importReportSchema.nullable(),
});
export type Upload = z.output<typeof uploadSchema>;

export function uploadPath(environment: Pick<Environment, 'dataDir'>, id: string): string {
  return join(environment.dataDir, 'uploads', id);
}

/** Writes a body to disk as it comes, up to a limit. @throws Refusal `tooLarge`, `diskFull`. */
export async function receiveUpload(
  environment: Environment,
  body: Readable,
  maxBytes: number,
): Promise<{ readonly id: string; readonly bytes: number }> {
  const folder = join(environment.dataDir, 'uploads');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await freeBytes(environment.dataDir)) < LEAST_FREE_BYTES) throw new Refusal('diskFull');
  const id = newId();
  let bytes = 0;
  const limited = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) done(new Refusal('tooLarge'));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(body, limited, createWriteStream(join(folder, id), { mode: 0o600 }));
  } catch (error) {
    await rm(join(folder, id), { force: true });
    throw error;
  }
  if (bytes === 0) {
    await rm(join(folder, id), { force: true });
    throw new Refusal('invalid', 'the file is empty');
  }
  return { id, bytes };
}

/** The first bytes of an upload, and whether that is all of it. */
export async function readHead(environment: Environment, id: string, length: number) {
  const path = uploadPath(environment, id);
  const { size } = await stat(path);
  const head = Buffer.alloc(Math.min(size, length));
  const file = await open(path, 'r');
  try {
    await file.read(head, 0, head.length, 0);
  } finally {
    await file.close();
  }
  return { head, isWhole: size <= length };
}

export function readBytes(environment: Environment, id: string): Readable {
  return createReadStream(uploadPath(environment, id), { highWaterMark: 262_144 });
}

export async function saveUpload(db: Db, upload: Upload, at: number): Promise<void> {
  await writeSetting(db, { scope: SCOPE, name: upload.id, value: asJson(upload), at });
}

export async function findUpload(db: Db, id: string): Promise<Upload | undefined> {
  const upload = uploadSchema.safeParse(await readSetting(db, SCOPE, id));
  return upload.success ? upload.data : undefined;
}

/** Every upload that waits. */
export async function listUploads(db: Db): Promise<readonly Upload[]> {
  const rows = await db.selectFrom('setting').select('name').where('scope', '=', SCOPE).execute();
  const uploads = await Promise.all(rows.map(row => findUpload(db, row.name)));
  return uploads.filter(upload => upload !== undefined);
}

/** Forgets an upload and its bytes. */
export async function dropUpload(environment: Environment, db: Db, id: string): Promise<void> {
  await deleteSetting(db, SCOPE, id);
  await rm(uploadPath(environment, id), { force: true });
}

/** Throws away uploads that nobody committed in time. */
export async function purgeUploads(environment: Environment): Promise<number> {
  const { store, now } = environment;
  const old = (await listUploads(store.db)).filter(upload => upload.createdAt < now() - KEEP_SECONDS);
  for (const upload of old) await dropUpload(environment, store.db, upload.id);
  return old.length;
}
