import { assertPositive, assertWhole, StaffingError } from './errors.ts';

/** One piece of deferred work, or a batch of equal ones, on an interval grid. */
export interface DeferredItem {
  readonly id: string;
  /** Interval in which it arrives; it may be worked on from this interval on. */
  readonly arrival: number;
  /** Last interval in which it may still be worked on, ≥ arrival. */
  readonly due: number;
  /** Handling time in seconds of one agent. */
  readonly workSeconds: number;
}

/** Work on an item in an interval. */
export interface DeferredStep {
  readonly interval: number;
  readonly id: string;
  readonly seconds: number;
}

/** An item that does not get done in time. */
export interface ItemAtRisk {
  readonly id: string;
  readonly due: number;
  /** Work left undone at the deadline. */
  readonly lateSeconds: number;
  /** Interval in which it is done after all; null: not within the horizon. */
  readonly doneAt: number | null;
}

/** Whether deadlines can be met, and what to do when. */
export interface DeferredPlan {
  readonly feasible: boolean;
  readonly steps: readonly DeferredStep[];
  readonly atRisk: readonly ItemAtRisk[];
  /** Seconds of capacity used in each interval. */
  readonly usedSeconds: Float64Array;
  /** Items open (arrived, not done) at the end of each interval. */
  readonly openItems: Int32Array;
}

/** Slack for sums of seconds. */
const EPSILON = 1e-6;

/**
 * Works items off earliest deadline first (ties: earlier arrival, then the order given). Work can be split over
 * intervals and agents. Earliest deadline first is feasible whenever anything is (Horn 1974), so `feasible` is exact;
 * late items are still worked on after their deadline, behind everything that can be on time.
 *
 * @param capacitySeconds agent-seconds free for this work in each interval, ≥ 0
 * @throws StaffingError naming the item and field
 */
export function planDeferred(
  items: readonly DeferredItem[],
  capacitySeconds: ArrayLike<number>,
): DeferredPlan {
  const count = capacitySeconds.length;
  assertItems(items, count);
  const order = edfOrder(items);
  const left = Float64Array.from(items, item => item.workSeconds);
  const lateSeconds = new Float64Array(items.length);
  const doneAt = new Int32Array(items.length).fill(-1);
  const steps: DeferredStep[] = [];
  const usedSeconds = new Float64Array(count);
  const openItems = new Int32Array(count);
  const waiting: number[] = [];
  const late: number[] = [];
  const record = (t: number, item: number, seconds: number): void => {
    steps.push({ interval: t, id: items[item]!.id, seconds });
    usedSeconds[t]! += seconds;
    if (left[item]! <= EPSILON) doneAt[item] = t;
  };
  let next = 0;
  const byArrival = items.map((_, i) => i).sort((i, j) => items[i]!.arrival - items[j]!.arrival || i - j);
  for (let t = 0; t < count; t++) {
    for (; next < byArrival.length && items[byArrival[next]!]!.arrival === t; next++) {
      insertByRank(waiting, byArrival[next]!, order);
    }
    const free = capacity(capacitySeconds, t);
    const onWaiting = workOff(waiting, left, free, (item, seconds) => record(t, item, seconds));
    workOff(late, left, free - onWaiting, (item, seconds) => record(t, item, seconds));
    while (waiting.length > 0 && items[waiting[0]!]!.due <= t) {
      const item = waiting.shift()!;
      lateSeconds[item] = left[item]!;
      late.push(item);
    }
    openItems[t] = waiting.length + late.length;
  }
  const atRisk = items.flatMap(({ id, due }, i) => {
    const done = doneAt[i]! < 0 ? null : doneAt[i]!;
    return lateSeconds[i]! > EPSILON ? [{ id, due, lateSeconds: lateSeconds[i]!, doneAt: done }] : [];
  });
  return { feasible: atRisk.length === 0, steps, atRisk, usedSeconds, openItems };
}

