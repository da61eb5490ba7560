// biome-ignore-all lint/a11y/useSemanticElements: virtual rows are placed absolutely, which table elements cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: a grid is one tab stop; cells are reached by the active descendant
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ClipboardEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { type CommandId, commandOf } from '../../lib/keys.ts';
import { t } from '../../locale/i18n.ts';
import {
  type CellChange,
  type CellPlace,
  cellsOf,
  copiedText,
  entryResult,
  filledChanges,
  inRange,
  pastedChanges,
  rangeBetween,
  readEntry,
} from './cells.ts';
import classes from './IntervalGrid.module.css';

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
  const { label, rowLabels, columnLabels, valueAt, format, readOnly = false } = props;
  const id = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const [anchor, setAnchor] = useState<CellPlace>({ row: 0, column: 0 });
  const [focus, setFocus] = useState<CellPlace>({ row: 0, column: 0 });
  const [draft, setDraft] = useState<string | null>(null);
  const selecting = useRef(false);
  const selection = rangeBetween(anchor, focus);
  const virtual = useVirtualizer({
    count: rowLabels.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    initialRect: { width: 800, height: 420 },
    scrollPaddingStart: ROW_HEIGHT * (props.columnTotals ? 2 : 1),
  });

  const goTo = (place: CellPlace, extend: boolean) => {
    const next = {
      row: Math.max(0, Math.min(rowLabels.length - 1, place.row)),
      column: Math.max(0, Math.min(columnLabels.length - 1, place.column)),
    };
    setFocus(next);
    if (!extend) setAnchor(next);
    virtual.scrollToIndex(next.row, { align: 'auto' });
    props.onFocusCell?.(next);
  };

  const apply = (changes: readonly CellChange[], what: string) => {
    const allowed = changes.filter(change => props.markAt?.(change.row, change.column) !== 'closed');
    if (allowed.length > 0 && !readOnly) props.onEdit?.(allowed, what);
  };

  const commit = (text: string) => {
    setDraft(null);
    scroll.current?.focus();
    const entry = readEntry(text);
    if (entry.kind === 'unreadable') {
      props.onMessage?.(t('intervalGrid.unreadable', { text }));
      return;
    }
    const changes: CellChange[] = [];
    for (const { row, column } of cellsOf(selection)) {
      const value = entryResult(entry, valueAt(row, column));
      if (value !== null) changes.push({ row, column, value });
    }
    apply(changes, t('intervalGrid.typed', { text: text.trim() }));
  };

  const run = (command: CommandId): boolean => {
    const steps: Partial<Record<CommandId, readonly [number, number, boolean]>> = {
      focusUp: [-1, 0, false],
      focusDown: [1, 0, false],
      focusLeft: [0, -1, false],
      focusRight: [0, 1, false],
      extendUp: [-1, 0, true],
      extendDown: [1, 0, true],
      extendLeft: [0, -1, true],
      extendRight: [0, 1, true],
      pageUp: [-12, 0, false],
      pageDown: [12, 0, false],
      rowStart: [0, -columnLabels.length, false],
      rowEnd: [0, columnLabels.length, false],
    };
    const step = steps[command];
    if (step) {
      goTo({ row: focus.row + step[0], column: focus.column + step[1] }, step[2]);
      return true;
    }
    if (command === 'fillDown') apply(filledChanges(selection, 'down', valueAt), t('intervalGrid.filled'));
    else if (command === 'fillRight')
      apply(filledChanges(selection, 'right', valueAt), t('intervalGrid.filled'));
    else return false;
    return true;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (draft !== null) return;
    const command = commandOf(event, ['grid', 'intervalGrid']);
    if (command !== null) {
      if (run(command)) event.preventDefault();
      return;
    }
    if (readOnly || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[\d+\-.,]$/.test(event.key)) {
      event.preventDefault();
      setDraft(event.key);
    } else if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault();
      const current = valueAt(focus.row, focus.column);
      setDraft(current === null ? '' : String(Math.round(current * 100) / 100));
    }
  };

  const onPaste = (event: ClipboardEvent) => {
    if (readOnly || draft !== null) return;
    event.preventDefault();
    const text = event.clipboardData.getData('text/plain');
    const { changes, unreadable } = pastedChanges(text, selection, rowLabels.length, columnLabels.length);
    if (unreadable > 0) props.onMessage?.(t('intervalGrid.skipped', { count: unreadable }));
    apply(changes, t('intervalGrid.pasted', { count: changes.length }));
  };

  const onCopy = (event: ClipboardEvent) => {
    if (draft !== null) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', copiedText(selection, valueAt));
  };

  const template = `72px repeat(${columnLabels.length}, minmax(64px, 1fr))`;
  const cellId = (place: CellPlace) => `${id}-${place.row}-${place.column}`;
  return (
    <div
      ref={scroll}
      role="grid"
      aria-label={label}
      aria-rowcount={rowLabels.length + 1}
      aria-colcount={columnLabels.length + 1}
      aria-multiselectable="true"
      aria-readonly={readOnly}
      aria-activedescendant={cellId(focus)}
      tabIndex={0}
      className={classes.grid}
      style={{ height: props.height ?? 420 }}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      onCopy={onCopy}
      onPointerUp={() => {
        selecting.current = false;
      }}
    >
      <div className={classes.head}>
        <HeaderRow label={t('intervalGrid.interval')} cells={columnLabels} template={template} />
        {props.columnTotals ? (
          <HeaderRow
            label={t('intervalGrid.total')}
            cells={props.columnTotals.map(total => (total === null ? '–' : format(total)))}
            template={template}
            total
          />
        ) : null}
      </div>
      <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(item => (
          <div
            key={item.key}
            role="row"
            aria-rowindex={item.index + 2}
            className={classes.row}
            style={{ transform: `translateY(${item.start}px)`, gridTemplateColumns: template }}
          >
            <div role="rowheader" className={classes.rowHead}>
              {rowLabels[item.index]}
            </div>
            {columnLabels.map((column, index) => {
              const place = { row: item.index, column: index };
              const focused = focus.row === place.row && focus.column === place.column;
              const mark = props.markAt?.(place.row, place.column) ?? null;
              const value = valueAt(place.row, place.column);
              return (
                <div
                  key={column}
                  id={cellId(place)}
                  role="gridcell"
                  aria-colindex={index + 2}
                  aria-selected={inRange(selection, place.row, place.column)}
                  className={classes.cell}
                  data-mark={mark}
                  data-focused={focused || undefined}
                  onPointerDown={event => {
                    selecting.current = true;
                    goTo(place, event.shiftKey);
                  }}
                  onPointerEnter={() => {
                    if (selecting.current) goTo(place, true);
                  }}
                  onDoubleClick={() => {
                    if (!readOnly && mark !== 'closed')
                      setDraft(value === null ? '' : String(Math.round(value * 100) / 100));
                  }}
                >
                  {focused && draft !== null ? (
                    <input
                      // biome-ignore lint/a11y/noAutofocus: the editor opens where the person is typing
                      autoFocus
                      className={classes.input}
                      aria-label={`${rowLabels[item.index]}, ${column}`}
                      value={draft}
                      onChange={event => setDraft(event.currentTarget.value)}
                      onBlur={() => setDraft(null)}
                      onKeyDown={event => {
                        event.stopPropagation();
                        if (event.key === 'Enter') commit(draft);
                        if (event.key === 'Escape') {
                          setDraft(null);
                          scroll.current?.focus();
                        }
                      }}
                    />
                  ) : mark === 'closed' ? (
                    <span title={t('intervalGrid.closed')}>·</span>
                  ) : value === null ? (
                    '–'
                  ) : (
                    format(value)
                  )}
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

function HeaderRow(props: {
  readonly label: string;
  readonly cells: readonly string[];
  readonly template: string;
  readonly total?: boolean;
}) {
  return (
    <div
      role="row"
      className={classes.headRow}
      style={{ gridTemplateColumns: props.template }}
      data-total={props.total}
    >
      <div role="columnheader" className={classes.corner}>
        {props.label}
      </div>
      {props.cells.map((cell, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: totals have no other identity than their column
        <div role="columnheader" key={index}>
          {cell}
        </div>
      ))}
    </div>
  );
}
