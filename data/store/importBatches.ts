import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { z } from 'zod';
import { anyJson, type JsonValue, jsonColumn } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { inScope, type SiteScope } from '../db/scope.ts';
import type { ImportBatchTable } from '../db/table/history.ts';
import { FELT_FORMAT, revertFeltBatch } from './feltImports.ts';
import { MEASURES } from './intervalHistory.ts';

/** An import that was made: what it changed, and whether it has been undone. */
export interface ImportBatch {
  readonly id: string;
  readonly number: number;
  readonly siteId: string;
  readonly source: string;
  readonly fileName: string | null;
  readonly format: string;
  readonly contentHash: string;
  readonly mapping: JsonValue;
  readonly report: JsonValue;
  readonly rowsNew: number;
  readonly rowsChanged: number;
  readonly rowsSame: number;
  readonly rowsRejected: number;
  readonly status: 'committed' | 'undone';
  readonly createdBy: string | null;
  readonly createdAt: number;
  readonly undoneBy: string | null;
  readonly undoneAt: number | null;
}

const ranges = jsonColumn(
  'ranges',
  z.array(z.object({ queueNumber: z.int(), firstStart: z.int(), lastStart: z.int() })),
);

/** Imports in scope, latest first: at most `limit` (200) of them, made before the one with the number `before`. */
export async function listImportBatches(
  db: Db,
  scope: SiteScope,
  filter: { readonly siteId?: string; readonly before?: number | undefined; readonly limit?: number } = {},
): Promise<readonly ImportBatch[]> {
  let query = db.selectFrom('importBatch').selectAll().where(inScope(scope));
  if (filter.siteId !== undefined) query = query.where('siteId', '=', filter.siteId);
  if (filter.before !== undefined) query = query.where('number', '<', filter.before);
  const rows = await query
    .orderBy('number', 'desc')
    .limit(filter.limit ?? 200)
    .execute();
  return rows.map(toBatch);
}

/** One import, or undefined when there is none in scope. */
export async function findImportBatch(
  db: Db,
  scope: SiteScope,
  id: string,
): Promise<ImportBatch | undefined> {
  const row = await db
    .selectFrom('importBatch')
    .selectAll()
    .where('id', '=', id)
    .where(inScope(scope))
    .executeTakeFirst();
  return row && toBatch(row);
}

/**
 * How undoing ended. `blocked` = later imports changed some of the same values; undo those first, because
 * only then is what was there before still known. Of felt measures the later imports are not named.
 */
export type UndoOutcome =
  | { readonly kind: 'undone'; readonly rowsRemoved: number; readonly rowsRestored: number }
  | { readonly kind: 'blocked'; readonly byBatchIds: readonly string[] }
  | { readonly kind: 'alreadyUndone' | 'missing' };

/** Puts back exactly what an import changed: its new intervals go, the replaced ones return. Must run in a transaction. */
export async function undoImport(
  db: Db,
  scope: SiteScope,
  id: string,
  by: { readonly userId: string | null; readonly at: number },
): Promise<UndoOutcome> {
  if (!db.isTransaction) throw new RangeError('undoImport requires a transaction');
  // Marking first makes two undoers of one import wait for each other.
  const marked = await db
    .updateTable('importBatch')
    .set({ status: 'undone', undoneBy: by.userId, undoneAt: by.at })
    .where('id', '=', id)
    .where('status', '=', 'committed')
    .where(inScope(scope))
    .returning(['id', 'number', 'rangesJson', 'format', 'report', 'rowsNew', 'rowsChanged'])
    .executeTakeFirst();
  if (!marked) return { kind: (await findImportBatch(db, scope, id)) ? 'alreadyUndone' : 'missing' };
  if (marked.format === FELT_FORMAT) {
    const reverted = await revertFeltBatch(db, marked);
    if (reverted) return { kind: 'undone', ...reverted };
    await unmark(db, id);
    return { kind: 'blocked', byBatchIds: [] };
  }
  const later = await db
    .selectFrom('importReplaced')
    .innerJoin('importBatch', 'importBatch.number', 'importReplaced.batchNumber')
    .select('importBatch.id')
    .distinct()
    .where('importReplaced.previousBatchNumber', '=', marked.number)
    .execute();
  if (later.length > 0) {
    await unmark(db, id);
    return { kind: 'blocked', byBatchIds: later.map(row => row.id) };
  }
  let rowsRemoved = 0;
  let rowsRestored = 0;
  for (const range of ranges.decode(marked.rangesJson)) {
    rowsRemoved += await removeNew(db, marked.number, range);
    rowsRestored += await restoreReplaced(db, marked.number, range);
  }
  await db.deleteFrom('importReplaced').where('batchNumber', '=', marked.number).execute();
  return { kind: 'undone', rowsRemoved, rowsRestored };
}

async function unmark(db: Db, id: string): Promise<void> {
  await db
    .updateTable('importBatch')
    .set({ status: 'committed', undoneBy: null, undoneAt: null })
    .where('id', '=', id)
    .execute();
}

interface Range {
  readonly queueNumber: number;
  readonly firstStart: number;
  readonly lastStart: number;
}

async function removeNew(db: Db, batchNumber: number, range: Range): Promise<number> {
  const result = await db
    .deleteFrom('intervalHistory')
    .where('queueNumber', '=', range.queueNumber)
    .where('start', '>=', range.firstStart)
    .where('start', '<=', range.lastStart)
    .where('batchNumber', '=', batchNumber)
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('importReplaced')
            .select('importReplaced.start')
            .where('importReplaced.batchNumber', '=', batchNumber)
            .whereRef('importReplaced.queueNumber', '=', 'intervalHistory.queueNumber')
            .whereRef('importReplaced.start', '=', 'intervalHistory.start'),
        ),
      ),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

async function restoreReplaced(db: Db, batchNumber: number, range: Range): Promise<number> {
  const result = await db
    .updateTable('intervalHistory')
    .from('importReplaced as old')
    .set(eb => ({
      ...Object.fromEntries(MEASURES.map(measure => [measure, eb.ref(`old.${measure}`)])),
      batchNumber: eb.ref('old.previousBatchNumber'),
    }))
    .where('old.batchNumber', '=', batchNumber)
    .where('old.queueNumber', '=', range.queueNumber)
    .where('intervalHistory.queueNumber', '=', range.queueNumber)
    .where('intervalHistory.batchNumber', '=', batchNumber)
    .where(sql<boolean>`interval_history.start = old.start`)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

function toBatch(row: Selectable<ImportBatchTable>): ImportBatch {
  const { rangesJson: _, ...rest } = row;
  return {
    ...rest,
    status: row.status === 'undone' ? 'undone' : 'committed',
    mapping: anyJson.decode(row.mapping),
    report: anyJson.decode(row.report),
  };
}
