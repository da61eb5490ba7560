import { civilDate, weekdayOfDayNumber } from './localClock.ts';
import { median } from './statistics.ts';

/** Last day of each stretch of the month: paydays, bills and refills move calls by where in the month a day lies. */
export const MONTH_STRETCHES: readonly number[] = [3, 6, 10, 14, 17, 22, 26, 31];
/** Days of service counted from either end of the month. */
export const EDGE_DAYS = 3;

/** Index of the stretch in which a day of the month lies. */
export function stretchOf(dayOfMonth: number): number {
  return MONTH_STRETCHES.findIndex(last => dayOfMonth <= last);
}

/** Days of service in the month before this day and after it, each counted up to three. */
export function servicePosition(dayNumber: number, serviceWeekdays: Uint8Array): readonly [number, number] {
  const { day: dayOfMonth, month } = civilDate(dayNumber);
  let before = 0;
  for (let back = 1; back < dayOfMonth && before < EDGE_DAYS; back++) {
    before += serviceWeekdays[weekdayOfDayNumber(dayNumber - back)]!;
  }
  let after = 0;
  for (let ahead = 1; ahead < 12 && after < EDGE_DAYS; ahead++) {
    if (civilDate(dayNumber + ahead).month !== month) break;
    after += serviceWeekdays[weekdayOfDayNumber(dayNumber + ahead)]!;
  }
  return [before, after];
}

const LEAST_EFFECT = 0.08;
const LEAST_MONTHS = 3;

/**
 * What is regular in log deviations by position in the month: the median of each stretch and of each edge day, where three
 * months or more agree in sign. A busy first of the month is then no abnormal day.
 */
export function regularMonthEffect(
  deviation: Float64Array,
  firstDayNumber: number,
  serviceWeekdays: Uint8Array,
): Float64Array {
  const regular = new Float64Array(deviation.length);
  const stretches = Int32Array.from(deviation, (_, d) => stretchOf(civilDate(firstDayNumber + d).day));
  addGroupMedians(regular, deviation, stretches, MONTH_STRETCHES.length);
  const edges = Int32Array.from(deviation, (_, d) => {
    const [before, after] = servicePosition(firstDayNumber + d, serviceWeekdays);
    return before < EDGE_DAYS ? before : after < EDGE_DAYS ? EDGE_DAYS + after : -1;
  });
  addGroupMedians(regular, deviation, edges, 2 * EDGE_DAYS);
  return regular;
}

function addGroupMedians(
  regular: Float64Array,
  deviation: Float64Array,
  group: Int32Array,
  groups: number,
): void {
  for (let g = 0; g < groups; g++) {
    const values: number[] = [];
    for (let d = 0; d < deviation.length; d++) {
      if (group[d] === g && Number.isFinite(deviation[d]!)) values.push(deviation[d]! - regular[d]!);
    }
    if (values.length < LEAST_MONTHS) continue;
    const centre = median(values);
    const agreeing = values.filter(value => Math.sign(value) === Math.sign(centre)).length;
    if (Math.abs(centre) < LEAST_EFFECT || agreeing < 0.7 * values.length) continue;
    for (let d = 0; d < deviation.length; d++) if (group[d] === g) regular[d]! += centre;
  }
}
