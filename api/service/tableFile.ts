import writeXlsxFile from 'write-excel-file/node';
import type { ExportTable } from './exportTables.ts';

/** What a spreadsheet would run as a formula when it stands first in a cell. */
const FORMULA_START = /^[=+\-@\t\r\0]/;

/** A table as CSV (RFC 4180, with a byte-order mark for spreadsheets). Texts that look like formulas get a leading quote. */
export function toCsv(table: ExportTable): string {
  const line = (cells: readonly (string | number | null)[]) => cells.map(csvCell).join(',');
  return `\uFEFF${[table.headers, ...table.rows].map(line).join('\r\n')}\r\n`;
}

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const safe = FORMULA_START.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A table as a workbook with one sheet; every cell has a stated type, so that none is a formula. */
export async function toXlsx(table: ExportTable): Promise<Uint8Array> {
  const cell = (value: string | number | null) => {
    if (value === null) return null;
    return typeof value === 'number' ? { type: Number, value } : { type: String, value };
  };
  const heading = table.headers.map(value => ({ type: String, value, fontWeight: 'bold' as const }));
  const rows = table.rows.map(row => row.map(cell));
  return writeXlsxFile([heading, ...rows]).toBuffer();
}
