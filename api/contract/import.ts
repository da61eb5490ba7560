import { z } from 'zod';
import {
  countSchema,
  idParams,
  idSchema,
  instantSchema,
  jobStartedSchema,
  pageOf,
  pageQuery,
  timeZoneSchema,
} from './primitive.ts';
import { route } from './route.ts';

/** The import wizard: upload → detect → map → check (dry run) → commit as one batch → undo. */

export const IMPORT_FIELDS = [
  'intervalStart',
  'date',
  'time',
  'intervalEnd',
  'intervalMinutes',
  'queue',
  'offered',
  'handled',
  'abandoned',
  'shortAbandoned',
  'answeredWithin',
  'serviceLevel',
  'talk',
  'hold',
  'wrap',
  'handle',
  'answerWait',
  'abandonWait',
  'arrival',
  'wait',
  'service',
  'outcome',
] as const;
export const importFieldSchema = z.enum(IMPORT_FIELDS);

export const columnMappingSchema = z.object({
  /** Position in the file, 0 = first. Positions, not names: names repeat. */
  index: z.int().min(0).max(255),
  field: importFieldSchema,
  /** Of durations written as plain numbers. */
  unit: z.enum(['seconds', 'milliseconds', 'minutes', 'hours', 'days']).optional(),
  /** Of durations: the sum over the interval’s contacts, or their mean. */
  aggregate: z.enum(['total', 'mean']).optional(),
  /** Of shares: 0.82 or 82. */
  share: z.enum(['fraction', 'percent']).optional(),
});

/** How a file is read: all that detection suggests and a person can change. */
export const importMappingSchema = z.object({
  preset: z.string().max(60),
  rows: z.enum(['intervals', 'calls']),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'xlsx']),
  delimiter: z.enum([',', ';', '\t', '|']),
  /** Lines above the header (titles, notes). */
  skipRows: z.int().min(0).max(100),
  headerRows: z.int().min(0).max(2),
  decimal: z.enum(['.', ',']),
  dateOrder: z.enum(['yearFirst', 'dayFirst', 'monthFirst']),
  serial: z.enum(['text', 'excel', 'epochSeconds', 'epochMilliseconds']),
  /** The zone of times without an offset; `null`: each queue’s own. */
  timeZone: timeZoneSchema.nullable(),
  /** Whether a time marks the start or the end of its interval. */
  stamp: z.enum(['start', 'end']),
  /** Length of the file’s intervals; `null`: each queue’s own. */
  stepSeconds: z.int().min(60).max(3600).nullable(),
  columns: z.array(columnMappingSchema).max(256),
  /** The queue of every row, when no column says it. */
  queueId: idSchema.nullable(),
  /** Queues by the names in the queue column; names and aliases of queues need no entry. `null`: leave the rows out. */
  queueNames: z.record(z.string().max(200), idSchema.nullable()),
  /** Columns that look like patient data and are read all the same, by a person’s explicit choice. */
  allowedGuarded: z.array(z.int().min(0)).max(256),
});
export type ImportMapping = z.output<typeof importMappingSchema>;

export const importColumnSchema = z.object({
  index: z.int().min(0),
  name: z.string(),
  /** `sure` by a preset, `likely` by name and content, `guess` by one of them; `null`: will be ignored. */
  suggestion: columnMappingSchema.extend({ confidence: z.enum(['sure', 'likely', 'guess']) }).nullable(),
  /** Set when the column looks like patient data: it is dropped, and its values are withheld. */
  guarded: z.string().nullable(),
});

/** Rows with the same problem in the same column, and how to mend it. */
export const importProblemSchema = z.object({
  code: z.string(),
  /** `error`: the row cannot be imported; `warning`: it can, but look; `notice`: what was done about it. */
  severity: z.enum(['error', 'warning', 'notice']),
  column: z.string().nullable(),
  expected: z.string(),
  repair: z.string(),
  rows: countSchema,
  examples: z.array(z.object({ line: z.int(), found: z.string() })),
});

