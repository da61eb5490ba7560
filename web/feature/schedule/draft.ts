import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { ApiError } from '../../../api/contract/client.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { EditedSchedule } from '../../../api/contract/schedule.ts';
import { editConflictSchema } from '../../../api/contract/scheduleEdit.ts';
import type { ShiftChange } from '../../../forecasting/scheduling/edit.ts';
import type { Assignment } from '../../../forecasting/scheduling/schedule.ts';
import { attempt } from '../../lib/api.ts';
import type { EditHistory } from '../../lib/editHistory.ts';
import type { AssignmentMap } from './changes.ts';
import { dayKey, daysTouched, revisionsOf, type ScheduleContent } from './days.ts';
import {
  type Conflict,
  type DraftAction,
  type DraftState,
  draftAfter,
  emptyDraft,
  isSettled,
} from './draftState.ts';
import { type Operation, useOthersEdits } from './othersEdits.ts';
import { assignmentsById } from './shiftColumns.ts';

/** The draft as the editor sees it. */
export interface Draft {
  readonly shifts: AssignmentMap;
  readonly history: EditHistory<ShiftChange>;
  /** Edits not yet acknowledged by the server. */
  readonly unsaved: number;
  readonly error: unknown;
  readonly conflict: Conflict | null;
  readonly commit: (label: string, changes: readonly ShiftChange[]) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly keepTheirs: () => void;
  readonly keepMine: () => void;
  readonly retry: () => void;
  /** Takes back the edit that cannot be saved. */
  readonly giveUp: () => void;
  /** Lets the server change many shifts at once, and takes that in as one edit that can be undone. */
  readonly takeOver: (edit: () => Promise<EditedSchedule>) => Promise<void>;
}

/**
 * The draft in the browser: edits apply at once and are saved one after another in the background. Each carries the
 * revisions of the agents' days it touches; where somebody else was faster, both versions are offered.
 */
export function useDraft(
  content: ScheduleContent,
  onOthers: (operations: readonly Operation[]) => void,
): Draft {
  const { id, timeZone } = content.schedule;
  const [state, dispatch] = useReducer(draftAfter, content, () =>
    emptyDraft(assignmentsById(content.shifts), timeZone),
  );
  const [known] = useState(
    (): Known => ({ revisions: revisionsOf(content), saved: new Set(), taken: new Set() }),
  );
  const [isTaking, setTaking] = useState(false);
  useSaving(id, state, dispatch, known);
  useWarningBeforeLeaving(state.pending.length > 0);
  const look = useOthersEdits({
    scheduleId: id,
    lastSequence: content.lastSequence,
    ownSequences: known.saved,
    enabled: isSettled(state) && !isTaking,
    onContent: (fresh, operations) => {
      known.revisions = revisionsOf(fresh);
      const taken = operations.filter(operation => known.taken.has(operation.sequence));
      dispatch({ kind: 'fromServer', shifts: assignmentsById(fresh.shifts), taken });
      if (taken.length < operations.length) onOthers(operations.filter(entry => !taken.includes(entry)));
    },
  });
  const takeOver = useTakeOver(known, setTaking, look);
  const settle = useCallback(
    (kind: 'keepMine' | 'keepTheirs', conflict: Conflict | null) => {
      for (const day of conflict?.theirs ?? []) known.revisions.set(dayKey(day), day.revision);
      dispatch({ kind });
    },
    [known],
  );
  return useMemo(
    (): Draft => ({
      shifts: state.shifts,
      history: state.history,
      unsaved: state.pending.length,
      error: state.error,
      conflict: state.conflict,
      commit: (label, changes) => dispatch({ kind: 'commit', edit: { label, changes } }),
      undo: () => dispatch({ kind: 'undo' }),
      redo: () => dispatch({ kind: 'redo' }),
      keepMine: () => settle('keepMine', state.conflict),
      keepTheirs: () => settle('keepTheirs', state.conflict),
      retry: () => dispatch({ kind: 'retry' }),
      giveUp: () => dispatch({ kind: 'giveUp' }),
      takeOver,
    }),
    [state, settle, takeOver],
  );
}

/** What the server has told: the revision of every agent's day, and which operations are this person's. */
interface Known {
  revisions: Map<string, number>;
  /** Edits saved from here, and those that this person asked the server for. */
  readonly saved: Set<number>;
  readonly taken: Set<number>;
}

/** Lets the server make an edit, and looks at once for what it made; meanwhile nothing is taken in. */
function useTakeOver(
  known: Known,
  setTaking: (isTaking: boolean) => void,
  look: () => void,
): Draft['takeOver'] {
  const latestLook = useRef(look);
  latestLook.current = look;
  return useCallback(
    async edit => {
      setTaking(true);
      try {
        const { sequence } = await edit();
        if (sequence !== null) known.taken.add(sequence);
      } finally {
        setTaking(false);
      }
      latestLook.current();
    },
    [known, setTaking],
  );
}

/** Saves one edit at a time, in order: the revisions of the next depend on the answer to this one. */
function useSaving(
  scheduleId: string,
  state: DraftState,
  dispatch: (action: DraftAction) => void,
  known: Known,
): void {
  const client = useQueryClient();
  const saving = useRef(false);
  const { pending, conflict, error, timeZone } = state;
  useEffect(() => {
    const next = pending[0];
    if (!next || saving.current || conflict || error) return;
    saving.current = true;
    const save = async (): Promise<DraftAction> => {
      const base = daysTouched(next.changes, timeZone).map(day => ({
        ...day,
        revision: known.revisions.get(dayKey(day)) ?? 0,
      }));
      const answer = await attempt(ROUTES.editSchedule, {
        params: { id: scheduleId },
        body: { label: next.label, changes: next.changes.map(mutableChange), base },
      });
      if (answer.ok) {
        known.saved.add(answer.value.sequence);
        for (const day of answer.value.days) known.revisions.set(dayKey(day), day.revision);
        return { kind: 'saved' };
      }
      const theirs = editConflictSchema.array().safeParse(answer.problem.current);
      if (answer.problem.status !== 409 || !theirs.success)
        return { kind: 'failed', error: new ApiError(answer.problem) };
      // A day that the edit touches twice is one conflict.
      const days = new Map(theirs.data.map(day => [dayKey(day), day]));
      return { kind: 'conflict', theirs: [...days.values()] };
    };
    void save()
      .catch((failure: unknown): DraftAction => ({ kind: 'failed', error: failure }))
      .then(action => {
        saving.current = false;
        dispatch(action);
        void client.invalidateQueries({ queryKey: ['schedules'] });
      });
  }, [pending, conflict, error, timeZone, scheduleId, dispatch, known, client]);
}

/** Leaving with unsaved edits asks first. */
function useWarningBeforeLeaving(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isUnsaved]);
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
