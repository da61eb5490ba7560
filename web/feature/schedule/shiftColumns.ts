import { ACTIVITY_KINDS, type ShiftColumns } from '../../../api/contract/assignment.ts';
import type { Activity, Assignment } from '../../../forecasting/scheduling/schedule.ts';

/** Shifts out of their columns, by id. */
export function assignmentsById(columns: ShiftColumns): ReadonlyMap<string, Assignment> {
  return new Map(assignmentsOf(columns).map(shift => [shift.id, shift]));
}

/** Shifts out of their columns. */
export function assignmentsOf(columns: ShiftColumns): readonly Assignment[] {
  const count = columns.shiftIds.length;
  return columns.shiftIds.map((id, s): Assignment => {
    const first = columns.activityFirst[s] ?? 0;
    const last = s + 1 < count ? (columns.activityFirst[s + 1] ?? first) : columns.activityKind.length;
    const template = columns.shiftTemplate[s] ?? -1;
    return {
      id,
      agentId: columns.agentIds[columns.shiftAgent[s] ?? -1] ?? '',
      start: columns.start + (columns.shiftStart[s] ?? 0),
      end: columns.start + (columns.shiftEnd[s] ?? 0),
      templateId: template >= 0 ? (columns.templateIds[template] ?? null) : null,
      activities: Array.from({ length: last - first }, (_, i) => activityAt(columns, first + i)),
      ...(columns.shiftLocked[s] === 1 && { locked: true }),
    };
  });
}

function activityAt(columns: ShiftColumns, a: number): Activity {
  const queueId = columns.queueIds[columns.activityQueue[a] ?? -1];
  return {
    kind: ACTIVITY_KINDS[columns.activityKind[a] ?? 0] ?? 'work',
    start: columns.start + (columns.activityStart[a] ?? 0),
    end: columns.start + (columns.activityEnd[a] ?? 0),
    paid: columns.activityPaid[a] === 1,
    ...(queueId !== undefined && { queueId }),
  };
}
