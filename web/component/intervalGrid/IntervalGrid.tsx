// biome-ignore-all lint/a11y/useSemanticElements: virtual rows are placed absolutely, which table elements cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: a grid is one tab stop; cells are reached by the active descendant
import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useId, useRef } from 'react';
import type { CellChange, CellPlace } from './cells.ts';
import { GridCell } from './GridCell.tsx';
import { HeaderRow, TotalRow } from './HeaderRows.tsx';
import classes from './IntervalGrid.module.css';
import { type GridEditing, useGridEditing } from './useGridEditing.ts';

export interface IntervalGridProps {
  readonly label: string;
  readonly rowLabels: readonly string[];
  readonly columnLabels: readonly string[];
  readonly valueAt: (row: number, column: number) => number | null;
  readonly format: (value: number) => string;
  /** Why a cell cannot be edited or stands out: closed, overridden. */
  readonly markAt?: (row: number, column: number) => 'closed' | 'changed' | null;
  readonly columnTotals?: readonly (number | null)[];
  readonly readOnly?: boolean;
  readonly height?: number;
  readonly onEdit?: (changes: readonly CellChange[], label: string) => void;
  /** Told when the cursor moves, such as to explain the number under it. */
  readonly onFocusCell?: (place: CellPlace) => void;
  readonly onMessage?: (text: string) => void;
}

const ROW_HEIGHT = 28;

/** Intervals down, days across. Type a number or `+10%`, paste from a spreadsheet, fill down or right. */
export function IntervalGrid(props: IntervalGridProps) {
  const { rowLabels, columnLabels, readOnly = false } = props;
  const id = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualRows(props, scroll);
  const editing = useGridEditing(props, scroll, virtual, () => ({ row: firstOpenRow(props), column: 0 }));
  const rows = virtual.getVirtualItems();
  const template = `72px repeat(${columnLabels.length}, minmax(64px, 1fr))`;
  const cellId = (place: CellPlace) => `${id}-${place.row}-${place.column}`;
  return (
    <div
      ref={scroll}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rowLabels.length + 1}
      aria-colcount={columnLabels.length + 1}
      aria-multiselectable="true"
      aria-readonly={readOnly}
      // A cell that was scrolled away is not in the page.
      aria-activedescendant={
        rows.some(row => row.index === editing.focus.row) ? cellId(editing.focus) : undefined
      }
      tabIndex={0}
      className={classes.grid}
      style={{ height: props.height ?? 420 }}
      onKeyDown={editing.onKeyDown}
      onPaste={editing.onPaste}
      onCopy={editing.onCopy}
      onPointerUp={() => {
        editing.selecting.current = false;
      }}
    >
      <div className={classes.head} role="rowgroup">
        <HeaderRow cells={columnLabels} template={template} />
        {props.columnTotals ? (
          <TotalRow
            columns={columnLabels}
            totals={props.columnTotals}
            format={props.format}
            template={template}
            onTotal={readOnly || !props.onEdit ? undefined : editing.commitTotal}
          />
        ) : null}
      </div>
      <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {rows.map(item => (
          <GridRow
            key={item.key}
            grid={props}
            row={item.index}
            top={item.start}
            template={template}
            cellId={cellId}
            editing={editing}
            scroll={scroll}
          />
        ))}
      </div>
    </div>
  );
}

/** Rows that are drawn only where they are seen. */
function useVirtualRows(props: IntervalGridProps, scroll: RefObject<HTMLDivElement | null>) {
  return useVirtualizer({
    count: props.rowLabels.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    initialRect: { width: 800, height: 420 },
    scrollPaddingStart: ROW_HEIGHT * (props.columnTotals ? 2 : 1),
    // A clinic's night is closed: the first thing to see is where the day begins.
    initialOffset: () => firstOpenRow(props) * ROW_HEIGHT,
  });
}

interface GridRowProps {
  readonly grid: IntervalGridProps;
  readonly row: number;
  readonly top: number;
  readonly template: string;
  readonly cellId: (place: CellPlace) => string;
  readonly editing: GridEditing;
  readonly scroll: RefObject<HTMLDivElement | null>;
}

function GridRow({ grid, row, top, template, cellId, editing, scroll }: GridRowProps) {
  const name = grid.rowLabels[row];
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className={classes.row}
      style={{ top, gridTemplateColumns: template }}
    >
      <div role="rowheader" className={classes.rowHead}>
        {name}
      </div>
      {grid.columnLabels.map((label, column) => (
        <GridCell
          key={label}
          id={cellId({ row, column })}
          place={{ row, column }}
          value={grid.valueAt(row, column)}
          mark={grid.markAt?.(row, column) ?? null}
          readOnly={grid.readOnly ?? false}
          format={grid.format}
          name={`${name}, ${label}`}
          editing={editing}
          scroll={scroll}
        />
      ))}
    </div>
  );
}

function firstOpenRow({ rowLabels, columnLabels, markAt }: IntervalGridProps): number {
  if (!markAt) return 0;
  const isOpen = (row: number) => columnLabels.some((_, column) => markAt(row, column) !== 'closed');
  return Math.max(
    0,
    rowLabels.findIndex((_, row) => isOpen(row)),
  );
}
