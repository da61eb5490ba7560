import { useMemo } from 'react';
import { shiftAt } from './cursor.ts';
import classes from './Gantt.module.css';
import { GanttRowView } from './GanttRowView.tsx';
import { gesturedShifts, rowsDuring } from './gesture.ts';
import type { GanttRow, GanttShift, ShiftGesture, ShiftsByRow } from './types.ts';

interface GanttRowsProps {
  readonly rows: readonly GanttRow[];
  readonly visible: readonly { readonly index: number; readonly start: number }[];
  readonly shifts: ShiftsByRow;
  readonly gesture: ShiftGesture | null;
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  readonly pixelsPerSecond: number;
  readonly selected: ReadonlySet<string>;
  /** Rows at work at this instant are marked. */
  readonly hoveredInstant: number | null;
  readonly cursor: {
    readonly id: string;
    readonly row: number;
    readonly slot: number;
    readonly stepSeconds: number;
    readonly describe: (rowId: string) => string;
  };
  readonly now?: number;
  readonly factsWidth: number;
}

const NO_SHIFTS: readonly GanttShift[] = [];

/** The visible rows, with the shifts that a gesture holds in the place where they would land. */
export function GanttRows(props: GanttRowsProps) {
  const { rows, shifts, gesture, from, to, pixelsPerSecond, cursor, now, hoveredInstant } = props;
  const changed = useMemo(() => (gesture ? gesturedShifts(shifts, gesture) : NO_SHIFTS), [gesture, shifts]);
  const during = useMemo(() => rowsDuring(shifts, changed), [shifts, changed]);
  const dragging = useMemo(() => new Set(changed.map(shift => shift.id)), [changed]);
  const cellWidth = cursor.stepSeconds * pixelsPerSecond;
  return (
    <>
      {now !== undefined && now >= from && now < to ? (
        <div
          role="presentation"
          className={classes.now}
          style={{ left: props.factsWidth + (now - from) * pixelsPerSecond }}
        />
      ) : null}
      {props.visible.map(item => {
        const row = rows[item.index];
        if (!row) return null;
        const shown = during.get(row.id) ?? shifts.get(row.id) ?? NO_SHIFTS;
        const isHere = item.index === cursor.row;
        return (
          <GanttRowView
            key={row.id}
            row={row}
            index={item.index}
            top={item.start}
            shifts={shown}
            from={from}
            to={to}
            timeZone={props.timeZone}
            pixelsPerSecond={pixelsPerSecond}
            selected={props.selected}
            dragging={during.has(row.id) ? dragging : null}
            highlighted={hoveredInstant !== null && shiftAt(shown, hoveredInstant) !== null}
            cursorId={isHere ? cursor.id : null}
            cursorLeft={isHere ? cursor.slot * cellWidth : 0}
            cursorWidth={cellWidth}
            cursorColumn={isHere ? cursor.slot + 2 : 0}
            cursorLabel={isHere ? cursor.describe(row.id) : ''}
          />
        );
      })}
    </>
  );
}
