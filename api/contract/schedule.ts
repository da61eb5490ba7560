import { z } from 'zod';
import {
  columnSchema,
  countSchema,
  dateSchema,
  flagColumnSchema,
  gridShape,
  idParams,
  idSchema,
  indexColumnSchema,
  instantSchema,
  jobStartedSchema,
  listOf,
  nameSchema,
  noteSchema,
  pageOf,
  pageQuery,
  timeZoneSchema,
} from './primitive.ts';
import { route } from './route.ts';

/** Schedules: the columns an editor draws, coverage, findings, generation as a proposal. */

export const ACTIVITY_KINDS = ['work', 'break', 'lunch', 'gap', 'meeting', 'training'] as const;
export const activityKindSchema = z.enum(ACTIVITY_KINDS);

export const activitySchema = z.object({
  kind: activityKindSchema,
  start: instantSchema,
  end: instantSchema,
  paid: z.boolean(),
  queueId: idSchema.exactOptional(),
  eventId: z.string().max(200).exactOptional(),
});

/** Unique in the schedule and kept through edits. */
export const shiftIdSchema = z.string().min(1).max(200);

/** One shift; activities lie end to end from `start` to `end`. */
export const assignmentSchema = z.object({
  id: shiftIdSchema,
  agentId: idSchema,
  start: instantSchema,
  end: instantSchema,
  templateId: idSchema.nullable(),
  activities: z.array(activitySchema).min(1).max(60),
  locked: z.boolean().exactOptional(),
});
export type AssignmentEntry = z.output<typeof assignmentSchema>;

/**
 * All shifts as columns. Shift `s` belongs to `agentIds[shiftAgent[s]]`; its activities are the entries
 * `activityFirst[s] … activityFirst[s + 1] − 1` of the activity columns (the last shift's run to the end).
 * Starts and ends are seconds after `start`.
 */
export const shiftColumnsSchema = z.object({
  start: instantSchema,
  timeZone: timeZoneSchema,
  agentIds: z.array(idSchema),
  shiftIds: z.array(shiftIdSchema),
  shiftAgent: indexColumnSchema,
  shiftStart: z.array(z.int()),
  shiftEnd: z.array(z.int()),
  /** Index into `templateIds`, −1 for a shift drawn by hand. */
  shiftTemplate: z.array(z.int().min(-1)),
  templateIds: z.array(idSchema),
  shiftLocked: flagColumnSchema,
  activityFirst: indexColumnSchema,
  /** Index into the list `work, break, lunch, gap, meeting, training`. */
  activityKind: indexColumnSchema,
  activityStart: z.array(z.int()),
  activityEnd: z.array(z.int()),
  activityPaid: flagColumnSchema,
  /** Index into `queueIds`, −1 for wherever the agent's skills are needed most. */
  activityQueue: z.array(z.int().min(-1)),
  queueIds: z.array(idSchema),
});
export type ShiftColumns = z.output<typeof shiftColumnsSchema>;

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

/** Revision of each agent's day: `revisions[a][d]` for `agentIds[a]` on day `d` of the schedule. */
export const scheduleContentSchema = z.object({
  schedule: scheduleSchema,
  shifts: shiftColumnsSchema,
  dayRevisions: z.array(z.array(z.int())),
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
    response: scheduleSchema,
  }),
  discardProposal: route({
    method: 'DELETE',
    path: '/api/schedules/:id/proposals/:proposalId',
    summary: 'Discard a proposal',
    permission: 'schedule.manage',
    params: z.strictObject({ id: idSchema, proposalId: idSchema }),
  }),
} as const;

const changeSchema = z.object({
  agentId: idSchema,
  date: dateSchema,
  before: z.array(assignmentSchema),
  after: z.array(assignmentSchema),
});

const estimateSchema = z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable();

/** What a roster gives when it is played many times over, everyone there as scheduled; 95 % intervals. */
export const planSimulationSchema = z.object({
  seed: z.int(),
  replications: countSchema,
  queues: z.array(
    z.object({
      queueId: idSchema,
      serviceLevel: estimateSchema,
      abandonmentRate: estimateSchema,
      asaSeconds: estimateSchema,
      chanceOfGoal: estimateSchema,
    }),
  ),
});

export const publicationSchema = z.object({
  id: idSchema,
  scheduleId: idSchema,
  weekStart: dateSchema,
  version: z.int(),
  contentHash: z.string(),
  note: z.string().nullable(),
  publishedBy: z.string(),
  publishedAt: instantSchema,
  /** `null` until the simulation that publishing starts has run. */
  simulation: planSimulationSchema.nullable(),
});
export type Publication = z.output<typeof publicationSchema>;

export const publicationRoutes = {
  previewPublication: route({
    method: 'GET',
    path: '/api/schedules/:id/publication-preview',
    summary: 'What publishing now would change since the last version, and which hard rules are broken',
    permission: 'schedule.read',
    params: idParams,
    response: z.object({
      changes: z.array(changeSchema),
      agentsAffected: countSchema,
      hardFindings: z.array(scheduleFindingSchema),
    }),
  }),
  publishSchedule: route({
    method: 'POST',
    path: '/api/schedules/:id/publications',
    summary: 'Publish the draft as an immutable version; broken hard rules need a reason in the note',
    permission: 'schedule.publish',
    params: idParams,
    body: z.strictObject({ note: noteSchema }),
    ifMatch: 'required',
    status: 201,
    response: publicationSchema,
  }),
  listPublications: route({
    method: 'GET',
    path: '/api/schedules/:id/publications',
    summary: 'Published versions, newest first',
    permission: 'schedule.read',
    params: idParams,
    response: listOf(publicationSchema),
  }),
  getPublication: route({
    method: 'GET',
    path: '/api/publications/:id',
    summary: 'A published version exactly as it was published',
    permission: 'schedule.read',
    params: idParams,
    response: z.object({ publication: publicationSchema, shifts: shiftColumnsSchema }),
  }),
  restorePublication: route({
    method: 'POST',
    path: '/api/publications/:id/restore',
    summary: 'Make a published version the draft again',
    permission: 'schedule.manage',
    params: idParams,
    response: scheduleSchema,
  }),
} as const;
