import type { Goals } from '../staffing/load.ts';
import { levelWork } from './levelWork.ts';

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

/**
 * First come, first served, as a fluid: what a staff does within the promise when each interval's agents work through
 * what has arrived.
 *
 * @param factors on the contacts of each interval; absent: 1
 */
export function deferredFlow(
  demand: DeferredDemand,
  agents: readonly (number | null)[],
  promiseSeconds: number,
  factors?: ArrayLike<number>,
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
      if (left[head]! > 0) break;
      head += 1;
    }
  }
  return { contacts, inTime, busySeconds };
}
