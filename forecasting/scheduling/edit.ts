import { changedShift } from './editedShift.ts';
import type { ScheduleProblem } from './problem.ts';
import {
  type Activity,
  type Assignment,
  assignmentProblems,
  type Schedule,
  sortAssignments,
} from './schedule.ts';

/** A change a planner makes. Plain data: it is stored, sent and undone as it is. Instants in UTC epoch seconds. */
export type EditOp =
  | { readonly kind: 'create'; readonly assignment: Assignment }
  | { readonly kind: 'remove'; readonly assignmentId: string }
  /** Moves a whole shift; breaks travel with it or stay where they are. */
  | {
      readonly kind: 'move';
      readonly assignmentId: string;
      readonly start: number;
      readonly breaks?: 'travel' | 'stay';
    }
  /** Changes one or both edges; breaks that no longer fit inside are dropped. */
  | {
      readonly kind: 'resize';
      readonly assignmentId: string;
      readonly start?: number;
      readonly end?: number;
    }
  | { readonly kind: 'assignTo'; readonly assignmentId: string; readonly agentId: string }
  /** Moves a break, lunch, meeting or training inside its shift. */
  | {
      readonly kind: 'moveActivity';
      readonly assignmentId: string;
      readonly index: number;
      readonly start: number;
    }
  /** Paints a stretch of the shift with an activity. */
  | {
      readonly kind: 'setActivity';
      readonly assignmentId: string;
      readonly activity: Activity;
    }
  /** The template's first length that fits best, with its breaks in the middle of their windows, at the same start. */
  | { readonly kind: 'changeTemplate'; readonly assignmentId: string; readonly templateId: string }
  | { readonly kind: 'lock'; readonly assignmentId: string; readonly locked: boolean }
  /** Puts a shift in place of the one with its id. */
  | { readonly kind: 'replace'; readonly assignment: Assignment }
  /** Several changes as one gesture: all or none. */
  | { readonly kind: 'batch'; readonly label: string; readonly ops: readonly EditOp[] };

/** What an edit touched. */
export interface Affected {
  readonly agentIds: readonly string[];
  readonly assignmentIds: readonly string[];
  /** Instants between which cover may have changed. */
  readonly start: number;
  readonly end: number;
}

export type EditResult =
  | {
      readonly kind: 'edited';
      readonly schedule: Schedule;
      /** Applied to the result, it gives back the schedule before. */
      readonly inverse: EditOp;
      readonly affected: Affected;
    }
  | { readonly kind: 'refused'; readonly reason: string };

/** One shift before and after; null = not there. */
export interface ShiftChange {
  readonly before: Assignment | null;
  readonly after: Assignment | null;
}

export type PlannedEdit =
  | { readonly kind: 'changes'; readonly changes: readonly ShiftChange[] }
  | { readonly kind: 'refused'; readonly reason: string };

/** Applies an edit to a schedule; the schedule itself is not changed. */
export function applyEdit(problem: ScheduleProblem, schedule: Schedule, op: EditOp): EditResult {
  const byId = new Map(schedule.assignments.map(shift => [shift.id, shift]));
  const planned = planEdit(problem, byId, op);
  if (planned.kind === 'refused') return planned;
  for (const { before, after } of planned.changes) {
    if (before) byId.delete(before.id);
    if (after) byId.set(after.id, after);
  }
  return {
    kind: 'edited',
    schedule: { assignments: sortAssignments([...byId.values()]) },
    inverse: inverseOf(planned.changes, op),
    affected: affectedBy(planned.changes),
  };
}

/** Works out which shifts an edit changes, and how; refuses what makes no sense, with the reason. */
export function planEdit(
  problem: ScheduleProblem,
  shifts: ReadonlyMap<string, Assignment>,
  op: EditOp,
): PlannedEdit {
  if (op.kind === 'batch') return planBatch(problem, shifts, op.ops);
  if (op.kind === 'create') {
    if (shifts.has(op.assignment.id)) return refuse(`there is already a shift ${op.assignment.id}`);
    return checked(problem, { before: null, after: op.assignment });
  }
  const id = op.kind === 'replace' ? op.assignment.id : op.assignmentId;
  const before = shifts.get(id);
  if (!before) return refuse(`there is no shift ${id}`);
  if (before.locked && op.kind !== 'lock' && op.kind !== 'replace')
    return refuse('the shift is locked; unlock it first');
  const after = changedShift(problem, before, op);
  return typeof after === 'string' ? refuse(after) : checked(problem, { before, after });
}

function planBatch(
  problem: ScheduleProblem,
  shifts: ReadonlyMap<string, Assignment>,
  ops: readonly EditOp[],
): PlannedEdit {
  const current = new Map(shifts);
  const touched = new Set<string>();
  for (const op of ops) {
    const planned = planEdit(problem, current, op);
    if (planned.kind === 'refused') return planned;
    for (const { before, after } of planned.changes) {
      if (before) current.delete(before.id);
      if (after) current.set(after.id, after);
      touched.add((after ?? before)?.id ?? '');
    }
  }
  const changes: ShiftChange[] = [];
  for (const id of touched) {
    const change = { before: shifts.get(id) ?? null, after: current.get(id) ?? null };
    if (change.before || change.after) changes.push(change);
  }
  return { kind: 'changes', changes };
}

function checked(problem: ScheduleProblem, change: ShiftChange): PlannedEdit {
  const { after } = change;
  if (!after) return { kind: 'changes', changes: [change] };
  if (!problem.agents.some(agent => agent.id === after.agentId))
    return refuse(`there is no agent ${after.agentId}`);
  const wrong = assignmentProblems(after);
  if (wrong.length > 0) return refuse(wrong.join('; '));
  if ([after.start, after.end, ...after.activities.map(a => a.end)].some(at => at % 60 !== 0)) {
    return refuse('times must be whole minutes');
  }
  return { kind: 'changes', changes: [change] };
}

function refuse(reason: string): { readonly kind: 'refused'; readonly reason: string } {
  return { kind: 'refused', reason };
}

/** The edit that undoes a set of changes. */
export function inverseOf(changes: readonly ShiftChange[], op: EditOp): EditOp {
  const ops = [...changes].reverse().map(({ before, after }): EditOp => {
    if (before && after) return { kind: 'replace', assignment: before };
    if (before) return { kind: 'create', assignment: before };
    return { kind: 'remove', assignmentId: after?.id ?? '' };
  });
  const [only] = ops;
  if (ops.length === 1 && only) return only;
  return { kind: 'batch', label: op.kind === 'batch' ? op.label : op.kind, ops };
}

export function affectedBy(changes: readonly ShiftChange[]): Affected {
  const shifts = changes.flatMap(({ before, after }) => [before, after].filter(shift => shift !== null));
  return {
    agentIds: [...new Set(shifts.map(shift => shift.agentId))],
    assignmentIds: [...new Set(shifts.map(shift => shift.id))],
    start: Math.min(...shifts.map(shift => shift.start)),
    end: Math.max(...shifts.map(shift => shift.end)),
  };
}
