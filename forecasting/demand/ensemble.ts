import type { DayHistory } from '../history/dayHistory.ts';
import { weekdayOfDayNumber } from '../history/localClock.ts';
import {
  BUCKETS,
  bucketOf,
  chooseDayLevel,
  type DayLevelChoice,
  type DayLevelForecast,
  forecastDayLevel,
} from './dayLevel.ts';
import type { DayWorkspace } from './dayWorkspace.ts';
import { average4, average8, seasonalNaive } from './models/averages.ts';
import { harmonic } from './models/harmonic.ts';
import { lowRank } from './models/lowRank.ts';
import type { MeanModel } from './models/model.ts';
import { intradayProfile } from './profile.ts';

/** The day level × profile model is the first member; the others follow in this order. */
const OTHER_MEMBERS: readonly MeanModel[] = [lowRank, harmonic, average8, average4];
export const MEMBER_NAMES: readonly string[] = ['day-profile', ...OTHER_MEMBERS.map(member => member.name)];
/** Shares before the data speak: two thirds day × profile, one third low rank. */
const PRIOR = [0.6, 0.3, 0.1, 0, 0];
const PRIOR_STRENGTH = 1.5;
const FIRST_DAY_HOLD = 5;
const TEST_DAYS = 28;
const MOST_ORIGINS = 14;

/** Forecasts of every member at one origin, each `days × slots`. */
export interface MemberForecasts {
  readonly means: readonly Float64Array[];
  readonly dayLevel: DayLevelForecast;
}

/** One rolling origin inside the history: what the ensemble said and what came. */
export interface InnerBacktest {
  readonly origin: number;
  readonly days: number;
  /** Ensemble mean, `days × slots`. */
  readonly mean: Float64Array;
  readonly naive: Float64Array;
}

/** The ensemble as chosen from the series' own past. */
export interface Ensemble {
  readonly workspace: DayWorkspace;
  readonly levelChoice: DayLevelChoice;
  /** Share of each member per bucket, `BUCKETS × members`. */
  readonly shares: Float64Array;
  readonly backtests: readonly InnerBacktest[];
  /** Rolling WAPE of the ensemble and of the seasonal naive forecast per bucket; NaN where none could be run. */
  readonly losses: readonly { readonly ensemble: number; readonly naive: number }[];
}

/** Members usable with this much history. */
function usable(history: DayHistory, origin: number): boolean[] {
  let days = 0;
  for (let d = 0; d < origin; d++) if (history.weight[d] !== 0) days++;
  return [true, ...OTHER_MEMBERS.map(member => days >= member.minimumDays)];
}

/** Day effects at an origin as factors over past and horizon, for the members that do not know them. */
function dayFactors(
  history: DayHistory,
  level: DayLevelForecast,
  origin: number,
  days: number,
): Float64Array {
  const factor = new Float64Array(origin + days).fill(1);
  for (let k = 0; k < days; k++) {
    factor[origin + k] = Math.exp(
      level.monthPosition[k]! + level.afterClosure[k]! + level.annual[k]! + level.date[k]! + level.driver[k]!,
    );
  }
  const past = level.pastEffects;
  const { shiftRow, shiftLog } = history;
  const shifted = shiftRow >= 0 && shiftRow < origin;
  // Days before a lasting change of level are brought to the new level, so that averages need not wait for it.
  for (let d = 0; d < origin; d++) factor[d] = Math.exp(past[d]! - (shifted && d < shiftRow ? shiftLog : 0));
  return factor;
}

/** Runs every member at an origin. */
export function memberForecasts(
  workspace: DayWorkspace,
  choice: DayLevelChoice,
  origin: number,
  days: number,
  leaveOut: number,
): MemberForecasts {
  const { history } = workspace;
  const { table } = history;
  const { slots } = table;
  const dayLevel = forecastDayLevel(workspace, choice, origin, days, leaveOut);
  const profile = intradayProfile(history, origin);
  const main = new Float64Array(days * slots);
  for (let k = 0; k < days; k++) {
    const w = weekdayOfDayNumber(table.firstDayNumber + origin + k) * slots;
    for (let j = 0; j < slots; j++) main[k * slots + j] = dayLevel.totals[k]! * profile[w + j]!;
  }
  const dayFactor = dayFactors(history, dayLevel, origin, days);
  const able = usable(history, origin);
  const others = OTHER_MEMBERS.map((member, m) =>
    able[m + 1] ? member.fit({ history, end: origin, dayFactor }).predict(days) : main,
  );
  return { means: [main, ...others], dayLevel };
}

/** Mixes member forecasts by the shares of each day's bucket. */
export function mixMembers(
  means: readonly Float64Array[],
  shares: Float64Array,
  days: number,
  slots: number,
): Float64Array {
  const mixed = new Float64Array(days * slots);
  for (let k = 0; k < days; k++) {
    const bucket = bucketOf(k + 1);
    means.forEach((mean, m) => {
      const share = shares[bucket * means.length + m]!;
      if (share < 1e-6) return;
      for (let i = k * slots; i < (k + 1) * slots; i++) mixed[i]! += share * mean[i]!;
    });
  }
  return mixed;
}

