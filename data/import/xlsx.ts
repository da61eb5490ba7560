import { readSheet } from 'read-excel-file/node';
import { packZip, type ZipPart } from './packZip.ts';
import { CSV_LIMITS } from './text/csv.ts';
import { unpackZip } from './zip.ts';

/** The largest workbook read, in bytes. */
const LARGEST_WORKBOOK = 50 * 1024 * 1024;
/** A spreadsheet's own limit of rows, and cells that still fit in memory when each is there. */
const LARGEST_SHEET = { rows: 1_048_576, cells: 20_000_000 } as const;
const DAY_MILLISECONDS = 86_400_000;

/** A workbook that cannot or must not be read. */
export class XlsxError extends Error {
  override readonly name = 'XlsxError';
}

/**
 * The rows of a workbook's first sheet as text: dates as `2026-03-14 09:15:00` (spreadsheets know no zone),
 * times of day and durations as `h:mm:ss`, numbers with a decimal point.
 *
 * @throws XlsxError when the workbook is too large, unpacks to too much, or is none.
 */
export async function xlsxRecords(
  source: AsyncIterable<Uint8Array>,
): Promise<readonly (readonly string[])[]> {
  const bytes = await collect(source);
  const parts = readParts(bytes);
  // The reader gets a clean archive: a damaged one can leave it waiting for ever.
  const rows: readonly (readonly unknown[])[] = await readSheet(packZip(parts), { trim: false }).catch(() => {
    throw new XlsxError('the workbook cannot be read; save it again as .xlsx, or as .csv');
  });
  return rows.map(row => row.slice(0, CSV_LIMITS.columns).map(cellText));
}

function readParts(bytes: Buffer): readonly ZipPart[] {
  try {
    const parts = unpackZip(bytes);
    for (const { content } of parts) if (content.includes('sheetData')) assertModestSheet(content);
    return parts;
  } catch (error) {
    if (error instanceof RangeError) throw new XlsxError(error.message);
    throw error;
  }
}

const CELL_NAME = /\sr\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * Refuses a sheet whose cells are named far outside what their number fills: the reader makes a table of every cell
 * up to the last one, and a single `XFD1048576` would end the process.
 *
 * @throws RangeError saying so.
 */
function assertModestSheet(xml: Buffer): void {
  let rows = 0;
  let columns = 0;
  for (const [, double, single] of xml.toString('latin1').matchAll(CELL_NAME)) {
    const name = /^([A-Z]{0,3})(\d{1,7})$/.exec(double ?? single ?? '');
    if (!name) throw new RangeError('the workbook names a cell wrongly; save it again as .xlsx, or as .csv');
    rows = Math.max(rows, Number(name[2]));
    columns = Math.max(columns, columnNumber(name[1] ?? ''));
  }
  if (rows > LARGEST_SHEET.rows || rows * columns > LARGEST_SHEET.cells) {
    throw new RangeError('the sheet is larger than a history can be; export the rows alone, or as .csv');
  }
}

/** `A` is 1, `Z` 26, `AA` 27. */
function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters) number = 26 * number + letter.charCodeAt(0) - 64;
  return number;
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > LARGEST_WORKBOOK) throw new XlsxError('the workbook is larger than 50 MB; export it as .csv');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return dateText(cell);
  if (typeof cell === 'number') return String(cell);
  return String(cell).slice(0, CSV_LIMITS.fieldCharacters);
}

/** An impossible date is an empty cell. Dates come a millisecond short, so they are rounded to the second; those before 1901 are times of day. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  const milliseconds = Math.round(date.getTime() / 1000) * 1000;
  const sinceEpochOfSheets = milliseconds - Date.UTC(1899, 11, 30);
  if (sinceEpochOfSheets < 400 * DAY_MILLISECONDS) {
    const seconds = Math.max(0, Math.round(sinceEpochOfSheets / 1000));
    return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }
  return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
