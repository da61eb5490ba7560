// biome-ignore-all lint/a11y/useSemanticElements: virtual rows are placed absolutely, which table elements cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: a grid is one tab stop; cells are reached by the active descendant
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { type CommandId, commandOf } from '../../lib/keys.ts';
import { t } from '../../locale/i18n.ts';
import { CoverageStrip, STRIP_HEIGHT } from './CoverageStrip.tsx';
import { movedCursor, shiftAt } from './cursor.ts';
import classes from './Gantt.module.css';
import { GanttRowView, ROW_HEIGHT } from './GanttRowView.tsx';
import { gesturedShifts, rowsDuring } from './gesture.ts';
import { TimeAxis } from './TimeAxis.tsx';
import type { GanttRow, GanttShift, GridCursor, ShiftGesture, ShiftsByRow, StripCoverage } from './types.ts';
import { usePointerGestures } from './usePointerGestures.ts';
import { useViewport } from './useViewport.ts';

export const FACTS_WIDTH = 228;
const NO_SHIFTS: readonly GanttShift[] = [];

/** What the keyboard asks for at a place; `shift` is the one under the cursor. */
export interface GanttCommand {
  readonly id: CommandId;
  readonly rowId: string;
  readonly instant: number;
  readonly shift: GanttShift | null;
}

interface GanttChartProps {
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
  readonly readOnly?: boolean;
  readonly now?: number;
  readonly onSelect: (ids: ReadonlySet<string>) => void;
  readonly onGesture: (gesture: ShiftGesture) => void;
  readonly onPreview: (gesture: ShiftGesture | null) => void;
  readonly onCommand: (command: GanttCommand) => boolean;
  readonly onPlaceAt: (rowId: string, instant: number, shiftId: string | null) => void;
  readonly onOpen: (shiftId: string) => void;
  readonly onHoverSlot: (slot: number | null) => void;
  readonly onZoom: (factor: number) => void;
  /** The spoken label of a cell. */
  readonly describeCell: (rowId: string, instant: number) => string;
}

