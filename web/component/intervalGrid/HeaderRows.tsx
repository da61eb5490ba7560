// biome-ignore-all lint/a11y/useSemanticElements: virtual rows are placed absolutely, which table elements cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: a grid is one tab stop; cells are reached by the active descendant
import { useState } from 'react';
import { t } from '../../locale/i18n.ts';
import { CellField } from './GridCell.tsx';
import classes from './IntervalGrid.module.css';
import { editedText } from './useGridEditing.ts';

interface HeaderRowProps {
  readonly cells: readonly string[];
  readonly template: string;
}

/** The names of the columns. */
export function HeaderRow({ cells, template }: HeaderRowProps) {
  return (
    <div role="row" className={classes.headRow} style={{ gridTemplateColumns: template }}>
      <div role="columnheader" className={classes.corner}>
        {t('intervalGrid.interval')}
      </div>
      {cells.map(cell => (
        <div role="columnheader" key={cell}>
          {cell}
        </div>
      ))}
    </div>
  );
}

interface TotalRowProps {
  readonly columns: readonly string[];
  readonly totals: readonly (number | null)[];
  readonly format: (value: number) => string;
  readonly template: string;
  /** Absent where totals cannot be changed. */
  readonly onTotal?: ((column: number, text: string) => void) | undefined;
}

/** The sum of each column; a new one can be typed and spreads over the column. */
export function TotalRow({ columns, totals, format, template, onTotal }: TotalRowProps) {
  const [open, setOpen] = useState<{ readonly column: number; readonly text: string } | null>(null);
  return (
    <div role="row" className={classes.headRow} style={{ gridTemplateColumns: template }} data-total>
      <div role="rowheader" className={classes.corner}>
        {t('intervalGrid.total')}
      </div>
      {columns.map((name, column) => {
        const total = totals[column] ?? null;
        const label = t('intervalGrid.totalOf', { column: name });
        return (
          <div role="gridcell" key={name} className={classes.total}>
            {open?.column === column ? (
              <CellField
                name={label}
                text={open.text}
                onText={text => setOpen(text === null ? null : { column, text })}
                onCommit={() => {
                  setOpen(null);
                  onTotal?.(column, open.text);
                }}
                onCancel={() => setOpen(null)}
              />
            ) : onTotal && total !== null ? (
              <button
                type="button"
                aria-label={`${label}: ${format(total)}`}
                title={t('intervalGrid.totalHint')}
                onClick={() => setOpen({ column, text: editedText(total) })}
              >
                {format(total)}
              </button>
            ) : total === null ? (
              '–'
            ) : (
              format(total)
            )}
          </div>
        );
      })}
    </div>
  );
}
