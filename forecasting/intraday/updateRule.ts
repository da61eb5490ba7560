import type { OpeningHours, SpecialDay } from '../calendar/opening.ts';
import { intradayProfile } from '../demand/profile.ts';
import { classifyDays } from '../history/classifyDays.ts';
import type { DayHistory } from '../history/dayHistory.ts';
import { dayTable, weekdayOfRow } from '../history/dayTable.ts';
import { detectOpeningHours } from '../history/detectOpeningHours.ts';
import type { IntervalSeries } from '../history/series.ts';

/**
 * How far the rest of a day follows what its first part showed, learnt from past days: one entry per share of the
 * day's contacts already due (`shares`, ascending). The log ratio so far is multiplied by `slope`; the mean of
 * the last four residuals by `carry`, fading by `CARRY_FADE` per slot.
 */
export interface UpdateRule {
  readonly shares: readonly number[];
  readonly slope: readonly number[];
  readonly carry: readonly number[];
  /** Share of the day-to-day variance that the first part explains, 0–1. */
  readonly explained: readonly number[];
  /** Past days learnt from. */
  readonly days: number;
}

/** Fading of the last residuals per slot into the rest of the day. */
export const CARRY_FADE = 0.8;
/** Slots whose residuals are carried on. */
export const CARRY_SLOTS = 4;
const SHARES: readonly number[] = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9];
const WINDOW_DAYS = 250;
const LEAST_DAYS = 5;
/** Past days that weigh as much as the theoretical slope. */
const THEORY_DAYS = 12;
/** Past days from which on a rule must prove itself on them. */
const PROVING_DAYS = 30;
const FIRST_SAMPLE_DAYS = 14;
const LARGEST_LOG_RATIO = 0.9;
/** A rule must have lowered the past error by this share to be used at all. */
const LEAST_GAIN = 0.002;

/** Where the rule is learnt from. */
export interface UpdateRuleOptions {
  /** Only whole local days before this instant are read. */
  readonly originEpochSeconds: number;
  readonly openingHours?: OpeningHours;
  readonly specialDays?: readonly SpecialDay[];
}

/** One past day at one update time. */
interface UpdateSample {
  readonly logRatio: number;
  readonly restLogRatio: number;
  readonly residual: number;
  readonly rest: Float64Array;
  readonly restActual: Float64Array;
  readonly expectedRest: number;
  readonly expectedSoFar: number;
}

/** Variance of the day factor about the evening-before forecast, and of slot counts over their mean. */
interface DayScatter {
  readonly dayVariance: number;
  readonly slotFactor: number;
}

/** Learns the rule from past days, each against a level forecast made from the days before it. */
export function learnUpdateRule(series: IntervalSeries, options: UpdateRuleOptions): UpdateRule {
  const hours = options.openingHours ?? detectOpeningHours(series, options.originEpochSeconds);
  const table = dayTable(series, hours, options.specialDays ?? [], options.originEpochSeconds);
  const history = classifyDays(table);
  const expected = oneDayAheadTotals(history);
  const profile = intradayProfile(history, table.days);
  const slope: number[] = [];
  const carry: number[] = [];
  const explained: number[] = [];
  let days = 0;
  const scatter = dayScatter(history, expected, profile);
  for (const share of SHARES) {
    const samples = samplesAt(history, expected, profile, share);
    days = Math.max(days, samples.length);
    const rule =
      samples.length >= LEAST_DAYS ? fitRule(samples, scatter) : { slope: 0, carry: 0, explained: 0 };
    slope.push(rule.slope);
    carry.push(rule.carry);
    explained.push(rule.explained);
  }
  return { shares: SHARES, slope, carry, explained, days };
}

