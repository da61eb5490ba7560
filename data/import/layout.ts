import { CSV_LIMITS, CsvError, CsvParser } from './text/csv.ts';
import { readDateTime } from './value/dateTime.ts';
import { readNumber } from './value/number.ts';

/** Where the table lies in a text: its delimiter, the lines above it, its header rows. */
export interface Layout {
  readonly delimiter: ',' | ';' | '\t' | '|';
  readonly skipRows: number;
  readonly headerRows: 0 | 1 | 2;
  /** One name per column; two header rows are joined, repeated names numbered. */
  readonly headers: readonly string[];
  /** The first data rows. */
  readonly rows: readonly (readonly string[])[];
}

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** Finds the layout of a delimited text from its beginning. Undefined when it has no table of at least two columns. */
export function detectLayout(text: string, isWhole: boolean): Layout | undefined {
  let best: { layout: Layout; score: number } | undefined;
  for (const delimiter of DELIMITERS) {
    const records = readRecords(text, delimiter, isWhole);
    const score = regularity(records);
    if (score > 0 && (!best || score > best.score)) best = { layout: layoutOf(records, delimiter), score };
  }
  return best?.layout;
}

/** The records at the beginning of a text; a last one that may be cut is left out. */
function readRecords(text: string, delimiter: string, isWhole: boolean): string[][] {
  const records: string[][] = [];
  const parser = new CsvParser({ delimiter, onRecord: fields => records.push([...fields]) });
  try {
    parser.write(text);
    if (isWhole) parser.end();
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // With the wrong delimiter a text can look endless; what came before still counts.
  }
  return records;
}

/** How much a text looks like a table with this delimiter: rows of the commonest width, times the width. */
function regularity(records: readonly (readonly string[])[]): number {
  const width = commonWidth(records);
  if (width < 2) return 0;
  const regular = records.filter(record => record.length === width).length / records.length;
  return regular * Math.min(width, CSV_LIMITS.columns) ** 0.5 * (regular > 0.5 ? 1 : 0.2);
}

function commonWidth(records: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const record of records) counts.set(record.length, (counts.get(record.length) ?? 0) + 1);
  let width = 0;
  let most = 0;
  for (const [candidate, count] of counts) {
    if (candidate > 1 && (count > most || (count === most && candidate > width)))
      [width, most] = [candidate, count];
  }
  return width;
}

/** The layout of records that are already cut (a spreadsheet's rows). */
export function layoutOf(records: readonly (readonly string[])[], delimiter: Layout['delimiter']): Layout {
  const width = commonWidth(records);
  const wide = (record: readonly string[]) =>
    record.filter(cell => cell.trim() !== '').length >= Math.max(2, width * 0.4);
  let skipRows = records.findIndex(record => record.length >= width && wide(record));
  if (skipRows === -1) skipRows = 0;
  // A first header row of group titles may leave most of its cells empty.
  const above = records[skipRows - 1];
  const groupRow =
    above !== undefined && above.length === width && isHeading(above) && isHeading(records[skipRows] ?? []);
  if (groupRow) skipRows--;
  let headerRows: 0 | 1 | 2 = 0;
  if (isHeading(records[skipRows] ?? []))
    headerRows = isHeading(records[skipRows + 1] ?? []) && hasDataBelow(records, skipRows + 2) ? 2 : 1;
  return {
    delimiter,
    skipRows,
    headerRows,
    headers: headerNames(records.slice(skipRows, skipRows + headerRows), width),
    rows: records.slice(skipRows + headerRows),
  };
}

/** A heading holds words: no cell is a number or a time. */
function isHeading(record: readonly string[]): boolean {
  const filled = record.filter(cell => cell.trim() !== '');
  return filled.length > 0 && filled.every(cell => !isData(cell));
}

function hasDataBelow(records: readonly (readonly string[])[], from: number): boolean {
  return (records[from] ?? []).some(isData);
}

function isData(cell: string): boolean {
  const number = readNumber(cell.replace(/%$/, ''), cell.includes(',') && !cell.includes('.') ? ',' : '.');
  if (number !== null && !Number.isNaN(number)) return true;
  return (
    readDateTime(cell, 'dayFirst', 'text') !== undefined ||
    readDateTime(cell, 'monthFirst', 'text') !== undefined ||
    /^\d+:\d{2}(:\d{2})?$/.test(cell.trim())
  );
}

function headerNames(rows: readonly (readonly string[])[], width: number): string[] {
  const [upper = [], lower] = rows;
  const count = Math.max(width, ...rows.map(row => row.length));
  let group = '';
  const seen = new Map<string, number>();
  return Array.from({ length: count }, (_, index) => {
    const top = (upper[index] ?? '').trim();
    if (top !== '') group = top;
    const bottom = (lower?.[index] ?? '').trim();
    // Titles of a group stand over its first column; the ones after it inherit the title.
    const name = lower === undefined ? top : [bottom === '' ? top : group, bottom].filter(Boolean).join(' ');
    const label = name === '' ? `Column ${index + 1}` : name;
    const times = (seen.get(label) ?? 0) + 1;
    seen.set(label, times);
    return times === 1 ? label : `${label} (${times})`;
  });
}
