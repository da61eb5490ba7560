import type { MutableRefObject } from 'react';
import type { ShiftChange } from '../../../forecasting/scheduling/edit.ts';
import type { Assignment } from '../../../forecasting/scheduling/schedule.ts';
import type { GanttCommand } from '../../component/gantt/useGridCursor.ts';
import type { CommandId } from '../../lib/keys.ts';
import { newId } from '../../lib/newId.ts';
import { t } from '../../locale/i18n.ts';
import { pasted, resized } from './changes.ts';
import { localDateAfter, sameClockOn } from './clock.ts';
import type { Editor } from './useEditor.ts';

const NEW_SHIFT_SECONDS = 8 * 3600;

/** What commands work on: the editor, the selection and the view. */
export interface CommandContext {
  readonly editor: Editor;
  readonly timeZone: string;
  readonly selected: ReadonlySet<string>;
  readonly clipboard: MutableRefObject<readonly Assignment[]>;
  /** The rows as shown, for “the agent below”. */
  readonly rowIds: MutableRefObject<readonly string[]>;
  readonly picked: boolean;
  readonly readOnly: boolean;
  readonly select: (ids: ReadonlySet<string>) => void;
  readonly open: (shiftId: string) => void;
  readonly pick: (on: boolean) => void;
  readonly placeAt: (rowId: string, instant: number) => void;
  readonly zoom: (factor: number) => void;
  readonly stepDay: (days: number) => void;
  readonly focusFilter: () => void;
}

/** Where a command was given. */
export type CommandPlace = Omit<GanttCommand, 'id'>;

type Command = (context: CommandContext, place: CommandPlace, targets: readonly string[]) => void;

/** Everything that keys, menus and buttons can do. Commands that only look are allowed without the right to edit. */
const LOOKING: Partial<Record<CommandId, Command>> = {
  open: (context, place) => {
    if (context.picked) context.placeAt(place.rowId, place.instant);
    else if (place.shift) context.open(place.shift.id);
  },
  select: (context, { shift }) => context.select(shift ? new Set([shift.id]) : new Set()),
  selectMore: (context, { shift }) => {
    if (shift) context.select(new Set([...context.selected, shift.id]));
  },
  selectRow: (context, { rowId }) =>
    context.select(
      new Set([...context.editor.draft.shifts.values()].filter(s => s.agentId === rowId).map(s => s.id)),
    ),
  selectAll: context => context.select(new Set(context.editor.draft.shifts.keys())),
  copy: (context, _place, targets) => {
    context.clipboard.current = shiftsOf(context.editor, targets);
    context.editor.say(t('schedule.copied', { count: targets.length }));
  },
  zoomIn: context => context.zoom(1.25),
  zoomOut: context => context.zoom(0.8),
  previousDay: context => context.stepDay(-1),
  nextDay: context => context.stepDay(1),
  filter: context => context.focusFilter(),
  cancel: context => {
    context.pick(false);
    context.select(new Set());
  },
};

const EDITING: Partial<Record<CommandId, Command>> = {
  undo: context => context.editor.undo(),
  redo: context => context.editor.redo(),
  remove: (context, _place, targets) => removeShifts(context, targets),
  cut: (context, _place, targets) => {
    context.clipboard.current = shiftsOf(context.editor, targets);
    removeShifts(context, targets);
  },
  paste,
  duplicate: (context, _place, targets) => duplicate(context, targets),
  nudgeLeft: (context, _place, targets) => nudge(context, targets, -1),
  nudgeRight: (context, _place, targets) => nudge(context, targets, 1),
  nudgeUp: (context, _place, targets) => giveToNeighbour(context, targets[0], -1),
  nudgeDown: (context, _place, targets) => giveToNeighbour(context, targets[0], 1),
  shorten: (context, _place, targets) => resizeBy(context, targets, -1),
  lengthen: (context, _place, targets) => resizeBy(context, targets, 1),
  moveMode: (context, _place, targets) => {
    if (targets.length === 0) return;
    context.select(new Set(targets));
    context.pick(!context.picked);
  },
  create: (context, { rowId, instant }) =>
    context.editor.gesture({ kind: 'create', rowId, start: instant, end: instant + NEW_SHIFT_SECONDS }),
  lock: (context, _place, targets) => toggleLock(context, targets),
};

