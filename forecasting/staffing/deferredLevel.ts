import { assertItems, type DeferredItem, insertByRank } from './deferredWork.ts';
import { assertPositive, StaffingError } from './errors.ts';

/** What is already planned, and how much room there is. */
export interface LevelInput {
  /** Agents on calls in each interval. */
  readonly voiceAgents: readonly number[];
  readonly intervalSeconds: number;
  /** Most agents in all in each interval, 0 where closed; absent: no limit. */
  readonly mostAgents?: readonly number[];
  /** Working seconds of an agent per second on deferred work, 0 < share ≤ 1; absent: 1. */
  readonly usableShare?: number;
}

export type LevelResult =
  | {
      readonly kind: 'levelled';
      /** Agents on deferred work in each interval, real numbers. */
      readonly agents: Float64Array;
      /** Agents in all in the busiest interval that holds deferred work. */
      readonly peakAgents: number;
    }
  | {
      readonly kind: 'infeasible';
      /** Intervals (both inclusive) into which the items do not fit even with everybody allowed. */
      readonly from: number;
      readonly to: number;
      readonly missingSeconds: number;
      readonly items: readonly string[];
    };

/** A run of intervals, both ends inclusive, in the numbering of the intervals still open. */
interface Window {
  readonly from: number;
  readonly to: number;
}

const EPSILON = 1e-9;

/**
 * Puts deferred work into the troughs of the voice load: all deadlines are met and the agents in all (voice +
 * deferred) are as level as they can be: the highest interval is as low as possible, then the next highest, and so on.
 * The same plan minimises every convex cost of the agents in all.
 *
 * Exact: the critical-interval method of Yao, Demers and Shenker (1995) with a base load. The run of intervals whose
 * own work needs the highest level is found by raising the level to what each missed deadline demands until earliest
 * deadline first fits; it is fixed at that level, taken out, and the rest is solved in the same way.
 *
 * @throws StaffingError naming the field
 */
export function levelDeferred(items: readonly DeferredItem[], input: LevelInput): LevelResult {
  const count = input.voiceAgents.length;
  const share = input.usableShare ?? 1;
  assertItems(items, count);
  assertPositive('intervalSeconds', input.intervalSeconds);
  if (!(share > 0 && share <= 1))
    throw new StaffingError('usableShare', `must be above 0 and at most 1; found ${share}`);
  if (input.mostAgents !== undefined && input.mostAgents.length !== count) {
    throw new StaffingError('mostAgents', 'must have one entry per entry of voiceAgents');
  }
  const agentSeconds = input.intervalSeconds * share;
  const agents = new Float64Array(count);
  let open = input.voiceAgents.map((voice, index) => ({
    index,
    voice,
    most: input.mostAgents?.[index] ?? Infinity,
  }));
  let jobs = groupJobs(items, agentSeconds);
  let peakAgents = 0;
  while (jobs.length > 0) {
    const critical = criticalWindow(open, jobs);
    if (critical.level === Infinity) {
      return infeasible(items, open, critical.window, critical.missing * agentSeconds, input);
    }
    peakAgents = Math.max(peakAgents, critical.level);
    const { from, to } = critical.window;
    for (const slot of open.slice(from, to + 1)) agents[slot.index] = room(slot, critical.level);
    jobs = cutOut(jobs, critical.window);
    open = [...open.slice(0, from), ...open.slice(to + 1)];
  }
  return { kind: 'levelled', agents, peakAgents };
}

interface Slot {
  readonly index: number;
  readonly voice: number;
  readonly most: number;
}

/** Work of all items with the same arrival and deadline, in agent-intervals. */
interface Job {
  readonly arrival: number;
  readonly due: number;
  readonly work: number;
}

function groupJobs(items: readonly DeferredItem[], agentSeconds: number): Job[] {
  const groups = new Map<string, Job>();
  for (const item of items) {
    const key = `${item.arrival}/${item.due}`;
    const work = (groups.get(key)?.work ?? 0) + item.workSeconds / agentSeconds;
    groups.set(key, { arrival: item.arrival, due: item.due, work });
  }
  return [...groups.values()];
}

/** Agents that deferred work may use in a slot when the agents in all stand at `level`. */
function room(slot: Slot, level: number): number {
  return Math.max(0, Math.min(level, slot.most) - slot.voice);
}

interface Critical {
  readonly window: Window;
  /** Infinity: the window's work does not fit at all. */
  readonly level: number;
  readonly missing: number;
}

