import { computeRequirement, type DemandColumns, performanceOf, type StaffingTerms } from './requirement.ts';

/** What a scenario changes, as factors and values; absent leaves the plan. */
export interface Levers {
  readonly volumeFactor: number;
  readonly ahtFactor: number;
  readonly patienceSeconds: number | null;
  /** Share of paid time; `null`: each queue's own. */
  readonly shrinkage: number | null;
  readonly target: number | null;
  readonly withinSeconds: number | null;
  /** Agents as a share of what the plan needs; `null`: as many as the scenario's goals need. */
  readonly staffFactor: number | null;
}

export const NO_LEVERS: Levers = {
  volumeFactor: 1,
  ahtFactor: 1,
  patienceSeconds: null,
  shrinkage: null,
  target: null,
  withinSeconds: null,
  staffFactor: null,
};

/** One queue's part in a scenario: forecast, band and terms. */
export interface ScenarioQueue {
  readonly demand: DemandColumns;
  /** Edges of the 80 % band; the forecast itself where there is none. */
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
  readonly terms: StaffingTerms;
}

export interface ScenarioResult {
  readonly serviceLevel: number | null;
  readonly asaSeconds: number | null;
  readonly abandonmentRate: number | null;
  readonly occupancy: number | null;
  readonly peakAgents: number;
  readonly paidHours: number;
  /** Agents on duty over all queues, by interval of the first queue's grid. */
  readonly agents: readonly number[];
}

/** Terms of a queue under a scenario's levers. */
export function leveredTerms(terms: StaffingTerms, levers: Levers): StaffingTerms {
  const level = terms.goal.serviceLevel;
  return {
    ...terms,
    patienceSeconds: levers.patienceSeconds ?? terms.patienceSeconds,
    shrinkage: levers.shrinkage ?? terms.shrinkage,
    goal: {
      ...terms.goal,
      ...(level && {
        serviceLevel: {
          ...level,
          target: levers.target ?? level.target,
          answerWithinSeconds: levers.withinSeconds ?? level.answerWithinSeconds,
        },
      }),
    },
  };
}

function scaled(values: readonly (number | null)[], factor: number): readonly (number | null)[] {
  return factor === 1 ? values : values.map(value => (value === null ? null : value * factor));
}

/** The plan's own requirement of each queue: what `staffFactor` is a share of. */
export function planAgents(queues: readonly ScenarioQueue[]): readonly (readonly (number | null)[])[] {
  return queues.map(queue => computeRequirement(queue.demand, queue.terms).agents);
}

/**
 * The week under a scenario. `edge` takes the band's lower or upper volume instead of the forecast; `agents` given
 * keeps the staff and asks what service it gives.
 */
export function scenarioResult(
  queues: readonly ScenarioQueue[],
  levers: Levers,
  plan: readonly (readonly (number | null)[])[],
  edge: 'lower' | 'upper' | null = null,
  fixedAgents: readonly (readonly (number | null)[])[] | null = null,
): ScenarioResult & { readonly byQueue: readonly (readonly (number | null)[])[] } {
  const sum = new Totals(queues[0]?.demand.offered.length ?? 0);
  const byQueue = queues.map((queue, q) => {
    const volume = edge === null ? queue.demand.offered : queue[edge];
    const demand: DemandColumns = {
      stepSeconds: queue.demand.stepSeconds,
      offered: scaled(volume, levers.volumeFactor),
      ahtSeconds: scaled(queue.demand.ahtSeconds, levers.ahtFactor),
    };
    const terms = leveredTerms(queue.terms, levers);
    const { staffFactor } = levers;
    const agents =
      fixedAgents?.[q] ??
      (staffFactor === null
        ? computeRequirement(demand, terms).agents
        : (plan[q] ?? []).map(value => (value === null ? null : Math.round(value * staffFactor))));
    sum.add(demand, agents, terms);
    return agents;
  });
  return { ...sum.result(), byQueue };
}

/** Totals over queues: shares by calls, occupancy by agent time. */
class Totals {
  readonly #agents: number[];
  #calls = 0;
  #inTime = 0;
  #answered = 0;
  #waited = 0;
  #abandoned = 0;
  #agentHours = 0;
  #busyHours = 0;
  #paidHours = 0;

  constructor(intervals: number) {
    this.#agents = Array.from({ length: intervals }, () => 0);
  }

  add(demand: DemandColumns, agents: readonly (number | null)[], terms: StaffingTerms): void {
    const hours = demand.stepSeconds / 3600;
    const known = new Map<string, ReturnType<typeof performanceOf>>();
    demand.offered.forEach((calls, i) => {
      const count = agents[i];
      const aht = demand.ahtSeconds[i];
      if (calls === null || count == null || aht == null || aht <= 0) return;
      const key = `${calls.toFixed(2)}|${aht.toFixed(0)}|${count}`;
      const given = known.get(key) ?? performanceOf(calls, aht, demand.stepSeconds, count, terms);
      known.set(key, given);
      const lost = calls * given.abandonmentRate;
      this.#calls += calls;
      this.#inTime += calls * given.serviceLevel;
      this.#abandoned += lost;
      this.#answered += calls - lost;
      if (Number.isFinite(given.asaSeconds)) this.#waited += (calls - lost) * given.asaSeconds;
      this.#agentHours += count * hours;
      this.#busyHours += count * hours * given.occupancy;
      this.#paidHours += (count * hours) / (1 - terms.shrinkage);
      this.#agents[i] = (this.#agents[i] ?? 0) + count;
    });
  }

  result(): ScenarioResult {
    return {
      serviceLevel: this.#calls > 0 ? this.#inTime / this.#calls : null,
      asaSeconds: this.#answered > 0 ? this.#waited / this.#answered : null,
      abandonmentRate: this.#calls > 0 ? this.#abandoned / this.#calls : null,
      occupancy: this.#agentHours > 0 ? this.#busyHours / this.#agentHours : null,
      peakAgents: this.#agents.reduce((peak, count) => Math.max(peak, count), 0),
      paidHours: this.#paidHours,
      agents: this.#agents,
    };
  }
}
