import { gridDays } from '../calendar/grid.ts';
import { deferredFlow, deferredNeed, promiseOf } from '../staffing/deferredQueue.ts';
import { UnreachableGoalError } from '../staffing/errors.ts';
import { GoalSolvers } from './goalSolvers.ts';
import { type Levers, leveredTerms, leversOn, type QueueLevers, type ScenarioQueue } from './levers.ts';
import type { QuickQueue } from './quickQueue.ts';
import { leveredDemand, type ScenarioDemand } from './scenarioDemand.ts';
import { coverDay } from './shiftShape.ts';

/** Agents by interval, null where closed. */
export type AgentColumn = readonly (number | null)[];

/** One queue's part of a scenario: the levered queue and demand, and the agents on duty. */
export interface QueueOutcome {
  readonly queue: ScenarioQueue;
  readonly demand: ScenarioDemand;
  /** What the goals ask for at this demand. */
  readonly required: AgentColumn;
  readonly agents: AgentColumn;
  readonly totals: ScenarioTotals;
}

/** Totals as a report shows them: shares weigh contacts, occupancy weighs agent time. */
export interface ScenarioTotals {
  readonly calls: number;
  /** Of them, those that wait in line; deferred contacts are done later, and nobody hangs up on them. */
  readonly callsInLine: number;
  readonly serviceLevel: number | null;
  /** Of contacts that wait in line, as `abandonmentRate`. */
  readonly asaSeconds: number | null;
  readonly abandonmentRate: number | null;
  readonly occupancy: number | null;
  readonly peakAgents: number;
  readonly agentHours: number;
  readonly paidHours: number;
}

export interface ScenarioOutcome {
  readonly queues: readonly QueueOutcome[];
  readonly totals: ScenarioTotals;
  /** Agents on duty over all queues, by interval of the first queue's grid. */
  readonly agents: readonly number[];
  /** A goal that no number of agents can meet, in words; null when all can be met. */
  readonly unreachable: string | null;
}

/** What the plan needs of each queue: what `staffShare` is a share of. */
export function planAgents(queues: readonly ScenarioQueue[]): readonly AgentColumn[] {
  return queues.map(queue => requiredColumn(queue, queue).agents);
}

/**
 * The days of a scenario: staff by the goals (or the share of the plan's), and what it gives. Each interval of a queue
 * with a line is Erlang A (Erlang C without patience) at its own rate; deferred work is a fluid (`deferredQueue.ts`).
 *
 * @param plan `planAgents` of the same queues
 * @param kept agents on duty, whatever the goals ask for; absent: by the goals and the levers
 * @throws RangeError naming the lever that is out of range
 */
export function computeScenario(
  queues: readonly ScenarioQueue[],
  levers: readonly QueueLevers[],
  plan: readonly AgentColumn[],
  kept?: readonly AgentColumn[],
): ScenarioOutcome {
  const sum = new Totals();
  const agents = new Float64Array(queues[0]?.offered.length ?? 0);
  let unreachable: string | null = null;
  const outcomes = queues.map((original, q): QueueOutcome => {
    const own = leversOn(original.queueId, levers);
    const queue = leveredTerms(original, own);
    const demand = leveredDemand(original, own);
    const solved = requiredColumn(queue, demand);
    unreachable ??= solved.unreachable;
    const onDuty = kept?.[q] ?? staffColumn(queue, solved.agents, plan[q] ?? [], own);
    const totals = new Totals();
    totals.add(queue, demand, onDuty, onDuty === solved.agents ? solved.performance : null);
    sum.join(totals);
    addToFirstGrid(agents, queues[0]?.stepSeconds ?? queue.stepSeconds, queue, onDuty);
    return { queue, demand, required: solved.agents, agents: onDuty, totals: totals.result() };
  });
  const peakAgents = agents.reduce((peak, count) => Math.max(peak, count), 0);
  return {
    queues: outcomes,
    totals: { ...sum.result(), peakAgents },
    agents: Array.from(agents),
    unreachable,
  };
}

/** Adds a queue's agents interval by interval of the first queue's length. */
function addToFirstGrid(
  agents: Float64Array,
  stepSeconds: number,
  queue: ScenarioQueue,
  onDuty: AgentColumn,
): void {
  for (let i = 0; i < agents.length; i++) {
    agents[i]! += onDuty[Math.floor((i * stepSeconds) / queue.stepSeconds)] ?? 0;
  }
}

function staffColumn(
  queue: ScenarioQueue,
  required: AgentColumn,
  plan: AgentColumn,
  levers: Levers,
): AgentColumn {
  const { staffShare, shifts } = levers;
  const wanted =
    staffShare === undefined
      ? required
      : required.map((value, i) => (value === null ? null : agentsOf(queue, (plan[i] ?? 0) * staffShare)));
  if (!shifts) return wanted;
  const covered: (number | null)[] = [...wanted];
  for (const day of gridDays({ ...queue, count: wanted.length })) {
    const onDuty = coverDay(wanted, day, queue.stepSeconds, shifts);
    onDuty.forEach((count, k) => {
      if (covered[day.firstIndex + k] != null) covered[day.firstIndex + k] = count;
    });
  }
  return covered;
}

/** Whole people in a line; deferred work may also fill a part of somebody's time. */
function agentsOf({ isDeferred }: ScenarioQueue, wanted: number): number {
  return isDeferred ? wanted : Math.round(wanted);
}

