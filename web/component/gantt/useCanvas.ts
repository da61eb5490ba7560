import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type RefObject, useId, useMemo, useRef } from 'react';
import { STRIP_HEIGHT } from './CoverageStrip.tsx';
import type { GanttChartProps } from './GanttChart.tsx';
import { ROW_HEIGHT } from './GanttRowView.tsx';
import { type GanttCommand, keepInView, useGridCursor } from './useGridCursor.ts';
import { findShift, placeOf, shiftElement, usePointerGestures } from './usePointerGestures.ts';
import { useSpacePan } from './useSpacePan.ts';
import { useViewport } from './useViewport.ts';
import { useWheelZoom } from './useWheelZoom.ts';

export const FACTS_WIDTH = 228;

/** The canvas's parts that move: scrolling, pointer, keyboard, menu. */
export function useCanvas(props: GanttChartProps) {
  const { rows, from, to, stepSeconds } = props;
  const own = useRef<HTMLDivElement>(null);
  const scroll = props.focusTarget ?? own;
  const viewport = useViewport(scroll);
  const pan = useSpacePan(scroll);
  useWheelZoom(scroll, props.onZoom);
  const virtual = useRows(rows.length, scroll);
  const geometry = useGeometry(props);
  const slots = Math.max(1, Math.round((to - from) / stepSeconds));
  const slotAt = (instant: number) => Math.max(0, Math.floor((instant - from) / stepSeconds));
  const pointer = usePointerGestures({
    ...props,
    ...geometry,
    readOnly: props.readOnly ?? false,
    onClickAt: (row, instant, shiftId) => {
      keyboard.setCursor({ row, slot: slotAt(instant) });
      props.onPlaceAt(geometry.rowIds[row] ?? '', instant, shiftId);
    },
  });
  const keyboard = useGridCursor({
    ...props,
    rowIds: geometry.rowIds,
    slots,
    rowsPerPage: Math.max(1, Math.floor((viewport.height - STRIP_HEIGHT) / ROW_HEIGHT) - 1),
    panned: pan.panned,
    onMove: next => {
      virtual.scrollToIndex(next.row, { align: 'auto' });
      keepInView(scroll, next.slot * stepSeconds * geometry.pixelsPerSecond, FACTS_WIDTH);
    },
    onCancel: () => {
      if (pointer.gesture) pointer.cancel();
      return pointer.gesture !== null;
    },
    onCommand: command =>
      command.id === 'menu' ? openMenu(command, cellId, scroll, props) : props.onCommand(command),
  });
  const cellId = `${useId()}-r${keyboard.cursor.row}-s${keyboard.cursor.slot}`;
  const onContextMenu = (event: MouseEvent) => {
    event.preventDefault();
    // The menu key fires this too, after the keyboard has opened the menu at the cursor.
    const at = placeOf(event, geometry);
    if (event.button !== 2 || !at.inside) return;
    const slot = slotAt(at.instant);
    keyboard.setCursor({ row: at.rowIndex, slot });
    openMenuAt(event, { row: at.rowIndex, instant: from + slot * stepSeconds }, props);
  };
  const laneWidth = (to - from) * geometry.pixelsPerSecond;
  const { lane } = geometry;
  return { scroll, lane, viewport, virtual, pan, pointer, keyboard, slots, laneWidth, cellId, onContextMenu };
}

function useRows(count: number, scroll: RefObject<HTMLDivElement | null>) {
  return useVirtualizer({
    count,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    initialRect: { width: 1000, height: 600 },
    scrollPaddingStart: STRIP_HEIGHT + 48,
  });
}

/** Where rows and instants lie. */
function useGeometry({ rows, from, pixelsPerHour }: GanttChartProps) {
  const lane = useRef<HTMLDivElement>(null);
  const rowIds = useMemo(() => rows.map(row => row.id), [rows]);
  const pixelsPerSecond = pixelsPerHour / 3600;
  return { lane, rowIds, rowHeight: ROW_HEIGHT, from, pixelsPerSecond, factsWidth: FACTS_WIDTH };
}

/** Opens the menu below the cursor's cell. */
function openMenu(
  command: GanttCommand,
  cellId: string,
  scroll: RefObject<HTMLDivElement | null>,
  { onMenu }: GanttChartProps,
): boolean {
  const cell = document.getElementById(cellId) ?? scroll.current;
  const box = cell?.getBoundingClientRect();
  onMenu({ ...command, x: box?.left ?? 0, y: box?.bottom ?? 0 });
  return true;
}

/** Opens the menu under the pointer. */
function openMenuAt(
  event: MouseEvent,
  at: { readonly row: number; readonly instant: number },
  { rows, shifts, onMenu }: GanttChartProps,
): void {
  const shift = findShift(shifts, shiftElement(event.target)?.dataset.shift);
  const rowId = rows[at.row]?.id ?? '';
  onMenu({ x: event.clientX, y: event.clientY, rowId, instant: at.instant, shift });
}
