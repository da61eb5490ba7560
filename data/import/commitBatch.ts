import { newId } from '../db/id.ts';
import type { AuditEntry } from '../store/audit.ts';
import type { ImportOutcome, ImportReport, ImportRequest } from './importFile.ts';
import type { ProblemLog } from './problem.ts';
import { auditBatch } from './stage/auditBatch.ts';
import type { Merge, QueueRange } from './stage/merge.ts';
import { type Stage, wholeNumber } from './stage/stage.ts';

/** A file whose rows are staged. */
export interface ReadFile {
  readonly kind: 'read';
  readonly rowsRead: number;
  readonly bytesRead: number;
  readonly contentHash: string;
  readonly given: readonly boolean[];
  readonly problems: ProblemLog;
}

/** What was found in a staged file, once it is known what it would change. */
export function reportOf(
  read: ReadFile,
  counts: { rowsNew: number; rowsChanged: number; rowsSame: number },
  ranges: readonly QueueRange[],
): ImportReport {
  return {
    rowsRead: read.rowsRead,
    rowsRejected: read.problems.errorRows,
    ...counts,
    problems: read.problems.problems(),
    ranges,
  };
}

/** Writes the staged rows as one batch, with its entry in the audit trail: all of it or nothing. */
export async function commitBatch(
  stage: Stage,
  merge: Merge,
  read: ReadFile,
  request: ImportRequest,
): Promise<ImportOutcome> {
  const ranges = await merge.ranges();
  await stage.begin();
  try {
    const batchNumber = await nextBatchNumber(stage);
    const batchId = newId();
    // The batch row comes first because what it replaces refers to it; its counts follow.
    await insertBatch(stage, { batchId, batchNumber, ranges, read, request });
    const counts = await merge.apply(batchNumber);
    const report = reportOf(read, counts, ranges);
    if (counts.rowsNew + counts.rowsChanged === 0) {
      await stage.rollback();
      return { kind: 'unchanged', report };
    }
    await stage.run(
      'update import_batch set rows_new = ?, rows_changed = ?, rows_same = ?, report = ? where number = ?',
      [counts.rowsNew, counts.rowsChanged, counts.rowsSame, JSON.stringify(report.problems), batchNumber],
    );
    await auditBatch(stage, auditEntryOf(batchId, counts, read, request));
    await stage.commit();
    return { kind: 'committed', batchId, report };
  } catch (error) {
    await stage.rollback();
    throw error;
  }
}

/** Who let which file in, and what it changed: in the transaction that changed it. */
function auditEntryOf(
  batchId: string,
  counts: { readonly rowsNew: number; readonly rowsChanged: number; readonly rowsSame: number },
  read: ReadFile,
  request: ImportRequest,
): AuditEntry {
  return {
    at: request.at,
    actorKind: request.userId === null ? 'system' : 'user',
    actorId: request.userId,
    action: 'import.committed',
    outcome: 'done',
    subjectKind: 'import',
    subjectId: batchId,
    siteId: request.siteId,
    requestId: request.requestId ?? null,
    detail: { fileName: request.fileName, contentHash: read.contentHash, ...counts },
  };
}

async function nextBatchNumber(stage: Stage): Promise<number> {
  await stage.run(
    `insert into counter (name, value) values ('importBatch', 1) on conflict (name) do update set value = counter.value + 1`,
  );
  const [row] = await stage.query(`select value from counter where name = 'importBatch'`);
  return wholeNumber(row?.value);
}

async function insertBatch(
  stage: Stage,
  batch: {
    readonly batchId: string;
    readonly batchNumber: number;
    readonly ranges: readonly QueueRange[];
    readonly read: ReadFile;
    readonly request: ImportRequest;
  },
): Promise<void> {
  const { request, read } = batch;
  await stage.run(
    `insert into import_batch (id, number, site_id, source, file_name, format, content_hash, mapping, report, ranges_json,
      rows_new, rows_changed, rows_same, rows_rejected, status, created_by, created_at, undone_by, undone_at)
     values (?, ?, ?, 'file', ?, ?, ?, ?, '[]', ?, 0, 0, 0, ?, 'committed', ?, ?, null, null)`,
    [
      batch.batchId,
      batch.batchNumber,
      request.siteId,
      request.fileName,
      request.mapping.preset,
      read.contentHash,
      JSON.stringify(request.mapping),
      JSON.stringify(batch.ranges),
      read.problems.errorRows,
      request.userId,
      request.at,
    ],
  );
}
