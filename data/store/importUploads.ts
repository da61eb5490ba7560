import type { Selectable } from 'kysely';
import { anyJson, decodeOptional, encodeOptional, type JsonValue } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import type { ImportUploadTable } from '../db/table/history.ts';

/** A file that waits to be imported. */
export interface ImportUpload {
  readonly id: string;
  readonly siteId: string;
  readonly fileName: string;
  /** Null while it is still coming in. */
  readonly bytes: number | null;
  readonly mapping: JsonValue | null;
  readonly report: JsonValue | null;
  readonly createdBy: string;
  readonly createdAt: number;
}

/** Notes that a file begins to come in. */
export async function beginUpload(
  db: Db,
  upload: Pick<ImportUpload, 'siteId' | 'fileName' | 'createdBy' | 'createdAt'>,
): Promise<string> {
  const id = newId();
  await db
    .insertInto('importUpload')
    .values({ ...upload, id, bytes: null, mapping: null, report: null })
    .execute();
  return id;
}

/** Notes what has become known of an upload. */
export async function updateUpload(
  db: Db,
  id: string,
  change: Partial<Pick<ImportUpload, 'bytes' | 'mapping' | 'report'>>,
): Promise<void> {
  await db
    .updateTable('importUpload')
    .set({
      ...(change.bytes !== undefined && { bytes: change.bytes }),
      ...(change.mapping !== undefined && { mapping: encodeOptional(anyJson, change.mapping) }),
      ...(change.report !== undefined && { report: encodeOptional(anyJson, change.report) }),
    })
    .where('id', '=', id)
    .execute();
}

/** One upload that came in whole. */
export async function findUpload(db: Db, scope: SiteScope, id: string): Promise<ImportUpload | undefined> {
  const row = await db
    .selectFrom('importUpload')
    .selectAll()
    .where('id', '=', id)
    .where('bytes', 'is not', null)
    .where(inScope(scope))
    .executeTakeFirst();
  return row && toUpload(row);
}

/** Uploads that came in whole, latest first. */
export async function listUploads(db: Db, scope: SiteScope): Promise<readonly ImportUpload[]> {
  const rows = await db
    .selectFrom('importUpload')
    .selectAll()
    .where('bytes', 'is not', null)
    .where(inScope(scope))
    .orderBy('createdAt', 'desc')
    .execute();
  return rows.map(toUpload);
}

/** Every upload begun before `before`, also those that never came in whole. */
export async function listUploadsBefore(db: Db, before: number): Promise<readonly string[]> {
  const rows = await db.selectFrom('importUpload').select('id').where('createdAt', '<', before).execute();
  return rows.map(row => row.id);
}

/** Forgets an upload and its pieces. */
export async function deleteUpload(db: Db, id: string): Promise<void> {
  await db.deleteFrom('importUpload').where('id', '=', id).execute();
}

/** Keeps the next piece of an upload in the database. */
export async function addUploadPiece(
  db: Db,
  uploadId: string,
  ordinal: number,
  content: Uint8Array,
): Promise<void> {
  await db.insertInto('importUploadPiece').values({ uploadId, ordinal, content }).execute();
}

/** A piece of an upload, or undefined after the last. */
export async function readUploadPiece(
  db: Db,
  uploadId: string,
  ordinal: number,
): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('importUploadPiece')
    .select('content')
    .where('uploadId', '=', uploadId)
    .where('ordinal', '=', ordinal)
    .executeTakeFirst();
  return row?.content;
}

function toUpload(row: Selectable<ImportUploadTable>): ImportUpload {
  return {
    ...row,
    mapping: decodeOptional(anyJson, row.mapping),
    report: decodeOptional(anyJson, row.report),
  };
}
