import type { Requirement } from '../../../api/contract/staffing.ts';
import { performanceOf } from '../../lib/requirement.ts';

/** The service level that a number of agents is predicted to give in one interval (0–1); null without a need. */
export function predictedServiceLevel(
  requirements: readonly Requirement[],
  queueId: string,
  instant: number,
  agents: number,
): number | null {
  const plan = requirements.find(candidate => candidate.queueId === queueId);
  // A promise is kept over many intervals: none has a level of its own.
  if (!plan || plan.method === 'workload') return null;
  const index = Math.floor((instant - plan.start) / plan.stepSeconds);
  const calls = plan.offered[index];
  const aht = plan.ahtSeconds[index];
  if (calls == null || aht == null || aht <= 0) return null;
  const given = performanceOf(calls, aht, plan.stepSeconds, Math.max(0, agents), {
    goal: plan.goal,
    patienceSeconds: plan.patienceSeconds,
    concurrency: plan.concurrency,
    shortAbandonSeconds: plan.goal.serviceLevel?.shortAbandonSeconds ?? 0,
    shrinkage: 0,
  });
  return given.serviceLevel;
}
