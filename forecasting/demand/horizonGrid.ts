import { openDays } from '../history/dayTable.ts';
import { localSeconds } from '../history/localClock.ts';
import type { IntervalSeries } from '../history/series.ts';
import type { QueueModel } from './engine.ts';
import { withClosures } from './specialEffects.ts';
import type { ForecastOptions } from './types.ts';

/** The intervals of a horizon and where each lies in day × slot form. */
export interface HorizonGrid {
  readonly start: number;
  readonly count: number;
  /** Day of the horizon (0 = the origin's day) and slot of every interval. */
  readonly day: Int32Array;
  readonly slot: Int32Array;
  readonly open: Uint8Array;
}

/** Lays the horizon out from the first interval at or after the origin. */
export function horizonGrid(
  series: IntervalSeries,
  options: ForecastOptions,
  model: QueueModel,
): HorizonGrid {
  const { stepSeconds, timeZone } = series;
  const { table } = model.history;
  const start =
    series.start + Math.ceil((options.originEpochSeconds - series.start) / stepSeconds) * stepSeconds;
  // Two hours more than the days: a 25-hour day must fit.
  const most = Math.ceil((model.horizonDays * 86_400 + 7200) / stepSeconds);
  const local = localSeconds(start, stepSeconds, most, timeZone);
  const firstDay = table.firstDayNumber + table.days;
  const openFlags = openDays(
    firstDay,
    model.horizonDays,
    table.weeklyOpen,
    stepSeconds,
    withClosures(options.specialDays ?? []),
  );
  const end = options.endEpochSeconds ?? Number.POSITIVE_INFINITY;
  const day = new Int32Array(most);
  const slot = new Int32Array(most);
  const open = new Uint8Array(most);
  let count = 0;
  for (let i = 0; i < most; i++) {
    const row = Math.floor(local[i]! / 86_400) - firstDay;
    if (row >= model.horizonDays || start + i * stepSeconds >= end) break;
    day[i] = row;
    slot[i] = Math.floor((local[i]! % 86_400) / stepSeconds);
    open[i] = openFlags[row * table.slots + slot[i]!]!;
    count++;
  }
  return { start, count, day, slot, open };
}
