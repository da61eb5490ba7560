import { StaffingError } from './errors.ts';
import type { Load, QueueMetrics, ServiceLevelDefinition, ServiceThreshold } from './load.ts';
import { assertAgents, assertThreshold, type QueueModel, queueModel } from './queueModel.ts';
import { mixStates, rateNodes } from './rateMixture.ts';
import { steadyStateWithReturns } from './redial.ts';
import type { SteadyState } from './steadyState.ts';

/**
 * Long-run performance of a queue with `agents` agents at work: M/M/n+G with optional trunks, redials, reconnects,
 * chat concurrency and an uncertain call rate. Without patience: Erlang C; exponential patience: Erlang A.
 *
 * Limits: no calls is perfect service at 0 occupancy; no agents answers nobody (ASA Infinity); a load above capacity
 * that nobody leaves waits for ever (service level 0, ASA and queue length Infinity).
 *
 * @param load calls per interval; times in seconds
 * @param agents ≥ 0, real (whole for chat), after shrinkage
 * @param threshold answer-within time, and the short-abandon time (absent: the answer-within time)
 * @throws StaffingError (a RangeError) naming the field
 * @example
 * evaluateQueue({ calls: 100, intervalSeconds: 1800, ahtSeconds: 180 }, 14, { answerWithinSeconds: 20 })
 *   .serviceLevel.offered // => 0.8883500191794669
 */
export function evaluateQueue(load: Load, agents: number, threshold: ServiceThreshold): QueueMetrics {
  const model = queueModel(load);
  assertAgents(model, agents);
  assertThreshold(threshold, 'threshold');
  return queueMetrics(model, agents, threshold);
}

/** `evaluateQueue` for a load that has been validated. */
export function queueMetrics(model: QueueModel, agents: number, threshold: ServiceThreshold): QueueMetrics {
  return metricsOf(queueState(model, agents), model.ahtSeconds, agents, threshold);
}

/** A state as metrics. */
export function metricsOf(
  state: SteadyState,
  ahtSeconds: number,
  agents: number,
  threshold: ServiceThreshold,
): QueueMetrics {
  return {
    agents,
    offeredLoadErlangs: state.arrivalRate * ahtSeconds,
    waitProbability: state.wait,
    abandonProbability: state.abandon,
    blockProbability: state.block,
    occupancy: state.occupancy,
    asaSeconds: answerSpeed(state),
    meanWaitSeconds: state.block < 1 ? state.waitSeconds / (1 - state.block) : state.waitSeconds,
    meanQueueLength:
      state.queueLength ?? (state.arrivalRate === 0 ? 0 : state.arrivalRate * state.waitSeconds),
    serviceLevel: serviceLevels(state, threshold),
    waitExceeds: seconds => (isPast(seconds) ? 1 - state.block : state.waitExceeds(seconds)),
    virtualWaitExceeds: seconds => (isPast(seconds) ? 1 - state.block : state.virtualExceeds(seconds)),
  };
}

/** Whether a time lies before the call came. */
function isPast(seconds: number): boolean {
  if (Number.isNaN(seconds)) throw new StaffingError('seconds', 'must be a number; found NaN');
  return seconds < 0;
}

/** The steady state of a validated load: one state, or a mixture when the rate is uncertain. */
export function queueState(model: QueueModel, agents: number): SteadyState {
  const rate = model.calls / model.intervalSeconds;
  if (model.rateCv === 0 || rate === 0) return steadyStateWithReturns(model, rate, agents);
  const { chat } = model;
  const concurrent = chat === null ? 1 : chat.maxConcurrent;
  const handleSeconds = chat === null ? model.ahtSeconds : (chat.handleSecondsByLoad[concurrent - 1] ?? 1);
  const capacity = (agents * concurrent) / handleSeconds;
  const spread = Math.sqrt(Math.max(1, agents * concurrent)) / handleSeconds;
  const kink = capacity * (1 - model.reconnectProbability);
  const nodes = rateNodes(rate, model.rateCv, kink, spread, model.law === null ? 6 : 1);
  return mixStates(
    nodes,
    nodes.map(node => steadyStateWithReturns(model, node.rate, agents)),
    rate,
  );
}

/** Mean wait of the answered calls; Infinity when none is. */
export function answerSpeed(state: SteadyState): number {
  if (state.servedWaitSeconds === Infinity || state.served === 0) return Infinity;
  return state.servedWaitSeconds / state.served;
}

/** One service level, by its definition. */
export function serviceLevelOf(
  state: SteadyState,
  definition: ServiceLevelDefinition,
  threshold: ServiceThreshold,
): number {
  const within = threshold.answerWithinSeconds;
  if (definition === 'virtual') return state.virtualWithin(within);
  if (definition === 'waitOnly') return leftQueueWithin(state, within, state.virtualWithin(within));
  const answered = state.servedWithin(within);
  if (definition === 'offered') return answered;
  return definition === 'answered' ? ofAnswered(state, answered) : ofCounted(state, answered, threshold);
}

function serviceLevels(state: SteadyState, threshold: ServiceThreshold): QueueMetrics['serviceLevel'] {
  const within = threshold.answerWithinSeconds;
  const offered = state.servedWithin(within);
  const virtual = state.virtualWithin(within);
  return {
    offered,
    excludeShortAbandons: ofCounted(state, offered, threshold),
    answered: ofAnswered(state, offered),
    waitOnly: leftQueueWithin(state, within, virtual),
    virtual,
  };
}

function ofAnswered(state: SteadyState, answered: number): number {
  return state.served === 0 ? 0 : Math.min(1, answered / state.served);
}

/** Offered less short abandons: what was answered by then, is still in the queue, or was blocked. Nothing cancels. */
function ofCounted(state: SteadyState, answered: number, threshold: ServiceThreshold): number {
  const within = threshold.answerWithinSeconds;
  const short = threshold.shortAbandonSeconds ?? within;
  const early = short === within ? answered : state.servedWithin(short);
  const counted = early + state.waitExceeds(short) + state.block;
  return counted === 0 ? 0 : Math.min(1, answered / counted);
}

/** P(W ≤ t): answered or abandoned by then; V ≤ t, or V beyond t and patience over. */
function leftQueueWithin(state: SteadyState, t: number, virtual: number): number {
  return Math.min(1, virtual + Math.max(0, state.virtualExceeds(t) - state.waitExceeds(t)));
}
