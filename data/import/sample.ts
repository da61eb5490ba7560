import { acceptance, detectDecimal, detectSerial, numbersOf } from './content.ts';
import { type Field, fieldInfo, normaliseHeader } from './field.ts';
import type { Layout } from './layout.ts';
import { readDate, readDateTime } from './value/dateTime.ts';
import { isAbsent } from './value/number.ts';

/** Rows shown of a file before it is imported. */
const PREVIEW_ROWS = 20;

/** The first rows by column. */
export class Sample {
  readonly layout: Layout;
  readonly keys: readonly string[];
  readonly #rows: readonly (readonly string[])[];
  readonly decimal: '.' | ',';

  constructor(layout: Layout, rows: readonly (readonly string[])[]) {
    this.layout = layout;
    this.keys = layout.headers.map(normaliseHeader);
    this.#rows = rows;
    this.decimal = detectDecimal(rows.flat(), layout.delimiter);
  }

  column(index: number): readonly string[] {
    return this.#rows.map(row => row[index] ?? '');
  }

  counts(index: number | undefined): readonly (number | undefined)[] {
    if (index === undefined) return [];
    return this.column(index).map(cell => numbersOf([cell], this.decimal)[0]);
  }

  preview(guarded: ReadonlySet<number>): readonly (readonly (string | null)[])[] {
    return this.#rows
      .slice(0, PREVIEW_ROWS)
      .map(row => this.layout.headers.map((_, index) => (guarded.has(index) ? null : (row[index] ?? ''))));
  }
}

/** A column whose values are not of the field's kind is not suggested, whatever it is called. */
export function fits(field: Field, cells: readonly string[], sample: Sample): boolean {
  const filled = cells.some(cell => cell.trim() !== '');
  if (!filled) return field === 'shortAbandoned';
  switch (fieldInfo(field).kind) {
    case 'dateTime':
      return (
        acceptance(
          cells,
          cell => readDateTime(cell, 'dayFirst', 'text') ?? readDateTime(cell, 'monthFirst', 'text'),
        ) > 0.7 || detectSerial(cells) !== 'text'
      );
    case 'date':
      return (
        acceptance(
          cells,
          cell =>
            readDate(cell, 'dayFirst') ??
            readDate(cell, 'monthFirst') ??
            readDateTime(cell, 'monthFirst', 'text'),
        ) > 0.7 || detectSerial(cells) === 'excel'
      );
    case 'time':
      return acceptance(cells, cell => readTime(cell)) > 0.7;
    case 'count':
    case 'minutes':
    case 'share':
      return numbersOf(cells, sample.decimal).length > cells.filter(cell => !isAbsent(cell)).length * 0.5;
    case 'duration':
      return acceptance(cells, cell => (/^\s*[\d.,:\s]+\s*$/.test(cell) ? cell : undefined)) > 0.7;
    default:
      return true;
  }
}

function readTime(cell: string): number | undefined {
  return /^\s*\d/.test(cell) &&
    (/[:]|[ap]m/i.test(cell) || /^\s*\d{3,4}\s*$/.test(cell) || /^0?[.,]\d+$/.test(cell.trim()))
    ? 1
    : undefined;
}
