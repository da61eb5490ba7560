import type { LocalDate } from '../calendar/time.ts';
import { dayNumberOf } from '../history/localClock.ts';
import { mean, standardDeviation } from '../history/statistics.ts';
import type { DriverColumn } from './dayEffects.ts';

/**
 * A daily figure that may move volume: reminders sent, appointments booked, discharges, an illness index.
 * Values for days of the horizon may be given where they are known in advance.
 */
export interface Driver {
  readonly name: string;
  readonly values: readonly { readonly date: LocalDate; readonly value: number }[];
  /** Days after which it acts; each lag is a term of its own. 0 and 1 when absent. */
  readonly lagDays?: readonly number[];
}

/**
 * The columns that the drivers give the day model: standardised on the values known before the origin, 0 (no
 * effect) on days without a value. Values dated at or after the origin are used only where their lag, or their
 * being plans for the horizon, makes them known.
 *
 * @throws RangeError if a driver has no value, or a value that is not a number.
 */
export function driverColumns(drivers: readonly Driver[], originDayNumber: number): DriverColumn[] {
  return drivers.flatMap(driver => {
    if (driver.values.length === 0) throw new RangeError(`driver "${driver.name}" requires at least 1 value`);
    const byDay = new Map<number, number>();
    for (const { date, value } of driver.values) {
      if (!Number.isFinite(value))
        throw new RangeError(`driver "${driver.name}" on ${date} must be a number; found ${value}`);
      byDay.set(dayNumberOf(date), value);
    }
    const past = [...byDay].filter(([day]) => day < originDayNumber).map(([, value]) => value);
    if (past.length === 0) return [];
    const centre = mean(past);
    const scale = standardDeviation(past) || 1;
    return (driver.lagDays ?? [0, 1]).map(lagDays => ({
      name: driver.name,
      lagDays,
      valueAt: (dayNumber: number) => {
        const value = byDay.get(dayNumber - lagDays);
        return value === undefined ? 0 : (value - centre) / scale;
      },
    }));
  });
}
