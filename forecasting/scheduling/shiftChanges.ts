import { localDateOf } from '../calendar/time.ts';
import type { ShiftChange } from './edit.ts';
import type { Assignment } from './schedule.ts';

/** Whether two versions of a shift are alike in everything that is stored. */
export function sameShift(a: Assignment, b: Assignment): boolean {
  return (
    a.id === b.id &&
    a.agentId === b.agentId &&
    a.start === b.start &&
    a.end === b.end &&
    a.templateId === b.templateId &&
    (a.locked ?? false) === (b.locked ?? false) &&
    a.activities.length === b.activities.length &&
    a.activities.every((activity, i) => {
      const other = b.activities[i];
      return (
        other !== undefined &&
        activity.kind === other.kind &&
        activity.start === other.start &&
        activity.end === other.end &&
        activity.paid === other.paid &&
        activity.queueId === other.queueId &&
        activity.eventId === other.eventId
      );
    })
  );
}

/** The changes that turn one set of shifts into another, matched by id. */
export function shiftChanges(
  before: Iterable<Assignment>,
  after: Iterable<Assignment>,
): readonly ShiftChange[] {
  const wanted = new Map(Array.from(after, shift => [shift.id, shift]));
  const changes: ShiftChange[] = [];
  for (const shift of before) {
    const other = wanted.get(shift.id) ?? null;
    wanted.delete(shift.id);
    if (shift !== other && !(other && sameShift(shift, other))) changes.push({ before: shift, after: other });
  }
  for (const shift of wanted.values()) changes.push({ before: null, after: shift });
  return changes;
}

/** One agent's local day on which two sets of shifts differ; the shifts that start on it, in order, before and after. */
export interface ChangedDay {
  readonly agentId: string;
  /** Civil date, `2026-11-23`. */
  readonly date: string;
  readonly before: readonly Assignment[];
  readonly after: readonly Assignment[];
}

/**
 * The agents' local days on which two sets of shifts differ in what those agents work, in order of date. A shift
 * belongs to the date on which it starts. Locks and ids make no difference to anybody's day.
 */
export function changedDays(
  before: Iterable<Assignment>,
  after: Iterable<Assignment>,
  timeZone: string,
): readonly ChangedDay[] {
  const days = new Map<
    string,
    { agentId: string; date: string; before: Assignment[]; after: Assignment[] }
  >();
  // Many shifts start together, and finding a date costs more than remembering it.
  const dates = new Map<number, string>();
  const dayOf = (shift: Assignment) => {
    const date = dates.get(shift.start) ?? localDateOf(shift.start, timeZone);
    dates.set(shift.start, date);
    const key = `${date} ${shift.agentId}`;
    const day = days.get(key) ?? { agentId: shift.agentId, date, before: [], after: [] };
    days.set(key, day);
    return day;
  };
  for (const shift of before) dayOf(shift).before.push(shift);
  for (const shift of after) dayOf(shift).after.push(shift);
  const changed = [...days].filter(([, day]) => {
    day.before.sort(byStart);
    day.after.sort(byStart);
    return (
      day.before.length !== day.after.length || day.before.some((shift, i) => !sameWork(shift, day.after[i]))
    );
  });
  return changed.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, day]) => day);
}

function byStart(a: Assignment, b: Assignment): number {
  return a.start - b.start;
}

function sameWork(a: Assignment, b: Assignment | undefined): boolean {
  return (
    b !== undefined && sameShift(a, { ...b, id: a.id, templateId: a.templateId, locked: a.locked ?? false })
  );
}
