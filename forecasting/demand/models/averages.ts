import { weekdayOfDayNumber } from '../../history/localClock.ts';
import { factorOf, type MeanModel, type ModelInput } from './model.ts';

/**
 * Mean of the last `weeks` ordinary days of the same weekday, slot by slot. With `weeks = 1` and abnormal days
 * kept it is the seasonal naive forecast against which every other is measured.
 */
function averageModel(name: string, title: string, weeks: number, keepAbnormal: boolean): MeanModel {
  return {
    name,
    title,
    minimumDays: 1,
    fit(input) {
      const pattern = weekPattern(input, weeks, keepAbnormal);
      return { predict: days => repeatPattern(input, pattern, days) };
    },
  };
}

export const seasonalNaive = averageModel('seasonal-naive', 'Same day last week', 1, true);
export const average4 = averageModel('average-4', 'Average of the last 4 weeks', 4, false);
export const average8 = averageModel('average-8', 'Average of the last 8 weeks', 8, false);

function weekPattern(input: ModelInput, weeks: number, keepAbnormal: boolean): Float64Array {
  const { table, counts, weight } = input.history;
  const { slots } = table;
  const sums = new Float64Array(7 * slots);
  const seen = new Float64Array(7 * slots);
  let unseen = 0;
  for (let cell = 0; cell < 7 * slots; cell++) unseen += weeks * table.weeklyOpen[cell]!;
  for (let d = input.end - 1; d >= 0 && unseen > 0; d--) {
    const w = weekdayOfDayNumber(table.firstDayNumber + d) * slots;
    if (!keepAbnormal && weight[d] === 0) continue;
    const factor = keepAbnormal ? 1 : factorOf(input, d);
    const source = keepAbnormal ? table.counts : counts;
    for (let j = 0; j < slots; j++) {
      const value = source[d * slots + j]!;
      if (seen[w + j]! >= weeks || Number.isNaN(value) || table.open[d * slots + j] !== 1) continue;
      sums[w + j]! += value / factor;
      seen[w + j]!++;
      if (table.weeklyOpen[w + j] === 1) unseen--;
    }
  }
  return fillUnseen(sums, seen, slots, table.weeklyOpen);
}

/** Means per weekday and slot; a weekday or slot never seen takes the mean of the other weekdays. */
function fillUnseen(
  sums: Float64Array,
  seen: Float64Array,
  slots: number,
  weeklyOpen: Uint8Array,
): Float64Array {
  const pattern = new Float64Array(7 * slots);
  for (let j = 0; j < slots; j++) {
    let total = 0;
    let weekdays = 0;
    for (let w = 0; w < 7; w++) {
      const cell = w * slots + j;
      if (seen[cell]! === 0) continue;
      pattern[cell] = sums[cell]! / seen[cell]!;
      total += pattern[cell]!;
      weekdays++;
    }
    for (let w = 0; w < 7; w++) {
      const cell = w * slots + j;
      if (seen[cell] === 0 && weeklyOpen[cell] === 1 && weekdays > 0) pattern[cell] = total / weekdays;
    }
  }
  return pattern;
}

function repeatPattern(input: ModelInput, pattern: Float64Array, days: number): Float64Array {
  const { table } = input.history;
  const { slots } = table;
  const mean = new Float64Array(days * slots);
  for (let k = 0; k < days; k++) {
    const row = input.end + k;
    const w = weekdayOfDayNumber(table.firstDayNumber + row) * slots;
    const factor = factorOf(input, row);
    for (let j = 0; j < slots; j++) {
      if (table.weeklyOpen[w + j] === 1) mean[k * slots + j] = pattern[w + j]! * factor;
    }
  }
  return mean;
}
