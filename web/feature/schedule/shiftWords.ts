import type { Assignment } from '../../../forecasting/scheduling/schedule.ts';
import { formatTime } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';

/** A person's day in words: `08:00–16:00`, or that there is no shift. */
export function dayWords(shifts: readonly Assignment[], timeZone: string): string {
  if (shifts.length === 0) return t('schedule.free');
  return shifts.map(shift => between(shift, timeZone)).join(', ');
}

/** Everything in a person's day that is not work: `Lunch 12:00–12:30, Break 15:00–15:15`. */
export function breakWords(shifts: readonly Assignment[], timeZone: string): string {
  return shifts
    .flatMap(shift => shift.activities)
    .filter(activity => activity.kind !== 'work')
    .map(activity => `${t(`schedule.activity.${activity.kind}`)} ${between(activity, timeZone)}`)
    .join(', ');
}

/** A day before and after; breaks are told where the shifts' own times stay. */
export function changeWords(
  { before, after }: { readonly before: readonly Assignment[]; readonly after: readonly Assignment[] },
  timeZone: string,
): { readonly before: string; readonly after: string } {
  const [was, becomes] = [dayWords(before, timeZone), dayWords(after, timeZone)];
  if (was !== becomes) return { before: was, after: becomes };
  const withBreaks = (words: string, shifts: readonly Assignment[]) =>
    `${words} (${breakWords(shifts, timeZone) || t('schedule.noBreaks')})`;
  return { before: withBreaks(was, before), after: withBreaks(becomes, after) };
}

function between({ start, end }: { readonly start: number; readonly end: number }, timeZone: string): string {
  return `${formatTime(start, timeZone)}–${formatTime(end, timeZone)}`;
}
