import { quickIdleOdds } from './erlangB.ts';
import { limitMargin, serviceMargin, TIE } from './goals.ts';
import type { Goals, ServiceLevelDefinition, ServiceLevelGoal, ServiceThreshold } from './load.ts';
import type { QueueModel } from './queueModel.ts';
import { smallestWhole } from './search.ts';
import { convexPart } from './waitingQuadrature.ts';
import { quickSeriesSum, seriesIsShort } from './waitingSeries.ts';

/** Most single steps of the Erlang C search before the general search takes over. */
const MOST_STEPS = 60;
/** Below this target the differences taken here lose digits; the general search integrates instead. */
const LEAST_TARGET = 0.05;
const LEAST_ABANDONMENT = 1e-4;

/**
 * The requirement of plain Erlang C and Erlang A loads without building metrics: the same formulas as `steadyState`,
 * only the ones the goals ask for.
 *
 * @returns null when the load or a goal needs the general search
 */
export function leanAgents(model: QueueModel, goals: Goals, least: number): number | null {
  if (model.trunks !== Infinity || model.chat !== null || model.rateCv > 0) return null;
  if (model.redialProbability > 0 || model.reconnectProbability > 0) return null;
  if (goals.serviceLevel === undefined || goals.serviceLevel.target < LEAST_TARGET) return null;
  const { law } = model;
  if (law === null) return leanErlangC(model, goals, goals.serviceLevel, least);
  if (law.exponentialRate === undefined || goals.asaSeconds !== undefined) return null;
  if (goals.maxAbandonment !== undefined && goals.maxAbandonment < LEAST_ABANDONMENT) return null;
  const { definition } = goals.serviceLevel;
  if (definition !== 'offered' && definition !== 'virtual' && definition !== 'answered') return null;
  return leanErlangA(model, goals, law.exponentialRate, least);
}

function leanErlangC(
  model: QueueModel,
  goals: Goals,
  service: ServiceLevelGoal,
  least: number,
): number | null {
  const { ahtSeconds } = model;
  const load = (model.calls / model.intervalSeconds) * ahtSeconds;
  const allowed = 1 - service.target + TIE;
  const decay = service.answerWithinSeconds / ahtSeconds;
  const mostAsa = ((goals.asaSeconds ?? Infinity) * (1 + TIE)) / ahtSeconds;
  const leastForOccupancy = load / ((goals.maxOccupancy ?? 1) * (1 + TIE));
  const lowest = Math.max(least, Math.floor(load) + 1, Math.ceil(leastForOccupancy));
  let n = Math.max(lowest, Math.round(load + spareGuess(load, decay, allowed)));
  let idle = quickIdleOdds(n, load);
  let late = Math.exp((load - n) * decay);
  const perAgent = Math.exp(-decay);
  if (perAgent < 1e-100) return null;
  let down = false;
  for (let step = 0; step < MOST_STEPS; step++) {
    const spare = n - load;
    const wait = n / (n + spare * idle);
    if (wait * late <= allowed && wait <= mostAsa * spare) {
      if (n === lowest || (step > 0 && !down)) return n;
      // 1/B(n − 1) = (1/B(n) − 1) a/n.
      down = true;
      idle = (idle * load) / n - 1;
      late /= perAgent;
      n -= 1;
      if (!(idle < Infinity)) return null;
    } else {
      if (down) return n + 1;
      n += 1;
      idle = ((1 + idle) * n) / load;
      late *= perAgent;
    }
  }
  return null;
}

/** Agents above the load, from −ln C(β) ≈ 1.25 β + 0.3 β², β = (n − a)/√a (Halfin and Whitt 1981, fitted). */
function spareGuess(load: number, decay: number, allowed: number): number {
  const root = Math.sqrt(load);
  const linear = 1.25 + root * decay;
  return (root * (Math.sqrt(linear * linear - 1.2 * Math.log(allowed)) - linear)) / 0.6;
}

function leanErlangA(model: QueueModel, goals: Goals, patienceRate: number, least: number): number | null {
  const { ahtSeconds } = model;
  const arrivalRate = model.calls / model.intervalSeconds;
  const load = arrivalRate * ahtSeconds;
  const { serviceLevel, maxAbandonment, maxOccupancy } = goals;
  const short = (n: number): boolean =>
    seriesIsShort({ arrivalRate, drainRate: n / ahtSeconds }, patienceRate);
  const first = Math.max(1, least, Math.ceil(load));
  if (!short(first) || !short(Math.ceil(0.5 * first))) return null;
  const margin = (n: number): number => {
    if (n === 0) return -1e6;
    const rates: AbandonRates = {
      arrivalRate,
      drainRate: n / ahtSeconds,
      patienceRate,
      slack: (n - load) / ahtSeconds,
    };
    const idle = quickIdleOdds(n, load);
    const waiting = quickSeriesSum(arrivalRate / patienceRate, rates.drainRate / patienceRate);
    const total = idle + waiting;
    if (!(total < Infinity)) return maxOccupancy === undefined ? 1e6 : limitMargin(load / n, maxOccupancy);
    const servedLate = ((waiting - 1) * rates.drainRate) / arrivalRate;
    let least = Infinity;
    if (serviceLevel !== undefined) {
      const within = answeredShare(rates, serviceLevel, serviceLevel.definition, {
        idle,
        waiting,
        servedLate,
      });
      least = serviceMargin(within, serviceLevel.target);
    }
    const served = Math.min(1, (idle + servedLate) / total);
    if (maxAbandonment !== undefined) least = Math.min(least, limitMargin(1 - served, maxAbandonment));
    if (maxOccupancy !== undefined) {
      least = Math.min(least, limitMargin(Math.min(1, (load * served) / n), maxOccupancy));
    }
    return least;
  };
  const agents = smallestWhole(margin, {
    least,
    first,
    slope: 2 / Math.sqrt(load),
  });
  return agents !== null && short(Math.max(1, agents - 1)) ? agents : null;
}

interface AbandonRates {
  readonly arrivalRate: number;
  readonly drainRate: number;
  readonly patienceRate: number;
  readonly slack: number;
}

interface Weights {
  readonly idle: number;
  readonly waiting: number;
  /** Weight of calls that wait and are answered. */
  readonly servedLate: number;
}

/** The service level from the weights of `seriesWaiting`. */
function answeredShare(
  rates: AbandonRates,
  threshold: ServiceThreshold,
  definition: ServiceLevelDefinition,
  weights: Weights,
): number {
  const { arrivalRate, drainRate, patienceRate, slack } = rates;
  const t = threshold.answerWithinSeconds;
  const drain = drainRate / patienceRate;
  const load = arrivalRate / patienceRate;
  const left = Math.exp(-patienceRate * t);
  const scale = Math.exp(-slack * t - load * convexPart(patienceRate * t));
  if (definition === 'virtual') {
    const beyond = quickSeriesSum(load * left, drain) * scale;
    return Math.max(0, (weights.idle + weights.waiting - beyond) / (weights.idle + weights.waiting));
  }
  const beyond = (drain / (drain + 1)) * left * quickSeriesSum(load * left, drain + 1) * scale;
  const within = weights.idle + weights.servedLate - beyond;
  const all = definition === 'answered' ? weights.idle + weights.servedLate : weights.idle + weights.waiting;
  return Math.max(0, within / all);
}
