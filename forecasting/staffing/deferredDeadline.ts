import { type OpeningHours, openRangesOn, type SpecialDay } from '../calendar/opening.ts';
import { addDays, type LocalDay, localDateOf, localDay, resolveWallClock } from '../calendar/time.ts';
import { assertPositive, assertWhole, StaffingError } from './errors.ts';

/**
 * When a piece of deferred work falls due.
 * - `minutes`: so many minutes after it arrives, by the clock
 * - `businessMinutes`: after so many minutes of opening time
 * - `businessDays`: when the queue closes on the n-th business day after the day it arrives (0: the same day; work that
 *   arrives on a closed day or after closing counts as arriving on the next business day)
 */
export type DeadlineRule =
  | { readonly kind: 'minutes'; readonly minutes: number }
  | { readonly kind: 'businessMinutes'; readonly minutes: number }
  | { readonly kind: 'businessDays'; readonly days: number };

/** The calendar that business time follows. */
export interface BusinessCalendar {
  readonly timeZone: string;
  readonly hours: OpeningHours;
  readonly specialDays?: readonly SpecialDay[];
}

/** Days searched for opening time before giving up. */
const MOST_DAYS = 3700;

/**
 * Deadline, in UTC epoch seconds, of work that arrives at `arrival`.
 *
 * @throws StaffingError naming the field; also when the calendar never opens long enough
 */
export function deadlineOf(arrival: number, rule: DeadlineRule, calendar: BusinessCalendar): number {
  if (!Number.isFinite(arrival)) throw new StaffingError('arrival', 'must be an instant in epoch seconds');
  if (rule.kind === 'minutes') {
    assertPositive('rule.minutes', rule.minutes);
    return arrival + 60 * rule.minutes;
  }
  return rule.kind === 'businessMinutes'
    ? afterOpenMinutes(arrival, rule.minutes, calendar)
    : closeOfBusinessDay(arrival, rule.days, calendar);
}

function afterOpenMinutes(arrival: number, minutes: number, calendar: BusinessCalendar): number {
  assertPositive('rule.minutes', minutes);
  let left = 60 * minutes;
  for (const { spans } of businessDays(arrival, calendar)) {
    for (const { start, end } of spans) {
      const from = Math.max(start, arrival);
      if (end <= from) continue;
      if (end - from >= left) return from + left;
      left -= end - from;
    }
  }
  throw new StaffingError('rule.minutes', 'are never reached: the calendar stays closed');
}

function closeOfBusinessDay(arrival: number, days: number, calendar: BusinessCalendar): number {
  assertWhole('rule.days', days);
  let counted = -1;
  for (const { spans } of businessDays(arrival, calendar)) {
    const close = spans.reduce((latest, span) => Math.max(latest, span.end), -Infinity);
    if (close <= arrival) continue;
    counted += 1;
    if (counted === days) return close;
  }
  throw new StaffingError('rule.days', 'are never reached: the calendar stays closed');
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The open spans of each local day from the arrival's day on. */
function* businessDays(
  arrival: number,
  calendar: BusinessCalendar,
): Generator<{ readonly spans: readonly Span[] }> {
  const { timeZone, hours } = calendar;
  const special = new Map((calendar.specialDays ?? []).map(day => [day.date, day]));
  let date = localDateOf(arrival, timeZone);
  for (let i = 0; i < MOST_DAYS; i++) {
    const day = localDay(date, timeZone);
    yield {
      spans: openRangesOn(day, hours, special).map(range => ({
        start: instantAt(day, range.startMinute),
        end: instantAt(day, range.endMinute),
      })),
    };
    date = addDays(date, 1);
  }
}

/** The instant of a minute on a day's wall clock; in a missing hour the next one, in a doubled hour the later one. */
function instantAt(day: LocalDay, minute: number): number {
  if (minute >= 1440) return day.endEpochSeconds;
  const found = resolveWallClock(day, 60 * minute);
  if (found.kind === 'unique') return found.epochSeconds;
  return found.kind === 'missing' ? found.nextEpochSeconds : found.laterEpochSeconds;
}

/** Place of a piece of work on an interval grid. */
export interface DeferredSlot {
  readonly arrival: number;
  /** Last interval that ends by the deadline; before `arrival` when the deadline leaves no whole interval. */
  readonly due: number;
}

/** Arrival and deadline, both in epoch seconds, as intervals of a grid. */
export function deferredSlot(
  arrival: number,
  deadline: number,
  grid: { readonly start: number; readonly stepSeconds: number },
): DeferredSlot {
  assertPositive('grid.stepSeconds', grid.stepSeconds);
  return {
    arrival: Math.floor((arrival - grid.start) / grid.stepSeconds),
    due: Math.floor((deadline - grid.start) / grid.stepSeconds + 1e-9) - 1,
  };
}
