import type { Selectable } from 'kysely';
import type { SpecialDay, SpecialDayKind } from '../../forecasting/calendar/opening.ts';
import { decodeOptional, encodeOptional } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { newId } from '../db/id.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import type { SpecialDayTable } from '../db/table/organisation.ts';
import { deleteInScope } from '../db/update.ts';
import { openRangesColumn } from './calendarColumns.ts';

/** A special day as stored; without a queue it holds for every queue of the site. */
export interface StoredSpecialDay extends SpecialDay {
  readonly id: string;
  readonly siteId: string;
  readonly queueId: string | null;
}

/** A special day to be stored. */
export interface NewSpecialDay extends SpecialDay {
  readonly siteId: string;
  readonly queueId?: string | null;
}

const KINDS: readonly SpecialDayKind[] = ['holiday', 'closure', 'event', 'outage'];

/** Stores special days; one that exists already (same site, queue, date and name) takes the new kind and hours. */
export async function putSpecialDays(db: Db, days: readonly NewSpecialDay[]): Promise<void> {
  for (const day of days) {
    const hours = encodeOptional(openRangesColumn, day.hours);
    const queueId = day.queueId ?? null;
    const same = await db
      .updateTable('specialDay')
      .set({ kind: day.kind, hours })
      .where('siteId', '=', day.siteId)
      .where('queueId', queueId === null ? 'is' : '=', queueId)
      .where('date', '=', day.date)
      .where('name', '=', day.name)
      .executeTakeFirst();
    if (same.numUpdatedRows > 0n) continue;
    await db
      .insertInto('specialDay')
      .values({
        id: newId(),
        siteId: day.siteId,
        queueId,
        date: day.date,
        name: day.name,
        kind: day.kind,
        hours,
      })
      .execute();
  }
}

/** Special days of a site by date; with `queueId` only those that hold for that queue. */
export async function listSpecialDays(
  db: Db,
  scope: SiteScope,
  siteId: string,
  queueId?: string,
): Promise<readonly StoredSpecialDay[]> {
  let query = db.selectFrom('specialDay').selectAll().where('siteId', '=', siteId).where(inScope(scope));
  if (queueId !== undefined) {
    query = query.where(eb => eb.or([eb('queueId', 'is', null), eb('queueId', '=', queueId)]));
  }
  return (await query.orderBy('date').orderBy('name').execute()).map(toSpecialDay);
}

/** Removes a special day. */
export async function deleteSpecialDay(db: Db, scope: SiteScope, id: string): Promise<boolean> {
  return deleteInScope(db, 'specialDay', scope, id);
}

function toSpecialDay(row: Selectable<SpecialDayTable>): StoredSpecialDay {
  const hours = decodeOptional(openRangesColumn, row.hours);
  return {
    id: row.id,
    siteId: row.siteId,
    queueId: row.queueId,
    date: row.date,
    name: row.name,
    kind: KINDS.find(kind => kind === row.kind) ?? 'event',
    ...(hours !== null && { hours }),
  };
}
