import { z } from 'zod';
import { anyJson, jsonColumn } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { takeNumbers } from '../db/counter.ts';
import { newId } from '../db/id.ts';
import { type FeltMeasure, listFeltMeasures, putFeltMeasures } from './feltMeasures.ts';

/** Felt measures as import batches: what an import replaced is kept with it, so that it can be taken back. */

/** The `format` of such a batch. */
export const FELT_FORMAT = 'felt';

const replacedColumn = jsonColumn(
  'report',
  z.object({
    replaced: z.array(
      z.object({
        siteId: z.string(),
        queueId: z.string(),
        measure: z.string(),
        date: z.string(),
        toDate: z.string(),
        value: z.number(),
        answers: z.number().nullable(),
        batchId: z.string().nullable(),
      }),
    ),
  }),
);

type FeltContent = Omit<FeltMeasure, 'batchId' | 'siteId'>;

/** What values would do to those that are stored. */
export interface FeltChanges {
  readonly added: readonly FeltContent[];
  readonly changed: readonly FeltContent[];
  readonly replaced: readonly FeltMeasure[];
  readonly same: number;
}

function keyOf(measure: Pick<FeltMeasure, 'queueId' | 'measure' | 'date' | 'toDate'>): string {
  return `${measure.queueId} ${measure.measure} ${measure.date} ${measure.toDate}`;
}

/** Compares values with what a site has stored. */
export async function compareFelt(
  db: Db,
  siteId: string,
  values: readonly FeltContent[],
): Promise<FeltChanges> {
  const dates = values.flatMap(value => [value.date, value.toDate]).sort();
  const stored = await listFeltMeasures(db, [siteId], {
    siteId,
    from: dates[0] ?? '',
    to: dates.at(-1) ?? '',
  });
  const byKey = new Map(stored.map(measure => [keyOf(measure), measure]));
  const changes = {
    added: [] as FeltContent[],
    changed: [] as FeltContent[],
    replaced: [] as FeltMeasure[],
    same: 0,
  };
  for (const value of values) {
    const before = byKey.get(keyOf(value));
    if (!before) changes.added.push(value);
    else if (before.value === value.value && before.answers === value.answers) changes.same++;
    else {
      changes.changed.push(value);
      changes.replaced.push(before);
    }
  }
  return changes;
}

/** Stores the values that are new or changed as one batch. Must run in a transaction. @returns its id; null without a change */
export async function writeFeltBatch(
  db: Db,
  input: {
    readonly siteId: string;
    readonly fileName: string;
    readonly changes: FeltChanges;
    readonly userId: string | null;
    readonly at: number;
  },
): Promise<string | null> {
  if (!db.isTransaction) throw new RangeError('writeFeltBatch requires a transaction');
  const { siteId, fileName, changes, userId, at } = input;
  const written = [...changes.added, ...changes.changed];
  if (written.length === 0) return null;
  const id = newId();
  await db
    .insertInto('importBatch')
    .values({
      id,
      number: await takeNumbers(db, 'importBatch'),
      siteId,
      source: 'file',
      fileName,
      format: FELT_FORMAT,
      contentHash: '',
      mapping: '{}',
      report: anyJson.encode({ replaced: changes.replaced.map(one => ({ ...one })) }),
      rangesJson: '[]',
      rowsNew: changes.added.length,
      rowsChanged: changes.changed.length,
      rowsSame: changes.same,
      rowsRejected: 0,
      status: 'committed',
      createdBy: userId,
      createdAt: at,
      undoneBy: null,
      undoneAt: null,
    })
    .execute();
  await putFeltMeasures(
    db,
    written.map(value => ({ ...value, siteId, batchId: id })),
  );
  return id;
}

/** What undoing needs of a batch. */
export interface FeltBatch {
  readonly id: string;
  readonly report: string;
  readonly rowsNew: number;
  readonly rowsChanged: number;
}

/** Puts back what a batch changed; undefined, with nothing changed, when later imports replaced some of its values. */
export async function revertFeltBatch(
  db: Db,
  batch: FeltBatch,
): Promise<{ readonly rowsRemoved: number; readonly rowsRestored: number } | undefined> {
  const own = await db
    .selectFrom('feltMeasure')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('batchId', '=', batch.id)
    .executeTakeFirstOrThrow();
  if (Number(own.count) !== batch.rowsNew + batch.rowsChanged) return undefined;
  const { replaced } = replacedColumn.decode(batch.report);
  await db.deleteFrom('feltMeasure').where('batchId', '=', batch.id).execute();
  await putFeltMeasures(db, replaced);
  return { rowsRemoved: batch.rowsNew, rowsRestored: replaced.length };
}
