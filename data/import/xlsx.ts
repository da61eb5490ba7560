import { readSheet } from 'read-excel-file/node';
import { CSV_LIMITS } from './text/csv.ts';
import { assertModestZip } from './zip.ts';

/** The largest workbook read, in bytes. */
const LARGEST_WORKBOOK = 50 * 1024 * 1024;
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
  try {
    assertModestZip(bytes);
  } catch (error) {
    if (error instanceof RangeError) throw new XlsxError(error.message);
    throw error;
  }
  const rows: readonly (readonly unknown[])[] = await readSheet(bytes, { trim: false }).catch(() => {
    throw new XlsxError('the workbook cannot be read; save it again as .xlsx, or as .csv');
  });
  return rows.map(row => row.slice(0, CSV_LIMITS.columns).map(cellText));
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

/** Dates come a millisecond short, so they are rounded to the second; those before 1901 are times of day. */
function dateText(date: Date): string {
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
