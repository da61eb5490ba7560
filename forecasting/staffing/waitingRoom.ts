import { logPoisson, poissonDeviance, stirlingError } from './numeric/gamma.ts';
import type { WaitingPart, WaitingRates } from './waiting.ts';

/** Up to this share below, the rest of a distribution is taken as 1 − share without losing digits. */
const MOSTLY_BELOW = 0.9;
const MOST_TAIL_TERMS = 1_000_000;

/**
 * Waiting with exponential or endless patience and `room` waiting places (M/M/n/K + M). A call with j ahead waits
 * for j + 1 departures: V ≤ t has the probability that a negative binomial (endless patience: Poisson) count
 * exceeds j, and it is answered with probability c/(c + j + 1).
 *
 * @param patienceRate θ ≥ 0; 0 is endless patience
 * @param room whole number ≥ 0
 */
export function roomWaiting(rates: WaitingRates, patienceRate: number, room: number): WaitingPart {
  const weights = queueWeights(rates, patienceRate, room);
  return {
    ...waitingFrom(weights.values.subarray(0, room), rates.drainRate, patienceRate),
    logScale: weights.logScale,
    blocked: weights.values[room]!,
    waitSum: queueLength(weights.values) / rates.arrivalRate,
  };
}

/**
 * What arrivals that find all agents busy and j calls waiting go through, weight[j] of them.
 *
 * @param drainRate rate at which agents free up while all are busy, per second
 */
export function waitingFrom(weights: Float64Array, drainRate: number, patienceRate: number): WaitingPart {
  let waiting = 0;
  let abandoned = 0;
  let servedWaitSum = 0;
  let passage = 0;
  let patientWaitSum = 0;
  for (let j = 0; j < weights.length; j++) {
    const weight = weights[j]!;
    const departureRate = drainRate + (j + 1) * patienceRate;
    passage += 1 / departureRate;
    waiting += weight;
    abandoned += (weight * ((j + 1) * patienceRate)) / departureRate;
    servedWaitSum += weight * (drainRate / departureRate) * passage;
    patientWaitSum += weight * passage;
  }
  const tail = (t: number, side: 'beyond' | 'within', served: boolean): number =>
    delayedWeight(weights, drainRate, patienceRate, { t, side, served });
  return {
    logScale: 0,
    waiting,
    abandoned,
    blocked: 0,
    // θ E[W] = P(abandon) for each arrival.
    waitSum: patienceRate === 0 ? patientWaitSum : abandoned / patienceRate,
    servedWaitSum,
    virtualBeyond: t => tail(t, 'beyond', false),
    servedBeyond: t => tail(t, 'beyond', true),
    virtualWithin: t => tail(t, 'within', false),
    servedWithin: t => tail(t, 'within', true),
  };
}

function queueLength(weights: Float64Array): number {
  let sum = 0;
  for (let j = 1; j < weights.length; j++) sum += weights[j]! * j;
  return sum;
}

/** Weights of 0 … room calls waiting, the largest being 1, and the logarithm of what they were divided by. */
function queueWeights(
  rates: WaitingRates,
  patienceRate: number,
  room: number,
): { values: Float64Array; logScale: number } {
  const { arrivalRate, drainRate } = rates;
  const values = new Float64Array(room + 1);
  const peak = Math.min(room, Math.max(0, peakQueue(rates, patienceRate, room)));
  const ratio = (j: number): number => arrivalRate / (drainRate + j * patienceRate);
  values[peak] = 1;
  for (let j = peak; j < room && values[j]! > 0; j++) values[j + 1] = values[j]! * ratio(j + 1);
  for (let j = peak; j > 0 && values[j]! > 1e-300; j--) values[j - 1] = values[j]! / ratio(j);
  return { values, logScale: logQueueWeight(rates, patienceRate, peak) };
}

function peakQueue(rates: WaitingRates, patienceRate: number, room: number): number {
  const surplus = rates.arrivalRate - rates.drainRate;
  if (surplus <= 0) return 0;
  return patienceRate === 0 ? room : Math.min(room, Math.floor(surplus / patienceRate));
}

