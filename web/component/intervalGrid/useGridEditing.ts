import type { Virtualizer } from '@tanstack/react-virtual';
import { type ClipboardEvent, type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import { type CommandId, commandOf } from '../../lib/keys.ts';
import { t } from '../../locale/i18n.ts';
import {
  type CellChange,
  type CellPlace,
  type CellRange,
  cellsOf,
  copiedText,
  entryResult,
  filledChanges,
  pastedChanges,
  rangeBetween,
  readEntry,
  spreadTotal,
} from './cells.ts';
import type { IntervalGridProps } from './IntervalGrid.tsx';

/** Rows and columns that a focus command moves by, and whether it extends the selection. */
const STEPS: Partial<Record<CommandId, readonly [number, number, boolean]>> = {
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
  rowStart: [0, Number.NEGATIVE_INFINITY, false],
  rowEnd: [0, Number.POSITIVE_INFINITY, false],
};

/** A number as it is offered for editing. */
export function editedText(value: number | null): string {
  return value === null ? '' : String(Math.round(value * 100) / 100);
}

type Scroller = Pick<Virtualizer<HTMLDivElement, Element>, 'scrollToIndex'>;

/** Selection, typing, copy and paste of the grid. `draft` is what is being typed, null when nothing is. */
export function useGridEditing(
  props: IntervalGridProps,
  scroll: RefObject<HTMLDivElement | null>,
  scroller: Scroller,
  firstPlace: () => CellPlace,
) {
  const { rowLabels, columnLabels, valueAt, readOnly = false } = props;
  const [anchor, setAnchor] = useState<CellPlace>(firstPlace);
  const [focus, setFocus] = useState<CellPlace>(firstPlace);
  const [draft, setDraft] = useState<string | null>(null);
  const selecting = useRef(false);
  const selection = rangeBetween(anchor, focus);

  const goTo = (place: CellPlace, extend: boolean) => {
    const next = {
      row: Math.max(0, Math.min(rowLabels.length - 1, place.row)),
      column: Math.max(0, Math.min(columnLabels.length - 1, place.column)),
    };
    setFocus(next);
    if (!extend) setAnchor(next);
    scroller.scrollToIndex(next.row, { align: 'auto' });
    props.onFocusCell?.(next);
  };
  const apply = (changes: readonly CellChange[], what: string) => {
    const allowed = changes.filter(change => props.markAt?.(change.row, change.column) !== 'closed');
    if (allowed.length > 0 && !readOnly) props.onEdit?.(allowed, what);
  };
  const understood = (text: string) => {
    const entry = readEntry(text);
    if (entry.kind === 'unreadable') props.onMessage?.(t('intervalGrid.unreadable', { text }));
    return entry.kind === 'unreadable' ? null : entry;
  };
  const commit = (text: string) => {
    setDraft(null);
    scroll.current?.focus();
    const entry = understood(text);
    if (!entry) return;
    const changes = [...cellsOf(selection)].flatMap(({ row, column }): CellChange[] => {
      const value = entryResult(entry, valueAt(row, column));
      return value === null ? [] : [{ row, column, value }];
    });
    apply(changes, t('intervalGrid.typed', { text: text.trim() }));
  };
  /** A column's new total spreads over its cells in their own proportion. */
  const commitTotal = (column: number, text: string) => {
    const entry = understood(text);
    const total = entry ? entryResult(entry, props.columnTotals?.[column] ?? null) : null;
    if (total === null) return;
    const values = rowLabels.map((_, row) => valueAt(row, column));
    apply(spreadTotal(values, column, total), t('intervalGrid.spread', { text: text.trim() }));
  };
  const clipboard = gridClipboard(props, selection, draft !== null, apply);
  return {
    focus,
    selection,
    draft,
    setDraft,
    selecting,
    goTo,
    commit,
    commitTotal,
    ...clipboard,
    onKeyDown: gridKeys(props, { focus, selection, isTyping: draft !== null, goTo, apply, setDraft }),
  };
}
export type GridEditing = ReturnType<typeof useGridEditing>;

interface GridHands {
  readonly focus: CellPlace;
  readonly selection: CellRange;
  readonly isTyping: boolean;
  readonly goTo: (place: CellPlace, extend: boolean) => void;
  readonly apply: (changes: readonly CellChange[], what: string) => void;
  readonly setDraft: (text: string) => void;
}

/** Keys while no cell is typed in: move, fill, or begin to type. */
function gridKeys({ valueAt, readOnly = false }: IntervalGridProps, hands: GridHands) {
  const { focus, selection, isTyping, goTo, apply, setDraft } = hands;
  const run = (command: CommandId): boolean => {
    const step = STEPS[command];
    if (step) goTo({ row: focus.row + step[0], column: focus.column + step[1] }, step[2]);
    else if (command === 'fillDown' || command === 'fillRight') {
      const direction = command === 'fillDown' ? 'down' : 'right';
      apply(filledChanges(selection, direction, valueAt), t('intervalGrid.filled'));
    } else return false;
    return true;
  };
  return (event: KeyboardEvent) => {
    if (isTyping) return;
    const command = commandOf(event, ['grid', 'intervalGrid']);
    if (command !== null) {
      if (run(command)) event.preventDefault();
      return;
    }
    if (readOnly || event.ctrlKey || event.metaKey || event.altKey) return;
    const isFirstSign = /^[\d+\-.,]$/.test(event.key);
    if (!isFirstSign && event.key !== 'Enter' && event.key !== 'F2') return;
    event.preventDefault();
    setDraft(isFirstSign ? event.key : editedText(valueAt(focus.row, focus.column)));
  };
}

/** Copy and paste as spreadsheets do it: tabs between columns, lines between rows. */
function gridClipboard(
  props: IntervalGridProps,
  selection: CellRange,
  isTyping: boolean,
  apply: (changes: readonly CellChange[], what: string) => void,
) {
  const { rowLabels, columnLabels, valueAt, readOnly = false } = props;
  return {
    onPaste: (event: ClipboardEvent) => {
      if (readOnly || isTyping) return;
      event.preventDefault();
      const text = event.clipboardData.getData('text/plain');
      const { changes, unreadable } = pastedChanges(text, selection, rowLabels.length, columnLabels.length);
      if (unreadable > 0) props.onMessage?.(t('intervalGrid.skipped', { count: unreadable }));
      apply(changes, t('intervalGrid.pasted', { count: changes.length }));
    },
    onCopy: (event: ClipboardEvent) => {
      if (isTyping) return;
      event.preventDefault();
      event.clipboardData.setData('text/plain', copiedText(selection, valueAt));
    },
  };
}
