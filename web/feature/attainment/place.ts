import { SERVICE_LEVEL_DEFINITIONS } from '../../../api/contract/centre.ts';
import { addDays } from '../../../forecasting/index.ts';
import { mondayOf } from '../../lib/workplace.tsx';

/** Where a director stands: which part of the centre, which stretch of time. It lives in the address of the page. */

export const RANGES = ['week', 'weeks5', 'months3', 'months12'] as const;
export type Range = (typeof RANGES)[number];

/** From the outermost to the innermost; each narrows the one before. */
const LEVELS = ['site', 'queue', 'month', 'week', 'day'] as const;
export type Level = (typeof LEVELS)[number];

export interface Place {
  readonly range: Range;
  readonly definition: (typeof SERVICE_LEVEL_DEFINITIONS)[number] | null;
  /** `all`: every site; `null`: the site in hand. */
  readonly site: string | null;
  readonly queue: string | null;
  /** `2026-05`. */
  readonly month: string | null;
  /** The Monday. */
  readonly week: string | null;
  readonly day: string | null;
}

/** What the rows of the table are. */
export type Step = 'site' | 'queue' | 'month' | 'week' | 'day' | 'interval';

const PATTERNS: Readonly<Record<Level, RegExp>> = {
  site: /^[\w-]{1,64}$/,
  queue: /^[\w-]{1,64}$/,
  month: /^\d{4}-(0[1-9]|1[0-2])$/,
  week: /^\d{4}-\d{2}-\d{2}$/,
  day: /^\d{4}-\d{2}-\d{2}$/,
};

/** Reads an address; what it does not say, or says wrongly, is as if it were not there. */
export function readPlace(params: URLSearchParams): Place {
  const level = (name: Level) => {
    const value = params.get(name);
    const isDate = name === 'week' || name === 'day';
    if (value === null || !PATTERNS[name].test(value)) return null;
    return isDate && Number.isNaN(Date.parse(value)) ? null : value;
  };
  return {
    range: RANGES.find(name => name === params.get('range')) ?? 'weeks5',
    definition: SERVICE_LEVEL_DEFINITIONS.find(name => name === params.get('definition')) ?? null,
    site: level('site'),
    queue: level('queue'),
    month: level('month'),
    week: level('week'),
    day: level('day'),
  };
}

/** The address of a place. */
export function placeParams(place: Place): Record<string, string> {
  const entries = Object.entries(place).filter(([, value]) => value !== null);
  return Object.fromEntries(entries.filter(([name, value]) => name !== 'range' || value !== 'weeks5'));
}

/** The address as a link within the page. */
export function placeLink(place: Place): { readonly search: string } {
  return { search: new URLSearchParams(placeParams(place)).toString() };
}

/** Into how long pieces a whole range falls. */
export const STEP_OF_RANGE = { week: 'day', weeks5: 'week', months3: 'month', months12: 'month' } as const;

/** What the rows of the table are: sites, their queues, then ever shorter stretches of time. */
export function stepOf(place: Place): Step {
  if (place.site === 'all') return 'site';
  if (place.queue === null) return 'queue';
  if (place.day !== null) return 'interval';
  if (place.week !== null) return 'day';
  if (place.month !== null) return 'week';
  return STEP_OF_RANGE[place.range];
}

export interface Days {
  readonly from: string;
  readonly to: string;
}

function lastOfMonth(month: string): string {
  return addDays(`${addDays(`${month}-28`, 4).slice(0, 7)}-01`, -1);
}

/** First of the month that lies `months` before that of a date. */
function firstOfMonth(date: string, months: number): string {
  let first = `${date.slice(0, 7)}-01`;
  for (let i = 0; i < months; i++) first = `${addDays(first, -1).slice(0, 7)}-01`;
  return first;
}

/** The days of a place. Ranges end with the week in hand and begin with a whole week or month. */
export function daysOf(place: Place, weekInHand: string): Days {
  if (place.day !== null) return { from: place.day, to: place.day };
  const month = place.month === null ? null : daysOfMonth(place.month);
  if (place.week !== null) {
    const [from, to] = [mondayOf(place.week), addDays(mondayOf(place.week), 6)];
    if (month === null) return { from, to };
    return { from: from < month.from ? month.from : from, to: to > month.to ? month.to : to };
  }
  if (month !== null) return month;
  const to = addDays(weekInHand, 6);
  switch (place.range) {
    case 'week':
      return { from: weekInHand, to };
    case 'weeks5':
      return { from: addDays(weekInHand, -28), to };
    case 'months3':
      return { from: firstOfMonth(to, 2), to };
    case 'months12':
      return { from: firstOfMonth(to, 11), to };
  }
}

/** The days of a calendar month, `2026-05`. */
export function daysOfMonth(month: string): Days {
  return { from: `${month}-01`, to: lastOfMonth(month) };
}

export function countDays({ from, to }: Days): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
}

/** As many days just before, to compare with. */
export function daysBefore(days: Days): Days {
  return { from: addDays(days.from, -countDays(days)), to: addDays(days.from, -1) };
}

/** The place one row further in. An interval has nothing in it. */
export function into(
  place: Place,
  row: { readonly siteId: string | null; readonly queueId: string | null; readonly from: string },
): Place {
  switch (stepOf(place)) {
    case 'site':
      return { ...place, site: row.siteId };
    case 'queue':
      return { ...place, queue: row.queueId };
    case 'month':
      return { ...place, month: row.from.slice(0, 7) };
    case 'week':
      return { ...place, week: mondayOf(row.from) };
    case 'day':
      return { ...place, day: row.from };
    case 'interval':
      return place;
  }
}

/** One place on the way, with the level that it added. */
export interface TrailStep {
  readonly level: Level | 'all';
  readonly place: Place;
}

/** The places from the whole down to this one. */
export function trail(place: Place, severalSites: boolean): readonly TrailStep[] {
  const whole: Place = { ...place, site: 'all', queue: null, month: null, week: null, day: null };
  const steps: TrailStep[] = severalSites ? [{ level: 'all', place: whole }] : [];
  if (place.site === 'all') return steps;
  let current: Place = { ...whole, site: place.site };
  steps.push({ level: 'site', place: current });
  for (const level of LEVELS) {
    if (level === 'site' || place[level] === null) continue;
    current = { ...current, [level]: place[level] };
    steps.push({ level, place: current });
  }
  return steps;
}
