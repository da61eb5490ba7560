import { z } from 'zod';
import { countSchema, dateRangeQuery, dateSchema, idSchema, listOf } from './primitive.ts';
import { route } from './route.ts';

/** What patients felt: surveys and tickets by queue and day, beside the waiting of the same days. */

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
