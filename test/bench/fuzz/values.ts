import { readCookies } from '../../../api/http/cookie.ts';
import { contentDisposition } from '../../../api/http/file.ts';
import { toCsv } from '../../../data/export/csv.ts';
import { CsvParser } from '../../../data/import/text/csv.ts';
import {
  type DateOrder,
  readDate,
  readDateTime,
  readTimeOfDay,
  type SerialKind,
} from '../../../data/import/value/dateTime.ts';
import { type DurationUnit, readDuration } from '../../../data/import/value/duration.ts';
import { type DecimalSign, readNumber, readShare } from '../../../data/import/value/number.ts';
import { ZoneClock } from '../../../data/import/zoneClock.ts';
import { localDateOf, localDay, wallClockSeconds } from '../../../forecasting/calendar/time.ts';
import { below, mutateText, pick } from './mutate.ts';
import { type Target, target } from './target.ts';

const NUMBERS = ['5', '1,234', '1.234,5', '-3', '12 345', '50%', '0,5', '1e3', '', '--', "1'000", '(7)', '٣'];
const DURATIONS = ['300', '5:00', '0:05:00', '1h 2m', '4.5', '12:34:56.7', '90s', '2d 03:04:05'];
const DATES = [
  '2026-03-14 09:15',
  '2026-03-14T09:15:00+01:00',
  '3/14/2026 9:15 AM',
  '14.03.26',
  '20260314',
  '14 Mar 2026 09:15',
  '46095.385',
  '1773479700',
  '1773479700000',
  'March 14, 2026',
  '24:00',
  '9:15:00 pm',
  '09.15',
];
const ZONES = [
  'America/Chicago',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'America/Phoenix',
  'America/Havana',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'UTC',
];
const HEADERS = [
  'coverline=abc; other=1',
  '__Host-coverline=x',
  'a=b=c; =x; ;;',
  'coverline="q"; coverline=second',
];

const DECIMALS: readonly DecimalSign[] = ['.', ','];
const ORDERS: readonly DateOrder[] = ['yearFirst', 'dayFirst', 'monthFirst'];
const SERIALS: readonly SerialKind[] = ['text', 'excel', 'epochSeconds', 'epochMilliseconds'];
const UNITS: readonly DurationUnit[] = ['seconds', 'milliseconds', 'minutes', 'hours', 'days'];

/** The readers say NaN for what is no number; nothing may be infinite. */
function assertFiniteOrNone(value: number | null | undefined, what: string): void {
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) {
    throw new Error(`${what} gave ${value}`);
  }
}

/** Single values: numbers, durations, dates and times, hours of a clock change, headers, cells of an export. */
export const VALUE_TARGETS: readonly Target[] = [
  target(
    'numbers',
    20,
    random => mutateText(random, pick(random, NUMBERS)),
    text => {
      for (const decimal of DECIMALS) {
        assertFiniteOrNone(readNumber(text, decimal), 'readNumber');
        assertFiniteOrNone(readShare(text, decimal, 'percent'), 'readShare');
      }
    },
  ),
  target(
    'durations',
    15,
    random => mutateText(random, pick(random, DURATIONS)),
    text => {
      for (const unit of UNITS) assertFiniteOrNone(readDuration(text, unit, '.'), 'readDuration');
    },
  ),
  target(
    'dates and times',
    25,
    random => mutateText(random, pick(random, DATES)),
    text => {
      for (const order of ORDERS) {
        assertFiniteOrNone(readDate(text, order), 'readDate');
        for (const serial of SERIALS) {
          assertFiniteOrNone(readDateTime(text, order, serial)?.seconds, 'readDateTime');
        }
      }
      const time = readTimeOfDay(text);
      if (time !== undefined && !(time >= 0 && time <= 86_400)) throw new Error(`readTimeOfDay gave ${time}`);
    },
  ),
  target(
    'hours of a clock change',
    10,
    random => ({ zone: pick(random, ZONES), wall: below(random, 4_102_444_800 / 60) * 60 }),
    ({ zone, wall }) => {
      const clock = clockOf(zone);
      const instants = clock.resolve(wall);
      if (!instants) return;
      if (instants.later < instants.earlier) throw new Error('the later instant is earlier');
      for (const at of [instants.earlier, instants.later]) {
        if (wallOf(at, zone) !== wall) throw new Error(`${at} is not ${wall} on the wall`);
      }
    },
  ),
  target(
    'cookies and file names',
    10,
    random => mutateText(random, pick(random, HEADERS)),
    text => {
      for (const value of readCookies(text).values())
        if (value.includes(';')) throw new Error('a cookie holds two');
      if (/[\r\n\0]|[^\x20-\x7e]/.test(contentDisposition(text))) throw new Error('a header that breaks out');
    },
  ),
  target(
    'exported cells',
    10,
    random => mutateText(random, pick(random, [...NUMBERS, ...DATES, ...HEADERS])),
    text => {
      const cells: string[][] = [];
      const parser = new CsvParser({ delimiter: ',', onRecord: fields => cells.push([...fields]) });
      parser.write(toCsv({ headers: ['text', 'number'], rows: [[text, -1.5]] }).slice(1));
      parser.end();
      const [read = '', number] = cells[1] ?? [];
      if (number !== '-1.5') throw new Error('the number changed');
      if (read !== text && read !== `'${text}`) throw new Error('the text changed');
      if (/^\s*[=+\-@]/.test(read)) throw new Error('a spreadsheet would run it');
    },
  ),
];

const clocks = new Map<string, ZoneClock>();

function clockOf(zone: string): ZoneClock {
  const known = clocks.get(zone) ?? new ZoneClock(zone);
  clocks.set(zone, known);
  return known;
}

/** Wall-clock seconds since 1970 of an instant, by the calendar's own way and not the clock's under test. */
function wallOf(at: number, zone: string): number {
  const date = localDateOf(at, zone);
  return Date.parse(`${date}T00:00:00Z`) / 1000 + wallClockSeconds(localDay(date, zone), at);
}
