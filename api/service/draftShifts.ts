import type { Db } from '../../data/db/connect.ts';
import type { Schedule } from '../../data/store/schedules.ts';
import type { Assignment } from '../../forecasting/scheduling/schedule.ts';
import { readAgentParts } from './scheduleCache.ts';

/** Every shift of a schedule's draft. */
export async function draftShifts(
  db: Db,
  schedule: Pick<Schedule, 'id' | 'siteId' | 'revision'>,
): Promise<readonly Assignment[]> {
  return [...(await readAgentParts(db, schedule)).values()].flatMap(part => part.shifts);
}
