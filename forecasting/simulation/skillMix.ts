import { createRandom } from '../calendar/random.ts';
import { assertNonNegative, assertPositive, assertWhole, StaffingError } from '../staffing/errors.ts';
import type { ServiceLevelGoal } from '../staffing/load.ts';
import type { Patience } from '../staffing/patience.ts';
import type { CentreAgent, CentreModel, QueueSkill } from './centreModel.ts';
import { type CompiledCentre, compileCentre } from './compileCentre.ts';
import { type Estimate, RatioSums } from './estimate.ts';
import type { ServiceLaw } from './law.ts';
import { PerformanceSums, type QueuePerformance, SERVICE_LEVEL_RATIOS } from './performance.ts';
import { runCentre } from './simulateCentre.ts';
import { sumTally } from './tally.ts';

/** A queue under a steady load, with its goal. */
export interface SkillQueue {
  readonly id: string;
  /** Calls per interval. */
  readonly calls: number;
  readonly intervalSeconds: number;
  readonly ahtSeconds: number;
  readonly patience?: Patience;
  /** Absent: exponential. */
  readonly service?: ServiceLaw;
  /** Lower goes first. Absent: 1. */
  readonly priority?: number;
  readonly goal: ServiceLevelGoal;
}

/** Agents with the same skills. */
export interface SkillGroup {
  readonly id: string;
  readonly skills: readonly QueueSkill[];
  /** Relative cost of an agent. Absent: 1. */
  readonly cost?: number;
  /** Absent: 0 and no limit. */
  readonly minAgents?: number;
  readonly maxAgents?: number;
}

export interface SkillMixOptions {
  readonly seed: number | string;
  /** Absent: 20. */
  readonly replications?: number;
  /** Calls counted per replication, all queues together, on average. Absent: 5,000. */
  readonly callsPerReplication?: number;
  /** Absent: 20 mean handle times of the slowest queue. */
  readonly warmUpSeconds?: number;
}

export interface SkillQueueResult extends QueuePerformance {
  readonly id: string;
  /** The service level by the goal's definition. */
  readonly goalLevel: Estimate | null;
}

export interface SkillMixPerformance {
  readonly queues: readonly SkillQueueResult[];
  readonly replications: number;
}

/**
 * Long-run performance of groups of agents with several skills under steady loads, by simulation. One agent takes
 * one call at a time, so nobody is counted twice.
 *
 * @param agents whole number per group
 * @throws RangeError naming the field that is out of range
 */
export function simulateSkillMix(
  queues: readonly SkillQueue[],
  groups: readonly SkillGroup[],
  agents: readonly number[],
  options: SkillMixOptions,
): SkillMixPerformance {
  const runs = new SkillMixRuns(queues, groups, options);
  const replications = options.replications ?? REPLICATIONS;
  assertWhole('replications', replications, 2);
  return summarise(queues, runs.counts(agents, 0, replications));
}

export const REPLICATIONS = 20;
const CALLS_PER_REPLICATION = 5_000;

/** Counts of one replication: one row of tally fields per queue. */
export type ReplicationCounts = readonly Float64Array[];

/** Runs any numbers of agents on the same callers: replication r of one mix meets those of replication r of another. */
export class SkillMixRuns {
  private readonly queues: readonly SkillQueue[];
  private readonly groups: readonly SkillGroup[];
  private readonly seed: number | string;
  private readonly stepSeconds: number;
  private readonly warmUpIntervals: number;
  private readonly measuredIntervals: number;

  constructor(queues: readonly SkillQueue[], groups: readonly SkillGroup[], options: SkillMixOptions) {
    checkQueues(queues);
    this.queues = queues;
    this.groups = groups;
    this.seed = options.seed;
    const callsPerReplication = options.callsPerReplication ?? CALLS_PER_REPLICATION;
    assertPositive('callsPerReplication', callsPerReplication);
    const rate = queues.reduce((sum, queue) => sum + queue.calls / queue.intervalSeconds, 0);
    const slowest = queues.reduce((most, queue) => Math.max(most, queue.ahtSeconds), 0);
    const warmUpSeconds = options.warmUpSeconds ?? 20 * slowest;
    assertNonNegative('warmUpSeconds', warmUpSeconds);
    const measuredSeconds = rate > 0 ? callsPerReplication / rate : slowest;
    this.warmUpIntervals = Math.ceil(warmUpSeconds / measuredSeconds);
    this.stepSeconds = this.warmUpIntervals > 0 ? warmUpSeconds / this.warmUpIntervals : measuredSeconds;
    this.measuredIntervals = Math.max(1, Math.round(measuredSeconds / this.stepSeconds));
  }

