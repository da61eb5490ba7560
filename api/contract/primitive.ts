import { z } from 'zod';

/** Schemas of single values and the wrappers that every resource shares. */

export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/)
  .meta({ description: 'Identifier' });
export const idParams = z.strictObject({ id: idSchema });
export const nameSchema = z.string().trim().min(1).max(120);
export const noteSchema = z.string().trim().max(2000);

/** UTC epoch seconds. */
export const instantSchema = z.int().min(-8_640_000_000).max(8_640_000_000);
/** A local calendar date, `YYYY-MM-DD`. */
export const dateSchema = z.iso.date();
export const timeZoneSchema = z.string().min(1).max(64);
export const stepSecondsSchema = z.union([
  z.literal(300),
  z.literal(600),
  z.literal(900),
  z.literal(1200),
  z.literal(1800),
  z.literal(3600),
]);
/** A share from 0 to 1, never a percentage. */
export const shareSchema = z.number().min(0).max(1);
export const countSchema = z.int().min(0);
export const secondsSchema = z.number().min(0);
export const minuteSchema = z.int().min(0).max(1440);

/** A column of numbers; `null` is an interval without data. */
export const columnSchema = z.array(z.number().nullable()).max(1_000_000);
export const fullColumnSchema = z.array(z.number()).max(1_000_000);
/** A column of 0 and 1. */
export const flagColumnSchema = z.array(z.union([z.literal(0), z.literal(1)])).max(1_000_000);
/** A column of indices into a table that travels beside it. */
export const indexColumnSchema = z.array(z.int().min(0)).max(1_000_000);

/** The grid under columns: interval `i` starts at `start + i × stepSeconds`. */
export const gridShape = {
  start: instantSchema,
  stepSeconds: z.int().min(60).max(86_400),
  timeZone: timeZoneSchema,
};

/** A list that fits in one answer. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item) });
}

/** A list read page by page: pass `nextCursor` back as `cursor`; `null` means the end. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** Numbers, flags and lists travel in the query as text. */
export const queryInt = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d{1,12}$/)
    .transform(Number),
]);
export const queryFlag = z.union([z.boolean(), z.enum(['true', 'false']).transform(text => text === 'true')]);
export const queryIds = z.union([
  z.array(idSchema).max(500),
  z
    .string()
    .regex(/^[A-Za-z0-9_,-]{0,32000}$/)
    .transform(text => text.split(',').filter(id => id !== '')),
]);
export const pageQuery = {
  cursor: z.string().max(200).optional(),
  limit: queryInt.pipe(z.int().min(1).max(500)).optional(),
};
export const rangeQuery = { from: queryInt, to: queryInt };
export const dateRangeQuery = { from: dateSchema, to: dateSchema };

/** The answer of a request that started long work: follow it under `/api/jobs/{jobId}`. */
export const jobStartedSchema = z.object({ jobId: idSchema });
