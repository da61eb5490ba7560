import { dateOfDayNumber } from '../../forecasting/history/localClock.ts';
import { detectDateOrder, detectDecimal } from './content.ts';
import { type NumberedRecord, numberedRecords } from './text/records.ts';
import { type DateOrder, readDateTime } from './value/dateTime.ts';
import { type DecimalSign, readNumber } from './value/number.ts';

/** A driver's days as two columns of a spreadsheet: a date and a value. */

export interface DriverDay {
  readonly date: string;
  readonly value: number;
}

export interface DriverProblem {
  readonly line: number;
  readonly column: 'date' | 'value';
  readonly found: string;
  readonly expected: string;
}

/** What a pasted text says. With problems it must not be stored at all. */
export interface DriverTable {
  readonly days: readonly DriverDay[];
  readonly problems: readonly DriverProblem[];
}

/** How the cells of a text are written. */
interface Style {
  readonly order: DateOrder;
  readonly decimal: DecimalSign;
}

const DATE = 'a date such as 2026-05-04 or 04.05.2026';
const VALUE = 'a number of 0 or more';

/**
 * Reads lines of a date and a value with a tab, semicolon or comma between them; a first line of words is passed over.
 *
 * @throws CsvError for a text that is no table.
 */
export function readDriverDays(text: string): DriverTable {
  // A comma may also be a decimal sign: it separates only where nothing else does.
  const delimiter = ['\t', ';'].find(sign => text.includes(sign)) ?? ',';
  const records = numberedRecords(text, delimiter);
  const column = (index: number) => records.map(([, fields]) => fields[index]?.trim() ?? '');
  const style: Style = {
    order: detectDateOrder(column(0)).order,
    decimal: delimiter === ',' ? '.' : detectDecimal(column(1), delimiter),
  };
  const [first] = records;
  return readRows(first && isHeading(first, style) ? records.slice(1) : records, style);
}

function isHeading([, fields]: NumberedRecord, { order, decimal }: Style): boolean {
  const [date = '', value = ''] = fields;
  return dateOf(date, order) === undefined && Number.isNaN(readNumber(value.trim(), decimal));
}

function readRows(records: readonly NumberedRecord[], { order, decimal }: Style): DriverTable {
  const days: DriverDay[] = [];
  const problems: DriverProblem[] = [];
  const lines = new Map<string, number>();
  for (const [line, fields] of records) {
    const [dateText = '', valueText = ''] = fields.map(field => field.trim());
    const date = dateOf(dateText, order);
    const value = readNumber(valueText, decimal);
    const before = date === undefined ? undefined : lines.get(date);
    if (date === undefined) problems.push({ line, column: 'date', found: dateText, expected: DATE });
    else if (before !== undefined)
      problems.push({
        line,
        column: 'date',
        found: dateText,
        expected: `each day once; line ${before} has it`,
      });
    else lines.set(date, line);
    if (value === null || !(value >= 0))
      problems.push({ line, column: 'value', found: valueText, expected: VALUE });
    else if (date !== undefined) days.push({ date, value });
  }
  return { days, problems };
}

/** Spreadsheets may give a date with midnight behind it. */
function dateOf(text: string, order: DateOrder): string | undefined {
  const written = readDateTime(text.trim(), order, 'text');
  return written && !written.absolute && written.seconds % 86_400 === 0
    ? dateOfDayNumber(written.seconds / 86_400)
    : undefined;
}
