import { localDateOf } from '../../forecasting/index.ts';
import { language } from '../locale/i18n.ts';

const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  const known = numberFormats.get(key) ?? new Intl.NumberFormat(language(), options);
  numberFormats.set(key, known);
  return known;
}

function dateFormat(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = timeZone + JSON.stringify(options);
  const known = dateFormats.get(key) ?? new Intl.DateTimeFormat(language(), { timeZone, ...options });
  dateFormats.set(key, known);
  return known;
}

/** What stands where there is no value: missing is not zero. */
export const NO_VALUE = '–';

type Maybe = number | null | undefined;

function isNumber(value: Maybe): value is number {
  return value !== null && value !== undefined && Number.isFinite(value);
}

export function formatNumber(value: Maybe, digits = 0): string {
  return isNumber(value)
    ? numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)
    : NO_VALUE;
}

/** `share` is 0–1. */
export function formatPercent(share: Maybe, digits = 0): string {
  return isNumber(share)
    ? numberFormat({
        style: 'percent',
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(share)
    : NO_VALUE;
}

/** A difference with its sign; zero has none, and minus is a real minus sign. */
export function formatSigned(value: Maybe, digits = 0): string {
  if (!isNumber(value)) return NO_VALUE;
  const rounded = Number(value.toFixed(digits));
  const text = formatNumber(Math.abs(rounded), digits);
  if (rounded === 0) return text;
  return rounded > 0 ? `+${text}` : `−${text}`;
}

/** A difference between two shares (0–1) in percentage points. */
export function formatPoints(difference: Maybe, digits = 1): string {
  return isNumber(difference) ? `${formatSigned(difference * 100, digits)} pts` : NO_VALUE;
}

/** `95 s`, `4 min 20 s`, `1 h 05 min`. */
export function formatDuration(seconds: Maybe): string {
  if (!isNumber(seconds)) return NO_VALUE;
  const whole = Math.round(Math.abs(seconds));
  const sign = seconds < 0 && whole > 0 ? '−' : '';
  if (whole < 120) return `${sign}${whole} s`;
  if (whole < 3600) {
    const rest = whole % 60;
    return `${sign}${Math.floor(whole / 60)} min${rest > 0 ? ` ${rest} s` : ''}`;
  }
  const minutes = Math.round(whole / 60);
  const rest = minutes % 60;
  return `${sign}${Math.floor(minutes / 60)} h${rest > 0 ? ` ${String(rest).padStart(2, '0')} min` : ''}`;
}

/** Hours with one decimal: `37.5 h`. */
export function formatHours(hours: Maybe): string {
  return isNumber(hours) ? `${formatNumber(hours, Number.isInteger(hours) ? 0 : 1)} h` : NO_VALUE;
}

export function formatMoney(amount: Maybe, currency = 'USD', digits = 0): string {
  return isNumber(amount)
    ? numberFormat({ style: 'currency', currency, maximumFractionDigits: digits }).format(amount)
    : NO_VALUE;
}

/** A difference in money with its sign. */
export function formatSignedMoney(amount: Maybe, currency = 'USD'): string {
  if (!isNumber(amount)) return NO_VALUE;
  const text = formatMoney(Math.abs(amount), currency);
  if (Math.round(amount) === 0) return text;
  return amount > 0 ? `+${text}` : `−${text}`;
}

/** Wall-clock time of an instant, `09:15`. */
export function formatTime(epochSeconds: number, timeZone: string): string {
  return dateFormat(timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    epochSeconds * 1000,
  );
}

/** `Mon 23 Nov`. */
export function formatDay(epochSeconds: number, timeZone: string): string {
  return dateFormat(timeZone, { weekday: 'short', day: 'numeric', month: 'short' }).format(
    epochSeconds * 1000,
  );
}

/** `Mon 23`, where the month is known. */
export function formatDayOfMonth(epochSeconds: number, timeZone: string): string {
  const parts = dateFormat(timeZone, { weekday: 'short', day: 'numeric' }).formatToParts(epochSeconds * 1000);
  const read = (type: string) => parts.find(part => part.type === type)?.value ?? '';
  return `${read('weekday')} ${read('day')}`;
}

/** `Mon 23 Nov, 09:15`. */
export function formatDayTime(epochSeconds: number, timeZone: string): string {
  return `${formatDay(epochSeconds, timeZone)}, ${formatTime(epochSeconds, timeZone)}`;
}

/** `2026-11-23 09:15`, for files. */
export function isoDayTime(epochSeconds: number, timeZone: string): string {
  return `${localDateOf(epochSeconds, timeZone)} ${formatTime(epochSeconds, timeZone)}`;
}

/** `23 Nov 2026`. */
export function formatDate(epochSeconds: number, timeZone: string): string {
  return dateFormat(timeZone, { day: 'numeric', month: 'short', year: 'numeric' }).format(
    epochSeconds * 1000,
  );
}

/** A civil date (`2026-11-23`) in words: `Mon 23 Nov 2026`. */
export function formatLocalDate(date: string, withYear = true): string {
  return dateFormat('UTC', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(withYear && { year: 'numeric' }),
  }).format(Date.parse(`${date}T00:00:00Z`));
}

/** A civil date without weekday and year: `5 Oct`. */
export function formatShortDate(date: string): string {
  return dateFormat('UTC', { day: 'numeric', month: 'short' }).format(Date.parse(`${date}T00:00:00Z`));
}

/** A weekday, 0 = Monday: `Mon`. */
export function formatWeekday(weekday: number): string {
  // The first of January 2024 was a Monday.
  return dateFormat('UTC', { weekday: 'short' }).format(Date.UTC(2024, 0, 1 + weekday));
}

/** A month (`2026-11`) in words: `November 2026`. */
export function formatMonth(month: string): string {
  return dateFormat('UTC', { month: 'long', year: 'numeric' }).format(Date.parse(`${month}-01T00:00:00Z`));
}

/** Minutes after midnight as a wall-clock time; 1440 is `24:00`. */
export function formatMinuteOfDay(minute: number): string {
  const hours = String(Math.floor(minute / 60)).padStart(2, '0');
  return `${hours}:${String(minute % 60).padStart(2, '0')}`;
}

/** `3 minutes ago`, from two epoch seconds. */
export function formatAgo(epochSeconds: number, nowEpochSeconds: number): string {
  const seconds = epochSeconds - nowEpochSeconds;
  const relative = new Intl.RelativeTimeFormat(language(), { numeric: 'auto' });
  const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
    ['year', 31_557_600],
    ['month', 2_629_800],
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ];
  for (const [unit, length] of steps) {
    if (Math.abs(seconds) >= length) return relative.format(Math.round(seconds / length), unit);
  }
  return relative.format(Math.round(seconds), 'second');
}
