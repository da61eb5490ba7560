import { type LocalDay, localDateOf, localDay, wallClockSeconds } from '../../forecasting/index.ts';

/** A function that prints instants as local times, `2026-05-04 09:15`; the doubled hour carries its offset. */
export function localTimeFormatter(timeZone: string): (epochSeconds: number) => string {
  let day: LocalDay | undefined;
  return epochSeconds => {
    if (!day || epochSeconds < day.startEpochSeconds || epochSeconds >= day.endEpochSeconds) {
      day = localDay(localDateOf(epochSeconds, timeZone), timeZone);
    }
    return `${day.date} ${clockText(wallClockSeconds(day, epochSeconds))}${offsetWhereDoubled(day, epochSeconds)}`;
  };
}

/** `09:15` from seconds after midnight. */
export function clockText(wallSeconds: number): string {
  const minutes = Math.floor(wallSeconds / 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** The UTC offset, where the same local time occurs twice on the day. */
function offsetWhereDoubled(day: LocalDay, epochSeconds: number): string {
  for (const shift of day.shifts) {
    const gained = shift.offsetBeforeSeconds - shift.offsetAfterSeconds;
    if (gained <= 0 || Math.abs(epochSeconds - shift.atEpochSeconds + 0.5) > gained) continue;
    const offset = epochSeconds < shift.atEpochSeconds ? shift.offsetBeforeSeconds : shift.offsetAfterSeconds;
    return `${offset < 0 ? '-' : '+'}${clockText(Math.abs(offset))}`;
  }
  return '';
}
