import { createReadStream } from 'node:fs';
import { type TableLayout, tableRows } from '../../data/import/tableRows.ts';
import { detectFileKind, StrictDecoder } from '../../data/import/text/encoding.ts';
import {
  type CallOutcome,
  type CallRecord,
  type HistoryRow,
  seriesFromCalls,
  seriesFromRows,
} from '../../forecasting/index.ts';
import { CommandError } from './args.ts';
import { separatorOf } from './csvFile.ts';
import { readHead } from './detectFile.ts';
import { cannotRead } from './fileError.ts';
import type { HistoryFile, HistoryFileOptions } from './historyFile.ts';
import { isLocalTime, LocalClock } from './localClock.ts';

type Row = Readonly<Record<string, string>>;

const TIME_COLUMNS = ['interval_start', 'start', 'timestamp', 'datetime'];

/**
 * The layout of a table with Coverline's own columns, times year first and decimal points; `undefined` for any other
 * file.
 *
 * @throws CommandError when the file cannot be opened.
 */
export async function ownLayout(file: string): Promise<TableLayout | undefined> {
  const { head } = await readHead(file);
  const kind = detectFileKind(head);
  if (kind.kind !== 'text') return undefined;
  const [heading = '', first = ''] = new StrictDecoder(kind.encoding).write(head).split(/\r\n|\r|\n/, 2);
  const delimiter = separatorOf(heading);
  const cells = (line: string) => line.split(delimiter).map(cell => cell.trim().replaceAll('"', ''));
  const headings = cells(heading).map(name => name.toLowerCase());
  const timeColumn = ownTimeColumn(headings);
  if (timeColumn === undefined) return undefined;
  const values = cells(first);
  const isForeign =
    first !== '' &&
    (!isLocalTime(values[headings.indexOf(timeColumn)] ?? '') ||
      values.some(value => /^\d+,\d+$/.test(value)));
  return isForeign ? undefined : { encoding: kind.encoding, delimiter, skipRows: 0, headerRows: 1 };
}

function ownTimeColumn(headings: readonly string[]): string | undefined {
  if (headings.includes('arrival') && headings.includes('outcome')) return 'arrival';
  return headings.includes('offered') ? TIME_COLUMNS.find(column => headings.includes(column)) : undefined;
}

/**
 * Reads Coverline's own columns: intervals (`interval_start,offered[,handled,abandoned,aht_seconds]`) or single calls
 * (`arrival,outcome[,wait_seconds,service_seconds,type]`). Times without an offset are local to `timeZone`; the second
 * pass through the doubled hour of a clock change is the later one. Rows flagged `imputed` count as missing.
 * `undefined` when there is no row before the origin.
 *
 * @throws CommandError naming the file, the row, the column, what was found and what was expected.
 */
export async function readOwnHistory(
  file: string,
  layout: TableLayout,
  options: HistoryFileOptions & { readonly callStepSeconds: number },
): Promise<HistoryFile | undefined> {
  const clock = new LocalClock(options.timeZone);
  const rows: HistoryRow[] = [];
  const calls: CallRecord[] = [];
  let timeColumn: string | undefined;
  for await (const { row, line } of namedRows(file, layout)) {
    timeColumn ??= ownTimeColumn(Object.keys(row)) ?? '';
    const where = `${file}, row ${line}`;
    const at = clock.instant(row[timeColumn] ?? '', `${where}, ${timeColumn}`);
    if (options.beforeEpochSeconds !== undefined && at >= options.beforeEpochSeconds) continue;
    if (timeColumn === 'arrival') calls.push(callOf(row, at, where));
    else rows.push(intervalOf(row, at, where));
  }
  const { timeZone, callStepSeconds } = options;
  if (calls.length > 0) return seriesFromCalls(calls, { timeZone, stepSeconds: callStepSeconds });
  return rows.length > 0 ? seriesFromRows(rows, { timeZone }) : undefined;
}

/** Rows by lower-case heading, with the line on which each stands. */
async function* namedRows(
  file: string,
  layout: TableLayout,
): AsyncGenerator<{ readonly row: Row; readonly line: number }> {
  try {
    for await (const step of tableRows(createReadStream(file), layout)) {
      if (step.kind === 'unreadable') {
        throw new CommandError(`${file}${step.line === null ? '' : `, row ${step.line}`}: ${step.reason}`);
      }
      const headings = step.headers.map(heading => heading.toLowerCase());
      for (const { fields, line } of step.rows) {
        if (fields.length !== headings.length) {
          throw new CommandError(
            `${file}, row ${line}: found ${fields.length} cell(s); the heading has ${headings.length}`,
          );
        }
        yield { row: Object.fromEntries(headings.map((name, i) => [name, fields[i] ?? ''])), line };
      }
    }
  } catch (error) {
    throw error instanceof CommandError ? error : cannotRead(file, error);
  }
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
