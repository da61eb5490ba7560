import type { QueueRequirement, ScheduleWeights } from './problem.ts';

/**
 * Cost per hour of having `agents` on duty where `required` are wanted: the tiers of under-staffing, or the
 * flat price of over-staffing. Convex and piecewise linear in `agents`; 0 at the requirement.
 */
export function coverCostPerHour(agents: number, required: number, weights: ScheduleWeights): number {
  if (agents >= required) return (agents - required) * weights.overCostPerHour;
  let missing = required - agents;
  let cost = 0;
  let previous = 0;
  for (const tier of weights.underTiers) {
    const width = Math.min(missing, (tier.upToShare - previous) * required);
    if (width <= 0) continue;
    cost += width * tier.costPerHour;
    missing -= width;
    previous = tier.upToShare;
  }
  const last = weights.underTiers.at(-1);
  return cost + Math.max(0, missing) * (last?.costPerHour ?? 0);
}

/**
 * Lower convex envelope of the points (0, values[0]), (1, values[1]), … evaluated at each whole number.
 * Costs taken from a service-level curve are not convex where a queue is overloaded; the envelope makes the
 * optimiser's marginal steps sound. Andrew's monotone chain.
 */
export function lowerConvexEnvelope(values: readonly number[]): number[] {
  const hull: number[] = [];
  for (let n = 0; n < values.length; n++) {
    while (hull.length >= 2) {
      const a = hull[hull.length - 2]!;
      const b = hull[hull.length - 1]!;
      const slopeBefore = (values[b]! - values[a]!) / (b - a);
      const slopeAfter = (values[n]! - values[b]!) / (n - b);
      if (slopeAfter > slopeBefore) break;
      hull.pop();
    }
    hull.push(n);
  }
  const envelope: number[] = new Array(values.length).fill(0);
  for (let k = 0; k + 1 < hull.length; k++) {
    const a = hull[k]!;
    const b = hull[k + 1]!;
    for (let n = a; n <= b; n++) {
      envelope[n] = values[a]! + ((values[b]! - values[a]!) * (n - a)) / (b - a);
    }
  }
  if (hull.length === 1) envelope[hull[0]!] = values[hull[0]!]!;
  return envelope;
}

/** Expected outcome of one interval at a number of agents, as staffing computes it. */
export interface IntervalOutcome {
  readonly abandonedCalls: number;
  /** Calls answered after the threshold. */
  readonly lateCalls: number;
}

/**
 * Cost table of one interval from the service-level curve: value of a lost call × expected abandoned calls plus
 * value of a late call × expected late calls plus the price of an idle agent above the requirement, as its lower
 * convex envelope over n = 0 … `maxAgents`.
 */
export function costFromServiceLevel(
  outcomeAt: (agents: number) => IntervalOutcome,
  maxAgents: number,
  value: { readonly lostCall: number; readonly lateCall: number; readonly agentPerInterval: number },
): number[] {
  const cost: number[] = [];
  for (let n = 0; n <= maxAgents; n++) {
    const { abandonedCalls, lateCalls } = outcomeAt(n);
    cost.push(abandonedCalls * value.lostCall + lateCalls * value.lateCall + n * value.agentPerInterval);
  }
  return lowerConvexEnvelope(cost);
}

/** Cost of one grid interval for n = 0 … `most`, in currency. */
export function intervalCostTable(
  queue: QueueRequirement,
  interval: number,
  intervalHours: number,
  most: number,
  weights: ScheduleWeights,
): Float64Array {
  const table = new Float64Array(most + 1);
  const given = queue.costTable?.[interval];
  if (given && given.length > 0) {
    const envelope = lowerConvexEnvelope(given);
    const lastSlope = given.length > 1 ? envelope.at(-1)! - envelope.at(-2)! : 0;
    for (let n = 0; n <= most; n++) {
      const beyond = n - (envelope.length - 1);
      table[n] = beyond <= 0 ? envelope[n]! : envelope.at(-1)! + beyond * Math.max(0, lastSlope);
    }
    return table;
  }
  const required = queue.required[interval] ?? 0;
  for (let n = 0; n <= most; n++) table[n] = coverCostPerHour(n, required, weights) * intervalHours;
  return table;
}