/** The run of slots whose own work needs the highest level. */
function criticalWindow(open: readonly Slot[], jobs: readonly Job[]): Critical {
  let level = Number.NEGATIVE_INFINITY;
  let window: Window | null = null;
  for (;;) {
    const missed = firstMiss(open, jobs, level);
    if (missed === null) {
      if (window === null) throw new RangeError('levelDeferred found no window: jobs without work');
      return { window, level, missing: 0 };
    }
    window = missed;
    const slots = open.slice(missed.from, missed.to + 1);
    const work = jobs.reduce(
      (sum, job) => sum + (job.arrival >= missed.from && job.due <= missed.to ? job.work : 0),
      0,
    );
    const next = fillLevel(slots, work);
    if (next.level === Infinity) return { window, ...next };
    // Rounding may find the level just reached a hair too low again.
    level = next.level > level ? next.level : level + EPSILON * Math.max(1, Math.abs(level));
  }
}

/** Level at which the slots hold `work`, or Infinity and what does not fit. */
function fillLevel(slots: readonly Slot[], work: number): { level: number; missing: number } {
  const bounds = [...new Set(slots.flatMap(slot => [slot.voice, Math.max(slot.voice, slot.most)]))]
    .filter(bound => bound < Infinity)
    .sort((x, y) => x - y);
  let held = 0;
  for (let i = 0; i < bounds.length; i++) {
    const from = bounds[i]!;
    const to = bounds[i + 1] ?? Infinity;
    const open = slots.filter(slot => slot.voice <= from && slot.most > from).length;
    if (open > 0 && held + open * (to - from) >= work)
      return { level: from + (work - held) / open, missing: 0 };
    if (to < Infinity) held += open * (to - from);
  }
  return work - held <= EPSILON * Math.max(1, work)
    ? { level: bounds[bounds.length - 1] ?? 0, missing: 0 }
    : { level: Infinity, missing: work - held };
}

/** Earliest deadline first at a level; the run of slots that holds too much work, or null if all is done in time. */
function firstMiss(open: readonly Slot[], jobs: readonly Job[], level: number): Window | null {
  const order = jobs.map((_, i) => i).sort((i, j) => jobs[i]!.arrival - jobs[j]!.arrival);
  const left = Float64Array.from(jobs, job => job.work);
  const dues = Int32Array.from(jobs, job => job.due);
  // Latest deadline worked on in each slot; Infinity where capacity was left over.
  const latest = new Float64Array(open.length);
  const waiting: number[] = [];
  let next = 0;
  for (let t = 0; t < open.length; t++) {
    for (; next < order.length && jobs[order[next]!]!.arrival <= t; next++) {
      insertByRank(waiting, order[next]!, dues);
    }
    let free = level === Number.NEGATIVE_INFINITY ? 0 : room(open[t]!, level);
    let last = Number.NEGATIVE_INFINITY;
    while (waiting.length > 0) {
      const job = waiting[0]!;
      const used = Math.min(free, left[job]!);
      free -= used;
      left[job]! -= used;
      if (used > 0) last = jobs[job]!.due;
      if (left[job]! > EPSILON * Math.max(1, jobs[job]!.work)) break;
      waiting.shift();
    }
    latest[t] = waiting.length === 0 ? Infinity : last;
    const due = waiting.length > 0 ? jobs[waiting[0]!]!.due : Infinity;
    if (due <= t) return { from: startOfRun(latest, t, due, jobs), to: t };
  }
  return null;
}

/** First slot of the run, ending at the miss, that only worked on what is due by then. */
function startOfRun(latest: Float64Array, miss: number, due: number, jobs: readonly Job[]): number {
  let from = miss;
  while (from > 0 && !(latest[from - 1]! > due)) from -= 1;
  // Nothing due by the miss arrives before its first such job.
  const first = jobs.reduce(
    (least, job) => (job.due <= due && job.arrival >= from ? Math.min(least, job.arrival) : least),
    Infinity,
  );
  return Math.min(miss, Math.max(from, first));
}

/** Jobs that the window does not hold, in the numbering of the slots without it. */
function cutOut(jobs: readonly Job[], window: Window): Job[] {
  const { from, to } = window;
  const width = to - from + 1;
  return jobs
    .filter(job => job.arrival < from || job.due > to)
    .map(job => ({
      work: job.work,
      arrival: job.arrival <= to ? Math.min(job.arrival, from) : job.arrival - width,
      due: job.due >= from ? Math.max(job.due - width, from - 1) : job.due,
    }));
}

function infeasible(
  items: readonly DeferredItem[],
  open: readonly Slot[],
  window: Window,
  missingSeconds: number,
  input: LevelInput,
): LevelResult {
  const from = open[window.from]?.index ?? 0;
  const to = open[window.to]?.index ?? input.voiceAgents.length - 1;
  const inside = items.filter(item => item.due >= from && item.arrival <= to && item.due <= to);
  return { kind: 'infeasible', from, to, missingSeconds, items: inside.map(item => item.id) };
}
