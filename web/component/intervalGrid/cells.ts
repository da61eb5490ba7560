/** A place in the grid. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** A rectangle of cells, both corners included, normalised so that `first` is the upper left. */
export interface CellRange {
  readonly first: CellPlace;
  readonly last: CellPlace;
}

export interface CellChange extends CellPlace {
  readonly value: number;
}

export function rangeBetween(a: CellPlace, b: CellPlace): CellRange {
  return {
    first: { row: Math.min(a.row, b.row), column: Math.min(a.column, b.column) },
    last: { row: Math.max(a.row, b.row), column: Math.max(a.column, b.column) },
  };
}

export function inRange(range: CellRange, row: number, column: number): boolean {
  return (
    row >= range.first.row &&
    row <= range.last.row &&
    column >= range.first.column &&
    column <= range.last.column
  );
}

export function* cellsOf(range: CellRange): Generator<CellPlace> {
  for (let row = range.first.row; row <= range.last.row; row++) {
    for (let column = range.first.column; column <= range.last.column; column++) yield { row, column };
  }
}

/** What a person typed into a cell: a value, a change in percent, an addition, or something unreadable. */
export type CellEntry =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'percent'; readonly percent: number }
  | { readonly kind: 'add'; readonly amount: number }
  | { readonly kind: 'unreadable'; readonly text: string };

/**
 * Reads `42`, `1,234.5`, `1.234,5`, `+10%`, `-5 %` and `+3`. A sign without a percent adds; a bare number replaces.
 */
export function readEntry(text: string): CellEntry {
  const trimmed = text.trim().replace('−', '-').replaceAll('\u00A0', '').replaceAll(' ', '');
  const percent = /^([+-]?)(.+)%$/.exec(trimmed);
  if (percent) {
    const amount = readNumber(percent[2] ?? '');
    if (amount === null) return { kind: 'unreadable', text };
    return { kind: 'percent', percent: percent[1] === '-' ? -amount : amount };
  }
  const signed = /^([+-])(.+)$/.exec(trimmed);
  const amount = readNumber(signed?.[2] ?? trimmed);
  if (amount === null) return { kind: 'unreadable', text };
  if (!signed) return { kind: 'value', value: amount };
  return { kind: 'add', amount: signed[1] === '-' ? -amount : amount };
}

/** A number with either decimal mark; a single mark before exactly three digits groups thousands. Null if it is none. */
export function readNumber(text: string): number | null {
  const cleaned = text.trim().replaceAll(/[\s\u00A0']/g, '');
  if (!/^\d[\d.,]*$|^[.,]\d+$/.test(cleaned)) return null;
  const lastMark = Math.max(cleaned.lastIndexOf('.'), cleaned.lastIndexOf(','));
  if (lastMark < 0) return Number(cleaned);
  const marks = cleaned.replaceAll(/\d/g, '');
  const decimals = cleaned.length - lastMark - 1;
  const mixed = new Set(marks).size > 1;
  const isGroup = !mixed && decimals === 3 && lastMark > 0 && cleaned[0] !== '0';
  if (isGroup || (!mixed && marks.length > 1)) return Number(cleaned.replaceAll(/[.,]/g, ''));
  return Number(`${cleaned.slice(0, lastMark).replaceAll(/[.,]/g, '')}.${cleaned.slice(lastMark + 1)}`);
}

/** The value after an entry, never below zero; null when it cannot be told. */
export function entryResult(entry: CellEntry, current: number | null): number | null {
  switch (entry.kind) {
    case 'value':
      return Math.max(0, entry.value);
    case 'percent':
      return current === null ? null : Math.max(0, current * (1 + entry.percent / 100));
    case 'add':
      return current === null ? null : Math.max(0, current + entry.amount);
    case 'unreadable':
      return null;
  }
}

/** A block copied from a spreadsheet, anchored at a cell. One value fills the whole selection. */
export function pastedChanges(
  text: string,
  selection: CellRange,
  rows: number,
  columns: number,
): { readonly changes: readonly CellChange[]; readonly unreadable: number } {
  const block = text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map(line => line.split('\t'));
  const single = block.length === 1 && block[0]?.length === 1;
  const changes: CellChange[] = [];
  let unreadable = 0;
  const put = (row: number, column: number, cell: string) => {
    if (cell.trim() === '' || row >= rows || column >= columns) return;
    const value = readNumber(cell);
    if (value === null) unreadable++;
    else changes.push({ row, column, value });
  };
  if (single) {
    for (const { row, column } of cellsOf(selection)) put(row, column, block[0]?.[0] ?? '');
  } else {
    block.forEach((cells, i) => {
      cells.forEach((cell, j) => {
        put(selection.first.row + i, selection.first.column + j, cell);
      });
    });
  }
  return { changes, unreadable };
}

/** Copies the first row (`down`) or the first column (`right`) of the selection over the rest of it. */
export function filledChanges(
  selection: CellRange,
  direction: 'down' | 'right',
  valueAt: (row: number, column: number) => number | null,
): readonly CellChange[] {
  const changes: CellChange[] = [];
  for (const { row, column } of cellsOf(selection)) {
    const isSource = direction === 'down' ? row === selection.first.row : column === selection.first.column;
    if (isSource) continue;
    const value =
      direction === 'down' ? valueAt(selection.first.row, column) : valueAt(row, selection.first.column);
    if (value !== null) changes.push({ row, column, value });
  }
  return changes;
}

/** The selection as a spreadsheet reads it. */
export function copiedText(
  selection: CellRange,
  valueAt: (row: number, column: number) => number | null,
): string {
  const lines: string[] = [];
  for (let row = selection.first.row; row <= selection.last.row; row++) {
    const cells: string[] = [];
    for (let column = selection.first.column; column <= selection.last.column; column++) {
      cells.push(String(valueAt(row, column) ?? ''));
    }
    lines.push(cells.join('\t'));
  }
  return lines.join('\n');
}

/** The changes that give a column a new total in the proportion of its values; an empty column cannot be spread. */
export function spreadTotal(
  values: readonly (number | null)[],
  column: number,
  total: number,
): readonly CellChange[] {
  const sum = values.reduce<number>((all, value) => all + (value ?? 0), 0);
  if (sum <= 0 || total < 0) return [];
  return values.flatMap((value, row) =>
    value === null ? [] : [{ row, column, value: (value / sum) * total }],
  );
}
