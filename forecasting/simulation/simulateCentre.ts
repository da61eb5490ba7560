import type { RandomGenerator } from '../calendar/random.ts';
import { assertWhole } from '../staffing/errors.ts';
import type { CentreModel } from './centreModel.ts';
import { CentreRun } from './centreRun.ts';
import { type CompiledCentre, compileCentre } from './compileCentre.ts';
import { type Estimate, halfWidth, RatioSums } from './estimate.ts';
import { PerformanceSums, type QueuePerformance } from './performance.ts';
import { type ReplicationOptions, type ReplicationOutcome, replicate } from './replicate.ts';
import { BUSY_SECONDS, FIELD_COUNT, sumTally, type Tally } from './tally.ts';

export interface CentreSimulationOptions extends ReplicationOptions {
  /** First intervals of each replication that are not counted. Absent: 0, the centre starts empty. */
  readonly warmUpIntervals?: number;
}

export interface CentreQueuePerformance extends QueuePerformance {
  readonly id: string;
}

export interface SimulatedCentre {
  readonly outcome: ReplicationOutcome;
  readonly queues: readonly CentreQueuePerformance[];
  /** Share of their time on duty that agents are busy; `null` if nobody is on duty. */
  readonly occupancy: Estimate | null;
  /** Time worked after the end of shifts to finish calls, per replication. */
  readonly overrunSeconds: Estimate;
}

const REPLICATIONS = 30;

/**
 * Simulates a centre with several queues and agents of several skills over its intervals and follows every call to
 * its end. `stopAtHalfWidth` watches the worst queue's service level `offered`.
 *
 * @throws RangeError naming the field that is out of range
 */
export function simulateCentre(model: CentreModel, options: CentreSimulationOptions): SimulatedCentre {
  const centre = compileCentre(model);
  const warmUp = options.warmUpIntervals ?? 0;
  assertWhole('warmUpIntervals', warmUp);
  const sums = new PerformanceSums(centre.queues.length);
  const floor = new RatioSums(2);
  const outcome = replicate(
    options,
    REPLICATIONS,
    (random, replication) => {
      const run = runCentre(centre, random, replication);
      const { tally } = run.counter;
      centre.queues.forEach((_, queue) => {
        sums.add(queue, sumTally(tally, queue, warmUp, centre.intervals), 0);
      });
      const staffed = run.duty.staffedSeconds.subarray(warmUp).reduce((sum, seconds) => sum + seconds, 0);
      floor.add(0, busySeconds(tally, warmUp), staffed);
      floor.add(1, run.duty.overrunSeconds, 1);
    },
    () => Math.max(...centre.queues.map((_, queue) => halfWidth(sums.serviceLevel(queue, 'offered')))),
  );
  return {
    outcome,
    queues: centre.queues.map(({ id }, queue) => ({ id, ...sums.performance(queue) })),
    occupancy: floor.share(0),
    overrunSeconds: floor.ratio(1) ?? { value: 0, low: 0, high: 0 },
  };
}

/** One replication. */
export function runCentre(centre: CompiledCentre, random: RandomGenerator, replication: number): CentreRun {
  const run = new CentreRun(centre, random, replication);
  run.run();
  return run;
}

function busySeconds({ queues, intervals, cells }: Tally, from: number): number {
  let sum = 0;
  for (let queue = 0; queue < queues; queue++) {
    for (let i = from; i < intervals; i++)
      sum += cells[(queue * intervals + i) * FIELD_COUNT + BUSY_SECONDS]!;
  }
  return sum;
}
