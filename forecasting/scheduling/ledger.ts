import { type LocalDate, localDateOf, localDay, wallClockSeconds, weekdayOf } from '../calendar/time.ts';
import type { FairnessLedger } from './problem.ts';
import type { Assignment } from './schedule.ts';

/** Wall-clock minute after which a shift's end makes it a late, and past which it is a night. */
const LATE_END_MINUTE = 21 * 60;
const NIGHT_END_MINUTE = 26 * 60;
const NIGHT_START_MINUTE = 4 * 60;
const SATURDAY = 5;

/** Whether a shift is a night. `endMinute` counts from the start's midnight and may exceed 1440. */
export function isNight(startMinute: number, endMinute: number): boolean {
  return endMinute > NIGHT_END_MINUTE || startMinute < NIGHT_START_MINUTE;
}

/** Whether a shift that is no night is a late. */
export function isLate(endMinute: number): boolean {
  return endMinute > LATE_END_MINUTE;
}

/**
 * What an agent has carried in past shifts: weekends (two days make one), lates, nights and holidays. Wishes are not
 * seen in shifts and count 0.
 */
export function ledgerOf(
  shifts: readonly Assignment[],
  timeZone: string,
  holidays: ReadonlySet<LocalDate>,
): FairnessLedger {
  let [weekendDays, lates, nights, onHolidays] = [0, 0, 0, 0];
  for (const shift of shifts) {
    const date = localDateOf(shift.start, timeZone);
    const start = wallClockSeconds(localDay(date, timeZone), shift.start) / 60;
    const end = start + (shift.end - shift.start) / 60;
    if (weekdayOf(date) >= SATURDAY) weekendDays++;
    if (holidays.has(date)) onHolidays++;
    if (isNight(start, end)) nights++;
    else if (isLate(end)) lates++;
  }
  return { weekends: weekendDays / 2, lates, nights, holidays: onHolidays, wishesGranted: 0 };
}
