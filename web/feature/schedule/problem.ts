import type { z } from 'zod';
import { schedulingLevels } from '../../../api/contract/levels.ts';
import type { Agent, Skill, TimeOff } from '../../../api/contract/people.ts';
import type { coverageSchema, ScheduleHead } from '../../../api/contract/schedule.ts';
import type { RuleSetEntry, ShiftTemplateEntry } from '../../../api/contract/shift.ts';
import { addDays, localDay } from '../../../forecasting/index.ts';
import type { ScheduleProblem, SchedulingAgent } from '../../../forecasting/scheduling/problem.ts';

export type QueueCover = z.output<typeof coverageSchema>;

/** Everything the editor measures a schedule against. */
export interface ScheduleSetting {
  readonly schedule: ScheduleHead;
  readonly agents: readonly Agent[];
  readonly skills: readonly Skill[];
  readonly templates: readonly ShiftTemplateEntry[];
  readonly ruleSets: readonly RuleSetEntry[];
  readonly timeOff: readonly TimeOff[];
  readonly coverage: readonly QueueCover[];
}

/** The schedule's window in UTC epoch seconds. */
export function windowOf(schedule: ScheduleHead): { readonly from: number; readonly to: number } {
  return {
    from: localDay(schedule.weekStart, schedule.timeZone).startEpochSeconds,
    to: localDay(addDays(schedule.weekStart, schedule.days), schedule.timeZone).startEpochSeconds,
  };
}

/** The problem behind the schedule, for coverage and rule findings in the browser. */
export function problemOf(setting: ScheduleSetting): ScheduleProblem {
  const { schedule, coverage } = setting;
  const { from, to } = windowOf(schedule);
  const stepSeconds = coverage[0]?.stepSeconds ?? schedule.stepSeconds;
  const count = Math.max(1, Math.round((to - from) / stepSeconds));
  const ruleSet =
    setting.ruleSets.find(set => set.id === schedule.ruleSetId) ??
    setting.ruleSets.find(set => set.isDefault);
  return {
    grid: { start: from, stepSeconds, timeZone: schedule.timeZone, count },
    queues: coverage.map(queue => ({ id: queue.queueId, required: onGrid(queue, from, stepSeconds, count) })),
    agents: setting.agents.map(agent => schedulingAgent(agent, setting)),
    templates: setting.templates.filter(template => template.active).map(templateOf),
    rules: { rules: ruleSet?.rules ?? [] },
  };
}

/** A queue's requirement on the schedule's grid; a coarser queue holds for every interval inside its own. */
function onGrid(
  queue: QueueCover,
  from: number,
  stepSeconds: number,
  count: number,
): readonly (number | null)[] {
  return Array.from({ length: count }, (_, i) => {
    const index = Math.floor((from + i * stepSeconds - queue.start) / queue.stepSeconds);
    return queue.required[index] ?? null;
  });
}

function schedulingAgent(agent: Agent, setting: ScheduleSetting): SchedulingAgent {
  return {
    id: agent.id,
    name: agent.name,
    skills: schedulingLevels(agent, setting.skills),
    contract: agent.contract,
    costPerHour: (agent.costPerHourCents ?? 0) / 100,
    ...(agent.availability.length > 0 && { availability: agent.availability }),
    ...(agent.shiftTemplateIds.length > 0 && { templateIds: agent.shiftTemplateIds }),
    timeOff: setting.timeOff.filter(off => off.agentId === agent.id && off.status === 'approved'),
  };
}

function templateOf(template: ShiftTemplateEntry): ScheduleProblem['templates'][number] {
  const { id, name, type, lengthsMinutes, starts, weekdays, breaks, minSpacingMinutes } = template;
  return {
    id,
    name,
    type,
    lengthsMinutes,
    starts,
    breaks,
    minSpacingMinutes,
    ...(weekdays.length > 0 && { weekdays }),
  };
}