/** Works a queue off in its order; finished items leave it. Returns the seconds used of those free. */
function workOff(
  queue: number[],
  left: Float64Array,
  free: number,
  record: (item: number, seconds: number) => void,
): number {
  let used = 0;
  while (queue.length > 0 && used < free) {
    const item = queue[0]!;
    const seconds = Math.min(free - used, left[item]!);
    used += seconds;
    left[item]! -= seconds;
    if (seconds > 0) record(item, seconds);
    if (left[item]! > EPSILON) break;
    queue.shift();
  }
  return used;
}

/** Rank of every item: by deadline, then arrival, then place in the list. */
function edfOrder(items: readonly DeferredItem[]): Int32Array {
  const sorted = items
    .map((_, i) => i)
    .sort((i, j) => items[i]!.due - items[j]!.due || items[i]!.arrival - items[j]!.arrival || i - j);
  const rank = new Int32Array(items.length);
  sorted.forEach((item, place) => {
    rank[item] = place;
  });
  return rank;
}

/** Puts an item in its place in a queue sorted by rank. */
export function insertByRank(queue: number[], item: number, rank: Int32Array): void {
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rank[queue[middle]!]! < rank[item]!) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, item);
}

function capacity(capacitySeconds: ArrayLike<number>, t: number): number {
  const seconds = capacitySeconds[t] ?? 0;
  if (!(seconds >= 0 && seconds < Infinity)) {
    throw new StaffingError(
      `capacitySeconds[${t}]`,
      `must be a finite number of at least 0; found ${seconds}`,
    );
  }
  return seconds;
}

/** @throws StaffingError naming the item and field */
export function assertItems(items: readonly DeferredItem[], count: number): void {
  items.forEach((item, i) => {
    assertWhole(`items[${i}].arrival`, item.arrival);
    assertWhole(`items[${i}].due`, item.due, item.arrival);
    assertPositive(`items[${i}].workSeconds`, item.workSeconds);
    if (item.due >= count)
      throw new StaffingError(`items[${i}].due`, `must lie within the ${count} intervals`);
  });
}

/**
 * Agent-seconds that agents planned for calls leave free for deferred work: agents × (1 − occupancy) × interval,
 * times the usable share of such gaps.
 *
 * @param usableShare share of free time that can be worked in, 0.7 to 0.9 where gaps are short
 */
export function spareSeconds(
  agents: ArrayLike<number>,
  occupancy: ArrayLike<number>,
  intervalSeconds: number,
  usableShare: number,
): Float64Array {
  assertPositive('intervalSeconds', intervalSeconds);
  if (!(usableShare >= 0 && usableShare <= 1)) {
    throw new StaffingError('usableShare', `must be from 0 to 1; found ${usableShare}`);
  }
  if (agents.length !== occupancy.length) {
    throw new StaffingError('occupancy', 'must have one entry per entry of agents');
  }
  return Float64Array.from(
    agents,
    (n, i) => n * Math.max(0, 1 - (occupancy[i] ?? 0)) * intervalSeconds * usableShare,
  );
}

/**
 * Tightens deadlines so that never more than `mostOpen` items are open: in the order of deadlines, item k must be
 * done before item k + mostOpen arrives. Exact for items that fall due in the order in which they arrive; otherwise
 * on the safe side.
 *
 * @throws StaffingError if more than `mostOpen` items arrive within one interval
 */
export function limitOpenItems(items: readonly DeferredItem[], mostOpen: number): DeferredItem[] {
  assertWhole('mostOpen', mostOpen, 1);
  const arrivals = items.map(item => item.arrival).sort((x, y) => x - y);
  const rank = edfOrder(items);
  return items.map((item, i) => {
    const pusher = arrivals[rank[i]! + mostOpen];
    if (pusher === undefined || pusher > item.due) return item;
    if (pusher <= item.arrival) {
      throw new StaffingError(
        'mostOpen',
        `cannot be kept: more than ${mostOpen} items are open when "${item.id}" arrives`,
      );
    }
    return { ...item, due: pusher - 1 };
  });
}