  /** Time that each replication counts. */
  get measuredSeconds(): number {
    return this.measuredIntervals * this.stepSeconds;
  }

  /** Counts of replications `from` (included) to `to` (excluded). */
  counts(agents: readonly number[], from: number, to: number): ReplicationCounts[] {
    const centre = this.compile(agents);
    const root = createRandom(this.seed).stream('replication');
    return Array.from({ length: to - from }, (_, i) => {
      const { tally } = runCentre(centre, root.stream(from + i), from + i).counter;
      return this.queues.map((_, queue) => sumTally(tally, queue, this.warmUpIntervals, centre.intervals));
    });
  }

  private compile(agents: readonly number[]): CompiledCentre {
    if (agents.length !== this.groups.length) {
      throw new StaffingError('agents', `must have ${this.groups.length} entries, one per group`);
    }
    const intervals = this.warmUpIntervals + this.measuredIntervals;
    const model: CentreModel = {
      stepSeconds: this.stepSeconds,
      queues: this.queues.map(({ goal, calls, intervalSeconds, ...queue }) => ({
        ...queue,
        calls: new Array<number>(intervals).fill((calls / intervalSeconds) * this.stepSeconds),
        answerWithinSeconds: goal.answerWithinSeconds,
        shortAbandonSeconds: goal.shortAbandonSeconds ?? goal.answerWithinSeconds,
      })),
      agents: this.groups.flatMap((group, i) => {
        assertWhole(`agents[${i}]`, agents[i] ?? Number.NaN);
        return new Array<CentreAgent>(agents[i] ?? 0).fill({ skills: group.skills, duty: ALWAYS });
      }),
    };
    return compileCentre(model);
  }
}

const ALWAYS = [{ startSeconds: 0, endSeconds: Infinity }];

export function summarise(
  queues: readonly SkillQueue[],
  counts: readonly ReplicationCounts[],
): SkillMixPerformance {
  const sums = new PerformanceSums(queues.length);
  for (const rows of counts) {
    rows.forEach((row, queue) => {
      sums.add(queue, row, 0);
    });
  }
  return {
    replications: counts.length,
    queues: queues.map(({ id, goal }, queue) => ({
      id,
      ...sums.performance(queue),
      goalLevel: sums.serviceLevel(queue, goal.definition),
    })),
  };
}

/** Service level per queue by its goal's definition; 1 where no calls came. */
export function goalLevels(queues: readonly SkillQueue[], counts: readonly ReplicationCounts[]): number[] {
  return queues.map(({ goal }, queue) => {
    const [numerator, denominator] = SERVICE_LEVEL_RATIOS[goal.definition];
    let good = 0;
    let all = 0;
    for (const rows of counts) {
      good += numerator(rows[queue]!, 0);
      all += denominator(rows[queue]!, 0);
    }
    return all > 0 ? good / all : 1;
  });
}

/** Change of a queue's service level from one mix to another on the same callers, with its paired interval. */
export function goalLevelChange(
  goal: ServiceLevelGoal,
  queue: number,
  before: readonly ReplicationCounts[],
  after: readonly ReplicationCounts[],
): Estimate | null {
  const [numerator, denominator] = SERVICE_LEVEL_RATIOS[goal.definition];
  const sums = new RatioSums(1);
  before.forEach((rows, i) => {
    const was = rows[queue]!;
    const is = after[i]![queue]!;
    const level = (counts: Float64Array) => numerator(counts, 0) / Math.max(1, denominator(counts, 0));
    sums.add(0, (level(is) - level(was)) * denominator(was, 0), denominator(was, 0));
  });
  return sums.ratio(0);
}

function checkQueues(queues: readonly SkillQueue[]): void {
  queues.forEach((queue, i) => {
    assertNonNegative(`queues[${i}].calls`, queue.calls);
    assertPositive(`queues[${i}].intervalSeconds`, queue.intervalSeconds);
    assertPositive(`queues[${i}].ahtSeconds`, queue.ahtSeconds);
  });
}
