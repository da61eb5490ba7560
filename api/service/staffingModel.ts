import type { Queue } from '../../data/store/queues.ts';
import { evaluateQueue } from '../../forecasting/staffing/evaluateQueue.ts';
import {
  queueLoad,
  queueRequirement,
  type RequirementTerms,
} from '../../forecasting/staffing/queueRequirement.ts';
import { isDeferred, type SERVICE_LEVEL_DEFINITIONS } from '../contract/centre.ts';
import { readQueueSettings } from './storedQueue.ts';

/** The staffing model with a stored queue's goal, patience and definition: one for plan, today and review. */

export type DefinitionName = (typeof SERVICE_LEVEL_DEFINITIONS)[number];

/** What a queue promised unless the caller names another. */
export function definitionOf(queue: Queue, chosen: DefinitionName | undefined): DefinitionName {
  const wanted = chosen ?? readQueueSettings(queue).goal.serviceLevel?.definition ?? 'offered';
  // What an endlessly patient caller would have met cannot be counted from history.
  return wanted === 'virtual' ? 'offered' : wanted;
}

/** A queue's terms in the form of the staffing maths. */
function termsOf(queue: Queue, patienceSeconds: number | null): RequirementTerms {
  return {
    isDeferred: isDeferred(queue.channel),
    concurrency: queue.concurrency,
    patienceSeconds,
    shortAbandonSeconds: queue.shortAbandonSeconds,
    goal: readQueueSettings(queue).goal,
  };
}

/**
 * The service level that the staffing model gives for an interval, by the queue's own definition. Of deferred work it is
 * the share of what comes in the interval that these agents have the time for: a promise is kept over many intervals.
 */
export function modelLevel(
  queue: Queue,
  patienceSeconds: number | null,
  at: { readonly calls: number; readonly ahtSeconds: number; readonly agents: number },
): number {
  if (!(at.calls > 0 && at.ahtSeconds > 0)) return 1;
  const agents = Math.max(0, at.agents);
  const terms = termsOf(queue, patienceSeconds);
  if (terms.isDeferred) return Math.min(1, (agents * queue.stepSeconds) / (at.calls * at.ahtSeconds));
  const { serviceLevel } = terms.goal;
  // With one handle time for any number of chats, each place of an agent is a server of its own.
  const line = queueLoad({ patienceSeconds }, { ...at, stepSeconds: queue.stepSeconds });
  const metrics = evaluateQueue(line, agents * queue.concurrency, {
    answerWithinSeconds: serviceLevel?.answerWithinSeconds ?? 30,
  });
  return metrics.serviceLevel[definitionOf(queue, undefined)];
}

/**
 * Agents that the queue's goals need for these contacts, each interval in line at its own rate; null where no number is
 * enough, closed, or nothing came into a line.
 */
export function neededAgents(
  queue: Queue,
  patienceSeconds: number | null,
  offered: readonly (number | null)[],
  ahtSeconds: readonly (number | null)[],
): (number | null)[] {
  const terms = termsOf(queue, patienceSeconds);
  const demand = { stepSeconds: queue.stepSeconds, offered, ahtSeconds };
  const { agents } = queueRequirement(demand, terms, { method: 'sipp' });
  return agents.map((count, i) => (terms.isDeferred || (offered[i] ?? 0) > 0 ? count : null));
}
