// biome-ignore-all lint/a11y/useSemanticElements: virtual rows are placed absolutely, which table elements cannot be
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type RefObject, useId, useMemo, useRef, useState } from 'react';
import { STRIP_HEIGHT } from './CoverageStrip.tsx';
import classes from './Gantt.module.css';
import { GanttHead } from './GanttHead.tsx';
import { GanttRows } from './GanttRows.tsx';
import { ROW_HEIGHT } from './GanttRowView.tsx';
import type { Brush, GanttRow, MenuPlace, ShiftGesture, ShiftsByRow, StripCoverage } from './types.ts';
import { type GanttCommand, keepInView, useGridCursor } from './useGridCursor.ts';
import { findShift, placeOf, shiftElement, usePointerGestures } from './usePointerGestures.ts';
import { useViewport } from './useViewport.ts';
import { useWheelZoom } from './useWheelZoom.ts';

export const FACTS_WIDTH = 228;

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
  const { rows, from, to, stepSeconds, pixelsPerHour, coverage } = props;
  const canvas = useCanvas(props);
  const { viewport, virtual, pointer, keyboard, laneWidth, cellId } = canvas;
  const [hoveredSlot, setHoveredSlot] = useState<number | null>(null);
  const width = FACTS_WIDTH + laneWidth;
  const visibleWidth = Math.max(0, Math.min(viewport.width - FACTS_WIDTH, laneWidth));
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
      onKeyDown={keyboard.onKeyDown}
      onContextMenu={canvas.onContextMenu}
    >
      <GanttHead
        from={from}
        to={to}
        timeZone={props.timeZone}
        pixelsPerHour={pixelsPerHour}
        width={width}
        coverage={coverage}
        visible={{ left: viewport.left, width: visibleWidth }}
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
          rows={rows}
          visible={virtual.getVirtualItems()}
          shifts={props.shifts}
          gesture={pointer.gesture}
          from={from}
          to={to}
          pixelsPerSecond={pixelsPerHour / 3600}
          selected={props.selected}
          hoveredInstant={hoveredSlot === null ? null : coverage.start + hoveredSlot * coverage.stepSeconds}
          cursor={{
            id: cellId,
            ...keyboard.cursor,
            stepSeconds,
            describe: rowId => props.describeCell(rowId, from + keyboard.cursor.slot * stepSeconds),
          }}
          now={props.now}
          factsWidth={FACTS_WIDTH}
        />
      </div>
    </div>
  );
}

/** The canvas's parts that move: scrolling, pointer, keyboard, menu. */
function useCanvas(props: GanttChartProps) {
  const { rows, shifts, from, to, stepSeconds } = props;
  const own = useRef<HTMLDivElement>(null);
  const scroll = props.focusTarget ?? own;
  const lane = useRef<HTMLDivElement>(null);
  const viewport = useViewport(scroll);
  const gridId = useId();
  const pixelsPerSecond = props.pixelsPerHour / 3600;
  const rowIds = useMemo(() => rows.map(row => row.id), [rows]);
  const slots = Math.max(1, Math.round((to - from) / stepSeconds));
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    initialRect: { width: 1000, height: 600 },
    scrollPaddingStart: STRIP_HEIGHT + 48,
  });
  useWheelZoom(scroll, props.onZoom);
  const geometry = { lane, rowIds, rowHeight: ROW_HEIGHT, from, pixelsPerSecond, factsWidth: FACTS_WIDTH };
  const slotAt = (instant: number) => Math.max(0, Math.floor((instant - from) / stepSeconds));
  const pointer = usePointerGestures({
    ...geometry,
    shifts,
    stepSeconds,
    selected: props.selected,
    readOnly: props.readOnly ?? false,
    brush: props.brush,
    onSelect: props.onSelect,
    onGesture: props.onGesture,
    onPreview: props.onPreview,
    onOpen: props.onOpen,
    onClickAt: (row, instant, shiftId) => {
      keyboard.setCursor({ row, slot: slotAt(instant) });
      props.onPlaceAt(rowIds[row] ?? '', instant, shiftId);
    },
  });
  const keyboard = useGridCursor({
    rowIds,
    shifts,
    from,
    stepSeconds,
    slots,
    rowsPerPage: Math.max(1, Math.floor((viewport.height - STRIP_HEIGHT) / ROW_HEIGHT) - 1),
    onMove: next => {
      virtual.scrollToIndex(next.row, { align: 'auto' });
      keepInView(scroll, next.slot * stepSeconds * pixelsPerSecond, FACTS_WIDTH);
    },
    onCancel: () => {
      if (pointer.gesture) pointer.cancel();
      return pointer.gesture !== null;
    },
    onCommand: command => {
      if (command.id !== 'menu') return props.onCommand(command);
      const cell = document.getElementById(cellId) ?? scroll.current;
      const box = cell?.getBoundingClientRect();
      props.onMenu({ ...command, x: box?.left ?? 0, y: box?.bottom ?? 0 });
      return true;
    },
  });
  const cellId = `${gridId}-r${keyboard.cursor.row}-s${keyboard.cursor.slot}`;
  const onContextMenu = (event: MouseEvent) => {
    event.preventDefault();
    // The menu key fires this too, after the keyboard has opened the menu at the cursor.
    const at = placeOf(event, geometry);
    if (event.button !== 2 || !at.inside) return;
    const slot = slotAt(at.instant);
    keyboard.setCursor({ row: at.rowIndex, slot });
    const shift = findShift(shifts, shiftElement(event.target)?.dataset.shift);
    const place = { rowId: rowIds[at.rowIndex] ?? '', instant: from + slot * stepSeconds, shift };
    props.onMenu({ ...place, x: event.clientX, y: event.clientY });
  };
  const laneWidth = (to - from) * pixelsPerSecond;
  return { scroll, lane, viewport, virtual, pointer, keyboard, slots, laneWidth, cellId, onContextMenu };
}
