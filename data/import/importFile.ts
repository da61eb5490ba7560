import { createHash } from 'node:crypto';
import type { Store } from '../db/connect.ts';
import { CallReader } from './callReader.ts';
import { commitBatch, type ReadFile, reportOf } from './commitBatch.ts';
import { IntervalReader } from './intervalReader.ts';
import { type ImportMapping, mappingFaults } from './mapping.ts';
import { type Problem, ProblemLog } from './problem.ts';
import { type ImportQueue, QueueDirectory } from './queueDirectory.ts';
import { Merge, type QueueRange } from './stage/merge.ts';
import { openPostgresStage } from './stage/postgresStage.ts';
import { openSqliteStage } from './stage/sqliteStage.ts';
import type { Stage } from './stage/stage.ts';
import { tableRows } from './tableRows.ts';

/** How far an import is. */
export interface ImportProgress {
  readonly phase: 'reading' | 'checking' | 'writing';
  readonly bytesRead: number;
  readonly rowsRead: number;
}

/** What to import, and how. */
export interface ImportRequest {
  readonly siteId: string;
  /** Every queue that rows may belong to. */
  readonly queues: readonly ImportQueue[];
  readonly mapping: ImportMapping;
  readonly fileName: string | null;
  readonly userId: string | null;
  /** What asked for it, for the audit trail: the job's id. */
  readonly requestId?: string;
  /** Epoch seconds. */
  readonly at: number;
  /** Check and count only; nothing is written. */
  readonly dryRun: boolean;
  /** Rows with errors: refuse the whole file, or leave them out. */
  readonly onRejected: 'refuse' | 'leaveOut';
}

/** What was found in the file. */
export interface ImportReport {
  readonly rowsRead: number;
  readonly rowsRejected: number;
  readonly rowsNew: number;
  readonly rowsChanged: number;
  readonly rowsSame: number;
  readonly problems: readonly Problem[];
  readonly ranges: readonly QueueRange[];
}

/**
 * How an import ended. Only `committed` wrote anything, and then everything: `refused` = errors in rows,
 * `unreadable` = not a table at all, or a mapping that cannot work.
 */
export type ImportOutcome =
  | { readonly kind: 'committed'; readonly batchId: string; readonly report: ImportReport }
  | { readonly kind: 'checked' | 'unchanged' | 'refused'; readonly report: ImportReport }
  | { readonly kind: 'unreadable'; readonly line: number | null; readonly reason: string };

/** What may be watched and stopped. */
export interface ImportControl {
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Imports a file of interval or call rows as one batch: all of it or nothing, also when the process dies midway.
 * Importing the same rows again changes nothing. Reading blocks the calling thread between pieces of the file:
 * a server calls `importInThread`.
 */
export async function importFile(
  store: Store,
  source: AsyncIterable<Uint8Array>,
  request: ImportRequest,
  control: ImportControl = {},
): Promise<ImportOutcome> {
  const faults = mappingFaults(request.mapping);
  if (faults.length > 0) return { kind: 'unreadable', line: null, reason: faults.join('; ') };
  const stage = await openStage(store, request.siteId);
  try {
    const read = await readInto(stage, source, request, control);
    if (read.kind === 'unreadable') return read;
    return await conclude(stage, read, request, control);
  } finally {
    await stage.close();
  }
}

async function openStage(store: Store, siteId: string): Promise<Stage> {
  if (store.engine === 'postgres') return openPostgresStage(store.url, siteId);
  if (store.path === ':memory:')
    throw new RangeError('importFile requires a database in a file or on a server');
  return openSqliteStage(store.path);
}

async function readInto(
  stage: Stage,
  source: AsyncIterable<Uint8Array>,
  request: ImportRequest,
  control: ImportControl,
): Promise<ReadFile | Extract<ImportOutcome, { kind: 'unreadable' }>> {
  const { mapping } = request;
  const problems = new ProblemLog();
  const hash = createHash('sha256');
  let bytesRead = 0;
  let rowsRead = 0;
  let reader: IntervalReader | CallReader | undefined;
  const counted = watched(
    source,
    chunk => {
      hash.update(chunk);
      bytesRead += chunk.length;
    },
    control.signal,
  );
  for await (const step of tableRows(counted, mapping)) {
    if (step.kind === 'unreadable') return step;
    if (!reader) {
      reader = readerFor(request, step.headers, problems, stage);
      await stage.open(reader.given);
    }
    for (const { fields, line } of step.rows) {
      rowsRead++;
      reader.read(fields, line);
    }
    await stage.drain();
    control.onProgress?.({ phase: 'reading', bytesRead, rowsRead });
  }
  if (!reader || rowsRead === 0)
    return { kind: 'unreadable', line: null, reason: 'the file has no rows below its header' };
  if (reader instanceof CallReader) reader.finish(stage.add);
  await stage.seal();
  return {
    kind: 'read',
    rowsRead,
    bytesRead,
    contentHash: hash.digest('hex'),
    given: reader.given,
    problems,
  };
}

async function* watched(
  source: AsyncIterable<Uint8Array>,
  onChunk: (chunk: Uint8Array) => void,
  signal: AbortSignal | undefined,
) {
  for await (const chunk of source) {
    signal?.throwIfAborted();
    onChunk(chunk);
    yield chunk;
  }
}

function readerFor(request: ImportRequest, headers: readonly string[], problems: ProblemLog, stage: Stage) {
  const context = {
    mapping: request.mapping,
    headers,
    problems,
    queues: new QueueDirectory(request.queues, request.mapping),
  };
  return request.mapping.rows === 'calls' ? new CallReader(context) : new IntervalReader(context, stage.add);
}

async function conclude(
  stage: Stage,
  read: ReadFile,
  request: ImportRequest,
  control: ImportControl,
): Promise<ImportOutcome> {
  const { bytesRead, rowsRead, problems } = read;
  control.onProgress?.({ phase: 'checking', bytesRead, rowsRead });
  const merge = new Merge(stage, read.given);
  await merge.fold(
    request.queues,
    request.mapping.rows === 'calls' ? null : request.mapping.stepSeconds,
    problems,
  );
  const refused = problems.errorRows > 0 && request.onRejected === 'refuse';
  if (request.dryRun || refused) {
    const report = reportOf(read, await merge.counts(), await merge.ranges());
    return { kind: refused ? 'refused' : 'checked', report };
  }
  control.signal?.throwIfAborted();
  control.onProgress?.({ phase: 'writing', bytesRead, rowsRead });
  return commitBatch(stage, merge, read, request);
}
