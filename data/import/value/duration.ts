import { type DecimalSign, readNumber } from './number.ts';

/** The unit of a duration written as a plain number. Clock forms (h:mm:ss, m:ss) need none. */
export type DurationUnit = 'seconds' | 'milliseconds' | 'minutes' | 'hours' | 'days';

const SECONDS_PER: Readonly<Record<DurationUnit, number>> = {
  seconds: 1,
  milliseconds: 0.001,
  minutes: 60,
  hours: 3600,
  days: 86_400,
};

const CLOCK = /^(?:(\d+)[.:\s](?=\d+:\d\d:\d\d))?(?:(\d+):)?(\d+):(\d\d)(?:[.,](\d+))?$/;

/** Reads a duration in seconds. null = no value; NaN = not a duration. `d.hh:mm:ss`, `h:mm:ss` and `m:ss` are known. */
export function readDuration(text: string, unit: DurationUnit, decimal: DecimalSign): number | null {
  if (text.includes(':')) return readClock(text.trim());
  const value = readNumber(text, decimal);
  return value === null ? null : value * SECONDS_PER[unit];
}

function readClock(text: string): number {
  const match = CLOCK.exec(text);
  if (!match) return Number.NaN;
  const [, days, hours, minutes, seconds, fraction] = match;
  if (Number(seconds) > 59 || (hours !== undefined && Number(minutes) > 59)) return Number.NaN;
  return (
    Number(days ?? 0) * 86_400 +
    Number(hours ?? 0) * 3600 +
    Number(minutes) * 60 +
    Number(seconds) +
    (fraction === undefined ? 0 : Number(`0.${fraction}`))
  );
}
