import { z } from 'zod';
import { shiftColumnsSchema } from './assignment.ts';
import {
  columnSchema,
  countSchema,
  dateSchema,
  gridShape,
  idParams,
  idSchema,
  instantSchema,
  jobStartedSchema,
  listOf,
  nameSchema,
  pageOf,
  pageQuery,
  timeZoneSchema,
} from './primitive.ts';
import { route } from './route.ts';

/** Schedules: content, coverage, findings, generation as a proposal. */

export const scheduleSchema = z.object({
  id: idSchema,
  siteId: idSchema,
  name: nameSchema,
  weekStart: dateSchema,
  days: z.int(),
  timeZone: timeZoneSchema,
  stepSeconds: z.int(),
  status: z.enum(['draft', 'published', 'archived']),
  staffingPlanIds: z.array(idSchema),
  ruleSetId: idSchema.nullable(),
  scenarioId: idSchema.nullable(),
  publishedVersion: z.int().nullable(),
  /** True when the draft differs from the last publication. */
  changedSincePublication: z.boolean(),
  revision: z.int(),
  createdAt: instantSchema,
  createdBy: z.string(),
  updatedAt: instantSchema,
});
export type ScheduleHead = z.output<typeof scheduleSchema>;

/** A schedule after an edit, with the edit's sequence to undo it by; `null` when there was nothing to change. */
export const editedScheduleSchema = scheduleSchema.extend({ sequence: z.int().nullable() });
export type EditedSchedule = z.output<typeof editedScheduleSchema>;

/** Revision of each agent's day: `revisions[a][d]` for `agentIds[a]` on day `d` of the schedule. */
export const scheduleContentSchema = z.object({
  schedule: scheduleSchema,
  shifts: shiftColumnsSchema,
  dayRevisions: z.array(z.array(z.int())),
  /** The newest edit that the shifts have; 0 before the first. */
  lastSequence: z.int(),
});

/** Required, scheduled and predicted numbers of one queue; `null` where closed or not computed. */
export const coverageSchema = z.object({
  queueId: idSchema,
  ...gridShape,
  required: columnSchema,
  scheduled: columnSchema,
  serviceLevel: columnSchema,
  abandonmentRate: columnSchema,
});

/** A broken rule, an uncovered interval or something to look at. */
export const scheduleFindingSchema = z.object({
  kind: z.enum(['rule', 'uncovered', 'timeOff', 'skill']),
  severity: z.enum(['hard', 'soft']),
  ruleId: z.string().nullable(),
  agentId: idSchema.nullable(),
  queueId: idSchema.nullable(),
  from: instantSchema.nullable(),
  to: instantSchema.nullable(),
  message: z.string(),
  amount: z.number(),
});
export type ScheduleFinding = z.output<typeof scheduleFindingSchema>;

export const proposalSchema = z.object({
  id: idSchema,
  scheduleId: idSchema,
  /** Revision of the schedule that it was computed from. */
  baseRevision: z.int(),
  status: z.enum(['open', 'accepted', 'partlyAccepted', 'discarded']),
  createdAt: instantSchema,
  /** What accepting it whole would change. */
  before: z.object({
    cost: z.number(),
    underHours: z.number(),
    overHours: z.number(),
    hardBreaches: countSchema,
  }),
  after: z.object({
    cost: z.number(),
    underHours: z.number(),
    overHours: z.number(),
    hardBreaches: countSchema,
  }),
  /** Proven lower limit of the cost, where one was proven. */
  bound: z.number().nullable(),
  seed: z.int(),
  softwareVersion: z.string(),
  explanation: z.array(z.string()),
});
export type Proposal = z.output<typeof proposalSchema>;

