import type { Db } from '../../data/db/connect.ts';
import { findPublication, listPublications } from '../../data/store/publications.ts';
import type { Schedule as StoredSchedule } from '../../data/store/schedules.ts';
import { listSpecialDays } from '../../data/store/specialDays.ts';
import { addDays, localDay } from '../../forecasting/calendar/time.ts';
import { groupByAgent } from '../../forecasting/scheduling/agentTerms.ts';
import { ledgerOf } from '../../forecasting/scheduling/ledger.ts';
import type { SchedulingAgent } from '../../forecasting/scheduling/problem.ts';
import type { Assignment } from '../../forecasting/scheduling/schedule.ts';
import { publishedShifts } from './publishedShifts.ts';

/** How far back rules look, and how far back fairness remembers, in days. */
const RULE_DAYS = 28;
const LEDGER_DAYS = 84;

type Past = Pick<SchedulingAgent, 'recentShifts' | 'ledger'>;

/**
 * What each agent has worked before a schedule, by the published weeks: shifts for rest over the seam, days in a row
 * and rolling limits, and the fairness ledger. Agents without a published shift are missing.
 */
export async function readPast(db: Db, schedule: StoredSchedule): Promise<ReadonlyMap<string, Past>> {
  const { siteId, weekStart, timeZone } = schedule;
  const earliest = addDays(weekStart, -LEDGER_DAYS);
  const { startEpochSeconds: start } = localDay(weekStart, timeZone);
  const { startEpochSeconds: rulesFrom } = localDay(addDays(weekStart, -RULE_DAYS), timeZone);
  const latest = new Map<string, string>();
  for (const { id, weekStart: week } of await listPublications(db, [siteId], { siteId })) {
    // Of each week the newest version comes first.
    if (week < weekStart && week >= earliest && !latest.has(week)) latest.set(week, id);
  }
  const shifts = new Map<string, Assignment>();
  for (const id of [...latest.values()].reverse()) {
    for (const shift of await shiftsOf(db, siteId, id)) {
      if (shift.start < start) shifts.set(`${shift.agentId} ${shift.start}`, shift);
    }
  }
  const holidays = new Set(
    (await listSpecialDays(db, [siteId], siteId)).filter(day => day.kind === 'holiday').map(day => day.date),
  );
  return new Map(
    [...groupByAgent([...shifts.values()])].map(([agentId, own]) => [
      agentId,
      {
        recentShifts: own.filter(shift => shift.end > rulesFrom),
        ledger: ledgerOf(own, timeZone, holidays),
      },
    ]),
  );
}

const MOST_CACHED = 40;
const cached = new Map<string, readonly Assignment[]>();

/** The shifts of a publication; it never changes, so what was parsed once stays right. */
async function shiftsOf(db: Db, siteId: string, id: string): Promise<readonly Assignment[]> {
  const known = cached.get(id);
  if (known) return known;
  const publication = await findPublication(db, [siteId], id);
  const shifts = publication ? publishedShifts(publication) : [];
  cached.set(id, shifts);
  for (const oldest of cached.keys()) {
    if (cached.size <= MOST_CACHED) break;
    cached.delete(oldest);
  }
  return shifts;
}
