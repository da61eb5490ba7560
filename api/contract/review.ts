import { z } from 'zod';
import { serviceGoalSchema, serviceLevelDefinitionSchema } from './centre.ts';
import {
  columnSchema,
  countSchema,
  dateRangeQuery,
  dateSchema,
  gridShape,
  idSchema,
  listOf,
  queryIds,
} from './primitive.ts';
import { route } from './route.ts';

/** Plan against actual: forecast error, attainment and consistency, why a goal was missed. */

const measureSchema = z.object({
  offered: z.number().nullable(),
  handled: z.number().nullable(),
  abandoned: z.number().nullable(),
  ahtSeconds: z.number().nullable(),
  serviceLevel: z.number().nullable(),
  asaSeconds: z.number().nullable(),
  abandonmentRate: z.number().nullable(),
  occupancy: z.number().nullable(),
});

/** One row of a report: a queue, a site or everything, over a period. */
export const attainmentRowSchema = z.object({
  queueId: idSchema.nullable(),
  siteId: idSchema.nullable(),
  period: z.string(),
  from: dateSchema,
  to: dateSchema,
  plan: measureSchema,
  actual: measureSchema,
  goal: serviceGoalSchema.nullable(),
  /** Whether every part of the goal held over the period; `null` without a goal or data. */
  goalMet: z.boolean().nullable(),
  intervalsInGoal: countSchema,
  intervalsMeasured: countSchema,
  daysInGoal: countSchema,
  daysMeasured: countSchema,
  forecastWape: z.number().nullable(),
  forecastBias: z.number().nullable(),
});
export type AttainmentRow = z.output<typeof attainmentRowSchema>;

export const metricDefinitionSchema = z.object({
  id: z.string(),
  name: z.string(),
  formula: z.string(),
  note: z.string(),
});

export const reviewSeriesSchema = z.object({
  queueId: idSchema,
  ...gridShape,
  open: columnSchema,
  forecast: columnSchema,
  actual: columnSchema,
  forecastAhtSeconds: columnSchema,
  actualAhtSeconds: columnSchema,
  required: columnSchema,
  scheduled: columnSchema,
  predictedServiceLevel: columnSchema,
  actualServiceLevel: columnSchema,
  actualAsaSeconds: columnSchema,
  actualAbandonmentRate: columnSchema,
  forecastId: idSchema.nullable(),
  publicationId: idSchema.nullable(),
  /** The definition used for the service level. */
  definition: serviceLevelDefinitionSchema,
});

export const VARIANCE_CAUSES = [
  'volume',
  'arrivalShape',
  'aht',
  'scheduledStaff',
  'absence',
  'adherence',
  'model',
] as const;

/** The planned service level, the actual one, and parts that sum to the difference. */
export const varianceSchema = z.object({
  queueId: idSchema,
  from: dateSchema,
  to: dateSchema,
  planned: z.number().nullable(),
  actual: z.number().nullable(),
  parts: z.array(z.object({ cause: z.enum(VARIANCE_CAUSES), points: z.number() })),
  sentence: z.string(),
  unexplained: z.string().nullable(),
});

const reportQuery = {
  ...dateRangeQuery,
  siteId: idSchema.optional(),
  queueIds: queryIds.optional(),
  definition: serviceLevelDefinitionSchema.optional(),
};

export const reviewRoutes = {
  getAttainment: route({
    method: 'GET',
    path: '/api/review/attainment',
    summary: 'Attainment and consistency per queue and period, with totals per site',
    permission: 'report.read',
    query: z.strictObject({ ...reportQuery, by: z.enum(['day', 'week', 'month', 'total']) }),
    response: z.object({
      items: z.array(attainmentRowSchema),
      definitions: z.array(metricDefinitionSchema),
    }),
  }),
  getReviewSeries: route({
    method: 'GET',
    path: '/api/review/intervals',
    summary: 'Plan and actual of one queue by interval',
    permission: 'report.read',
    query: z.strictObject({
      ...dateRangeQuery,
      queueId: idSchema,
      definition: serviceLevelDefinitionSchema.optional(),
    }),
    response: reviewSeriesSchema,
  }),
  getVariance: route({
    method: 'GET',
    path: '/api/review/variance',
    summary: 'Why the service level differed from plan: parts that sum to the whole',
    permission: 'report.read',
    query: z.strictObject({ ...dateRangeQuery, queueId: idSchema, by: z.enum(['day', 'total']) }),
    response: listOf(varianceSchema),
  }),
  downloadReport: route({
    method: 'GET',
    path: '/api/review/report',
    summary: 'The attainment table as a file',
    permission: 'report.read',
    query: z.strictObject({
      ...reportQuery,
      by: z.enum(['day', 'week', 'month', 'total']),
      format: z.enum(['csv', 'xlsx']),
    }),
    download: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  }),
} as const;

export const FELT_MEASURES = [
  'firstCallResolution',
  'satisfaction',
  'netPromoterScore',
  'followUpsOnTime',
  'repeatCallers',
  'openTickets',
  'answeredWithinPromise',
] as const;

/** What patients felt, per queue and day, from surveys and ticket systems. */
export const feltValueSchema = z.object({
  queueId: idSchema,
  measure: z.enum(FELT_MEASURES),
  date: dateSchema,
  value: z.number(),
  /** How many answers stand behind the value. */
  answers: countSchema.nullable(),
});

export const feltRoutes = {
  listFelt: route({
    method: 'GET',
    path: '/api/felt',
    summary: 'Felt measures in a range of days',
    permission: 'report.read',
    query: z.strictObject({ ...dateRangeQuery, siteId: idSchema.optional() }),
    response: listOf(feltValueSchema),
  }),
  putFelt: route({
    method: 'PUT',
    path: '/api/felt',
    summary: 'Store felt measures; a value for the same queue, measure and day replaces the earlier one',
    permission: 'report.manage',
    body: z.strictObject({ values: z.array(feltValueSchema.strict()).min(1).max(20_000) }),
    maxBodyBytes: 4_194_304,
    response: z.object({ stored: countSchema }),
  }),
} as const;
