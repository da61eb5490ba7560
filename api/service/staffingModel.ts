import type { Queue } from '../../data/store/queues.ts';
import { UnreachableGoalError } from '../../forecasting/staffing/errors.ts';
import { evaluateQueue } from '../../forecasting/staffing/evaluateQueue.ts';
import type { Load } from '../../forecasting/staffing/load.ts';
import { requiredAgents } from '../../forecasting/staffing/requiredAgents.ts';
import type { SERVICE_LEVEL_DEFINITIONS } from '../contract/centre.ts';
import { readQueueSettings } from './storedQueue.ts';

/** The staffing model with a stored queue's goal, patience and definition: one for plan, today and review. */

export type DefinitionName = (typeof SERVICE_LEVEL_DEFINITIONS)[number];

/** What a queue promised unless the caller names another. */
export function definitionOf(queue: Queue, chosen: DefinitionName | undefined): DefinitionName {
  const wanted = chosen ?? readQueueSettings(queue).goal.serviceLevel?.definition ?? 'offered';
  // What an endlessly patient caller would have met cannot be counted from history.
  return wanted === 'virtual' ? 'offered' : wanted;
}

/** The load of one interval; undefined where nothing came. */
function loadOf(
  queue: Queue,
  patienceSeconds: number | null,
  calls: number,
  ahtSeconds: number,
): Load | undefined {
  if (!(calls > 0 && ahtSeconds > 0)) return undefined;
  return {
    calls,
    intervalSeconds: queue.stepSeconds,
    ahtSeconds,
    ...(patienceSeconds !== null && { patience: { kind: 'exponential', meanSeconds: patienceSeconds } }),
  };
}

/** The service level that the staffing model gives for an interval, by the queue's own definition. */
export function modelLevel(
  queue: Queue,
  patienceSeconds: number | null,
  at: { readonly calls: number; readonly ahtSeconds: number; readonly agents: number },
): number {
  const load = loadOf(queue, patienceSeconds, at.calls, at.ahtSeconds);
  if (!load) return 1;
  const { serviceLevel } = readQueueSettings(queue).goal;
  // With one handle time for any number of chats, each place of an agent is a server of its own.
  const metrics = evaluateQueue(load, Math.max(0, at.agents) * queue.concurrency, {
    answerWithinSeconds: serviceLevel?.answerWithinSeconds ?? 30,
  });
  return metrics.serviceLevel[definitionOf(queue, undefined)];
}

/** Agents that the queue's goals need for these contacts; null where nothing came or no number is enough. */
export function neededAgents(
  queue: Queue,
  patienceSeconds: number | null,
  offered: readonly (number | null)[],
  ahtSeconds: readonly (number | null)[],
): (number | null)[] {
  const { goal } = readQueueSettings(queue);
  return offered.map((calls, i) => {
    const load = loadOf(queue, patienceSeconds, calls ?? 0, ahtSeconds[i] ?? 0);
    if (!load) return null;
    try {
      return requiredAgents(asChat(load, queue.concurrency), goal).agents;
    } catch (error) {
      if (error instanceof UnreachableGoalError) return null;
      throw error;
    }
  });
}

/** The load of agents who hold several contacts at once, each in the handle time measured. */
function asChat(load: Load, concurrency: number): Load {
  if (concurrency <= 1) return load;
  const handleSecondsByLoad = new Array<number>(concurrency).fill(load.ahtSeconds);
  return { ...load, chat: { maxConcurrent: concurrency, handleSecondsByLoad } };
}
