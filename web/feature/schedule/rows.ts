import { ACTIVITY_KINDS } from '../../../api/contract/assignment.ts';
import type { Agent } from '../../../api/contract/people.ts';
import type { Finding } from '../../../forecasting/scheduling/evaluate.ts';
import { type ActivityKind, type Assignment, paidMinutes } from '../../../forecasting/scheduling/schedule.ts';
import type { ActivityTone, GanttAway, GanttRow, GanttShift } from '../../component/gantt/types.ts';
import { t } from '../../locale/i18n.ts';
import type { AssignmentMap } from './changes.ts';
import type { ScheduleSetting } from './problem.ts';

/** How each kind of activity is drawn. */
export const ACTIVITY_TONES: Readonly<Record<ActivityKind, ActivityTone>> = {
  work: 'work',
  break: 'break',
  lunch: 'lunch',
  gap: 'off',
  meeting: 'meeting',
  training: 'meeting',
};

/** Words that rows and shifts need, looked up once: a week of 500 agents has thousands of activities. */
export interface ScheduleNames {
  readonly weeks: number;
  readonly shift: string;
  readonly skills: ReadonlyMap<string, string>;
  readonly templates: ReadonlyMap<string, string>;
  readonly activities: ReadonlyMap<ActivityKind, string>;
  /** Approved time off by agent. */
  readonly away: ReadonlyMap<string, readonly GanttAway[]>;
}

export function namesOf(setting: ScheduleSetting): ScheduleNames {
  return {
    weeks: setting.schedule.days / 7,
    shift: t('schedule.shift'),
    skills: new Map(setting.skills.map(skill => [skill.id, skill.name])),
    templates: new Map(setting.templates.map(template => [template.id, template.name])),
    activities: new Map(ACTIVITY_KINDS.map(kind => [kind, t(`schedule.activity.${kind}`)])),
    away: awayByAgent(setting),
  };
}

function awayByAgent({ timeOff }: ScheduleSetting): ReadonlyMap<string, readonly GanttAway[]> {
  const away = new Map<string, readonly GanttAway[]>();
  for (const { agentId, category, start, end, status } of timeOff) {
    if (status !== 'approved') continue;
    const label = t(`people.timeOffKind.${category}`);
    away.set(agentId, [...(away.get(agentId) ?? []), { label, start, end }]);
  }
  return away;
}

const NEVER_AWAY: readonly GanttAway[] = [];

/** Shifts per agent, in order. */
export function shiftsByAgent(shifts: AssignmentMap): ReadonlyMap<string, readonly Assignment[]> {
  const rows = new Map<string, Assignment[]>();
  for (const shift of shifts.values()) {
    const row = rows.get(shift.agentId);
    if (row) row.push(shift);
    else rows.set(shift.agentId, [shift]);
  }
  for (const row of rows.values()) row.sort((a, b) => a.start - b.start);
  return rows;
}

/** An agent's shifts as drawn. */
export function drawnRow(
  shifts: readonly Assignment[],
  findings: readonly Finding[],
  names: ScheduleNames,
): readonly GanttShift[] {
  return shifts.map(shift => ganttShift(shift, findings, names));
}

function ganttShift(shift: Assignment, findings: readonly Finding[], names: ScheduleNames): GanttShift {
  const own = findings.filter(finding => finding.assignmentIds.includes(shift.id));
  const finding = own.some(entry => entry.hard) ? 'hard' : own.length > 0 ? 'soft' : null;
  return {
    id: shift.id,
    rowId: shift.agentId,
    start: shift.start,
    end: shift.end,
    label: (shift.templateId && names.templates.get(shift.templateId)) || names.shift,
    tone: 'work',
    activities: shift.activities
      .filter(activity => activity.kind !== 'work')
      .map(activity => ({
        tone: ACTIVITY_TONES[activity.kind],
        label: names.activities.get(activity.kind) ?? '',
        start: activity.start,
        end: activity.end,
      })),
    ...(finding && { finding }),
    ...(shift.locked && { locked: true }),
  };
}

/** An agent as a row, with paid hours beside the contract. */
export function ganttRow(
  agent: Agent,
  shifts: readonly Assignment[],
  findings: readonly Finding[],
  names: ScheduleNames,
): GanttRow {
  return {
    id: agent.id,
    name: agent.name,
    detail: agent.skills.map(held => names.skills.get(held.skillId) ?? '').join(', '),
    paidHours: shifts.reduce((sum, shift) => sum + paidMinutes(shift), 0) / 60,
    contractHours: agent.contract.targetHoursPerWeek * names.weeks,
    findings: findings.map(finding => ({ hard: finding.hard, text: finding.sentence })),
    away: names.away.get(agent.id) ?? NEVER_AWAY,
  };
}
