import type { Db } from '../../data/db/connect.ts';
import { listDrivers, readDriverValues } from '../../data/store/drivers.ts';
import type { Queue } from '../../data/store/queues.ts';
import { addDays, daysBetween, localDateOf } from '../../forecasting/calendar/time.ts';
import type { Driver } from '../../forecasting/demand/drivers.ts';

/** A stored driver in the form that a forecast takes. */
export interface QueueDriver {
  readonly id: string;
  readonly driver: Driver;
}

/**
 * The drivers of a queue and of its whole site, as they are known at a forecast's origin: every day before it, and
 * the plans from it on. What was measured on a later day is left out, because a forecast made then had not seen it.
 */
export async function readQueueDrivers(
  db: Db,
  queue: Queue,
  originEpochSeconds: number,
): Promise<readonly QueueDriver[]> {
  const originDate = localDateOf(originEpochSeconds, queue.timeZone);
  const drivers: QueueDriver[] = [];
  for (const { id, name } of await listDrivers(db, 'all', queue.siteId, queue.id)) {
    const days = await readDriverValues(db, id);
    const usable = days.filter(({ date, known }) => date < originDate || !known);
    const last = usable.at(-1)?.date;
    if (last === undefined) continue;
    drivers.push({
      id,
      driver: {
        name,
        values: usable.map(({ date, value }) => ({ date, value })),
        knownAheadDays: Math.max(0, daysBetween(originDate, addDays(last, 1))),
      },
    });
  }
  return drivers;
}
