import { z } from 'zod';
import {
  dateSchema,
  idParams,
  idSchema,
  instantSchema,
  jobStartedSchema,
  listOf,
  minuteSchema,
  nameSchema,
  noteSchema,
  queryIds,
  secondsSchema,
  shareSchema,
  stepSecondsSchema,
  timeZoneSchema,
} from './primitive.ts';
import { route } from './route.ts';

/** Sites, queues with what they promise, and days unlike the others. */

export const openRangeSchema = z
  .object({ startMinute: minuteSchema, endMinute: minuteSchema })
  .refine(range => range.startMinute < range.endMinute, 'must end after it starts');
/** Seven lists from Monday to Sunday; an empty list is a closed day. */
export const openingHoursSchema = z.object({ weekly: z.array(z.array(openRangeSchema).max(12)).length(7) });

export const SERVICE_LEVEL_DEFINITIONS = [
  'offered',
  'excludeShortAbandons',
  'answered',
  'waitOnly',
  'virtual',
] as const;
export const serviceLevelDefinitionSchema = z.enum(SERVICE_LEVEL_DEFINITIONS);

/** What a queue promises; every part that is present must hold. Fewer than `minAgents` is never planned while open. */
export const serviceGoalSchema = z.object({
  serviceLevel: z
    .object({
      target: z.number().min(0).lt(1),
      answerWithinSeconds: secondsSchema,
      definition: serviceLevelDefinitionSchema,
      shortAbandonSeconds: secondsSchema.exactOptional(),
    })
    .exactOptional(),
  asaSeconds: z.number().positive().exactOptional(),
  maxAbandonment: z.number().gt(0).max(1).exactOptional(),
  maxOccupancy: z.number().gt(0).max(1).exactOptional(),
  minAgents: z.int().min(0).max(10_000).exactOptional(),
});

/** A goal for a part of the week; the first period that contains an interval decides, else the queue's own goal. */
export const goalPeriodSchema = z.object({
  name: nameSchema,
  weekly: openingHoursSchema.shape.weekly,
  goal: serviceGoalSchema,
});

export const SHRINKAGE_KINDS = ['vacation', 'sickness', 'training', 'meeting', 'break', 'other'] as const;
export const shrinkageSchema = z.object({
  kind: z.enum(SHRINKAGE_KINDS),
  name: nameSchema,
  share: shareSchema,
});

const currencySchema = z.string().regex(/^[A-Z]{3}$/);

export const siteSchema = z.object({
  id: idSchema,
  name: nameSchema,
  timeZone: timeZoneSchema,
  /** ISO 4217, for costs. */
  currency: currencySchema,
  /** ISO 3166 country and its region, for public holidays. */
  country: z.string().max(10).nullable(),
  region: z.string().max(10).nullable(),
  isSample: z.boolean(),
  archived: z.boolean(),
});
export type Site = z.output<typeof siteSchema>;

export const CHANNELS = ['voice', 'chat', 'message', 'callback', 'followUp'] as const;

/** Whether contacts of a channel wait for their turn instead of in a line. */
export function isDeferred(channel: (typeof CHANNELS)[number]): boolean {
  return channel === 'message' || channel === 'callback' || channel === 'followUp';
}

const queueFields = {
  siteId: idSchema,
  name: nameSchema,
  channel: z.enum(CHANNELS),
  /** Contacts that one agent handles at once; 1 for calls. */
  concurrency: z.int().min(1).max(20),
  timeZone: timeZoneSchema,
  stepSeconds: stepSecondsSchema,
  openingHours: openingHoursSchema,
  goal: serviceGoalSchema,
  goalPeriods: z.array(goalPeriodSchema).max(20),
  /** Mean time a caller is willing to wait; `null` means estimate it from history. */
  patienceSeconds: z.number().positive().nullable(),
  /** An abandon within this time does not count as one. */
  shortAbandonSeconds: secondsSchema,
  shrinkage: z.array(shrinkageSchema).max(20),
  /** Queues planned together carry the same group. */
  planningGroup: z.string().max(120).nullable(),
  /** Names under which the queue appears in imported files. */
  aliases: z.array(z.string().max(200)).max(50),
  sortOrder: z.int().min(0).max(10_000),
};

export const queueSchema = z.object({
  id: idSchema,
  ...queueFields,
  archived: z.boolean(),
  revision: z.int(),
  /** The stretch of history that is stored, if any. */
  historyFrom: instantSchema.nullable(),
  historyTo: instantSchema.nullable(),
});
export type Queue = z.output<typeof queueSchema>;

export const specialDaySchema = z.object({
  id: idSchema,
  siteId: idSchema,
  /** `null`: every queue of the site. */
  queueId: idSchema.nullable(),
  date: dateSchema,
  name: nameSchema,
  kind: z.enum(['holiday', 'closure', 'event', 'outage']),
  /** Replaces the weekly opening hours; an empty list closes the day; absent leaves them. */
  hours: z.array(openRangeSchema).exactOptional(),
});
export type SpecialDayEntry = z.output<typeof specialDaySchema>;

