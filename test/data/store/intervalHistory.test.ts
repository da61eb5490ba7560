import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readIntervals, readSeries } from '../../../data/store/intervalHistory.ts';
import { writeIntervals } from '../../../data/store/writeIntervals.ts';
import { openTestStore, type TestStore, testEngines } from '../databases.ts';
import { makeCentre } from '../import/centre.ts';

const START = 1_770_000_300;
const ROWS = 4100;

describe.each(testEngines)('a long history on $engine', engine => {
  let test: TestStore;

  beforeAll(async () => {
    test = await openTestStore(engine);
  });

  afterAll(() => test.dispose());

  it('is read whole and in order, and other callers get their turn meanwhile', async () => {
    const { queue, site } = await makeCentre(test.store);
    const rows = Array.from({ length: ROWS }, (_, i) => ({ start: START + i * 900, offered: i, handled: i }));
    await test.store.db.transaction().execute(db =>
      writeIntervals(db, {
        siteId: site.id,
        source: 'api',
        queues: [{ queueNumber: queue.number, rows }],
        userId: null,
        at: 1,
      }),
    );
    let turns = 0;
    const count = () => {
      turns++;
      timer = setImmediate(count);
    };
    let timer = setImmediate(count);
    const read = await readIntervals(test.store.db, queue.number, 0, Number.MAX_SAFE_INTEGER);
    clearImmediate(timer);
    expect(turns).toBeGreaterThanOrEqual(2);
    expect(read.map(row => row.offered)).toEqual(rows.map(row => row.offered));
    const part = await readIntervals(test.store.db, queue.number, START + 900, START + 2001 * 900);
    expect(part.map(row => row.offered)).toEqual(rows.slice(1, 2001).map(row => row.offered));
    const series = await readSeries(test.store.db, queue);
    expect(series?.offered).toEqual(rows.map(row => row.offered));
  });
});
