import { assertNonNegative, assertPositive, StaffingError } from './errors.ts';
import { assertGoals, leastAgents, performanceGoals } from './goals.ts';
import type { Goals, Load } from './load.ts';
import { incompleteGamma, logGamma } from './numeric/gamma.ts';
import { assertAgents, type QueueModel, queueModel } from './queueModel.ts';
import { steadyStateWithReturns } from './redial.ts';
import { fewestAgents } from './requiredAgents.ts';

/**
 * What a requirement promises when the call rate is uncertain (gamma about its mean with the load's `rateCv`, so
 * that counts are negative binomial).
 * - `point`: the goals hold at the mean rate
 * - `expected`: the goals hold for a call drawn at random, averaged over the rate
 * - `chance`: the goals hold at the rate that comes true with at least `probability`
 * - `cost`: the cheapest staff when an agent too few costs `perAgentShort` and one too many `perAgentOver`
 */
export type RiskPolicy =
  | { readonly kind: 'point' }
  | { readonly kind: 'expected' }
  | { readonly kind: 'chance'; readonly probability: number }
  | { readonly kind: 'cost'; readonly perAgentShort: number; readonly perAgentOver: number };

/**
 * Fewest agents under a risk policy.
 *
 * `chance` and `cost` are exact: the agents needed grow with the rate, so the requirement at a quantile of the rate is
 * the quantile of the requirement, and the newsvendor's best stock is its short/(short + over) quantile.
 *
 * @param load with `rateCv`; 0 or absent makes all policies the same
 * @throws StaffingError (a RangeError) naming the field; UnreachableGoalError when no number of agents is enough
 */
export function requiredAgentsAtRisk(load: Load, goals: Goals, policy: RiskPolicy): number {
  const model = queueModel(load);
  assertGoals(goals, model);
  if (policy.kind === 'expected') return fewestAgents(model, goals);
  const ratio = policy.kind === 'point' ? 1 : rateQuantile(policyProbability(policy), model.rateCv);
  return fewestAgents({ ...model, rateCv: 0, calls: model.calls * ratio }, goals);
}

function policyProbability(policy: Extract<RiskPolicy, { kind: 'chance' | 'cost' }>): number {
  if (policy.kind === 'chance') {
    if (!(policy.probability > 0 && policy.probability < 1)) {
      throw new StaffingError('policy.probability', `must lie between 0 and 1; found ${policy.probability}`);
    }
    return policy.probability;
  }
  assertPositive('policy.perAgentShort', policy.perAgentShort);
  assertPositive('policy.perAgentOver', policy.perAgentOver);
  return policy.perAgentShort / (policy.perAgentShort + policy.perAgentOver);
}

/**
 * The chance that a rate, gamma with mean 1 and the given coefficient of variation, stays at or below `ratio`.
 */
export function rateProbability(ratio: number, cv: number): number {
  assertNonNegative('cv', cv);
  if (ratio <= 0) return 0;
  if (cv === 0) return ratio >= 1 ? 1 : 0;
  const shape = 1 / (cv * cv);
  return incompleteGamma(shape, ratio * shape).lower;
}

/** Quantile of that rate: the ratio to the mean not exceeded with `probability`, 0 < probability < 1. */
export function rateQuantile(probability: number, cv: number): number {
  assertNonNegative('cv', cv);
  if (!(probability > 0 && probability < 1)) {
    throw new StaffingError('probability', `must lie between 0 and 1; found ${probability}`);
  }
  if (cv === 0) return 1;
  const shape = 1 / (cv * cv);
  // Bracket in ln x, then bisect to full precision; P(s, x) ≈ x^s / Γ(s + 1) gives the lower end.
  let low = Math.min(0, (Math.log(probability) + logGamma(shape + 1)) / shape - Math.log(shape)) - 1;
  let high = 1;
  while (rateProbability(Math.exp(high), cv) < probability) high += 1;
  for (let i = 0; i < 100 && high - low > 1e-15 * Math.max(1, Math.abs(low)); i++) {
    const middle = 0.5 * (low + high);
    if (rateProbability(Math.exp(middle), cv) < probability) low = middle;
    else high = middle;
  }
  return Math.exp(high);
}

/**
 * The chance that `agents` meet all goals in an interval whose rate is uncertain: the probability that the rate stays
 * at or below the largest rate at which they still do. (The service level a single interval then realises scatters
 * further, by 13 to 16 points in half an hour; see the README.)
 *
 * @param load with `rateCv`
 * @throws StaffingError (a RangeError) naming the field
 */
export function chanceOfMeeting(load: Load, agents: number, goals: Goals): number {
  const model = queueModel(load);
  assertGoals(goals, model);
  assertAgents(model, agents);
  if (agents < leastAgents(goals)) return 0;
  if (model.calls === 0) return 1;
  const most = largestRatio(model, agents, goals);
  return most === Infinity ? 1 : rateProbability(most, model.rateCv);
}

/** Largest multiple of the mean rate at which the agents meet the goals; 0 if none, Infinity if all (up to 10^6). */
function largestRatio(model: QueueModel, agents: number, goals: Goals): number {
  const checks = performanceGoals(goals);
  const rate = model.calls / model.intervalSeconds;
  const meets = (ratio: number): boolean => {
    const state = steadyStateWithReturns(model, rate * ratio, agents);
    return checks.every(check => check.margin(state) >= 0);
  };
  let low = 1;
  let high = 1;
  if (meets(1)) {
    while (meets(high)) {
      low = high;
      high *= 2;
      if (high > 1e6) return Infinity;
    }
  } else {
    while (!meets(low)) {
      high = low;
      low /= 2;
      if (low < 1e-6) return 0;
    }
  }
  for (let i = 0; i < 60 && high - low > 1e-13 * high; i++) {
    const middle = 0.5 * (low + high);
    if (meets(middle)) low = middle;
    else high = middle;
  }
  return low;
}
