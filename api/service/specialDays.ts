import { findQueue } from '../../data/store/queues.ts';
import {
  deleteSpecialDay,
  listSpecialDays,
  putSpecialDays,
  type StoredSpecialDay,
} from '../../data/store/specialDays.ts';
import type { SpecialDayEntry } from '../contract/centre.ts';
import { assertReaches, type Context, mutate, reach } from './context.ts';
import { found, Refusal } from './refusal.ts';

/** Special days of a site; with a queue only those that hold for it. */
export async function readSpecialDays(
  context: Context,
  filter: { readonly siteId: string; readonly queueId?: string | undefined },
): Promise<readonly SpecialDayEntry[]> {
  const scope = reach(context, 'centre.read');
  const { db } = context.environment.store;
  return (await listSpecialDays(db, scope, filter.siteId, filter.queueId)).map(presentSpecialDay);
}

/** Adds a special day, or gives the one of the same site, queue, date and name another kind and hours. */
export async function storeSpecialDay(
  context: Context,
  day: Omit<SpecialDayEntry, 'id'>,
): Promise<SpecialDayEntry> {
  assertReaches(context, 'centre.manage', day.siteId);
  return mutate(context, 'specialDay.put', async db => {
    if (day.queueId !== null) {
      const queue = found(await findQueue(db, reach(context, 'centre.manage'), day.queueId));
      if (queue.siteId !== day.siteId) throw new Refusal('notFound');
    }
    await putSpecialDays(db, [day]);
    const stored = (await listSpecialDays(db, 'all', day.siteId)).find(
      other => other.queueId === day.queueId && other.date === day.date && other.name === day.name,
    );
    const value = presentSpecialDay(found(stored));
    return { value, subjectKind: 'specialDay', subjectId: value.id, siteId: day.siteId };
  });
}

/** Removes a special day. */
export async function removeSpecialDay(context: Context, id: string): Promise<void> {
  const scope = reach(context, 'centre.manage');
  await mutate(context, 'specialDay.remove', async db => {
    if (!(await deleteSpecialDay(db, scope, id))) throw new Refusal('notFound');
    return { value: undefined, subjectKind: 'specialDay', subjectId: id };
  });
}

export function presentSpecialDay(day: StoredSpecialDay): SpecialDayEntry {
  return {
    id: day.id,
    siteId: day.siteId,
    queueId: day.queueId,
    date: day.date,
    name: day.name,
    kind: day.kind,
    ...(day.hours && { hours: day.hours.map(range => ({ ...range })) }),
  };
}
