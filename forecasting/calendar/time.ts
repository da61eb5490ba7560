import { Temporal } from 'temporal-polyfill';

/** A civil date in ISO form, `2026-05-04`. */
export type LocalDate = string;

/** ISO weekday counted from zero: 0 = Monday … 6 = Sunday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** One local day as a stretch of instants. Its length is 23, 24 or 25 hours (other lengths occur: Lord Howe shifts by 30 minutes). */
export interface LocalDay {
  readonly date: LocalDate;
  readonly weekday: Weekday;
  /** UTC epoch seconds of local midnight (or of the first existing minute where midnight is skipped). */
  readonly startEpochSeconds: number;
  /** UTC epoch seconds at which the next local day starts. */
  readonly endEpochSeconds: number;
  /** Wall-clock changes inside the day; empty on ordinary days. */
  readonly shifts: readonly ClockShift[];
}

/** A jump of the wall clock: at `atEpochSeconds` the local offset changes from `offsetBeforeSeconds` to `offsetAfterSeconds`. */
export interface ClockShift {
  readonly atEpochSeconds: number;
  readonly offsetBeforeSeconds: number;
  readonly offsetAfterSeconds: number;
}

const DAY_SECONDS = 86_400;
const dayCache = new Map<string, LocalDay>();

/** Whether `timeZone` is an IANA zone this runtime knows. */
export function isTimeZone(timeZone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return true;
  } catch {
    return false;
  }
}

/**
 * The local day `date` in `timeZone`, with the clock changes inside it.
 * Results are cached: a zone conversion is slow, integer arithmetic within the day is not.
 *
 * @throws RangeError if the date or the zone is not valid.
 */
export function localDay(date: LocalDate, timeZone: string): LocalDay {
  const key = `${timeZone}|${date}`;
  const known = dayCache.get(key);
  if (known) return known;
  const plain = Temporal.PlainDate.from(date);
  const start = plain.toZonedDateTime({ timeZone });
  const end = plain.add({ days: 1 }).toZonedDateTime({ timeZone });
  const day: LocalDay = {
    date: plain.toString(),
    weekday: (plain.dayOfWeek - 1) as Weekday,
    startEpochSeconds: Math.floor(start.epochMilliseconds / 1000),
    endEpochSeconds: Math.floor(end.epochMilliseconds / 1000),
    shifts: clockShifts(start, end),
  };
  if (dayCache.size > 50_000) dayCache.clear();
  dayCache.set(key, day);
  return day;
}

/** Where the clock jumps over midnight (Havana), the day begins with the jump: its first minute is not 00:00. */
function skippedMidnight(start: Temporal.ZonedDateTime): ClockShift[] {
  const skippedSeconds = start.hour * 3600 + start.minute * 60 + start.second;
  if (skippedSeconds === 0) return [];
  const offsetAfterSeconds = Math.round(start.offsetNanoseconds / 1e9);
  return [
    {
      atEpochSeconds: Math.floor(start.epochMilliseconds / 1000),
      offsetBeforeSeconds: offsetAfterSeconds - skippedSeconds,
      offsetAfterSeconds,
    },
  ];
}

function clockShifts(start: Temporal.ZonedDateTime, end: Temporal.ZonedDateTime): readonly ClockShift[] {
  const shifts: ClockShift[] = skippedMidnight(start);
  let at = start;
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds >= end.epochMilliseconds) return shifts;
    const before = Temporal.Instant.fromEpochMilliseconds(next.epochMilliseconds - 1).toZonedDateTimeISO(
      start.timeZoneId,
    );
    const offsetBeforeSeconds = Math.round(before.offsetNanoseconds / 1e9);
    const offsetAfterSeconds = Math.round(next.offsetNanoseconds / 1e9);
    if (offsetBeforeSeconds !== offsetAfterSeconds) {
      shifts.push({
        atEpochSeconds: Math.floor(next.epochMilliseconds / 1000),
        offsetBeforeSeconds,
        offsetAfterSeconds,
      });
    }
    at = next;
  }
}

/** The local date on which the instant falls. */
export function localDateOf(epochSeconds: number, timeZone: string): LocalDate {
  return Temporal.Instant.fromEpochMilliseconds(epochSeconds * 1000)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

/** The date `days` civil days after `date` (before, if negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_SECONDS * 1000).toISOString().slice(0, 10);
}

/** Civil days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / (DAY_SECONDS * 1000));
}

/** Weekday of a civil date, 0 = Monday. */
export function weekdayOf(date: LocalDate): Weekday {
  return ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) as Weekday;
}

/** The local days that overlap `[fromEpochSeconds, toEpochSeconds)`, in order. */
export function localDaysBetween(
  fromEpochSeconds: number,
  toEpochSeconds: number,
  timeZone: string,
): readonly LocalDay[] {
  const days: LocalDay[] = [];
  let day = localDay(localDateOf(fromEpochSeconds, timeZone), timeZone);
  while (day.startEpochSeconds < toEpochSeconds) {
    days.push(day);
    day = localDay(addDays(day.date, 1), timeZone);
  }
  return days;
}

/**
 * Wall-clock seconds since midnight (0 … 86 399) of an instant within its local day.
 * On a 25-hour day the doubled hour yields the same values twice; on a 23-hour day the missing hour yields none.
 */
export function wallClockSeconds(day: LocalDay, epochSeconds: number): number {
  let wall = epochSeconds - day.startEpochSeconds;
  if (day.shifts.length > 0) {
    for (const shift of day.shifts) {
      if (epochSeconds >= shift.atEpochSeconds) wall += shift.offsetAfterSeconds - shift.offsetBeforeSeconds;
    }
    // A day whose midnight is skipped starts at the first existing minute.
    if (wall >= DAY_SECONDS) wall = DAY_SECONDS - 1;
    if (wall < 0) wall = 0;
  }
  return wall;
}

/** What the wall clock `seconds` after midnight means on a day: an instant, two (doubled hour) or none (missing hour). */
export type WallClockInstant =
  | { readonly kind: 'unique'; readonly epochSeconds: number }
  | { readonly kind: 'doubled'; readonly earlierEpochSeconds: number; readonly laterEpochSeconds: number }
  | { readonly kind: 'missing'; readonly nextEpochSeconds: number };

/** Resolves a wall-clock time on a local day; `wallSeconds` is counted from midnight, 0 … 86 399. */
export function resolveWallClock(day: LocalDay, wallSeconds: number): WallClockInstant {
  const candidates: number[] = [];
  let segmentStart = day.startEpochSeconds;
  let drift = 0;
  const bounds = [...day.shifts.map(s => s.atEpochSeconds), day.endEpochSeconds];
  for (let i = 0; i < bounds.length; i++) {
    const instant = day.startEpochSeconds + wallSeconds - drift;
    const segmentEnd = bounds[i]!;
    if (instant >= segmentStart && instant < segmentEnd) candidates.push(instant);
    const shift = day.shifts[i];
    if (shift) drift += shift.offsetAfterSeconds - shift.offsetBeforeSeconds;
    segmentStart = segmentEnd;
  }
  if (candidates.length === 1) return { kind: 'unique', epochSeconds: candidates[0]! };
  if (candidates.length > 1) {
    return { kind: 'doubled', earlierEpochSeconds: candidates[0]!, laterEpochSeconds: candidates[1]! };
  }
  const gap = day.shifts.find(s => s.offsetAfterSeconds > s.offsetBeforeSeconds);
  return { kind: 'missing', nextEpochSeconds: gap?.atEpochSeconds ?? day.endEpochSeconds };
}
