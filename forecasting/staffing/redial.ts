import type { QueueModel } from './queueModel.ts';
import { type SteadyState, steadyState } from './steadyState.ts';

/** Total calls beyond which a redial loop counts as running away, as a multiple of the fresh calls. */
const RUNAWAY = 1e9;

/**
 * Steady state when abandoned and blocked calls redial and served calls reconnect (Erlang X): the total rate L solves
 * L = λ + r (P(Ab) + P(block)) L + q P(served) L. The right side grows more slowly than L, so the root is unique.
 *
 * With r = 1 an overload feeds itself: no root exists, and the limit L → ∞ is returned.
 *
 * @param freshRate λ, first attempts per second
 */
export function steadyStateWithReturns(model: QueueModel, freshRate: number, agents: number): SteadyState {
  const { redialProbability, reconnectProbability } = model;
  if (freshRate === 0 || (redialProbability === 0 && reconnectProbability === 0)) {
    return steadyState(model, freshRate, agents);
  }
  const excess = (state: SteadyState): number =>
    state.arrivalRate *
      (1 - redialProbability * (state.abandon + state.block) - reconnectProbability * state.served) -
    freshRate;
  let low = steadyState(model, freshRate, agents);
  let high = low;
  let rate = freshRate / (1 - Math.min(redialProbability, reconnectProbability));
  while (excess(high) < 0) {
    low = high;
    high = steadyState(model, rate, agents);
    rate *= 2;
    if (rate > RUNAWAY * freshRate) return flooded(model, agents);
  }
  return root(low, high, excess, total => steadyState(model, total, agents));
}

/** Regula falsi with halved ends (Illinois) between two states of opposite excess. */
function root(
  below: SteadyState,
  above: SteadyState,
  excess: (state: SteadyState) => number,
  at: (rate: number) => SteadyState,
): SteadyState {
  let [low, high] = [below, above];
  let [lowExcess, highExcess] = [excess(low), excess(high)];
  if (highExcess === 0) return high;
  let side = 0;
  for (let step = 0; step < 200; step++) {
    const rate = (low.arrivalRate * highExcess - high.arrivalRate * lowExcess) / (highExcess - lowExcess);
    const state = at(rate);
    const value = excess(state);
    if (value === 0 || high.arrivalRate - low.arrivalRate < 4e-16 * rate) return state;
    if (Math.abs(value) < 1e-15 * rate) return state;
    if (value > 0) {
      [high, highExcess] = [state, value];
      if (side === 1) lowExcess /= 2;
      side = 1;
    } else {
      [low, lowExcess] = [state, value];
      if (side === -1) highExcess /= 2;
      side = -1;
    }
  }
  return high;
}

function flooded(model: QueueModel, agents: number): SteadyState {
  const patience = model.law?.meanSeconds ?? Infinity;
  const blocks = model.trunks !== Infinity;
  return {
    arrivalRate: Infinity,
    wait: blocks ? 0 : 1,
    abandon: blocks ? 0 : 1,
    block: blocks ? 1 : 0,
    served: 0,
    queueLength: blocks ? Math.max(0, model.trunks - agents * (model.chat?.maxConcurrent ?? 1)) : Infinity,
    waitSeconds: blocks ? 0 : patience,
    servedWaitSeconds: 0,
    occupancy: 1,
    virtualExceeds: () => (blocks ? 0 : 1),
    waitExceeds: t => (blocks ? 0 : (model.law?.survival(t) ?? 1)),
    servedWithin: () => 0,
    virtualWithin: () => 0,
  };
}
