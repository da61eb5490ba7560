import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { readHistory } from '../../data/import/readHistory.ts';
import {
  type CallOutcome,
  type CallRecord,
  type HistoryFinding,
  type HistoryRow,
  type IntervalSeries,
  isTimeZone,
  type LocalDate,
  localDay,
  resolveWallClock,
  type SpecialDay,
  seriesFromCalls,
  seriesFromRows,
} from '../../forecasting/index.ts';
import { CommandError } from './args.ts';
import { detectFile, isWorkbook, problemLines } from './detectFile.ts';

/** A history read from a file, and what was noticed on the way. */
export interface HistoryFile {
  readonly series: IntervalSeries;
  readonly findings: readonly HistoryFinding[];
}

/** How a history file is read. */
export interface HistoryFileOptions {
  readonly timeZone: string;
  /** Interval length for files of single calls; interval files show theirs. */
  readonly callStepSeconds?: number;
  /** Rows that start at or after this instant are not read at all. */
  readonly beforeEpochSeconds?: number;
  /** Of a report that holds several queues, the one that is wanted. */
  readonly queueName?: string;
}

type Row = Readonly<Record<string, string>>;

const TIME_COLUMNS = ['interval_start', 'start', 'timestamp', 'datetime'];
const DEFAULT_CALL_STEP_SECONDS = 1800;
const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * Reads a history: Coverline's own columns, below, or else any report that `coverline import` knows.
 * Own columns are intervals (`interval_start,offered[,handled,abandoned,aht_seconds]`) or of single calls
 * (`arrival,outcome[,wait_seconds,service_seconds,type]`). Times without an offset are local to `timeZone`; the
 * second pass through the doubled hour of a clock change is the later one. Rows flagged `imputed` count as missing.
 *
 * @throws CommandError naming the file, the row, the column, what was found and what was expected.
 */
export async function readHistoryFile(file: string, options: HistoryFileOptions): Promise<HistoryFile> {
  if (!isTimeZone(options.timeZone)) {
    throw new CommandError(
      `--time-zone must be an IANA zone such as America/Chicago; found "${options.timeZone}"`,
      2,
    );
  }
  if (isWorkbook(file) || !(await hasOwnColumns(file))) return readReport(file, options);
  return readOwnColumns(file, options);
}

async function readOwnColumns(file: string, options: HistoryFileOptions): Promise<HistoryFile> {
  const clock = new LocalClock(options.timeZone);
  const rows: HistoryRow[] = [];
  const calls: CallRecord[] = [];
  let timeColumn: string | undefined;
  let line = 1;
  for await (const row of readRows(file)) {
    line++;
    timeColumn ??= ownTimeColumn(row) ?? '';
    const at = clock.instant(row[timeColumn] ?? '', `${file}, row ${line}, ${timeColumn}`);
    if (options.beforeEpochSeconds !== undefined && at >= options.beforeEpochSeconds) continue;
    if (timeColumn === 'arrival') calls.push(callOf(row, at, `${file}, row ${line}`));
    else rows.push(intervalOf(row, at, `${file}, row ${line}`));
  }
  if (rows.length === 0 && calls.length === 0) throw noRows(file, options);
  return calls.length > 0
    ? seriesFromCalls(calls, {
        timeZone: options.timeZone,
        stepSeconds: options.callStepSeconds ?? DEFAULT_CALL_STEP_SECONDS,
      })
    : seriesFromRows(rows, { timeZone: options.timeZone });
}

function noRows(file: string, { beforeEpochSeconds }: HistoryFileOptions): CommandError {
  const before = beforeEpochSeconds === undefined ? '' : ' before the origin';
  return new CommandError(`${file}: no rows${before}; the history needs at least one`);
}

