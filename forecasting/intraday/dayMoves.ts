import { localDateOf, localDay, wallClockSeconds, weekdayOf } from '../calendar/time.ts';
import { type EditOp, planEdit, type ShiftChange } from '../scheduling/edit.ts';
import type { ScheduleProblem, SchedulingAgent } from '../scheduling/problem.ts';
import type { Assignment, Schedule } from '../scheduling/schedule.ts';
import { DayBoard, type DayQueue, type Outlook, type RunningDay } from './dayBoard.ts';

/** What may be done about a day that has begun. */
export type DayMoveKind = 'moveBreak' | 'moveQueue' | 'extendShift' | 'callIn' | 'offerTimeOff';

/** One thing to do, the shifts that it changes and what it does to the rest of the day. */
export interface DayMove {
  readonly kind: DayMoveKind;
  readonly agentId: string;
  /** When it takes effect; of a moved break its old and its new start. */
  readonly from: number;
  readonly to: number;
  /** Of `moveQueue`: where to. */
  readonly queueId?: string;
  readonly changes: readonly ShiftChange[];
  readonly before: Outlook;
  readonly after: Outlook;
}

type Idea = Omit<DayMove, 'changes' | 'before' | 'after'> & { readonly op: EditOp; readonly worth: number };

const HOUR = 3600;
const BREAK_REACH_SECONDS = 2 * HOUR;
const OVERTIME_SECONDS = HOUR;
const CALL_IN_SECONDS = 4 * HOUR;
/** Notice that somebody at home needs. */
const NOTICE_SECONDS = HOUR;
/** Rest between shifts for somebody called in. */
const REST_SECONDS = 11 * HOUR;
const TIME_OFF_SECONDS = 2 * HOUR;
/** Of each kind, the most that are worked out, and the most that are offered. */
const IDEAS_PER_KIND = 8;
const MOVES_PER_KIND = 3;
/** A gain of less is noise; time off may cost as much. */
const LEAST_LEVEL = 0.0005;

/** What would help the rest of the day, most helpful first, and then who could go home without harm. */
export function dayMoves(problem: ScheduleProblem, schedule: Schedule, day: RunningDay): readonly DayMove[] {
  const board = new DayBoard(problem, schedule, day);
  const finder = new Finder(problem, schedule, board);
  const before = board.outlook();
  const byId = new Map(schedule.assignments.map(shift => [shift.id, shift]));
  const moves = finder.ideas().flatMap(({ op, worth: _, ...idea }): DayMove[] => {
    const planned = planEdit(problem, byId, op);
    if (planned.kind === 'refused') return [];
    const after = board.outlook(planned.changes);
    return [{ ...idea, changes: planned.changes, before, after }];
  });
  const kinds = [...new Set(moves.map(move => move.kind))];
  return kinds
    .flatMap(kind =>
      moves
        .filter(move => move.kind === kind && isWorthIt(move))
        .sort(byGain)
        .slice(0, MOVES_PER_KIND),
    )
    .sort((a, b) => Number(a.kind === 'offerTimeOff') - Number(b.kind === 'offerTimeOff') || byGain(a, b));
}

function gainOf({ before, after }: DayMove): number {
  return (after.serviceLevel ?? 0) - (before.serviceLevel ?? 0);
}

function byGain(a: DayMove, b: DayMove): number {
  return gainOf(b) - gainOf(a) || a.from - b.from || (a.agentId < b.agentId ? -1 : 1);
}

function isWorthIt(move: DayMove): boolean {
  if (move.kind !== 'offerTimeOff') return gainOf(move) >= LEAST_LEVEL;
  return gainOf(move) >= -LEAST_LEVEL && move.after.shortfall <= move.before.shortfall + 1e-9;
}

/** Looks for what is worth working out. */
class Finder {
  readonly #problem: ScheduleProblem;
  readonly #board: DayBoard;
  readonly #shifts: readonly Assignment[];
  readonly #all: readonly Assignment[];

