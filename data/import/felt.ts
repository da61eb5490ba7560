import type { FeltMeasure } from '../store/feltMeasures.ts';
import { detectLayout } from './layout.ts';
import { type NumberedRecord, numberedRecords } from './text/records.ts';
import { readNumber } from './value/number.ts';

/** Surveys and tickets: one row per queue and day or longer period, one column per measure. */

/** A measure as a file may name it, and which values it takes. */
interface FeltColumn {
  readonly measure: string;
  readonly names: readonly string[];
  readonly expected: string;
  readonly read: (cell: string) => number | null;
}

function between(low: number, high: number) {
  return (cell: string) => {
    const value = readNumber(cell, '.');
    return value === null || (value >= low && value <= high) ? value : Number.NaN;
  };
}

/** 0.82 or 82%; a bare 82 is refused, because 1 would be read both ways. */
function share(cell: string): number | null {
  const percent = cell.trimEnd().endsWith('%');
  const value = readNumber(percent ? cell.trimEnd().slice(0, -1) : cell, '.');
  if (value === null) return null;
  const part = percent ? value / 100 : value;
  return part >= 0 && part <= 1 ? part : Number.NaN;
}

const SHARE = 'a share such as 0.82 or 82%';

/** Every measure that is read, with the names that its column may have. */
export const FELT_COLUMNS: readonly FeltColumn[] = [
  {
    measure: 'firstCallResolution',
    names: ['first call resolution', 'first contact resolution', 'fcr'],
    expected: SHARE,
    read: share,
  },
  {
    measure: 'satisfaction',
    names: ['satisfaction', 'csat', 'patient satisfaction'],
    expected: 'a mean score from 1 to 5',
    read: between(1, 5),
  },
  {
    measure: 'netPromoterScore',
    names: ['net promoter score', 'nps'],
    expected: 'a score from -100 to 100',
    read: between(-100, 100),
  },
  {
    measure: 'followUpsOnTime',
    names: ['follow ups on time', 'followups on time', 'follow up on time'],
    expected: SHARE,
    read: share,
  },
  { measure: 'repeatCallers', names: ['repeat callers', 'repeat calls'], expected: SHARE, read: share },
  {
    measure: 'openTickets',
    names: ['open tickets', 'tickets open'],
    expected: 'a count of 0 or more',
    read: between(0, 10_000_000),
  },
  {
    measure: 'answeredWithinPromise',
    names: ['answered within promise', 'tickets answered within promise', 'tickets on time'],
    expected: SHARE,
    read: share,
  },
];

const PERIOD_NAMES = ['date', 'day', 'week', 'month', 'period', 'from'];
const END_NAMES = ['to', 'until', 'end date'];
const PERIOD = 'a date (2026-05-04), a month (2026-05) or a week (2026-W19)';

/** A queue that a file may name. */
export interface FeltQueue {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
}

/** A value with the line that it stands in. */
export interface FeltCell extends Omit<FeltMeasure, 'siteId' | 'batchId'> {
  readonly line: number;
}

export interface FeltProblem {
  readonly line: number;
  readonly column: string;
  readonly found: string;
  readonly expected: string;
}

/** What a file says. With problems it must not be imported at all. */
export interface FeltTable {
  readonly rowsRead: number;
  readonly cells: readonly FeltCell[];
  readonly problems: readonly FeltProblem[];
  readonly ignoredColumns: readonly string[];
}

/** Cuts a delimited text into its records with their lines. @throws CsvError for a text that is no table. */
export function feltRecords(text: string): readonly NumberedRecord[] {
  const delimiter = detectLayout(text.slice(0, 65_536), text.length <= 65_536)?.delimiter ?? ',';
  return numberedRecords(text, delimiter);
}

/** Reads records, the first of which names the columns. */
export function readFelt(records: readonly NumberedRecord[], queues: readonly FeltQueue[]): FeltTable {
  const [head, ...rows] = records;
  const [headLine, header] = head ?? [1, []];
  const columns = columnsOf(header);
  const missing = missingColumns(headLine, columns);
  if (missing.length > 0)
    return { rowsRead: 0, cells: [], problems: missing, ignoredColumns: columns.ignored };
  const ids = new Map(
    queues.flatMap(queue => [queue.name, queue.id, ...queue.aliases].map(name => [plain(name), queue.id])),
  );
  const cells: FeltCell[] = [];
  const problems: FeltProblem[] = [];
  const firstLines = new Map<string, number>();
  for (const [line, fields] of rows) {
    const row = readRow(line, fields, header, columns, ids);
    problems.push(...row.problems);
    for (const cell of row.cells) {
      const key = `${cell.queueId} ${cell.measure} ${cell.date} ${cell.toDate}`;
      const before = firstLines.get(key);
      if (before === undefined) {
        firstLines.set(key, line);
        cells.push(cell);
      } else
        problems.push({
          line,
          column: cell.measure,
          found: 'the same queue and period again',
          expected: `one row; line ${before} has it`,
        });
    }
  }
  return { rowsRead: rows.length, cells, problems, ignoredColumns: columns.ignored };
}

