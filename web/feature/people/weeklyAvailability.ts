import type { Agent } from '../../../api/contract/people.ts';
import { hoursText, readHoursPastMidnight } from '../../lib/openingHours.ts';

type Windows = Agent['availability'];
export const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const;
export const DAY_CHOICES = ['none', 'all', 'hours'] as const;

/** One weekday in the form; `text` counts where hours are chosen. */
export interface DayDraft {
  readonly choice: (typeof DAY_CHOICES)[number];
  readonly text: string;
}

const USUAL_HOURS = '08:00-17:00';

/** Monday first. No windows at all mean any time. */
export function weekDraftOf(windows: Windows): readonly DayDraft[] {
  return WEEKDAYS.map(weekday => {
    const ranges = windows.filter(window => window.weekday === weekday);
    const isAll = windows.length === 0 || ranges.some(isWholeDay);
    if (isAll) return { choice: 'all', text: USUAL_HOURS };
    return ranges.length === 0
      ? { choice: 'none', text: USUAL_HOURS }
      : { choice: 'hours', text: hoursText(ranges) };
  });
}

/** Whether the hours of a day can be read. */
export function isReadable({ choice, text }: DayDraft): boolean {
  return choice !== 'hours' || (readHoursPastMidnight(text) ?? []).length > 0;
}

/** The windows of the week, none for any time; null when hours cannot be read or no day is left. */
export function readWeek(week: readonly DayDraft[]): Windows | null {
  if (!week.every(isReadable) || week.every(({ choice }) => choice === 'none')) return null;
  if (week.every(({ choice }) => choice === 'all')) return [];
  return WEEKDAYS.flatMap(weekday => {
    const day = week[weekday];
    if (!day || day.choice === 'none') return [];
    if (day.choice === 'all') return [{ weekday, startMinute: 0, endMinute: 1440 }];
    return (readHoursPastMidnight(day.text) ?? []).map(range => ({ weekday, ...range }));
  });
}

interface AvailabilityWords {
  readonly anyTime: string;
  readonly allDay: string;
  /** Monday first. */
  readonly weekdays: readonly string[];
}

/** `Mon–Fri 08:00-17:00; Sat all day`: days in a row that are alike stand together, others are left out. */
export function availabilityText(windows: Windows, words: AvailabilityWords): string {
  if (windows.length === 0) return words.anyTime;
  const days = weekDraftOf(windows).map(({ choice, text }) =>
    choice === 'none' ? '' : choice === 'all' ? words.allDay : text,
  );
  const parts: string[] = [];
  for (let first = 0; first < days.length; ) {
    let last = first;
    while (days[last + 1] === days[first]) last++;
    const [from = '', to = ''] = [words.weekdays[first], words.weekdays[last]];
    if (days[first]) parts.push(`${first === last ? from : `${from}–${to}`} ${days[first]}`);
    first = last + 1;
  }
  return parts.join('; ');
}

function isWholeDay({ startMinute, endMinute }: Windows[number]): boolean {
  return startMinute === 0 && endMinute === 1440;
}
