import { z } from 'zod';
import type { OpeningHours, OpenRange } from '../../forecasting/calendar/opening.ts';
import { jsonColumn } from '../db/codec.ts';

const openRange = z
  .object({ startMinute: z.int().min(0).max(1440), endMinute: z.int().min(0).max(1440) })
  .refine(range => range.startMinute < range.endMinute, 'an open range must end after it starts');

/** Opening hours as stored. */
export const openingHoursColumn = jsonColumn<OpeningHours>(
  'opening hours',
  z.object({ weekly: z.array(z.array(openRange)).length(7) }),
);

/** The open ranges of one special day as stored. */
export const openRangesColumn = jsonColumn<readonly OpenRange[]>('hours', z.array(openRange));

/** A list of texts. */
export const textListColumn = jsonColumn<readonly string[]>('list', z.array(z.string()));

/** A list of whole numbers. */
export const integerListColumn = jsonColumn<readonly number[]>('numbers', z.array(z.int()));
