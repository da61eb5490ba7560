import { type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import { type CommandId, commandOf } from '../../lib/keys.ts';
import { movedCursor, shiftAt } from './cursor.ts';
import type { GridCursor, PlacedShift, ShiftsByRow } from './types.ts';

/** What the keyboard asks for at a place; `shift` is the one under the cursor. */
export interface GanttCommand {
  readonly id: CommandId;
  readonly rowId: string;
  readonly instant: number;
  readonly shift: PlacedShift | null;
}

interface GridCursorOptions {
  readonly rowIds: readonly string[];
  readonly shifts: ShiftsByRow;
  readonly from: number;
  readonly stepSeconds: number;
  readonly slots: number;
  readonly rowsPerPage: number;
  /** Called when the cursor moves, to scroll it into view. */
  readonly onMove: (cursor: GridCursor) => void;
  /** Whether the canvas was moved while Space was down. */
  readonly panned: () => boolean;
  /** True when a gesture was under way and is now given up. */
  readonly onCancel: () => boolean;
  readonly onCommand: (command: GanttCommand) => boolean;
}

/** The keyboard on the grid: arrows move the cursor, everything else is a command at its place. */
export function useGridCursor(options: GridCursorOptions) {
  const [cursor, setCursor] = useState<GridCursor>({ row: 0, slot: 0 });
  const isSpaceDown = useRef(false);
  const { rowIds, shifts, from, stepSeconds, slots, rowsPerPage } = options;

  const run = (id: CommandId): boolean => {
    const rowId = rowIds[cursor.row] ?? '';
    const instant = from + cursor.slot * stepSeconds;
    const shift = shiftAt(shifts.get(rowId) ?? [], instant);
    return options.onCommand({ id, rowId, instant, shift });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const command = commandOf(event, ['schedule', 'grid', 'everywhere']);
    if (command === null) return;
    if (command === 'cancel' && options.onCancel()) {
      event.preventDefault();
      return;
    }
    if (command === 'select') {
      // It may still become the grip of a pan: it selects when it comes up.
      event.preventDefault();
      isSpaceDown.current = true;
      return;
    }
    const next = movedCursor(command, cursor, { rows: rowIds.length, slots, rowsPerPage });
    if (next) {
      event.preventDefault();
      setCursor(next);
      options.onMove(next);
      return;
    }
    if (run(command)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  const onKeyUp = (event: KeyboardEvent) => {
    if (event.key !== ' ' || !isSpaceDown.current) return;
    isSpaceDown.current = false;
    if (!options.panned()) run('select');
  };
  return { cursor, setCursor, handlers: { onKeyDown, onKeyUp } };
}

/** Scrolls a time line sideways until a place on it is visible beside the frozen facts. */
export function keepInView(scroll: RefObject<HTMLElement | null>, x: number, factsWidth: number): void {
  const target = scroll.current;
  if (!target) return;
  const visible = target.clientWidth - factsWidth;
  if (x < target.scrollLeft) target.scrollLeft = Math.max(0, x - 40);
  else if (x > target.scrollLeft + visible - 40) target.scrollLeft = x - visible + 80;
}
