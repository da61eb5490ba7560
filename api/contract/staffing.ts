import { z } from 'zod';
import { serviceGoalSchema, shrinkageSchema } from './centre.ts';
import {
  columnSchema,
  countSchema,
  gridShape,
  idParams,
  idSchema,
  instantSchema,
  jobStartedSchema,
  nameSchema,
  pageOf,
  pageQuery,
  queryInt,
  secondsSchema,
} from './primitive.ts';
import { route } from './route.ts';

/** Requirement: agents needed per interval, before and after shrinkage, with the reason for each number. */

/** `workload`: messages, callbacks and follow-ups, done within a time promised instead of waiting in line. */
export const STAFFING_METHODS = ['erlangA', 'erlangC', 'workload'] as const;

/** A staffing plan's head: which queue, from which forecast, computed how. */
export const staffingPlanSchema = z.object({
  id: idSchema,
  siteId: idSchema,
  queueId: idSchema,
  forecastId: idSchema.nullable(),
  scenarioId: idSchema.nullable(),
  name: nameSchema,
  ...gridShape,
  count: countSchema,
  method: z.enum(STAFFING_METHODS),
  createdAt: instantSchema,
  createdBy: z.string(),
});
export type StaffingPlan = z.output<typeof staffingPlanSchema>;

export const requirementSchema = z.object({
  planId: idSchema,
  forecastId: idSchema.nullable(),
  queueId: idSchema,
  ...gridShape,
  method: z.enum(STAFFING_METHODS),
  methodReason: z.string(),
  goal: serviceGoalSchema,
  shrinkage: z.array(shrinkageSchema),
  patienceSeconds: z.number().nullable(),
  /** Contacts that an agent holds at once. */
  concurrency: z.int(),
  /** Agents needed on the contacts; `null` where closed. Deferred work may ask for parts of an agent. */
  agents: columnSchema,
  /** Agents to be paid so that this many are on the phones. */
  agentsWithShrinkage: columnSchema,
  /** Agents to put on the schedule: breaks and leave are left out of the shrinkage, because a schedule shows them. */
  agentsToSchedule: columnSchema,
  offered: columnSchema,
  ahtSeconds: columnSchema,
  /** What this many agents are predicted to give; of deferred work the share done within the promise. */
  serviceLevel: columnSchema,
  asaSeconds: columnSchema,
  abandonmentRate: columnSchema,
  occupancy: columnSchema,
  /** Deferred work: from the start of the interval until the last of its contacts is done; `null` for contacts in line. */
  latestFinishSeconds: columnSchema,
  /** Chance that the goal is met, given the forecast's own uncertainty; `null` for deferred work. */
  chanceOfGoal: columnSchema,
  /** Index into `bindingNames`: which part of the goal asked for the last agent; `null` where closed. */
  binding: columnSchema,
  bindingNames: z.array(z.string()),
  computedAt: instantSchema,
  softwareVersion: z.string(),
});
export type Requirement = z.output<typeof requirementSchema>;

export const staffingRoutes = {
  createStaffingPlans: route({
    method: 'POST',
    path: '/api/staffing-plans',
    summary:
      'Compute the requirement for forecasts from their queues’ goals; the job’s resultIds name the plans',
    permission: 'staffing.manage',
    body: z.strictObject({
      forecastIds: z.array(idSchema).min(1).max(200),
      name: nameSchema.optional(),
      /** Absent: Erlang A with the queue’s patience, estimated from its history where it is not set. Messages, callbacks and follow-ups have no line and take no method. */
      method: z.enum(['erlangA', 'erlangC']).optional(),
      /** Aim for the goal in this share of the likely volumes instead of for the mean volume. */
      chanceOfGoal: z.number().min(0.5).max(0.99).optional(),
    }),
    status: 202,
    response: jobStartedSchema,
  }),
  listStaffingPlans: route({
    method: 'GET',
    path: '/api/staffing-plans',
    summary: 'Staffing plans, newest first',
    permission: 'staffing.read',
    query: z.strictObject({
      ...pageQuery,
      siteId: idSchema.optional(),
      queueId: idSchema.optional(),
      forecastId: idSchema.optional(),
    }),
    response: pageOf(staffingPlanSchema),
  }),
  getRequirement: route({
    method: 'GET',
    path: '/api/staffing-plans/:id',
    summary: 'The requirement of one plan as columns',
    permission: 'staffing.read',
    params: idParams,
    response: requirementSchema,
  }),
  removeStaffingPlan: route({
    method: 'DELETE',
    path: '/api/staffing-plans/:id',
    summary: 'Remove a staffing plan',
    permission: 'staffing.manage',
    params: idParams,
  }),
  estimatePatience: route({
    method: 'GET',
    path: '/api/queues/:id/patience',
    summary: 'Patience estimated from the queue’s own abandonment, with its confidence',
    permission: 'staffing.read',
    params: idParams,
    query: z.strictObject({ from: queryInt.optional(), to: queryInt.optional() }),
    response: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('estimated'),
        patienceSeconds: secondsSchema,
        lowerSeconds: secondsSchema,
        upperSeconds: secondsSchema,
        abandoned: countSchema,
        method: z.string(),
      }),
      z.object({
        kind: z.literal('insufficient'),
        abandoned: countSchema,
        needed: countSchema,
        reason: z.string(),
      }),
    ]),
  }),
} as const;
