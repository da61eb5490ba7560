import { type Levers, leversOn, type QueueLevers, type ScenarioQueue } from './levers.ts';
import { type AgentColumn, computeScenario, type ScenarioOutcome, type ScenarioTotals } from './scenario.ts';

export const SENSITIVE_LEVERS = ['volume', 'aht', 'shrinkage', 'patience', 'target', 'within'] as const;
export type SensitiveLever = (typeof SENSITIVE_LEVERS)[number];

/** Totals when one lever is a tenth lower and a tenth higher, all others left alone. */
export interface LeverEffect {
  readonly lever: SensitiveLever;
  readonly down: ScenarioTotals;
  readonly up: ScenarioTotals;
}

/**
 * What happens to the staff when a lever moves: `follows` keeps the goals, so that hours move; `stays` keeps the people,
 * so that service moves.
 */
export type StaffMode = 'follows' | 'stays';

const STEP = 0.1;
const MOST_TARGET = 0.99;
const MOST_SHRINKAGE = 0.95;

/** What the levers are moved from, and what each does. */
export interface Sensitivity {
  readonly base: ScenarioTotals;
  readonly effects: readonly LeverEffect[];
}

/**
 * Moves each lever by a tenth, down and up. Where staff follows the goals, agents that the scenario sets by hand are
 * left out, of the base too; with the staff that stays, a target moves nothing and is left out.
 */
export function sensitivity(
  queues: readonly ScenarioQueue[],
  levers: readonly QueueLevers[],
  plan: readonly AgentColumn[],
  base: ScenarioOutcome,
  mode: StaffMode,
): Sensitivity {
  const moved = (lever: SensitiveLever, factor: number): ScenarioTotals => {
    const changed = queues.map(queue => movedLevers(queue, leversOn(queue.queueId, levers), lever, factor));
    if (mode === 'follows') {
      return computeScenario(queues, byGoals(changed), plan).totals;
    }
    const kept = base.queues.map(({ agents, queue }, q) => {
      const share = changed[q]?.shrinkageShare ?? queue.shrinkageShare;
      const present = (1 - share) / (1 - queue.shrinkageShare);
      return agents.map(count => (count === null ? null : count * present));
    });
    return computeScenario(queues, changed, plan, kept).totals;
  };
  const isSet = levers.some(entry => entry.staffShare !== undefined);
  return {
    base: mode === 'follows' && isSet ? computeScenario(queues, byGoals(levers), plan).totals : base.totals,
    effects: SENSITIVE_LEVERS.filter(lever => mode === 'follows' || lever !== 'target').map(lever => ({
      lever,
      down: moved(lever, 1 - STEP),
      up: moved(lever, 1 + STEP),
    })),
  };
}

function byGoals(levers: readonly QueueLevers[]): readonly QueueLevers[] {
  return levers.map(({ staffShare: _, ...others }) => others);
}

function movedLevers(
  queue: ScenarioQueue,
  levers: Levers,
  lever: SensitiveLever,
  factor: number,
): QueueLevers {
  const own: QueueLevers = { ...levers, queueId: queue.queueId };
  const goal = levers.goal ?? queue.goal;
  const level = goal.serviceLevel;
  switch (lever) {
    case 'volume':
      return { ...own, volumeFactor: (levers.volumeFactor ?? 1) * factor };
    case 'aht':
      return { ...own, ahtFactor: (levers.ahtFactor ?? 1) * factor };
    case 'shrinkage': {
      const share = levers.shrinkageShare ?? queue.shrinkageShare;
      return { ...own, shrinkageShare: Math.min(MOST_SHRINKAGE, share * factor) };
    }
    case 'patience': {
      const seconds = levers.patienceSeconds ?? queue.patienceSeconds;
      return seconds === null ? own : { ...own, patienceSeconds: seconds * factor };
    }
    case 'target':
      if (!level) return own;
      return {
        ...own,
        goal: { ...goal, serviceLevel: { ...level, target: Math.min(MOST_TARGET, level.target * factor) } },
      };
    case 'within':
      if (!level) return own;
      return {
        ...own,
        goal: {
          ...goal,
          serviceLevel: { ...level, answerWithinSeconds: level.answerWithinSeconds * factor },
        },
      };
  }
}
