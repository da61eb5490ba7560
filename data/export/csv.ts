import type { ExportTable } from './table.ts';

/** What a spreadsheet would run as a formula when it stands first in a cell, also in full width or after blanks. */
const FORMULA_START = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n\0]/;

/**
 * A table as CSV (RFC 4180) with a byte-order mark for spreadsheets. Texts that a spreadsheet would take for a formula
 * get a leading apostrophe; numbers are written as numbers and never changed, so −5 stays −5.
 */
export function toCsv(table: ExportTable): string {
  const line = (cells: readonly (string | number | null)[]) => cells.map(csvCell).join(',');
  return `\uFEFF${[table.headers, ...table.rows].map(line).join('\r\n')}\r\n`;
}

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const safe = FORMULA_START.test(value) ? `'${value}` : value;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
