import { weekdayOfDayNumber } from '../../history/localClock.ts';
import { factorise, solveFactored } from '../ridge.ts';
import { factorOf, type MeanModel, type ModelInput } from './model.ts';

const WINDOW_DAYS = 182;
const HALF_LIFE_DAYS = 70;
const DAILY_HARMONICS = 10;
const WEEKLY_HARMONICS = 25;
/** Ridge penalty in weeks of observations. */
const PENALTY = 0.03;

/**
 * Dynamic harmonic regression on √(N + ⅜): daily and weekly Fourier terms, ridge-penalised and aged, and the day's
 * mean residual carried on by an AR(1). The terms depend on weekday and slot only, so they are fitted to aged
 * cell means, one week of values whatever the length of the history.
 */
export const harmonic: MeanModel = {
  name: 'harmonic',
  title: 'Harmonic regression',
  minimumDays: 21,
  fit(input) {
    const pattern = fitPattern(input);
    const residual = dayResiduals(input, pattern);
    return { predict: days => predict(input, pattern, residual, days) };
  },
};

function fitPattern(input: ModelInput): Float64Array {
  const { table, counts, weight } = input.history;
  const { slots, weeklyOpen } = table;
  const sums = new Float64Array(7 * slots);
  const weights = new Float64Array(7 * slots);
  for (let d = Math.max(0, input.end - WINDOW_DAYS); d < input.end; d++) {
    if (weight[d] === 0) continue;
    const age = 2 ** (-(input.end - d) / HALF_LIFE_DAYS);
    const w = weekdayOfDayNumber(table.firstDayNumber + d) * slots;
    const factor = factorOf(input, d);
    for (let j = 0; j < slots; j++) {
      const value = counts[d * slots + j]!;
      if (Number.isNaN(value) || table.open[d * slots + j] !== 1) continue;
      sums[w + j]! += age * Math.sqrt(value / factor + 0.375);
      weights[w + j]! += age;
    }
  }
  const basis = basisOf(weeklyOpen, slots);
  const { size } = basis;
  const right = new Float64Array(size);
  for (let cell = 0; cell < 7 * slots; cell++) {
    if (weeklyOpen[cell] !== 1) continue;
    const mean =
      weights[cell]! > 0 ? sums[cell]! / weights[cell]! : slotMean(sums, weights, cell % slots, slots);
    for (let i = 0; i < size; i++) right[i]! += basis.values[cell * size + i]! * mean;
  }
  const coefficients = solveFactored(basis.factor, right, size);
  const pattern = new Float64Array(7 * slots);
  for (let cell = 0; cell < 7 * slots; cell++) {
    for (let i = 0; i < size; i++) pattern[cell]! += basis.values[cell * size + i]! * coefficients[i]!;
  }
  return pattern;
}

function slotMean(sums: Float64Array, weights: Float64Array, slot: number, slots: number): number {
  let sum = 0;
  let weight = 0;
  for (let w = 0; w < 7; w++) {
    sum += sums[w * slots + slot]!;
    weight += weights[w * slots + slot]!;
  }
  return weight > 0 ? sum / weight : 0;
}

interface HarmonicBasis {
  readonly size: number;
  /** 7·slots × size. */
  readonly values: Float64Array;
  /** Cholesky factor of the penalised normal equations. */
  readonly factor: Float64Array;
}

/** The basis depends on the weekly hours alone; it is shared by all origins of a history. */
const bases = new WeakMap<Uint8Array, HarmonicBasis>();

function basisOf(weeklyOpen: Uint8Array, slots: number): HarmonicBasis {
  const known = bases.get(weeklyOpen);
  if (known) return known;
  const daily = Math.min(DAILY_HARMONICS, Math.floor(slots / 2) - 1);
  const size = 1 + 2 * daily + 2 * WEEKLY_HARMONICS;
  const values = new Float64Array(7 * slots * size);
  const factor = new Float64Array(size * size);
  for (let cell = 0; cell < 7 * slots; cell++) {
    const row = harmonics(cell, slots, daily);
    values.set(row, cell * size);
    if (weeklyOpen[cell] !== 1) continue;
    for (let a = 0; a < size; a++) for (let b = 0; b <= a; b++) factor[a * size + b]! += row[a]! * row[b]!;
  }
  for (let a = 0; a < size; a++) factor[a * size + a]! += PENALTY;
  factorise(factor, size);
  const basis = { size, values, factor };
  bases.set(weeklyOpen, basis);
  return basis;
}

function harmonics(cell: number, slots: number, daily: number): number[] {
  const row = [1];
  const ofDay = (2 * Math.PI * (cell % slots)) / slots;
  for (let k = 1; k <= daily; k++) row.push(Math.cos(k * ofDay), Math.sin(k * ofDay));
  const ofWeek = (2 * Math.PI * cell) / (7 * slots);
  for (let k = 1; k <= WEEKLY_HARMONICS; k++) {
    // Multiples of seven repeat the daily terms and stand for nothing new.
    const same = k % 7 === 0 ? 0 : 1;
    row.push(same * Math.cos(k * ofWeek), same * Math.sin(k * ofWeek));
  }
  return row;
}

interface DayResidual {
  readonly carry: number;
  readonly last: number;
  readonly variance: number;
}

function dayResiduals(input: ModelInput, pattern: Float64Array): DayResidual {
  const { table, counts, weight } = input.history;
  const { slots } = table;
  let before = 0;
  let product = 0;
  let square = 1e-9;
  let slotSquare = 0;
  let slotCount = 0;
  for (let d = Math.max(0, input.end - WINDOW_DAYS); d < input.end; d++) {
    if (weight[d] === 0) continue;
    const w = weekdayOfDayNumber(table.firstDayNumber + d) * slots;
    const factor = factorOf(input, d);
    let sum = 0;
    let seen = 0;
    for (let j = 0; j < slots; j++) {
      const value = counts[d * slots + j]!;
      if (Number.isNaN(value) || table.weeklyOpen[w + j] !== 1) continue;
      const residual = Math.sqrt(value / factor + 0.375) - pattern[w + j]!;
      sum += residual;
      slotSquare += residual * residual;
      seen++;
    }
    if (seen === 0) continue;
    slotCount += seen;
    const residual = sum / seen;
    product += residual * before;
    square += before * before;
    before = residual;
  }
  return {
    carry: Math.max(0, Math.min(0.97, product / square)),
    last: before,
    variance: slotCount > 0 ? slotSquare / slotCount : 0.25,
  };
}

function predict(
  input: ModelInput,
  pattern: Float64Array,
  residual: DayResidual,
  days: number,
): Float64Array {
  const { table } = input.history;
  const { slots } = table;
  const mean = new Float64Array(days * slots);
  for (let k = 0; k < days; k++) {
    const row = input.end + k;
    const w = weekdayOfDayNumber(table.firstDayNumber + row) * slots;
    const shift = residual.last * residual.carry ** (k + 1);
    for (let j = 0; j < slots; j++) {
      if (table.weeklyOpen[w + j] !== 1) continue;
      const root = Math.max(0, pattern[w + j]! + shift);
      const bias = Math.min(residual.variance, 0.25 * root * root + 0.1) - 0.375;
      mean[k * slots + j] = Math.max(0, root * root + bias) * factorOf(input, row);
    }
  }
  return mean;
}
