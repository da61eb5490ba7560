import type { DayHistory } from '../history/dayHistory.ts';
import { weekdayOfRow } from '../history/dayTable.ts';
import { factorise, solveFactored } from './ridge.ts';

/** How the distribution of a day's contacts over its slots is learnt. */
export interface ProfileSettings {
  /** Age at which a day counts half. */
  readonly halfLifeDays: number;
  /** Strength of the second-difference smoothing of the square-root profile. */
  readonly smoothing: number;
}

const PROFILE_SETTINGS: ProfileSettings = { halfLifeDays: 182, smoothing: 0.3 };

/** Sums over weighted days: numerator per weekday and slot, and what the ratio is taken over. */
interface ProfileSums {
  /** Weighted contacts, 7 × slots. */
  readonly contacts: Float64Array;
  /** Weighted day totals of the days on which the slot was observed, 7 × slots. */
  readonly base: Float64Array;
  /** Sum of squared weights over sum of weights: effective age-weighted days per weekday. */
  readonly effectiveDays: Float64Array;
  readonly meanTotal: Float64Array;
  /** Variance of slot counts over their mean, at least 1. */
  readonly dispersion: number;
}

/**
 * Share of a day's contacts in each slot by weekday (7 × slots, each weekday sums to 1 over its open slots),
 * from the days before row `end`: ratio of weighted sums, pooled over statistically alike weekdays,
 * shrunk towards the pool by empirical Bayes, and smoothed within open runs.
 */
export function intradayProfile(
  history: DayHistory,
  end: number,
  settings: ProfileSettings = PROFILE_SETTINGS,
): Float64Array {
  const { slots, weeklyOpen } = history.table;
  const sums = profileSums(history, end, settings.halfLifeDays);
  const raw = rawShares(sums, weeklyOpen, slots);
  const noise = new Float64Array(7);
  for (let w = 0; w < 7; w++) {
    const volume = sums.meanTotal[w]! * sums.effectiveDays[w]!;
    noise[w] = volume > 0 ? sums.dispersion / volume : Number.POSITIVE_INFINITY;
  }
  const profile = new Float64Array(7 * slots);
  for (let w = 0; w < 7; w++) {
    const pooled = poolOver(w, raw, noise, sums, weeklyOpen, slots);
    const shrunk = shrink(w, raw, pooled, noise, sums, slots);
    smoothRuns(shrunk, weeklyOpen.subarray(w * slots, (w + 1) * slots), settings.smoothing);
    normalise(shrunk, weeklyOpen.subarray(w * slots, (w + 1) * slots));
    profile.set(shrunk, w * slots);
  }
  return profile;
}

function profileSums(history: DayHistory, end: number, halfLifeDays: number): ProfileSums {
  const { table, counts, totals, weight } = history;
  const { slots } = table;
  const contacts = new Float64Array(7 * slots);
  const base = new Float64Array(7 * slots);
  const squares = new Float64Array(7 * slots);
  const seen = new Float64Array(7 * slots);
  const weights = new Float64Array(7);
  const squaredWeights = new Float64Array(7);
  const totalSum = new Float64Array(7);
  const from = Math.max(0, end - Math.ceil(halfLifeDays * 8));
  for (let d = from; d < end; d++) {
    if (weight[d] === 0 || Number.isNaN(totals[d]!)) continue;
    const age = 2 ** (-(end - d) / halfLifeDays);
    const day = weekdayOfRow(table, d);
    const w = day * slots;
    const total = totals[d]!;
    weights[day]! += age;
    squaredWeights[day]! += age * age;
    totalSum[day]! += age * total;
    for (let j = 0; j < slots; j++) {
      const cell = d * slots + j;
      const value = counts[cell]!;
      if (table.open[cell] !== 1 || Number.isNaN(value)) continue;
      contacts[w + j]! += age * value;
      base[w + j]! += age * total;
      seen[w + j]! += age;
      squares[w + j]! += age * value * value;
    }
  }
  const effectiveDays = new Float64Array(7);
  const meanTotal = new Float64Array(7);
  for (let w = 0; w < 7; w++) {
    effectiveDays[w] = squaredWeights[w]! > 0 ? weights[w]! ** 2 / squaredWeights[w]! : 0;
    meanTotal[w] = weights[w]! > 0 ? totalSum[w]! / weights[w]! : 0;
  }
  return { contacts, base, effectiveDays, meanTotal, dispersion: slotDispersion(contacts, squares, seen) };
}

function slotDispersion(contacts: Float64Array, squares: Float64Array, seen: Float64Array): number {
  let variance = 0;
  let mean = 0;
  for (let i = 0; i < contacts.length; i++) {
    const n = seen[i]!;
    if (n < 2) continue;
    const average = contacts[i]! / n;
    variance += Math.max(0, squares[i]! / n - average * average) * (n / (n - 1));
    mean += average;
  }
  return mean > 0 ? Math.min(10, Math.max(1, variance / mean)) : 1;
}

