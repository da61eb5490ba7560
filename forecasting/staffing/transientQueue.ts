import { StaffingError } from './errors.ts';
import type { Load } from './load.ts';
import { logPoisson } from './numeric/gamma.ts';
import { type QueueModel, queueModel } from './queueModel.ts';
import { type SteadyState, steadyState } from './steadyState.ts';
import { moveThrough } from './transientChain.ts';
import { waitingFrom } from './waitingRoom.ts';

/** Most calls in the system that the exact solution follows. */
const MOST_CALLS = 20_000;
/** The chain is enlarged until its top state is this unlikely. */
const OUT_OF_REACH = 1e-10;

/** What happened to a queue in one interval, and how it leaves it. */
export interface TransientInterval {
  /** Probabilities of 0, 1, 2, … calls in the system at the end. */
  readonly end: Float64Array;
  /** Shares over the calls that arrive in the interval; the waits are with the interval's staff throughout. */
  readonly state: SteadyState;
  /** Mean calls waiting over the interval. */
  readonly meanQueueLength: number;
  readonly meanBusyAgents: number;
  /** Calls that gave up in the interval, whenever they came. */
  readonly abandoned: number;
  readonly queueAtEnd: number;
  readonly inSystemAtEnd: number;
}

/** Poisson probabilities of calls in hand: what endless staff would hold. */
function callsInHand(erlangs: number): Float64Array {
  if (erlangs === 0) return Float64Array.of(1);
  const top = Math.ceil(erlangs + 10 * Math.sqrt(erlangs) + 20);
  return Float64Array.from({ length: top + 1 }, (_, j) => Math.exp(logPoisson(j, erlangs)));
}

/** Calls in the system when the first interval starts. */
export function startOf(
  loads: readonly (Load | null)[],
  options: { readonly initialErlangs?: number },
): Float64Array {
  const first = loads[0] ?? null;
  const stationary = first === null ? 0 : (first.calls * first.ahtSeconds) / first.intervalSeconds;
  const erlangs = options.initialErlangs ?? stationary;
  if (!(erlangs >= 0 && erlangs < 1e4)) {
    throw new StaffingError('initialErlangs', `must be from 0 to 10 000; found ${erlangs}`);
  }
  return callsInHand(erlangs);
}

/** @throws StaffingError unless the load is one that the exact solution covers */
export function transientModel(load: Load, field: string): QueueModel {
  const model = queueModel(load);
  if (model.law !== null && model.law.exponentialRate === undefined) {
    throw new StaffingError(
      `${field}.patience`,
      'must be exponential or absent for the exact solution over time',
    );
  }
  if (
    model.chat !== null ||
    model.rateCv > 0 ||
    model.redialProbability > 0 ||
    model.reconnectProbability > 0
  ) {
    throw new StaffingError(
      field,
      'must have no chat, redials, reconnects or rateCv for the exact solution over time',
    );
  }
  return model;
}

/**
 * One interval of the M(t)/M/n(t) + M queue, exactly. A drop in staff sends calls back to the queue (preemptive rule).
 *
 * @param start probabilities of 0, 1, 2, … calls in the system
 * @param agents whole number ≥ 0
 */
export function advanceQueue(start: Float64Array, model: QueueModel, agents: number): TransientInterval {
  const arrivalRate = model.calls / model.intervalSeconds;
  const patienceRate = model.law?.exponentialRate ?? 0;
  const busyAt = (calls: number): number => Math.min(calls, agents);
  const stretch = {
    seconds: model.intervalSeconds,
    arrivalRate,
    leaveRate: (calls: number) => busyAt(calls) / model.ahtSeconds + (calls - busyAt(calls)) * patienceRate,
  };
  for (let top = reach(start, model, agents); ; top = Math.ceil(1.5 * top)) {
    const limit = Math.min(top, model.trunks);
    const moved = moveThrough(resized(start, limit), stretch);
    const unlikely = (moved.end[limit] ?? 0) < OUT_OF_REACH && (moved.mean[limit] ?? 0) < OUT_OF_REACH;
    if (limit === model.trunks || unlikely) return summary(moved.mean, moved.end, model, agents);
    if (top >= MOST_CALLS) {
      throw new StaffingError(
        'loads',
        `keep more than ${MOST_CALLS} calls in the system: too many for the exact solution`,
      );
    }
  }
}

