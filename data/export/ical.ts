import { ICalCalendar, ICalCalendarMethod, type ICalEventData } from 'ical-generator';

/** One entry of an agent's calendar, `[start, end)` in epoch seconds. */
export interface CalendarEntry {
  /** Stays the same when the entry moves, so that calendars move it instead of adding another. */
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly title: string;
  readonly description?: string;
  /** Grows with every published change. */
  readonly sequence: number;
}

/**
 * An agent's shifts as an iCalendar feed. Times are UTC: calendars show them in their own zone.
 *
 * @throws RangeError if an entry does not end after it starts.
 */
export function toIcal(name: string, entries: readonly CalendarEntry[], madeAt: number): string {
  const calendar = new ICalCalendar({
    name,
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'Coverline', product: 'Schedule' },
    // Clients may look again every hour.
    ttl: 3600,
  });
  for (const entry of entries) calendar.createEvent(eventOf(entry, madeAt));
  return calendar.toString();
}

function eventOf(entry: CalendarEntry, madeAt: number): ICalEventData {
  if (entry.end <= entry.start) throw new RangeError('a calendar entry must end after it starts');
  return {
    id: entry.id,
    start: new Date(entry.start * 1000),
    end: new Date(entry.end * 1000),
    stamp: new Date(madeAt * 1000),
    summary: entry.title,
    ...(entry.description !== undefined && { description: entry.description }),
    sequence: entry.sequence,
  };
}
