import { assertWhole, StaffingError } from './errors.ts';
import { evaluateQueue, metricsOf } from './evaluateQueue.ts';
import type { Load, QueueMetrics, ServiceThreshold } from './load.ts';
import { effectiveLoads, type LoadMethod, type OfferedLoadOptions } from './offeredLoad.ts';
import { assertThreshold } from './queueModel.ts';
import { advanceQueue, startOf, transientModel } from './transientQueue.ts';

/** Performance in one interval of a day solved exactly, with what it hands to the next. */
export interface IntervalPerformance {
  readonly metrics: QueueMetrics;
  /** Expected calls that gave up in the interval, whenever they came. */
  readonly abandonedCalls: number;
  /** Expected calls waiting when the interval starts and ends. */
  readonly queueAtStart: number;
  readonly queueAtEnd: number;
  /** Expected calls waiting or talking at the end. */
  readonly inSystemAtEnd: number;
}

/**
 * Stationary performance of each interval with the staff given, by SIPP, lagged SIPP or modified offered load.
 * Nothing carries over from interval to interval; see `evaluateSeriesExactly`.
 *
 * @param agents one number per load
 * @returns one entry per load; null where the load is null
 * @throws StaffingError (a RangeError) naming the field
 */
export function evaluateSeries(
  loads: readonly (Load | null)[],
  agents: readonly number[],
  threshold: ServiceThreshold,
  options: OfferedLoadOptions & { readonly method?: LoadMethod } = {},
): (QueueMetrics | null)[] {
  assertSameLength(loads, agents);
  const effective = effectiveLoads(loads, options.method ?? 'offeredLoad', options);
  return effective.map((load, i) => (load === null ? null : evaluateQueue(load, agents[i] ?? 0, threshold)));
}

/**
 * Performance of each interval with the queue carried over from one to the next: the exact solution of
 * M(t)/M/n(t) + M by uniformisation. Staff that drops in mid-call hands the call back to the queue (preemptive rule).
 * Each call's wait is reckoned with the staff of the interval in which it comes. A null load closes the queue: calls
 * in hand are finished off the clock, and the next interval starts empty.
 *
 * Covers trunks and exponential or endless patience, whole agents.
 *
 * @param options calls in hand when the first interval starts (Poisson), Erlangs; absent: its stationary load
 *
 * @throws StaffingError (a RangeError) naming the field
 */
export function evaluateSeriesExactly(
  loads: readonly (Load | null)[],
  agents: readonly number[],
  threshold: ServiceThreshold,
  options: { readonly initialErlangs?: number } = {},
): (IntervalPerformance | null)[] {
  assertSameLength(loads, agents);
  assertThreshold(threshold, 'threshold');
  let inSystem = startOf(loads, options);
  let queueAtStart = 0;
  return loads.map((load, i) => {
    if (load === null) {
      inSystem = Float64Array.of(1);
      queueAtStart = 0;
      return null;
    }
    const model = transientModel(load, `loads[${i}]`);
    const staff = agents[i] ?? 0;
    assertWhole(`agents[${i}]`, staff);
    const moved = advanceQueue(inSystem, model, staff);
    const metrics = metricsOf(moved.state, model.ahtSeconds, staff, threshold);
    const performance = {
      metrics: { ...metrics, meanQueueLength: moved.meanQueueLength },
      abandonedCalls: moved.abandoned,
      queueAtStart,
      queueAtEnd: moved.queueAtEnd,
      inSystemAtEnd: moved.inSystemAtEnd,
    };
    inSystem = moved.end;
    queueAtStart = moved.queueAtEnd;
    return performance;
  });
}

function assertSameLength(loads: readonly unknown[], agents: readonly unknown[]): void {
  if (loads.length !== agents.length) {
    throw new StaffingError(
      'agents',
      `must have one entry per load: ${loads.length}; found ${agents.length}`,
    );
  }
}
