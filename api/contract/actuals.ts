import { z } from 'zod';
import {
  columnSchema,
  countSchema,
  dateSchema,
  flagColumnSchema,
  gridShape,
  idSchema,
  instantSchema,
  listOf,
} from './primitive.ts';
import { route } from './route.ts';
import { editResultSchema, shiftChangeSchema } from './scheduleEdit.ts';

/** What came in: posted by the interval, and the running day beside its plan. */

/** Actuals as columns; `null` leaves what is stored. All or nothing. */
export const actualsBody = z.strictObject({
  queueId: idSchema,
  start: instantSchema,
  stepSeconds: z.int(),
  offered: columnSchema,
  handled: columnSchema.optional(),
  abandoned: columnSchema.optional(),
  handleSeconds: columnSchema.optional(),
  answeredWithinTarget: columnSchema.optional(),
  answerWaitSeconds: columnSchema.optional(),
});

export const todaySchema = z.object({
  queueId: idSchema,
  date: dateSchema,
  ...gridShape,
  open: flagColumnSchema,
  /** Intervals before this instant have ended; actuals may be known up to here. */
  now: instantSchema,
  forecast: columnSchema,
  actual: columnSchema,
  reforecast: columnSchema,
  reforecastLower: columnSchema,
  reforecastUpper: columnSchema,
  forecastAhtSeconds: columnSchema,
  actualAhtSeconds: columnSchema,
  required: columnSchema,
  scheduled: columnSchema,
  /** Agents on duty minus agents needed for the re-forecast. */
  gap: columnSchema,
  actualServiceLevel: columnSchema,
  predictedServiceLevel: columnSchema,
  actualAbandonmentRate: columnSchema,
  forecastId: idSchema.nullable(),
  publicationId: idSchema.nullable(),
  method: z.string(),
});
export type Today = z.output<typeof todaySchema>;

/** Something to do about the rest of the day, as changes of the draft of the week's schedule. */
export const intradayProposalSchema = z.object({
  id: idSchema,
  kind: z.enum(['moveBreak', 'moveQueue', 'extendShift', 'callIn', 'offerTimeOff']),
  agentId: idSchema,
  agentName: z.string(),
  /** Of `moveQueue`: where to. */
  queueId: idSchema.nullable(),
  /** When it takes effect; of a moved break its old and its new start. */
  from: instantSchema,
  to: instantSchema,
  text: z.string(),
  scheduleId: idSchema,
  changes: z.array(shiftChangeSchema),
  /** Missing agent-intervals before and after, and the call-weighted service level of the rest of the day. */
  effect: z.object({
    shortfallBefore: z.number(),
    shortfallAfter: z.number(),
    serviceLevelBefore: z.number().nullable(),
    serviceLevelAfter: z.number().nullable(),
  }),
});

export const actualsRoutes = {
  postActuals: route({
    method: 'POST',
    path: '/api/actuals',
    summary: 'Store finished intervals of a queue; repeating the same post changes nothing',
    permission: 'actuals.write',
    body: actualsBody,
    response: z.object({
      /** Name it to undo the post as an import. */
      batchId: idSchema.nullable(),
      rowsNew: countSchema,
      rowsChanged: countSchema,
      rowsSame: countSchema,
    }),
  }),
  playSampleDay: route({
    method: 'POST',
    path: '/api/sample/play-day',
    summary: 'Feed the sample centre one made-up day of actuals, whole or up to a wall-clock minute',
    permission: 'actuals.write',
    body: z.strictObject({ date: dateSchema, untilMinute: z.int().min(0).max(1440).optional() }),
    response: z.object({ rowsNew: countSchema, date: dateSchema }),
  }),
  getToday: route({
    method: 'GET',
    path: '/api/today',
    summary: 'The running day of each queue: forecast, actual, re-forecast, required, scheduled, gap',
    permission: 'report.read',
    query: z.strictObject({ siteId: idSchema, date: dateSchema.optional() }),
    response: listOf(todaySchema),
  }),
  listIntradayProposals: route({
    method: 'GET',
    path: '/api/today/proposals',
    summary: 'What would help the rest of the day, each with its effect',
    permission: 'schedule.read',
    query: z.strictObject({ siteId: idSchema, date: dateSchema.optional() }),
    response: listOf(intradayProposalSchema),
  }),
  acceptIntradayProposal: route({
    method: 'POST',
    path: '/api/today/proposals/accept',
    summary: 'Make a proposal an edit of the draft schedule. 409 where somebody changed the same day since',
    permission: 'schedule.manage',
    body: z.strictObject({
      scheduleId: idSchema,
      text: z.string().min(1).max(200),
      changes: z.array(shiftChangeSchema).min(1).max(20),
    }),
    response: editResultSchema,
  }),
} as const;
