import { levelWork } from './levelWork.ts';
import type { Goals } from './load.ts';

/** Deferred contacts by interval; null where nobody is there to do them. */
export interface DeferredDemand {
  readonly stepSeconds: number;
  readonly offered: readonly (number | null)[];
  readonly ahtSeconds: readonly (number | null)[];
}

/** What a staff does of it. */
export interface DeferredFlow {
  readonly contacts: number;
  /** Contacts done within the promise; what is left at the end counts as late. */
  readonly inTime: number;
  readonly busySeconds: number;
}

/** Promise of a queue that has none: within a day. */
export const USUAL_PROMISE_SECONDS = 86_400;
/** Share of agents' time that work may fill where no goal says: what comes in bunches needs room. */
export const USUAL_FILL = 0.9;

/** The time within which a deferred contact is to be done. */
export function promiseOf(goal: Goals): number {
  return goal.serviceLevel?.answerWithinSeconds ?? USUAL_PROMISE_SECONDS;
}

/**
 * Agents per interval, in real numbers, that do every contact within the promise, as level as can be
 * (`levelWork`): they are filled to the goal's occupancy, and are never fewer than its minimum. Work whose time runs
 * out while the queue is closed is done before it closes; nothing is left at the end, nothing brought along at the
 * beginning.
 */
export function deferredNeed(demand: DeferredDemand, goal: Goals): readonly (number | null)[] {
  const { offered, ahtSeconds, stepSeconds } = demand;
  const isOpen = (i: number) => offered[i] != null && (ahtSeconds[i] ?? 0) > 0;
  const agents = offered.map((_, i) => (isOpen(i) ? (goal.minAgents ?? 0) : null));
  const open = [...agents.keys()].filter(isOpen);
  const place = new Map(open.map((i, k) => [i, k]));
  const last = lastOpenByDeadline(demand, promiseOf(goal), isOpen);
  const arrived = new Float64Array(open.length);
  const due = new Float64Array(open.length);
  for (const [k, i] of open.entries()) {
    const work = (offered[i] ?? 0) * (ahtSeconds[i] ?? 0);
    arrived[k]! += work;
    due[place.get(last[i] ?? i) ?? k]! += work;
  }
  const level = levelWork(cumulated(arrived), cumulated(due));
  const agentSeconds = stepSeconds * (goal.maxOccupancy ?? USUAL_FILL);
  for (const [k, i] of open.entries()) agents[i] = Math.max(agents[i] ?? 0, level[k]! / agentSeconds);
  return agents;
}

function cumulated(values: Float64Array): Float64Array {
  let sum = 0;
  return values.map(value => {
    sum += value;
    return sum;
  });
}

/** Per interval the last open one in which what arrives in it may still be done; null where closed. */
function lastOpenByDeadline(
  { offered, stepSeconds }: DeferredDemand,
  promiseSeconds: number,
  isOpen: (i: number) => boolean,
): readonly (number | null)[] {
  const reach = intervalsWithin(promiseSeconds, stepSeconds);
  let open = -1;
  const openBefore = offered.map((_, i) => {
    if (isOpen(i)) open = i;
    return open;
  });
  return offered.map((_, i) =>
    isOpen(i) ? Math.max(i, openBefore[Math.min(offered.length - 1, i + reach)] ?? i) : null,
  );
}

/** Whole intervals after its own in which a contact is still in time. */
function intervalsWithin(promiseSeconds: number, stepSeconds: number): number {
  return Math.max(0, Math.floor(promiseSeconds / stepSeconds + 1e-9) - 1);
}

/** What a staff does of each interval's contacts, and how busy it is; null where nothing came or nobody is there. */
export interface DeferredColumns {
  /** Share of the contacts that came in the interval done within the promise. */
  readonly inTime: readonly (number | null)[];
  /** From the start of the interval to the end of the one in which its last contact is done; null where some are left. */
  readonly latestFinishSeconds: readonly (number | null)[];
  readonly occupancy: readonly (number | null)[];
}

/** `deferredFlow`, interval by interval. */
export function deferredColumns(
  demand: DeferredDemand,
  agents: readonly (number | null)[],
  promiseSeconds: number,
): DeferredColumns {
  const { offered, ahtSeconds, stepSeconds } = demand;
  const reach = intervalsWithin(promiseSeconds, stepSeconds);
  const done = new Float64Array(offered.length);
  const inTime = new Float64Array(offered.length);
  const busySeconds = new Float64Array(offered.length);
  const last = new Int32Array(offered.length);
  deferredFlow(demand, agents, promiseSeconds, undefined, (arrived, at, contacts) => {
    done[arrived]! += contacts;
    if (at <= arrived + reach) inTime[arrived]! += contacts;
    busySeconds[at]! += contacts * (ahtSeconds[arrived] ?? 0);
    last[arrived] = at;
  });
  const whereSome = (read: (i: number, contacts: number) => number | null) =>
    offered.map((value, i) =>
      value !== null && value > 0 && (ahtSeconds[i] ?? 0) > 0 ? read(i, value) : null,
    );
  return {
    inTime: whereSome((i, contacts) => Math.min(1, inTime[i]! / contacts)),
    latestFinishSeconds: whereSome((i, contacts) =>
      done[i]! >= contacts * (1 - 1e-6) ? (last[i]! + 1 - i) * stepSeconds : null,
    ),
    occupancy: agents.map((count, i) =>
      count !== null && count > 0 ? Math.min(1, busySeconds[i]! / (count * stepSeconds)) : null,
    ),
  };
}

/**
 * First come, first served, as a fluid: what a staff does within the promise when each interval's agents work through
 * what has arrived.
 *
 * @param factors on the contacts of each interval; absent: 1
 * @param onDone told of every part of the work: contacts of interval `arrived` done in interval `at`
 */
export function deferredFlow(
  demand: DeferredDemand,
  agents: readonly (number | null)[],
  promiseSeconds: number,
  factors?: ArrayLike<number>,
  onDone?: (arrived: number, at: number, contacts: number) => void,
): DeferredFlow {
  const { offered, ahtSeconds, stepSeconds } = demand;
  const reach = intervalsWithin(promiseSeconds, stepSeconds);
  const left = new Float64Array(offered.length);
  let contacts = 0;
  let inTime = 0;
  let busySeconds = 0;
  let head = 0;
  for (let t = 0; t < offered.length; t++) {
    if ((ahtSeconds[t] ?? 0) > 0) left[t] = (offered[t] ?? 0) * (factors?.[t] ?? 1);
    contacts += left[t]!;
    let free = (agents[t] ?? 0) * stepSeconds;
    while (head <= t && (free > 0 || left[head] === 0)) {
      const aht = ahtSeconds[head] ?? 0;
      const work = left[head]! * aht;
      // A hair of rounding must not make an interval's last contact late.
      const done = work <= free * (1 + 1e-9) ? left[head]! : free / aht;
      left[head]! -= done;
      free = Math.max(0, free - done * aht);
      busySeconds += done * aht;
      if (t <= head + reach) inTime += done;
      if (done > 0) onDone?.(head, t, done);
      if (left[head]! > 0) break;
      head += 1;
    }
  }
  return { contacts, inTime, busySeconds };
}
