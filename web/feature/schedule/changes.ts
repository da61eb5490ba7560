import { ACTIVITY_KINDS } from '../../../api/contract/assignment.ts';
import { addDays, daysBetween, localDateOf } from '../../../forecasting/index.ts';
import type { ShiftChange } from '../../../forecasting/scheduling/edit.ts';
import type { Activity, ActivityKind, Assignment } from '../../../forecasting/scheduling/schedule.ts';
import { cutOut } from '../../component/gantt/gesture.ts';
import type { ShiftGesture } from '../../component/gantt/types.ts';
import { sameClockOn } from './clock.ts';

export type AssignmentMap = ReadonlyMap<string, Assignment>;

export function inverse(change: ShiftChange): ShiftChange {
  return { before: change.after, after: change.before };
}

/** The shifts after some changes. */
export function applied(shifts: AssignmentMap, changes: readonly ShiftChange[]): AssignmentMap {
  const next = new Map(shifts);
  for (const { before, after } of changes) {
    if (before) next.delete(before.id);
    if (after) next.set(after.id, after);
  }
  return next;
}

/** The first agent who would have two shifts at once after some changes, which no schedule can hold; null without one. */
export function workingTwice(shifts: AssignmentMap, changes: readonly ShiftChange[]): string | null {
  const touched = new Set(changes.flatMap(({ after }) => (after ? [after.agentId] : [])));
  const own = [...applied(shifts, changes).values()].filter(shift => touched.has(shift.agentId));
  const ordered = own.sort((a, b) => a.start - b.start);
  const until = new Map<string, number>();
  for (const { agentId, start, end } of ordered) {
    if (start < (until.get(agentId) ?? Number.NEGATIVE_INFINITY)) return agentId;
    until.set(agentId, end);
  }
  return null;
}

/** What a gesture on the canvas changes. `newId` names a painted shift. */
export function changesOf(
  shifts: AssignmentMap,
  gesture: ShiftGesture,
  newId: string,
): readonly ShiftChange[] {
  if (gesture.kind === 'create') {
    return [{ before: null, after: plainShift(newId, gesture.rowId, gesture.start, gesture.end) }];
  }
  if (gesture.kind === 'paint') {
    const { rowId, start, end, brush } = gesture;
    const kind = ACTIVITY_KINDS.find(known => known === brush.id);
    if (!kind) return [];
    return [...shifts.values()]
      .filter(shift => shift.agentId === rowId && shift.start < end && start < shift.end && !shift.locked)
      .map(before => ({ before, after: painted(before, kind, start, end) }));
  }
  const ids = gesture.kind === 'move' ? gesture.ids : [gesture.id];
  return ids.flatMap((id): ShiftChange[] => {
    const before = shifts.get(id);
    if (!before || before.locked) return [];
    const after =
      gesture.kind === 'resize'
        ? resized(before, gesture.edge, gesture.at)
        : moved(before, gesture.deltaSeconds, gesture.toRowId, gesture.carriesActivities);
    return [{ before, after }];
  });
}

/** A shift without breaks, as painted on empty space. */
export function plainShift(id: string, agentId: string, start: number, end: number): Assignment {
  return {
    id,
    agentId,
    start,
    end,
    templateId: null,
    activities: [{ kind: 'work', start, end, paid: true }],
  };
}

/** Moves a shift in time or to another agent. Breaks travel, or stay where they are on the clock. */
export function moved(
  shift: Assignment,
  deltaSeconds: number,
  toAgentId: string | null,
  carriesActivities: boolean,
): Assignment {
  const start = shift.start + deltaSeconds;
  const end = shift.end + deltaSeconds;
  const breaks = shift.activities
    .filter(activity => activity.kind !== 'work')
    .map(activity =>
      carriesActivities
        ? { ...activity, start: activity.start + deltaSeconds, end: activity.end + deltaSeconds }
        : activity,
    );
  return {
    ...shift,
    agentId: toAgentId ?? shift.agentId,
    start,
    end,
    activities: tiled(shift, breaks, start, end),
  };
}

/** Moves one edge; breaks that no longer fit inside fall away. */
export function resized(shift: Assignment, edge: 'start' | 'end', at: number): Assignment {
  const start = edge === 'start' ? at : shift.start;
  const end = edge === 'end' ? at : shift.end;
  const breaks = shift.activities.filter(activity => activity.kind !== 'work');
  return { ...shift, start, end, activities: tiled(shift, breaks, start, end) };
}

/** Replaces the breaks of a shift. */
export function withBreaks(shift: Assignment, breaks: readonly Activity[]): Assignment {
  return { ...shift, activities: tiled(shift, breaks, shift.start, shift.end) };
}

/** Puts an activity into a shift, over whatever was there; work wipes breaks away. */
export function painted(shift: Assignment, kind: ActivityKind, from: number, to: number): Assignment {
  const start = Math.max(from, shift.start);
  const end = Math.min(to, shift.end);
  const others = shift.activities.filter(activity => activity.kind !== 'work');
  const left = cutOut(others, start, end);
  if (kind === 'work') return withBreaks(shift, left);
  return withBreaks(shift, [...left, { kind, start, end, paid: kind !== 'lunch' && kind !== 'gap' }]);
}

/** Work between the breaks, end to end, so that a shift has neither gaps nor overlaps. */
function tiled(
  shift: Assignment,
  breaks: readonly Activity[],
  start: number,
  end: number,
): readonly Activity[] {
  const work = shift.activities.find(activity => activity.kind === 'work');
  const fixed = work?.queueId === undefined ? {} : { queueId: work.queueId };
  const activities: Activity[] = [];
  let at = start;
  for (const pause of [...breaks].sort((a, b) => a.start - b.start)) {
    if (pause.start < at || pause.end > end || pause.end <= pause.start) continue;
    if (pause.start > at)
      activities.push({ kind: 'work', start: at, end: pause.start, paid: true, ...fixed });
    activities.push(pause);
    at = pause.end;
  }
  if (at < end) activities.push({ kind: 'work', start: at, end, paid: true, ...fixed });
  return activities;
}

/**
 * Copies of shifts. A single one starts at `instant`; several keep their times of day and begin on its date. Shifts of
 * one person go to the agent of the row, those of several stay with theirs.
 */
export function pasted(
  clipboard: readonly Assignment[],
  agentId: string,
  instant: number,
  timeZone: string,
  nextId: () => string,
): readonly ShiftChange[] {
  const first = Math.min(...clipboard.map(shift => shift.start));
  const isOnePerson = new Set(clipboard.map(shift => shift.agentId)).size === 1;
  const daysOn = daysBetween(localDateOf(first, timeZone), localDateOf(instant, timeZone));
  return clipboard.map(shift => {
    const date = addDays(localDateOf(shift.start, timeZone), daysOn);
    const start = clipboard.length === 1 ? instant : sameClockOn(shift.start, date, timeZone);
    const to = isOnePerson ? agentId : shift.agentId;
    return {
      before: null,
      after: { ...moved(shift, start - shift.start, to, true), id: nextId(), locked: false },
    };
  });
}
