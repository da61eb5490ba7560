import { sampleGamma } from '../calendar/variates.ts';
import { assertNonNegative, assertPositive, assertWhole, StaffingError } from '../staffing/errors.ts';
import type { Load, ServiceThreshold } from '../staffing/load.ts';
import { halfWidth } from './estimate.ts';
import type { ServiceLaw } from './law.ts';
import { PerformanceSums, type QueuePerformance } from './performance.ts';
import { runQuickPath, type SingleQueueModel } from './quickPath.ts';
import { type ReplicationOptions, type ReplicationOutcome, replicate } from './replicate.ts';
import { sumTally } from './tally.ts';

export interface SimulatedDay {
  readonly outcome: ReplicationOutcome;
  readonly total: QueuePerformance;
  readonly intervals: readonly QueuePerformance[];
}

const DAY_REPLICATIONS = 100;
const QUEUE_REPLICATIONS = 20;
const CALLS_PER_REPLICATION = 20_000;

/**
 * Simulates one queue over a stretch of intervals (a day, a week) that starts empty: carry-over from interval to
 * interval is in the numbers. The service level offered is what `stopAtHalfWidth` watches.
 *
 * @throws RangeError naming the field that is out of range
 */
export function simulateQueueDay(model: SingleQueueModel, options: ReplicationOptions): SimulatedDay {
  const count = model.calls.length;
  const sums = new PerformanceSums(count + 1);
  const outcome = replicate(
    options,
    DAY_REPLICATIONS,
    random => {
      const tally = runQuickPath(model, random);
      for (let i = 0; i < count; i++) sums.add(i, tally.cells, i * (tally.cells.length / count));
      sums.add(count, sumTally(tally, 0, 0, count), 0);
    },
    () => halfWidth(sums.serviceLevel(count, 'offered')),
  );
  return {
    outcome,
    total: sums.performance(count),
    intervals: Array.from({ length: count }, (_, i) => sums.performance(i)),
  };
}

export interface QueueSimulationOptions extends ReplicationOptions {
  /** Absent: exponential. */
  readonly service?: ServiceLaw;
  /** Calls counted per replication, on average. Default 20,000. */
  readonly callsPerReplication?: number;
  /** Time that each replication runs before it counts. Absent: estimated from the load, see the README. */
  readonly warmUpSeconds?: number;
}

export interface SimulatedQueue extends QueuePerformance {
  readonly outcome: ReplicationOutcome;
  readonly warmUpSeconds: number;
}

/**
 * Long-run performance of a queue by simulation, the counterpart of `evaluateQueue`: any handle-time law, any
 * patience law. `load.rateCv` draws one rate per replication. Lines, redials, reconnects and chat are not part of
 * the quick path.
 *
 * @throws RangeError naming the field that is out of range or not simulated here
 */
export function simulateQueue(
  load: Load,
  agents: number,
  threshold: ServiceThreshold,
  options: QueueSimulationOptions,
): SimulatedQueue {
  checkLoad(load);
  assertWhole('agents', agents);
  const callsPerReplication = options.callsPerReplication ?? CALLS_PER_REPLICATION;
  assertPositive('callsPerReplication', callsPerReplication);
  const rate = load.calls / load.intervalSeconds;
  const measuredSeconds = rate > 0 ? callsPerReplication / rate : load.intervalSeconds;
  const warmUpSeconds = options.warmUpSeconds ?? defaultWarmUp(load, agents, measuredSeconds);
  assertNonNegative('warmUpSeconds', warmUpSeconds);
  const warmUpIntervals = Math.ceil(warmUpSeconds / measuredSeconds);
  const stepSeconds = warmUpIntervals > 0 ? warmUpSeconds / warmUpIntervals : measuredSeconds;
  const measuredIntervals = Math.max(1, Math.round(measuredSeconds / stepSeconds));
  const sums = new PerformanceSums(1);
  const outcome = replicate(
    options,
    QUEUE_REPLICATIONS,
    random => {
      const factor = rateFactor(load.rateCv ?? 0, () => random.stream('rate'));
      const calls = new Array<number>(warmUpIntervals + measuredIntervals).fill(rate * factor * stepSeconds);
      const { ahtSeconds, patience } = load;
      const model = { stepSeconds, calls, ahtSeconds, agents, ...threshold };
      const tally = runQuickPath(
        { ...model, ...(patience && { patience }), ...(options.service && { service: options.service }) },
        random,
      );
      sums.add(0, sumTally(tally, 0, warmUpIntervals, calls.length), 0);
    },
    () => halfWidth(sums.serviceLevel(0, 'offered')),
  );
  return { ...sums.performance(0), outcome, warmUpSeconds };
}

function rateFactor(rateCv: number, random: () => Parameters<typeof sampleGamma>[0]): number {
  return rateCv > 0 ? sampleGamma(random(), 1 / rateCv ** 2, rateCv ** 2) : 1;
}

/**
 * Ten handle times and ten mean patiences, or without abandonment ten relaxation times of the M/M/n queue,
 * 1 / (√(nμ) − √λ)² (Cohen 1982, III.7.3). At most 1,000 handle times and 100 times what is counted. Above
 * capacity, without abandonment, no time is long enough: ten handle times.
 */
function defaultWarmUp(load: Load, agents: number, measuredSeconds: number): number {
  const { ahtSeconds, patience } = load;
  const mean = patience?.kind === 'exponential' ? patience.meanSeconds : Infinity;
  const gap = Math.sqrt(agents / ahtSeconds) - Math.sqrt(load.calls / load.intervalSeconds);
  const settling = Math.min(mean, gap > 0 ? 1 / gap ** 2 : Infinity);
  if (settling === Infinity && patience === undefined) return 10 * ahtSeconds;
  return Math.min(1_000 * ahtSeconds, 100 * measuredSeconds, 10 * (ahtSeconds + settling));
}

function checkLoad(load: Load): void {
  assertNonNegative('load.calls', load.calls);
  assertPositive('load.intervalSeconds', load.intervalSeconds);
  assertPositive('load.ahtSeconds', load.ahtSeconds);
  if (load.rateCv !== undefined) assertNonNegative('load.rateCv', load.rateCv);
  for (const field of ['trunks', 'redialProbability', 'reconnectProbability', 'chat'] as const) {
    if (load[field]) throw new StaffingError(`load.${field}`, 'is not simulated by the quick path');
  }
}
