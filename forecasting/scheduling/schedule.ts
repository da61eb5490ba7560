/** What an agent does in a part of a shift. `gap` is the unpaid middle of a split shift. */
export type ActivityKind = 'work' | 'break' | 'lunch' | 'gap' | 'meeting' | 'training';

/** A stretch of a shift, instants in UTC epoch seconds, end exclusive. */
export interface Activity {
  readonly kind: ActivityKind;
  readonly start: number;
  readonly end: number;
  readonly paid: boolean;
  /** Fixes `work` to one queue; omitted = wherever the agent's skills are needed most. */
  readonly queueId?: string;
  /** The planned event behind a meeting or training. */
  readonly eventId?: string;
}

/** One shift of one agent. Activities are in order, without gaps or overlaps, from `start` to `end`. */
export interface Assignment {
  /** Unique in the schedule and kept through edits. */
  readonly id: string;
  readonly agentId: string;
  readonly start: number;
  readonly end: number;
  /** Null for a shift drawn by hand. */
  readonly templateId: string | null;
  readonly activities: readonly Activity[];
  /** A locked shift is not touched by optimisation. */
  readonly locked?: boolean;
}

export interface Schedule {
  readonly assignments: readonly Assignment[];
}

export const EMPTY_SCHEDULE: Schedule = { assignments: [] };

/** Paid minutes of a shift. */
export function paidMinutes(assignment: Assignment): number {
  let seconds = 0;
  for (const activity of assignment.activities) {
    if (activity.paid) seconds += activity.end - activity.start;
  }
  return Math.round(seconds / 60);
}

/** Whether time in this activity counts as cover. */
export function isCover(activity: Activity): boolean {
  return activity.kind === 'work';
}

/** Problems of a shift's shape, in words; empty when it is well formed. */
export function assignmentProblems(assignment: Assignment): readonly string[] {
  const problems: string[] = [];
  const name = `shift ${assignment.id}`;
  if (!(assignment.end > assignment.start)) problems.push(`${name} ends at or before its start`);
  let at = assignment.start;
  for (const activity of assignment.activities) {
    if (activity.start !== at) problems.push(`${name} has a gap or overlap at its ${activity.kind}`);
    if (!(activity.end > activity.start)) problems.push(`${name} has an empty ${activity.kind}`);
    at = activity.end;
  }
  if (at !== assignment.end) problems.push(`${name}: activities do not reach its end`);
  return problems;
}

/** Assignments in order of agent and start; the canonical order of a schedule. */
export function sortAssignments(assignments: readonly Assignment[]): readonly Assignment[] {
  return [...assignments].sort((a, b) => compareText(a.agentId, b.agentId) || inOrderOfStart(a, b));
}

/** Orders an agent's shifts; equal starts are told apart, so that the order never depends on how it came about. */
export function inOrderOfStart(a: Assignment, b: Assignment): number {
  return a.start - b.start || a.end - b.end || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