/** Total of each day as known the evening before: weekday ratios over a level smoothed with α = 0.2. */
function oneDayAheadTotals(history: DayHistory): Float64Array {
  const { table, totals, weight } = history;
  const expected = new Float64Array(table.days).fill(Number.NaN);
  const weekday = new Float64Array(7).fill(Number.NaN);
  let level = Number.NaN;
  for (let d = 0; d < table.days; d++) {
    const total = totals[d]!;
    if (Number.isNaN(total)) continue;
    const w = weekdayOfRow(table, d);
    const log = Math.log(total + 1);
    if (!Number.isNaN(level) && !Number.isNaN(weekday[w]!)) expected[d] = Math.exp(level + weekday[w]!) - 1;
    if (weight[d] === 0) continue;
    if (Number.isNaN(level)) level = log;
    if (Number.isNaN(weekday[w]!)) weekday[w] = log - level;
    const surprise = log - level - weekday[w]!;
    level += 0.2 * surprise;
    weekday[w]! += 0.1 * surprise;
  }
  return expected;
}

function samplesAt(
  history: DayHistory,
  expected: Float64Array,
  profile: Float64Array,
  share: number,
): UpdateSample[] {
  const { table, counts } = history;
  const { slots } = table;
  const samples: UpdateSample[] = [];
  for (let d = Math.max(FIRST_SAMPLE_DAYS, table.days - WINDOW_DAYS); d < table.days; d++) {
    const total = expected[d]!;
    if (!(total > 0)) continue;
    const w = weekdayOfRow(table, d) * slots;
    const sample = splitDay(
      counts.subarray(d * slots, (d + 1) * slots),
      profile.subarray(w, w + slots),
      total,
      share,
    );
    if (sample) samples.push(sample);
  }
  return samples;
}

function splitDay(
  actual: Float64Array,
  profile: Float64Array,
  total: number,
  share: number,
): UpdateSample | undefined {
  let done = 0;
  let cut = 0;
  while (cut < profile.length && done < share) done += profile[cut++]!;
  let observedSum = 0;
  let expectedSum = 0;
  for (let j = 0; j < cut; j++) {
    if (profile[j]! === 0) continue;
    if (Number.isNaN(actual[j]!)) return undefined;
    observedSum += actual[j]!;
    expectedSum += total * profile[j]!;
  }
  const rest = new Float64Array(profile.length - cut);
  const restActual = new Float64Array(rest.length);
  let expectedRest = 0;
  let actualRest = 0;
  for (let j = cut; j < profile.length; j++) {
    if (Number.isNaN(actual[j]!) && profile[j]! > 0) return undefined;
    rest[j - cut] = total * profile[j]!;
    restActual[j - cut] = actual[j]! || 0;
    expectedRest += rest[j - cut]!;
    actualRest += restActual[j - cut]!;
  }
  if (expectedRest <= 0 || expectedSum <= 0) return undefined;
  const logRatio = boundedLogRatio(observedSum, expectedSum);
  return {
    logRatio,
    restLogRatio: boundedLogRatio(actualRest, expectedRest),
    residual: recentResidual(actual, profile, total, cut) - logRatio,
    rest,
    restActual,
    expectedRest,
    expectedSoFar: expectedSum,
  };
}

/** ln of observed over expected, with half a contact added to both and cut at ±0.9. */
export function boundedLogRatio(observed: number, expected: number): number {
  const ratio = Math.log((observed + 0.5) / (expected + 0.5));
  return Math.max(-LARGEST_LOG_RATIO, Math.min(LARGEST_LOG_RATIO, ratio));
}

function recentResidual(actual: Float64Array, profile: Float64Array, total: number, cut: number): number {
  let observed = 0;
  let expected = 0;
  for (let j = Math.max(0, cut - CARRY_SLOTS); j < cut; j++) {
    observed += actual[j]! || 0;
    expected += total * profile[j]!;
  }
  return boundedLogRatio(observed, expected);
}

