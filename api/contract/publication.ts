import { z } from 'zod';
import { assignmentSchema, shiftColumnsSchema } from './assignment.ts';
import {
  countSchema,
  dateSchema,
  idParams,
  idSchema,
  instantSchema,
  listOf,
  noteSchema,
} from './primitive.ts';
import { route } from './route.ts';
import { editedScheduleSchema, scheduleFindingSchema } from './schedule.ts';

/** Publishing: the diff since the last version, immutable versions, and going back to one. */

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
  /** The name of the account. */
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
    summary: 'Make a published version the draft again, as one edit that can be undone',
    permission: 'schedule.manage',
    params: idParams,
    response: editedScheduleSchema,
  }),
} as const;
