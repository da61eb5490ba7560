import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../../data/db/connect.ts';
import { openTestStore, type TestStore, testEngines } from '../databases.ts';
import { detected, importText, makeCentre, problemsOf, reportOf, stored, suggestions } from './centre.ts';

/** 2026-03-04 09:00 in New York (UTC−5). */
const NINE = Date.UTC(2026, 2, 4, 14) / 1000;

describe.each(testEngines)('bad input on $engine', engine => {
  let test: TestStore;
  let store: Store;

  beforeAll(async () => {
    test = await openTestStore(engine);
    store = test.store;
  });

  afterAll(() => test.dispose());

  const rows = (count: number, row: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => row(i)).join('\n');

  it('passes over subtotals, totals and lines above the header', async () => {
    const centre = await makeCentre(store);
    const text =
      'Queue report\nPrinted by the system\nDate,Time,Offered\n2026-03-04,09:00,5\n2026-03-04,09:15,6\n2026-03-04,Total,11\nSubtotal,,11\nGrand Total,,11\n';
    const outcome = await importText(centre, text);
    expect(outcome.kind).toBe('committed');
    expect(problemsOf(outcome)).toEqual(['subtotal 3']);
    expect((await stored(centre)).map(row => row.offered)).toEqual([5, 6]);
  });

  it('joins two header rows and tells repeated names apart', async () => {
    const centre = await makeCentre(store);
    const text =
      'Interval Start Time,Calls,,Service,\n,Presented,Handled,%,%\n2026-03-04 09:00,20,18,90,80\n2026-03-04 09:15,10,9,90,70\n';
    const found = detected(text);
    expect(found.mapping.headerRows).toBe(2);
    expect(found.columns.map(column => column.name)).toEqual([
      'Interval Start Time',
      'Calls Presented',
      'Calls Handled',
      'Service %',
      'Service % (2)',
    ]);
    expect((await importText(centre, text)).kind).toBe('committed');
    expect(await stored(centre)).toMatchObject([
      { offered: 20, handled: 18 },
      { offered: 10, handled: 9 },
    ]);
  });

  it('suggests one column only when two have the same name', () => {
    const found = detected('Start,Offered,Offered,Handled\n2026-03-04 09:00,5,7,4\n2026-03-04 09:15,5,7,4\n');
    expect(suggestions(found)).toEqual({ Start: 'intervalStart', Offered: 'offered', Handled: 'handled' });
    expect(found.columns[2]).toEqual({ index: 2, name: 'Offered (2)' });
  });

  it('refuses an unclosed quote with its line, and keeps nothing of the rows before it', async () => {
    const centre = await makeCentre(store);
    const head = 'Start,Offered\n2026-03-04 09:00,5\n';
    const outcome = await importText(
      centre,
      `${head}"2026-03-04 09:15,6\n${'2026-03-04 09:30,7\n'.repeat(5000)}`,
      { ...detected(`${head}2026-03-04 09:15,6\n`).mapping, queueId: centre.queue.id },
    );
    expect(outcome).toMatchObject({
      kind: 'unreadable',
      line: 3,
      reason: expect.stringContaining('never closed'),
    });
    expect(await stored(centre)).toEqual([]);
  });

  it('refuses negative counts and words where numbers belong, grouped by how to mend them', async () => {
    const centre = await makeCentre(store);
    const text = `Start,Offered,Handled,AHT\n${rows(40, i => `2026-03-04 ${String(9 + Math.floor(i / 4)).padStart(2, '0')}:${String((i % 4) * 15).padStart(2, '0')},${i < 3 ? -5 : 5},${i === 5 ? 'many' : 5},${i === 7 ? '3:99' : 180}`)}\n`;
    const outcome = await importText(centre, text);
    expect(outcome.kind).toBe('refused');
    expect(problemsOf(outcome)).toEqual(['negative Offered 3', 'badNumber Handled 1', 'badDuration AHT 1']);
    expect(reportOf(outcome)).toMatchObject({ rowsRead: 40, rowsRejected: 5, rowsNew: 35 });
    expect(await stored(centre)).toEqual([]);
    const without = await importText(centre, text, {}, { onRejected: 'leaveOut' });
    expect(without).toMatchObject({ kind: 'committed', report: { rowsNew: 35, rowsRejected: 5 } });
    expect(await stored(centre)).toHaveLength(35);
  });

  it('keeps more handled than offered, and warns', async () => {
    const centre = await makeCentre(store);
    const outcome = await importText(
      centre,
      'Start,Offered,Handled\n2026-03-04 09:00,5,6\n2026-03-04 09:15,5,4\n',
    );
    expect(outcome.kind).toBe('committed');
    expect(reportOf(outcome).problems).toMatchObject([
      { code: 'handledOverOffered', severity: 'warning', rows: 1 },
    ]);
    expect((await stored(centre))[0]).toMatchObject({ offered: 5, handled: 6 });
  });

  it('counts exact repeats once and refuses rows that contradict each other', async () => {
    const centre = await makeCentre(store);
    const repeat = 'Start,Offered\n2026-03-04 09:00,5\n2026-03-04 09:15,6\n2026-03-04 09:00,5\n';
    const once = await importText(centre, repeat);
    expect(once.kind).toBe('committed');
    expect(problemsOf(once)).toEqual(['duplicate 1']);
    const clash = await importText(centre, `${repeat}2026-03-04 09:15,7\n`);
    expect(clash.kind).toBe('refused');
    expect(reportOf(clash).problems[0]).toMatchObject({
      code: 'overlap',
      rows: 2,
      examples: [{ line: 3 }, { line: 5 }],
    });
    expect((await stored(centre)).map(row => row.offered)).toEqual([5, 6]);
  });

  it('refuses intervals off the grid and intervals of another length', async () => {
    const centre = await makeCentre(store);
    const off = await importText(centre, 'Start,Offered\n2026-03-04 09:00,5\n2026-03-04 09:10,6\n');
    expect(problemsOf(off)).toEqual(['offGrid Start 1']);
    const length = await importText(
      centre,
      'Start,Minutes,Offered\n2026-03-04 09:00,15,5\n2026-03-04 09:15,30,6\n',
    );
    expect(problemsOf(length)).toEqual(['wrongLength Minutes 1']);
    const coarse = await importText(centre, 'Start,Offered\n2026-03-04 09:00,5\n', { stepSeconds: 1800 });
    expect(problemsOf(coarse)).toEqual(['offGrid Start 1']);
    expect(await stored(centre)).toEqual([]);
  });

  it('sums finer intervals into those of the queue', async () => {
    const centre = await makeCentre(store, { stepSeconds: 1800 });
    const text =
      'Start,Offered,Handled,AHT\n2026-03-04 09:00,5,4,100\n2026-03-04 09:15,6,6,200\n2026-03-04 09:30,7,7,100\n';
    expect((await importText(centre, text, { stepSeconds: 900 })).kind).toBe('committed');
    expect(await stored(centre)).toMatchObject([
      { start: NINE, offered: 11, handled: 10, handleSeconds: 1600 },
      { start: NINE + 1800, offered: 7, handled: 7, handleSeconds: 700 },
    ]);
  });

  it('puts the doubled hour of autumn into both hours, and leaves out the missing one of spring', async () => {
    const centre = await makeCentre(store);
    // New York 2025: forward on 9 March at 02:00 (07:00 UTC), back on 2 November at 02:00 (06:00 UTC).
    const outcome = await importText(
      centre,
      'Start,Offered\n2025-03-09 01:45,1\n2025-03-09 02:15,9\n2025-03-09 03:00,2\n2025-11-02 00:45,3\n2025-11-02 01:30,4\n2025-11-02 01:45,5\n2025-11-02 01:30,6\n2025-11-02 01:45,7\n2025-11-02 02:00,8\n',
    );
    expect(outcome.kind).toBe('committed');
    expect(problemsOf(outcome)).toEqual(['missingHour Start 1', 'doubledHour Start 4']);
    const spring = Date.UTC(2025, 2, 9) / 1000;
    const autumn = Date.UTC(2025, 10, 2) / 1000;
    expect((await stored(centre)).map(row => [row.start, row.offered])).toEqual([
      [spring + 6.75 * 3600, 1],
      [spring + 7 * 3600, 2],
      [autumn + 4.75 * 3600, 3],
      [autumn + 5.5 * 3600, 4],
      [autumn + 5.75 * 3600, 5],
      [autumn + 6.5 * 3600, 6],
      [autumn + 6.75 * 3600, 7],
      [autumn + 7 * 3600, 8],
    ]);
  });

  it('keeps empty and zero apart', async () => {
    const centre = await makeCentre(store);
    await importText(
      centre,
      'Start,Offered,Handled\n2026-03-04 09:00,0,0\n2026-03-04 09:15,,\n2026-03-04 09:30,--,N/A\n',
    );
    expect((await stored(centre)).map(row => [row.offered, row.handled])).toEqual([
      [0, 0],
      [null, null],
      [null, null],
    ]);
  });

  it('drops columns that look like patient data, and stores and reports nothing of them', async () => {
    const centre = await makeCentre(store);
    const text = `Start,Offered,Caller Number,Who,Ref,Contact\n${rows(40, i => `2026-03-04 ${String(9 + Math.floor(i / 4)).padStart(2, '0')}:${String((i % 4) * 15).padStart(2, '0')},5,CANARY-555-${i},Canary${'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrs'[i]} Canarysmith${'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrs'[i]},(212) 555-0${100 + i},canary${i}@example.org`)}\n`;
    const found = detected(text);
    expect(Object.fromEntries(found.columns.flatMap(c => (c.guarded ? [[c.name, c.guarded]] : [])))).toEqual({
      'Caller Number': 'phone number',
      Who: 'person name',
      Ref: 'phone number',
      Contact: 'e-mail address',
    });
    expect(JSON.stringify(found)).not.toMatch(/canary|555-0/i);
    const outcome = await importText(centre, text);
    expect(outcome.kind).toBe('committed');
    expect(JSON.stringify(outcome)).not.toMatch(/canary|555-0/i);
    if (store.engine === 'sqlite') {
      const bytes = Buffer.concat([readFileSync(store.path), readFileSync(`${store.path}-wal`)]).toString(
        'latin1',
      );
      expect(bytes).not.toMatch(/canary|555-0/i);
    }
  });

  it('never quotes words or numbers of people in an error', async () => {
    const centre = await makeCentre(store);
    const outcome = await importText(
      centre,
      'Start,Offered\n2026-03-04 09:00,5\n2026-03-04 09:15,Canary Smith\n2026-03-04 09:30,123-45-6789\n2026-03-04 09:45,2125550123 x\n2026-03-04 10:00,12 or 13\n2026-03-04 10:15,12;13\n',
      {
        columns: [
          { index: 0, field: 'intervalStart' },
          { index: 1, field: 'offered' },
        ],
      },
    );
    expect(outcome.kind).toBe('refused');
    expect(JSON.stringify(outcome)).not.toMatch(/Canary|6789|2125550123/);
    expect(reportOf(outcome).problems[0]?.examples[0]).toEqual({ line: 3, found: 'a text of 12 characters' });
  });

  it('says what to do with files that are no tables', async () => {
    const { detectText } = await import('../../../data/import/detect.ts');
    const reason = (bytes: Uint8Array) => {
      const found = detectText(bytes, true);
      return found.kind === 'unreadable' ? found.reason : 'a table';
    };
    expect(reason(new Uint8Array(0))).toMatch(/empty/);
    expect(reason(Buffer.from('%PDF-1.7 …'))).toMatch(/PDF/);
    expect(reason(Buffer.from([0x1f, 0x8b, 8, 0]))).toMatch(/compressed/);
    expect(reason(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]))).toMatch(/save it as \.xlsx or \.csv/);
    expect(reason(Buffer.from([1, 2, 0, 0, 0, 4, 9, 0, 0, 7, 7, 7]))).toMatch(/not a text file/);
    expect(reason(Buffer.from('just some words\nand more\n'))).toMatch(/no table/);
    expect(reason(Buffer.from('Start,Offered\n'))).toMatch(/no rows/);
  });

  it('refuses a mapping that cannot work, before reading', async () => {
    const centre = await makeCentre(store);
    const outcome = await importText(centre, 'a,b\n1,2\n', {
      columns: [
        { index: 0, field: 'offered' },
        { index: 1, field: 'offered' },
      ],
    });
    expect(outcome).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringMatching(/Interval start.*only one column can be Offered/),
    });
  });
});
