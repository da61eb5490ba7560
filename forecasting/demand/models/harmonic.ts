import { weekdayOfDayNumber } from '../../history/localClock.ts';
import { RidgeEquations } from '../ridge.ts';
import { factorOf, type MeanModel, type ModelInput } from './model.ts';

const WINDOW_DAYS = 182;
const HALF_LIFE_DAYS = 70;
const DAILY_HARMONICS = 10;
const WEEKLY_HARMONICS = 25;

/**
 * Dynamic harmonic regression on √(N + ⅜): daily and weekly Fourier terms, ridge-penalised and aged, and the day's
 * mean residual carried on by an AR(1). The terms depend on weekday and slot only, so they are fitted to weighted
 * cell means, which gives the same coefficients as fitting every interval.
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
  const daily = Math.min(DAILY_HARMONICS, Math.floor(slots / 2) - 1);
  const size = 1 + 2 * daily + 2 * WEEKLY_HARMONICS;
  const equations = new RidgeEquations(size);
  const columns = Array.from({ length: size }, (_, i) => i);
  const basis = new Float64Array(7 * slots * size);
  for (let cell = 0; cell < 7 * slots; cell++) {
    const row = harmonics(cell, slots, daily);
    basis.set(row, cell * size);
    if (weeklyOpen[cell] === 1 && weights[cell]! > 0) {
      equations.add(columns, row, sums[cell]! / weights[cell]!, weights[cell]!);
    }
  }
  const coefficients = equations.solve(new Float64Array(size).fill(0.5), new Uint8Array(size).fill(1));
  const pattern = new Float64Array(7 * slots);
  for (let cell = 0; cell < 7 * slots; cell++) {
    for (let i = 0; i < size; i++) pattern[cell]! += basis[cell * size + i]! * coefficients[i]!;
  }
  return pattern;
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
