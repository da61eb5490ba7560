import { type LocalDay, localDay, resolveWallClock } from '../../forecasting/calendar/time.ts';
import { dateOfDayNumber } from '../../forecasting/history/localClock.ts';

const DAY = 86_400;

/** Turns wall-clock seconds (since 1970-01-01T00:00 local) into instants; a zone conversion per day, integers per row. */
export class ZoneClock {
  readonly #timeZone: string;
  #dayNumber = Number.NaN;
  #day: LocalDay | undefined;

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /** The instant of a wall-clock time: one, two (doubled hour) or none (missing hour). */
  resolve(wallSeconds: number): { readonly earlier: number; readonly later: number } | undefined {
    const dayNumber = Math.floor(wallSeconds / DAY);
    if (dayNumber !== this.#dayNumber) {
      this.#dayNumber = dayNumber;
      this.#day = localDay(dateOfDayNumber(dayNumber), this.#timeZone);
    }
    const day = this.#day;
    if (!day) return undefined;
    const ofDay = wallSeconds - dayNumber * DAY;
    if (day.shifts.length === 0) {
      const instant = day.startEpochSeconds + ofDay;
      return { earlier: instant, later: instant };
    }
    const found = resolveWallClock(day, ofDay);
    if (found.kind === 'missing') return undefined;
    if (found.kind === 'unique') return { earlier: found.epochSeconds, later: found.epochSeconds };
    return { earlier: found.earlierEpochSeconds, later: found.laterEpochSeconds };
  }

  /** The local day on which an instant's wall-clock day number falls. */
  day(dayNumber: number): LocalDay {
    return localDay(dateOfDayNumber(dayNumber), this.#timeZone);
  }
}