/** Whether the staff is set instead of following the goals. */
export function staffIsSet({ agents, required }: QueueOutcome): boolean {
  return agents.some((count, i) => count !== null && Math.abs(count - (required[i] ?? 0)) > 1e-9);
}

/** Per interval: service level, abandonment, ASA and occupancy. */
type Performance = Float64Array;
const FIELDS = 4;

function requiredColumn(
  queue: ScenarioQueue,
  demand: ScenarioDemand,
): {
  readonly agents: AgentColumn;
  readonly performance: Performance | null;
  readonly unreachable: string | null;
} {
  if (queue.isDeferred) {
    const work = { ...demand, stepSeconds: queue.stepSeconds };
    return { agents: deferredNeed(work, queue.goal), performance: null, unreachable: null };
  }
  const count = demand.offered.length;
  const agents: (number | null)[] = new Array<number | null>(count).fill(null);
  const performance = new Float64Array(count * FIELDS);
  let unreachable: string | null = null;
  const solvers = new GoalSolvers(queue);
  for (let i = 0; i < count; i++) {
    const calls = demand.offered[i];
    const aht = demand.ahtSeconds[i];
    if (calls == null || aht == null || !(aht > 0)) continue;
    try {
      const solver = solvers.at(i);
      agents[i] = solver.solve(calls, aht);
      write(performance, i, solver);
    } catch (error) {
      if (!(error instanceof UnreachableGoalError)) throw error;
      unreachable = error.message;
    }
  }
  return { agents, performance, unreachable };
}

function write(performance: Performance, i: number, { at }: QuickQueue): void {
  performance[i * FIELDS] = at.serviceLevel;
  performance[i * FIELDS + 1] = at.abandonment;
  performance[i * FIELDS + 2] = at.asaSeconds;
  performance[i * FIELDS + 3] = at.occupancy;
}

class Totals {
  #calls = 0;
  #callsInLine = 0;
  #inTime = 0;
  #answered = 0;
  #waited = 0;
  #abandoned = 0;
  #agentHours = 0;
  #busyHours = 0;
  #paidHours = 0;
  #peak = 0;

  /** @param known performance with these agents where it is known already */
  add(queue: ScenarioQueue, demand: ScenarioDemand, agents: AgentColumn, known: Performance | null): void {
    if (queue.isDeferred) this.#addDeferred(queue, demand, agents);
    else this.#addLine(queue, demand, agents, known);
  }

  #addLine(
    queue: ScenarioQueue,
    demand: ScenarioDemand,
    agents: AgentColumn,
    known: Performance | null,
  ): void {
    const hours = queue.stepSeconds / 3600;
    const solvers = new GoalSolvers(queue);
    const performance = known ?? new Float64Array(demand.offered.length * FIELDS);
    demand.offered.forEach((calls, i) => {
      const count = agents[i];
      const aht = demand.ahtSeconds[i];
      if (calls === null || count == null || aht == null || !(aht > 0)) return;
      if (!known) {
        const solver = solvers.at(i);
        solver.evaluate(calls, aht, count);
        write(performance, i, solver);
      }
      const base = i * FIELDS;
      const lost = calls * (performance[base + 1] ?? 0);
      const asa = performance[base + 2] ?? 0;
      this.#calls += calls;
      this.#callsInLine += calls;
      this.#inTime += calls * (performance[base] ?? 0);
      this.#abandoned += lost;
      this.#answered += calls - lost;
      if (asa < Infinity) this.#waited += (calls - lost) * asa;
      this.#busyHours += count * hours * (performance[base + 3] ?? 0);
      this.#addAgents(queue, count);
    });
  }

  #addDeferred(queue: ScenarioQueue, demand: ScenarioDemand, agents: AgentColumn): void {
    const work = { ...demand, stepSeconds: queue.stepSeconds };
    const { contacts, inTime, busySeconds } = deferredFlow(work, agents, promiseOf(queue.goal));
    this.#calls += contacts;
    this.#inTime += inTime;
    this.#busyHours += busySeconds / 3600;
    for (const count of agents) if (count !== null) this.#addAgents(queue, count);
  }

  #addAgents({ stepSeconds, shrinkageShare }: ScenarioQueue, count: number): void {
    const hours = (count * stepSeconds) / 3600;
    this.#agentHours += hours;
    this.#paidHours += hours / (1 - shrinkageShare);
    this.#peak = Math.max(this.#peak, count);
  }

  join(other: Totals): void {
    this.#calls += other.#calls;
    this.#callsInLine += other.#callsInLine;
    this.#inTime += other.#inTime;
    this.#answered += other.#answered;
    this.#waited += other.#waited;
    this.#abandoned += other.#abandoned;
    this.#agentHours += other.#agentHours;
    this.#busyHours += other.#busyHours;
    this.#paidHours += other.#paidHours;
    this.#peak = Math.max(this.#peak, other.#peak);
  }

  result(): ScenarioTotals {
    const share = (part: number, whole: number) => (whole > 0 ? part / whole : null);
    return {
      calls: this.#calls,
      callsInLine: this.#callsInLine,
      serviceLevel: share(this.#inTime, this.#calls),
      asaSeconds: share(this.#waited, this.#answered),
      abandonmentRate: share(this.#abandoned, this.#callsInLine),
      occupancy: share(this.#busyHours, this.#agentHours),
      peakAgents: this.#peak,
      agentHours: this.#agentHours,
      paidHours: this.#paidHours,
    };
  }
}
