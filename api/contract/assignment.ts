import { z } from 'zod';
import { flagColumnSchema, idSchema, indexColumnSchema, instantSchema, timeZoneSchema } from './primitive.ts';

/** Shifts with their activities, one by one and as the columns that an editor draws. */

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
