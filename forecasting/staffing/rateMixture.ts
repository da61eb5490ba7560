import { poissonDeviance } from './numeric/gamma.ts';
import { GAUSS_16 } from './numeric/quadrature.ts';
import type { SteadyState } from './steadyState.ts';

const NEGLIGIBLE_DROP = 42;

/** One rate of a mixture. Weights add to 1 and are by call: the density of the rate times the rate. */
export interface RateNode {
  readonly rate: number;
  readonly weight: number;
}

/**
 * Nodes for the average over a call drawn at random when the rate is gamma with `meanRate` and `cv`
 * (counts negative binomial). By call the rate is gamma with one more in shape: E[Λ g(Λ)]/E[Λ].
 *
 * @param kink a rate at which g bends or turns steeply: the capacity
 * @param spread width of that turn
 * @param finest panels shrink towards the kink down to spread / 2^finest
 */
export function rateNodes(
  meanRate: number,
  cv: number,
  kink: number,
  spread: number,
  finest: number,
): readonly RateNode[] {
  const shape = 1 / (cv * cv);
  const scale = meanRate / shape;
  const low = edge(shape, -1);
  const high = edge(shape, 1);
  const marks = [low, shape, high];
  for (let i = 1; i < 6; i++) {
    marks.push(low + ((shape - low) * i) / 6, shape + ((high - shape) * i) / 6);
  }
  for (let x = high / 4; shape < 30 && x > high * 1e-16; x /= 4) marks.push(x);
  for (let j = -4; j <= finest; j++) {
    const gap = (spread / scale) * 2 ** -j;
    marks.push(kink / scale - gap, kink / scale + gap);
  }
  marks.push(kink / scale);
  const edges = marks.filter(x => x >= low && x <= high).sort((left, right) => left - right);
  const nodes: { rate: number; weight: number }[] = [];
  let total = 0;
  for (let i = 1; i < edges.length; i++) {
    const half = 0.5 * (edges[i]! - edges[i - 1]!);
    if (half <= 0) continue;
    const centre = edges[i - 1]! + half;
    for (let k = 0; k < 16; k++) {
      const x = centre + half * GAUSS_16.nodes[k]!;
      const weight = half * GAUSS_16.weights[k]! * Math.exp(-poissonDeviance(shape, x));
      total += weight;
      nodes.push({ rate: x * scale, weight });
    }
  }
  return nodes.map(node => ({ rate: node.rate, weight: node.weight / total }));
}

/** Where the density x^k e^−x has fallen to e^−42 of its peak at k, below or above it. */
function edge(shape: number, side: 1 | -1): number {
  const negligible = (x: number): boolean => poissonDeviance(shape, x) > NEGLIGIBLE_DROP;
  let near = shape;
  let far = side > 0 ? shape + 10 * Math.sqrt(shape) + 100 : 0;
  for (let i = 0; i < 60; i++) {
    const middle = 0.5 * (near + far);
    if (negligible(middle)) far = middle;
    else near = middle;
  }
  return far;
}

/** The state of a call drawn at random from the mixture; occupancy is by time. */
export function mixStates(
  nodes: readonly RateNode[],
  states: readonly SteadyState[],
  meanRate: number,
): SteadyState {
  // A node's calls, returning ones included, per fresh call.
  const shares = nodes.map((node, i) => (node.weight * (states[i]?.arrivalRate ?? 0)) / node.rate);
  const attempts = shares.reduce((sum, share) => sum + share, 0);
  const byCall = (value: (state: SteadyState) => number): number => {
    let sum = 0;
    for (let i = 0; i < states.length; i++) {
      const share = shares[i]!;
      if (share > 0) sum += share * value(states[i]!);
    }
    return sum / attempts;
  };
  let busy = 0;
  states.forEach((state, i) => {
    busy += (nodes[i]!.weight * meanRate * state.occupancy) / nodes[i]!.rate;
  });
  return {
    arrivalRate: meanRate * attempts,
    wait: byCall(state => state.wait),
    abandon: byCall(state => state.abandon),
    block: byCall(state => state.block),
    served: byCall(state => state.served),
    waitSeconds: byCall(state => state.waitSeconds),
    servedWaitSeconds: byCall(state => state.servedWaitSeconds),
    occupancy: Math.min(1, busy),
    virtualExceeds: t => byCall(state => state.virtualExceeds(t)),
    waitExceeds: t => byCall(state => state.waitExceeds(t)),
    servedWithin: t => byCall(state => state.servedWithin(t)),
    virtualWithin: t => byCall(state => state.virtualWithin(t)),
  };
}
