import { setImmediate as nextTurn } from 'node:timers/promises';
import { anyJson, type JsonValue } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { takeNumbers } from '../db/counter.ts';
import { newId } from '../db/id.ts';
import type { IntervalHistoryTable } from '../db/table/history.ts';
import { type IntervalRow, MEASURES } from './intervalHistory.ts';

const ROWS_PER_STATEMENT = 500;

type Measure = (typeof MEASURES)[number];

/** Finished intervals of one queue. Measures that are absent leave what is stored. */
export interface QueueIntervals {
  readonly queueNumber: number;
  readonly rows: readonly (Pick<IntervalRow, 'start'> & Partial<Omit<IntervalRow, 'start'>>)[];
}

/** What was stored. `unchanged` = every interval was known already with the same values; no batch was made. */
export type WriteOutcome =
  | {
      readonly kind: 'committed';
      readonly batchId: string;
      readonly rowsNew: number;
      readonly rowsChanged: number;
      readonly rowsSame: number;
    }
  | { readonly kind: 'unchanged'; readonly rowsSame: number };

/**
 * Stores intervals that come from a program rather than a file, as an import batch that can be undone like any other.
 * Call it inside a transaction; it lets the event loop turn between pieces. Up to some hundred thousand rows.
 *
 * @throws RangeError outside a transaction.
 */
export async function writeIntervals(
  db: Db,
  input: {
    readonly siteId: string;
    /** Where the rows come from: `api`, `folder`, `sample`. */
    readonly source: string;
    readonly queues: readonly QueueIntervals[];
    readonly userId: string | null;
    readonly at: number;
    readonly note?: JsonValue;
  },
): Promise<WriteOutcome> {
  if (!db.isTransaction) throw new RangeError('writeIntervals requires a transaction');
  const batchNumber = await takeNumbers(db, 'importBatch');
  const batchId = newId();
  const counts = { rowsNew: 0, rowsChanged: 0, rowsSame: 0 };
  const ranges = input.queues.flatMap(({ queueNumber, rows }) => rangeOf(queueNumber, rows));
  const batch = {
    id: batchId,
    number: batchNumber,
    siteId: input.siteId,
    source: input.source,
    fileName: null,
    format: input.source,
    contentHash: '',
    mapping: '{}',
    report: anyJson.encode(input.note ?? []),
    rangesJson: JSON.stringify(ranges),
    rowsNew: 0,
    rowsChanged: 0,
    rowsSame: 0,
    rowsRejected: 0,
    status: 'committed',
    createdBy: input.userId,
    createdAt: input.at,
    undoneBy: null,
    undoneAt: null,
  };
  await db.insertInto('importBatch').values(batch).execute();
  for (const { queueNumber, rows } of input.queues) {
    for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
      await writePiece(db, queueNumber, batchNumber, rows.slice(from, from + ROWS_PER_STATEMENT), counts);
      await nextTurn();
    }
  }
  if (counts.rowsNew + counts.rowsChanged === 0) {
    await db.deleteFrom('importBatch').where('id', '=', batchId).execute();
    return { kind: 'unchanged', rowsSame: counts.rowsSame };
  }
  await db.updateTable('importBatch').set(counts).where('id', '=', batchId).execute();
  return { kind: 'committed', batchId, ...counts };
}

function rangeOf(queueNumber: number, rows: QueueIntervals['rows']) {
  if (rows.length === 0) return [];
  let firstStart = Number.POSITIVE_INFINITY;
  let lastStart = Number.NEGATIVE_INFINITY;
  for (const { start } of rows) {
    firstStart = Math.min(firstStart, start);
    lastStart = Math.max(lastStart, start);
  }
  return [{ queueNumber, firstStart, lastStart }];
}

type Counts = { rowsNew: number; rowsChanged: number; rowsSame: number };

async function writePiece(
  db: Db,
  queueNumber: number,
  batchNumber: number,
  rows: QueueIntervals['rows'],
  counts: Counts,
): Promise<void> {
  const stored = await db
    .selectFrom('intervalHistory')
    .selectAll()
    .where('queueNumber', '=', queueNumber)
    .where(
      'start',
      'in',
      rows.map(row => row.start),
    )
    .execute();
  const byStart = new Map(stored.map(row => [row.start, row]));
  const writes: IntervalHistoryTable[] = [];
  const replaced: IntervalHistoryTable[] = [];
  for (const row of rows) {
    const before = byStart.get(row.start);
    const after = { queueNumber, start: row.start, ...measuresOf(row, before), batchNumber };
    if (!before) counts.rowsNew++;
    else if (MEASURES.every(measure => before[measure] === after[measure])) {
      counts.rowsSame++;
      continue;
    } else {
      counts.rowsChanged++;
      replaced.push(before);
    }
    writes.push(after);
  }
  if (replaced.length > 0) {
    await db
      .insertInto('importReplaced')
      .values(
        replaced.map(({ batchNumber: previousBatchNumber, ...row }) => ({
          ...row,
          batchNumber,
          previousBatchNumber,
        })),
      )
      .execute();
  }
  if (writes.length === 0) return;
  await db
    .insertInto('intervalHistory')
    .values(writes)
    .onConflict(conflict =>
      conflict.columns(['queueNumber', 'start']).doUpdateSet(eb => ({
        ...Object.fromEntries(MEASURES.map(measure => [measure, eb.ref(`excluded.${measure}`)])),
        batchNumber,
      })),
    )
    .execute();
}

function measuresOf(row: QueueIntervals['rows'][number], before: IntervalHistoryTable | undefined) {
  const measure = (name: Measure): number | null => {
    const value = row[name];
    return value === undefined ? (before?.[name] ?? null) : value;
  };
  return {
    offered: measure('offered'),
    handled: measure('handled'),
    abandoned: measure('abandoned'),
    shortAbandoned: measure('shortAbandoned'),
    answeredWithin: measure('answeredWithin'),
    talkSeconds: measure('talkSeconds'),
    holdSeconds: measure('holdSeconds'),
    wrapSeconds: measure('wrapSeconds'),
    handleSeconds: measure('handleSeconds'),
    answerWaitSeconds: measure('answerWaitSeconds'),
    abandonWaitSeconds: measure('abandonWaitSeconds'),
  };
}
