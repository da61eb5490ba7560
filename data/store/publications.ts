import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import { anyJson, decodeOptional, encodeOptional, type JsonValue } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import type { PublicationTable } from '../db/table/schedule.ts';
import { textListColumn } from './calendarColumns.ts';

/** An immutable version of a week: what people were told, and everything it rests on. */
export interface Publication {
  readonly id: string;
  readonly siteId: string;
  readonly scheduleId: string;
  readonly weekStart: string;
  /** 1, 2, 3 … per site and week. */
  readonly version: number;
  readonly content: JsonValue;
  /** SHA-256 of the stored content. */
  readonly contentHash: string;
  readonly requirement: JsonValue;
  readonly forecastIds: readonly string[];
  readonly seed: number | null;
  readonly softwareVersion: string;
  /** Service level and the like that the plan promised. */
  readonly prediction: JsonValue | null;
  readonly note: string | null;
  readonly publishedBy: string | null;
  readonly publishedAt: number;
}

/** A publication without its content and requirement, for lists. */
export type PublicationSummary = Omit<Publication, 'content' | 'requirement'>;

/** Stores the next version of a week and marks the schedule as published. Must run in a transaction. */
export async function publish(
  db: Db,
  input: Omit<Publication, 'id' | 'version' | 'contentHash'>,
): Promise<Publication> {
  if (!db.isTransaction) throw new RangeError('publish requires a transaction');
  // Changing the schedule row first makes two publishers of one schedule wait for each other.
  const schedule = await db
    .updateTable('schedule')
    .set({ status: 'published', updatedAt: input.publishedAt })
    .where('id', '=', input.scheduleId)
    .where('siteId', '=', input.siteId)
    .executeTakeFirst();
  if (schedule.numUpdatedRows === 0n) throw new RangeError('scheduleId must be a schedule of the site');
  const { last } = await db
    .selectFrom('publication')
    .select(eb => eb.fn.max('version').as('last'))
    .where('siteId', '=', input.siteId)
    .where('weekStart', '=', input.weekStart)
    .executeTakeFirstOrThrow();
  const content = anyJson.encode(input.content);
  const publication: Publication = {
    ...input,
    id: newId(),
    version: (last ?? 0) + 1,
    contentHash: createHash('sha256').update(content).digest('hex'),
  };
  await db
    .insertInto('publication')
    .values({
      ...publication,
      content,
      requirement: anyJson.encode(input.requirement),
      forecastIds: textListColumn.encode(input.forecastIds),
      prediction: encodeOptional(anyJson, input.prediction),
    })
    .execute();
  return publication;
}

/** One publication, or undefined when there is none in scope. */
export async function findPublication(
  db: Db,
  scope: SiteScope,
  id: string,
): Promise<Publication | undefined> {
  const row = await db
    .selectFrom('publication')
    .selectAll()
    .where('id', '=', id)
    .where(inScope(scope))
    .executeTakeFirst();
  return row && toPublication(row);
}

/** The latest version of a week. */
export async function latestPublication(
  db: Db,
  scope: SiteScope,
  siteId: string,
  weekStart: string,
): Promise<Publication | undefined> {
  const row = await db
    .selectFrom('publication')
    .selectAll()
    .where('siteId', '=', siteId)
    .where('weekStart', '=', weekStart)
    .where(inScope(scope))
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && toPublication(row);
}

/** Versions in scope, latest week and version first. */
export async function listPublications(
  db: Db,
  scope: SiteScope,
  filter: {
    readonly siteId?: string;
    readonly weekStart?: string;
    readonly scheduleId?: string;
    readonly limit?: number;
  } = {},
): Promise<readonly PublicationSummary[]> {
  let query = db
    .selectFrom('publication')
    .select([
      'id',
      'siteId',
      'scheduleId',
      'weekStart',
      'version',
      'contentHash',
      'forecastIds',
      'seed',
      'softwareVersion',
      'prediction',
      'note',
      'publishedBy',
      'publishedAt',
    ])
    .where(inScope(scope));
  if (filter.siteId !== undefined) query = query.where('siteId', '=', filter.siteId);
  if (filter.weekStart !== undefined) query = query.where('weekStart', '=', filter.weekStart);
  if (filter.scheduleId !== undefined) query = query.where('scheduleId', '=', filter.scheduleId);
  const rows = await query
    .orderBy('weekStart', 'desc')
    .orderBy('version', 'desc')
    .orderBy('id')
    .limit(filter.limit ?? 200)
    .execute();
  return rows.map(row => ({
    ...row,
    forecastIds: textListColumn.decode(row.forecastIds),
    prediction: decodeOptional(anyJson, row.prediction),
  }));
}

function toPublication(row: Selectable<PublicationTable>): Publication {
  return {
    ...row,
    content: anyJson.decode(row.content),
    requirement: anyJson.decode(row.requirement),
    forecastIds: textListColumn.decode(row.forecastIds),
    prediction: decodeOptional(anyJson, row.prediction),
  };
}
