import type { CommandInput, OptionSpec } from './args.ts';

/** A cell of a printed table; `null` prints as an en dash and exports as an empty cell. */
export type Cell = string | number | null;

export interface TableColumn {
  /** Field name in JSON and CSV. */
  readonly name: string;
  /** Heading for people. */
  readonly heading: string;
  /** Digits after the decimal point for people; programs get the full number. */
  readonly digits?: number;
  /** Shown to people as per cent. */
  readonly percent?: boolean;
}

export interface Table {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

/** The two switches that every command with a result has. */
export const OUTPUT_OPTIONS: readonly OptionSpec[] = [
  { name: 'json', help: 'print JSON for programs' },
  { name: 'csv', help: 'print CSV for programs' },
];

export function wantsText(input: CommandInput): boolean {
  return !input.has('json') && !input.has('csv');
}

/** Writes to standard output and waits until it is taken, so that a closed pipe ends the program quietly. */
export async function print(text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(text, error => {
      if (!error || ('code' in error && error.code === 'EPIPE')) resolve();
      else reject(error);
    });
  });
}

export async function printJson(value: unknown): Promise<void> {
  await print(`${JSON.stringify(value, null, 2)}\n`);
}

/** CSV with a heading row; text cells that a spreadsheet would run as a formula get a leading apostrophe. */
export function toCsv(table: Table): string {
  const lines = [table.columns.map(column => column.name).join(',')];
  for (const row of table.rows) lines.push(row.map(csvCell).join(','));
  return `${lines.join('\n')}\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as objects keyed by column name. */
function toRecords(table: Table): readonly Record<string, Cell>[] {
  return table.rows.map(row =>
    Object.fromEntries(table.columns.map((column, i) => [column.name, row[i] ?? null])),
  );
}

/** A table for people: numbers right-aligned, a rule under the headings. */
export function toText(table: Table): string {
  const cells = table.rows.map(row => row.map((cell, i) => textCell(cell, table.columns[i])));
  const headings = table.columns.map(column => column.heading);
  const widths = headings.map((heading, i) =>
    Math.max(heading.length, ...cells.map(row => row[i]?.length ?? 0)),
  );
  const numeric = table.columns.map((_, i) => table.rows.every(row => typeof (row[i] ?? 0) === 'number'));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (numeric[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return `${[line(headings), widths.map(width => '─'.repeat(width)).join('  '), ...cells.map(line)].join('\n')}\n`;
}

function textCell(cell: Cell, column: TableColumn | undefined): string {
  if (cell === null) return '–';
  if (typeof cell === 'string') return cell;
  if (!Number.isFinite(cell)) return '∞';
  if (column?.percent) return `${(cell * 100).toFixed(column.digits ?? 1)} %`;
  return cell.toFixed(column?.digits ?? (Number.isInteger(cell) ? 0 : 2));
}

/** Prints a table as asked: JSON records (or `json`, when given), CSV, or text under a title. */
export async function printTable(
  input: CommandInput,
  title: string,
  table: Table,
  json?: unknown,
): Promise<void> {
  if (input.has('json')) await printJson(json ?? toRecords(table));
  else if (input.has('csv')) await print(toCsv(table));
  else await print(`${title === '' ? '' : `${title}\n\n`}${toText(table)}`);
}
