import { memo } from 'react';
import { localDaysBetween, wallClockSeconds } from '../../../forecasting/index.ts';
import { formatDay } from '../../lib/format.ts';
import classes from './TimeAxis.module.css';

interface TimeAxisProps {
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  readonly pixelsPerHour: number;
}

/** Days above hours of the wall clock; a day of 23 or 25 hours is as wide as it is long. */
export const TimeAxis = memo(function TimeAxis({ from, to, timeZone, pixelsPerHour }: TimeAxisProps) {
  const x = (instant: number) => ((instant - from) / 3600) * pixelsPerHour;
  const every = [1, 2, 3, 6, 12].find(hours => hours * pixelsPerHour >= 44) ?? 24;
  return (
    <div className={classes.axis} style={{ width: x(to) }}>
      {localDaysBetween(from, to, timeZone).map(day => {
        const hours: { readonly at: number; readonly hour: number }[] = [];
        for (let at = day.startEpochSeconds; at < day.endEpochSeconds; at += 3600) {
          const hour = wallClockSeconds(day, at) / 3600;
          if (at >= from && at < to && hour % every === 0) hours.push({ at, hour });
        }
        const left = Math.max(0, x(day.startEpochSeconds));
        return (
          <div key={day.date}>
            <div className={classes.day} style={{ left, width: x(Math.min(to, day.endEpochSeconds)) - left }}>
              <span>{formatDay(day.startEpochSeconds, timeZone)}</span>
            </div>
            {hours.map(({ at, hour }) => (
              <span key={at} className={classes.hour} style={{ left: x(at) }}>
                {String(hour).padStart(2, '0')}:00
              </span>
            ))}
          </div>
        );
      })}
    </div>
  );
});
