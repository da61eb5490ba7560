import { useCallback, useRef, useState } from 'react';
import type { Assignment } from '../../../forecasting/scheduling/schedule.ts';
import type { MenuPlace, ShiftGesture } from '../../component/gantt/types.ts';
import type { ScheduleSetting } from './problem.ts';
import type { Editor } from './useEditor.ts';
import type { ScheduleView } from './view.ts';

/** What is in a planner's hands: selection, clipboard, an open form or menu. */
export function useHands(editor: Editor, view: ScheduleView, setting: ScheduleSetting, readOnly: boolean) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [picked, setPicked] = useState(false);
  const [openShift, setOpenShift] = useState<string | null>(null);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const [showsCoverage, setShowsCoverage] = useState(false);
  const clipboard = useRef<readonly Assignment[]>([]);
  const rowIds = useRef<readonly string[]>([]);
  const grid = useRef<HTMLDivElement>(null);
  const first = editor.draft.shifts.get([...selected][0] ?? '');
  const placeAt = (rowId: string, instant: number) => {
    setPicked(false);
    const at = snappedDown(instant, view.whole.from, editor.evaluator.stepSeconds);
    if (first) editor.gesture(putDown([...selected], first, rowId, at));
  };
  const openMenu = useCallback((place: MenuPlace) => {
    if (place.shift) {
      const { id } = place.shift;
      setSelected(previous => (previous.has(id) ? previous : new Set([id])));
    }
    setMenu(place);
  }, []);
  return {
    grid,
    openShift,
    menu,
    openMenu,
    /** Whether the coverage is shown as a table. */
    showsCoverage,
    showCoverage: () => setShowsCoverage(true),
    menuBelow: (button: HTMLElement) => {
      if (first) setMenu(menuOf(first, button));
    },
    close: () => {
      setOpenShift(null);
      setMenu(null);
      setShowsCoverage(false);
      grid.current?.focus();
    },
    context: {
      editor,
      timeZone: setting.schedule.timeZone,
      selected,
      clipboard,
      rowIds,
      picked,
      readOnly,
      select: setSelected,
      open: setOpenShift,
      pick: setPicked,
      placeAt,
      zoom: view.zoom,
      stepDay: view.stepDay,
    },
  };
}
export type Hands = ReturnType<typeof useHands>;

/** The menu of a shift, below a button. */
function menuOf({ id, agentId, start, end, locked }: Assignment, button: HTMLElement): MenuPlace {
  const box = button.getBoundingClientRect();
  const shift = { id, rowId: agentId, start, end, ...(locked && { locked }) };
  return { x: box.left, y: box.bottom, rowId: agentId, instant: start, shift };
}

function snappedDown(instant: number, from: number, stepSeconds: number): number {
  return from + Math.floor((instant - from) / stepSeconds) * stepSeconds;
}

/** Shifts that were picked up are put down with the first of them at an instant; a single one may change its row. */
function putDown(ids: readonly string[], first: Assignment, rowId: string, instant: number): ShiftGesture {
  return {
    kind: 'move',
    ids,
    deltaSeconds: instant - first.start,
    toRowId: ids.length === 1 && rowId !== first.agentId ? rowId : null,
    carriesActivities: true,
  };
}
