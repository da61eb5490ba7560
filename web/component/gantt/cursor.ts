import type { CommandId } from '../../lib/keys.ts';
import type { GanttShift, GridCursor } from './types.ts';

interface CursorBounds {
  readonly rows: number;
  readonly slots: number;
  readonly rowsPerPage: number;
}

/** Where a focus command takes the cursor; null when the command is not about focus. */
export function movedCursor(command: CommandId, cursor: GridCursor, bounds: CursorBounds): GridCursor | null {
  const to = (row: number, slot: number): GridCursor => ({
    row: Math.max(0, Math.min(bounds.rows - 1, row)),
    slot: Math.max(0, Math.min(bounds.slots - 1, slot)),
  });
  switch (command) {
    case 'focusUp':
      return to(cursor.row - 1, cursor.slot);
    case 'focusDown':
      return to(cursor.row + 1, cursor.slot);
    case 'focusLeft':
      return to(cursor.row, cursor.slot - 1);
    case 'focusRight':
      return to(cursor.row, cursor.slot + 1);
    case 'rowStart':
      return to(cursor.row, 0);
    case 'rowEnd':
      return to(cursor.row, bounds.slots - 1);
    case 'pageUp':
      return to(cursor.row - bounds.rowsPerPage, cursor.slot);
    case 'pageDown':
      return to(cursor.row + bounds.rowsPerPage, cursor.slot);
    default:
      return null;
  }
}

/** The shift under an instant in a row, if any. */
export function shiftAt(shifts: readonly GanttShift[], instant: number): GanttShift | null {
  return shifts.find(shift => shift.start <= instant && instant < shift.end) ?? null;
}
