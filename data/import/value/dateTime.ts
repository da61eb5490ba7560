import { dayNumberOfCivil } from '../../../forecasting/history/localClock.ts';

/** The order of day, month and year in a written date. Other forms (ISO, 20260314, 14 Mar 2026, Excel, epoch) tell by themselves. */
export type DateOrder = 'yearFirst' | 'dayFirst' | 'monthFirst';

/** How numbers in a date column are meant. `text` = none are. */
export type SerialKind = 'text' | 'excel' | 'epochSeconds' | 'epochMilliseconds';

/**
 * A moment as written: `seconds` since 1970 on the wall clock, or since 1970 UTC when the text names its offset.
 */
export interface Written {
  readonly seconds: number;
  readonly absolute: boolean;
}

const DAY = 86_400;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const TIME = /^(\d{1,2})(?::?(\d{2}))?(?::?(\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?m?\.?$/i;
const NUMERIC_DATE = /^(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})$/;
const NAMED_DATE =
  /^(?:(\d{1,2})[-\s.]*([a-z]{3})[a-z]*[-\s.,]*(\d{2,4})|([a-z]{3})[a-z]*[-\s.]*(\d{1,2})[\s,]+(\d{2,4}))$/i;
const OFFSET = /\s*(z|utc|gmt|[+-]\d{2}:?\d{2})$/i;

/** Reads a date and time of day in one cell; undefined when it is neither. */
export function readDateTime(text: string, order: DateOrder, serial: SerialKind): Written | undefined {
  const fast = readIso(text);
  if (fast !== undefined) return { seconds: fast, absolute: false };
  if (serial !== 'text') return readSerial(text, serial);
  let cell = text.trim();
  const offset = OFFSET.exec(cell);
  // A bare ISO date ends like an offset: 2026-03-14.
  const hasTime = cell.includes(':');
  const offsetSeconds = offset && hasTime ? offsetOf(offset[1] ?? '') : undefined;
  if (offset && offsetSeconds !== undefined) cell = cell.slice(0, offset.index);
  const cut = splitDateTime(cell);
  const day = readDate(cut.date, order);
  const time = cut.time === '' ? 0 : readTimeOfDay(cut.time);
  if (day === undefined || time === undefined) return undefined;
  return offsetSeconds === undefined
    ? { seconds: day + time, absolute: false }
    : { seconds: day + time - offsetSeconds, absolute: true };
}

/** `2026-03-14 09:15[:00]` or with a T, read without a pattern: nearly every row of a large file looks like this. */
function readIso(text: string): number | undefined {
  const length = text.length;
  if (length !== 16 && length !== 19) return undefined;
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45 || text.charCodeAt(13) !== 58) return undefined;
  const separator = text.charCodeAt(10);
  if (separator !== 32 && separator !== 84) return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = length === 19 ? (text.charCodeAt(16) === 58 ? digits(text, 17, 2) : -1) : 0;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return undefined;
  const dayNumber = validDay(year, month, day);
  return dayNumber === undefined ? undefined : dayNumber * DAY + hour * 3600 + minute * 60 + second;
}

function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let i = from; i < from + count; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function readSerial(text: string, serial: SerialKind): Written | undefined {
  const value = Number(text.trim().replace(',', '.'));
  if (text.trim() === '' || !Number.isFinite(value)) return undefined;
  if (serial === 'epochSeconds') return { seconds: Math.round(value), absolute: true };
  if (serial === 'epochMilliseconds') return { seconds: Math.round(value / 1000), absolute: true };
  // Day 25,569 of Excel's calendar is 1970-01-01; fractions of a day are rounded to the second.
  if (value < 1 || value > 2_958_465) return undefined;
  return { seconds: Math.round((value - 25_569) * DAY), absolute: false };
}

function offsetOf(text: string): number | undefined {
  if (/^(z|utc|gmt)$/i.test(text)) return 0;
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(text);
  if (!match) return undefined;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60;
  return match[1] === '-' ? -seconds : seconds;
}

