import { shapeOfLength } from './candidate.ts';
import type { EditOp } from './edit.ts';
import type { ScheduleProblem } from './problem.ts';
import type { Activity, ActivityKind, Assignment } from './schedule.ts';

/** An edit of one shift that is there. */
export type SingleOp = Exclude<EditOp, { kind: 'create' } | { kind: 'batch' }>;

/** The shift after the edit, null when it goes, or the reason why the edit makes no sense. */
export function changedShift(
  problem: ScheduleProblem,
  before: Assignment,
  op: SingleOp,
): Assignment | null | string {
  switch (op.kind) {
    case 'remove':
      return null;
    case 'replace':
      return op.assignment;
    case 'lock':
      return withLock(before, op.locked);
    case 'assignTo':
      return { ...before, agentId: op.agentId };
    case 'move':
      return moved(before, op.start, op.breaks ?? 'travel');
    case 'resize':
      return resized(before, op.start ?? before.start, op.end ?? before.end);
    case 'moveActivity':
      return withMovedActivity(before, op.index, op.start);
    case 'setActivity':
      return painted(before, op.activity);
    case 'changeTemplate':
      return withTemplate(problem, before, op.templateId);
  }
}

function withLock(shift: Assignment, locked: boolean): Assignment {
  const { locked: _, ...rest } = shift;
  return locked ? { ...rest, locked } : rest;
}

function moved(shift: Assignment, start: number, breaks: 'travel' | 'stay'): Assignment {
  const by = start - shift.start;
  if (breaks === 'stay') return reshaped(shift, start, shift.end + by);
  const activities = shift.activities.map(a => ({ ...a, start: a.start + by, end: a.end + by }));
  return { ...shift, start, end: shift.end + by, activities };
}

function resized(shift: Assignment, start: number, end: number): Assignment | string {
  if (!(end > start)) return 'a shift ends after it starts';
  return reshaped(shift, start, end);
}

/** New edges, everything inside stays; uncovered parts become work. */
function reshaped(shift: Assignment, start: number, end: number): Assignment {
  const kept = shift.activities.filter(a => !isWork(a) && a.start >= start && a.end <= end);
  const work = shift.activities.find(isWork);
  const queueId = work?.queueId;
  return { ...shift, start, end, activities: filledWithWork(start, end, kept, queueId) };
}

function withMovedActivity(shift: Assignment, index: number, start: number): Assignment | string {
  const activity = shift.activities[index];
  if (!activity || isWork(activity)) return 'there is no break or event at this position';
  const end = start + activity.end - activity.start;
  if (start < shift.start || end > shift.end) return 'the activity would leave its shift';
  const others = shift.activities.filter((a, i) => i !== index && !isWork(a));
  if (others.some(a => a.start < end && start < a.end)) return 'the activity would overlap another one';
  const placed = [...others, { ...activity, start, end }].sort((a, b) => a.start - b.start);
  const queueId = shift.activities.find(isWork)?.queueId;
  return { ...shift, activities: filledWithWork(shift.start, shift.end, placed, queueId) };
}

/** The stretch gets the activity; what it covers is cut away. */
function painted(shift: Assignment, activity: Activity): Assignment | string {
  if (!(activity.end > activity.start)) return 'an activity ends after it starts';
  if (activity.start < shift.start || activity.end > shift.end) return 'the activity would leave its shift';
  const activities: Activity[] = [];
  for (const a of shift.activities) {
    if (a.end <= activity.start || a.start >= activity.end) activities.push(a);
    else {
      if (a.start < activity.start) activities.push({ ...a, end: activity.start });
      if (a.end > activity.end) activities.push({ ...a, start: activity.end });
    }
  }
  activities.push(activity);
  activities.sort((a, b) => a.start - b.start);
  return { ...shift, activities: joined(activities) };
}

function withTemplate(problem: ScheduleProblem, shift: Assignment, templateId: string): Assignment | string {
  const template = problem.templates.find(t => t.id === templateId);
  if (!template) return `there is no template ${templateId}`;
  const minutes = (shift.end - shift.start) / 60;
  const lengths = [...template.lengthsMinutes].sort((a, b) => Math.abs(a - minutes) - Math.abs(b - minutes));
  const shape = lengths.map(length => shapeOfLength(problem, template, length)).find(s => s !== null);
  if (!shape) return `the breaks of ${template.name} cannot be placed`;
  const end = shift.start + shape.lengthMinutes * 60;
  const breaks = shape.breaks.map(b => ({
    kind: b.kind,
    start: shift.start + b.offsetMinutes * 60,
    end: shift.start + (b.offsetMinutes + b.minutes) * 60,
    paid: b.paid,
  }));
  return { ...shift, end, templateId, activities: filledWithWork(shift.start, end, breaks, undefined) };
}

/** Fills the gaps between activities with paid work. */
export function filledWithWork(
  start: number,
  end: number,
  kept: readonly Activity[],
  queueId: string | undefined,
): readonly Activity[] {
  const work = (from: number, to: number): Activity => ({
    kind: 'work' satisfies ActivityKind,
    start: from,
    end: to,
    paid: true,
    ...(queueId === undefined ? {} : { queueId }),
  });
  const activities: Activity[] = [];
  let at = start;
  for (const a of kept) {
    if (a.start > at) activities.push(work(at, a.start));
    activities.push(a);
    at = a.end;
  }
  if (end > at) activities.push(work(at, end));
  return activities;
}

/** Joins neighbours that are the same work. */
function joined(activities: readonly Activity[]): readonly Activity[] {
  const result: Activity[] = [];
  for (const a of activities) {
    const last = result.at(-1);
    const same = last && isWork(last) && isWork(a) && last.queueId === a.queueId && last.paid === a.paid;
    if (last && same && last.end === a.start) result[result.length - 1] = { ...last, end: a.end };
    else result.push(a);
  }
  return result;
}

function isWork(activity: Activity): boolean {
  return activity.kind === 'work';
}
