import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { z } from 'zod';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { scheduleContentSchema } from '../../../api/contract/schedule.ts';
import { type EditConflict, editConflictSchema } from '../../../api/contract/scheduleEdit.ts';
import { addDays, localDateOf } from '../../../forecasting/index.ts';
import type { Assignment } from '../../../forecasting/scheduling/schedule.ts';
import { attempt, call } from '../../lib/api.ts';
import { type EditHistory, EMPTY_HISTORY, pushEntry, redoStep, undoStep } from '../../lib/editHistory.ts';
import { t } from '../../locale/i18n.ts';
import { type AssignmentMap, applied, inverse, type ShiftChange } from './changes.ts';
import { assignmentsOf } from './shiftColumns.ts';

type Content = z.output<typeof scheduleContentSchema>;

/** A gesture that could not be saved because somebody else had changed the same agent's day. */
export interface Conflict {
  readonly label: string;
  readonly mine: readonly ShiftChange[];
  readonly theirs: readonly EditConflict[];
}

export interface Draft {
  readonly shifts: AssignmentMap;
  readonly history: EditHistory<ShiftChange>;
  /** Edits not yet acknowledged by the server. */
  readonly unsaved: number;
  readonly error: unknown;
  readonly conflict: Conflict | null;
  readonly commit: (label: string, changes: readonly ShiftChange[]) => void;
  readonly undo: () => string | null;
  readonly redo: () => string | null;
  readonly keepTheirs: () => void;
  readonly keepMine: () => void;
  readonly retry: () => void;
}

interface Edit {
  readonly label: string;
  readonly changes: readonly ShiftChange[];
}

const FOLLOW_INTERVAL_MS = 4000;

/**
 * The draft in the browser: edits apply at once and are saved one after another in the background. Each carries the
 * revisions of the agents' days it touches; where somebody else was faster, both versions are offered.
 */
export function useDraft(
  content: Content,
  lastSequence: number,
  onChange: (changes: readonly ShiftChange[]) => void,
): Draft {
  const client = useQueryClient();
  const { schedule } = content;
  const [shifts, setShifts] = useState<AssignmentMap>(
    () => new Map(assignmentsOf(content.shifts).map(shift => [shift.id, shift])),
  );
  const [history, setHistory] = useState<EditHistory<ShiftChange>>(EMPTY_HISTORY);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState<readonly Edit[]>([]);
  const revisions = useRef(revisionsOf(content));
  const ownSequences = useRef(new Set<number>());
  const saving = useRef(false);
  const changed = useRef(onChange);
  changed.current = onChange;

  const change = useCallback((changes: readonly ShiftChange[]) => {
    setShifts(previous => applied(previous, changes));
    changed.current(changes);
  }, []);

  const send = useCallback(
    async (edit: Edit) => {
      const base = daysTouched(edit.changes, schedule.timeZone).map(day => ({
        ...day,
        revision: revisions.current.get(dayKey(day.agentId, day.date)) ?? 0,
      }));
      const answer = await attempt(ROUTES.editSchedule, {
        params: { id: schedule.id },
        body: { label: edit.label, changes: edit.changes.map(mutableChange), base },
      });
      if (answer.ok) {
        ownSequences.current.add(answer.value.sequence);
        for (const day of answer.value.days)
          revisions.current.set(dayKey(day.agentId, day.date), day.revision);
        return 'saved';
      }
      const theirs = editConflictSchema.array().safeParse(answer.problem.current);
      if (answer.problem.status === 409 && theirs.success) {
        // A day that the edit touches twice is one conflict.
        const days = new Map(theirs.data.map(day => [dayKey(day.agentId, day.date), day]));
        setConflict({ label: edit.label, mine: edit.changes, theirs: [...days.values()] });
        return 'conflict';
      }
      throw new Error(answer.problem.detail ?? answer.problem.title);
    },
    [schedule.id, schedule.timeZone],
  );

  // One edit at a time, in order: the revisions of the next depend on the answer to this one.
  useEffect(() => {
    const next = pending[0];
    if (!next || saving.current || conflict || error) return;
    saving.current = true;
    send(next)
      .then(
        () => setPending(queue => queue.slice(1)),
        (failure: unknown) => setError(failure),
      )
      .finally(() => {
        saving.current = false;
        void client.invalidateQueries({ queryKey: ['schedules'] });
      });
  }, [pending, conflict, error, send, client]);

  useFollowOthers(schedule.id, lastSequence, pending.length === 0 && conflict === null, operation => {
    if (ownSequences.current.has(operation.sequence)) return;
    change(changesHere(shifts, operation.changes));
    for (const day of daysTouched(operation.changes, schedule.timeZone)) {
      const key = dayKey(day.agentId, day.date);
      revisions.current.set(key, (revisions.current.get(key) ?? 0) + 1);
    }
  });

  const enqueue = useCallback(
    (edit: Edit) => {
      if (edit.changes.length === 0) return;
      change(edit.changes);
      setPending(queue => [...queue, edit]);
    },
    [change],
  );
  return useMemo(
    (): Draft => ({
      shifts,
      history,
      unsaved: pending.length,
      error,
      conflict,
      commit: (label, changes) => {
        setHistory(previous => pushEntry(previous, { label, ops: changes }));
        enqueue({ label, changes });
      },
      undo: () => {
        const step = undoStep(history, inverse);
        if (!step) return null;
        setHistory(step.history);
        enqueue({ label: t('schedule.undoOf', { label: step.entry.label }), changes: step.ops });
        return step.entry.label;
      },
      redo: () => {
        const step = redoStep(history);
        if (!step) return null;
        setHistory(step.history);
        enqueue({ label: step.entry.label, changes: step.ops });
        return step.entry.label;
      },
      keepTheirs: () => {
        if (!conflict) return;
        change(replaceDays(shifts, conflict.theirs, schedule.timeZone));
        for (const day of conflict.theirs) revisions.current.set(dayKey(day.agentId, day.date), day.revision);
        setHistory(EMPTY_HISTORY);
        setConflict(null);
      },
      keepMine: () => {
        if (!conflict) return;
        for (const day of conflict.theirs) revisions.current.set(dayKey(day.agentId, day.date), day.revision);
        const back = replaceDays(shifts, conflict.theirs, schedule.timeZone).map(inverse);
        setPending(queue => [{ label: conflict.label, changes: back }, ...queue]);
        setConflict(null);
      },
      retry: () => setError(null),
    }),
    [shifts, history, pending, error, conflict, enqueue, change, schedule.timeZone],
  );
}

