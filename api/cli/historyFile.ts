import { createReadStream } from 'node:fs';
import { readHistory } from '../../data/import/readHistory.ts';
import { type HistoryFinding, type IntervalSeries, seriesFromRows } from '../../forecasting/index.ts';
import { CommandError } from './args.ts';
import { detectFile, isWorkbook, problemLines } from './detectFile.ts';
import { ownLayout, readOwnHistory } from './ownHistory.ts';

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

const DEFAULT_CALL_STEP_SECONDS = 1800;

/**
 * Reads a history: Coverline's own columns (see `readOwnHistory`), or else any report that `coverline import` knows.
 *
 * @throws CommandError naming the file, the row, the column, what was found and what was expected.
 */
export async function readHistoryFile(file: string, options: HistoryFileOptions): Promise<HistoryFile> {
  const request = { ...options, callStepSeconds: options.callStepSeconds ?? DEFAULT_CALL_STEP_SECONDS };
  const layout = isWorkbook(file) ? undefined : await ownLayout(file);
  const read = layout ? await readOwnHistory(file, layout, request) : await readReport(file, request);
  if (read) return read;
  const before = options.beforeEpochSeconds === undefined ? '' : ' before the origin';
  throw new CommandError(`${file}: no rows${before}; the history needs at least one`);
}

/** A report of a telephone system, as `coverline import` would read it; `undefined` when nothing lies before the origin. */
async function readReport(
  file: string,
  options: HistoryFileOptions & { readonly callStepSeconds: number },
): Promise<HistoryFile | undefined> {
  const { mapping, presetTitle, columns, queueNames, dateOrderCertain } = await detectFile(file);
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
    callStepSeconds: options.callStepSeconds,
  });
  if (reading.kind === 'unreadable') {
    const line = reading.line === null ? '' : `, line ${reading.line}`;
    throw new CommandError(`${file}${line}: ${reading.reason}`);
  }
  const errors = reading.problems.filter(problem => problem.severity === 'error');
  if (errors.length > 0) throw new CommandError([`${file}:`, ...problemLines(errors)].join('\n'));
  const before = options.beforeEpochSeconds ?? Number.POSITIVE_INFINITY;
  const rows = reading.rows.filter(row => row.startEpochSeconds < before);
  if (rows.length === 0) return undefined;
  const uses = columns.flatMap(({ name, suggestion }) =>
    suggestion ? [`${name} = ${suggestion.field}`] : [],
  );
  const order = mapping.dateOrder === 'dayFirst' ? 'day before month' : 'month before day';
  const doubt = dateOrderCertain ? '' : `; dates could be read both ways and were read ${order}`;
  process.stderr.write(`${file}: ${presetTitle}; ${uses.join(', ')}${doubt}\n`);
  return seriesFromRows(rows, { timeZone: options.timeZone });
}
