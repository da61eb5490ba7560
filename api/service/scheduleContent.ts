import { z } from 'zod';
import type { JsonValue } from '../../data/db/codec.ts';
import type { Schedule as StoredSchedule } from '../../data/store/schedules.ts';
import type { AgentWeek } from '../../data/store/scheduleWeeks.ts';
import { addDays, daysBetween, localDateOf, localDay } from '../../forecasting/calendar/time.ts';
import type { Assignment } from '../../forecasting/scheduling/schedule.ts';
import { ACTIVITY_KINDS, assignmentSchema, type ShiftColumns } from '../contract/assignment.ts';
import { asJson } from './storedQueue.ts';

/** Shifts as stored per agent and week, as domain values, and as columns for the wire. */

const contentSchema = z.object({ shifts: z.array(assignmentSchema) });

/** The shifts of a stored agent-week. */
export function readShifts(week: Pick<AgentWeek, 'content'>): readonly Assignment[] {
  const content = contentSchema.safeParse(week.content);
  return content.success ? content.data.shifts : [];
}

/** The stored form of one agent's shifts. */
export function shiftsValue(shifts: readonly Assignment[]): JsonValue {
  return asJson({ shifts: [...shifts].sort((a, b) => a.start - b.start) });
}

/** Which day of the schedule a shift belongs to: the local date of its start, 0 = first day; outside it is negative or ≥ days. */
export function dayOfShift(
  schedule: Pick<StoredSchedule, 'weekStart' | 'timeZone'>,
  shift: Pick<Assignment, 'start'>,
): number {
  return daysBetween(schedule.weekStart, localDateOf(shift.start, schedule.timeZone));
}

/** The date of a day of the schedule. */
export function dateOfDay(schedule: Pick<StoredSchedule, 'weekStart'>, day: number): string {
  return addDays(schedule.weekStart, day);
}

/** UTC epoch seconds at which the schedule's first local day begins and its last one ends. */
export function spanOf(schedule: Pick<StoredSchedule, 'weekStart' | 'days' | 'timeZone'>): {
  readonly start: number;
  readonly end: number;
} {
  return {
    start: localDay(schedule.weekStart, schedule.timeZone).startEpochSeconds,
    end: localDay(addDays(schedule.weekStart, schedule.days - 1), schedule.timeZone).endEpochSeconds,
  };
}

/** Shifts as columns; `agentIds` fixes the rows, also of agents without a shift. */
export function toColumns(
  schedule: Pick<StoredSchedule, 'weekStart' | 'timeZone'>,
  agentIds: readonly string[],
  shifts: readonly Assignment[],
): ShiftColumns {
  const start = localDay(schedule.weekStart, schedule.timeZone).startEpochSeconds;
  const agents = new Indices(agentIds);
  const templates = new Indices();
  const queues = new Indices();
  const columns: ShiftColumns = {
    start,
    timeZone: schedule.timeZone,
    agentIds: agents.names,
    shiftIds: [],
    shiftAgent: [],
    shiftStart: [],
    shiftEnd: [],
    shiftTemplate: [],
    templateIds: templates.names,
    shiftLocked: [],
    activityFirst: [],
    activityKind: [],
    activityStart: [],
    activityEnd: [],
    activityPaid: [],
    activityQueue: [],
    queueIds: queues.names,
  };
  for (const shift of shifts) {
    columns.shiftIds.push(shift.id);
    columns.shiftAgent.push(agents.of(shift.agentId));
    columns.shiftStart.push(shift.start - start);
    columns.shiftEnd.push(shift.end - start);
    columns.shiftTemplate.push(shift.templateId === null ? -1 : templates.of(shift.templateId));
    columns.shiftLocked.push(shift.locked ? 1 : 0);
    columns.activityFirst.push(columns.activityKind.length);
    for (const activity of shift.activities) {
      columns.activityKind.push(ACTIVITY_KINDS.indexOf(activity.kind));
      columns.activityStart.push(activity.start - start);
      columns.activityEnd.push(activity.end - start);
      columns.activityPaid.push(activity.paid ? 1 : 0);
      columns.activityQueue.push(activity.queueId === undefined ? -1 : queues.of(activity.queueId));
    }
  }
  return columns;
}

/** Names in the order in which they were first asked for. */
class Indices {
  readonly names: string[];
  readonly #index: Map<string, number>;

  constructor(names: readonly string[] = []) {
    this.names = [...names];
    this.#index = new Map(names.map((name, index) => [name, index]));
  }

  of(name: string): number {
    const known = this.#index.get(name);
    if (known !== undefined) return known;
    this.#index.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}
