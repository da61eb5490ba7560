import { z } from 'zod';
import { assignmentSchema } from './assignment.ts';
import { dateSchema, idParams, idSchema, instantSchema, listOf, pageOf, pageQuery } from './primitive.ts';
import { route } from './route.ts';
import { scheduleSchema } from './schedule.ts';

/** Edits of a schedule: invertible operations with conflict detection per agent and day. */

/** The state of one shift before and after; `null` is no shift. The inverse swaps the two. */
export const shiftChangeSchema = z.object({
  before: assignmentSchema.nullable(),
  after: assignmentSchema.nullable(),
});

export const editSchema = z.strictObject({
  /** Shown as “Undo: …”. */
  label: z.string().min(1).max(200),
  changes: z.array(shiftChangeSchema).min(1).max(5000),
  /** The revision that the editor knew of each agent’s day that the edit touches. */
  base: z.array(z.strictObject({ agentId: idSchema, date: dateSchema, revision: z.int().min(0) })).max(5000),
});
export type ScheduleEdit = z.output<typeof editSchema>;

/** A day that somebody else changed: both versions, to choose from. */
export const editConflictSchema = z.object({
  agentId: idSchema,
  date: dateSchema,
  revision: z.int(),
  theirs: z.array(assignmentSchema),
  /** The name of the account that changed the day last. */
  changedBy: z.string().nullable(),
  changedAt: instantSchema,
});
export type EditConflict = z.output<typeof editConflictSchema>;

export const editResultSchema = z.object({
  schedule: scheduleSchema,
  sequence: z.int(),
  /** New revisions of the days touched. */
  days: z.array(z.object({ agentId: idSchema, date: dateSchema, revision: z.int() })),
});

export const operationSchema = z.object({
  sequence: z.int(),
  label: z.string(),
  changes: z.array(shiftChangeSchema),
  /** The operation that this one took back. */
  undoes: z.int().nullable(),
  /** The name of the account. */
  createdBy: z.string(),
  createdAt: instantSchema,
});

export const scheduleEditRoutes = {
  editSchedule: route({
    method: 'POST',
    path: '/api/schedules/:id/edits',
    summary:
      'Apply one gesture. 409 with `current: EditConflict[]` where somebody changed the same agent’s day since',
    permission: 'schedule.manage',
    params: idParams,
    body: editSchema,
    maxBodyBytes: 8_388_608,
    response: editResultSchema,
  }),
  undoEdit: route({
    method: 'POST',
    path: '/api/schedules/:id/edits/:sequence/undo',
    summary: 'Apply the inverse of an operation as a new operation; undoing an undo is a redo',
    permission: 'schedule.manage',
    params: z.strictObject({ id: idSchema, sequence: z.string().regex(/^\d{1,9}$/) }),
    response: editResultSchema,
  }),
  listEdits: route({
    method: 'GET',
    path: '/api/schedules/:id/edits',
    summary: 'Operations page by page, oldest first',
    permission: 'schedule.read',
    params: idParams,
    query: z.strictObject(pageQuery),
    response: pageOf(operationSchema),
  }),
  listEditsSince: route({
    method: 'GET',
    path: '/api/schedules/:id/edits/since/:sequence',
    summary: 'Operations after one that the editor knows, oldest first, to follow other planners',
    permission: 'schedule.read',
    params: z.strictObject({ id: idSchema, sequence: z.string().regex(/^\d{1,9}$/) }),
    response: listOf(operationSchema),
  }),
} as const;
