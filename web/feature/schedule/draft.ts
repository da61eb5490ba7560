import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { ROUTES } from '../../../api/contract/routes.ts';
import { editConflictSchema } from '../../../api/contract/scheduleEdit.ts';
import type { Assignment } from '../../../forecasting/scheduling/schedule.ts';
import { attempt } from '../../lib/api.ts';
import type { EditHistory } from '../../lib/editHistory.ts';
import type { AssignmentMap, ShiftChange } from './changes.ts';
import { dayKey, daysTouched, revisionsOf, type ScheduleContent } from './days.ts';
import {
  type Conflict,
  type DraftAction,
  type DraftState,
  draftAfter,
  emptyDraft,
  isSettled,
} from './draftState.ts';
import { useOthersEdits } from './othersEdits.ts';
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
}

/**
 * The draft in the browser: edits apply at once and are saved one after another in the background. Each carries the
 * revisions of the agents' days it touches; where somebody else was faster, both versions are offered.
 */
export function useDraft(content: ScheduleContent, lastSequence: number, onOthers: () => void): Draft {
  const { id, timeZone } = content.schedule;
  const [state, dispatch] = useReducer(draftAfter, content, () =>
    emptyDraft(assignmentsById(content.shifts), timeZone),
  );
  const [known] = useState(() => ({ revisions: revisionsOf(content), ownSequences: new Set<number>() }));
  useSaving(id, state, dispatch, known);
  useWarningBeforeLeaving(state.pending.length > 0);
  useOthersEdits({
    scheduleId: id,
    lastSequence,
    ownSequences: known.ownSequences,
    enabled: isSettled(state),
    onContent: fresh => {
      known.revisions = revisionsOf(fresh);
      dispatch({ kind: 'others', shifts: assignmentsById(fresh.shifts) });
      onOthers();
    },
  });
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
    }),
    [state, settle],
  );
}

/** What the server has told: the revision of every agent's day, and which operations came from here. */
interface Known {
  revisions: Map<string, number>;
  readonly ownSequences: Set<number>;
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
        known.ownSequences.add(answer.value.sequence);
        for (const day of answer.value.days) known.revisions.set(dayKey(day), day.revision);
        return { kind: 'saved' };
      }
      const theirs = editConflictSchema.array().safeParse(answer.problem.current);
      if (answer.problem.status !== 409 || !theirs.success)
        return { kind: 'failed', error: new Error(answer.problem.detail ?? answer.problem.title) };
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
