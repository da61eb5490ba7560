import { z } from 'zod';
import { openingHoursSchema, serviceGoalSchema } from './centre.ts';
import {
  countSchema,
  idParams,
  idSchema,
  instantSchema,
  listOf,
  nameSchema,
  queryIds,
  shareSchema,
} from './primitive.ts';
import { route } from './route.ts';

/** What-if scenarios: levers on a plan. The browser computes their results; the server keeps and shares them. */

/** Levers on one queue, or with `null` on all; what is absent stays as in the base. A queue's own go before those of all. */
export const leversSchema = z
  .object({
    queueId: idSchema.nullable(),
    volumeFactor: z.number().min(0).max(10).exactOptional(),
    ahtFactor: z.number().gt(0).max(10).exactOptional(),
    patienceSeconds: z.number().positive().max(86_400).exactOptional(),
    /** Paid time lost in all. */
    shrinkageShare: z.number().min(0).max(0.95).exactOptional(),
    /** Replaces the goal of the whole week. */
    goal: serviceGoalSchema.exactOptional(),
    /** `movedShare` of the calls concerned only move within their day; `addedLevel` is the demand of added hours. */
    opening: z
      .object({
        weekly: openingHoursSchema.shape.weekly,
        movedShare: shareSchema,
        addedLevel: z.number().min(0).max(10),
      })
      .exactOptional(),
    /** Agents on duty as a share of what the plan needs. */
    staffShare: z.number().min(0).max(10).exactOptional(),
    /** Whole shifts of two lengths. */
    shifts: z
      .object({
        partTimeShare: shareSchema,
        fullTimeHours: z.number().gt(0).max(24),
        partTimeHours: z.number().gt(0).max(24),
      })
      .exactOptional(),
    /** A reminder campaign on one queue: messages at `at`, the share that calls back and how fast, calls saved per message. */
    campaign: z
      .object({
        at: instantSchema,
        messages: countSchema,
        responseShare: shareSchema,
        halfLifeMinutes: z.number().positive().max(100_000),
        avoidedShare: z.number().min(0).max(10).exactOptional(),
        avoidedDays: z.number().min(0).max(366).exactOptional(),
      })
      .exactOptional(),
  })
  .refine(levers => levers.queueId !== null || !levers.campaign, {
    path: ['queueId'],
    message: 'a campaign needs the queue that its calls go to',
  });
export type StoredLevers = z.output<typeof leversSchema>;

const rangeSchema = z.object({ low: z.number(), high: z.number() });

export const scenarioResultSchema = z.object({
  serviceLevel: z.number().nullable(),
  asaSeconds: z.number().nullable(),
  abandonmentRate: z.number().nullable(),
  occupancy: z.number().nullable(),
  agents: z.number().nullable(),
  hours: z.number().nullable(),
  costCents: z.number().nullable(),
  /** Eight of ten outcomes lie between these. */
  serviceLevelBand: rangeSchema.nullable().exactOptional(),
  /** The same played call by call, with its 95 % interval. */
  simulated: rangeSchema
    .extend({ serviceLevel: z.number(), replications: countSchema })
    .nullable()
    .exactOptional(),
  computedAt: instantSchema,
  softwareVersion: z.string().max(60),
});

const scenarioFields = {
  name: nameSchema,
  forecastIds: z.array(idSchema).max(200),
  scheduleId: idSchema.nullable(),
  /** The days it is about; absent: all that the forecasts cover. */
  start: instantSchema.exactOptional(),
  days: z.int().min(1).max(731).exactOptional(),
  levers: z.array(leversSchema).max(200),
  result: scenarioResultSchema.nullable(),
};

export const scenarioSchema = z.object({
  id: idSchema,
  siteId: idSchema,
  ...scenarioFields,
  shared: z.boolean(),
  revision: z.int(),
  createdBy: z.string(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type Scenario = z.output<typeof scenarioSchema>;

export const scenarioRoutes = {
  listScenarios: route({
    method: 'GET',
    path: '/api/scenarios',
    summary: 'Scenarios of the sites that you see',
    permission: 'scenario.read',
    query: z.strictObject({ siteId: idSchema.optional() }),
    response: listOf(scenarioSchema),
  }),
  getScenario: route({
    method: 'GET',
    path: '/api/scenarios/:id',
    summary: 'One scenario',
    permission: 'scenario.read',
    params: idParams,
    response: scenarioSchema,
  }),
  createScenario: route({
    method: 'POST',
    path: '/api/scenarios',
    summary: 'Save a scenario',
    permission: 'scenario.manage',
    body: z.strictObject({ siteId: idSchema, ...scenarioFields }),
    status: 201,
    response: scenarioSchema,
  }),
  updateScenario: route({
    method: 'PUT',
    path: '/api/scenarios/:id',
    summary: 'Change a scenario',
    permission: 'scenario.manage',
    params: idParams,
    body: z.strictObject(scenarioFields),
    ifMatch: 'required',
    response: scenarioSchema,
  }),
  removeScenario: route({
    method: 'DELETE',
    path: '/api/scenarios/:id',
    summary: 'Remove a scenario',
    permission: 'scenario.manage',
    params: idParams,
  }),
  shareScenario: route({
    method: 'POST',
    path: '/api/scenarios/:id/share',
    summary:
      'Make a link by which signed-in colleagues can open it; repeating makes a new one and ends the old',
    permission: 'scenario.manage',
    params: idParams,
    response: z.object({ path: z.string() }),
  }),
  openSharedScenario: route({
    method: 'GET',
    path: '/api/shared-scenarios/:secret',
    summary: 'Open a scenario by its link, at a site that you see',
    permission: 'scenario.read',
    params: z.strictObject({ secret: z.string().regex(/^[A-Za-z0-9_-]{20,80}$/) }),
    response: scenarioSchema,
  }),
  promoteScenario: route({
    method: 'POST',
    path: '/api/scenarios/:id/promote',
    summary:
      'Write the levers into the plan: goals, patience, shrinkage and hours into the queues, calls and AHT as layers',
    permission: 'scenario.promote',
    params: idParams,
    response: z.object({ queueIds: z.array(idSchema), layerIds: z.array(idSchema) }),
  }),
  getDayCorrelation: route({
    method: 'GET',
    path: '/api/day-correlation',
    summary:
      'How far busy days of queues fall together, from the last half year: one row and column per queue',
    permission: 'forecast.read',
    query: z.strictObject({ queueIds: queryIds }),
    response: z.object({ queueIds: z.array(idSchema), correlation: z.array(z.array(z.number())) }),
  }),
} as const;
