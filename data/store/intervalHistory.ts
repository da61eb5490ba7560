import { setImmediate as nextTurn } from 'node:timers/promises';
import type { IntervalSeries } from '../../forecasting/history/series.ts';
import type { Db } from '../db/connect.ts';
import type { IntervalHistoryTable } from '../db/table/history.ts';
import type { Queue } from './queues.ts';

/** What is stored of one interval. null = the source did not say; 0 = it said none. Totals, not means. */
export type IntervalRow = Omit<IntervalHistoryTable, 'queueNumber' | 'batchNumber'>;

/** The measures of an interval, in the order in which they are stored. */
export const MEASURES = [
  'offered',
  'handled',
  'abandoned',
  'shortAbandoned',
  'answeredWithin',
  'talkSeconds',
  'holdSeconds',
  'wrapSeconds',
  'handleSeconds',
  'answerWaitSeconds',
  'abandonWaitSeconds',
] as const satisfies readonly (keyof IntervalRow)[];

/** The first and last interval stored for a queue, and how many there are; undefined when there is none. */
export interface HistoryExtent {
  readonly firstStart: number;
  readonly lastStart: number;
  readonly rows: number;
}

/** How far a queue's history reaches. */
export async function historyExtent(db: Db, queueNumber: number): Promise<HistoryExtent | undefined> {
  const row = await db
    .selectFrom('intervalHistory')
    .select(eb => [
      eb.fn.min('start').as('firstStart'),
      eb.fn.max('start').as('lastStart'),
      eb.fn.countAll<number>().as('rows'),
    ])
    .where('queueNumber', '=', queueNumber)
    .executeTakeFirstOrThrow();
  return row.rows === 0 ? undefined : row;
}

/** The stored intervals of a queue in `[fromEpochSeconds, toEpochSeconds)`, by start. */
export function readIntervals(
  db: Db,
  queueNumber: number,
  fromEpochSeconds: number,
  toEpochSeconds: number,
): Promise<readonly IntervalRow[]> {
  return inPieces(fromEpochSeconds, from =>
    piece(db, queueNumber, from, toEpochSeconds)
      .select(['start', ...MEASURES])
      .execute(),
  );
}

/** Rows read at once: some ten milliseconds. */
const PIECE_ROWS = 2000;

function piece(db: Db, queueNumber: number, fromEpochSeconds: number, toEpochSeconds: number) {
  return db
    .selectFrom('intervalHistory')
    .where('queueNumber', '=', queueNumber)
    .where('start', '>=', fromEpochSeconds)
    .where('start', '<', toEpochSeconds)
    .orderBy('start')
    .limit(PIECE_ROWS);
}

/**
 * Reads a long stretch piece by piece, so that other callers get their turn. An import that commits meanwhile may show
 * in the later pieces only.
 */
async function inPieces<Row extends { readonly start: number }>(
  fromEpochSeconds: number,
  readPiece: (fromEpochSeconds: number) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let from = fromEpochSeconds; ; await nextTurn()) {
    const read = await readPiece(from);
    rows.push(...read);
    const last = read.at(-1);
    if (!last || read.length < PIECE_ROWS) return rows;
    from = last.start + 1;
  }
}

const SERIES_MEASURES = [
  'offered',
  'handled',
  'abandoned',
  'talkSeconds',
  'holdSeconds',
  'wrapSeconds',
  'handleSeconds',
] as const satisfies readonly (typeof MEASURES)[number][];

/**
 * The history of a queue as columns on its own grid, from the first to the last stored interval in the range.
 * Intervals without a row are null. AHT is handle time over contacts handled. Undefined when nothing is stored.
 */
export async function readSeries(
  db: Db,
  queue: Pick<Queue, 'number' | 'stepSeconds' | 'timeZone'>,
  range: { readonly fromEpochSeconds?: number; readonly toEpochSeconds?: number } = {},
): Promise<IntervalSeries | undefined> {
  const to = range.toEpochSeconds ?? Number.MAX_SAFE_INTEGER;
  const rows = await inPieces(range.fromEpochSeconds ?? 0, from =>
    piece(db, queue.number, from, to)
      .select(['start', ...SERIES_MEASURES])
      .execute(),
  );
  const first = rows[0];
  const last = rows[rows.length - 1];
  if (!first || !last) return undefined;
  const count = Math.floor((last.start - first.start) / queue.stepSeconds) + 1;
  const column = () => new Array<number | null>(count).fill(null);
  const columns = { offered: column(), handled: column(), abandoned: column(), ahtSeconds: column() };
  for (const row of rows) {
    const index = (row.start - first.start) / queue.stepSeconds;
    if (!Number.isInteger(index)) continue;
    columns.offered[index] = row.offered;
    columns.handled[index] = row.handled;
    columns.abandoned[index] = row.abandoned;
    columns.ahtSeconds[index] = meanHandleSeconds(row);
  }
  return { start: first.start, stepSeconds: queue.stepSeconds, timeZone: queue.timeZone, ...columns };
}

/** Mean handle time of an interval in seconds; null where none was handled or the source did not say. */
export function meanHandleSeconds(
  row: Pick<IntervalRow, 'handled' | 'talkSeconds' | 'holdSeconds' | 'wrapSeconds' | 'handleSeconds'>,
): number | null {
  const total =
    row.handleSeconds ??
    (row.talkSeconds === null ? null : row.talkSeconds + (row.holdSeconds ?? 0) + (row.wrapSeconds ?? 0));
  return total === null || row.handled === null || row.handled === 0 ? null : total / row.handled;
}
