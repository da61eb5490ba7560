import type { OpenRange } from '../../forecasting/index.ts';
import { formatMinuteOfDay } from './format.ts';

const DAY_MINUTES = 1440;

/** Ranges as people write them: `08:00-12:00, 13:00-18:00`; what runs into the next day as `22:00-06:00`. */
export function hoursText(ranges: readonly OpenRange[]): string {
  return ranges
    .map(({ startMinute, endMinute }) => {
      const end = endMinute > DAY_MINUTES ? endMinute - DAY_MINUTES : endMinute;
      return `${formatMinuteOfDay(startMinute)}-${formatMinuteOfDay(end)}`;
    })
    .join(', ');
}

/** Reads `08:00-12:00, 13-18`; null when it cannot be read, an empty list when closed. */
export function readHours(text: string): OpenRange[] | null {
  return readRanges(text, 0);
}

/** Reads `22:00-06:00` as well: what ends no later than it begins ends on the next day, above minute 1440. */
export function readHoursPastMidnight(text: string): OpenRange[] | null {
  return readRanges(text, DAY_MINUTES);
}

/** `carried` is added to an end that is not after its start. */
function readRanges(text: string, carried: number): OpenRange[] | null {
  const ranges: OpenRange[] = [];
  for (const part of text.split(',').map(piece => piece.trim())) {
    if (part === '') continue;
    const found = /^(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?$/.exec(part);
    if (!found) return null;
    const minute = (hours: string | undefined, minutes: string | undefined) =>
      Number(hours) * 60 + Number(minutes ?? 0);
    const startMinute = minute(found[1], found[2]);
    const written = minute(found[3], found[4]);
    const endMinute = written <= startMinute ? written + carried : written;
    if (startMinute >= endMinute || startMinute > DAY_MINUTES || written > DAY_MINUTES) return null;
    ranges.push({ startMinute, endMinute });
  }
  return ranges.sort((a, b) => a.startMinute - b.startMinute);
}
