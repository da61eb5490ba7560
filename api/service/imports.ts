import type { Readable } from 'node:stream';
import { z } from 'zod';
import { type Detection, detectRows, detectText } from '../../data/import/detect.ts';
import { FIELDS } from '../../data/import/field.ts';
import { mappingFaults } from '../../data/import/mapping.ts';
import { detectFileKind } from '../../data/import/text/encoding.ts';
import { xlsxRecords } from '../../data/import/xlsx.ts';
import {
  findImportBatch,
  type ImportBatch,
  listImportBatches,
  undoImport,
} from '../../data/store/importBatches.ts';
import { findSite } from '../../data/store/sites.ts';
import {
  type Import,
  type ImportMapping,
  importMappingSchema,
  importProblemSchema,
} from '../contract/import.ts';
import { assertReaches, type Context, mutate, reach } from './context.ts';
import { type Page, type PageQuery, pageFrom, pageStart } from './page.ts';
import { assertRoomFor } from './readiness.ts';
import { found, Refusal } from './refusal.ts';
import { startJob } from './startJob.ts';
import {
  dropBytes,
  findUpload,
  finishUpload,
  forgetUpload,
  listUploads,
  readBytes,
  readHead,
  receiveUpload,
  type Upload,
} from './uploads.ts';
import { userNames } from './userNames.ts';

/** Over a thousand rows of any usual report; more would only keep other callers waiting. */
const HEAD_BYTES = 262_144;

/** Takes a file in; nothing of it enters the history. */
export async function takeUpload(
  context: Context,
  input: { readonly fileName: string; readonly siteId: string },
  body: Readable,
  maxBytes: number,
): Promise<Import> {
  assertReaches(context, 'history.manage', input.siteId);
  const { environment } = context;
  found(await findSite(environment.store.db, 'all', input.siteId));
  const head = { ...input, createdBy: context.principal.name, createdAt: environment.now() };
  const received = await receiveUpload(environment, head, body, maxBytes);
  const upload: Upload = { ...head, ...received, mapping: null, report: null };
  return mutate(context, 'import.upload', async db => {
    await finishUpload(db, received);
    return {
      value: presentUpload(upload),
      subjectKind: 'import',
      subjectId: upload.id,
      siteId: input.siteId,
      detail: { bytes: upload.bytes },
    };
  });
}

/** A page of past imports, newest first; the first page has the uploads that wait as well. */
export async function readImports(context: Context, query: PageQuery): Promise<Page<Import>> {
  const { db } = context.environment.store;
  const scope = reach(context, 'history.read');
  const limit = query.limit ?? 200;
  const before = pageStart(query);
  const [uploads, batches, nameOf] = await Promise.all([
    before === undefined ? listUploads(db, scope) : [],
    listImportBatches(db, scope, { before, limit: limit + 1 }),
    userNames(db),
  ]);
  const page = pageFrom(batches, limit, batch => batch.number);
  const items = [...uploads.map(presentUpload), ...page.items.map(batch => presentBatch(batch, nameOf))];
  return { ...page, items: items.sort((a, b) => b.createdAt - a.createdAt) };
}

/** An upload that waits, or a past import. */
export async function readImport(context: Context, id: string): Promise<Import> {
  const { db } = context.environment.store;
  const scope = reach(context, 'history.read');
  const upload = await findUpload(db, scope, id);
  if (upload) return presentUpload(upload);
  return presentBatch(found(await findImportBatch(db, scope, id)), await userNames(db));
}

/** The upload of the caller's sites. */
async function ownUpload(context: Context, id: string): Promise<Upload> {
  return found(await findUpload(context.environment.store.db, reach(context, 'history.manage'), id));
}

/** The first rows as read, and a suggested mapping. */
export async function previewImport(context: Context, id: string) {
  const upload = await ownUpload(context, id);
  const detection = await detect(context, upload);
  if (detection.kind === 'unreadable') throw new Refusal('unprocessable', detection.reason);
  const { presetTitle, columns, mapping, dateOrderCertain, preview, queueNames } = detection.detected;
  return {
    presetTitle,
    columns: columns.map(column => ({
      index: column.index,
      name: column.name,
      suggestion: column.suggestion ?? null,
      guarded: column.guarded ?? null,
    })),
    rows: preview,
    mapping,
    dateOrderCertain,
    queueNames,
    fields: FIELDS.map(({ field, label }) => ({ field, label })),
  };
}

async function detect(context: Context, upload: Upload): Promise<Detection> {
  const { head, isWhole } = await readHead(context.environment, upload, HEAD_BYTES);
  const kind = detectFileKind(head);
  if (kind.kind !== 'xlsx') return detectText(head, isWhole);
  return detectRows(await xlsxRecords(readBytes(context.environment, upload.id)));
}

