import { type PointerEvent, type RefObject, useRef, useState } from 'react';
import { changesNothing, snapTo } from './gesture.ts';
import type { Brush, GanttShift, ShiftGesture, ShiftsByRow } from './types.ts';

interface PointerGestureOptions {
  readonly lane: RefObject<HTMLDivElement | null>;
  readonly shifts: ShiftsByRow;
  readonly rowIds: readonly string[];
  readonly rowHeight: number;
  readonly from: number;
  readonly pixelsPerSecond: number;
  readonly stepSeconds: number;
  readonly selected: ReadonlySet<string>;
  readonly readOnly: boolean;
  /** While set, dragging paints this activity into shifts. */
  readonly brush: Brush | null;
  /** Pixels of frozen facts on the left of the lane. */
  readonly factsWidth: number;
  readonly onSelect: (ids: ReadonlySet<string>) => void;
  readonly onGesture: (gesture: ShiftGesture) => void;
  readonly onPreview: (gesture: ShiftGesture | null) => void;
  /** A plain click on the lane. */
  readonly onClickAt: (rowIndex: number, instant: number, shiftId: string | null) => void;
  readonly onOpen: (shiftId: string) => void;
}

interface Grip {
  readonly pointerId: number;
  readonly x: number;
  readonly y: number;
  readonly instant: number;
  readonly rowIndex: number;
  readonly shift: GanttShift | null;
  readonly edge: 'start' | 'end' | null;
  readonly ids: readonly string[];
}

const DRAG_THRESHOLD_PIXELS = 4;

/** Mouse, pen and touch on the lanes: drag to move, an edge to resize, empty space to paint, click to select. */
export function usePointerGestures(options: PointerGestureOptions) {
  const grip = useRef<Grip | null>(null);
  const [gesture, setGesture] = useState<ShiftGesture | null>(null);

  const show = (next: ShiftGesture | null) => {
    if (JSON.stringify(next) === JSON.stringify(gesture)) return;
    setGesture(next);
    options.onPreview(next);
  };

  const cancel = () => {
    grip.current = null;
    show(null);
  };

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const held = event.button === 0 ? gripAt(event, options) : null;
    if (!held) return;
    grip.current = held;
    event.currentTarget.setPointerCapture(event.pointerId);
  };

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const held = grip.current;
    if (!held || held.pointerId !== event.pointerId || options.readOnly || held.shift?.locked) return;
    const far = Math.hypot(event.clientX - held.x, event.clientY - held.y) > DRAG_THRESHOLD_PIXELS;
    if (!far && gesture === null) return;
    show(gestureOf(held, placeOf(event, options), options, event));
  };

  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => {
    const held = grip.current;
    grip.current = null;
    if (!held || held.pointerId !== event.pointerId) return;
    if (gesture) {
      show(null);
      if (!changesNothing(options.shifts, gesture)) options.onGesture(gesture);
      return;
    }
    const id = held.shift?.id ?? null;
    if (id) options.onSelect(selectionAfterClick(options, id, event));
    else if (!event.ctrlKey && !event.metaKey) options.onSelect(new Set());
    options.onClickAt(held.rowIndex, held.instant, id);
  };

  const onDoubleClick = (event: { readonly target: EventTarget }) => {
    const id = shiftElement(event.target)?.dataset.shift;
    if (id) options.onOpen(id);
  };

  return {
    gesture,
    cancel,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: cancel, onDoubleClick },
  };
}

interface PointerPlace {
  readonly instant: number;
  readonly rowIndex: number;
  /** False over the frozen facts. */
  readonly inside: boolean;
}

/** Where on the lanes a pointer stands. */
export function placeOf(
  event: { readonly clientX: number; readonly clientY: number },
  options: Pick<
    PointerGestureOptions,
    'lane' | 'factsWidth' | 'rowHeight' | 'from' | 'pixelsPerSecond' | 'rowIds'
  >,
): PointerPlace {
  const box = options.lane.current?.getBoundingClientRect();
  const x = event.clientX - (box?.left ?? 0) - options.factsWidth;
  const rowIndex = Math.floor((event.clientY - (box?.top ?? 0)) / options.rowHeight);
  return {
    instant: options.from + x / options.pixelsPerSecond,
    rowIndex: Math.max(0, Math.min(options.rowIds.length - 1, rowIndex)),
    inside: x >= 0,
  };
}