export const importReportSchema = z.object({
  rowsRead: countSchema,
  rowsNew: countSchema,
  rowsChanged: countSchema,
  rowsSame: countSchema,
  rowsRejected: countSchema,
  problems: z.array(importProblemSchema),
  ranges: z.array(z.object({ queueId: idSchema, from: instantSchema, to: instantSchema })),
  /** Why the file cannot be read at all; then every count is 0. */
  unreadable: z.object({ line: z.int().nullable(), reason: z.string() }).nullable(),
});
export type ImportReport = z.output<typeof importReportSchema>;

export const importSchema = z.object({
  id: idSchema,
  siteId: idSchema,
  fileName: z.string(),
  bytes: countSchema,
  /** An upload waits for at most a day; only `committed` wrote anything, and then everything. */
  status: z.enum(['uploaded', 'checked', 'committed', 'undone']),
  createdAt: instantSchema,
  createdBy: z.string(),
  mapping: importMappingSchema.nullable(),
  report: importReportSchema.nullable(),
});
export type Import = z.output<typeof importSchema>;

export const importPreviewSchema = z.object({
  presetTitle: z.string(),
  columns: z.array(importColumnSchema),
  /** Cells of guarded columns are `null`. */
  rows: z.array(z.array(z.string().nullable())),
  /** What was understood, to be changed where it is wrong. */
  mapping: importMappingSchema,
  /** False when dates such as 03/04/2026 could be read both ways. */
  dateOrderCertain: z.boolean(),
  /** Names found in the queue column of the sample. */
  queueNames: z.array(z.string()),
  /** The fields that a column can be mapped to. */
  fields: z.array(z.object({ field: importFieldSchema, label: z.string() })),
});

export const IMPORT_MEDIA_TYPES = [
  'application/octet-stream',
  'text/csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
] as const;

export const importRoutes = {
  uploadImport: route({
    method: 'POST',
    path: '/api/imports',
    summary: 'Upload a CSV or XLSX file; nothing enters the history before the commit',
    permission: 'history.manage',
    query: z.strictObject({ fileName: z.string().min(1).max(255), siteId: idSchema }),
    upload: { mediaTypes: IMPORT_MEDIA_TYPES, maxBytes: 536_870_912 },
    status: 201,
    limit: 'heavy',
    response: importSchema,
  }),
  listImports: route({
    method: 'GET',
    path: '/api/imports',
    summary: 'Uploads that wait, then past imports page by page, newest first',
    permission: 'history.read',
    query: z.strictObject(pageQuery),
    response: pageOf(importSchema),
  }),
  getImport: route({
    method: 'GET',
    path: '/api/imports/:id',
    summary: 'One import with the result of its check',
    permission: 'history.read',
    params: idParams,
    response: importSchema,
  }),
  previewImport: route({
    method: 'GET',
    path: '/api/imports/:id/preview',
    summary: 'The first rows as read, and a suggested mapping',
    permission: 'history.manage',
    params: idParams,
    response: importPreviewSchema,
  }),
  checkImport: route({
    method: 'POST',
    path: '/api/imports/:id/check',
    summary: 'Dry run with this mapping: counts and problems, nothing written; the report is in the import',
    permission: 'history.manage',
    params: idParams,
    body: importMappingSchema.strict(),
    status: 202,
    response: jobStartedSchema,
  }),
  commitImport: route({
    method: 'POST',
    path: '/api/imports/:id/commit',
    summary: 'Write the rows as one batch: all of them or none. The job’s resultIds name the batch',
    permission: 'history.manage',
    params: idParams,
    body: z.strictObject({
      mapping: importMappingSchema.strict(),
      /** Rows with errors: refuse the whole file, or leave them out. */
      onRejected: z.enum(['refuse', 'leaveOut']),
    }),
    status: 202,
    response: jobStartedSchema,
  }),
  undoImport: route({
    method: 'POST',
    path: '/api/imports/:id/undo',
    summary: 'Take a batch back; what it had replaced returns',
    permission: 'history.manage',
    params: idParams,
    response: importSchema,
  }),
  discardImport: route({
    method: 'DELETE',
    path: '/api/imports/:id',
    summary: 'Throw away an upload that was not committed',
    permission: 'history.manage',
    params: idParams,
  }),
  downloadImportTemplate: route({
    method: 'GET',
    path: '/api/import-template',
    summary: 'A CSV file with the expected columns and example rows',
    permission: 'history.read',
    download: ['text/csv'],
  }),
} as const;