function rawShares(sums: ProfileSums, weeklyOpen: Uint8Array, slots: number): Float64Array {
  const raw = new Float64Array(7 * slots);
  for (let w = 0; w < 7; w++) {
    for (let j = 0; j < slots; j++) {
      const cell = w * slots + j;
      raw[cell] =
        weeklyOpen[cell] === 1 && sums.base[cell]! > 0 ? sums.contacts[cell]! / sums.base[cell]! : 0;
    }
    normalise(raw.subarray(w * slots, (w + 1) * slots), weeklyOpen.subarray(w * slots, (w + 1) * slots));
  }
  return raw;
}

/** The profile of the weekdays that differ from weekday `w` by no more than sampling noise. */
function poolOver(
  w: number,
  raw: Float64Array,
  noise: Float64Array,
  sums: ProfileSums,
  weeklyOpen: Uint8Array,
  slots: number,
): Float64Array {
  const pooled = new Float64Array(slots);
  const base = new Float64Array(slots);
  const unknown = !Number.isFinite(noise[w]!);
  for (let v = 0; v < 7; v++) {
    if (!Number.isFinite(noise[v]!)) continue;
    if (v !== w && !unknown && profileDistance(raw, w, v, slots) > 3 * (noise[w]! + noise[v]!)) continue;
    for (let j = 0; j < slots; j++) {
      pooled[j]! += sums.contacts[v * slots + j]!;
      base[j]! += sums.base[v * slots + j]!;
    }
  }
  for (let j = 0; j < slots; j++) pooled[j] = base[j]! > 0 ? pooled[j]! / base[j]! : 0;
  normalise(pooled, weeklyOpen.subarray(w * slots, (w + 1) * slots));
  return pooled;
}

/** Sum over slots of (r_w − r_v)² / mean share: of the size of the sampling noise when the two are alike. */
function profileDistance(raw: Float64Array, w: number, v: number, slots: number): number {
  let distance = 0;
  let cells = 0;
  for (let j = 0; j < slots; j++) {
    const a = raw[w * slots + j]!;
    const b = raw[v * slots + j]!;
    if (a + b <= 0) continue;
    distance += (a - b) ** 2 / ((a + b) / 2);
    cells++;
  }
  return cells > 0 ? distance / cells : Number.POSITIVE_INFINITY;
}

function shrink(
  w: number,
  raw: Float64Array,
  pooled: Float64Array,
  noise: Float64Array,
  sums: ProfileSums,
  slots: number,
): Float64Array {
  const shares = new Float64Array(slots);
  if (!Number.isFinite(noise[w]!)) {
    shares.set(pooled);
    return shares;
  }
  let between = 0;
  let cells = 0;
  for (let j = 0; j < slots; j++) {
    if (pooled[j]! <= 0) continue;
    between += (raw[w * slots + j]! - pooled[j]!) ** 2 / pooled[j]!;
    cells++;
  }
  const excess = Math.max(cells > 0 ? between / cells - noise[w]! : 0, noise[w]! * 1e-3);
  const perDay = sums.meanTotal[w]! > 0 ? sums.dispersion / sums.meanTotal[w]! : 0;
  const days = sums.effectiveDays[w]!;
  const strength = perDay / excess;
  for (let j = 0; j < slots; j++) {
    shares[j] = (days * raw[w * slots + j]! + strength * pooled[j]!) / (days + strength);
  }
  return shares;
}

/** Whittaker smoothing (second differences) of √share within each run of open slots. */
function smoothRuns(shares: Float64Array, open: Uint8Array, strength: number): void {
  if (strength <= 0) return;
  let from = -1;
  for (let j = 0; j <= shares.length; j++) {
    const isOpen = j < shares.length && open[j] === 1;
    if (isOpen && from < 0) from = j;
    if (!isOpen && from >= 0) {
      if (j - from >= 5) smoothRun(shares.subarray(from, j), strength);
      from = -1;
    }
  }
}

function smoothRun(run: Float64Array, strength: number): void {
  const n = run.length;
  const smooth = solveFactored(smootherFactor(n, strength), run.map(Math.sqrt), n);
  for (let j = 0; j < n; j++) run[j] = Math.max(0, smooth[j]!) ** 2;
}

/** Factors by length and strength: every weekday of every origin smooths runs of the same length. */
const smootherFactors = new Map<string, Float64Array>();

function smootherFactor(n: number, strength: number): Float64Array {
  const key = `${n}:${strength}`;
  const known = smootherFactors.get(key);
  if (known) return known;
  const matrix = new Float64Array(n * n);
  for (let j = 0; j < n; j++) matrix[j * n + j] = 1;
  const stencil = [1, -2, 1];
  for (let j = 0; j + 2 < n; j++) {
    for (let a = 0; a < 3; a++) {
      for (let b = 0; b < 3; b++) matrix[(j + a) * n + j + b]! += strength * stencil[a]! * stencil[b]!;
    }
  }
  factorise(matrix, n);
  smootherFactors.set(key, matrix);
  return matrix;
}

function normalise(shares: Float64Array, open: Uint8Array): void {
  let total = 0;
  let openSlots = 0;
  for (let j = 0; j < shares.length; j++) {
    if (open[j] !== 1) shares[j] = 0;
    else openSlots++;
    total += shares[j]!;
  }
  for (let j = 0; j < shares.length; j++) {
    if (total > 0) shares[j]! /= total;
    else if (openSlots > 0 && open[j] === 1) shares[j] = 1 / openSlots;
  }
}
