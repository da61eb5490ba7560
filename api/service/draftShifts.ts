import type { Db } from '../../data/db/connect.ts';
import type { Schedule } from '../../data/store/schedules.ts';
import { listAgentWeeks } from '../../data/store/scheduleWeeks.ts';
import type { Assignment } from '../../forecasting/scheduling/schedule.ts';
import { readShifts } from './scheduleContent.ts';

/** Every shift of a schedule's draft. */
export async function draftShifts(
  db: Db,
  schedule: Pick<Schedule, 'id' | 'siteId'>,
): Promise<readonly Assignment[]> {
  return (await listAgentWeeks(db, [schedule.siteId], schedule.id)).flatMap(readShifts);
}
