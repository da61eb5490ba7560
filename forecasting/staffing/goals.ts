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
const TIE = 1e-12;

/** A goal that depends on the queue's performance. */
export interface PerformanceGoal {
  readonly name: Exclude<GoalName, 'minAgents'>;
  /** At least 0 exactly when the goal is met; grows with the agents, roughly evenly, for the search. */
  margin(state: SteadyState): number;
}

/**
 * The performance goals of `goals`, checked.
 *
 * @throws StaffingError naming the field; UnreachableGoalError for a goal no number of agents meets
 */
export function performanceGoals(goals: Goals, model: QueueModel): readonly PerformanceGoal[] {
  const checks: PerformanceGoal[] = [];
  if (goals.serviceLevel !== undefined) checks.push(serviceLevelGoal(goals.serviceLevel));
  if (goals.asaSeconds !== undefined) checks.push(asaGoal(goals.asaSeconds));
  if (goals.maxAbandonment !== undefined) checks.push(abandonmentGoal(goals.maxAbandonment, model));
  if (goals.maxOccupancy !== undefined) checks.push(occupancyGoal(goals.maxOccupancy));
  return checks;
}

/** Fewest agents by `goals.minAgents`, whole. */
export function leastAgents(goals: Goals): number {
  if (goals.minAgents === undefined) return 0;
  assertNonNegative('goals.minAgents', goals.minAgents);
  const least = Math.ceil(goals.minAgents - 1e-9);
  if (least > MOST_AGENTS) throw new StaffingError('goals.minAgents', `must be at most ${MOST_AGENTS}`);
  return least;
}

function serviceLevelGoal(goal: NonNullable<Goals['serviceLevel']>): PerformanceGoal {
  const { target, definition } = goal;
  assertProbability('goals.serviceLevel.target', target);
  assertThreshold(goal, 'goals.serviceLevel');
  if (!SERVICE_LEVEL_DEFINITIONS.includes(definition)) {
    throw new StaffingError('goals.serviceLevel.definition', 'is not a known service-level definition');
  }
  if (target === 1) {
    throw new UnreachableGoalError(
      'goals.serviceLevel.target',
      'must be below 1: no staff answers every call in time',
    );
  }
  const wanted = logit(target);
  return {
    name: 'serviceLevel',
    margin: state => {
      const reached = serviceLevelOf(state, definition, goal);
      return signed(reached >= target - TIE, logit(reached) - wanted);
    },
  };
}

function asaGoal(asaSeconds: number): PerformanceGoal {
  assertNonNegative('goals.asaSeconds', asaSeconds);
  if (asaSeconds === 0)
    throw new UnreachableGoalError('goals.asaSeconds', 'must be above 0: some call always waits');
  return {
    name: 'asaSeconds',
    margin: state => {
      const asa = answerSpeed(state);
      return signed(asa <= asaSeconds * (1 + TIE), Math.log(asaSeconds / asa));
    },
  };
}

function abandonmentGoal(maxAbandonment: number, model: QueueModel): PerformanceGoal {
  assertProbability('goals.maxAbandonment', maxAbandonment);
  if (maxAbandonment === 0 && model.law !== null) {
    throw new UnreachableGoalError('goals.maxAbandonment', 'must be above 0 where callers have patience');
  }
  return {
    name: 'maxAbandonment',
    margin: state =>
      signed(state.abandon <= maxAbandonment * (1 + TIE), Math.log(maxAbandonment / state.abandon)),
  };
}

function occupancyGoal(maxOccupancy: number): PerformanceGoal {
  assertPositive('goals.maxOccupancy', maxOccupancy);
  assertProbability('goals.maxOccupancy', maxOccupancy);
  return {
    name: 'maxOccupancy',
    margin: state =>
      signed(state.occupancy <= maxOccupancy * (1 + TIE), 10 * Math.log(maxOccupancy / state.occupancy)),
  };
}

const logit = (p: number): number => Math.log(Math.max(p, 1e-300) / Math.max(1 - p, 1e-17));

/** `size` with the sign that `met` says, finite and not 0. */
function signed(met: boolean, size: number): number {
  const bounded = Math.min(1e6, Math.max(-1e6, Number.isNaN(size) ? 0 : size));
  return met ? Math.max(1e-9, bounded) : Math.min(-1e-9, bounded);
}
