import type { QueueModel } from './engine.ts';
import type { Explanation } from './types.ts';

/** Open slots of an average day of service. */
export function averageOpenSlots(model: QueueModel): number {
  const { weeklyOpen, slots } = model.history.table;
  let open = 0;
  let days = 0;
  for (let w = 0; w < 7; w++) {
    let ofDay = 0;
    for (let j = 0; j < slots; j++) ofDay += weeklyOpen[w * slots + j]!;
    open += ofDay;
    if (ofDay > 0) days++;
  }
  return days > 0 ? open / days : 1;
}

/** Columns of factors under construction. */
export type ExplanationColumns = { [K in keyof Explanation]: number[] };

export function emptyExplanation(count: number): ExplanationColumns {
  const column = () => new Array<number>(count).fill(1);
  return {
    level: column(),
    weekday: column(),
    intraday: column(),
    monthPosition: column(),
    annual: column(),
    holiday: column(),
    driver: column(),
    combination: column(),
    override: column(),
  };
}

/**
 * Writes the factors of one interval so that their product is `offered`: the day's parts as learnt, the slot's share
 * times the open slots of an average day, and in `combination` whatever the other members changed.
 */
export function explainInterval(
  columns: ExplanationColumns,
  index: number,
  model: QueueModel,
  day: number,
  slot: number,
  offered: number,
  openSlots: number,
): void {
  const { dayLevel, main } = model;
  const level = Math.exp(dayLevel.level[day]!) / openSlots;
  const weekday = Math.exp(dayLevel.weekday[day]!);
  const monthPosition = Math.exp(dayLevel.monthPosition[day]!);
  const annual = Math.exp(dayLevel.annual[day]!);
  const holiday = Math.exp(dayLevel.date[day]! + dayLevel.afterClosure[day]!);
  const driver = Math.exp(dayLevel.driver[day]!);
  const total = dayLevel.totals[day]!;
  const share = total > 0 ? main[day * model.history.table.slots + slot]! / total : 0;
  const known = level * weekday * monthPosition * annual * holiday * driver;
  const intraday = share > 0 ? share * openSlots : known > 0 ? offered / known : 0;
  columns.level[index] = level;
  columns.weekday[index] = weekday;
  columns.monthPosition[index] = monthPosition;
  columns.annual[index] = annual;
  columns.holiday[index] = holiday;
  columns.driver[index] = driver;
  columns.intraday[index] = intraday;
  columns.combination[index] = known * intraday > 0 ? offered / (known * intraday) : 1;
}
