import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { erlangB, evaluateQueue, grossUp, type Load, requiredAgents } from '../../../forecasting/index.ts';

/** One published (or recalled, or suspect) value of `staffing-vectors.json`. */
export interface Vector {
  readonly model: string;
  readonly kind: string;
  readonly inputs: Readonly<Record<string, number>>;
  readonly outputs: Readonly<Record<string, number>>;
  readonly tolerance: number;
  readonly toleranceKind: 'absolute' | 'relative';
  readonly source: string;
  readonly reference: Readonly<Record<string, string>>;
  readonly agreesWithReference: boolean;
}

export const VECTORS_PATH = join(
  resolve(process.env.COVERLINE_SHARED ?? '../shared'),
  'vectors',
  'staffing-vectors.json',
);

/** The vectors, or null where the shared material is not at hand. */
export function readVectors(): readonly Vector[] | null {
  if (!existsSync(VECTORS_PATH)) return null;
  const file: { vectors: Vector[] } = JSON.parse(readFileSync(VECTORS_PATH, 'utf8'));
  return file.vectors;
}

/** Our value of an output of a vector; throws on an output it does not know. */
export function computed(vector: Vector, output: string): number {
  const { model, inputs } = vector;
  if (model === 'erlangB') {
    const { agents = 0, a = 0 } = inputs;
    if (output === 'blocking') return erlangB({ agents, offeredLoadErlangs: a });
    if (output === 'erlangC')
      return metrics({ calls: a, intervalSeconds: 1, ahtSeconds: 1 }, agents, 20).waitProbability;
  }
  if (model === 'requiredLinesB' && output === 'lines')
    return linesFor(inputs.a ?? 0, inputs.maxBlocking ?? 0);
  if (model === 'erlangBLoad' && output === 'a') return loadFor(inputs.agents ?? 0, inputs.maxBlocking ?? 0);
  if (model === 'requiredAgentsC') return requirement(inputs, output);
  return queueOutput(inputs, output);
}

function metrics(load: Load, agents: number, answerWithinSeconds: number) {
  return evaluateQueue(load, agents, { answerWithinSeconds });
}

function loadOf(inputs: Vector['inputs']): Load {
  const { calls = 0, intervalSec = 0, ahtSec = 0, patienceSec, trunks } = inputs;
  return {
    calls,
    intervalSeconds: intervalSec,
    ahtSeconds: ahtSec,
    ...(patienceSec === undefined
      ? {}
      : { patience: { kind: 'exponential', meanSeconds: patienceSec } as const }),
    ...(trunks === undefined ? {} : { trunks }),
  };
}

function queueOutput(inputs: Vector['inputs'], output: string): number {
  const found = metrics(loadOf(inputs), inputs.agents ?? 0, inputs.targetSec ?? 20);
  const values: Record<string, number> = {
    trafficErlangs: found.offeredLoadErlangs,
    pWait: found.waitProbability,
    pImmediate: 1 - found.waitProbability,
    pAbandon: found.abandonProbability,
    serviceLevel: found.serviceLevel.offered,
    slOffered: found.serviceLevel.offered,
    occupancy: found.occupancy,
    asaSec: found.asaSeconds,
    meanWaitSec: found.meanWaitSeconds,
    meanWaitAcceptedSec: found.meanWaitSeconds,
    meanQueue: found.meanQueueLength,
    meanInSystem: found.meanQueueLength + found.occupancy * found.agents,
  };
  const value = values[output];
  if (value === undefined) throw new Error(`unknown output ${output}`);
  return value;
}

function requirement(inputs: Vector['inputs'], output: string): number {
  const { serviceLevel = 0, targetSec = 0, maxOccupancy, shrinkage = 0 } = inputs;
  const { agents } = requiredAgents(loadOf(inputs), {
    serviceLevel: { target: serviceLevel, answerWithinSeconds: targetSec, definition: 'offered' },
    ...(maxOccupancy === undefined ? {} : { maxOccupancy }),
  });
  if (output === 'agents') return agents;
  if (output === 'agentsWithShrinkage') return grossUp(agents, shrinkage);
  throw new Error(`unknown output ${output}`);
}

function linesFor(load: number, maxBlocking: number): number {
  let lines = 0;
  while (erlangB({ agents: lines, offeredLoadErlangs: load }) > maxBlocking) lines++;
  return lines;
}

function loadFor(agents: number, maxBlocking: number): number {
  let [low, high] = [0, 10 * agents];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (erlangB({ agents, offeredLoadErlangs: middle }) > maxBlocking) high = middle;
    else low = middle;
  }
  return low;
}

/** Error of a value in the vector's own kind of tolerance. */
export function vectorError(vector: Vector, got: number, want: number): number {
  const gap = Math.abs(got - want);
  return vector.toleranceKind === 'absolute' ? gap : gap / Math.abs(want);
}
