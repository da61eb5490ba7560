import { Temporal } from 'temporal-polyfill';

/**
 * Wall-clock offsets of a zone over a stretch of time: `offsetSeconds[i]` holds from `fromEpochSeconds[i]`
 * until the next entry. Lets a long series be cut into local days with integer arithmetic only.
 */
export interface ZoneOffsets {
  readonly fromEpochSeconds: readonly number[];
  readonly offsetSeconds: readonly number[];
}

/**
 * Offsets of `timeZone` from `startEpochSeconds` to `endEpochSeconds`.
 *
 * @throws RangeError if the zone is not known.
 */
export function zoneOffsets(
  timeZone: string,
  startEpochSeconds: number,
  endEpochSeconds: number,
): ZoneOffsets {
  let at = Temporal.Instant.fromEpochMilliseconds(startEpochSeconds * 1000).toZonedDateTimeISO(timeZone);
  const fromEpochSeconds = [startEpochSeconds];
  const offsetSeconds = [Math.round(at.offsetNanoseconds / 1e9)];
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds >= endEpochSeconds * 1000) break;
    fromEpochSeconds.push(Math.floor(next.epochMilliseconds / 1000));
    offsetSeconds.push(Math.round(next.offsetNanoseconds / 1e9));
    at = next;
  }
  return { fromEpochSeconds, offsetSeconds };
}

/** Wall-clock seconds since 1970-01-01T00:00 local time for every interval of a grid. */
export function localSeconds(
  start: number,
  stepSeconds: number,
  count: number,
  timeZone: string,
): Float64Array {
  const local = new Float64Array(count);
  const zone = zoneOffsets(timeZone, start, start + count * stepSeconds);
  let segment = 0;
  for (let i = 0; i < count; i++) {
    const at = start + i * stepSeconds;
    while ((zone.fromEpochSeconds[segment + 1] ?? Number.POSITIVE_INFINITY) <= at) segment++;
    local[i] = at + (zone.offsetSeconds[segment] ?? 0);
  }
  return local;
}

const DAY_SECONDS = 86_400;

/** ISO date of a civil day counted from 1970-01-01. */
export function dateOfDayNumber(dayNumber: number): string {
  return new Date(dayNumber * DAY_SECONDS * 1000).toISOString().slice(0, 10);
}

/** Civil days from 1970-01-01 to an ISO date. */
export function dayNumberOf(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / (DAY_SECONDS * 1000));
}

/** Weekday of a civil day counted from 1970-01-01 (a Thursday): 0 = Monday … 6 = Sunday. */
export function weekdayOfDayNumber(dayNumber: number): number {
  return (((dayNumber + 3) % 7) + 7) % 7;
}

/** Year, month (1–12) and day of the month of a civil day counted from 1970-01-01 (Hinnant's civil_from_days). */
export function civilDate(dayNumber: number): {
  readonly year: number;
  readonly month: number;
  readonly day: number;
} {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

/** Civil days from 1970-01-01 to a date given by its parts (Hinnant's days_from_civil). */
export function dayNumberOfCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
