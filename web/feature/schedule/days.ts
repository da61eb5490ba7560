import type { z } from 'zod';
import type { scheduleContentSchema } from '../../../api/contract/schedule.ts';
import { addDays, localDateOf } from '../../../forecasting/index.ts';
import type { ShiftChange } from '../../../forecasting/scheduling/edit.ts';

export type ScheduleContent = z.output<typeof scheduleContentSchema>;

/** What a revision belongs to: one agent on one local date. */
export interface AgentDay {
  readonly agentId: string;
  readonly date: string;
}

export function dayKey({ agentId, date }: AgentDay): string {
  return `${agentId}|${date}`;
}

/** The revision of every agent's day, by `dayKey`. */
export function revisionsOf(content: ScheduleContent): Map<string, number> {
  const revisions = new Map<string, number>();
  content.shifts.agentIds.forEach((agentId, a) => {
    content.dayRevisions[a]?.forEach((revision, d) => {
      revisions.set(dayKey({ agentId, date: addDays(content.schedule.weekStart, d) }), revision);
    });
  });
  return revisions;
}

/** Every agent's day that the changes touch: a shift belongs to the day on which it starts. */
export function daysTouched(changes: readonly ShiftChange[], timeZone: string): readonly AgentDay[] {
  const days = new Map<string, AgentDay>();
  for (const { before, after } of changes) {
    for (const shift of [before, after]) {
      if (!shift) continue;
      const day = { agentId: shift.agentId, date: localDateOf(shift.start, timeZone) };
      days.set(dayKey(day), day);
    }
  }
  return [...days.values()];
}
