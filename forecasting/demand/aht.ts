import type { DayHistory } from '../history/dayHistory.ts';
import { weekdayOfDayNumber } from '../history/localClock.ts';
import { normalQuantile } from './negativeBinomial.ts';

const HALF_LIFE_DAYS = 84;
const WINDOW_DAYS = 400;
/** Contacts that weigh as much as the level above in the hierarchy. */
const PRIOR_CONTACTS = 60;
const DAY_SMOOTHING = 0.1;

/** Handle time by weekday and slot, and what a mean over few contacts scatters. */
export interface AhtModel {
  /** 7 × slots. */
  readonly pattern: Float64Array;
  /** Present level against the pattern, around 1. */
  readonly dayFactor: number;
  /** Variance of one contact's handle time over its squared mean. */
  readonly contactVariance: number;
  /** Variance of a day's handle time over its squared mean, beyond sampling. */
  readonly dayVariance: number;
}

/**
 * Mean handle time by weekday and slot from the days before row `end`: a weekday's slot is shrunk towards the slot
 * over all weekdays, and that towards the overall mean, by contacts (K = 60), because an interval's AHT is mostly
 * sampling noise. A smoothed day factor follows slow change. Undefined when the history has no handle time.
 */
export function fitAht(history: DayHistory, end: number): AhtModel | undefined {
  const { table } = history;
  const { slots } = table;
  const seconds = new Float64Array(7 * slots);
  const contacts = new Float64Array(7 * slots);
  for (let d = Math.max(0, end - WINDOW_DAYS); d < end; d++) {
    const age = 2 ** (-(end - d) / HALF_LIFE_DAYS);
    const w = weekdayOfDayNumber(table.firstDayNumber + d) * slots;
    for (let j = 0; j < slots; j++) {
      const aht = table.ahtSeconds[d * slots + j]!;
      if (Number.isNaN(aht)) continue;
      const weight = age * Math.max(1, table.counts[d * slots + j] || 0);
      seconds[w + j]! += weight * aht;
      contacts[w + j]! += weight;
    }
  }
  const pattern = hierarchicalMeans(seconds, contacts, slots);
  if (!pattern) return undefined;
  return { pattern, ...residualScatter(history, end, pattern) };
}

function hierarchicalMeans(
  seconds: Float64Array,
  contacts: Float64Array,
  slots: number,
): Float64Array | undefined {
  let total = 0;
  let count = 0;
  for (let i = 0; i < seconds.length; i++) {
    total += seconds[i]!;
    count += contacts[i]!;
  }
  if (count === 0) return undefined;
  const overall = total / count;
  const pattern = new Float64Array(7 * slots);
  for (let j = 0; j < slots; j++) {
    let slotSeconds = 0;
    let slotContacts = 0;
    for (let w = 0; w < 7; w++) {
      slotSeconds += seconds[w * slots + j]!;
      slotContacts += contacts[w * slots + j]!;
    }
    const slotMean = (slotSeconds + PRIOR_CONTACTS * overall) / (slotContacts + PRIOR_CONTACTS);
    for (let w = 0; w < 7; w++) {
      const cell = w * slots + j;
      pattern[cell] = (seconds[cell]! + PRIOR_CONTACTS * slotMean) / (contacts[cell]! + PRIOR_CONTACTS);
    }
  }
  return pattern;
}

function residualScatter(history: DayHistory, end: number, pattern: Float64Array) {
  const { table } = history;
  const { slots } = table;
  let factor = 1;
  let square = 0;
  let cells = 0;
  let daySquare = 0;
  let days = 0;
  for (let d = Math.max(0, end - WINDOW_DAYS); d < end; d++) {
    const w = weekdayOfDayNumber(table.firstDayNumber + d) * slots;
    let seconds = 0;
    let expected = 0;
    let contacts = 0;
    for (let j = 0; j < slots; j++) {
      const aht = table.ahtSeconds[d * slots + j]!;
      if (Number.isNaN(aht)) continue;
      const n = Math.max(1, table.counts[d * slots + j] || 0);
      const usual = pattern[w + j]! * factor;
      // Cut at 16 so that one forgotten call does not set the band of every interval.
      square += Math.min(16, n * (aht / usual - 1) ** 2);
      cells++;
      seconds += n * aht;
      expected += n * pattern[w + j]!;
      contacts += n;
    }
    if (expected <= 0) continue;
    const ratio = seconds / expected;
    daySquare += Math.min(1, (ratio / factor - 1) ** 2 - (cells > 0 ? square / cells / contacts : 0));
    days++;
    const trust = contacts / (contacts + 2 * PRIOR_CONTACTS);
    factor += DAY_SMOOTHING * trust * (Math.max(0.5, Math.min(2, ratio)) - factor);
  }
  return {
    dayFactor: factor,
    contactVariance: cells > 0 ? Math.max(0.05, square / cells) : 1,
    dayVariance: days > 0 ? Math.max(0, daySquare / days) : 0.01,
  };
}

/** Expected handle time of a slot; slots without history take the pattern's shrunken value. */
export function ahtAt(model: AhtModel, weekday: number, slot: number, slots: number): number {
  return model.pattern[weekday * slots + slot]! * model.dayFactor;
}

/** Band of the mean handle time of an interval that expects `contacts` contacts (log-normal). */
export function ahtBand(
  model: AhtModel,
  expectedSeconds: number,
  contacts: number,
  level: number,
): { readonly lower: number; readonly upper: number } {
  const variance = model.contactVariance / Math.max(1, contacts) + model.dayVariance;
  const sigma = Math.sqrt(Math.log1p(variance));
  const reach = normalQuantile(0.5 + level / 2) * sigma;
  const median = expectedSeconds * Math.exp((-sigma * sigma) / 2);
  return { lower: median * Math.exp(-reach), upper: median * Math.exp(reach) };
}