/** Carries out a key of the table `lib/keys.ts` or an entry of a menu; false when it means nothing here. */
export function runCommand({ id, ...place }: GanttCommand, context: CommandContext): boolean {
  const command = LOOKING[id] ?? (context.readOnly ? undefined : EDITING[id]);
  if (!command) return false;
  const { selected } = context;
  const under = place.shift?.id;
  command(context, place, selected.size > 0 ? [...selected] : under ? [under] : []);
  return true;
}

function shiftsOf(editor: Editor, ids: readonly string[]): readonly Assignment[] {
  return ids.flatMap(id => editor.draft.shifts.get(id) ?? []);
}

export function removeShifts({ editor, select }: CommandContext, ids: readonly string[]): void {
  const changes = shiftsOf(editor, ids)
    .filter(shift => !shift.locked)
    .map((before): ShiftChange => ({ before, after: null }));
  select(new Set());
  editor.commit(t('schedule.label.remove', { count: changes.length }), changes);
}

function paste(context: CommandContext, { rowId, instant }: CommandPlace): void {
  const copied = context.clipboard.current;
  if (copied.length === 0) return;
  insert(context, pasted(copied, rowId, instant, context.timeZone, newId));
}

function duplicate(context: CommandContext, ids: readonly string[]): void {
  const { editor, timeZone } = context;
  insert(
    context,
    shiftsOf(editor, ids).flatMap(shift => {
      const tomorrow = sameClockOn(shift.start, localDateAfter(shift.start, timeZone), timeZone);
      return pasted([shift], shift.agentId, tomorrow, timeZone, newId);
    }),
  );
}

/** Puts copies in and selects them, so that the next key moves what was just put down. */
function insert({ editor, select }: CommandContext, changes: readonly ShiftChange[]): void {
  editor.commit(t('schedule.label.paste', { count: changes.length }), changes);
  select(new Set(changes.flatMap(change => change.after?.id ?? [])));
}

/** Moves shifts by whole steps; also behind the buttons of the toolbar. */
export function nudge({ editor }: CommandContext, ids: readonly string[], steps: number): void {
  if (ids.length === 0) return;
  editor.gesture({
    kind: 'move',
    ids,
    deltaSeconds: steps * editor.evaluator.stepSeconds,
    toRowId: null,
    carriesActivities: true,
  });
}

function giveToNeighbour({ editor, rowIds }: CommandContext, id: string | undefined, step: number): void {
  const shift = id === undefined ? undefined : editor.draft.shifts.get(id);
  if (!shift) return;
  const toRowId = rowIds.current[rowIds.current.indexOf(shift.agentId) + step];
  if (toRowId === undefined) return;
  editor.gesture({ kind: 'move', ids: [shift.id], deltaSeconds: 0, toRowId, carriesActivities: true });
}

function resizeBy({ editor }: CommandContext, ids: readonly string[], steps: number): void {
  const step = editor.evaluator.stepSeconds;
  const changes = shiftsOf(editor, ids).flatMap((shift): ShiftChange[] => {
    const end = shift.end + steps * step;
    return shift.locked || end <= shift.start ? [] : [{ before: shift, after: resized(shift, 'end', end) }];
  });
  const first = changes[0]?.before;
  if (first) editor.commit(t('schedule.label.resize', { name: editor.nameOf(first.agentId) }), changes);
}

/** Locked shifts stay where they are, whatever is dragged or generated. */
function toggleLock({ editor }: CommandContext, ids: readonly string[]): void {
  const shifts = shiftsOf(editor, ids);
  const locks = shifts.some(shift => !shift.locked);
  const changes = shifts
    .filter(shift => (shift.locked ?? false) !== locks)
    .map((before): ShiftChange => ({ before, after: { ...before, locked: locks } }));
  const count = changes.length;
  editor.commit(locks ? t('schedule.label.lock', { count }) : t('schedule.label.unlock', { count }), changes);
}