function splitDateTime(cell: string): { readonly date: string; readonly time: string } {
  const at = cell.search(/[T\s,]+(?=\d{1,2}(:\d{2}|\s*[ap]\.?m))/i);
  if (at === -1) return { date: cell, time: '' };
  return {
    date: cell.slice(0, at).trim(),
    time: cell
      .slice(at)
      .replace(/^[T\s,]+/i, '')
      .trim(),
  };
}

/** Reads a date as seconds from 1970-01-01 to its midnight on the wall clock. */
export function readDate(text: string, order: DateOrder): number | undefined {
  const cell = text.trim().replace(/^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+/i, '');
  const numeric = NUMERIC_DATE.exec(cell);
  if (numeric)
    return dateOfParts(
      Number(numeric[1]),
      Number(numeric[2]),
      Number(numeric[3]),
      numeric[1]?.length ?? 0,
      order,
    );
  if (/^\d{8}$/.test(cell)) return readCompactDate(cell, order);
  const named = NAMED_DATE.exec(cell);
  if (!named) return undefined;
  const month = MONTHS.indexOf((named[2] ?? named[4] ?? '').toLowerCase()) + 1;
  const day = Number(named[1] ?? named[5]);
  return secondsOf(fullYear(Number(named[3] ?? named[6])), month, day);
}

function dateOfParts(
  a: number,
  b: number,
  c: number,
  firstLength: number,
  order: DateOrder,
): number | undefined {
  if (firstLength === 4 || (order === 'yearFirst' && firstLength === 2 && c <= 31 && a > 12))
    return secondsOf(fullYear(a), b, c);
  if (order === 'monthFirst') return secondsOf(fullYear(c), a, b);
  if (order === 'dayFirst') return secondsOf(fullYear(c), b, a);
  return undefined;
}

function readCompactDate(cell: string, order: DateOrder): number | undefined {
  const [a, b, c, d] = [cell.slice(0, 2), cell.slice(2, 4), cell.slice(4, 6), cell.slice(6, 8)].map(Number);
  const year = Number(cell.slice(0, 4));
  if (year >= 1970 && year <= 2199) {
    const iso = secondsOf(year, c ?? 0, d ?? 0);
    if (iso !== undefined) return iso;
  }
  const lastYear = Number(cell.slice(4));
  return order === 'dayFirst' ? secondsOf(lastYear, b ?? 0, a ?? 0) : secondsOf(lastYear, a ?? 0, b ?? 0);
}

function fullYear(year: number): number {
  return year < 100 ? 2000 + year : year;
}

function secondsOf(year: number, month: number, day: number): number | undefined {
  const number = validDay(year, month, day);
  return number === undefined ? undefined : number * DAY;
}

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function validDay(year: number, month: number, day: number): number | undefined {
  if (year < 1970 || year > 2199 || month < 1 || month > 12 || day < 1) return undefined;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (day > (MONTH_LENGTHS[month - 1] ?? 0) + (leap ? 1 : 0)) return undefined;
  return dayNumberOfCivil(year, month, day);
}

/**
 * Reads a time of day in seconds after midnight: 9:15, 09:15:00, 0915, 9:15 PM, 24:00, a fraction of a day,
 * or a stretch (`09:15 - 09:30`), of which the start counts.
 */
export function readTimeOfDay(text: string): number | undefined {
  const cell = (/^(.*?\d\s*(?:[ap]\.?m\.?)?)\s*(?:-|–|to)\s*\d/i.exec(text)?.[1] ?? text).trim();
  if (/^0?[.,]\d+$/.test(cell)) return Math.round(Number(cell.replace(',', '.')) * DAY);
  const padded = /^\d{1,3}$/.test(cell) && cell.length > 2 ? cell.padStart(4, '0') : cell;
  const match = TIME.exec(padded);
  if (!match) return undefined;
  const half = match[4]?.toLowerCase();
  let hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  const second = Number(match[3] ?? 0);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  const seconds = hour * 3600 + minute * 60 + second;
  return minute > 59 || second > 59 || seconds > DAY ? undefined : seconds;
}