  constructor(problem: ScheduleProblem, schedule: Schedule, board: DayBoard) {
    const { now, start, stepSeconds, count } = board.day;
    this.#problem = problem;
    this.#board = board;
    this.#all = schedule.assignments;
    this.#shifts = schedule.assignments.filter(
      shift => shift.end > now && shift.start < start + count * stepSeconds && !shift.locked,
    );
  }

  ideas(): readonly Idea[] {
    const best = (ideas: readonly Idea[]) =>
      [...ideas].sort((a, b) => b.worth - a.worth).slice(0, IDEAS_PER_KIND);
    return [
      ...best(this.#shifts.flatMap(shift => this.#breaks(shift))),
      ...best(this.#shifts.flatMap(shift => this.#otherQueue(shift))),
      ...best(this.#shifts.flatMap(shift => this.#overtime(shift))),
      ...best(this.#problem.agents.flatMap(agent => this.#callIn(agent))),
      ...best(this.#shifts.flatMap(shift => this.#timeOff(shift))),
    ];
  }

  #agent(id: string): SchedulingAgent | undefined {
    return this.#problem.agents.find(agent => agent.id === id);
  }

  #queuesOf(agentId: string): readonly DayQueue[] {
    const skills = new Set(this.#agent(agentId)?.skills.map(({ skill }) => skill));
    const own = this.#problem.queues
      .filter(queue => skills.has(queue.skill ?? queue.id))
      .map(queue => queue.id);
    return this.#board.day.queues.filter(queue => own.includes(queue.queueId));
  }

  /** Missing agents of some queues over a stretch, at most one an interval: what one agent could mend. */
  #missing(queues: readonly DayQueue[], from: number, to: number): number {
    return this.#overIntervals(from, to, i =>
      Math.min(1, Math.max(0, ...queues.map(queue => -(this.#board.gap(queue, i) ?? 0)))),
    );
  }

  /** Whether one agent less would leave enough in every interval of a stretch; beyond the day nobody knows. */
  #isSpare(queues: readonly DayQueue[], from: number, to: number): boolean {
    const { start, stepSeconds, count } = this.#board.day;
    if (queues.length === 0 || to > start + count * stepSeconds) return false;
    const short = this.#overIntervals(from, to, i =>
      queues.some(queue => (this.#board.gap(queue, i) ?? 0) >= 1) ? 0 : 1,
    );
    return short === 0;
  }

  #overIntervals(from: number, to: number, read: (index: number) => number): number {
    const { start, stepSeconds, count } = this.#board.day;
    const last = Math.min(count, Math.ceil((to - start) / stepSeconds));
    let sum = 0;
    for (let i = Math.max(0, Math.floor((from - start) / stepSeconds)); i < last; i++) sum += read(i);
    return sum;
  }

  #breaks(shift: Assignment): readonly Idea[] {
    const { now, stepSeconds } = this.#board.day;
    const queues = this.#queuesOf(shift.agentId);
    return shift.activities.flatMap((activity, index) => {
      if ((activity.kind !== 'break' && activity.kind !== 'lunch') || activity.start <= now) return [];
      const length = activity.end - activity.start;
      const saved = this.#missing(queues, activity.start, activity.end);
      if (saved === 0) return [];
      const starts = steps(
        activity.start - BREAK_REACH_SECONDS,
        activity.start + BREAK_REACH_SECONDS,
        stepSeconds,
      );
      const ideas = starts
        .filter(start => start > now && start !== activity.start && isWorking(shift, start, start + length))
        .map(
          (start): Idea => ({
            kind: 'moveBreak',
            agentId: shift.agentId,
            from: activity.start,
            to: start,
            worth: saved - this.#missing(queues, start, start + length),
            op: { kind: 'moveActivity', assignmentId: shift.id, index, start },
          }),
        )
        .sort((a, b) => b.worth - a.worth);
      return ideas.slice(0, 1).filter(idea => idea.worth > 0);
    });
  }

  #otherQueue(shift: Assignment): readonly Idea[] {
    const { now, stepSeconds } = this.#board.day;
    const queues = this.#queuesOf(shift.agentId);
    if (queues.length < 2) return [];
    const first = Math.max(shift.start, roundUp(now, stepSeconds));
    return steps(first, shift.end - HOUR, HOUR).flatMap(from =>
      queues.flatMap((queue): Idea[] => {
        const others = queues.filter(other => other !== queue);
        const worth = this.#missing([queue], from, from + HOUR) - this.#missing(others, from, from + HOUR);
        if (worth <= 0 || !isWorking(shift, from, from + HOUR)) return [];
        const activity = {
          kind: 'work',
          start: from,
          end: from + HOUR,
          paid: true,
          queueId: queue.queueId,
        } as const;
        const op = { kind: 'setActivity', assignmentId: shift.id, activity } as const;
        return [
          {
            kind: 'moveQueue',
            agentId: shift.agentId,
            from,
            to: from + HOUR,
            queueId: queue.queueId,
            worth,
            op,
          },
        ];
      }),
    );
  }

  #overtime(shift: Assignment): readonly Idea[] {
    const end = shift.end + OVERTIME_SECONDS;
    const worth = this.#missing(this.#queuesOf(shift.agentId), shift.end, end);
    const follows = this.#all.some(
      other =>
        other.agentId === shift.agentId && other.start >= shift.end && other.start < end + REST_SECONDS,
    );
    if (worth <= 0 || follows) return [];
    const op = { kind: 'resize', assignmentId: shift.id, end } as const;
    return [{ kind: 'extendShift', agentId: shift.agentId, from: shift.end, to: end, worth, op }];
  }

  #callIn(agent: SchedulingAgent): readonly Idea[] {
    const { now, start, stepSeconds, count } = this.#board.day;
    const end = start + count * stepSeconds;
    const queues = this.#queuesOf(agent.id);
    const ideas = steps(roundUp(now + NOTICE_SECONDS, HOUR), end - CALL_IN_SECONDS, HOUR)
      .filter(from => this.#isFree(agent, from, from + CALL_IN_SECONDS))
      .map((from): Idea => {
        const to = from + CALL_IN_SECONDS;
        const assignment: Assignment = {
          id: `called-in-${agent.id}-${from}`,
          agentId: agent.id,
          start: from,
          end: to,
          templateId: null,
          activities: [{ kind: 'work', start: from, end: to, paid: true }],
        };
        const worth = this.#missing(queues, from, to);
        return { kind: 'callIn', agentId: agent.id, from, to, worth, op: { kind: 'create', assignment } };
      })
      .sort((a, b) => b.worth - a.worth);
    return ideas.slice(0, 1).filter(idea => idea.worth > 0);
  }

  /** Off all day, rested before and after, not on leave and available. */
  #isFree(agent: SchedulingAgent, from: number, to: number): boolean {
    const busy = this.#all.some(
      shift =>
        shift.agentId === agent.id && shift.start < to + REST_SECONDS && shift.end > from - REST_SECONDS,
    );
    const away = agent.timeOff?.some(leave => leave.start < to && leave.end > from) ?? false;
    if (busy || away) return false;
    if (!agent.availability) return true;
    const { timeZone } = this.#problem.grid;
    const date = localDateOf(from, timeZone);
    const minute = Math.floor(wallClockSeconds(localDay(date, timeZone), from) / 60);
    const until = minute + (to - from) / 60;
    return agent.availability.some(
      window =>
        window.weekday === weekdayOf(date) && window.startMinute <= minute && window.endMinute >= until,
    );
  }

  #timeOff(shift: Assignment): readonly Idea[] {
    const from = Math.max(
      shift.end - TIME_OFF_SECONDS,
      roundUp(this.#board.day.now, this.#board.day.stepSeconds),
    );
    const worth = (shift.end - from) / HOUR;
    if (worth <= 0 || from <= shift.start || !isWorking(shift, from, shift.end)) return [];
    if (!this.#isSpare(this.#queuesOf(shift.agentId), from, shift.end)) return [];
    const op = { kind: 'resize', assignmentId: shift.id, end: from } as const;
    return [{ kind: 'offerTimeOff', agentId: shift.agentId, from, to: shift.end, worth, op }];
  }
}

function isWorking(shift: Assignment, from: number, to: number): boolean {
  return shift.activities.some(
    activity => activity.kind === 'work' && activity.start <= from && activity.end >= to,
  );
}

function roundUp(at: number, step: number): number {
  return Math.ceil(at / step) * step;
}

function steps(from: number, to: number, step: number): readonly number[] {
  return Array.from({ length: Math.max(0, Math.floor((to - from) / step) + 1) }, (_, i) => from + i * step);
}
