import type { GanttActivity, GanttShift, ShiftGesture, ShiftsByRow } from './types.ts';

/** Moves an instant onto the editor's step, counted from the window's start. */
export function snapTo(instant: number, from: number, stepSeconds: number): number {
  return from + Math.round((instant - from) / stepSeconds) * stepSeconds;
}

/** Shifts as they would be after the gesture: only those that it changes. */
export function gesturedShifts(shifts: ShiftsByRow, gesture: ShiftGesture): readonly GanttShift[] {
  if (gesture.kind === 'create') {
    const { rowId, start, end } = gesture;
    return [{ id: NEW_SHIFT_ID, rowId, start, end, label: '', tone: 'work', activities: [] }];
  }
  if (gesture.kind === 'paint') {
    return (shifts.get(gesture.rowId) ?? []).flatMap(shift =>
      shift.start < gesture.end && gesture.start < shift.end && !shift.locked
        ? paintedShift(shift, gesture)
        : [],
    );
  }
  const changed: GanttShift[] = [];
  for (const row of shifts.values()) {
    for (const shift of row) {
      if (gesture.kind === 'move' && gesture.ids.includes(shift.id)) changed.push(movedShift(shift, gesture));
      if (gesture.kind === 'resize' && gesture.id === shift.id) changed.push(resizedShift(shift, gesture));
    }
  }
  return changed;
}

/** The id of a shift that is being painted and does not exist yet. */
export const NEW_SHIFT_ID = 'new-shift';

function movedShift(shift: GanttShift, gesture: ShiftGesture & { kind: 'move' }): GanttShift {
  const start = shift.start + gesture.deltaSeconds;
  const end = shift.end + gesture.deltaSeconds;
  return {
    ...shift,
    rowId: gesture.toRowId ?? shift.rowId,
    start,
    end,
    activities: gesture.carriesActivities
      ? shift.activities.map(activity => ({
          ...activity,
          start: activity.start + gesture.deltaSeconds,
          end: activity.end + gesture.deltaSeconds,
        }))
      : within(shift.activities, start, end),
  };
}

function resizedShift(shift: GanttShift, gesture: ShiftGesture & { kind: 'resize' }): GanttShift {
  const start = gesture.edge === 'start' ? gesture.at : shift.start;
  const end = gesture.edge === 'end' ? gesture.at : shift.end;
  return { ...shift, start, end, activities: within(shift.activities, start, end) };
}

function paintedShift(shift: GanttShift, gesture: ShiftGesture & { kind: 'paint' }): GanttShift {
  const start = Math.max(gesture.start, shift.start);
  const end = Math.min(gesture.end, shift.end);
  const left = cutOut(shift.activities, start, end);
  const { tone, label } = gesture.brush;
  return { ...shift, activities: tone === 'work' ? left : [...left, { tone, label, start, end }] };
}

/** Stretches without what lies between two instants: shortened, split or gone. */
export function cutOut<Stretch extends { readonly start: number; readonly end: number }>(
  stretches: readonly Stretch[],
  from: number,
  to: number,
): readonly Stretch[] {
  return stretches.flatMap(stretch => {
    if (stretch.end <= from || to <= stretch.start) return [stretch];
    return [
      { ...stretch, end: from },
      { ...stretch, start: to },
    ].filter(piece => piece.end > piece.start);
  });
}

/** Activities that still lie wholly inside the shift. */
function within(activities: readonly GanttActivity[], start: number, end: number): readonly GanttActivity[] {
  return activities.filter(activity => activity.start >= start && activity.end <= end);
}

/** Whether the gesture would leave everything as it is. */
export function changesNothing(shifts: ShiftsByRow, gesture: ShiftGesture): boolean {
  if (gesture.kind === 'create' || gesture.kind === 'paint') return gesture.end <= gesture.start;
  if (gesture.kind === 'move') {
    if (gesture.deltaSeconds !== 0) return false;
    const id = gesture.ids[0];
    return gesture.toRowId === null || (shifts.get(gesture.toRowId) ?? []).some(shift => shift.id === id);
  }
  for (const row of shifts.values()) {
    const shift = row.find(candidate => candidate.id === gesture.id);
    if (shift) return (gesture.edge === 'start' ? shift.start : shift.end) === gesture.at;
  }
  return true;
}

/** The rows as drawn while the gesture lasts: changed shifts in their new place, missing from their old one. */
export function rowsDuring(
  shifts: ShiftsByRow,
  changed: readonly GanttShift[],
): ReadonlyMap<string, readonly GanttShift[]> {
  const ids = new Set(changed.map(shift => shift.id));
  const rows = new Map<string, readonly GanttShift[]>();
  for (const [rowId, row] of shifts) {
    if (row.some(shift => ids.has(shift.id)))
      rows.set(
        rowId,
        row.filter(shift => !ids.has(shift.id)),
      );
  }
  for (const shift of changed) {
    rows.set(shift.rowId, [...(rows.get(shift.rowId) ?? shifts.get(shift.rowId) ?? []), shift]);
  }
  return rows;
}
