import {
  evaluateQueue,
  type Goals,
  queueLoad,
  queueRequirement,
  type RequirementDemand,
  type RequirementTerms,
  type ShrinkagePart,
  totalShrinkage as shrinkageOf,
  type RequirementColumns as UnpaidColumns,
} from '../../forecasting/index.ts';

/** What decides the requirement besides the calls. */
export interface StaffingTerms extends RequirementTerms {
  /** Share of paid time, 0 to below 1. */
  readonly shrinkage: number;
}

/** The requirement of every interval; `null` where the queue is closed. */
export interface RequirementColumns extends UnpaidColumns {
  readonly agentsWithShrinkage: readonly (number | null)[];
}

/**
 * The requirement of a run of intervals, computed here and now. `goalAt` gives the goal of an interval where it is not
 * the same all week.
 */
export function computeRequirement(
  demand: RequirementDemand,
  terms: StaffingTerms,
  goalAt?: (interval: number) => Goals,
): RequirementColumns {
  const required = queueRequirement(demand, terms, goalAt && { goalAt });
  return {
    ...required,
    agentsWithShrinkage: required.agents.map(count =>
      count === null ? null : count / (1 - terms.shrinkage),
    ),
  };
}

/** Totals over intervals, weighed as a report does: shares by calls, occupancy by agent time. */
export interface RequirementTotals {
  readonly calls: number;
  readonly peakAgents: number;
  readonly agentHours: number;
  readonly paidHours: number;
  readonly serviceLevel: number | null;
  readonly asaSeconds: number | null;
  readonly abandonmentRate: number | null;
  readonly occupancy: number | null;
  /** Hours of the agents' time that the contacts take. */
  readonly workHours: number;
  /** Deferred work: the longest that a contact is left before it is done. */
  readonly latestFinishSeconds: number | null;
}

export function totalsOf(demand: RequirementDemand, requirement: RequirementColumns): RequirementTotals {
  let calls = 0;
  let peakAgents = 0;
  let agentHours = 0;
  let paidHours = 0;
  let inTime = 0;
  let answered = 0;
  let waited = 0;
  let abandoned = 0;
  let busyHours = 0;
  let latestFinish = 0;
  const isLine = requirement.abandonmentRate.some(value => value !== null);
  const hours = demand.stepSeconds / 3600;
  demand.offered.forEach((offered, i) => {
    const agents = requirement.agents[i];
    if (offered === null || agents == null) return;
    calls += offered;
    peakAgents = Math.max(peakAgents, agents);
    agentHours += agents * hours;
    paidHours += (requirement.agentsWithShrinkage[i] ?? 0) * hours;
    inTime += offered * (requirement.serviceLevel[i] ?? 0);
    const lost = offered * (requirement.abandonmentRate[i] ?? 0);
    abandoned += lost;
    answered += offered - lost;
    const asa = requirement.asaSeconds[i] ?? 0;
    if (Number.isFinite(asa)) waited += (offered - lost) * asa;
    busyHours += agents * hours * (requirement.occupancy[i] ?? 0);
    latestFinish = Math.max(latestFinish, requirement.latestFinishSeconds[i] ?? 0);
  });
  return {
    calls,
    peakAgents,
    agentHours,
    paidHours,
    serviceLevel: calls > 0 ? inTime / calls : null,
    asaSeconds: isLine && answered > 0 ? waited / answered : null,
    abandonmentRate: isLine && calls > 0 ? abandoned / calls : null,
    occupancy: agentHours > 0 ? busyHours / agentHours : null,
    workHours: busyHours,
    latestFinishSeconds: latestFinish > 0 ? latestFinish : null,
  };
}

/** What a number of agents gives in one interval of a queue in line. */
export function performanceOf(
  calls: number,
  ahtSeconds: number,
  stepSeconds: number,
  agents: number,
  terms: StaffingTerms,
) {
  const metrics = evaluateQueue(queueLoad(terms, { calls, ahtSeconds, stepSeconds }), agents, {
    answerWithinSeconds: terms.goal.serviceLevel?.answerWithinSeconds ?? 30,
    shortAbandonSeconds: terms.shortAbandonSeconds,
  });
  return {
    serviceLevel: metrics.serviceLevel[terms.goal.serviceLevel?.definition ?? 'offered'],
    asaSeconds: metrics.asaSeconds,
    abandonmentRate: metrics.abandonProbability,
    occupancy: metrics.occupancy,
  };
}

/** Paid time that is lost in all, as the saved requirement counts it: each kind is a share of what the others leave. */
export function totalShrinkage(parts: readonly ShrinkagePart[]): number {
  return Math.min(0.95, shrinkageOf({ composition: 'sequential', parts }));
}
