import { z } from 'zod';
import type { Db } from '../../data/db/connect.ts';
import type { Schedule } from '../../data/store/schedules.ts';
import {
  type AgentWeek,
  listNewestOperations,
  type ScheduleOperation,
} from '../../data/store/scheduleWeeks.ts';
import type { ShiftChange } from '../../forecasting/scheduling/edit.ts';
import { assignmentSchema } from '../contract/assignment.ts';
import { type EditConflict, shiftChangeSchema } from '../contract/scheduleEdit.ts';
import { Refusal } from './refusal.ts';
import { dateOfDay, dayOfShift, readShifts } from './scheduleContent.ts';
import { userNames } from './userNames.ts';

/** An agent's day that an edit found changed. */
export interface ContestedDay {
  readonly agentId: string;
  readonly day: number;
}

/** The version that the schedule has of contested days, with who changed each last and when, to choose from. */
export async function editConflict(
  db: Db,
  schedule: Schedule,
  weeks: readonly AgentWeek[],
  days: readonly ContestedDay[],
): Promise<Refusal> {
  const last = await lastOperations(db, schedule, days);
  const nameOf = await userNames(db);
  const current = days.map(({ agentId, day }): EditConflict => {
    const week = weeks.find(known => known.agentId === agentId);
    const theirs = week ? readShifts(week).filter(shift => dayOfShift(schedule, shift) === day) : [];
    const operation = last.get(keyOf({ agentId, day }));
    return {
      agentId,
      date: dateOfDay(schedule, day),
      revision: week?.dayRevisions[day] ?? 0,
      theirs: theirs.map(shift => assignmentSchema.parse(shift)),
      changedBy: nameOf(operation?.createdBy ?? null) || null,
      changedAt: operation?.createdAt ?? week?.updatedAt ?? schedule.updatedAt,
    };
  });
  return new Refusal('conflict', 'somebody changed the same day of the same agent in the meantime', {
    current,
  });
}

const PAGE = 200;
/** Whoever made a conflict did so a moment ago; an old log is not read to its beginning for a name. */
const MOST_READ = 2000;

/** The newest operation that changed each of these days. */
async function lastOperations(
  db: Db,
  schedule: Schedule,
  days: readonly ContestedDay[],
): Promise<ReadonlyMap<string, ScheduleOperation>> {
  const wanted = new Set(days.map(keyOf));
  const last = new Map<string, ScheduleOperation>();
  for (let offset = 0; offset < MOST_READ && last.size < wanted.size; offset += PAGE) {
    const page = { limit: PAGE, offset };
    const operations = await listNewestOperations(db, [schedule.siteId], schedule.id, page);
    for (const operation of operations) {
      for (const key of daysChangedBy(operation, schedule)) {
        if (wanted.has(key) && !last.has(key)) last.set(key, operation);
      }
    }
    if (operations.length < PAGE) break;
  }
  return last;
}

function daysChangedBy(operation: ScheduleOperation, schedule: Schedule): readonly string[] {
  return changesOfOperation(operation)
    .flatMap(({ before, after }) => [before, after])
    .flatMap(shift => (shift ? [keyOf({ agentId: shift.agentId, day: dayOfShift(schedule, shift) })] : []));
}

function keyOf({ agentId, day }: ContestedDay): string {
  return `${day} ${agentId}`;
}

const operationSchema = z.object({ changes: z.array(shiftChangeSchema) });

/** The changes that an operation made; none for one that is not made of changes, such as a copied week. */
export function changesOfOperation({ operation }: ScheduleOperation): readonly ShiftChange[] {
  const parsed = operationSchema.safeParse(operation);
  return parsed.success ? parsed.data.changes : [];
}
