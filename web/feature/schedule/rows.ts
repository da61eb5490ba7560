import type { Agent, Skill } from '../../../api/contract/people.ts';
import type { Finding } from '../../../forecasting/scheduling/evaluate.ts';
import { type Activity, type Assignment, paidMinutes } from '../../../forecasting/scheduling/schedule.ts';
import type { ActivityTone, GanttRow, GanttShift, ShiftsByRow } from '../../component/gantt/types.ts';
import { t } from '../../locale/i18n.ts';
import type { AssignmentMap } from './changes.ts';

const TONES: Readonly<Record<Activity['kind'], ActivityTone>> = {
  work: 'work',
  break: 'break',
  lunch: 'lunch',
  gap: 'off',
  meeting: 'meeting',
  training: 'meeting',
};

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

export type FindingsByAgent = ReadonlyMap<string, readonly Finding[]>;

/** Shifts as drawn. Rows that did not change keep their identity, so that only changed rows are drawn again. */
export function ganttShifts(
  rows: ReadonlyMap<string, readonly Assignment[]>,
  findings: FindingsByAgent,
  templateNames: ReadonlyMap<string, string>,
): ShiftsByRow {
  const drawn = new Map<string, readonly GanttShift[]>();
  for (const [agentId, row] of rows) {
    const found = findings.get(agentId) ?? [];
    drawn.set(
      agentId,
      row.map(shift => ganttShift(shift, found, templateNames)),
    );
  }
  return drawn;
}

function ganttShift(
  shift: Assignment,
  found: readonly Finding[],
  templateNames: ReadonlyMap<string, string>,
): GanttShift {
  const own = found.filter(finding => finding.assignmentIds.includes(shift.id));
  const finding = own.some(entry => entry.hard) ? 'hard' : own.length > 0 ? 'soft' : null;
  return {
    id: shift.id,
    rowId: shift.agentId,
    start: shift.start,
    end: shift.end,
    label: (shift.templateId && templateNames.get(shift.templateId)) || t('schedule.shift'),
    tone: 'work',
    activities: shift.activities
      .filter(activity => activity.kind !== 'work')
      .map(activity => ({
        tone: TONES[activity.kind],
        label: t(`schedule.activity.${activity.kind}`),
        start: activity.start,
        end: activity.end,
      })),
    ...(finding && { finding }),
    ...(shift.locked && { locked: true }),
  };
}

/** Agents as rows, with paid hours beside the contract. */
export function ganttRows(
  agents: readonly Agent[],
  skills: readonly Skill[],
  shifts: ReadonlyMap<string, readonly Assignment[]>,
  findings: FindingsByAgent,
  weeks: number,
): readonly GanttRow[] {
  const skillNames = new Map(skills.map(skill => [skill.id, skill.name]));
  return agents.map(agent => ({
    id: agent.id,
    name: agent.name,
    detail: agent.skills.map(held => skillNames.get(held.skillId) ?? '').join(', '),
    paidHours: (shifts.get(agent.id) ?? []).reduce((sum, shift) => sum + paidMinutes(shift), 0) / 60,
    contractHours: agent.contract.targetHoursPerWeek * weeks,
    findings: (findings.get(agent.id) ?? []).map(finding => ({ hard: finding.hard, text: finding.sentence })),
  }));
}
