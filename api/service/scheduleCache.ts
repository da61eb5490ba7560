import type { Db } from '../../data/db/connect.ts';
import type { Schedule } from '../../data/store/schedules.ts';
import { listAgentWeeks } from '../../data/store/scheduleWeeks.ts';
import type { Assignment } from '../../forecasting/scheduling/schedule.ts';
import { readShifts } from './scheduleContent.ts';

/** One agent's part of a schedule, parsed and checked. */
export interface AgentPart {
  readonly shifts: readonly Assignment[];
  readonly dayRevisions: readonly number[];
}

const MOST_SCHEDULES = 30;
const cached = new Map<string, ReadonlyMap<string, AgentPart>>();

/**
 * The shifts of a schedule by agent. Every edit raises the schedule's revision in its own transaction, so what was
 * parsed for a revision stays right; the week view of many readers is parsed once.
 */
export async function readAgentParts(
  db: Db,
  schedule: Pick<Schedule, 'id' | 'siteId' | 'revision'>,
): Promise<ReadonlyMap<string, AgentPart>> {
  const key = `${schedule.id} ${schedule.revision}`;
  const known = cached.get(key);
  if (known) {
    // The one used last is the last to go.
    cached.delete(key);
    cached.set(key, known);
    return known;
  }
  const weeks = await listAgentWeeks(db, [schedule.siteId], schedule.id);
  const parts = new Map(
    weeks.map(week => [week.agentId, { shifts: readShifts(week), dayRevisions: week.dayRevisions }]),
  );
  cached.set(key, parts);
  for (const oldest of cached.keys()) {
    if (cached.size <= MOST_SCHEDULES) break;
    cached.delete(oldest);
  }
  return parts;
}
