import { deferredColumns, deferredNeed, promiseOf } from './deferredQueue.ts';
import { UnreachableGoalError } from './errors.ts';
import type { GoalName, Goals, Load } from './load.ts';
import { effectiveLoads, type LoadMethod } from './offeredLoad.ts';
import { requiredAgents } from './requiredAgents.ts';

/** Contacts by interval; null where the queue is closed. */
export interface RequirementDemand {
  readonly stepSeconds: number;
  readonly offered: readonly (number | null)[];
  readonly ahtSeconds: readonly (number | null)[];
}

/** Mean patience assumed where neither a queue's own setting nor its history says anything. */
export const ASSUMED_PATIENCE_SECONDS = 120;

/** What a queue is and what it promises. */
export interface RequirementTerms {
  /** Messages, callbacks, follow-ups: work that is done within the goal's time. Absent: contacts wait in line. */
  readonly isDeferred?: boolean;
  /** Contacts that an agent holds at once, each in the handle time given; absent: 1. Deferred work is done one by one. */
  readonly concurrency?: number;
  /** Mean of exponential patience; null: callers wait for ever (Erlang C). */
  readonly patienceSeconds: number | null;
  /** Where the goal names no time of its own. */
  readonly shortAbandonSeconds: number;
  readonly goal: Goals;
}

export type RequirementBinding = GoalName | 'promise' | 'none';

/** The requirement by interval with what it gives; null where closed, or where a figure means nothing. */
export interface RequirementColumns {
  /** Whole agents for contacts in line, real numbers for deferred work. */
  readonly agents: readonly (number | null)[];
  /** In line by the goal's definition; deferred: share of what came in the interval that is done within the promise. */
  readonly serviceLevel: readonly (number | null)[];
  readonly asaSeconds: readonly (number | null)[];
  readonly abandonmentRate: readonly (number | null)[];
  readonly occupancy: readonly (number | null)[];
  /** Deferred: from the start of the interval until the last of its contacts is done. */
  readonly latestFinishSeconds: readonly (number | null)[];
  readonly binding: readonly (RequirementBinding | null)[];
  /** In line: contacts per interval that the agents face once contacts still in hand are counted (the load method). */
  readonly effectiveCalls: readonly (number | null)[];
  /** A goal that no number of agents can meet, in words; null when all can be met. */
  readonly unreachable: string | null;
}

export interface RequirementOptions {
  /** The goal of an interval in line where it is not the same all week; deferred work has one promise. */
  readonly goalAt?: (interval: number) => Goals;
  /** Absent: `offeredLoad`. */
  readonly method?: LoadMethod;
}

/**
 * Agents that a queue of any kind needs: Erlang A or C in line, chat with as many places per agent as it holds contacts
 * at once, deferred work as a level fluid that keeps every promise (`deferredNeed`).
 *
 * @throws StaffingError naming the field
 */
export function queueRequirement(
  demand: RequirementDemand,
  terms: RequirementTerms,
  options: RequirementOptions = {},
): RequirementColumns {
  return terms.isDeferred ? deferredRequirement(demand, terms.goal) : lineRequirement(demand, terms, options);
}

/** The load of one interval of a queue in line. */
export function queueLoad(
  terms: Pick<RequirementTerms, 'concurrency' | 'patienceSeconds'>,
  at: { readonly calls: number; readonly ahtSeconds: number; readonly stepSeconds: number },
): Load {
  const { patienceSeconds, concurrency = 1 } = terms;
  const { calls, ahtSeconds, stepSeconds } = at;
  return {
    calls,
    intervalSeconds: stepSeconds,
    ahtSeconds,
    ...(patienceSeconds !== null && { patience: { kind: 'exponential', meanSeconds: patienceSeconds } }),
    ...(concurrency > 1 && {
      chat: {
        maxConcurrent: concurrency,
        handleSecondsByLoad: new Array<number>(concurrency).fill(ahtSeconds),
      },
    }),
  };
}

/** A goal with the queue's short-abandon time; without patience nobody abandons, so that goal asks nothing. */
export function goalInForce(
  { serviceLevel, maxAbandonment, ...others }: Goals,
  terms: Pick<RequirementTerms, 'patienceSeconds' | 'shortAbandonSeconds'>,
): Goals {
  return {
    ...others,
    ...(serviceLevel && {
      serviceLevel: { shortAbandonSeconds: terms.shortAbandonSeconds, ...serviceLevel },
    }),
    ...(maxAbandonment !== undefined && terms.patienceSeconds !== null && { maxAbandonment }),
  };
}

type Column<Value> = (Value | null)[];

function lineRequirement(
  demand: RequirementDemand,
  terms: RequirementTerms,
  { goalAt, method = 'offeredLoad' }: RequirementOptions,
): RequirementColumns {
  const { offered, ahtSeconds, stepSeconds } = demand;
  const column = <Value>(): Column<Value> => new Array<Value | null>(offered.length).fill(null);
  const loads = offered.map((value, i) => {
    const aht = ahtSeconds[i];
    if (value === null || aht == null || !(aht > 0)) return null;
    return queueLoad(terms, { calls: Math.max(0, value), ahtSeconds: aht, stepSeconds });
  });
  const columns = {
    agents: column<number>(),
    serviceLevel: column<number>(),
    asaSeconds: column<number>(),
    abandonmentRate: column<number>(),
    occupancy: column<number>(),
    latestFinishSeconds: column<number>(),
    binding: column<RequirementBinding>(),
    effectiveCalls: column<number>(),
  };
  let unreachable: string | null = null;
  for (const [i, load] of effectiveLoads(loads, method).entries()) {
    if (load === null) continue;
    const goal = goalInForce(goalAt?.(i) ?? terms.goal, terms);
    columns.effectiveCalls[i] = load.calls;
    try {
      const { agents, binding, at } = requiredAgents(load, goal);
      columns.agents[i] = agents;
      columns.binding[i] = binding;
      if (load.calls === 0) continue;
      columns.serviceLevel[i] = at.serviceLevel[goal.serviceLevel?.definition ?? 'offered'];
      columns.asaSeconds[i] = Number.isFinite(at.asaSeconds) ? at.asaSeconds : null;
      columns.abandonmentRate[i] = at.abandonProbability;
      columns.occupancy[i] = at.occupancy;
    } catch (error) {
      if (!(error instanceof UnreachableGoalError)) throw error;
      unreachable = error.message;
    }
  }
  return { ...columns, unreachable };
}

function deferredRequirement(demand: RequirementDemand, goal: Goals): RequirementColumns {
  const agents = deferredNeed(demand, goal);
  const { inTime, latestFinishSeconds, occupancy } = deferredColumns(demand, agents, promiseOf(goal));
  const nothing = agents.map(() => null);
  const least = goal.minAgents ?? 0;
  const binding = agents.map(count => {
    if (count === null) return null;
    if (count > least) return 'promise';
    return count > 0 ? 'minAgents' : 'none';
  });
  return {
    agents,
    serviceLevel: inTime,
    asaSeconds: nothing,
    abandonmentRate: nothing,
    occupancy,
    latestFinishSeconds,
    binding,
    effectiveCalls: nothing,
    unreachable: null,
  };
}
