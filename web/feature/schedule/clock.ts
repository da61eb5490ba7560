import {
  addDays,
  localDateOf,
  localDay,
  resolveWallClock,
  wallClockSeconds,
} from '../../../forecasting/index.ts';

/** The instant at which the clock on that date shows what it shows at `instant`; a skipped time gives the next one. */
export function sameClockOn(instant: number, date: string, timeZone: string): number {
  const clock = wallClockSeconds(localDay(localDateOf(instant, timeZone), timeZone), instant);
  return clockOn(date, clock, timeZone);
}

/** The instant at which the clock on that date shows so many seconds after midnight. */
export function clockOn(date: string, clockSeconds: number, timeZone: string): number {
  const instant = resolveWallClock(localDay(date, timeZone), clockSeconds);
  if (instant.kind === 'unique') return instant.epochSeconds;
  return instant.kind === 'doubled' ? instant.earlierEpochSeconds : instant.nextEpochSeconds;
}

/** The civil date after the one of an instant. */
export function localDateAfter(instant: number, timeZone: string): string {
  return addDays(localDateOf(instant, timeZone), 1);
}
