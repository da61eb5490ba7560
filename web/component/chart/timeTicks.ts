import { localDaysBetween, wallClockSeconds } from '../../../forecasting/index.ts';
import { formatDay, formatTime } from '../../lib/format.ts';

/** Where a time axis carries ticks, and how they read. */
export interface TimeTicks {
  readonly at: readonly number[];
  readonly label: (epochSeconds: number) => string;
}

const HOUR = 3600;
/** Months with their year need more room than days. */
const MOST_MONTHS = 6;

/**
 * Ticks for a stretch of instants in a zone: hours within two days, midnights within two months, months beyond.
 * Hours are those of the wall clock, so a day of 23 or 25 hours shows its real length.
 */
export function timeTicks(from: number, to: number, timeZone: string, wanted = 10): TimeTicks {
  const days = localDaysBetween(from, to, timeZone);
  const span = to - from;
  if (span <= 2.2 * 24 * HOUR) {
    const every = [1, 2, 3, 4, 6, 12].find(hours => span / HOUR / hours <= wanted) ?? 12;
    const at: number[] = [];
    for (const day of days) {
      for (let instant = day.startEpochSeconds; instant < day.endEpochSeconds; instant += HOUR) {
        if (instant >= from && instant <= to && (wallClockSeconds(day, instant) / HOUR) % every === 0) {
          at.push(instant);
        }
      }
    }
    return { at, label: instant => formatTime(instant, timeZone) };
  }
  const midnights = days
    .map(day => day.startEpochSeconds)
    .filter(instant => instant >= from && instant <= to);
  if (days.length <= 62) {
    const every = Math.ceil(midnights.length / wanted);
    const at = midnights.filter((_, index) => index % every === 0);
    return { at, label: instant => formatDay(instant, timeZone) };
  }
  const firsts = days.filter(day => day.date.endsWith('-01') && day.startEpochSeconds >= from);
  const every = Math.ceil(firsts.length / Math.min(wanted, MOST_MONTHS));
  const month = new Intl.DateTimeFormat(undefined, { month: 'short', timeZone });
  const year = new Intl.DateTimeFormat(undefined, { year: '2-digit', timeZone });
  return {
    at: firsts.filter((_, index) => index % every === 0).map(day => day.startEpochSeconds),
    // “Nov 26” would read as a day.
    label: instant => `${month.format(instant * 1000)} ’${year.format(instant * 1000)}`,
  };
}