/** Agents over time with the coverage strip pinned on top. Rows are virtual: the window decides the cost, not the week. */
export function GanttChart(props: GanttChartProps) {
  const { rows, shifts, from, to, stepSeconds, pixelsPerHour, coverage, selected } = props;
  const gridId = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const lane = useRef<HTMLDivElement>(null);
  const viewport = useViewport(scroll);
  const [cursor, setCursor] = useState<GridCursor>({ row: 0, slot: 0 });
  const [hoveredSlot, setHoveredSlot] = useState<number | null>(null);
  const pixelsPerSecond = pixelsPerHour / 3600;
  const rowIds = useMemo(() => rows.map(row => row.id), [rows]);
  const laneWidth = (to - from) * pixelsPerSecond;
  const slots = Math.max(1, Math.round((to - from) / stepSeconds));

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    initialRect: { width: 1000, height: 600 },
    scrollPaddingStart: STRIP_HEIGHT + 48,
  });

  const pointer = usePointerGestures({
    lane,
    shifts,
    rowIds,
    rowHeight: ROW_HEIGHT,
    from,
    pixelsPerSecond,
    stepSeconds,
    selected,
    readOnly: props.readOnly ?? false,
    factsWidth: FACTS_WIDTH,
    onSelect: props.onSelect,
    onGesture: props.onGesture,
    onPreview: props.onPreview,
    onOpen: props.onOpen,
    onClickAt: (row, instant, shiftId) => {
      setCursor({ row, slot: Math.max(0, Math.floor((instant - from) / stepSeconds)) });
      props.onPlaceAt(rowIds[row] ?? '', instant, shiftId);
    },
  });

  const changed = useMemo(
    () => (pointer.gesture ? gesturedShifts(shifts, pointer.gesture) : NO_SHIFTS),
    [pointer.gesture, shifts],
  );
  const during = useMemo(() => rowsDuring(shifts, changed), [shifts, changed]);
  const dragging = useMemo(() => new Set(changed.map(shift => shift.id)), [changed]);

  useWheelZoom(scroll, props.onZoom);

  const instantOf = (slot: number) => from + slot * stepSeconds;
  const hoveredInstant = hoveredSlot === null ? null : coverage.start + hoveredSlot * coverage.stepSeconds;
  const hoverSlot = (slot: number | null) => {
    setHoveredSlot(slot);
    props.onHoverSlot(slot);
  };

  const moveTo = (next: GridCursor) => {
    setCursor(next);
    virtual.scrollToIndex(next.row, { align: 'auto' });
    keepInView(scroll.current, next.slot * stepSeconds * pixelsPerSecond);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const command = commandOf(event, ['schedule', 'grid', 'everywhere']);
    if (command === null) return;
    if (command === 'cancel' && pointer.gesture) {
      pointer.cancel();
      event.preventDefault();
      return;
    }
    const next = movedCursor(command, cursor, {
      rows: rows.length,
      slots,
      rowsPerPage: Math.max(1, Math.floor((viewport.height - STRIP_HEIGHT) / ROW_HEIGHT) - 1),
    });
    if (next) {
      event.preventDefault();
      moveTo(next);
      return;
    }
    const rowId = rowIds[cursor.row] ?? '';
    const instant = instantOf(cursor.slot);
    const shift = shiftAt(shifts.get(rowId) ?? NO_SHIFTS, instant);
    if (props.onCommand({ id: command, rowId, instant, shift })) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  const cursorCellId = `${gridId}-r${cursor.row}-s${cursor.slot}`;
  return (
    <div
      ref={scroll}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + 2}
      aria-colcount={slots + 1}
      aria-multiselectable="true"
      aria-readonly={props.readOnly}
      aria-activedescendant={rows.length > 0 ? cursorCellId : undefined}
      tabIndex={0}
      className={classes.grid}
      data-picked={props.picked || undefined}
      onKeyDown={onKeyDown}
    >
      <div className={classes.head} style={{ width: FACTS_WIDTH + laneWidth }}>
        <div role="row" aria-rowindex={1} className={classes.headRow}>
          <div role="columnheader" className={classes.corner}>
            {t('gantt.agent')}
          </div>
          <div role="columnheader">
            <TimeAxis from={from} to={to} timeZone={props.timeZone} pixelsPerHour={pixelsPerHour} />
          </div>
        </div>
        <div role="row" aria-rowindex={2} className={classes.headRow}>
          <div role="rowheader" className={classes.corner} data-strip>
            <span>
              <i data-key="required" /> {t('gantt.required')}
            </span>
            <span>
              <i data-key="scheduled" /> {t('gantt.scheduled')}
            </span>
            <span>
              <i data-key="difference" /> {t('gantt.difference')}
            </span>
          </div>
          <div role="gridcell" className={classes.stripCell}>
            <CoverageStrip
              coverage={coverage}
              width={Math.max(0, Math.min(viewport.width - FACTS_WIDTH, laneWidth))}
              offset={viewport.left}
              pixelsPerSecond={pixelsPerSecond}
              onHover={hoverSlot}
            />
          </div>
        </div>
      </div>
      <div
        ref={lane}
        role="rowgroup"
        className={classes.body}
        style={{
          width: FACTS_WIDTH + laneWidth,
          height: virtual.getTotalSize(),
          backgroundSize: `${pixelsPerHour}px ${ROW_HEIGHT}px`,
        }}
        {...pointer.handlers}
      >
        {props.now !== undefined && props.now >= from && props.now < to ? (
          <div
            role="presentation"
            className={classes.now}
            style={{ left: FACTS_WIDTH + (props.now - from) * pixelsPerSecond }}
          />
        ) : null}
        {virtual.getVirtualItems().map(item => {
          const row = rows[item.index];
          if (!row) return null;
          const shown = during.get(row.id) ?? shifts.get(row.id) ?? NO_SHIFTS;
          return (
            <GanttRowView
              key={row.id}
              row={row}
              index={item.index}
              top={item.start}
              shifts={shown}
              from={from}
              to={to}
              pixelsPerSecond={pixelsPerSecond}
              selected={selected}
              dragging={during.has(row.id) ? dragging : null}
              highlighted={hoveredInstant !== null && shiftAt(shown, hoveredInstant) !== null}
              cursor={
                item.index === cursor.row
                  ? {
                      id: cursorCellId,
                      left: cursor.slot * stepSeconds * pixelsPerSecond,
                      width: stepSeconds * pixelsPerSecond,
                      column: cursor.slot + 2,
                      label: props.describeCell(row.id, instantOf(cursor.slot)),
                    }
                  : null
              }
            />
          );
        })}
      </div>
    </div>
  );
}

/** Ctrl + wheel zooms the time line instead of the page; the listener must not be passive to say so. */
function useWheelZoom(scroll: React.RefObject<HTMLDivElement | null>, onZoom: (factor: number) => void) {
  const zoom = useRef(onZoom);
  zoom.current = onZoom;
  useEffect(() => {
    const target = scroll.current;
    if (!target) return;
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom.current(event.deltaY < 0 ? 1.2 : 1 / 1.2);
    };
    target.addEventListener('wheel', wheel, { passive: false });
    return () => target.removeEventListener('wheel', wheel);
  }, [scroll]);
}

function keepInView(target: HTMLElement | null, x: number) {
  if (!target) return;
  const visible = target.clientWidth - FACTS_WIDTH;
  if (x < target.scrollLeft) target.scrollLeft = Math.max(0, x - 40);
  else if (x > target.scrollLeft + visible - 40) target.scrollLeft = x - visible + 80;
}
