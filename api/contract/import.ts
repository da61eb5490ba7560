import { z } from 'zod';
import {
  countSchema,
  idParams,
  idSchema,
  instantSchema,
  jobStartedSchema,
  listOf,
  nameSchema,
  stepSecondsSchema,
  timeZoneSchema,
} from './primitive.ts';
import { route } from './route.ts';

/** The import wizard: upload → detect → map → check (dry run) → commit as one batch → undo. */

export const IMPORT_FIELDS = [
  'intervalStart',
  'date',
  'time',
  'intervalMinutes',
  'queueId',
  'queueName',
  'channel',
  'offered',
  'handled',
  'abandoned',
  'shortAbandoned',
  'answeredWithinTarget',
  'abandonedWithinTarget',
  'serviceLevel',
  'asaSeconds',
  'answerWaitSeconds',
  'abandonWaitSeconds',
  'ahtSeconds',
  'handleSeconds',
  'talkSeconds',
  'holdSeconds',
  'wrapUpSeconds',
  'arrival',
  'waitSeconds',
  'outcome',
] as const;
export const importFieldSchema = z.enum(IMPORT_FIELDS);

export const fileFormatSchema = z.object({
  encoding: z.string().max(40),
  delimiter: z.string().max(4),
  decimalMark: z.enum(['.', ',']),
  dateOrder: z.enum(['year-month-day', 'month-day-year', 'day-month-year']),
  headerRows: z.int().min(0).max(5),
});

export const importColumnSchema = z.object({
  index: z.int().min(0),
  name: z.string(),
  samples: z.array(z.string()),
  suggestion: z
    .object({ field: importFieldSchema, confidence: z.number().min(0).max(1), reason: z.string() })
    .nullable(),
  /** Set when the column looks like patient data: it is dropped, and its samples are withheld. */
  patientData: z.object({ kind: z.string(), reason: z.string() }).nullable(),
});

export const importMappingSchema = z.object({
  presetId: z.string().max(60).nullable(),
  kind: z.enum(['intervals', 'calls']),
  format: fileFormatSchema,
  columns: z.array(z.object({ index: z.int().min(0), field: importFieldSchema })).max(256),
  timeZone: timeZoneSchema,
  stepSeconds: stepSecondsSchema,
  stamp: z.enum(['start', 'end']),
  /** Where rows without a queue column go, and which queue each name in the file means. */
  siteId: idSchema,
  queues: z
    .array(
      z.object({
        nameInFile: z.string().max(200),
        queueId: idSchema.nullable(),
        createAs: nameSchema.nullable(),
      }),
    )
    .max(500),
});
export type ImportMapping = z.output<typeof importMappingSchema>;

/** Errors of one kind, with the places and the way to mend them. */
export const importIssueSchema = z.object({
  code: z.string(),
  severity: z.enum(['blocker', 'warning', 'repaired']),
  title: z.string(),
  repair: z.string(),
  count: countSchema,
  examples: z.array(
    z.object({
      row: z.int(),
      column: z.string().nullable(),
      found: z.string().nullable(),
      expected: z.string(),
    }),
  ),
});

export const importCheckSchema = z.object({
  rowsRead: countSchema,
  rowsNew: countSchema,
  rowsChanged: countSchema,
  rowsSame: countSchema,
  rowsRejected: countSchema,
  from: instantSchema.nullable(),
  to: instantSchema.nullable(),
  queues: z.array(z.object({ nameInFile: z.string(), queueId: idSchema.nullable(), rows: countSchema })),
  clockChanges: z.array(
    z.object({
      date: z.string(),
      kind: z.enum(['missing', 'doubled']),
      rows: countSchema,
      treatment: z.string(),
    }),
  ),
  issues: z.array(importIssueSchema),
  canCommit: z.boolean(),
});

export const importSchema = z.object({
  id: idSchema,
  fileName: z.string(),
  bytes: countSchema,
  status: z.enum(['uploaded', 'checked', 'committing', 'committed', 'failed', 'undone']),
  createdAt: instantSchema,
  createdBy: z.string(),
  committedAt: instantSchema.nullable(),
  mapping: importMappingSchema.nullable(),
  check: importCheckSchema.nullable(),
  jobId: idSchema.nullable(),
  isSample: z.boolean(),
});
export type Import = z.output<typeof importSchema>;

export const importPreviewSchema = z.object({
  columns: z.array(importColumnSchema),
  rows: z.array(z.array(z.string())),
  /** What was understood, to be changed where it is wrong. */
  mapping: importMappingSchema,
  presets: z.array(z.object({ id: z.string(), name: z.string() })),
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
    query: z.strictObject({ fileName: z.string().min(1).max(255) }),
    upload: { mediaTypes: IMPORT_MEDIA_TYPES, maxBytes: 536_870_912 },
    status: 201,
    limit: 'heavy',
    response: importSchema,
  }),
  listImports: route({
    method: 'GET',
    path: '/api/imports',
    summary: 'Past imports, newest first',
    permission: 'history.read',
    response: listOf(importSchema),
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
    method: 'POST',
    path: '/api/imports/:id/preview',
    summary:
      'The first rows as read, and a suggested mapping; send format or mapping to override parts of it',
    permission: 'history.manage',
    params: idParams,
    body: z.strictObject({
      format: fileFormatSchema.partial().optional(),
      presetId: z.string().max(60).nullable().optional(),
      timeZone: timeZoneSchema.optional(),
      siteId: idSchema.optional(),
    }),
    response: importPreviewSchema,
  }),
  checkImport: route({
    method: 'POST',
    path: '/api/imports/:id/check',
    summary: 'Dry run with this mapping: counts and problems, nothing written; the result is in the import',
    permission: 'history.manage',
    params: idParams,
    body: importMappingSchema.strict(),
    status: 202,
    response: jobStartedSchema,
  }),
  downloadRejectedRows: route({
    method: 'GET',
    path: '/api/imports/:id/rejected-rows',
    summary: 'The rows that the check refused, as CSV with the reason beside each',
    permission: 'history.manage',
    params: idParams,
    download: ['text/csv'],
  }),
  commitImport: route({
    method: 'POST',
    path: '/api/imports/:id/commit',
    summary: 'Write the checked rows as one batch: all of them or none',
    permission: 'history.manage',
    params: idParams,
    body: z.strictObject({ skipRejected: z.boolean() }),
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
