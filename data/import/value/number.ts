/** Which sign separates whole numbers from fractions. */
export type DecimalSign = '.' | ',';

const ABSENT = new Set(['', '-', '--', '—', 'n/a', 'na', 'null', 'none', '#n/a', '\\n']);

/** Whether a cell says that there is no value. */
export function isAbsent(text: string): boolean {
  return text === '' || (text.length < 5 && ABSENT.has(text.trim().toLowerCase())) || text.trim() === '';
}

/**
 * Reads a number. null = the cell is empty or says that there is no value; NaN = it is not a number.
 * Thousands separators (the other sign, a space, an apostrophe) are accepted only in groups of three.
 */
export function readNumber(text: string, decimal: DecimalSign): number | null {
  const plain = readDigits(text);
  if (plain >= 0) return plain;
  if (isAbsent(text)) return null;
  let cell = text.trim();
  const negative = /^\(.*\)$/.test(cell);
  if (negative) cell = cell.slice(1, -1);
  const grouped =
    decimal === '.'
      ? /^([+-]?\d{1,3})((?:[, '\u00a0\u202f]\d{3})+)(\.\d+)?$/
      : /^([+-]?\d{1,3})((?:[. '\u00a0\u202f]\d{3})+)(,\d+)?$/;
  if (grouped.test(cell))
    cell = cell.replace(decimal === '.' ? /[, '\u00a0\u202f]/g : /[. '\u00a0\u202f]/g, '');
  if (decimal === ',') {
    if (cell.includes('.') && !/^[+-]?\d*\.\d+$/.test(cell)) return Number.NaN;
    cell = cell.replace(',', '.');
  }
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?$/i.test(cell)) return Number.NaN;
  const value = Number(cell);
  return negative ? -value : value;
}

/** Plain digits, the usual cell, without making a number of the text twice; -1 when it is something else. */
function readDigits(text: string): number {
  const length = text.length;
  if (length === 0 || length > 9) return -1;
  let value = 0;
  for (let i = 0; i < length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** How a share is written: 0.82, or 82. */
export type ShareUnit = 'fraction' | 'percent';

/** Reads a share as 0 to 1. A percent sign settles the unit; otherwise the column's unit does. */
export function readShare(text: string, decimal: DecimalSign, unit: ShareUnit): number | null {
  const sign = text.trimEnd().endsWith('%');
  const value = readNumber(sign ? text.trimEnd().slice(0, -1).trimEnd() : text, decimal);
  if (value === null || Number.isNaN(value)) return value;
  return sign || unit === 'percent' ? value / 100 : value;
}