/** Takes in what other planners save meanwhile, beginning after the operation that the content already has. */
function useFollowOthers(
  scheduleId: string,
  lastSequence: number,
  enabled: boolean,
  onOperation: (operation: { readonly sequence: number; readonly changes: readonly ShiftChange[] }) => void,
): void {
  const known = useRef(lastSequence);
  const take = useRef(onOperation);
  take.current = onOperation;
  const query = useQuery({
    // What an earlier editor had read must not be taken in twice.
    queryKey: ['schedule-edits', scheduleId, lastSequence, useId()],
    gcTime: 0,
    enabled,
    refetchInterval: FOLLOW_INTERVAL_MS,
    staleTime: 0,
    queryFn: async () => {
      const since = await call(ROUTES.listEditsSince, {
        params: { id: scheduleId, sequence: String(known.current) },
      });
      return since.items;
    },
  });
  const { data } = query;
  useEffect(() => {
    for (const operation of data ?? []) {
      if (operation.sequence <= known.current) continue;
      known.current = operation.sequence;
      take.current(operation);
    }
  }, [data]);
}

/** Foreign changes as seen from here: what is already so is left out, what differs starts from what is here. */
function changesHere(shifts: AssignmentMap, changes: readonly ShiftChange[]): readonly ShiftChange[] {
  return changes.flatMap(({ before, after }): ShiftChange[] => {
    const here = shifts.get(after?.id ?? before?.id ?? '') ?? null;
    return sameShift(here, after) ? [] : [{ before: here, after }];
  });
}

function sameShift(a: Assignment | null, b: Assignment | null): boolean {
  if (a === null || b === null) return a === b;
  return a.agentId === b.agentId && JSON.stringify(a.activities) === JSON.stringify(b.activities);
}

function dayKey(agentId: string, date: string): string {
  return `${agentId}|${date}`;
}

function revisionsOf(content: Content): Map<string, number> {
  const revisions = new Map<string, number>();
  content.shifts.agentIds.forEach((agentId, a) => {
    content.dayRevisions[a]?.forEach((revision, d) => {
      revisions.set(dayKey(agentId, addDays(content.schedule.weekStart, d)), revision);
    });
  });
  return revisions;
}

/** Every agent's day that the changes touch: a shift belongs to the day on which it starts. */
export function daysTouched(
  changes: readonly ShiftChange[],
  timeZone: string,
): readonly { readonly agentId: string; readonly date: string }[] {
  const days = new Map<string, { agentId: string; date: string }>();
  for (const { before, after } of changes) {
    for (const shift of [before, after]) {
      if (!shift) continue;
      const date = localDateOf(shift.start, timeZone);
      days.set(dayKey(shift.agentId, date), { agentId: shift.agentId, date });
    }
  }
  return [...days.values()];
}

/** Changes that put somebody else's version of some days in the place of what is here. */
function replaceDays(
  shifts: AssignmentMap,
  days: readonly EditConflict[],
  timeZone: string,
): readonly ShiftChange[] {
  const here = [...shifts.values()].filter(shift =>
    days.some(day => shift.agentId === day.agentId && localDateOf(shift.start, timeZone) === day.date),
  );
  const theirs = days.flatMap(day => day.theirs);
  const kept = new Set(theirs.map(shift => shift.id));
  return [
    ...here.filter(shift => !kept.has(shift.id)).map(before => ({ before, after: null })),
    ...theirs.map(after => ({ before: shifts.get(after.id) ?? null, after })),
  ];
}

/** The contract's arrays are mutable; a shift of the domain is not. */
function mutableChange(change: ShiftChange) {
  return { before: mutableShift(change.before), after: mutableShift(change.after) };
}

function mutableShift(shift: Assignment | null) {
  return shift === null
    ? null
    : { ...shift, activities: shift.activities.map(activity => ({ ...activity })) };
}