/** A report of a telephone system, as `coverline import` would read it. */
async function readReport(file: string, options: HistoryFileOptions): Promise<HistoryFile> {
  const { mapping, presetTitle, columns, queueNames } = await detectFile(file);
  if (options.queueName === undefined && queueNames.length > 1) {
    throw new CommandError(
      `${file} holds several queues; say --queue with one of ${queueNames.join(', ')}`,
      2,
    );
  }
  const named = mapping.columns.map(column => column.field);
  if (!named.some(field => field === 'offered' || field === 'handled' || field === 'arrival')) {
    throw new CommandError(
      `${file}: found the columns ${columns.map(column => column.name).join(', ')}; expected interval_start and offered, or arrival and outcome, or a report that import knows`,
    );
  }
  const reading = await readHistory(createReadStream(file), {
    mapping,
    queueName: options.queueName ?? null,
    timeZone: options.timeZone,
    callStepSeconds: options.callStepSeconds ?? DEFAULT_CALL_STEP_SECONDS,
  });
  if (reading.kind === 'unreadable') {
    const line = reading.line === null ? '' : `, line ${reading.line}`;
    throw new CommandError(`${file}${line}: ${reading.reason}`);
  }
  const errors = reading.problems.filter(problem => problem.severity === 'error');
  if (errors.length > 0) throw new CommandError([`${file}:`, ...problemLines(errors)].join('\n'));
  const before = options.beforeEpochSeconds ?? Number.POSITIVE_INFINITY;
  const rows = reading.rows.filter(row => row.startEpochSeconds < before);
  if (rows.length === 0) throw noRows(file, options);
  const uses = columns.flatMap(({ name, suggestion }) =>
    suggestion ? [`${name} = ${suggestion.field}`] : [],
  );
  process.stderr.write(`${file}: ${presetTitle}; ${uses.join(', ')}\n`);
  return seriesFromRows(rows, { timeZone: options.timeZone });
}

/** Whether the header has a time and what is counted under the names of Coverline's own columns. */
async function hasOwnColumns(file: string): Promise<boolean> {
  for await (const row of readRows(file)) return ownTimeColumn(row) !== undefined;
  return true;
}