export const scheduleRoutes = {
  listSchedules: route({
    method: 'GET',
    path: '/api/schedules',
    summary: 'Schedules, newest week first',
    permission: 'schedule.read',
    query: z.strictObject({ ...pageQuery, siteId: idSchema.optional() }),
    response: pageOf(scheduleSchema),
  }),
  createSchedule: route({
    method: 'POST',
    path: '/api/schedules',
    summary: 'Start an empty schedule, or a copy of another one',
    permission: 'schedule.manage',
    body: z.strictObject({
      siteId: idSchema,
      name: nameSchema,
      weekStart: dateSchema,
      days: z.int().min(1).max(35),
      staffingPlanIds: z.array(idSchema).max(200),
      ruleSetId: idSchema.nullable(),
      copyOf: idSchema.optional(),
    }),
    status: 201,
    response: scheduleSchema,
  }),
  getSchedule: route({
    method: 'GET',
    path: '/api/schedules/:id',
    summary: 'All shifts as columns with the revision of every agent’s day',
    permission: 'schedule.read',
    params: idParams,
    response: scheduleContentSchema,
  }),
  updateSchedule: route({
    method: 'PATCH',
    path: '/api/schedules/:id',
    summary: 'Rename, or change the staffing plans and rules that it is measured against',
    permission: 'schedule.manage',
    params: idParams,
    body: z
      .strictObject({
        name: nameSchema,
        staffingPlanIds: z.array(idSchema).max(200),
        ruleSetId: idSchema.nullable(),
        status: z.enum(['draft', 'archived']),
      })
      .partial(),
    ifMatch: 'required',
    response: scheduleSchema,
  }),
  removeSchedule: route({
    method: 'DELETE',
    path: '/api/schedules/:id',
    summary: 'Remove a schedule that was never published',
    permission: 'schedule.manage',
    params: idParams,
  }),
  getCoverage: route({
    method: 'GET',
    path: '/api/schedules/:id/coverage',
    summary: 'Required and scheduled agents with the predicted service level, per queue and interval',
    permission: 'schedule.read',
    params: idParams,
    response: listOf(coverageSchema),
  }),
  listScheduleFindings: route({
    method: 'GET',
    path: '/api/schedules/:id/findings',
    summary: 'Broken rules and uncovered intervals with their reason',
    permission: 'schedule.read',
    params: idParams,
    response: listOf(scheduleFindingSchema),
  }),
  generateSchedule: route({
    method: 'POST',
    path: '/api/schedules/:id/generate',
    summary: 'Compute shifts; the job’s result is a proposal, the schedule stays as it is',
    permission: 'schedule.manage',
    params: idParams,
    body: z.strictObject({
      mode: z.enum(['whole', 'repair', 'breaks']),
      agentIds: z.array(idSchema).max(5000).optional(),
      effort: z.enum(['quick', 'normal', 'thorough']).optional(),
      seed: z.int().min(0).max(2_147_483_647).optional(),
    }),
    status: 202,
    limit: 'heavy',
    response: jobStartedSchema,
  }),
  getProposal: route({
    method: 'GET',
    path: '/api/schedules/:id/proposals/:proposalId',
    summary: 'A proposal with its shifts',
    permission: 'schedule.read',
    params: z.strictObject({ id: idSchema, proposalId: idSchema }),
    response: z.object({ proposal: proposalSchema, shifts: shiftColumnsSchema }),
  }),
  acceptProposal: route({
    method: 'POST',
    path: '/api/schedules/:id/proposals/:proposalId/accept',
    summary:
      'Take a proposal over, whole or for some agents and days; refused where those days were edited since',
    permission: 'schedule.manage',
    params: z.strictObject({ id: idSchema, proposalId: idSchema }),
    body: z.strictObject({
      /** Absent: everyone. */
      agentIds: z.array(idSchema).max(5000).optional(),
      /** Absent: every day. */
      dates: z.array(dateSchema).max(35).optional(),
      /** Overwrite days that were edited since. */
      overwrite: z.boolean().optional(),
    }),
    response: editedScheduleSchema,
  }),
  discardProposal: route({
    method: 'DELETE',
    path: '/api/schedules/:id/proposals/:proposalId',
    summary: 'Discard a proposal',
    permission: 'schedule.manage',
    params: z.strictObject({ id: idSchema, proposalId: idSchema }),
  }),
} as const;
