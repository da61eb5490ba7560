import { z } from 'zod';
import { serviceGoalSchema, serviceLevelDefinitionSchema } from './centre.ts';
import {
  columnSchema,
  countSchema,
  dateRangeQuery,
  dateSchema,
  gridShape,
  idSchema,
  instantSchema,
  listOf,
  queryIds,
  shareSchema,
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

/** An hour of the week, 0 = Monday, that missed the target of its queue's service level. */
export const worstHourSchema = z.object({
  weekday: z.int().min(0).max(6),
  hour: z.int().min(0).max(23),
  offered: z.number(),
  serviceLevel: z.number(),
  /** Answers in time that were missing to the target; of a queue without one, to all. */
  missing: z.number(),
});

/** One row of a report: a queue, a site (no `queueId`) or everything (no `siteId`), over a period. */
export const attainmentRowSchema = z.object({
  queueId: idSchema.nullable(),
  siteId: idSchema.nullable(),
  /** `2026-05-04`, `2026-W19`, `2026-05`, `all`, or the start of an interval in epoch seconds. */
  period: z.string(),
  start: instantSchema,
  from: dateSchema,
  to: dateSchema,
  plan: measureSchema,
  actual: measureSchema,
  /** Of a site: what all its queues promise alike, else `null`. */
  goal: serviceGoalSchema.nullable(),
  /** Whether every part of the goal held over the period, of a site that of every queue; `null` without a goal or data. */
  goalMet: z.boolean().nullable(),
  /** Queues that were judged, and those of them that kept their goal. */
  queuesInGoal: countSchema,
  queuesMeasured: countSchema,
  intervalsInGoal: countSchema,
  intervalsMeasured: countSchema,
  daysInGoal: countSchema,
  daysMeasured: countSchema,
  forecastWape: z.number().nullable(),
  forecastBias: z.number().nullable(),
  /** Of a queue: the hours of the week with most answers missing to the target, worst first; only with `by=total`. */
  worstHours: z.array(worstHourSchema),
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
  /** `null`: the queues of the site together. */
  queueId: idSchema.nullable(),
  period: z.string(),
  from: dateSchema,
  to: dateSchema,
  planned: z.number().nullable(),
  actual: z.number().nullable(),
  parts: z.array(z.object({ cause: z.enum(VARIANCE_CAUSES), points: z.number() })),
  sentence: z.string(),
  unexplained: z.string().nullable(),
});

/** Figures of the organisation behind the money; `null` is not set, and then nothing is reckoned with it. */
export const moneyAssumptionsSchema = z.object({
  currency: z.string(),
  agentHourCost: z.number().nullable(),
  lostPatientShare: shareSchema.nullable(),
  valuePerRetainedPatient: z.number().nullable(),
});

/** What answering cost, and what not answering may have cost, over some days. Amounts in `currency`. */
export const moneyRowSchema = z.object({
  /** `null`: the site. */
  queueId: idSchema.nullable(),
  daysMeasured: countSchema,
  /** Days with actuals and a published schedule; hours and costs are of these days. */
  daysScheduled: countSchema,
  handled: z.number().nullable(),
  /** Paid hours of the published shifts, breaks included; a queue has its part by hours on duty. */
  paidHours: z.number().nullable(),
  cost: z.number().nullable(),
  costPerContact: z.number().nullable(),
  /** Agent-hours on duty against those that the goals needed for what came. */
  neededHours: z.number().nullable(),
  overHours: z.number().nullable(),
  underHours: z.number().nullable(),
  /** One more percentage point of service level, from the staffing curve of the days measured. */
  onePoint: z
    .object({
      /** `schedule`: on top of the published agents; `goals`: on top of the agents that the goals need. */
      basis: z.enum(['schedule', 'goals']),
      agentHours: z.number().nullable(),
      /** With breaks and other paid time away from the queue. */
      paidHours: z.number().nullable(),
      cost: z.number().nullable(),
      serviceLevel: z.number(),
    })
    .nullable(),
  abandoned: z.number().nullable(),
  /** Callers who gave up beyond what the goal allows; `null` without such a goal. */
  avoidableAbandoned: z.number().nullable(),
  lostPatients: z.number().nullable(),
  lostValue: z.number().nullable(),
  /** Of the callers beyond the goal. */
  avoidableValue: z.number().nullable(),
});
export type MoneyRow = z.output<typeof moneyRowSchema>;

const scopeQuery = { ...dateRangeQuery, siteId: idSchema.optional(), queueId: idSchema.optional() };
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
    /** `interval` for at most a week. */
    query: z.strictObject({ ...reportQuery, by: z.enum(['interval', 'day', 'week', 'month', 'total']) }),
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
    summary: 'Why the service level of a queue or a site differed from plan: parts that sum to the whole',
    permission: 'report.read',
    query: z.strictObject({ ...scopeQuery, by: z.enum(['interval', 'day', 'week', 'month', 'total']) }),
    response: listOf(varianceSchema),
  }),
  getMoney: route({
    method: 'GET',
    path: '/api/review/money',
    summary: 'What answering cost and what not answering may have cost, per queue and for the site',
    permission: 'report.read',
    query: z.strictObject({ ...dateRangeQuery, siteId: idSchema }),
    response: z.object({ items: z.array(moneyRowSchema), assumptions: moneyAssumptionsSchema }),
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
