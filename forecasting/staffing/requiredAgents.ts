import { UnreachableGoalError } from './errors.ts';
import { queueMetrics, queueState } from './evaluateQueue.ts';
import { leastAgents, type PerformanceGoal, performanceGoals } from './goals.ts';
import type { GoalName, Goals, Load, QueueMetrics, ServiceThreshold } from './load.ts';
import { MOST_AGENTS, type QueueModel, queueModel } from './queueModel.ts';

/** How many agents a load needs, and why. */
export interface Requirement {
  /** Fewest agents that meet all goals together, before shrinkage. */
  readonly agents: number;
  /** The goal that one agent fewer would miss (the first missed, in the order of `Goals`); `none` if no goal asks for anyone. */
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
 * `at` and `below` are computed when read.
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
  const checks = performanceGoals(goals, model);
  const least = leastAgents(goals);
  if (model.calls === 0 || checks.length === 0)
    return requirement(model, goals, least, least > 0 ? ['minAgents'] : []);
  const agents = fewestAgents(model, checks, least);
  return requirement(model, goals, agents, missedGoals(model, checks, least, agents));
}

function missedGoals(
  model: QueueModel,
  checks: readonly PerformanceGoal[],
  least: number,
  agents: number,
): readonly GoalName[] {
  if (agents === 0) return [];
  const state = queueState(model, agents - 1);
  const missed: GoalName[] = checks.filter(check => check.margin(state) < 0).map(check => check.name);
  if (agents === least) missed.push('minAgents');
  return missed;
}

function requirement(
  model: QueueModel,
  goals: Goals,
  agents: number,
  missedBelow: readonly GoalName[],
): Requirement {
  const threshold = goals.serviceLevel ?? USUAL_THRESHOLD;
  let at: QueueMetrics | undefined;
  let below: QueueMetrics | null | undefined;
  return {
    agents,
    binding: missedBelow[0] ?? 'none',
    missedBelow,
    get at() {
      at ??= queueMetrics(model, agents, threshold);
      return at;
    },
    get below() {
      if (below === undefined) below = agents === 0 ? null : queueMetrics(model, agents - 1, threshold);
      return below;
    },
  };
}

/** Least of the checks' margins at n agents: ≥ 0 exactly when all are met. */
function slackness(model: QueueModel, checks: readonly PerformanceGoal[], agents: number): number {
  const state = queueState(model, agents);
  let least = Infinity;
  for (const check of checks) least = Math.min(least, check.margin(state));
  return least;
}

/** Smallest whole n ≥ least with all margins ≥ 0, by secant steps on the margin inside a bracket. */
function fewestAgents(model: QueueModel, checks: readonly PerformanceGoal[], least: number): number {
  const load = (model.calls * model.ahtSeconds) / model.intervalSeconds;
  const spread = Math.sqrt(load) + 1;
  let n = Math.max(least, Math.ceil(load / (model.chat?.maxConcurrent ?? 1)));
  // Invariant: `short` misses a goal, `enough` meets all.
  let short = { n: least - 1, margin: -1e6 };
  let enough = { n: Infinity, margin: 1e6 };
  let step = Math.max(1, Math.round(0.4 * spread));
  for (;;) {
    const margin = slackness(model, checks, n);
    if (margin < 0) short = { n, margin };
    else enough = { n, margin };
    if (enough.n - short.n <= 1) return enough.n;
    if (enough.n === Infinity) {
      if (n >= MOST_AGENTS) throw unreachable(model, checks);
      n = Math.min(MOST_AGENTS, n + step);
      step *= 2;
    } else if (short.margin === -1e6 && enough.n > least) {
      n = Math.max(least, short.n + 1, n - step);
      step *= 2;
    } else {
      n = between(short, enough);
    }
  }
}

interface Tried {
  readonly n: number;
  readonly margin: number;
}

/** The first n that the straight line between the two says is enough, kept strictly between them. */
function between(short: Tried, enough: Tried): number {
  const width = enough.n - short.n;
  const share = -short.margin / (enough.margin - short.margin);
  const guess = width > 8 && (share < 0.02 || share > 0.98) ? 0.5 : share;
  const n = short.n + Math.ceil(width * guess);
  return Math.min(enough.n - 1, Math.max(short.n + 1, n));
}

function unreachable(model: QueueModel, checks: readonly PerformanceGoal[]): UnreachableGoalError {
  const state = queueState(model, MOST_AGENTS);
  const missed = checks.find(check => check.margin(state) < 0);
  return new UnreachableGoalError(
    `goals.${missed?.name ?? 'serviceLevel'}`,
    `cannot be met by any number of agents up to ${MOST_AGENTS}`,
  );
}
