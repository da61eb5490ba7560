import { z } from 'zod';
import {
  columnSchema,
  countSchema,
  dateSchema,
  gridShape,
  idParams,
  idSchema,
  instantSchema,
  listOf,
  noteSchema,
  queryFlag,
  rangeQuery,
} from './primitive.ts';
import { route } from './route.ts';

/** History as columns; `null` is an interval without data. */
export const historySchema = z.object({
  queueId: idSchema,
  ...gridShape,
  offered: columnSchema,
  handled: columnSchema,
  abandoned: columnSchema,
  ahtSeconds: columnSchema,
  asaSeconds: columnSchema,
  answeredWithinTarget: columnSchema,
});
export type History = z.output<typeof historySchema>;

export const FINDING_KINDS = [
  'gap',
  'duplicate-rows',
  'overlap',
  'unordered',
  'negative',
  'fractional',
  'not-a-number',
  'mixed-step',
  'off-grid',
  'outage',
  'spike',
  'level-shift',
  'copied-day',
  'doubled-day',
  'abnormal-day',
  'stopped',
] as const;

/** Kind and place, `spike:1780000000:1780000900`. */
const findingIdSchema = z.string().regex(/^[a-z-]{1,20}:\d{1,12}:\d{1,12}$/);

/** Something in the history that a person should look at; the original is always kept. */
export const findingSchema = z.object({
  id: findingIdSchema,
  queueId: idSchema,
  kind: z.enum(FINDING_KINDS),
  /** What forecasting does unless the values are kept: nothing, treat as missing, or give no weight. */
  action: z.enum(['none', 'set-missing', 'repaired', 'weight-zero']),
  from: instantSchema,
  to: instantSchema,
  /** What was seen, what was expected and why it stands out, in words. */
  reason: z.string(),
  observed: z.number().nullable(),
  expected: z.number().nullable(),
  /** `accept`: leave it out of forecasting; `keep`: it was real; `edit`: use other values. */
  decision: z.enum(['open', 'accept', 'keep', 'edit']),
  offered: columnSchema.nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: instantSchema.nullable(),
  note: z.string(),
});
export type Finding = z.output<typeof findingSchema>;

export const historyRoutes = {
  getHistory: route({
    method: 'GET',
    path: '/api/queues/:id/history',
    summary: 'Intervals of a queue as columns, as stored or as cleaned by the decisions taken',
    permission: 'history.read',
    params: idParams,
    query: z.strictObject({ ...rangeQuery, cleaned: queryFlag.optional() }),
    response: historySchema,
  }),
  getHistoryDays: route({
    method: 'GET',
    path: '/api/queues/:id/history-days',
    summary: 'One row per local day over the whole history, for the calendar',
    permission: 'history.read',
    params: idParams,
    query: z.strictObject({ from: dateSchema.optional(), to: dateSchema.optional() }),
    response: z.object({
      queueId: idSchema,
      timeZone: z.string(),
      date: z.array(dateSchema),
      offered: columnSchema,
      abandoned: columnSchema,
      ahtSeconds: columnSchema,
      intervalsWithData: z.array(countSchema),
      intervalsOpen: z.array(countSchema),
    }),
  }),
  listFindings: route({
    method: 'GET',
    path: '/api/queues/:id/findings',
    summary: 'Gaps, spikes, outages and clock changes found in the history, with the decisions taken',
    permission: 'history.read',
    params: idParams,
    response: listOf(findingSchema),
  }),
  decideFinding: route({
    method: 'PUT',
    path: '/api/queues/:id/findings/:findingId',
    summary: 'Accept, keep or edit a finding',
    permission: 'history.manage',
    params: z.strictObject({ id: idSchema, findingId: findingIdSchema }),
    body: z.strictObject({
      decision: z.enum(['open', 'accept', 'keep', 'edit']),
      offered: columnSchema.nullable(),
      note: noteSchema,
    }),
    response: findingSchema,
  }),
} as const;
