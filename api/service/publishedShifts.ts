import { z } from 'zod';
import type { Assignment } from '../../forecasting/scheduling/schedule.ts';
import { assignmentSchema } from '../contract/assignment.ts';

const contentSchema = z.object({ shifts: z.array(assignmentSchema) });

/** The shifts of a published version. */
export function publishedShifts(publication: { readonly content: unknown }): readonly Assignment[] {
  const content = contentSchema.safeParse(publication.content);
  return content.success ? content.data.shifts : [];
}