/** Starts a dry run with this mapping. */
export async function checkImport(context: Context, id: string, mapping: ImportMapping) {
  assertUsable(mapping);
  const upload = await ownUpload(context, id);
  return mutate(context, 'import.check', async db => {
    const jobId = await startJob(context, db, {
      kind: 'importCheck',
      siteId: upload.siteId,
      input: { resourceId: id, mapping },
    });
    return { value: { jobId }, subjectKind: 'import', subjectId: id, siteId: upload.siteId };
  });
}

/** Starts writing the rows as one batch. */
export async function importHistory(
  context: Context,
  id: string,
  input: { readonly mapping: ImportMapping; readonly onRejected: 'refuse' | 'leaveOut' },
) {
  assertUsable(input.mapping);
  const upload = await ownUpload(context, id);
  await assertRoomFor(context.environment, upload.bytes);
  return mutate(context, 'import.commit', async db => {
    const jobId = await startJob(context, db, {
      kind: 'importCommit',
      siteId: upload.siteId,
      input: { resourceId: id, ...input },
      dedupeKey: `import:${id}`,
    });
    return {
      value: { jobId },
      subjectKind: 'import',
      subjectId: id,
      siteId: upload.siteId,
      detail: { fileName: upload.fileName, allowedGuarded: input.mapping.allowedGuarded },
    };
  });
}

function assertUsable(mapping: ImportMapping): void {
  const faults = mappingFaults(mapping);
  if (faults.length === 0) return;
  const issues = faults.map(message => ({ path: 'body.mapping', message }));
  throw new Refusal('invalid', faults.join('; '), { issues });
}

/** Takes a batch back; what it had replaced returns. */
export async function undoBatch(context: Context, id: string): Promise<Import> {
  const scope = reach(context, 'history.manage');
  return mutate(context, 'import.undo', async db => {
    const outcome = await undoImport(db, scope, id, {
      userId: context.principal.userId,
      at: context.environment.now(),
    });
    if (outcome.kind === 'missing') throw new Refusal('notFound');
    if (outcome.kind === 'blocked')
      throw new Refusal('wrongState', 'a later import changed some of the same values; undo that one first');
    if (outcome.kind !== 'undone') throw new Refusal('wrongState', 'this import was undone already');
    const batch = found(await findImportBatch(db, scope, id));
    return {
      value: presentBatch(batch, await userNames(db)),
      subjectKind: 'import',
      subjectId: id,
      siteId: batch.siteId,
      detail: { rowsRemoved: outcome.rowsRemoved, rowsRestored: outcome.rowsRestored },
    };
  });
}

/** Throws away an upload. */
export async function discardUpload(context: Context, id: string): Promise<void> {
  const upload = await ownUpload(context, id);
  await mutate(context, 'import.discard', async db => {
    await forgetUpload(db, id);
    return { value: undefined, subjectKind: 'import', subjectId: id, siteId: upload.siteId };
  });
  await dropBytes(context.environment, id);
}

function presentUpload(upload: Upload): Import {
  return {
    id: upload.id,
    siteId: upload.siteId,
    fileName: upload.fileName,
    bytes: upload.bytes,
    status: upload.report === null ? 'uploaded' : 'checked',
    createdAt: upload.createdAt,
    createdBy: upload.createdBy,
    mapping: upload.mapping,
    report: upload.report,
  };
}

function presentBatch(batch: ImportBatch, nameOf: (userId: string | null) => string): Import {
  const mapping = importMappingSchema.safeParse(batch.mapping);
  const problems = z.array(importProblemSchema).safeParse(batch.report);
  return {
    id: batch.id,
    siteId: batch.siteId,
    fileName: batch.fileName ?? batch.source,
    bytes: 0,
    status: batch.status === 'undone' ? 'undone' : 'committed',
    createdAt: batch.createdAt,
    createdBy: nameOf(batch.createdBy),
    mapping: mapping.success ? mapping.data : null,
    report: {
      rowsRead: batch.rowsNew + batch.rowsChanged + batch.rowsSame + batch.rowsRejected,
      rowsNew: batch.rowsNew,
      rowsChanged: batch.rowsChanged,
      rowsSame: batch.rowsSame,
      rowsRejected: batch.rowsRejected,
      problems: problems.success ? problems.data : [],
      ranges: [],
      unreadable: null,
    },
  };
}

/** A CSV file with the columns that are read without any mapping. */
export function importTemplate(): string {
  return [
    'interval_start,queue,offered,handled,abandoned,aht_seconds',
    '2026-05-04 08:00,Appointments,42,40,2,312',
    '2026-05-04 08:15,Appointments,38,37,1,305',
    '',
  ].join('\r\n');
}