/** Chooses the day level, the shares of the members, and records how the choice would have done. */
export function chooseEnsemble(workspace: DayWorkspace): Ensemble {
  const { history, end } = workspace;
  const levelChoice = chooseDayLevel(workspace);
  const picked = pickOrigins(workspace);
  const runs = picked.map(index => {
    const origin = workspace.origins[index]!;
    const days = Math.min(TEST_DAYS, end - origin);
    const members = memberForecasts(workspace, levelChoice, origin, days, index);
    const naive = seasonalNaive.fit({ history, end: origin }).predict(days);
    return { origin, days, members, naive };
  });
  const products = runs.map(run => errorProducts(history, run.origin, run.days, run.members.means));
  const shares = sharesFrom(products, -1);
  const backtests = runs.map((run, i) => ({
    origin: run.origin,
    days: run.days,
    // An origin's own errors must not choose the shares by which it is judged.
    mean: mixMembers(run.members.means, sharesFrom(products, i), run.days, history.table.slots),
    naive: run.naive,
  }));
  return { workspace, levelChoice, shares, backtests, losses: bucketLosses(history, backtests) };
}

function pickOrigins(workspace: DayWorkspace): number[] {
  const count = workspace.origins.length;
  if (count === 0) return [];
  const wanted = Math.min(MOST_ORIGINS, count);
  return Array.from({ length: wanted }, (_, i) => Math.floor(((i + 0.5) * count) / wanted));
}

/** Mean products of the members' errors per bucket, each error scaled by √mean: `BUCKETS × members × members`. */
function errorProducts(
  history: DayHistory,
  origin: number,
  days: number,
  means: readonly Float64Array[],
): Float64Array {
  const { table, weight, counts } = history;
  const { slots } = table;
  const size = means.length;
  const products = new Float64Array(BUCKETS * size * size);
  const errors = new Float64Array(size);
  for (let k = 0; k < days; k++) {
    if (weight[origin + k] === 0) continue;
    const offset = bucketOf(k + 1) * size * size;
    for (let j = 0; j < slots; j++) {
      const actual = counts[(origin + k) * slots + j]!;
      if (Number.isNaN(actual) || table.open[(origin + k) * slots + j] !== 1) continue;
      const scale = 1 / Math.sqrt(means[0]![k * slots + j]! + 1);
      for (let m = 0; m < size; m++) errors[m] = (means[m]![k * slots + j]! - actual) * scale;
      for (let a = 0; a < size; a++) {
        for (let b = 0; b <= a; b++) products[offset + a * size + b]! += errors[a]! * errors[b]!;
      }
    }
  }
  return products;
}

/** Shares on the simplex that minimise the summed squared error, held towards the prior. */
function sharesFrom(products: readonly Float64Array[], without: number): Float64Array {
  const size = PRIOR.length;
  const shares = new Float64Array(BUCKETS * size);
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const gram = new Float64Array(size * size);
    products.forEach((product, i) => {
      if (i === without) return;
      for (let a = 0; a < size; a++) {
        for (let b = 0; b <= a; b++) {
          const value = product[bucket * size * size + a * size + b]!;
          gram[a * size + b]! += value;
          if (a !== b) gram[b * size + a]! += value;
        }
      }
    });
    // The first day ahead has one day of evidence per origin, the others six and twenty-one.
    const hold = bucket === 0 ? FIRST_DAY_HOLD : 1;
    shares.set(simplexWeights(gram, size, products.length, hold), bucket * size);
  }
  return shares;
}

/** Projected gradient on w'Gw + λ‖w − prior‖², λ shrinking with the number of origins. */
function simplexWeights(gram: Float64Array, size: number, origins: number, extraHold: number): Float64Array {
  let best = Number.POSITIVE_INFINITY;
  for (let a = 0; a < size; a++) best = Math.min(best, gram[a * size + a]!);
  let weights = Float64Array.from(PRIOR);
  if (!(best > 0)) return weights;
  const hold = (extraHold * PRIOR_STRENGTH * 10) / (origins + 10);
  const step = 0.12;
  for (let round = 0; round < 100; round++) {
    const next = new Float64Array(size);
    for (let a = 0; a < size; a++) {
      let gradient = hold * (weights[a]! - PRIOR[a]!);
      for (let b = 0; b < size; b++) gradient += (gram[a * size + b]! / best) * weights[b]!;
      next[a] = weights[a]! - step * gradient;
    }
    const projected = ontoSimplex(next);
    let moved = 0;
    for (let a = 0; a < size; a++) moved = Math.max(moved, Math.abs(projected[a]! - weights[a]!));
    weights = projected;
    if (moved < 1e-6) break;
  }
  return weights;
}

/** Euclidean projection onto the probability simplex. */
function ontoSimplex(values: Float64Array): Float64Array<ArrayBuffer> {
  const sorted = Array.from(values).sort((a, b) => b - a);
  let sum = 0;
  let shift = 0;
  for (let i = 0; i < sorted.length; i++) {
    sum += sorted[i]!;
    const candidate = (sum - 1) / (i + 1);
    if (sorted[i]! - candidate > 0) shift = candidate;
  }
  return Float64Array.from(values, value => Math.max(0, value - shift));
}

function bucketLosses(history: DayHistory, backtests: readonly InnerBacktest[]) {
  const { slots } = history.table;
  const losses = Array.from({ length: BUCKETS }, () => ({ ensemble: 0, naive: 0, volume: 0 }));
  for (const { origin, days, mean, naive } of backtests) {
    for (let k = 0; k < days; k++) {
      const loss = losses[bucketOf(k + 1)]!;
      for (let j = 0; j < slots; j++) {
        const actual = history.counts[(origin + k) * slots + j]!;
        if (Number.isNaN(actual) || history.table.open[(origin + k) * slots + j] !== 1) continue;
        loss.ensemble += Math.abs(mean[k * slots + j]! - actual);
        loss.naive += Math.abs(naive[k * slots + j]! - actual);
        loss.volume += actual;
      }
    }
  }
  return losses.map(({ ensemble, naive, volume }) => ({
    ensemble: volume > 0 ? ensemble / volume : Number.NaN,
    naive: volume > 0 ? naive / volume : Number.NaN,
  }));
}
