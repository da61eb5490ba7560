import type { EditConflict } from '../../../api/contract/scheduleEdit.ts';
import { localDateOf } from '../../../forecasting/index.ts';
import type { ShiftChange } from '../../../forecasting/scheduling/edit.ts';
import { sameShift, shiftChanges } from '../../../forecasting/scheduling/shiftChanges.ts';
import { type EditHistory, EMPTY_HISTORY, pushEntry, redoStep, undoStep } from '../../lib/editHistory.ts';
import { t } from '../../locale/i18n.ts';
import { type AssignmentMap, applied, inverse } from './changes.ts';
import { dayKey, daysTouched } from './days.ts';

/** One gesture on its way to the server. */
export interface Edit {
  readonly label: string;
  readonly changes: readonly ShiftChange[];
}

/** A gesture that could not be saved because somebody else had changed the same agent's day. */
export interface Conflict {
  readonly label: string;
  readonly theirs: readonly EditConflict[];
}

/** The draft: shifts as they look here, what the server does not have yet, and the way back. */
export interface DraftState {
  readonly timeZone: string;
  readonly shifts: AssignmentMap;
  readonly history: EditHistory<ShiftChange>;
  /** Edits not yet acknowledged by the server, oldest first. */
  readonly pending: readonly Edit[];
  readonly conflict: Conflict | null;
  readonly error: unknown;
}

export type DraftAction =
  | { readonly kind: 'commit'; readonly edit: Edit }
  | { readonly kind: 'undo' | 'redo' | 'saved' | 'retry' | 'giveUp' | 'keepMine' | 'keepTheirs' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'conflict'; readonly theirs: readonly EditConflict[] }
  /** What the server has after an edit that was not made here; `taken` are those that this person asked it for. */
  | { readonly kind: 'fromServer'; readonly shifts: AssignmentMap; readonly taken: readonly Edit[] };

export function emptyDraft(shifts: AssignmentMap, timeZone: string): DraftState {
  return { timeZone, shifts, history: EMPTY_HISTORY, pending: [], conflict: null, error: null };
}

/** The draft after something happened. Nothing of a person's work is dropped without a choice. */
export function draftAfter(state: DraftState, action: DraftAction): DraftState {
  switch (action.kind) {
    case 'commit': {
      const { label, changes } = action.edit;
      return { ...withEdit(state, action.edit), history: pushEntry(state.history, { label, ops: changes }) };
    }
    case 'undo':
    case 'redo':
      return steppedThrough(state, action.kind);
    case 'saved':
      return { ...state, pending: state.pending.slice(1) };
    case 'failed':
      return { ...state, error: action.error };
    case 'retry':
      return { ...state, error: null };
    case 'giveUp':
      return {
        ...rebuilt(state, takenBack(state), state.pending.slice(1)),
        error: null,
      };
    case 'conflict':
      return { ...state, conflict: { label: state.pending[0]?.label ?? '', theirs: action.theirs } };
    case 'keepMine':
      return state.conflict ? keptMine(state, state.conflict) : state;
    case 'keepTheirs':
      return state.conflict ? keptTheirs(state, state.conflict) : state;
    case 'fromServer':
      return isSettled(state) ? tookIn(state, action) : state;
  }
}

/** Whether the server has everything, so that its version may replace what is here. */
export function isSettled(state: DraftState): boolean {
  return state.pending.length === 0 && state.conflict === null;
}

/** The server's shifts in place of those here; what this person asked it for can be undone like any other edit. */
function tookIn(state: DraftState, action: DraftAction & { kind: 'fromServer' }): DraftState {
  const history = action.taken.reduce(
    (past, { label, changes }) => pushEntry(past, { label, ops: changes }),
    state.history,
  );
  return { ...state, shifts: action.shifts, history };
}

function withEdit(state: DraftState, edit: Edit): DraftState {
  if (edit.changes.length === 0) return state;
  return { ...state, shifts: applied(state.shifts, edit.changes), pending: [...state.pending, edit] };
}

function steppedThrough(state: DraftState, direction: 'undo' | 'redo'): DraftState {
  const step = direction === 'undo' ? undoStep(state.history, inverse) : redoStep(state.history);
  if (!step) return state;
  const { label } = step.entry;
  const edit = {
    label: direction === 'undo' ? t('schedule.undoOf', { label }) : label,
    changes: step.ops,
  };
  return { ...withEdit(state, edit), history: step.history };
}

/** The shifts without anything that is unsaved. */
function takenBack(state: DraftState): AssignmentMap {
  const back = [...state.pending].reverse().flatMap(edit => edit.changes.map(inverse).reverse());
  return applied(state.shifts, back);
}

/** What the server has: unsaved edits taken back, and somebody else's version of the days in conflict. */
function serverShifts(state: DraftState, conflict: Conflict): AssignmentMap {
  const isContested = contestedDays(conflict);
  const shifts = new Map(
    [...takenBack(state)].filter(
      ([, shift]) => !isContested({ agentId: shift.agentId, date: localDateOf(shift.start, state.timeZone) }),
    ),
  );
  for (const day of conflict.theirs) for (const shift of day.theirs) shifts.set(shift.id, shift);
  return shifts;
}

function contestedDays(conflict: Conflict) {
  const days = new Set(conflict.theirs.map(dayKey));
  return (day: Parameters<typeof dayKey>[0]) => days.has(dayKey(day));
}

/** Mine stays: everything unsaved is sent again as one edit that starts from what the server has. */
function keptMine(state: DraftState, conflict: Conflict): DraftState {
  const changes = shiftChanges(serverShifts(state, conflict).values(), state.shifts.values());
  const pending = changes.length > 0 ? [{ label: conflict.label, changes }] : [];
  return { ...state, pending, conflict: null };
}

/** Theirs stays on the days in conflict; what else was unsaved is kept and sent. */
function keptTheirs(state: DraftState, conflict: Conflict): DraftState {
  const isContested = contestedDays(conflict);
  const edits = state.pending.map(edit => ({
    ...edit,
    changes: edit.changes.filter(change => !daysTouched([change], state.timeZone).some(isContested)),
  }));
  return { ...rebuilt(state, serverShifts(state, conflict), edits), conflict: null };
}

/** The edits made again on other shifts, without those changes that no longer start from what is there. */
function rebuilt(state: DraftState, from: AssignmentMap, edits: readonly Edit[]): DraftState {
  let shifts = from;
  const pending: Edit[] = [];
  for (const edit of edits) {
    const changes = edit.changes.filter(change => startsFrom(shifts, change));
    if (changes.length === 0) continue;
    shifts = applied(shifts, changes);
    pending.push({ ...edit, changes });
  }
  // Undoing across what was given up would bring it back.
  return { ...state, shifts, pending, history: EMPTY_HISTORY };
}

/** Whether a change still starts from what is there: the edit before it may just have been given up. */
function startsFrom(shifts: AssignmentMap, { before, after }: ShiftChange): boolean {
  if (before === null) return after === null || !shifts.has(after.id);
  const here = shifts.get(before.id);
  return here !== undefined && sameShift(here, before);
}
