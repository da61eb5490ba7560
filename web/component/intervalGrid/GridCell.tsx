// biome-ignore-all lint/a11y/useSemanticElements: virtual rows are placed absolutely, which table elements cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: a grid is one tab stop; cells are reached by the active descendant
import type { RefObject } from 'react';
import { t } from '../../locale/i18n.ts';
import { type CellPlace, inRange } from './cells.ts';
import classes from './IntervalGrid.module.css';
import { editedText, type GridEditing } from './useGridEditing.ts';

interface GridCellProps {
  readonly id: string;
  readonly place: CellPlace;
  readonly value: number | null;
  readonly mark: 'closed' | 'changed' | null;
  readonly readOnly: boolean;
  readonly format: (value: number) => string;
  /** What the field is called while the cell is typed in. */
  readonly name: string;
  readonly editing: GridEditing;
  readonly scroll: RefObject<HTMLDivElement | null>;
}

export function GridCell(props: GridCellProps) {
  const { place, value, mark, editing, scroll } = props;
  const { focus, selection, draft, selecting, goTo, setDraft } = editing;
  const focused = focus.row === place.row && focus.column === place.column;
  return (
    <div
      id={props.id}
      role="gridcell"
      aria-colindex={place.column + 2}
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
        if (!props.readOnly && mark !== 'closed') setDraft(editedText(value));
      }}
    >
      {focused && draft !== null ? (
        <CellField
          name={props.name}
          text={draft}
          onText={setDraft}
          onCommit={() => editing.commit(draft)}
          onCancel={() => {
            setDraft(null);
            scroll.current?.focus();
          }}
        />
      ) : mark === 'closed' ? (
        <span title={t('intervalGrid.closed')}>·</span>
      ) : value === null ? (
        '–'
      ) : (
        props.format(value)
      )}
    </div>
  );
}

interface CellFieldProps {
  readonly name: string;
  readonly text: string;
  readonly onText: (text: string | null) => void;
  readonly onCommit: () => void;
  readonly onCancel: () => void;
}

/** Where a number is typed: Enter takes it, Escape and leaving do not. */
export function CellField({ name, text, onText, onCommit, onCancel }: CellFieldProps) {
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the editor opens where the person is typing
      autoFocus
      className={classes.input}
      aria-label={name}
      value={text}
      onChange={event => onText(event.currentTarget.value)}
      onBlur={() => onText(null)}
      onKeyDown={event => {
        event.stopPropagation();
        if (event.key === 'Enter') onCommit();
        if (event.key === 'Escape') onCancel();
      }}
    />
  );
}
