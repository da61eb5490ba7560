import type { OpenRange } from '../../forecasting/index.ts';
import { formatMinuteOfDay } from './format.ts';

/** Ranges as people write them: `08:00-12:00, 13:00-18:00`. */
export function hoursText(ranges: readonly OpenRange[]): string {
  return ranges
    .map(range => `${formatMinuteOfDay(range.startMinute)}-${formatMinuteOfDay(range.endMinute)}`)
    .join(', ');
}

/** Reads `08:00-12:00, 13-18`; null when it cannot be read, an empty list when closed. */
export function readHours(text: string): OpenRange[] | null {
  const ranges: OpenRange[] = [];
  for (const part of text.split(',').map(piece => piece.trim())) {
    if (part === '') continue;
    const found = /^(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?$/.exec(part);
    if (!found) return null;
    const minute = (hours: string | undefined, minutes: string | undefined) =>
      Number(hours) * 60 + Number(minutes ?? 0);
    const startMinute = minute(found[1], found[2]);
    const endMinute = minute(found[3], found[4]);
    if (startMinute >= endMinute || endMinute > 1440) return null;
    ranges.push({ startMinute, endMinute });
  }
  return ranges.sort((a, b) => a.startMinute - b.startMinute);
}
