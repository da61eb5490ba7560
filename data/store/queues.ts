import type { Insertable, Selectable, Updateable } from 'kysely';
import type { OpeningHours } from '../../forecasting/calendar/opening.ts';
import { anyJson, decodeOptional, encodeOptional, type JsonValue } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { takeNumbers } from '../db/counter.ts';
import { newId } from '../db/id.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import type { QueueTable } from '../db/table/organisation.ts';
import { type UpdateOutcome, updateIfUnchanged } from '../db/update.ts';
import { openingHoursColumn, textListColumn } from './calendarColumns.ts';

/** How contacts of a queue arrive. */
export type Channel = 'voice' | 'chat' | 'message' | 'callback' | 'followUp';

/** A queue of contacts. Settings that belong to the staffing maths are kept as they were given. */
export interface Queue {
  readonly id: string;
  readonly siteId: string;
  /** Short key of the queue in interval history. */
  readonly number: number;
  readonly name: string;
  readonly channel: Channel;
  readonly timeZone: string;
  readonly stepSeconds: number;
  readonly openingHours: OpeningHours;
  readonly goals: JsonValue;
  readonly patience: JsonValue | null;
  readonly shrinkage: JsonValue | null;
  /** Contacts that one agent handles at once; 1 for calls. */
  readonly concurrency: number;
  /** Callers who give up within this many seconds count as short abandons. */
  readonly shortAbandonSeconds: number;
  readonly planningGroup: string | null;
  /** Names under which the queue appears in imported files. */
  readonly aliases: readonly string[];
  readonly sortOrder: number;
  readonly revision: number;
  readonly createdAt: number;
  readonly archivedAt: number | null;
}

/** What a new queue needs; everything else has a plain default. */
export interface NewQueue
  extends Pick<Queue, 'siteId' | 'name' | 'timeZone' | 'stepSeconds' | 'openingHours' | 'createdAt'>,
    Partial<
      Pick<
        Queue,
        | 'channel'
        | 'goals'
        | 'patience'
        | 'shrinkage'
        | 'concurrency'
        | 'shortAbandonSeconds'
        | 'planningGroup'
        | 'aliases'
        | 'sortOrder'
      >
    > {}

/** Fields of a queue that can be changed. */
export type QueueChange = Partial<Omit<Queue, 'id' | 'siteId' | 'number' | 'revision' | 'createdAt'>>;

/** Adds a queue to a site; its name must be new there. */
export async function createQueue(db: Db, input: NewQueue): Promise<Queue> {
  const queue: Queue = {
    channel: 'voice',
    goals: {},
    patience: null,
    shrinkage: null,
    concurrency: 1,
    shortAbandonSeconds: 5,
    planningGroup: null,
    aliases: [],
    sortOrder: 0,
    ...input,
    id: newId(),
    number: await takeNumbers(db, 'queue'),
    revision: 1,
    archivedAt: null,
  };
  await db.insertInto('queue').values(toRow(queue)).execute();
  return queue;
}

/** The queues in scope, in the order chosen by their planners, then by name; `siteId` narrows to one site. */
export async function listQueues(db: Db, scope: SiteScope, siteId?: string): Promise<readonly Queue[]> {
  let query = db.selectFrom('queue').selectAll().where(inScope(scope));
  if (siteId !== undefined) query = query.where('siteId', '=', siteId);
  const rows = await query.orderBy('siteId').orderBy('sortOrder').orderBy('name').execute();
  return rows.map(toQueue);
}

/** One queue, or undefined when it does not exist or is out of scope. */
export async function findQueue(db: Db, scope: SiteScope, id: string): Promise<Queue | undefined> {
  const row = await db
    .selectFrom('queue')
    .selectAll()
    .where('id', '=', id)
    .where(inScope(scope))
    .executeTakeFirst();
  return row && toQueue(row);
}

/** Changes a queue if it still has `expectedRevision`. */
export async function updateQueue(
  db: Db,
  scope: SiteScope,
  id: string,
  expectedRevision: number,
  change: QueueChange,
): Promise<UpdateOutcome> {
  return updateIfUnchanged(db, 'queue', scope, id, expectedRevision, toColumns(change));
}

function toRow(queue: Queue): Insertable<QueueTable> {
  return {
    ...queue,
    openingHours: openingHoursColumn.encode(queue.openingHours),
    goals: anyJson.encode(queue.goals),
    patience: encodeOptional(anyJson, queue.patience),
    shrinkage: encodeOptional(anyJson, queue.shrinkage),
    aliases: textListColumn.encode(queue.aliases),
  };
}

function toColumns(change: QueueChange): Updateable<QueueTable> {
  const { openingHours, goals, patience, shrinkage, aliases, ...plain } = change;
  return {
    ...plain,
    ...(openingHours !== undefined && { openingHours: openingHoursColumn.encode(openingHours) }),
    ...(goals !== undefined && { goals: anyJson.encode(goals) }),
    ...(patience !== undefined && { patience: encodeOptional(anyJson, patience) }),
    ...(shrinkage !== undefined && { shrinkage: encodeOptional(anyJson, shrinkage) }),
    ...(aliases !== undefined && { aliases: textListColumn.encode(aliases) }),
  };
}

const CHANNELS: readonly Channel[] = ['voice', 'chat', 'message', 'callback', 'followUp'];

function toQueue(row: Selectable<QueueTable>): Queue {
  return {
    ...row,
    channel: CHANNELS.find(channel => channel === row.channel) ?? 'voice',
    openingHours: openingHoursColumn.decode(row.openingHours),
    goals: anyJson.decode(row.goals),
    patience: decodeOptional(anyJson, row.patience),
    shrinkage: decodeOptional(anyJson, row.shrinkage),
    aliases: textListColumn.decode(row.aliases),
  };
}
