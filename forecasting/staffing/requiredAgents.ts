import { StaffingError, UnreachableGoalError } from './errors.ts';
import { queueMetrics, queueState } from './evaluateQueue.ts';
import { assertGoals, leastAgents, type PerformanceGoal, performanceGoals } from './goals.ts';
import { leanAgents } from './leanAgents.ts';
import type { GoalName, Goals, Load, QueueMetrics, ServiceThreshold } from './load.ts';
import { MOST_AGENTS, type QueueModel, queueModel } from './queueModel.ts';
import { smallestWhole } from './search.ts';

/** How many agents a load needs, and why. */
export interface Requirement {
  /** Fewest agents that meet all goals together, before shrinkage. */
  readonly agents: number;
  /** The goal that one agent fewer would miss (the first, in the order of `Goals`); `none` if no goal asks for anyone. */
  readonly binding: GoalName | 'none';
  /** All goals that one agent fewer would miss. */
  readonly missedBelow: readonly GoalName[];
  /** Performance with `agents`. */
  readonly at: QueueMetrics;
  /** Performance with one agent fewer; null at 0 agents. */
  readonly below: QueueMetrics | null;
}

/** Threshold of the reported service levels when no service level is asked for. */
const USUAL_THRESHOLD: ServiceThreshold = { answerWithinSeconds: 20 };

/**
 * The fewest agents that meet all goals together. There is no hidden minimum: where callers abandon, the answer may
 * lie below the offered load. With `rateCv` the goals hold on average over the uncertain rate.
 *
 * `missedBelow`, `binding`, `at` and `below` are computed when read.
 *
 * @throws StaffingError (a RangeError) naming the field; UnreachableGoalError when no number of agents is enough
 * @example
 * requiredAgents(
 *   { calls: 100, intervalSeconds: 1800, ahtSeconds: 180 },
 *   { serviceLevel: { target: 0.8, answerWithinSeconds: 20, definition: 'offered' } },
 * ).agents // => 14
 */
export function requiredAgents(load: Load, goals: Goals): Requirement {
  const model = queueModel(load);
  assertGoals(goals, model);
  return new LazyRequirement(model, goals, fewestAgents(model, goals));
}

/**
 * The requirement as a real number, for FTE and cost curves: the smallest n at which continuous formulas meet the
 * goals. At most 1 below `requiredAgents(…).agents`, never above it. Not for chat, which needs whole agents.
 *
 * @throws StaffingError (a RangeError) naming the field; UnreachableGoalError when no number of agents is enough
 */
export function requiredAgentsReal(load: Load, goals: Goals): number {
  const model = queueModel(load);
  assertGoals(goals, model);
  if (model.chat !== null) throw new StaffingError('load.chat', 'needs whole agents: use requiredAgents');
  const checks = performanceGoals(goals);
  const least = goals.minAgents ?? 0;
  const whole = fewestAgents(model, goals);
  if (model.calls === 0 || checks.length === 0) return least;
  let low = Math.max(least, whole - 1);
  let high = whole;
  if (low >= high || leastMargin(model, checks, low) >= 0) return low;
  for (let i = 0; i < 60 && high - low > 1e-12 * high; i++) {
    const middle = 0.5 * (low + high);
    if (leastMargin(model, checks, middle) >= 0) high = middle;
    else low = middle;
  }
  return high;
}

/** The number of `requiredAgents` for a validated load and validated goals. */
export function fewestAgents(model: QueueModel, goals: Goals): number {
  const least = leastAgents(goals);
  if (model.calls === 0) return least;
  const lean = leanAgents(model, goals, least);
  if (lean !== null) return lean;
  const checks = performanceGoals(goals);
  if (checks.length === 0) return least;
  const load = (model.calls * model.ahtSeconds) / model.intervalSeconds;
  const agents = smallestWhole(n => leastMargin(model, checks, n), {
    least,
    first: Math.max(least, Math.ceil(load / (model.chat?.maxConcurrent ?? 1))),
    slope: 2 / Math.sqrt(load),
  });
  if (agents === null) throw unreachable(model, checks);
  return agents;
}

/** ≥ 0 exactly when n agents meet all checks. */
function leastMargin(model: QueueModel, checks: readonly PerformanceGoal[], agents: number): number {
  const state = queueState(model, agents);
  let least = Infinity;
  for (const check of checks) least = Math.min(least, check.margin(state));
  return least;
}

function unreachable(model: QueueModel, checks: readonly PerformanceGoal[]): UnreachableGoalError {
  const state = queueState(model, MOST_AGENTS);
  const missed = checks.find(check => check.margin(state) < 0);
  return new UnreachableGoalError(
    `goals.${missed?.name ?? 'serviceLevel'}`,
    `cannot be met by any number of agents up to ${MOST_AGENTS}`,
  );
}

class LazyRequirement implements Requirement {
  readonly agents: number;
  readonly #model: QueueModel;
  readonly #goals: Goals;
  #missed: readonly GoalName[] | undefined;
  #at: QueueMetrics | undefined;
  #below: QueueMetrics | null | undefined;

  constructor(model: QueueModel, goals: Goals, agents: number) {
    this.agents = agents;
    this.#model = model;
    this.#goals = goals;
  }

  get missedBelow(): readonly GoalName[] {
    this.#missed ??= missedGoals(this.#model, this.#goals, this.agents);
    return this.#missed;
  }

  get binding(): GoalName | 'none' {
    return this.missedBelow[0] ?? 'none';
  }

  get at(): QueueMetrics {
    this.#at ??= queueMetrics(this.#model, this.agents, this.#goals.serviceLevel ?? USUAL_THRESHOLD);
    return this.#at;
  }

  get below(): QueueMetrics | null {
    if (this.#below === undefined) {
      const threshold = this.#goals.serviceLevel ?? USUAL_THRESHOLD;
      this.#below = this.agents === 0 ? null : queueMetrics(this.#model, this.agents - 1, threshold);
    }
    return this.#below;
  }

  /** Plain data, for JSON. */
  toJSON(): Requirement {
    const { agents, binding, missedBelow, at, below } = this;
    return { agents, binding, missedBelow, at, below };
  }
}

function missedGoals(model: QueueModel, goals: Goals, agents: number): readonly GoalName[] {
  if (agents === 0) return [];
  const missed: GoalName[] = [];
  if (model.calls > 0) {
    const state = queueState(model, agents - 1);
    for (const check of performanceGoals(goals)) if (check.margin(state) < 0) missed.push(check.name);
  }
  if (agents === leastAgents(goals)) missed.push('minAgents');
  return missed;
}