async function* readRows(file: string): AsyncGenerator<Row> {
  const parser = createReadStream(file).pipe(
    parse({
      bom: true,
      columns: (headings: string[]) => headings.map(heading => heading.trim().toLowerCase()),
      skip_empty_lines: true,
      delimiter: [',', ';', '\t'],
      max_record_size: 65_536,
    }),
  );
  try {
    for await (const row of parser) yield row;
  } catch (error) {
    throw new CommandError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function ownTimeColumn(row: Row): string | undefined {
  if ('arrival' in row && 'outcome' in row) return 'arrival';
  return 'offered' in row ? TIME_COLUMNS.find(column => column in row) : undefined;
}

function intervalOf(row: Row, startEpochSeconds: number, where: string): HistoryRow {
  const column = (name: string) =>
    name in row ? { value: numberOf(row[name] ?? '', `${where}, ${name}`) } : null;
  const aht = column('aht_seconds');
  const handled = column('handled');
  const abandoned = column('abandoned');
  const imputed = row.imputed === '1' || row.imputed === 'true';
  return {
    startEpochSeconds,
    offered: imputed ? null : numberOf(row.offered ?? '', `${where}, offered`),
    ...(aht && { ahtSeconds: aht.value }),
    ...(handled && { handled: handled.value }),
    ...(abandoned && { abandoned: abandoned.value }),
  };
}

const OUTCOMES: Readonly<Record<string, CallOutcome>> = {
  agent: 'handled',
  handled: 'handled',
  answered: 'handled',
  served: 'handled',
  hang: 'abandoned',
  abandoned: 'abandoned',
  abandon: 'abandoned',
  lost: 'abandoned',
  phantom: 'excluded',
  test: 'excluded',
};

function callOf(row: Row, arrivalEpochSeconds: number, where: string): CallRecord {
  const outcome = OUTCOMES[(row.outcome ?? '').trim().toLowerCase()];
  if (!outcome) {
    throw new CommandError(
      `${where}, outcome: found "${row.outcome}"; expected one of ${Object.keys(OUTCOMES).join(', ')}`,
    );
  }
  const seconds = (...names: readonly string[]) => {
    const name = names.find(candidate => candidate in row);
    return name === undefined ? null : numberOf(row[name] ?? '', `${where}, ${name}`);
  };
  const queue = row.queue ?? row.type;
  return {
    arrivalEpochSeconds,
    outcome,
    waitSeconds: seconds('wait_seconds', 'wait'),
    handleSeconds: seconds('handle_seconds', 'service_seconds', 'handle'),
    ...(queue !== undefined && { queue }),
  };
}

/** A number, or `null` for an empty cell; `NaN` written out is passed on for the history to judge. */
function numberOf(text: string, where: string): number | null {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.toLowerCase() === 'null') return null;
  if (trimmed.toLowerCase() === 'nan') return Number.NaN;
  const value = Number(trimmed);
  if (Number.isFinite(value)) return value;
  throw new CommandError(`${where}: found "${trimmed.slice(0, 40)}"; expected a number`);
}

/** Turns local times into instants; the second time that a doubled hour's text comes it means the later run. */
export class LocalClock {
  readonly #timeZone: string;
  readonly #doubledSeen = new Set<string>();

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  instant(text: string, where: string): number {
    const match = LOCAL_TIME.exec(text.trim());
    if (!match) {
      throw new CommandError(
        `${where}: found "${text.slice(0, 40)}"; expected a time such as 2026-03-14 09:15`,
      );
    }
    const [, date = '', hour = '', minute = '', second = '0', offset] = match;
    if (offset !== undefined) return Math.floor(Date.parse(text.trim().replace(' ', 'T')) / 1000);
    const wallSeconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
    return this.#resolve(date, wallSeconds, text.trim(), where);
  }

  #resolve(date: LocalDate, wallSeconds: number, text: string, where: string): number {
    let day: ReturnType<typeof localDay>;
    try {
      day = localDay(date, this.#timeZone);
    } catch {
      throw new CommandError(`${where}: "${date}" is not a date of the calendar`);
    }
    if (day.shifts.length === 0) return day.startEpochSeconds + wallSeconds;
    const resolved = resolveWallClock(day, wallSeconds);
    if (resolved.kind === 'unique') return resolved.epochSeconds;
    if (resolved.kind === 'missing') return resolved.nextEpochSeconds;
    const repeated = this.#doubledSeen.has(text);
    this.#doubledSeen.add(text);
    return repeated ? resolved.laterEpochSeconds : resolved.earlierEpochSeconds;
  }
}

/**
 * Reads an instant given as local time without offset, or with one.
 *
 * @throws CommandError naming the option.
 */
export function parseInstant(text: string, timeZone: string, option: string): number {
  const padded = /^\d{4}-\d{2}-\d{2}$/.test(text.trim()) ? `${text.trim()}T00:00` : text;
  return new LocalClock(timeZone).instant(padded, option);
}

/**
 * Reads special days: `date,name[,kind]` with `kind` holiday, closure, event or outage; closures have no opening hours.
 *
 * @throws CommandError naming the row and column.
 */
export async function readSpecialDays(file: string): Promise<readonly SpecialDay[]> {
  const days: SpecialDay[] = [];
  let line = 1;
  for await (const row of readRows(file)) {
    line++;
    const date = (row.date ?? '').trim();
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) {
      throw new CommandError(
        `${file}, row ${line}, date: found "${date.slice(0, 40)}"; expected a date such as 2026-12-25`,
      );
    }
    const kind = (row.kind ?? '').trim() || 'event';
    if (kind !== 'holiday' && kind !== 'closure' && kind !== 'event' && kind !== 'outage') {
      throw new CommandError(
        `${file}, row ${line}, kind: found "${kind}"; expected holiday, closure, event or outage`,
      );
    }
    const name = (row.name ?? '').trim() || date;
    days.push({ date, name, kind, ...(kind === 'closure' && { hours: [] }) });
  }
  return days;
}
