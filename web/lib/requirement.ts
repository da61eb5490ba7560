import {
  evaluateQueue,
  type Goals,
  type Load,
  requiredAgents,
  type ShrinkagePart,
  totalShrinkage as shrinkageOf,
  UnreachableGoalError,
} from '../../forecasting/index.ts';

/** What decides the requirement besides the calls. */
export interface StaffingTerms {
  /** Every part that is present must hold. */
  readonly goal: Goals;
  /** `null`: callers never hang up (Erlang C). */
  readonly patienceSeconds: number | null;
  readonly shortAbandonSeconds: number;
  /** Share of paid time, 0 to below 1. */
  readonly shrinkage: number;
}

export interface DemandColumns {
  readonly stepSeconds: number;
  readonly offered: readonly (number | null)[];
  readonly ahtSeconds: readonly (number | null)[];
}

/** The requirement of every interval; `null` where the queue is closed. */
export interface RequirementColumns {
  readonly agents: readonly (number | null)[];
  readonly agentsWithShrinkage: readonly (number | null)[];
  readonly serviceLevel: readonly (number | null)[];
  readonly asaSeconds: readonly (number | null)[];
  readonly abandonmentRate: readonly (number | null)[];
  readonly occupancy: readonly (number | null)[];
  readonly binding: readonly (string | null)[];
  /** A goal that no number of agents can meet, in words; null when all can be met. */
  readonly unreachable: string | null;
}

/** The goals with the queue's short-abandon time; without patience nobody abandons, so that goal asks nothing. */
export function goalsOf(terms: StaffingTerms): Goals {
  const { serviceLevel, maxAbandonment, ...others } = terms.goal;
  return {
    ...others,
    ...(serviceLevel && {
      serviceLevel: { shortAbandonSeconds: terms.shortAbandonSeconds, ...serviceLevel },
    }),
    ...(maxAbandonment !== undefined && terms.patienceSeconds !== null && { maxAbandonment }),
  };
}

export function loadOf(
  calls: number,
  ahtSeconds: number,
  stepSeconds: number,
  patienceSeconds: number | null,
): Load {
  return {
    calls,
    ahtSeconds,
    intervalSeconds: stepSeconds,
    ...(patienceSeconds !== null && { patience: { kind: 'exponential', meanSeconds: patienceSeconds } }),
  };
}

interface Solved {
  readonly agents: number;
  readonly binding: string;
  readonly serviceLevel: number;
  readonly asaSeconds: number;
  readonly abandonment: number;
  readonly occupancy: number;
}

/**
 * The requirement of a run of intervals, computed here and now. `goalAt` gives the goal of an interval where it is not
 * the same all week.
 */
export function computeRequirement(
  demand: DemandColumns,
  terms: StaffingTerms,
  goalAt?: (interval: number) => Goals,
): RequirementColumns {
  const solver = new IntervalSolver(demand.stepSeconds, terms);
  const solved = demand.offered.map((calls, i) => {
    const aht = demand.ahtSeconds[i];
    return calls === null || aht == null ? null : solver.solve(calls, aht, goalAt?.(i) ?? terms.goal);
  });
  const column = <Value>(read: (value: Solved) => Value) =>
    solved.map(value => (value === null ? null : read(value)));
  return {
    agents: column(value => value.agents),
    agentsWithShrinkage: column(value => value.agents / (1 - terms.shrinkage)),
    serviceLevel: column(value => value.serviceLevel),
    asaSeconds: column(value => value.asaSeconds),
    abandonmentRate: column(value => value.abandonment),
    occupancy: column(value => value.occupancy),
    binding: column(value => value.binding),
    unreachable: solver.unreachable,
  };
}

/** Intervals alike to a hundredth of a call and a second of handle time are solved once: weeks repeat themselves. */
class IntervalSolver {
  readonly #stepSeconds: number;
  readonly #terms: StaffingTerms;
  readonly #known = new Map<Goals, Map<string, Solved | null>>();
  unreachable: string | null = null;

  constructor(stepSeconds: number, terms: StaffingTerms) {
    this.#stepSeconds = stepSeconds;
    this.#terms = terms;
  }

  solve(calls: number, ahtSeconds: number, goal: Goals): Solved | null {
    const known = this.#known.get(goal) ?? new Map<string, Solved | null>();
    this.#known.set(goal, known);
    const key = `${calls.toFixed(2)}|${ahtSeconds.toFixed(0)}`;
    const cached = known.get(key);
    if (cached !== undefined) return cached;
    const solved = this.#solve(Number(calls.toFixed(2)), Math.max(1, Math.round(ahtSeconds)), goal);
    known.set(key, solved);
    return solved;
  }

  #solve(calls: number, ahtSeconds: number, goal: Goals): Solved | null {
    const goals = goalsOf({ ...this.#terms, goal });
    try {
      const load = loadOf(calls, ahtSeconds, this.#stepSeconds, this.#terms.patienceSeconds);
      const { agents, binding, at } = requiredAgents(load, goals);
      return {
        agents,
        binding,
        serviceLevel: at.serviceLevel[goals.serviceLevel?.definition ?? 'offered'],
        asaSeconds: at.asaSeconds,
        abandonment: at.abandonProbability,
        occupancy: at.occupancy,
      };
    } catch (error) {
      if (!(error instanceof UnreachableGoalError)) throw error;
      this.unreachable = error.message;
      return null;
    }
  }
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
}

export function totalsOf(demand: DemandColumns, requirement: RequirementColumns): RequirementTotals {
  let calls = 0;
  let peakAgents = 0;
  let agentHours = 0;
  let paidHours = 0;
  let inTime = 0;
  let answered = 0;
  let waited = 0;
  let abandoned = 0;
  let busyHours = 0;
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
  });
  return {
    calls,
    peakAgents,
    agentHours,
    paidHours,
    serviceLevel: calls > 0 ? inTime / calls : null,
    asaSeconds: answered > 0 ? waited / answered : null,
    abandonmentRate: calls > 0 ? abandoned / calls : null,
    occupancy: agentHours > 0 ? busyHours / agentHours : null,
  };
}

/** What a number of agents gives in one interval. */
export function performanceOf(
  calls: number,
  ahtSeconds: number,
  stepSeconds: number,
  agents: number,
  terms: StaffingTerms,
) {
  const metrics = evaluateQueue(loadOf(calls, ahtSeconds, stepSeconds, terms.patienceSeconds), agents, {
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