export function shiftElement(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-shift]') : null;
}

function gripAt(event: PointerEvent, options: PointerGestureOptions): Grip | null {
  const at = placeOf(event, options);
  if (!at.inside) return null;
  const element = shiftElement(event.target);
  const shift = element ? findShift(options.shifts, element.dataset.shift) : null;
  const edge =
    element?.dataset.edge === 'start' || element?.dataset.edge === 'end' ? element.dataset.edge : null;
  const ids = shift && options.selected.has(shift.id) ? [...options.selected] : shift ? [shift.id] : [];
  return { pointerId: event.pointerId, x: event.clientX, y: event.clientY, ...at, shift, edge, ids };
}

function gestureOf(
  held: Grip,
  now: { readonly instant: number; readonly rowIndex: number },
  options: PointerGestureOptions,
  event: { readonly altKey: boolean },
): ShiftGesture {
  const { from, stepSeconds, brush } = options;
  const rowId = options.rowIds[held.rowIndex] ?? '';
  if (brush) return { kind: 'paint', rowId, brush, ...stretchOf(held, now, options) };
  if (held.shift === null) return { kind: 'create', rowId, ...stretchOf(held, now, options) };
  const moved = now.instant - held.instant;
  if (held.edge) return resizeOf(held.shift, held.edge, moved, options);
  const single = held.ids.length === 1;
  const targetRow = options.rowIds[now.rowIndex] ?? held.shift.rowId;
  return {
    kind: 'move',
    ids: held.ids,
    deltaSeconds: snapTo(held.shift.start + moved, from, stepSeconds) - held.shift.start,
    toRowId: single && targetRow !== held.shift.rowId ? targetRow : null,
    carriesActivities: !event.altKey,
  };
}

/** From the step in which the hand went down to where it is now, at least one step. */
function stretchOf(
  held: { readonly instant: number },
  now: { readonly instant: number },
  { from, stepSeconds }: PointerGestureOptions,
) {
  const anchor = from + Math.floor((held.instant - from) / stepSeconds) * stepSeconds;
  const end = snapTo(now.instant, from, stepSeconds);
  return { start: Math.min(anchor, end), end: Math.max(anchor + stepSeconds, end) };
}

function resizeOf(
  shift: GanttShift,
  edge: 'start' | 'end',
  moved: number,
  { from, stepSeconds }: PointerGestureOptions,
): ShiftGesture {
  const edgeAt = snapTo(shift[edge] + moved, from, stepSeconds);
  const at =
    edge === 'start'
      ? Math.min(edgeAt, shift.end - stepSeconds)
      : Math.max(edgeAt, shift.start + stepSeconds);
  return { kind: 'resize', id: shift.id, edge, at };
}

export function findShift(shifts: ShiftsByRow, id: string | undefined): GanttShift | null {
  for (const row of shifts.values()) {
    const shift = row.find(candidate => candidate.id === id);
    if (shift) return shift;
  }
  return null;
}

/** Click selects, Ctrl or Cmd adds or removes, Shift takes everything between in the same order as the rows. */
function selectionAfterClick(
  options: PointerGestureOptions,
  id: string,
  event: { readonly ctrlKey: boolean; readonly metaKey: boolean; readonly shiftKey: boolean },
): ReadonlySet<string> {
  if (event.ctrlKey || event.metaKey) {
    const next = new Set(options.selected);
    if (!next.delete(id)) next.add(id);
    return next;
  }
  const anchor = [...options.selected].at(-1);
  if (!event.shiftKey || !anchor) return new Set([id]);
  const order = options.rowIds.flatMap(rowId => (options.shifts.get(rowId) ?? []).map(shift => shift.id));
  const [a, b] = [order.indexOf(anchor), order.indexOf(id)].sort((x, y) => x - y);
  return new Set([...order.slice(a, (b ?? 0) + 1)]);
}
