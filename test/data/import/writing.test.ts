import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../../data/db/connect.ts';
import { meanHandleSeconds } from '../../../data/store/intervalHistory.ts';
import { openTestStore, type TestStore, testEngines } from '../databases.ts';
import { detected, importText, makeCentre, problemsOf, reportOf, stored } from './centre.ts';

/** 2026-03-04 09:00 in New York (UTC−5). */
const NINE = Date.UTC(2026, 2, 4, 14) / 1000;

describe.each(testEngines)('ways of writing on $engine', engine => {
  let test: TestStore;
  let store: Store;

  beforeAll(async () => {
    test = await openTestStore(engine);
    store = test.store;
  });

  afterAll(() => test.dispose());

  const rows = (count: number, row: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => row(i)).join('\n');

  it.each([
    ['UTF-8 with a mark', '\ufeffInterval Start,Offered,Größe\n2026-03-04 09:00,5,é\n', 'utf8'],
    ['UTF-16', '\ufeffInterval Start,Offered,Größe\n2026-03-04 09:00,5,é\n', 'utf16le'],
    ['Latin-1', 'Interval Start,Offered,Größe\n2026-03-04 09:00,5,é\n', 'latin1'],
  ] as const)('reads %s', async (_, text, encoding) => {
    const centre = await makeCentre(store);
    const bytes = Buffer.from(text, encoding);
    expect(detected(bytes).columns.map(column => column.name)).toEqual([
      'Interval Start',
      'Offered',
      'Größe',
    ]);
    expect((await importText(centre, bytes)).kind).toBe('committed');
    expect(await stored(centre)).toMatchObject([{ start: NINE, offered: 5 }]);
  });

  it('refuses a file whose later bytes do not belong to its encoding, and keeps nothing', async () => {
    const centre = await makeCentre(store);
    const good = Buffer.from(
      `interval_start,offered\n${rows(50, i => `2026-03-04 ${String(i % 24).padStart(2, '0')}:${i < 24 ? '00' : '15'},5`)}\n`,
    );
    const broken = Buffer.concat([good, Buffer.from([0x32, 0xff, 0x0a])]);
    const outcome = await importText(centre, broken, { encoding: 'utf-8' });
    expect(outcome).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringContaining('choose Windows-1252'),
    });
    expect(await stored(centre)).toEqual([]);
  });

  it('finds semicolons, decimal commas and days before months', async () => {
    const centre = await makeCentre(store);
    const text =
      'Datum;Uhrzeit;Anrufe;Offered;AHT\n04.03.2026;09:00;x;1.250;185,5\n04.03.2026;09:15;x;8;200,25\n14.03.2026;09:00;x;6;180,0\n';
    const found = detected(text);
    expect(found.mapping).toMatchObject({ delimiter: ';', decimal: ',', dateOrder: 'dayFirst' });
    expect((await importText(centre, text)).kind).toBe('committed');
    const [first, second] = await stored(centre);
    expect(first).toMatchObject({
      start: NINE,
      offered: 1250,
      handled: 1250,
      handleSeconds: Math.round(1250 * 185.5),
    });
    expect(second && meanHandleSeconds(second)).toBeCloseTo(200.25, 5);
  });

  it.each([
    [
      'month first, twelve hours',
      'Start,Offered\n03/04/2026 9:00 AM,5\n03/04/2026 9:15 AM,6\n03/14/2026 1:00 PM,7\n',
      {},
    ],
    [
      'Excel serial dates',
      `Start,Offered\n${46_085 + 9 / 24},5\n${46_085 + 9.25 / 24},6\n${46_095 + 13 / 24},7\n`,
      {},
    ],
    [
      'epoch seconds',
      `Start,Offered\n${NINE},5\n${NINE + 900},6\n${NINE + 10 * 86_400 + 4 * 3600 - 3600},7\n`,
      {},
    ],
    [
      'epoch milliseconds',
      `Start,Offered\n${NINE}000,5\n${NINE + 900}000,6\n${NINE + 10 * 86_400 + 3 * 3600}000,7\n`,
      {},
    ],
    [
      'ISO with offsets',
      'Start,Offered\n2026-03-04T14:00:00Z,5\n2026-03-04T09:15:00-05:00,6\n2026-03-14T13:00:00-04:00,7\n',
      {},
    ],
    ['names of months', 'Start,Offered\n4 Mar 2026 09:00,5\n4 Mar 2026 09:15,6\n14 Mar 2026 13:00,7\n', {}],
    ['compact dates and times', 'date,time,offered\n20260304,0900,5\n20260304,0915,6\n20260314,1300,7\n', {}],
    [
      'a stretch of time',
      'Date,Interval,Offered\n2026-03-04,09:00 - 09:15,5\n2026-03-04,09:15 - 09:30,6\n2026-03-14,13:00 - 13:15,7\n',
      {},
    ],
    [
      'times at the end of intervals',
      'Start,Offered\n2026-03-04 09:15,5\n2026-03-04 09:30,6\n2026-03-14 13:15,7\n',
      { stamp: 'end' },
    ],
  ] as const)('reads times as %s', async (_, text, change) => {
    const centre = await makeCentre(store);
    const outcome = await importText(centre, text, change);
    expect(outcome.kind).toBe('committed');
    const found = await stored(centre);
    // On 14 March New York is an hour nearer to UTC than on the 4th.
    expect(found.map(row => [row.start, row.offered])).toEqual([
      [NINE, 5],
      [NINE + 900, 6],
      [NINE + 10 * 86_400 + 3 * 3600, 7],
    ]);
  });

  it('says that dates can be read both ways when they can', () => {
    expect(detected('Start,Offered\n03/04/2026 09:00,5\n03/04/2026 09:15,5\n').dateOrderCertain).toBe(false);
    expect(detected('Start,Offered\n03/04/2026 09:00,5\n03/14/2026 09:15,5\n').dateOrderCertain).toBe(true);
  });

  it('names the column, what it found, and how to mend it, when dates are the other way round', async () => {
    const centre = await makeCentre(store);
    const outcome = await importText(centre, 'Start,Offered\n14/03/2026 09:00,5\n15/03/2026 09:15,5\n', {
      dateOrder: 'monthFirst',
    });
    expect(outcome.kind).toBe('refused');
    expect(reportOf(outcome).problems).toEqual([
      {
        code: 'badTime',
        severity: 'error',
        column: 'Start',
        expected: expect.stringContaining('2026-03-14 09:15'),
        repair: expect.stringContaining('change the date order'),
        rows: 2,
        examples: [
          { line: 2, found: '"14/03/2026 09:00"' },
          { line: 3, found: '"15/03/2026 09:15"' },
        ],
      },
    ]);
    expect(await stored(centre)).toEqual([]);
  });

  it.each([
    ['0.82', ['0.82', '0.5', '1']],
    ['82', ['82', '50', '100']],
    ['82 %', ['82 %', '50%', '100 %']],
  ])('reads a service level written as %s', async (_, [a, b, c]) => {
    const centre = await makeCentre(store);
    const outcome = await importText(
      centre,
      `Start,Offered,Service Level\n2026-03-04 09:00,100,${a}\n2026-03-04 09:15,100,${b}\n2026-03-04 09:30,100,${c}\n`,
    );
    expect(problemsOf(outcome)).toEqual(['levelDerived 3']);
    expect((await stored(centre)).map(row => row.answeredWithin)).toEqual([82, 50, 100]);
  });

  it.each([
    ['seconds', '185', '200'],
    ['minutes and seconds', '3:05', '3:20'],
    ['hours, minutes and seconds', '0:03:05', '00:03:20'],
    ['milliseconds', '185000', '200000'],
    ['fractions of minutes', '3.0833333', '3.3333333'],
    ['fractions of a day', '0.00214120', '0.00231481'],
  ])('reads handle time in %s', async (_, a, b) => {
    const centre = await makeCentre(store);
    const outcome = await importText(
      centre,
      `Start,Offered,Handled,AHT\n2026-03-04 09:00,10,10,${a}\n2026-03-04 09:15,10,10,${b}\n`,
    );
    expect(outcome.kind).toBe('committed');
    expect((await stored(centre)).map(row => row.handleSeconds)).toEqual([1850, 2000]);
  });

  it('tells sums from means by how they grow with the contacts', () => {
    const total = detected(
      `Start,Handled,Talk Time\n${rows(12, i => `2026-03-04 09:${String((i % 4) * 15).padStart(2, '0')},${(i + 1) * 5},${(i + 1) * 5 * 200}`)}\n`,
    );
    const mean = detected(
      `Start,Handled,Talk Time\n${rows(12, i => `2026-03-04 09:${String((i % 4) * 15).padStart(2, '0')},${(i + 1) * 5},${190 + i}`)}\n`,
    );
    const aggregateOf = (found: typeof total) =>
      found.mapping.columns.find(column => column.field === 'talk')?.aggregate;
    expect(aggregateOf(total)).toBe('total');
    expect(aggregateOf(mean)).toBe('mean');
  });
});
