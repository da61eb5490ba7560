import type { HistoryRow } from '../../forecasting/history/fromRows.ts';
import { CallReader } from './callReader.ts';
import { IntervalReader } from './intervalReader.ts';
import type { ImportMapping } from './mapping.ts';
import { type Problem, ProblemLog } from './problem.ts';
import { QueueDirectory } from './queueDirectory.ts';
import type { IntervalSink } from './rowReader.ts';
import { tableRows } from './tableRows.ts';

/** How the rows of one queue are read without a store. */
export interface HistoryRequest {
  readonly mapping: ImportMapping;
  /** The queue whose rows are wanted, as the file names it; null = the file holds one. */
  readonly queueName: string | null;
  /** Zone of local times, unless the mapping says one. */
  readonly timeZone: string;
  /** Interval length into which single calls are counted. */
  readonly callStepSeconds: number;
}

/** The rows of one queue with what was wrong or remarkable, or why the file cannot be read. */
export type HistoryReading =
  | { readonly kind: 'read'; readonly rows: readonly HistoryRow[]; readonly problems: readonly Problem[] }
  | { readonly kind: 'unreadable'; readonly line: number | null; readonly reason: string };

const QUEUE_ID = 'history';
/** Starts need only lie on whole minutes; the interval length follows from the rows. */
const ANY_STEP_SECONDS = 60;

/** Reads interval rows or single calls of one queue into memory; rows of other queues are passed over. */
export async function readHistory(
  source: AsyncIterable<Uint8Array>,
  request: HistoryRequest,
): Promise<HistoryReading> {
  const calls = request.mapping.rows === 'calls';
  const mapping: ImportMapping = {
    ...request.mapping,
    columns: request.mapping.columns.filter(column => column.field !== 'intervalMinutes'),
    queueId: request.queueName === null ? QUEUE_ID : null,
    queueNames: request.queueName === null ? {} : { [request.queueName]: QUEUE_ID },
  };
  const queue = {
    id: QUEUE_ID,
    number: 0,
    name: QUEUE_ID,
    aliases: [],
    timeZone: request.timeZone,
    stepSeconds: calls ? request.callStepSeconds : ANY_STEP_SECONDS,
    shortAbandonSeconds: 0,
  };
  const problems = new ProblemLog();
  const rows: HistoryRow[] = [];
  const take: IntervalSink = (_, startEpochSeconds, __, values) =>
    rows.push(historyRow(startEpochSeconds, values));
  let reader: IntervalReader | CallReader | undefined;
  for await (const step of tableRows(source, mapping)) {
    if (step.kind === 'unreadable') return step;
    const context = {
      mapping,
      headers: step.headers,
      problems,
      queues: new QueueDirectory([queue], mapping),
    };
    reader ??= calls ? new CallReader(context) : new IntervalReader(context, take);
    for (const { fields, line } of step.rows) reader.read(fields, line);
  }
  if (reader instanceof CallReader) reader.finish(take);
  return { kind: 'read', rows, problems: problems.problems().filter(({ code }) => code !== 'unknownQueue') };
}

/** `values` in the order of `MEASURES`: offered, handled and abandoned come first, handle seconds are ninth. */
function historyRow(startEpochSeconds: number, values: readonly (number | null)[]): HistoryRow {
  const [offered = null, handled = null, abandoned = null] = values;
  const handleSeconds = values[8] ?? null;
  const known = handled !== null && handled > 0 && handleSeconds !== null;
  return {
    startEpochSeconds,
    offered: offered ?? handled,
    ahtSeconds: known ? handleSeconds / handled : null,
    handled,
    abandoned,
  };
}
