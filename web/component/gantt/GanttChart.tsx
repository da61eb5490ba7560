// biome-ignore-all lint/a11y/useSemanticElements: virtual rows are placed absolutely, which table elements cannot be
import { type RefObject, useState } from 'react';
import classes from './Gantt.module.css';
import { GanttHead } from './GanttHead.tsx';
import { GanttRows } from './GanttRows.tsx';
import { ROW_HEIGHT } from './GanttRowView.tsx';
import type { Brush, GanttRow, MenuPlace, ShiftGesture, ShiftsByRow, StripCoverage } from './types.ts';
import { FACTS_WIDTH, useCanvas } from './useCanvas.ts';
import type { GanttCommand } from './useGridCursor.ts';

export interface GanttChartProps {
  readonly label: string;
  readonly rows: readonly GanttRow[];
  readonly shifts: ShiftsByRow;
  /** Window in UTC epoch seconds, end exclusive. */
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  /** Snap of every gesture. */
  readonly stepSeconds: number;
  readonly pixelsPerHour: number;
  readonly coverage: StripCoverage;
  readonly selected: ReadonlySet<string>;
  /** Shifts picked up to be put down by a click or Enter. */
  readonly picked: boolean;
  /** While set, dragging paints this activity into shifts. */
  readonly brush: Brush | null;
  readonly readOnly?: boolean;
  readonly now?: number;
  /** Takes the keyboard back when a menu or a form closes. */
  readonly focusTarget?: RefObject<HTMLDivElement | null>;
  readonly onSelect: (ids: ReadonlySet<string>) => void;
  readonly onGesture: (gesture: ShiftGesture) => void;
  readonly onPreview: (gesture: ShiftGesture | null) => void;
  readonly onCommand: (command: GanttCommand) => boolean;
  readonly onPlaceAt: (rowId: string, instant: number, shiftId: string | null) => void;
  readonly onOpen: (shiftId: string) => void;
  readonly onMenu: (place: MenuPlace) => void;
  readonly onHoverSlot: (slot: number | null) => void;
  readonly onZoom: (factor: number) => void;
  /** The spoken label of a cell. */
  readonly describeCell: (rowId: string, instant: number) => string;
}

/** Agents over time with the coverage strip pinned on top. Rows are virtual: the window decides the cost, not the week. */
export function GanttChart(props: GanttChartProps) {
  const { rows, from, stepSeconds, pixelsPerHour, coverage } = props;
  const canvas = useCanvas(props);
  const { viewport, virtual, pan, pointer, keyboard, laneWidth, cellId } = canvas;
  const [hoveredSlot, setHoveredSlot] = useState<number | null>(null);
  const width = FACTS_WIDTH + laneWidth;
  const cursor = {
    id: cellId,
    ...keyboard.cursor,
    stepSeconds,
    describe: (rowId: string) => props.describeCell(rowId, from + keyboard.cursor.slot * stepSeconds),
  };
  return (
    <div
      ref={canvas.scroll}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + 2}
      aria-colcount={canvas.slots + 1}
      aria-multiselectable="true"
      aria-readonly={props.readOnly}
      aria-activedescendant={rows.length > 0 ? cellId : undefined}
      tabIndex={0}
      className={classes.grid}
      data-picked={props.picked || undefined}
      data-brush={props.brush ? true : undefined}
      {...keyboard.handlers}
      {...pan.handlers}
      onContextMenu={canvas.onContextMenu}
    >
      <GanttHead
        {...props}
        width={width}
        visible={{
          left: viewport.left,
          width: Math.max(0, Math.min(viewport.width - FACTS_WIDTH, laneWidth)),
        }}
        onHoverSlot={slot => {
          setHoveredSlot(slot);
          props.onHoverSlot(slot);
        }}
      />
      <div
        ref={canvas.lane}
        role="rowgroup"
        className={classes.body}
        style={{
          width,
          height: virtual.getTotalSize(),
          backgroundSize: `${pixelsPerHour}px ${ROW_HEIGHT}px`,
        }}
        {...pointer.handlers}
      >
        <GanttRows
          {...props}
          visible={virtual.getVirtualItems()}
          gesture={pointer.gesture}
          pixelsPerSecond={pixelsPerHour / 3600}
          hoveredInstant={hoveredSlot === null ? null : coverage.start + hoveredSlot * coverage.stepSeconds}
          cursor={cursor}
          factsWidth={FACTS_WIDTH}
        />
      </div>
    </div>
  );
}