/** ln of λ^j / Π (D + iθ), i = 1 … j. */
function logQueueWeight(rates: WaitingRates, patienceRate: number, j: number): number {
  if (j === 0) return 0;
  if (patienceRate === 0) return j * Math.log(rates.arrivalRate / rates.drainRate);
  const load = rates.arrivalRate / patienceRate;
  const drain = rates.drainRate / patienceRate;
  return logPoisson(drain + j, load) - logPoisson(drain, load);
}

interface Tail {
  readonly t: number;
  readonly side: 'beyond' | 'within';
  readonly served: boolean;
}

function delayedWeight(weights: Float64Array, drainRate: number, patienceRate: number, tail: Tail): number {
  const { below, rest } = departureCounts(drainRate, patienceRate, tail, weights.length);
  const share = (j: number): number => (tail.served ? drainRate / (drainRate + (j + 1) * patienceRate) : 1);
  let sum = 0;
  if (tail.side === 'beyond') {
    let atMost = 0;
    for (let j = 0; j < weights.length; j++) {
      atMost += below[j]!;
      sum += weights[j]! * share(j) * Math.min(1, atMost);
    }
    return sum;
  }
  let above = rest;
  for (let j = weights.length - 1; j >= 0; j--) {
    above += below[j + 1]!;
    sum += weights[j]! * share(j) * Math.min(1, above);
  }
  return sum;
}

interface DepartureCounts {
  /** Probabilities of 0 … `most` departures. */
  readonly below: Float64Array;
  /** Probability of more. */
  readonly rest: number;
}

/** Distribution of the departures ahead of an answered (served) or an endlessly patient call within t. */
function departureCounts(drainRate: number, patienceRate: number, tail: Tail, most: number): DepartureCounts {
  const { t } = tail;
  const below = new Float64Array(most + 1);
  if (t <= 0) {
    below[0] = 1;
    return { below, rest: 0 };
  }
  const shape = patienceRate === 0 ? 0 : drainRate / patienceRate + (tail.served ? 1 : 0);
  const left = -Math.expm1(-patienceRate * t);
  const mean = patienceRate === 0 ? drainRate * t : shape * Math.expm1(patienceRate * t);
  const ratio = (i: number): number => (patienceRate === 0 ? mean / i : (left * (i - 1 + shape)) / i);
  const mode = patienceRate === 0 || mean === Infinity ? mean : (mean * (shape - 1)) / shape;
  const anchor = Math.max(0, Math.floor(Math.min(most, mode)));
  below[anchor] = Math.exp(
    patienceRate === 0
      ? logPoisson(anchor, mean)
      : logNegativeBinomial(anchor, shape, left, patienceRate * t),
  );
  for (let i = anchor; i < most; i++) below[i + 1] = below[i]! * ratio(i + 1);
  for (let i = anchor; i > 0 && below[i]! > 0; i--) below[i - 1] = below[i]! / ratio(i);
  const sum = below.reduce((total, share) => total + share, 0);
  return { below, rest: sum < MOSTLY_BELOW ? 1 - sum : tailSum(below[most]!, most, ratio) };
}

/** Σ of the terms after `last` = term number `from`, given the ratio of each to the one before. */
function tailSum(last: number, from: number, ratio: (i: number) => number): number {
  let term = last;
  let sum = 0;
  for (let i = from + 1; i < from + MOST_TAIL_TERMS && term > 1e-18 * sum; i++) {
    term *= ratio(i);
    sum += term;
  }
  return sum;
}

/** ln of Γ(i + c)/(i! Γ(c)) u^i (1 − u)^c with 1 − u = e^−v (Loader's form of the binomial at real size). */
function logNegativeBinomial(count: number, shape: number, left: number, v: number): number {
  if (count === 0) return -shape * v;
  const size = count + shape;
  return (
    stirlingError(size) -
    stirlingError(count) -
    stirlingError(shape) -
    poissonDeviance(count, size * left) -
    poissonDeviance(shape, size * Math.exp(-v)) +
    0.5 * Math.log(shape / (2 * Math.PI * count * size))
  );
}