/** A first guess of the most calls that can matter: start, stationary crowd and unserved calls, with a margin. */
function reach(start: Float64Array, model: QueueModel, agents: number): number {
  const load = (model.calls * model.ahtSeconds) / model.intervalSeconds;
  const unserved = Math.max(0, model.calls - (agents * model.intervalSeconds) / model.ahtSeconds);
  let last = start.length - 1;
  while (last > 0 && start[last]! < 1e-11) last -= 1;
  const patience = model.law?.meanSeconds ?? Infinity;
  const growth = Math.min(unserved, (model.calls / model.intervalSeconds) * patience);
  const settled = Math.min(agents, load) + growth;
  return Math.min(MOST_CALLS, Math.ceil(Math.max(last + 2, settled + 6.5 * Math.sqrt(settled + 1) + 8)));
}

function resized(start: Float64Array, top: number): Float64Array {
  const next = new Float64Array(top + 1);
  for (let j = 0; j < start.length; j++) next[Math.min(j, top)]! += start[j]!;
  return next;
}

function summary(
  mean: Float64Array,
  end: Float64Array,
  model: QueueModel,
  agents: number,
): TransientInterval {
  const patienceRate = model.law?.exponentialRate ?? 0;
  const last = mean.length - 1;
  const block = last === model.trunks ? mean[last]! : 0;
  const { queue, busy } = crowd(mean, agents);
  const atEnd = crowd(end, agents);
  const waits = arrivalWaits(mean.subarray(0, block > 0 ? last : last + 1), block, model, agents);
  return {
    end,
    state: { ...waits, occupancy: agents === 0 ? 1 : Math.min(1, busy / agents) },
    meanQueueLength: queue,
    meanBusyAgents: busy,
    abandoned: patienceRate * queue * model.intervalSeconds,
    queueAtEnd: atEnd.queue,
    inSystemAtEnd: atEnd.queue + atEnd.busy,
  };
}

/** What arrivals go through that find j calls with probability `found[j]` (they see the time average). */
function arrivalWaits(
  found: Float64Array,
  block: number,
  model: QueueModel,
  agents: number,
): Omit<SteadyState, 'occupancy'> {
  const arrivalRate = model.calls / model.intervalSeconds;
  if (agents === 0 || model.calls === 0) {
    const { wait, ...rest } = steadyState(model, arrivalRate, agents);
    return { ...rest, wait: model.calls === 0 ? wait : 1 - block, block };
  }
  const patienceRate = model.law?.exponentialRate ?? 0;
  const waiting = waitingFrom(
    found.subarray(Math.min(agents, found.length)),
    agents / model.ahtSeconds,
    patienceRate,
  );
  const free = Math.max(0, 1 - block - waiting.waiting);
  return {
    arrivalRate,
    wait: waiting.waiting,
    abandon: waiting.abandoned,
    block,
    served: Math.max(0, 1 - block - waiting.abandoned),
    waitSeconds: waiting.waitSum,
    servedWaitSeconds: waiting.servedWaitSum,
    virtualExceeds: waiting.virtualBeyond,
    waitExceeds: t => waiting.virtualBeyond(t) * Math.exp(-patienceRate * t),
    virtualWithin: t => Math.min(1, free + waiting.virtualWithin(t)),
    servedWithin: t => Math.min(1, free + waiting.servedWithin(t)),
  };
}

function crowd(probabilities: Float64Array, agents: number): { queue: number; busy: number } {
  let queue = 0;
  let busy = 0;
  for (let j = 0; j < probabilities.length; j++) {
    const serving = Math.min(j, agents);
    busy += probabilities[j]! * serving;
    queue += probabilities[j]! * (j - serving);
  }
  return { queue, busy };
}
