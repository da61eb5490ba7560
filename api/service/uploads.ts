import type { Readable } from 'node:stream';
import type { Db } from '../../data/db/connect.ts';
import type { SiteScope } from '../../data/db/scope.ts';
import * as uploads from '../../data/store/importUploads.ts';
import {
  type ImportMapping,
  type ImportReport,
  importMappingSchema,
  importReportSchema,
} from '../contract/import.ts';
import type { Environment } from './context.ts';
import { assertRoomFor } from './readiness.ts';
import { Refusal } from './refusal.ts';
import { asJson } from './storedQueue.ts';
import { uploadBytes } from './uploadBytes.ts';

/** Files that wait to be imported. */

/** An upload that nobody committed is thrown away after a day. */
const KEEP_SECONDS = 86_400;

/** A file that came in whole. */
export interface Upload extends Omit<uploads.ImportUpload, 'bytes' | 'mapping' | 'report'> {
  readonly bytes: number;
  readonly mapping: ImportMapping | null;
  readonly report: ImportReport | null;
}

/** Takes a body in as it comes, up to a limit; `finishUpload` makes an upload of it. @throws Refusal `tooLarge`, `invalid`, `diskFull`. */
export async function receiveUpload(
  environment: Environment,
  upload: Pick<Upload, 'siteId' | 'fileName' | 'createdBy' | 'createdAt'>,
  body: Readable,
  maxBytes: number,
): Promise<{ readonly id: string; readonly bytes: number }> {
  const { db } = environment.store;
  await assertRoomFor(environment, 0);
  const id = await uploads.beginUpload(db, upload);
  let bytes = 0;
  const limited = async function* () {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new Refusal('tooLarge');
      yield chunk;
    }
  };
  try {
    await uploadBytes(environment).write(id, limited());
    if (bytes === 0) throw new Refusal('invalid', 'the file is empty');
    return { id, bytes };
  } catch (error) {
    await forgetUpload(db, id);
    await dropBytes(environment, id);
    throw error;
  }
}

/** Makes an upload of a body that came in whole. */
export async function finishUpload(db: Db, { id, bytes }: { readonly id: string; readonly bytes: number }) {
  await uploads.updateUpload(db, id, { bytes });
}

/** The first bytes of an upload, and whether that is all of it. */
export async function readHead(environment: Environment, { id, bytes }: Upload, length: number) {
  const chunks: Uint8Array[] = [];
  let read = 0;
  for await (const chunk of readBytes(environment, id)) {
    chunks.push(chunk);
    read += chunk.length;
    if (read >= length) break;
  }
  return { head: Buffer.concat(chunks).subarray(0, length), isWhole: bytes <= length };
}

export function readBytes(environment: Environment, id: string): AsyncIterable<Uint8Array> {
  return uploadBytes(environment).read(id);
}

/** Notes what a dry run with a mapping showed. */
export async function noteCheck(
  db: Db,
  id: string,
  { mapping, report }: { readonly mapping: ImportMapping; readonly report: ImportReport },
): Promise<void> {
  await uploads.updateUpload(db, id, { mapping: asJson(mapping), report: asJson(report) });
}

export async function findUpload(db: Db, scope: SiteScope, id: string): Promise<Upload | undefined> {
  const stored = await uploads.findUpload(db, scope, id);
  return stored && toUpload(stored);
}

/** Every upload that waits. */
export async function listUploads(db: Db, scope: SiteScope): Promise<readonly Upload[]> {
  return (await uploads.listUploads(db, scope)).map(toUpload);
}

function toUpload(stored: uploads.ImportUpload): Upload {
  const mapping = importMappingSchema.safeParse(stored.mapping);
  const report = importReportSchema.safeParse(stored.report);
  return {
    ...stored,
    bytes: stored.bytes ?? 0,
    mapping: mapping.success ? mapping.data : null,
    report: report.success ? report.data : null,
  };
}

/** Forgets an upload; `dropBytes` follows once that is committed. */
export async function forgetUpload(db: Db, id: string): Promise<void> {
  await uploads.deleteUpload(db, id);
}

/** Throws away the bytes of an upload that is forgotten. */
export function dropBytes(environment: Environment, id: string): Promise<void> {
  return uploadBytes(environment).drop(id);
}

/** Throws away uploads that nobody committed in time, and bytes that lost their upload. */
export async function purgeUploads(environment: Environment): Promise<void> {
  const { store, now } = environment;
  const before = now() - KEEP_SECONDS;
  for (const id of await uploads.listUploadsBefore(store.db, before)) await forgetUpload(store.db, id);
  await uploadBytes(environment).dropOlder(before);
}
