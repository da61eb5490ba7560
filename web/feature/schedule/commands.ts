import type { MutableRefObject } from 'react';
import type { Assignment } from '../../../forecasting/scheduling/schedule.ts';
import type { GanttCommand } from '../../component/gantt/GanttChart.tsx';
import { newId } from '../../lib/newId.ts';
import { t } from '../../locale/i18n.ts';
import { pasted, resized, type ShiftChange } from './changes.ts';
import type { Editor } from './useEditor.ts';

const DAY_SECONDS = 86_400;
const NEW_SHIFT_SECONDS = 8 * 3600;

export interface CommandContext {
  readonly editor: Editor;
  readonly selected: ReadonlySet<string>;
  readonly clipboard: MutableRefObject<readonly Assignment[]>;
  readonly rowIds: readonly string[];
  readonly picked: boolean;
  readonly select: (ids: ReadonlySet<string>) => void;
  readonly open: (shiftId: string) => void;
  readonly pick: (on: boolean) => void;
  readonly placeAt: (rowId: string, instant: number) => void;
  readonly zoom: (factor: number) => void;
  readonly stepDay: (days: number) => void;
  readonly focusFilter: () => void;
}

/** Carries out a key of the table `lib/keys.ts`; false when it means nothing here. */
export function runCommand(command: GanttCommand, context: CommandContext): boolean {
  const { editor, selected } = context;
  const under = command.shift?.id;
  const targets = selected.size > 0 ? [...selected] : under ? [under] : [];
  switch (command.id) {
    case 'undo':
      editor.undo();
      return true;
    case 'redo':
      editor.redo();
      return true;
    case 'open':
      if (context.picked) context.placeAt(command.rowId, command.instant);
      else if (under) context.open(under);
      return true;
    case 'select':
      context.select(under ? new Set([under]) : new Set());
      return true;
    case 'selectMore':
      if (under) context.select(new Set([...selected, under]));
      return true;
    case 'selectAll':
      context.select(new Set(editor.draft.shifts.keys()));
      return true;
    case 'remove':
      removeShifts(context, targets);
      return true;
    case 'copy':
    case 'cut':
      context.clipboard.current = shiftsOf(editor, targets);
      if (command.id === 'cut') removeShifts(context, targets);
      return true;
    case 'paste':
      paste(context, command);
      return true;
    case 'duplicate':
      duplicate(context, targets);
      return true;
    case 'nudgeLeft':
    case 'nudgeRight':
      nudge(context, targets, command.id === 'nudgeLeft' ? -1 : 1);
      return true;
    case 'nudgeUp':
    case 'nudgeDown':
      giveToNeighbour(context, targets[0], command.id === 'nudgeUp' ? -1 : 1);
      return true;
    case 'shorten':
    case 'lengthen':
      resizeBy(context, targets, command.id === 'shorten' ? -1 : 1);
      return true;
    case 'moveMode':
      if (targets.length > 0) {
        context.select(new Set(targets));
        context.pick(!context.picked);
      }
      return true;
    case 'create':
      editor.gesture({
        kind: 'create',
        rowId: command.rowId,
        start: command.instant,
        end: command.instant + NEW_SHIFT_SECONDS,
      });
      return true;
    case 'zoomIn':
      context.zoom(1.25);
      return true;
    case 'zoomOut':
      context.zoom(0.8);
      return true;
    case 'previousDay':
    case 'nextDay':
      context.stepDay(command.id === 'previousDay' ? -1 : 1);
      return true;
    case 'filter':
      context.focusFilter();
      return true;
    case 'cancel':
      context.pick(false);
      context.select(new Set());
      return true;
    default:
      return false;
  }
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

function paste({ editor, clipboard, select }: CommandContext, command: GanttCommand): void {
  if (clipboard.current.length === 0) return;
  const changes = pasted(clipboard.current, command.rowId, command.instant, newId);
  editor.commit(t('schedule.label.paste', { count: changes.length }), changes);
  select(new Set(changes.flatMap(change => change.after?.id ?? [])));
}

function duplicate({ editor, select }: CommandContext, ids: readonly string[]): void {
  const sources = shiftsOf(editor, ids);
  const changes = sources.flatMap(shift => pasted([shift], shift.agentId, shift.start + DAY_SECONDS, newId));
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
  const toRowId = rowIds[rowIds.indexOf(shift.agentId) + step];
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