function dayScatter(history: DayHistory, expected: Float64Array, profile: Float64Array): DayScatter {
  const { table, counts, totals, weight } = history;
  const { slots } = table;
  let slotSum = 0;
  let cells = 0;
  const squares: number[] = [];
  for (let d = Math.max(FIRST_SAMPLE_DAYS, table.days - WINDOW_DAYS); d < table.days; d++) {
    const total = totals[d]!;
    if (weight[d] === 0 || !(total > 0)) continue;
    const w = weekdayOfRow(table, d) * slots;
    for (let j = 0; j < slots; j++) {
      const usual = total * profile[w + j]!;
      const value = counts[d * slots + j]!;
      if (usual <= 0 || Number.isNaN(value)) continue;
      slotSum += Math.min(25, (value - usual) ** 2 / usual);
      cells++;
    }
    if (expected[d]! > 0) squares.push((total / expected[d]! - 1) ** 2 - 1 / expected[d]!);
  }
  const slotFactor = cells > 0 ? Math.max(1, slotSum / cells) : 1;
  const dayVariance =
    squares.length > 0 ? Math.max(0, squares.reduce((a, b) => a + b, 0) / squares.length) : 0;
  return { dayVariance, slotFactor };
}

/**
 * Slope by weighted least squares on the log scale, held towards what a gamma day factor with Poisson noise implies,
 * v/(v + f/μ so far); with enough past days it is kept only where it lowered their absolute error.
 */
function fitRule(samples: readonly UpdateSample[], scatter: DayScatter) {
  let square = 1e-9;
  let product = 0;
  let restSquare = 1e-9;
  let soFar = 0;
  for (const { logRatio, restLogRatio, expectedRest, expectedSoFar } of samples) {
    square += expectedRest * logRatio * logRatio;
    product += expectedRest * logRatio * restLogRatio;
    restSquare += expectedRest * restLogRatio * restLogRatio;
    soFar += expectedSoFar / samples.length;
  }
  const theory = scatter.dayVariance / (scatter.dayVariance + scatter.slotFactor / Math.max(soFar, 1e-9));
  const trust = samples.length / (samples.length + THEORY_DAYS);
  const measured = Math.max(0, Math.min(1, product / square));
  const slope = trust * measured + (1 - trust) * 0.9 * theory;
  const explained = Math.max(0, Math.min(0.95, slope * slope * (square / restSquare)));
  const proving = samples.length >= PROVING_DAYS;
  let best = { slope, carry: 0, error: pastError(samples, slope, 0) };
  const tried = proving ? [0, 0.5, 0.75, 1] : [1];
  for (const part of tried) {
    for (const carry of [0, 0.25, 0.5]) {
      const error = pastError(samples, part * slope, carry) * (1 + (part > 0 || carry > 0 ? LEAST_GAIN : 0));
      if (error < best.error) best = { slope: part * slope, carry, error };
    }
  }
  return { slope: best.slope, carry: best.carry, explained: best.slope > 0 ? explained : 0 };
}

function pastError(samples: readonly UpdateSample[], slope: number, carry: number): number {
  let error = 0;
  for (const { logRatio, residual, rest, restActual } of samples) {
    let fade = carry;
    const factor = slope * logRatio;
    for (let j = 0; j < rest.length; j++) {
      error += Math.abs(rest[j]! * Math.exp(factor + fade * residual) - restActual[j]!);
      fade *= CARRY_FADE;
    }
  }
  return error;
}

/** The rule's figures at a share of the day, joined linearly. */
export function ruleAt(rule: UpdateRule, share: number): { slope: number; carry: number; explained: number } {
  const { shares } = rule;
  const last = shares.length - 1;
  const above = shares.findIndex(value => value >= share);
  const high = above < 0 ? last : above;
  const low = above <= 0 ? high : above - 1;
  const span = (shares[high] ?? 0) - (shares[low] ?? 0);
  const weight = span > 0 ? Math.max(0, Math.min(1, (share - (shares[low] ?? 0)) / span)) : 1;
  const join = (values: readonly number[]) =>
    (1 - weight) * (values[low] ?? 0) + weight * (values[high] ?? 0);
  // Before the first share the little that is known counts in proportion.
  const start = Math.min(1, share / (shares[0] ?? 1));
  return {
    slope: start * join(rule.slope),
    carry: start * join(rule.carry),
    explained: start * join(rule.explained),
  };
}
