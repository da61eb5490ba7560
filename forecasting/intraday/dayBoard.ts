import { coverStateOf } from '../scheduling/coverage.ts';
import type { CoverState } from '../scheduling/coverState.ts';
import type { ShiftChange } from '../scheduling/edit.ts';
import type { ScheduleProblem } from '../scheduling/problem.ts';
import type { Assignment, Schedule } from '../scheduling/schedule.ts';
import { buildSite, type Site } from '../scheduling/site.ts';

type Column = readonly (number | null)[];

/** What one queue still expects of a day, by interval of that day; null = closed or not known. */
export interface DayQueue {
  readonly queueId: string;
  /** Contacts as re-forecast. */
  readonly offered: Column;
  /** Agents at work that the goals need for them. */
  readonly needed: Column;
  /** Of the agents on duty, the share that is counted on at work, 0–1. */
  readonly presentShare: readonly number[];
  readonly serviceLevelOf: (index: number, agents: number) => number;
}

/** A day that has begun. Its intervals are as long as those of the schedule. */
export interface RunningDay {
  readonly start: number;
  readonly stepSeconds: number;
  readonly count: number;
  readonly now: number;
  readonly queues: readonly DayQueue[];
}

/** What the rest of the day looks like. */
export interface Outlook {
  /** Call-weighted over all queues; null when nothing more is expected. */
  readonly serviceLevel: number | null;
  /** Missing agents, added up over intervals. */
  readonly shortfall: number;
}

/**
 * The rest of a day under a schedule and under changes of it. Agents of several skills are shared out by what is needed
 * now, not by what was planned.
 */
export class DayBoard {
  readonly day: RunningDay;
  readonly #site: Site;
  /** Shifts that touch the day, by id. */
  readonly #shifts: ReadonlyMap<string, Assignment>;
  readonly #planned: CoverState;
  readonly #offset: number;
  readonly #levels = new Map<string, number>();

  /** @throws RangeError when the day does not lie on the schedule's grid. */
  constructor(problem: ScheduleProblem, schedule: Schedule, day: RunningDay) {
    const { grid } = problem;
    this.#offset = (day.start - grid.start) / grid.stepSeconds;
    if (day.stepSeconds !== grid.stepSeconds || !Number.isInteger(this.#offset)) {
      throw new RangeError('day.start and day.stepSeconds must lie on the grid of the schedule');
    }
    this.day = day;
    this.#site = buildSite(neededNow(problem, day, this.#offset), [schedule]);
    const end = day.start + day.count * day.stepSeconds;
    const touching = schedule.assignments.filter(shift => shift.end > day.start && shift.start < end);
    this.#shifts = new Map(touching.map(shift => [shift.id, shift]));
    this.#planned = this.#stateOf(this.#shifts);
  }

  /** The first interval that has not begun. */
  get firstIndex(): number {
    const { now, start, stepSeconds, count } = this.day;
    return Math.max(0, Math.min(count, Math.ceil((now - start) / stepSeconds)));
  }

  /** Agents at work less agents needed; null where nothing is needed. */
  gap(queue: DayQueue, index: number): number | null {
    return this.#gap(this.#planned, queue, index);
  }

  /** The rest of the day, with shifts changed when some are given. */
  outlook(changes: readonly ShiftChange[] = []): Outlook {
    if (changes.length === 0) return this.#read(this.#planned);
    const shifts = new Map(this.#shifts);
    for (const { before, after } of changes) {
      if (before) shifts.delete(before.id);
      if (after) shifts.set(after.id, after);
    }
    return this.#read(this.#stateOf(shifts));
  }

  /** Always in the same order: agents of several skills can often be shared out in more than one best way. */
  #stateOf(shifts: ReadonlyMap<string, Assignment>): CoverState {
    const assignments = [...shifts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    return coverStateOf(this.#site, { assignments });
  }

  #read(state: CoverState): Outlook {
    let [calls, met, shortfall] = [0, 0, 0];
    for (const queue of this.day.queues) {
      for (let i = this.firstIndex; i < this.day.count; i++) {
        const gap = this.#gap(state, queue, i);
        if (gap !== null) shortfall += Math.max(0, -gap);
        const offered = queue.offered[i] ?? 0;
        if (offered <= 0) continue;
        calls += offered;
        met += offered * this.#level(queue, i, this.#atWork(state, queue, i));
      }
    }
    return { serviceLevel: calls > 0 ? met / calls : null, shortfall };
  }

  #gap(state: CoverState, queue: DayQueue, index: number): number | null {
    const needed = queue.needed[index];
    return needed == null ? null : this.#atWork(state, queue, index) - needed;
  }

  #level(queue: DayQueue, index: number, agents: number): number {
    const key = `${queue.queueId} ${index} ${agents.toFixed(4)}`;
    const level = this.#levels.get(key) ?? queue.serviceLevelOf(index, agents);
    this.#levels.set(key, level);
    return level;
  }

  #atWork(state: CoverState, queue: DayQueue, index: number): number {
    const q = this.#site.problem.queues.findIndex(one => one.id === queue.queueId);
    if (q < 0) return 0;
    const { slotCount, slotsPerInterval } = this.#site.cover;
    const first = q * slotCount + (this.#offset + index) * slotsPerInterval;
    let serving = 0;
    for (let s = 0; s < slotsPerInterval; s++) serving += state.serving[first + s] ?? 0;
    return (serving / slotsPerInterval) * (queue.presentShare[index] ?? 1);
  }
}

/** The problem with what the day needs now in place of what was planned for it. */
function neededNow(problem: ScheduleProblem, day: RunningDay, offset: number): ScheduleProblem {
  const queues = problem.queues.map(({ costTable: _, ...queue }) => {
    const today = day.queues.find(one => one.queueId === queue.id);
    const required = queue.required.map((planned, i) => {
      const needed = today?.needed[i - offset];
      const share = today?.presentShare[i - offset] ?? 1;
      return needed == null || share <= 0 ? planned : needed / share;
    });
    return { ...queue, required };
  });
  return { ...problem, queues };
}