interface Columns {
  readonly period: number;
  readonly end: number;
  readonly queue: number;
  readonly answers: number;
  readonly measures: readonly (readonly [index: number, column: FeltColumn])[];
  readonly ignored: readonly string[];
}

function columnsOf(header: readonly string[]): Columns {
  const names = header.map(plain);
  const indexOf = (known: readonly string[]) => names.findIndex(name => known.includes(name));
  const found = {
    period: indexOf(PERIOD_NAMES),
    end: indexOf(END_NAMES),
    queue: indexOf(['queue', 'queue name', 'line']),
    answers: indexOf(['answers', 'responses', 'n']),
  };
  const measures = FELT_COLUMNS.flatMap(column => {
    const index = indexOf(column.names);
    return index < 0 ? [] : [[index, column] as const];
  });
  const read = new Set([...Object.values(found), ...measures.map(([index]) => index)]);
  return { ...found, measures, ignored: header.filter((name, i) => !read.has(i) && name.trim() !== '') };
}

/** Names in any case, with spaces, underscores, hyphens or humps between words. */
function plain(name: string): string {
  return name
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[\s_-]+/g, ' ')
    .toLowerCase();
}

function missingColumns(line: number, columns: Columns): readonly FeltProblem[] {
  const problem = (column: string, expected: string) => ({ line, column, found: 'no such column', expected });
  return [
    ...(columns.period < 0 ? [problem('date', `a column date, week or month with ${PERIOD}`)] : []),
    ...(columns.queue < 0 ? [problem('queue', 'a column with the name of the queue')] : []),
    ...(columns.measures.length === 0
      ? [problem('measure', `at least one of ${FELT_COLUMNS.map(({ names }) => names[0]).join(', ')}`)]
      : []),
  ];
}

function readRow(
  line: number,
  fields: readonly string[],
  header: readonly string[],
  columns: Columns,
  queues: ReadonlyMap<string, string>,
) {
  const problems: FeltProblem[] = [];
  const cell = (index: number) => fields[index]?.trim() ?? '';
  const fault = (index: number, expected: string) =>
    problems.push({ line, column: header[index] ?? '', found: cell(index), expected });
  const period = readPeriod(cell(columns.period));
  if (!period) fault(columns.period, PERIOD);
  const end = cell(columns.end) === '' ? period : readPeriod(cell(columns.end));
  if (cell(columns.end) !== '' && (!end || (period && end.to < period.from)))
    fault(columns.end, 'a date that is not before the first one');
  const queueId = queues.get(plain(cell(columns.queue)));
  if (queueId === undefined) fault(columns.queue, 'the name of a queue of this site');
  const answers = columns.answers < 0 ? null : readNumber(cell(columns.answers), '.');
  if (answers !== null && !(Number.isInteger(answers) && answers >= 0))
    fault(columns.answers, 'a whole number of 0 or more');
  const cells: FeltCell[] = [];
  for (const [index, column] of columns.measures) {
    const value = column.read(cell(index));
    if (Number.isNaN(value)) fault(index, column.expected);
    if (value === null || !period || !end || queueId === undefined) continue;
    cells.push({ line, queueId, measure: column.measure, date: period.from, toDate: end.to, value, answers });
  }
  return { cells: problems.length === 0 ? cells : [], problems };
}

/** A day, a month or an ISO week as its first and last date. */
function readPeriod(text: string): { readonly from: string; readonly to: string } | undefined {
  // Spreadsheets give a date with midnight behind it.
  const day = /^(\d{4}-\d{2}-\d{2})([ T]00:00(:00)?)?$/.exec(text)?.[1];
  if (day !== undefined) return isDate(day) ? { from: day, to: day } : undefined;
  const month = /^(\d{4})-(\d{2})$/.exec(text);
  if (month) {
    const [year, index] = [Number(month[1]), Number(month[2]) - 1];
    if (index < 0 || index > 11) return undefined;
    return { from: dateText(Date.UTC(year, index, 1)), to: dateText(Date.UTC(year, index + 1, 0)) };
  }
  const week = /^(\d{4})-W(\d{2})$/.exec(text);
  if (!week) return undefined;
  const [year, number] = [Number(week[1]), Number(week[2])];
  if (number < 1 || number > 53) return undefined;
  // The fourth of January lies in week 1.
  const fourth = Date.UTC(year, 0, 4);
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY + (number - 1) * 7 * DAY;
  if (new Date(monday + 3 * DAY).getUTCFullYear() !== year) return undefined;
  return { from: dateText(monday), to: dateText(monday + 6 * DAY) };
}

const DAY = 86_400_000;

function dateText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

function isDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && dateText(at) === text;
}

/** Lines of records that come without them, such as the rows of a spreadsheet. */
export function numbered(records: readonly (readonly string[])[]): readonly NumberedRecord[] {
  return records.flatMap((fields, i): NumberedRecord[] =>
    fields.some(field => field.trim() !== '') ? [[i + 1, fields]] : [],
  );
}
