import {
  assertNonNegative,
  assertPositive,
  assertProbability,
  StaffingError,
  UnreachableGoalError,
} from './errors.ts';
import { answerSpeed, serviceLevelOf } from './evaluateQueue.ts';
import { type GoalName, type Goals, SERVICE_LEVEL_DEFINITIONS } from './load.ts';
import { assertThreshold, MOST_AGENTS, type QueueModel } from './queueModel.ts';
import type { SteadyState } from './steadyState.ts';

/** Relative room given to a goal, so that a tie such as occupancy 17/20 against 0.85 is not lost to rounding. */
export const TIE = 1e-12;

export type PerformanceGoalName = Exclude<GoalName, 'minAgents'>;

/** A goal that depends on the queue's performance. */
export interface PerformanceGoal {
  readonly name: PerformanceGoalName;
  /** At least 0 exactly when the goal is met; grows with the agents, roughly evenly, for the search. */
  margin(state: SteadyState): number;
}

/** @throws StaffingError naming the field; UnreachableGoalError for a goal no number of agents meets */
export function assertGoals(goals: Goals, model: QueueModel): void {
  if (goals.serviceLevel !== undefined) assertServiceLevel(goals.serviceLevel);
  if (goals.asaSeconds !== undefined) {
    assertNonNegative('goals.asaSeconds', goals.asaSeconds);
    if (goals.asaSeconds === 0) {
      throw new UnreachableGoalError('goals.asaSeconds', 'must be above 0: some call always waits');
    }
  }
  if (goals.maxAbandonment !== undefined) {
    assertProbability('goals.maxAbandonment', goals.maxAbandonment);
    if (goals.maxAbandonment === 0 && model.law !== null) {
      throw new UnreachableGoalError('goals.maxAbandonment', 'must be above 0 where callers abandon');
    }
  }
  if (goals.maxOccupancy !== undefined) {
    assertPositive('goals.maxOccupancy', goals.maxOccupancy);
    assertProbability('goals.maxOccupancy', goals.maxOccupancy);
  }
  leastAgents(goals);
}

function assertServiceLevel(goal: NonNullable<Goals['serviceLevel']>): void {
  assertProbability('goals.serviceLevel.target', goal.target);
  assertThreshold(goal, 'goals.serviceLevel');
  if (!SERVICE_LEVEL_DEFINITIONS.includes(goal.definition)) {
    throw new StaffingError('goals.serviceLevel.definition', 'is not a known service-level definition');
  }
  if (goal.target === 1) {
    throw new UnreachableGoalError(
      'goals.serviceLevel.target',
      'must be below 1: no staff answers every call in time',
    );
  }
}

/** Fewest agents by `goals.minAgents`, whole. */
export function leastAgents(goals: Goals): number {
  if (goals.minAgents === undefined) return 0;
  assertNonNegative('goals.minAgents', goals.minAgents);
  const least = Math.ceil(goals.minAgents - 1e-9);
  if (least > MOST_AGENTS) throw new StaffingError('goals.minAgents', `must be at most ${MOST_AGENTS}`);
  return least;
}

/** The performance goals of `goals`, in that order. */
export function performanceGoals(goals: Goals): readonly PerformanceGoal[] {
  const { serviceLevel, asaSeconds, maxAbandonment, maxOccupancy } = goals;
  const checks: PerformanceGoal[] = [];
  if (serviceLevel !== undefined) {
    const { target, definition } = serviceLevel;
    checks.push({
      name: 'serviceLevel',
      margin: state => serviceMargin(serviceLevelOf(state, definition, serviceLevel), target),
    });
  }
  if (asaSeconds !== undefined) {
    checks.push({ name: 'asaSeconds', margin: state => limitMargin(answerSpeed(state), asaSeconds) });
  }
  if (maxAbandonment !== undefined) {
    checks.push({ name: 'maxAbandonment', margin: state => limitMargin(state.abandon, maxAbandonment) });
  }
  if (maxOccupancy !== undefined) {
    checks.push({ name: 'maxOccupancy', margin: state => limitMargin(state.occupancy, maxOccupancy) });
  }
  return checks;
}

/** ≥ 0 exactly when the service level reaches its target. */
export function serviceMargin(reached: number, target: number): number {
  return signed(reached >= target - TIE, logit(reached) - logit(target));
}

/** ≥ 0 exactly when the value stays within its limit. */
export function limitMargin(value: number, limit: number): number {
  return signed(value <= limit * (1 + TIE), Math.log(limit / value));
}

const logit = (p: number): number => Math.log(Math.max(p, 1e-300) / Math.max(1 - p, 1e-17));

/** `size` with the sign that `met` says, finite and not 0. */
function signed(met: boolean, size: number): number {
  const bounded = !Number.isNaN(size) ? Math.min(1e6, Math.max(-1e6, size)) : 0;
  return met ? Math.max(1e-9, bounded) : Math.min(-1e-9, bounded);
}
