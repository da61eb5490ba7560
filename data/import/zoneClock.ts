import { type ZoneOffsets, zoneOffsets } from '../../forecasting/history/localClock.ts';

const DAY = 86_400;

/** The instants that a wall-clock time can mean: the same twice, unless the clocks repeat it. */
export interface WallInstants {
  readonly earlier: number;
  readonly later: number;
}

/** Turns wall-clock seconds (since 1970-01-01T00:00 local) into instants; a zone conversion per day, integers per row. */
export class ZoneClock {
  readonly #timeZone: string;
  #dayNumber = Number.NaN;
  #offsets: ZoneOffsets = { fromEpochSeconds: [], offsetSeconds: [] };

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /** The instants of a wall-clock time; undefined in an hour that the clocks skip. */
  resolve(wallSeconds: number): WallInstants | undefined {
    const dayNumber = Math.floor(wallSeconds / DAY);
    if (dayNumber !== this.#dayNumber) {
      this.#dayNumber = dayNumber;
      // A day on either side: no zone is further from UTC, and changes at midnight count for both days.
      this.#offsets = zoneOffsets(this.#timeZone, (dayNumber - 1) * DAY, (dayNumber + 2) * DAY);
    }
    const { fromEpochSeconds, offsetSeconds } = this.#offsets;
    if (offsetSeconds.length === 1) {
      const instant = wallSeconds - (offsetSeconds[0] ?? 0);
      return { earlier: instant, later: instant };
    }
    let found: WallInstants | undefined;
    for (let i = 0; i < offsetSeconds.length; i++) {
      const instant = wallSeconds - (offsetSeconds[i] ?? 0);
      const from = fromEpochSeconds[i] ?? 0;
      const to = fromEpochSeconds[i + 1] ?? Number.POSITIVE_INFINITY;
      if (instant >= from && instant < to) found = { earlier: found?.earlier ?? instant, later: instant };
    }
    return found;
  }
}
