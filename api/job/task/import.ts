import { z } from 'zod';
import type { Db, Store } from '../../../data/db/connect.ts';
import type { ImportReport as FileReport, ImportOutcome } from '../../../data/import/importFile.ts';
import { importInThread } from '../../../data/import/importInThread.ts';
import { listImportBatches } from '../../../data/store/importBatches.ts';
import { listQueues } from '../../../data/store/queues.ts';
import { type ImportReport, importMappingSchema } from '../../contract/import.ts';
import { found, Refusal } from '../../service/refusal.ts';
import { asJson } from '../../service/storedQueue.ts';
import { urlOf } from '../../service/storeUrl.ts';
import {
  dropBytes,
  findUpload,
  forgetUpload,
  noteCheck,
  readBytes,
  type Upload,
} from '../../service/uploads.ts';
import type { Task, TaskRun } from '../task.ts';

const inputSchema = z.object({
  resourceId: z.string(),
  mapping: importMappingSchema,
  onRejected: z.enum(['refuse', 'leaveOut']).default('leaveOut'),
  userId: z.string().nullable(),
});
type Input = z.output<typeof inputSchema>;

/** Reads an upload with a mapping and counts what would happen; writes nothing but the report. */
export const importCheckTask: Task = {
  kind: 'importCheck',
  run: async run => {
    const input = inputSchema.parse(run.job.input);
    const upload = await uploadOf(run, input);
    const outcome = await readFile(run, upload, input, true);
    return async db => {
      const report = reportOf(outcome, await queueNumbers(db, upload));
      await noteCheck(db, upload.id, { mapping: input.mapping, report });
      return { resultIds: [upload.id] };
    };
  },
};

/** Imports an upload as one batch and forgets the file. */
export const importCommitTask: Task = {
  kind: 'importCommit',
  run: async run => {
    const input = inputSchema.parse(run.job.input);
    const { store } = run.environment;
    const upload = await findUpload(store.db, 'all', input.resourceId);
    // Gone: an earlier run of this job committed the batch and ended before it could say so.
    if (!upload) return async () => ({ resultIds: [] });
    const outcome = await readFile(run, upload, input, false);
    if (outcome.kind === 'unreadable') {
      throw new Refusal(
        'unprocessable',
        outcome.line === null ? outcome.reason : `line ${outcome.line}: ${outcome.reason}`,
      );
    }
    if (outcome.kind === 'refused') {
      throw new Refusal(
        'unprocessable',
        `${outcome.report.rowsRejected} rows cannot be imported; nothing was written`,
        {
          issues: outcome.report.problems
            .filter(problem => problem.severity === 'error')
            .map(problem => ({
              path: problem.column ?? 'row',
              message: `${problem.rows} rows: expected ${problem.expected}; ${problem.repair}`,
            })),
        },
      );
    }
    const batchId = outcome.kind === 'committed' ? outcome.batchId : await latestBatch(store, upload);
    return async db => {
      const report = reportOf(outcome, await queueNumbers(db, upload));
      await forgetUpload(db, upload.id);
      return {
        resultIds: batchId === undefined ? [] : [batchId],
        result: asJson({ kind: outcome.kind, report }),
        afterwards: () => dropBytes(run.environment, upload.id),
      };
    };
  },
};

async function uploadOf(run: TaskRun, input: Input): Promise<Upload> {
  return found(await findUpload(run.environment.store.db, 'all', input.resourceId));
}

async function readFile(run: TaskRun, upload: Upload, input: Input, dryRun: boolean): Promise<ImportOutcome> {
  const { store, now } = run.environment;
  const queues = await listQueues(store.db, [upload.siteId], upload.siteId);
  return importInThread(
    urlOf(store),
    readBytes(run.environment, upload.id),
    {
      siteId: upload.siteId,
      queues,
      mapping: input.mapping,
      fileName: upload.fileName,
      userId: input.userId,
      requestId: run.job.id,
      at: now(),
      dryRun,
      onRejected: dryRun ? 'leaveOut' : input.onRejected,
    },
    {
      signal: run.signal,
      onProgress: ({ phase, bytesRead, rowsRead }) =>
        run.progress(
          phase === 'reading' ? (0.8 * bytesRead) / upload.bytes : 0.9,
          `${STAGES[phase]} ${rowsRead} rows`,
        ),
    },
  );
}

const STAGES = { reading: 'Reading', checking: 'Checking', writing: 'Writing' } as const;

/** The batch of an import that changed nothing because an earlier run of the same job had committed it. */
async function latestBatch(store: Store, upload: Upload): Promise<string | undefined> {
  const batches = await listImportBatches(store.db, [upload.siteId], { limit: 20 });
  return batches.find(batch => batch.fileName === upload.fileName && batch.createdAt >= upload.createdAt)?.id;
}

async function queueNumbers(db: Db, upload: Upload): Promise<ReadonlyMap<number, string>> {
  return new Map(
    (await listQueues(db, [upload.siteId], upload.siteId)).map(queue => [queue.number, queue.id]),
  );
}

function reportOf(outcome: ImportOutcome, queueIds: ReadonlyMap<number, string>): ImportReport {
  if (outcome.kind === 'unreadable') {
    return { ...EMPTY, unreadable: { line: outcome.line, reason: outcome.reason } };
  }
  const report: FileReport = outcome.report;
  return {
    rowsRead: report.rowsRead,
    rowsNew: report.rowsNew,
    rowsChanged: report.rowsChanged,
    rowsSame: report.rowsSame,
    rowsRejected: report.rowsRejected,
    problems: report.problems.map(problem => ({
      ...problem,
      examples: problem.examples.map(example => ({ ...example })),
    })),
    ranges: report.ranges.flatMap(range => {
      const queueId = queueIds.get(range.queueNumber);
      return queueId === undefined ? [] : [{ queueId, from: range.firstStart, to: range.lastStart }];
    }),
    unreadable: null,
  };
}

const EMPTY: ImportReport = {
  rowsRead: 0,
  rowsNew: 0,
  rowsChanged: 0,
  rowsSame: 0,
  rowsRejected: 0,
  problems: [],
  ranges: [],
  unreadable: null,
};
