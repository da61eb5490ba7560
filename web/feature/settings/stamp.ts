import { formatDate, formatTime } from '../../lib/format.ts';

/** Day and time of an instant in a zone. */
export function stampOf(epochSeconds: number, timeZone: string): string {
  return `${formatDate(epochSeconds, timeZone)} ${formatTime(epochSeconds, timeZone)}`;
}
