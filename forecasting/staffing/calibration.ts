import { assertNonNegative, StaffingError } from './errors.ts';
import { queueState, serviceLevelOf } from './evaluateQueue.ts';
import type { Load, ServiceLevelDefinition, ServiceThreshold } from './load.ts';
import { effectiveLoads, type LoadMethod } from './offeredLoad.ts';
import { assertThreshold, queueModel } from './queueModel.ts';

/** One past interval: what came, who was there, what service was given. */
export interface PastInterval {
  /** Volume and AHT as they came true, with the patience believed in. */
  readonly load: Load;
  /** Mean agents at work, real. */
  readonly agents: number;
  /** Service level reported, by the definition of the calibration. */
  readonly serviceLevel: number;
}

export interface CalibrationOptions extends ServiceThreshold {
  readonly definition: ServiceLevelDefinition;
  /** Absent: `offeredLoad`. Null entries of the past break the day. */
  readonly method?: LoadMethod;
  /** First interval kept out of the fit, to judge the correction by; absent: none is kept out. */
  readonly holdOutFrom?: number;
}

/** How far predictions were off, weighed by calls. Errors are predicted − actual. */
export interface PredictionError {
  readonly intervals: number;
  readonly calls: number;
  readonly predicted: number;
  readonly actual: number;
  /** Predicted − actual over all calls. */
  readonly bias: number;
  /** Standard error of the bias, from the spread between intervals. */
  readonly biasStandardError: number;
  readonly meanAbsoluteError: number;
}

export type Calibration =
  | {
      readonly kind: 'calibrated';
      /**
       * Agents that count per agent at work: 0.93 says that 100 agents on the roster served like 93 in the model.
       * Divide a requirement by it.
       */
      readonly staffFactor: number;
      readonly asModelled: PredictionError;
      readonly corrected: PredictionError;
      /** Errors on the intervals kept out of the fit; null when none were. */
      readonly heldOut: { readonly asModelled: PredictionError; readonly corrected: PredictionError } | null;
    }
  /** No factor from 0.3 to 3 brings the model to the actual service level: data or patience must be wrong. */
  | { readonly kind: 'outOfReach'; readonly asModelled: PredictionError };

const LEAST_FACTOR = 0.3;
const MOST_FACTOR = 3;

/**
 * Compares predicted with actual service levels over past intervals and finds the one correction, a factor on the
 * agents at work, that removes the bias. A single interval's service level scatters by 13 to 16 points even when the
 * model is right, so judge the bias against its standard error, not an interval by itself.
 *
 * @param past in order of time; null where there is no data
 * @throws StaffingError naming the field
 */
export function calibrateStaffing(
  past: readonly (PastInterval | null)[],
  options: CalibrationOptions,
): Calibration {
  assertPast(past, options);
  const loads = effectiveLoads(
    past.map(one => one?.load ?? null),
    options.method ?? 'offeredLoad',
  );
  const cases = past.flatMap((one, i) => {
    const load = loads[i] ?? null;
    return one === null || load === null || one.load.calls === 0
      ? []
      : [
          {
            index: i,
            model: queueModel(load),
            agents: one.agents,
            actual: one.serviceLevel,
            calls: one.load.calls,
          },
        ];
  });
  const boundary = options.holdOutFrom ?? past.length;
  const fitted = cases.filter(one => one.index < boundary);
  const kept = cases.filter(one => one.index >= boundary);
  if (fitted.length === 0) throw new StaffingError('past', 'must hold at least one interval with calls');
  const predict = (one: Case, factor: number): number =>
    serviceLevelOf(queueState(one.model, one.agents * factor), options.definition, options);
  const errorOf = (some: readonly Case[], factor: number): PredictionError =>
    predictionError(
      some,
      some.map(one => predict(one, factor)),
    );
  const asModelled = errorOf(fitted, 1);
  const staffFactor = unbiasedFactor(factor => errorOf(fitted, factor).bias);
  if (staffFactor === null) return { kind: 'outOfReach', asModelled };
  return {
    kind: 'calibrated',
    staffFactor,
    asModelled,
    corrected: errorOf(fitted, staffFactor),
    heldOut:
      kept.length === 0 ? null : { asModelled: errorOf(kept, 1), corrected: errorOf(kept, staffFactor) },
  };
}

interface Case {
  readonly index: number;
  readonly model: ReturnType<typeof queueModel>;
  readonly agents: number;
  readonly actual: number;
  readonly calls: number;
}

function predictionError(cases: readonly Case[], predicted: readonly number[]): PredictionError {
  let [calls, sumPredicted, sumActual, absolute] = [0, 0, 0, 0];
  cases.forEach((one, i) => {
    const level = predicted[i] ?? 0;
    calls += one.calls;
    sumPredicted += one.calls * level;
    sumActual += one.calls * one.actual;
    absolute += one.calls * Math.abs(level - one.actual);
  });
  const bias = (sumPredicted - sumActual) / calls;
  const squares = cases.reduce(
    (sum, one, i) => sum + (one.calls * ((predicted[i] ?? 0) - one.actual - bias)) ** 2,
    0,
  );
  const intervals = cases.length;
  const correction = intervals > 1 ? intervals / (intervals - 1) : Infinity;
  return {
    intervals,
    calls,
    predicted: sumPredicted / calls,
    actual: sumActual / calls,
    bias,
    biasStandardError: Math.sqrt(squares * correction) / calls,
    meanAbsoluteError: absolute / calls,
  };
}

/** Root of a bias that grows with the factor; null when it keeps its sign over the whole range. */
function unbiasedFactor(bias: (factor: number) => number): number | null {
  let low = LEAST_FACTOR;
  let high = MOST_FACTOR;
  if (bias(low) > 0 || bias(high) < 0) return null;
  for (let i = 0; i < 50 && high - low > 1e-10; i++) {
    const middle = 0.5 * (low + high);
    if (bias(middle) < 0) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

function assertPast(past: readonly (PastInterval | null)[], options: CalibrationOptions): void {
  assertThreshold(options, 'options');
  past.forEach((one, i) => {
    if (one === null) return;
    assertNonNegative(`past[${i}].agents`, one.agents);
    if (!(one.serviceLevel >= 0 && one.serviceLevel <= 1)) {
      throw new StaffingError(`past[${i}].serviceLevel`, `must be from 0 to 1; found ${one.serviceLevel}`);
    }
    if (one.load.chat !== undefined) {
      throw new StaffingError(`past[${i}].load.chat`, 'cannot be calibrated: it needs whole agents');
    }
  });
}
