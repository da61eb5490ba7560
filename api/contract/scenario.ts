import { z } from 'zod';
import { openingHoursSchema, serviceGoalSchema, shrinkageSchema } from './centre.ts';
import {
  countSchema,
  idParams,
  idSchema,
  instantSchema,
  listOf,
  nameSchema,
  shareSchema,
} from './primitive.ts';
import { route } from './route.ts';

/** What-if scenarios: levers on a plan. The browser computes their results; the server keeps and shares them. */

/** Levers on one queue; what is absent stays as in the base. */
export const leversSchema = z.object({
  queueId: idSchema.nullable(),
  volumeFactor: z.number().min(0).max(10).exactOptional(),
  ahtFactor: z.number().gt(0).max(10).exactOptional(),
  patienceSeconds: z.number().positive().exactOptional(),
  shrinkage: z.array(shrinkageSchema).max(20).exactOptional(),
  goal: serviceGoalSchema.exactOptional(),
  openingHours: openingHoursSchema.exactOptional(),
  agents: z.number().min(0).max(100_000).exactOptional(),
  partTimeShare: shareSchema.exactOptional(),
  /** A planned reminder campaign: messages sent at `at`, the share that calls back, and how fast interest halves. */
  campaign: z
    .object({
      at: instantSchema,
      messages: countSchema,
      responseShare: shareSchema,
      halfLifeMinutes: z.number().positive(),
    })
    .exactOptional(),
});

export const scenarioResultSchema = z.object({
  serviceLevel: z.number().nullable(),
  asaSeconds: z.number().nullable(),
  abandonmentRate: z.number().nullable(),
  occupancy: z.number().nullable(),
  agents: z.number().nullable(),
  hours: z.number().nullable(),
  costCents: z.number().nullable(),
  computedAt: instantSchema,
  softwareVersion: z.string().max(60),
});

const scenarioFields = {
  name: nameSchema,
  forecastIds: z.array(idSchema).max(200),
  scheduleId: idSchema.nullable(),
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
    summary: 'Open a scenario by its link',
    permission: 'scenario.read',
    params: z.strictObject({ secret: z.string().regex(/^[A-Za-z0-9_-]{20,80}$/) }),
    response: scenarioSchema,
  }),
  promoteScenario: route({
    method: 'POST',
    path: '/api/scenarios/:id/promote',
    summary:
      'Write the levers into the plan: goals, patience and shrinkage into the queues, volume and AHT as layers',
    permission: 'scenario.manage',
    params: idParams,
    response: z.object({ queueIds: z.array(idSchema), layerIds: z.array(idSchema) }),
  }),
} as const;
