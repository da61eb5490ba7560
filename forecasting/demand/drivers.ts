import type { LocalDate } from '../calendar/time.ts';
import { dateOfDayNumber, dayNumberOf } from '../history/localClock.ts';
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
  /**
   * How many days from an origin on were known at that origin: 0 for what is only measured afterwards. Later values
   * are not read, in rolling origins neither, so that a test on the past knows no more than a forecast does. All
   * values count as known in advance when absent.
   */
  readonly knownAheadDays?: number;
}

/**
 * The columns that the drivers give the day model: standardised on the values known before the origin, 0 (no
 * effect) on days without a value or with one that was not known at the origin.
 *
 * @throws RangeError if a driver has no value, a value that is not a number, or a negative `knownAheadDays`.
 */
export function driverColumns(drivers: readonly Driver[], originDayNumber: number): DriverColumn[] {
  return drivers.flatMap((driver, index) => {
    const byDay = knownValues(driver, originDayNumber);
    const past = [...byDay].filter(([day]) => day < originDayNumber).map(([, value]) => value);
    if (past.length === 0) return [];
    const centre = mean(past);
    const scale = standardDeviation(past) || 1;
    return (driver.lagDays ?? [0, 1]).map(lagDays => ({
      driver: index,
      lagDays,
      knownAheadDays: driver.knownAheadDays ?? Number.POSITIVE_INFINITY,
      valueAt: (dayNumber: number) => {
        const value = byDay.get(dayNumber - lagDays);
        return value === undefined ? 0 : (value - centre) / scale;
      },
    }));
  });
}

/** Values by civil day number, without those that were not known at the origin. */
function knownValues(driver: Driver, originDayNumber: number): ReadonlyMap<number, number> {
  const { name, values, knownAheadDays = Number.POSITIVE_INFINITY } = driver;
  if (values.length === 0) throw new RangeError(`driver "${name}" requires at least 1 value`);
  if (!(knownAheadDays >= 0))
    throw new RangeError(`knownAheadDays of driver "${name}" must be 0 or more; found ${knownAheadDays}`);
  const byDay = new Map<number, number>();
  for (const { date, value } of values) {
    if (!Number.isFinite(value))
      throw new RangeError(`driver "${name}" on ${date} must be a number; found ${value}`);
    const day = dayNumberOf(date);
    if (day < originDayNumber + knownAheadDays) byDay.set(day, value);
  }
  return byDay;
}

/** Sentences about drivers that could not be learnt, were not worth using, or lack values in the horizon. */
export function driverNotes(
  drivers: readonly Driver[],
  originDayNumber: number,
  horizonDays: number,
  isUsed: boolean,
): string[] {
  if (drivers.length === 0) return [];
  const learnable = drivers.map(driver => ({ driver, known: knownValues(driver, originDayNumber) }));
  const isLearnt = (known: ReadonlyMap<number, number>) =>
    [...known.keys()].some(day => day < originDayNumber);
  const unlearnt = learnable.filter(({ known }) => !isLearnt(known));
  const notes = unlearnt.map(
    ({ driver }) =>
      `Driver “${driver.name}” has no value before the forecast begins; no effect could be learnt, so it has none.`,
  );
  const rest = learnable.filter(({ known }) => isLearnt(known));
  if (rest.length === 0) return notes;
  if (!isUsed)
    return [
      ...notes,
      `${rest.map(({ driver }) => `“${driver.name}”`).join(', ')} did not make forecasts of this history better, so no driver is used.`,
    ];
  return [
    ...notes,
    ...rest.flatMap(({ driver, known }) => missingNote(driver, known, originDayNumber, horizonDays)),
  ];
}

function missingNote(
  driver: Driver,
  known: ReadonlyMap<number, number>,
  originDayNumber: number,
  horizonDays: number,
): string[] {
  const days = Array.from({ length: horizonDays }, (_, k) => originDayNumber + k).filter(
    day => !known.has(day),
  );
  const [first] = days;
  if (first === undefined) return [];
  return [
    `Driver “${driver.name}” has no value for ${days.length} of ${horizonDays} days ahead, the first ${dateOfDayNumber(first)}; on those days it is taken to be at its average, which changes nothing.`,
  ];
}
