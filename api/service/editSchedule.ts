import type { Db } from '../../data/db/connect.ts';
import { listAgents } from '../../data/store/agents.ts';
import { findSchedule, type Schedule } from '../../data/store/schedules.ts';
import {
  type AgentWeek,
  type AgentWeekEdit,
  listAgentWeeks,
  listOperations,
  type ScheduleOperation,
  saveScheduleEdit,
} from '../../data/store/scheduleWeeks.ts';
import type { ShiftChange } from '../../forecasting/scheduling/edit.ts';
import { type Assignment, assignmentProblems, paidMinutes } from '../../forecasting/scheduling/schedule.ts';
import { sameShift } from '../../forecasting/scheduling/shiftChanges.ts';
import type { EditedSchedule } from '../contract/schedule.ts';
import { type ScheduleEdit, shiftChangeSchema } from '../contract/scheduleEdit.ts';
import { type Context, mutate, reach } from './context.ts';
import { changesOfOperation, editConflict } from './editConflict.ts';
import { type PageQuery, pageFrom, pageStart } from './page.ts';
import { peopleInReach } from './peopleInReach.ts';
import { found, Refusal } from './refusal.ts';
import { dateOfDay, dayOfShift, readShifts, shiftsValue } from './scheduleContent.ts';
import { presentSchedule } from './schedules.ts';
import { asJson } from './storedQueue.ts';
import { userNames } from './userNames.ts';

/** Applies one gesture; a day that somebody else changed since is a conflict with their version beside it. */
export async function editSchedule(context: Context, id: string, edit: ScheduleEdit) {
  return mutate(context, 'schedule.edit', async db => {
    const schedule = found(await findSchedule(db, reach(context, 'schedule.manage'), id));
    const saved = await applyChanges(context, db, schedule, edit);
    return { ...subject(schedule), value: saved, detail: { label: edit.label, sequence: saved.sequence } };
  });
}

/** Applies the inverse of an operation as a new one; undoing an undo is a redo. */
export async function undoEdit(context: Context, id: string, sequence: number) {
  return mutate(context, 'schedule.undo', async db => {
    const schedule = found(await findSchedule(db, reach(context, 'schedule.manage'), id));
    const [operation] = await listOperations(db, [schedule.siteId], id, sequence - 1, 1);
    if (operation?.sequence !== sequence) throw new Refusal('notFound');
    const changes = changesOfOperation(operation).map(({ before, after }) => ({
      before: after,
      after: before,
    }));
    if (changes.length === 0) throw new Refusal('wrongState', 'this operation cannot be taken back');
    const label =
      operation.undoes === null
        ? `Undo: ${operation.label}`
        : `Redo: ${operation.label.replace(/^Undo: /, '')}`;
    const saved = await applyChanges(
      context,
      db,
      schedule,
      { label: label.slice(0, 200), changes, base: null },
      sequence,
    );
    return { ...subject(schedule), value: saved, detail: { undoes: sequence, sequence: saved.sequence } };
  });
}

function subject(schedule: Schedule) {
  return { subjectKind: 'schedule', subjectId: schedule.id, siteId: schedule.siteId };
}

/** The base that an editor knew; null takes the present state, and only differing shifts are conflicts. */
export interface ChangeSet {
  readonly label: string;
  readonly changes: readonly ShiftChange[];
  readonly base: ScheduleEdit['base'] | null;
}

/** Checks and writes changes of shifts with their log entry. @throws Refusal `conflict` with the days concerned. */
export async function applyChanges(
  context: Context,
  db: Db,
  schedule: Schedule,
  set: ChangeSet,
  undoes?: number,
) {
  const agentIds = [
    ...new Set(set.changes.flatMap(change => [change.before?.agentId, change.after?.agentId])),
  ].filter(id => id !== undefined);
  await assertAgents(db, schedule, agentIds);
  const weeks = await listAgentWeeks(db, [schedule.siteId], schedule.id, agentIds);
  const drafts = new Map(
    agentIds.map(id => [
      id,
      new AgentDraft(
        schedule,
        id,
        weeks.find(week => week.agentId === id),
      ),
    ]),
  );
  for (const change of set.changes) {
    if (change.before) drafts.get(change.before.agentId)?.take(change.before);
    if (change.after) drafts.get(change.after.agentId)?.put(change.after);
  }
  const clashing = [...drafts.values()].flatMap(draft =>
    draft.clashes.map(day => ({ agentId: draft.agentId, day })),
  );
  if (clashing.length > 0) throw await editConflict(db, schedule, weeks, clashing);
  const rows = [...drafts.values()].filter(draft => draft.days.size > 0).map(draft => draft.row(set.base));
  const outcome = await saveScheduleEdit(db, {
    scheduleId: schedule.id,
    siteId: schedule.siteId,
    days: schedule.days,
    label: set.label,
    operation: asJson({ changes: set.changes }),
    inverse: asJson({ changes: set.changes.map(({ before, after }) => ({ before: after, after: before })) }),
    ...(undoes !== undefined && { undoes }),
    rows,
    userId: context.principal.userId,
    at: context.environment.now(),
  });
  if (outcome.kind === 'missing') throw new Refusal('notFound');
  if (outcome.kind === 'conflict') {
    const days = outcome.conflicts.flatMap(({ agentId, days }) => days.map(day => ({ agentId, day })));
    throw await editConflict(db, schedule, outcome.current, days);
  }
  return {
    schedule: await presentSchedule(db, found(await findSchedule(db, [schedule.siteId], schedule.id))),
    sequence: outcome.sequence,
    days: rows.flatMap(row =>
      row.days.map(day => ({
        agentId: row.agentId,
        date: dateOfDay(schedule, day),
        revision: outcome.revision,
      })),
    ),
  };
}

