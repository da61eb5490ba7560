import { type LocalDate, localDateOf, localDay, wallClockSeconds } from '../calendar/time.ts';

/** A shift as the ledger needs it: who, and from when to when (epoch seconds). */
export interface LedgerShift {
  readonly agentId: string;
  readonly start: number;
  readonly end: number;
}

/** One agent's share of the burdens over a period. */
export interface FairnessEntry {
  readonly agentId: string;
  readonly shifts: number;
  readonly hours: number;
  readonly weekendShifts: number;
  /** Shifts that end after 20:00 local time, or on a later day than they start. */
  readonly lateShifts: number;
  readonly holidayShifts: number;
}

const LATE_FROM_SECONDS = 20 * 3600;

/** Burdens per agent, for the agents named (one without shifts has zeros). A shift belongs to the day it starts on. */
export function fairnessLedger(
  agentIds: readonly string[],
  shifts: readonly LedgerShift[],
  timeZone: string,
  holidays: ReadonlySet<LocalDate>,
): readonly FairnessEntry[] {
  const byAgent = new Map(
    agentIds.map(id => [id, { weekend: 0, late: 0, holiday: 0, shifts: 0, seconds: 0 }]),
  );
  for (const shift of shifts) {
    const entry = byAgent.get(shift.agentId);
    if (!entry) continue;
    const day = localDay(localDateOf(shift.start, timeZone), timeZone);
    const endsLater = shift.end > day.endEpochSeconds;
    entry.shifts++;
    entry.seconds += shift.end - shift.start;
    if (day.weekday >= 5) entry.weekend++;
    if (endsLater || wallClockSeconds(day, shift.end - 1) >= LATE_FROM_SECONDS) entry.late++;
    if (holidays.has(day.date)) entry.holiday++;
  }
  return [...byAgent].map(([agentId, entry]) => ({
    agentId,
    shifts: entry.shifts,
    hours: entry.seconds / 3600,
    weekendShifts: entry.weekend,
    lateShifts: entry.late,
    holidayShifts: entry.holiday,
  }));
}

/** Largest minus smallest burden over the agents who worked; 0 is perfectly even. */
export function burdenSpread(
  entries: readonly FairnessEntry[],
  burden: 'weekendShifts' | 'lateShifts' | 'holidayShifts',
): number {
  const values = entries.filter(entry => entry.shifts > 0).map(entry => entry[burden]);
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
}
