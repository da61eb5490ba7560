import { z } from 'zod';
import { IMPORT_MEDIA_TYPES } from './import.ts';
import { countSchema, dateRangeQuery, dateSchema, idSchema, listOf } from './primitive.ts';
import { route } from './route.ts';

/** What patients felt: surveys and tickets by queue and day or longer period, beside the waiting of the same days. */

export const FELT_MEASURES = [
  'firstCallResolution',
  'satisfaction',
  'netPromoterScore',
  'followUpsOnTime',
  'repeatCallers',
  'openTickets',
  'answeredWithinPromise',
] as const;

const feltFields = {
  queueId: idSchema,
  measure: z.enum(FELT_MEASURES),
  /** The first day of the period; the only one unless `toDate` says otherwise. */
  date: dateSchema,
  /** A share from 0 to 1; satisfaction from 1 to 5; net promoter score from −100 to 100; open tickets as a count. */
  value: z.number(),
  /** How many answers stand behind the value. */
  answers: countSchema.nullable(),
};
export const feltValueSchema = z.object({ ...feltFields, toDate: dateSchema });
const feltBody = z.strictObject({ ...feltFields, toDate: dateSchema.optional() });

/** A cell that cannot be imported, and what would do. */
export const feltProblemSchema = z.object({
  line: z.int(),
  column: z.string(),
  found: z.string(),
  expected: z.string(),
});

export const feltReportSchema = z.object({
  rowsRead: countSchema,
  valuesNew: countSchema,
  valuesChanged: countSchema,
  valuesSame: countSchema,
  /** With a single one nothing is imported. At most the first hundred; `problemsTotal` counts all. */
  problems: z.array(feltProblemSchema),
  problemsTotal: countSchema,
  /** Columns that are not read. */
  ignoredColumns: z.array(z.string()),
  from: dateSchema.nullable(),
  to: dateSchema.nullable(),
  /** Name it to undo the import; `null` when nothing was written. */
  batchId: idSchema.nullable(),
});
export type FeltReport = z.output<typeof feltReportSchema>;

/** What the centre promises about the tickets of each of its queues. */
export const ticketGoalsSchema = z.object({
  /** Tickets that may be open at the end of a day. */
  mostOpen: z.int().min(0).max(100_000),
  /** Minutes within which a ticket is to be answered; what `answeredWithinPromise` counts. */
  answerWithinMinutes: z.int().min(1).max(20_160),
});
export type TicketGoals = z.output<typeof ticketGoalsSchema>;

const feltUpload = {
  query: z.strictObject({ siteId: idSchema, fileName: z.string().min(1).max(255) }),
  upload: { mediaTypes: IMPORT_MEDIA_TYPES, maxBytes: 8_388_608 },
  response: feltReportSchema,
} as const;

export const feltRoutes = {
  listFelt: route({
    method: 'GET',
    path: '/api/felt',
    summary: 'Felt measures of days and periods within a range',
    permission: 'report.read',
    query: z.strictObject({ ...dateRangeQuery, siteId: idSchema.optional() }),
    response: listOf(feltValueSchema),
  }),
  putFelt: route({
    method: 'PUT',
    path: '/api/felt',
    summary: 'Store felt measures; a value for the same queue, measure and period replaces the earlier one',
    permission: 'report.manage',
    body: z.strictObject({ values: z.array(feltBody).min(1).max(20_000) }),
    maxBodyBytes: 4_194_304,
    response: z.object({ stored: countSchema }),
  }),
  getTicketGoals: route({
    method: 'GET',
    path: '/api/felt/ticket-goals',
    summary: 'How many tickets of a queue may be open, and within how many minutes each is to be answered',
    permission: 'report.read',
    query: z.strictObject({ siteId: idSchema }),
    response: ticketGoalsSchema,
  }),
  putTicketGoals: route({
    method: 'PUT',
    path: '/api/felt/ticket-goals',
    summary: 'Change what a site promises about its tickets',
    permission: 'report.manage',
    body: ticketGoalsSchema.extend({ siteId: idSchema }).strict(),
    response: ticketGoalsSchema,
  }),
  checkFelt: route({
    method: 'POST',
    path: '/api/felt/check',
    summary: 'Read a file of felt measures: what it would change and what is wrong in it; nothing is written',
    permission: 'report.manage',
    ...feltUpload,
  }),
  importFelt: route({
    method: 'POST',
    path: '/api/felt/imports',
    summary: 'Import a file of felt measures as one batch, all values or none; undo it as any import',
    permission: 'report.manage',
    ...feltUpload,
  }),
  downloadFeltTemplate: route({
    method: 'GET',
    path: '/api/felt/template',
    summary: 'A CSV file with every measure, to fill in',
    permission: 'report.manage',
    download: ['text/csv'],
  }),
} as const;
