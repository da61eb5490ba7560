import type { WaitingPart, WaitingRates } from './waiting.ts';
import { convexPart } from './waitingQuadrature.ts';

/** Sums over the queue length j of r_j = A^j / ((c + 1) … (c + j)). */
interface QueueSums {
  readonly total: number;
  readonly queueLength: number;
  readonly servedWait: number;
}

/** Whether the series of `seriesWaiting` neither overflows nor grows long; else use quadrature. */
export function seriesIsShort(rates: WaitingRates, patienceRate: number): boolean {
  const load = rates.arrivalRate / patienceRate;
  const drain = rates.drainRate / patienceRate;
  const rise = load > drain ? load - drain : 0;
  const height = rise > 0 ? rise - drain * Math.log(load / drain) : 0;
  return height < 600 && 2 * rise + 9 * Math.sqrt(load) < 6000;
}

/**
 * Waiting with exponential patience and endless room (Erlang A, Palm 1957) by its power series in A = λ/θ with
 * c = D/θ. All terms are positive. V > t has weight S(c, y) exp(A − y − cθt), y = A e^(−θt).
 *
 * @param slack D − λ without cancellation
 */
export function seriesWaiting(rates: WaitingRates, slack: number, patienceRate: number): WaitingPart {
  const { arrivalRate, drainRate } = rates;
  const load = arrivalRate / patienceRate;
  const drain = drainRate / patienceRate;
  const sums = queueSums(load, drain);
  const scale = (t: number): number => {
    const u = patienceRate * t;
    return Math.exp(-slack * t - load * convexPart(u));
  };
  const remaining = (t: number): number => load * Math.exp(-patienceRate * t);
  const virtualBeyond = (t: number): number => seriesSum(remaining(t), drain) * scale(t);
  const servedBeyond = (t: number): number =>
    (drain / (drain + 1)) * Math.exp(-patienceRate * t) * seriesSum(remaining(t), drain + 1) * scale(t);
  const abandoned = sums.queueLength / load;
  const served = sums.total - abandoned;
  return {
    logScale: 0,
    waiting: sums.total,
    abandoned,
    blocked: 0,
    waitSum: sums.queueLength / arrivalRate,
    servedWaitSum: sums.servedWait / patienceRate,
    virtualBeyond,
    servedBeyond,
    virtualWithin: t => sums.total - virtualBeyond(t),
    servedWithin: t => served - servedBeyond(t),
  };
}

/** Σ_j A^j / ((c + 1) … (c + j)): the confluent hypergeometric function 1F1(1; c + 1; A). */
export function seriesSum(load: number, drain: number): number {
  let term = 1;
  let sum = 1;
  let next = drain + 1;
  do {
    const ratio = load / next;
    term *= ratio;
    sum += term;
    next += 1;
    if (ratio < 1 && term < 1e-17 * sum * (1 - ratio)) return sum;
  } while (term > 0 && sum < Infinity);
  return sum;
}

/** `seriesSum` four terms at a time, for searches: relative error about 1e-14 at 1 000 terms. */
export function quickSeriesSum(load: number, drain: number): number {
  const squared = load * load;
  const cubed = squared * load;
  const fourth = squared * squared;
  let term = 1;
  let sum = 1;
  let base = drain;
  for (;;) {
    const last = base + 4;
    const lastTwo = last * (base + 3);
    const lastThree = lastTwo * (base + 2);
    const scaled = term / (lastThree * (base + 1));
    term = scaled * fourth;
    sum += scaled * (load * lastThree + squared * lastTwo + cubed * last) + term;
    base = last;
    if (!(sum < Infinity) || term === 0) return sum;
    if (load < base && term * load < 1e-16 * sum * (base - load)) return sum;
  }
}

function queueSums(load: number, drain: number): QueueSums {
  let term = 1;
  let total = 1;
  let queueLength = 0;
  let reciprocal = 1 / (drain + 1);
  let reciprocals = reciprocal;
  // drain/(drain + j + 1) is the share of those with j ahead that are answered.
  let servedWait = drain * reciprocal * reciprocals;
  for (let j = 1; ; j++) {
    const ratio = load / (drain + j);
    term *= ratio;
    reciprocal = 1 / (drain + j + 1);
    reciprocals += reciprocal;
    total += term;
    const queued = term * j;
    queueLength += queued;
    servedWait += term * drain * reciprocal * reciprocals;
    if (ratio < 1 && queued <= 1e-17 * queueLength * (1 - ratio)) break;
    if (term === 0) break;
  }
  return { total, queueLength, servedWait };
}