export const GOAL_PRESETS = [
  {
    id: 'accreditation',
    name: 'Health call-centre accreditation: ASA ≤ 30 s, abandonment ≤ 5 %',
    goal: { asaSeconds: 30, maxAbandonment: 0.05 },
  },
  {
    id: 'access8030',
    name: 'Scheduling and pharmacy: 80 % in 30 s, abandonment ≤ 5 %',
    goal: {
      serviceLevel: { target: 0.8, answerWithinSeconds: 30, definition: 'offered' },
      maxAbandonment: 0.05,
    },
  },
  {
    id: 'triage80120',
    name: 'Nurse triage: 80 % in 120 s, abandonment ≤ 5 %',
    goal: {
      serviceLevel: { target: 0.8, answerWithinSeconds: 120, definition: 'offered' },
      maxAbandonment: 0.05,
    },
  },
  {
    id: 'minute',
    name: 'Answer within a minute: 90 % in 60 s',
    goal: { serviceLevel: { target: 0.9, answerWithinSeconds: 60, definition: 'offered' } },
  },
  { id: 'hold120', name: 'Health plan lines: average wait ≤ 2 min', goal: { asaSeconds: 120 } },
] as const satisfies readonly { id: string; name: string; goal: z.input<typeof serviceGoalSchema> }[];

const siteBody = siteSchema.omit({ id: true, isSample: true, archived: true }).strict();
const specialDayBody = specialDaySchema.omit({ id: true }).strict();

export const centreRoutes = {
  listSites: route({
    method: 'GET',
    path: '/api/sites',
    summary: 'Sites that you may see',
    permission: 'centre.read',
    response: listOf(siteSchema),
  }),
  createSite: route({
    method: 'POST',
    path: '/api/sites',
    summary: 'Create a site',
    permission: 'centre.manage',
    body: siteBody,
    status: 201,
    response: siteSchema,
  }),
  updateSite: route({
    method: 'PATCH',
    path: '/api/sites/:id',
    summary: 'Rename a site, change its time zone, or archive it',
    permission: 'centre.manage',
    params: idParams,
    body: siteBody.extend({ archived: z.boolean() }).partial(),
    response: siteSchema,
  }),
  listQueues: route({
    method: 'GET',
    path: '/api/queues',
    summary: 'Queues with goals, patience, shrinkage and opening hours',
    permission: 'centre.read',
    query: z.strictObject({ siteIds: queryIds.optional() }),
    response: listOf(queueSchema),
  }),
  getQueue: route({
    method: 'GET',
    path: '/api/queues/:id',
    summary: 'One queue',
    permission: 'centre.read',
    params: idParams,
    response: queueSchema,
  }),
  createQueue: route({
    method: 'POST',
    path: '/api/queues',
    summary: 'Create a queue; what is left out gets the stated defaults',
    permission: 'centre.manage',
    body: z.strictObject(queueFields).partial().required({ siteId: true, name: true }),
    status: 201,
    response: queueSchema,
  }),
  updateQueue: route({
    method: 'PATCH',
    path: '/api/queues/:id',
    summary: 'Change a queue, its goals, patience, shrinkage or opening hours',
    permission: 'centre.manage',
    params: idParams,
    body: z
      .strictObject({ ...queueFields, archived: z.boolean() })
      .omit({ siteId: true })
      .partial(),
    ifMatch: 'required',
    response: queueSchema,
  }),
  listSpecialDays: route({
    method: 'GET',
    path: '/api/special-days',
    summary: 'Holidays, closures, events and outages of a site',
    permission: 'centre.read',
    query: z.strictObject({ siteId: idSchema, queueId: idSchema.optional() }),
    response: listOf(specialDaySchema),
  }),
  putSpecialDay: route({
    method: 'PUT',
    path: '/api/special-days',
    summary: 'Add a special day; one of the same site, queue, date and name takes the new kind and hours',
    permission: 'centre.manage',
    body: specialDayBody,
    response: specialDaySchema,
  }),
  removeSpecialDay: route({
    method: 'DELETE',
    path: '/api/special-days/:id',
    summary: 'Remove a special day',
    permission: 'centre.manage',
    params: idParams,
  }),
  addPublicHolidays: route({
    method: 'POST',
    path: '/api/special-days/public-holidays',
    summary: 'Add the public holidays of a country and region for some years; days that exist are left alone',
    permission: 'centre.manage',
    body: z.strictObject({
      siteId: idSchema,
      country: z.string().min(2).max(10),
      region: z.string().max(10).optional(),
      fromYear: z.int().min(1990).max(2100),
      toYear: z.int().min(1990).max(2100),
    }),
    response: listOf(specialDaySchema),
  }),
  loadSample: route({
    method: 'POST',
    path: '/api/sample',
    summary: 'Load the synthetic sample centre',
    permission: 'centre.manage',
    body: z.strictObject({ seed: z.int().min(0).max(2_147_483_647).optional() }),
    status: 202,
    limit: 'heavy',
    response: jobStartedSchema,
  }),
  removeSample: route({
    method: 'DELETE',
    path: '/api/sample',
    summary: 'Remove the sample centre and all that was made from it',
    permission: 'centre.manage',
  }),
  getProgress: route({
    method: 'GET',
    path: '/api/progress',
    summary: 'How far the way from import to review has been gone, with the next step',
    permission: 'centre.read',
    response: z.object({
      steps: z.array(
        z.object({
          id: z.enum(['import', 'clean', 'forecast', 'staff', 'schedule', 'publish', 'actuals', 'review']),
          done: z.boolean(),
          /** The newest thing that this step made, to link to. */
          resourceId: idSchema.nullable(),
          at: instantSchema.nullable(),
          note: noteSchema,
        }),
      ),
      sampleLoaded: z.boolean(),
    }),
  }),
} as const;