/** Applies what somebody chose as a whole, such as a proposal, as one edit; a choice that changes nothing is none. */
export async function applyAsOneEdit(
  context: Context,
  db: Db,
  schedule: Schedule,
  set: ChangeSet,
): Promise<EditedSchedule> {
  if (set.changes.length === 0) return { ...(await presentSchedule(db, schedule)), sequence: null };
  const { schedule: head, sequence } = await applyChanges(context, db, schedule, set);
  return { ...head, sequence };
}

async function assertAgents(db: Db, schedule: Schedule, agentIds: readonly string[]): Promise<void> {
  const known = await listAgents(db, [schedule.siteId], { ids: agentIds });
  if (known.length !== agentIds.length)
    throw new Refusal('invalid', 'body.changes: no such agent at this site');
}

/** The shifts of one agent while changes are applied to them. */
class AgentDraft {
  readonly agentId: string;
  readonly days = new Set<number>();
  readonly clashes: number[] = [];
  readonly #schedule: Schedule;
  readonly #week: AgentWeek | undefined;
  readonly #shifts: Map<string, Assignment>;

  constructor(schedule: Schedule, agentId: string, week: AgentWeek | undefined) {
    this.agentId = agentId;
    this.#schedule = schedule;
    this.#week = week;
    this.#shifts = new Map((week ? readShifts(week) : []).map(shift => [shift.id, shift]));
  }

  /** Removes a shift that must look as the editor saw it. */
  take(shift: Assignment): void {
    const day = this.#touch(shift);
    const stored = this.#shifts.get(shift.id);
    if (stored && sameShift(stored, shift)) this.#shifts.delete(shift.id);
    else this.clashes.push(day);
  }

  put(shift: Assignment): void {
    const problems = assignmentProblems(shift);
    if (problems.length > 0) throw new Refusal('invalid', `body.changes: ${problems.join('; ')}`);
    const day = this.#touch(shift);
    if (this.#shifts.has(shift.id)) this.clashes.push(day);
    else this.#shifts.set(shift.id, shift);
  }

  #touch(shift: Assignment): number {
    const day = dayOfShift(this.#schedule, shift);
    if (day < 0 || day >= this.#schedule.days) {
      throw new Refusal('invalid', 'body.changes: a shift must start on a day of the schedule');
    }
    this.days.add(day);
    return day;
  }

  row(base: ChangeSet['base']): AgentWeekEdit {
    this.#assertNoOverlap();
    const shifts = [...this.#shifts.values()];
    const days = [...this.days].sort((a, b) => a - b);
    const current = this.#week?.dayRevisions ?? [];
    const basedOn = Array.from({ length: this.#schedule.days }, (_, day) => current[day] ?? 0);
    if (base) {
      for (const day of days) {
        const date = dateOfDay(this.#schedule, day);
        const known = base.find(entry => entry.agentId === this.agentId && entry.date === date);
        if (!known)
          throw new Refusal('invalid', `body.base: the revision of ${date} is missing for an agent`);
        basedOn[day] = known.revision;
      }
    }
    return {
      agentId: this.agentId,
      content: shiftsValue(shifts),
      paidMinutes: shifts.reduce((sum, shift) => sum + paidMinutes(shift), 0),
      days,
      basedOn,
    };
  }

  #assertNoOverlap(): void {
    const shifts = [...this.#shifts.values()].sort((a, b) => a.start - b.start);
    for (let i = 1; i < shifts.length; i++) {
      const before = shifts[i - 1];
      const shift = shifts[i];
      if (before && shift && shift.start < before.end) {
        throw new Refusal('unprocessable', 'two shifts of one agent would overlap');
      }
    }
  }
}

/** A page of operations, oldest first, with the changes to people in reach. */
export async function readEdits(context: Context, id: string, query: PageQuery) {
  const { db } = context.environment.store;
  const schedule = found(await findSchedule(db, reach(context, 'schedule.read'), id));
  const inReach = await peopleInReach(context, 'schedule.read', schedule.siteId);
  const limit = query.limit ?? 100;
  const operations = await listOperations(db, [schedule.siteId], id, pageStart(query) ?? 0, limit + 1);
  const page = pageFrom(operations, limit, operation => operation.sequence);
  const nameOf = await userNames(db);
  const items = page.items.flatMap(operation => {
    const all = changesOfOperation(operation);
    const changes = all.filter(change => inReach((change.after ?? change.before)?.agentId ?? ''));
    return all.length > 0 && changes.length === 0 ? [] : [presentOperation(operation, changes, nameOf)];
  });
  return { ...page, items };
}

function presentOperation(
  operation: ScheduleOperation,
  changes: readonly ShiftChange[],
  nameOf: (userId: string | null) => string,
) {
  return {
    sequence: operation.sequence,
    label: operation.label,
    changes: changes.map(change => shiftChangeSchema.parse(change)),
    undoes: operation.undoes,
    createdBy: nameOf(operation.createdBy),
    createdAt: operation.createdAt,
  };
}
