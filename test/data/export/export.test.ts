import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from '../../../data/export/csv.ts';
import { toIcal } from '../../../data/export/ical.ts';
import { toXlsx } from '../../../data/export/xlsx.ts';
import { CsvParser } from '../../../data/import/text/csv.ts';
import { StrictDecoder } from '../../../data/import/text/encoding.ts';
import { xlsxRecords } from '../../../data/import/xlsx.ts';

function readCsv(text: string): string[][] {
  const records: string[][] = [];
  const parser = new CsvParser({ delimiter: ',', onRecord: fields => records.push([...fields]) });
  parser.write(new StrictDecoder('utf-8').write(Buffer.from(text)));
  parser.end();
  return records;
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const text = fc.oneof(
  fc.string({ maxLength: 10 }),
  fc.constantFrom('=1+1', '+5', '-5', '@SUM(A1)', '\t=1', '"', 'a,b', 'x\r\ny', ' =2', '＝3'),
);
const cell = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constant(null),
);

describe('toCsv', () => {
  it('writes what reads back the same, but for the apostrophe before formulas', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { maxLength: 6 }), rows => {
        const records = readCsv(toCsv({ headers: ['a', 'b', 'c'], rows }));
        expect(records).toHaveLength(rows.length + 1);
        rows.forEach((row, r) => {
          row.forEach((value, c) => {
            const found = records[r + 1]?.[c];
            if (value === null) expect(found).toBe('');
            else if (typeof value === 'number')
              expect(Number(found)).toBe(value === 0 ? Number(found) : value);
            else expect([value, `'${value}`]).toContain(found);
          });
        });
      }),
      { numRuns: 500 },
    );
  });

  it('leaves no text that a spreadsheet would run, and no number that it would not', () => {
    fc.assert(
      fc.property(text, fc.integer({ max: -1 }), (value, number) => {
        const [, row] = readCsv(toCsv({ headers: ['a', 'b'], rows: [[value, number]] }));
        expect(row?.[0] ?? '').not.toMatch(/^\s*[=+\-@＝]/);
        expect(row?.[1]).toBe(String(number));
      }),
      { numRuns: 500 },
    );
  });
});

describe('toXlsx', () => {
  it('writes texts as texts and numbers as numbers, never a formula', async () => {
    const bytes = await toXlsx({
      headers: ['Name', 'Count'],
      rows: [
        ['=1+1', -5],
        ['@x', 2.5],
        ['plain', null],
      ],
    });
    expect(await xlsxRecords(whole(bytes))).toEqual([
      ['Name', 'Count'],
      ['=1+1', '-5'],
      ['@x', '2.5'],
      ['plain', ''],
    ]);
    expect(Buffer.from(bytes).toString('latin1')).not.toContain('<f>');
  });
});

describe('toIcal', () => {
  it('writes one event per entry with its identity, in UTC', () => {
    // 2026-11-01 06:00 UTC is 01:00 in Chicago for the second time: UTC leaves no doubt.
    const start = Date.UTC(2026, 10, 1, 7) / 1000;
    const feed = toIcal(
      'Ana',
      [{ id: 'shift-1', start, end: start + 28_800, title: 'Triage; early, "A"', sequence: 3 }],
      start,
    );
    expect(feed).toContain('DTSTART:20261101T070000Z');
    expect(feed).toContain('DTEND:20261101T150000Z');
    expect(feed).toContain('UID:shift-1');
    expect(feed).toContain('SEQUENCE:3');
    expect(feed).toContain('SUMMARY:Triage\\; early\\, "A"');
    expect(() => toIcal('Ana', [{ id: 'x', start, end: start, title: 't', sequence: 0 }], start)).toThrow(
      RangeError,
    );
  });

  it('cannot be made to hold another event by a title', () => {
    const feed = toIcal(
      'Ana',
      [{ id: 'x', start: 0, end: 60, title: 'a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:b', sequence: 0 }],
      0,
    );
    expect(feed.split('\r\n').filter(line => line === 'BEGIN:VEVENT')).toHaveLength(1);
  });
});
