import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../../data/db/connect.ts';
import type { ImportOutcome } from '../../../data/import/importFile.ts';
import { findImportBatch, listImportBatches, undoImport } from '../../../data/store/importBatches.ts';
import { writeIntervals } from '../../../data/store/writeIntervals.ts';
import { openTestStore, type TestStore, testEngines } from '../databases.ts';
import { type Centre, importText, makeCentre, reportOf, stored } from './centre.ts';

const NINE = Date.UTC(2026, 2, 4, 14) / 1000;

describe.each(testEngines)('import batches on $engine', engine => {
  let test: TestStore;
  let store: Store;

  beforeAll(async () => {
    test = await openTestStore(engine);
    store = test.store;
  });

  afterAll(() => test.dispose());

  function batchOf(outcome: ImportOutcome): string {
    if (outcome.kind !== 'committed') throw new Error(`nothing was committed: ${JSON.stringify(outcome)}`);
    return outcome.batchId;
  }

  const undo = (id: string) =>
    store.db.transaction().execute(trx => undoImport(trx, 'all', id, { userId: 'u', at: 2 }));

  const file = (values: readonly (number | '')[], header = 'Start,Offered') =>
    `${header}\n${values.map((v, i) => `2026-03-04 ${String(9 + Math.floor(i / 4)).padStart(2, '0')}:${String((i % 4) * 15).padStart(2, '0')},${v}`).join('\n')}\n`;

  it('counts new, changed and same rows before and while writing, and changes nothing the second time', async () => {
    const centre = await makeCentre(store);
    await importText(centre, file([1, 2, 3]));
    const check = await importText(centre, file([1, 9, 3, 4]), {}, { dryRun: true });
    expect(check).toMatchObject({ kind: 'checked', report: { rowsNew: 1, rowsChanged: 1, rowsSame: 2 } });
    expect((await stored(centre)).map(row => row.offered)).toEqual([1, 2, 3]);
    const done = await importText(centre, file([1, 9, 3, 4]));
    expect(reportOf(done)).toMatchObject({ rowsNew: 1, rowsChanged: 1, rowsSame: 2 });
    const again = await importText(centre, file([1, 9, 3, 4]));
    expect(again).toMatchObject({ kind: 'unchanged', report: { rowsNew: 0, rowsChanged: 0, rowsSame: 4 } });
    const batches = await listImportBatches(store.db, [centre.site.id]);
    expect(batches.map(batch => [batch.rowsNew, batch.rowsChanged, batch.rowsSame])).toEqual([
      [1, 1, 2],
      [3, 0, 0],
    ]);
    expect(batches[0]).toMatchObject({ fileName: 'history.csv', status: 'committed' });
    const earlier = { before: batches[0]?.number, limit: 1 };
    expect(await listImportBatches(store.db, [centre.site.id], earlier)).toEqual(batches.slice(1));
  });

  it('leaves measures alone that the file does not have', async () => {
    const centre = await makeCentre(store);
    await importText(centre, 'Start,Offered,Handled,AHT\n2026-03-04 09:00,10,9,200\n');
    await importText(centre, 'Start,Offered\n2026-03-04 09:00,12\n');
    expect(await stored(centre)).toMatchObject([{ offered: 12, handled: 9, handleSeconds: 1800 }]);
  });

  it('undoes a batch exactly, and only once', async () => {
    const centre = await makeCentre(store);
    await importText(centre, 'Start,Offered,Handled\n2026-03-04 09:00,10,9\n2026-03-04 09:15,,\n');
    const before = await stored(centre);
    const id = batchOf(await importText(centre, file([11, 12, 13])));
    expect(await undo(id)).toEqual({ kind: 'undone', rowsRemoved: 1, rowsRestored: 2 });
    expect(await stored(centre)).toEqual(before);
    expect(await undo(id)).toEqual({ kind: 'alreadyUndone' });
    expect(await undo('no-such-batch')).toEqual({ kind: 'missing' });
    expect(await findImportBatch(store.db, [], id)).toBeUndefined();
    expect(await findImportBatch(store.db, [centre.site.id], id)).toMatchObject({
      status: 'undone',
      undoneBy: 'u',
      undoneAt: 2,
    });
  });

  it('asks for later batches to be undone first when they changed the same intervals', async () => {
    const centre = await makeCentre(store);
    const first = batchOf(await importText(centre, file([1, 2])));
    const second = batchOf(await importText(centre, file([1, 5])));
    const elsewhere = batchOf(await importText(centre, 'Start,Offered\n2026-03-05 09:00,7\n'));
    expect(await undo(first)).toEqual({ kind: 'blocked', byBatchIds: [second] });
    expect((await findImportBatch(store.db, 'all', first))?.status).toBe('committed');
    expect((await stored(centre)).map(row => row.offered)).toEqual([1, 5, 7]);
    await undo(second);
    expect(await undo(first)).toMatchObject({ kind: 'undone', rowsRemoved: 2 });
    expect((await stored(centre)).map(row => row.offered)).toEqual([7]);
    await undo(elsewhere);
    expect(await stored(centre)).toEqual([]);
  });

  it('undoes posted intervals like any import', async () => {
    const centre = await makeCentre(store);
    await importText(centre, file([1, 2]));
    const before = await stored(centre);
    const post = (rows: { start: number; offered?: number | null; handled?: number }[]) =>
      store.db.transaction().execute(trx =>
        writeIntervals(trx, {
          siteId: centre.site.id,
          source: 'api',
          queues: [{ queueNumber: centre.queue.number, rows }],
          userId: null,
          at: 3,
        }),
      );
    const rows = [
      { start: NINE, handled: 1 },
      { start: NINE + 900, offered: 2 },
      { start: NINE + 1800, offered: null },
    ];
    const outcome = await post(rows);
    expect(outcome).toMatchObject({ kind: 'committed', rowsNew: 1, rowsChanged: 1, rowsSame: 1 });
    expect(await post(rows)).toEqual({ kind: 'unchanged', rowsSame: 3 });
    expect((await stored(centre)).map(row => [row.offered, row.handled])).toEqual([
      [1, 1],
      [2, null],
      [null, null],
    ]);
    if (outcome.kind === 'committed') await undo(outcome.batchId);
    expect(await stored(centre)).toEqual(before);
  });

  it('returns to every earlier state when any run of imports is undone backwards', async () => {
    const value = fc.oneof(fc.nat(3), fc.constant('' as const));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(value, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
        async files => {
          const centre: Centre = await makeCentre(store);
          const states = [await stored(centre)];
          const ids: string[] = [];
          for (const values of files) {
            // A column of nothing but blanks is no column of counts; one sure count keeps it one.
            const outcome = await importText(centre, file([...values, 1]), {
              columns: [
                { index: 0, field: 'intervalStart' },
                { index: 1, field: 'offered' },
              ],
              dateOrder: 'yearFirst',
            });
            if (outcome.kind !== 'committed') continue;
            ids.push(outcome.batchId);
            states.push(await stored(centre));
          }
          while (ids.length > 0) {
            expect(await stored(centre)).toEqual(states.pop());
            expect(await undo(ids.pop() ?? '')).toMatchObject({ kind: 'undone' });
          }
          expect(await stored(centre)).toEqual([]);
        },
      ),
      { numRuns: 15 },
    );
  });
});
