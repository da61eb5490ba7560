import { weekdayOfDayNumber } from '../../history/localClock.ts';
import { intradayProfile } from '../profile.ts';
import { factorOf, type MeanModel, type ModelInput } from './model.ts';

const WINDOW_DAYS = 140;
const SCORE_HALF_LIFE_DAYS = 140;
const RANK = 3;
const POWER_STEPS = 30;

/**
 * Rank-3 singular value decomposition of the day × slot matrix of √(N + ¼) over the last 20 weeks
 * (Shen and Huang 2008): weekday means of the day scores, plus their residual carried on by an AR(1).
 */
export const lowRank: MeanModel = {
  name: 'low-rank',
  title: 'Low-rank day profiles',
  minimumDays: 21,
  fit(input) {
    const matrix = rootMatrix(input);
    if (matrix.rows.length < 7)
      return { predict: days => new Float64Array(days * input.history.table.slots) };
    const factors = leadingFactors(matrix.values, matrix.rows.length, input.history.table.slots);
    return { predict: days => predict(input, matrix, factors, days) };
  },
};

interface RootMatrix {
  /** Table rows of the days in the matrix. */
  readonly rows: readonly number[];
  /** rows × slots, centred by slot. */
  readonly values: Float64Array;
  readonly centre: Float64Array;
  /** What to add back after squaring: the residual variance of each slot, less ¼. */
  readonly bias: Float64Array;
}

function rootMatrix(input: ModelInput): RootMatrix {
  const { history, end } = input;
  const { table, counts, weight, totals } = history;
  const { slots } = table;
  const rows: number[] = [];
  for (let d = Math.max(0, end - WINDOW_DAYS); d < end; d++) if (weight[d] !== 0) rows.push(d);
  let profile: Float64Array | undefined;
  const values = new Float64Array(rows.length * slots);
  const centre = new Float64Array(slots);
  rows.forEach((d, i) => {
    const w = weekdayOfDayNumber(table.firstDayNumber + d) * slots;
    const factor = factorOf(input, d);
    for (let j = 0; j < slots; j++) {
      if (table.weeklyOpen[w + j] !== 1) continue;
      const value = counts[d * slots + j]!;
      let filled = value;
      if (Number.isNaN(value)) {
        profile ??= intradayProfile(history, end);
        filled = totals[d]! * profile[w + j]!;
      }
      values[i * slots + j] = Math.sqrt(filled / factor + 0.25);
      centre[j]! += values[i * slots + j]! / rows.length;
    }
  });
  for (let i = 0; i < rows.length; i++) for (let j = 0; j < slots; j++) values[i * slots + j]! -= centre[j]!;
  return { rows, values, centre, bias: new Float64Array(slots) };
}

/** The leading right singular vectors (rank × slots) by orthogonal iteration on the Gram matrix. */
function leadingFactors(values: Float64Array, rows: number, slots: number): Float64Array {
  const gram = new Float64Array(slots * slots);
  for (let i = 0; i < rows; i++) {
    for (let a = 0; a < slots; a++) {
      const x = values[i * slots + a]!;
      if (x === 0) continue;
      for (let b = 0; b <= a; b++) gram[a * slots + b]! += x * values[i * slots + b]!;
    }
  }
  for (let a = 0; a < slots; a++) for (let b = 0; b < a; b++) gram[b * slots + a] = gram[a * slots + b]!;
  const vectors = new Float64Array(RANK * slots);
  for (let r = 0; r < RANK; r++)
    for (let j = 0; j < slots; j++) vectors[r * slots + j] = Math.cos((r + 0.5) * j + r);
  for (let step = 0; step < POWER_STEPS; step++) {
    multiply(gram, vectors, slots);
    orthonormalise(vectors, slots);
  }
  return vectors;
}

function multiply(gram: Float64Array, vectors: Float64Array, slots: number): void {
  const product = new Float64Array(slots);
  for (let r = 0; r < RANK; r++) {
    for (let a = 0; a < slots; a++) {
      let sum = 0;
      for (let b = 0; b < slots; b++) sum += gram[a * slots + b]! * vectors[r * slots + b]!;
      product[a] = sum;
    }
    vectors.set(product, r * slots);
  }
}

function orthonormalise(vectors: Float64Array, slots: number): void {
  for (let r = 0; r < RANK; r++) {
    for (let q = 0; q < r; q++) {
      let dot = 0;
      for (let j = 0; j < slots; j++) dot += vectors[r * slots + j]! * vectors[q * slots + j]!;
      for (let j = 0; j < slots; j++) vectors[r * slots + j]! -= dot * vectors[q * slots + j]!;
    }
    let norm = 0;
    for (let j = 0; j < slots; j++) norm += vectors[r * slots + j]! ** 2;
    norm = Math.sqrt(norm);
    for (let j = 0; j < slots; j++) vectors[r * slots + j]! /= norm > 1e-12 ? norm : 1;
    if (norm <= 1e-12) vectors.fill(0, r * slots, (r + 1) * slots);
  }
}

function predict(input: ModelInput, matrix: RootMatrix, factors: Float64Array, days: number): Float64Array {
  const { table } = input.history;
  const { slots } = table;
  const scores = dayScores(matrix, factors, slots);
  const { means, carry, last } = scoreModel(input, matrix.rows, scores);
  const bias = slotBias(matrix, factors, scores, slots);
  const mean = new Float64Array(days * slots);
  for (let k = 0; k < days; k++) {
    const row = input.end + k;
    const weekday = weekdayOfDayNumber(table.firstDayNumber + row);
    for (let j = 0; j < slots; j++) {
      if (table.weeklyOpen[weekday * slots + j] !== 1) continue;
      let root = matrix.centre[j]!;
      for (let r = 0; r < RANK; r++) {
        root += (means[weekday * RANK + r]! + last[r]! * carry[r]! ** (k + 1)) * factors[r * slots + j]!;
      }
      mean[k * slots + j] = Math.max(0, Math.max(0, root) ** 2 + bias[j]! - 0.25) * factorOf(input, row);
    }
  }
  return mean;
}

function dayScores(matrix: RootMatrix, factors: Float64Array, slots: number): Float64Array {
  const scores = new Float64Array(matrix.rows.length * RANK);
  for (let i = 0; i < matrix.rows.length; i++) {
    for (let r = 0; r < RANK; r++) {
      let sum = 0;
      for (let j = 0; j < slots; j++) sum += matrix.values[i * slots + j]! * factors[r * slots + j]!;
      scores[i * RANK + r] = sum;
    }
  }
  return scores;
}

/** Weekday means of the scores by age, and the AR(1) of what remains. */
function scoreModel(input: ModelInput, rows: readonly number[], scores: Float64Array) {
  const means = new Float64Array(7 * RANK);
  const weights = new Float64Array(7);
  const overall = new Float64Array(RANK);
  let overallWeight = 0;
  const weekdayAt = (i: number) => weekdayOfDayNumber(input.history.table.firstDayNumber + rows[i]!);
  for (let i = 0; i < rows.length; i++) {
    const age = 2 ** (-(input.end - rows[i]!) / SCORE_HALF_LIFE_DAYS);
    const w = weekdayAt(i);
    weights[w]! += age;
    overallWeight += age;
    for (let r = 0; r < RANK; r++) {
      means[w * RANK + r]! += age * scores[i * RANK + r]!;
      overall[r]! += age * scores[i * RANK + r]!;
    }
  }
  for (let w = 0; w < 7; w++) {
    for (let r = 0; r < RANK; r++) {
      means[w * RANK + r] =
        weights[w]! > 0 ? means[w * RANK + r]! / weights[w]! : overall[r]! / overallWeight;
    }
  }
  const carry = new Float64Array(RANK);
  const last = new Float64Array(RANK);
  for (let r = 0; r < RANK; r++) {
    let product = 0;
    let square = 1e-9;
    let before = 0;
    for (let i = 0; i < rows.length; i++) {
      const residual = scores[i * RANK + r]! - means[weekdayAt(i) * RANK + r]!;
      product += residual * before;
      square += before * before;
      before = residual;
    }
    carry[r] = Math.max(0, Math.min(0.97, product / square));
    last[r] = before;
  }
  return { means, carry, last };
}

/** Residual variance on the root scale, capped: squaring a noisy root would otherwise lose it. */
function slotBias(
  matrix: RootMatrix,
  factors: Float64Array,
  scores: Float64Array,
  slots: number,
): Float64Array {
  const bias = new Float64Array(slots);
  const n = matrix.rows.length;
  for (let j = 0; j < slots; j++) {
    let square = 0;
    for (let i = 0; i < n; i++) {
      let fitted = 0;
      for (let r = 0; r < RANK; r++) fitted += scores[i * RANK + r]! * factors[r * slots + j]!;
      square += (matrix.values[i * slots + j]! - fitted) ** 2;
    }
    bias[j] = Math.min(square / Math.max(1, n - RANK), 0.25 * matrix.centre[j]! ** 2);
  }
  return bias;
}
