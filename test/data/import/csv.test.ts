import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CSV_LIMITS, CsvError, CsvParser } from '../../../data/import/text/csv.ts';

function read(pieces: readonly string[], delimiter = ','): string[][] {
  const records: string[][] = [];
  const parser = new CsvParser({ delimiter, onRecord: fields => records.push([...fields]) });
  for (const piece of pieces) parser.write(piece);
  parser.end();
  return records;
}

function cut(text: string, at: readonly number[]): string[] {
  const places = [...new Set(at.map(place => place % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((from, i) => text.slice(from, places[i] ?? text.length));
}

/** csv-parse 7 as the independent reader: any width, any line end, blank lines passed over. */
function readIndependently(text: string, delimiter: string): string[][] | undefined {
  try {
    return parse(text, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n', '\r'],
    });
  } catch {
    return undefined;
  }
}

const cell = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.stringMatching(/^[\d.,:;|\t "\r\n-]{0,12}$/),
  fc.constantFrom('', '"', '""', '\r\n', 'a"b', ' , '),
);
const delimiters = fc.constantFrom(',', ';', '\t', '|');

describe('CsvParser', () => {
  it('reads what csv-parse reads, however the text is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 8 }),
        delimiters,
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.nat(500)),
        (table, delimiter, newline, cuts) => {
          const quoted = (value: string) =>
            /["\r\n]/.test(value) || value.includes(delimiter) ? `"${value.replaceAll('"', '""')}"` : value;
          const text = table.map(row => row.map(quoted).join(delimiter)).join(newline);
          const expected = readIndependently(text, delimiter);
          expect(expected).toBeDefined();
          expect(read(cut(text, cuts), delimiter)).toEqual(expected);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('agrees with csv-parse on arbitrary text that csv-parse accepts, and never crashes on the rest', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[ab,;"\r\n ]{0,40}$/),
        delimiters,
        fc.array(fc.nat(50)),
        (text, delimiter, cuts) => {
          const expected = readIndependently(text, delimiter);
          let found: string[][] | undefined;
          try {
            found = read(cut(text, cuts), delimiter);
          } catch (error) {
            if (!(error instanceof CsvError)) throw error;
          }
          if (expected !== undefined) expect(found).toEqual(expected);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('stops early at a quote that is never closed, and names the line', () => {
    let written = 0;
    const parser = new CsvParser({ delimiter: ',', onRecord: () => {} });
    parser.write('start,offered\n2026-01-01 00:00,5\n"2026-01-01 00:15,6\n');
    const filler = '2026-01-01 00:30,7\n'.repeat(3000);
    expect(() => {
      // 60 MB are on their way; the parser must not take them in.
      for (; written < 60_000_000; written += filler.length) parser.write(filler);
    }).toThrow(/line 3 is never closed/);
    expect(written).toBeLessThan(200_000);
  });

  it('refuses what is beyond its limits', () => {
    expect(() => read(['x'.repeat(CSV_LIMITS.fieldCharacters + 1)])).toThrow(/longer than 4096/);
    expect(() => read([','.repeat(CSV_LIMITS.columns)])).toThrow(/more than 256 columns/);
    const wide = new Array(20).fill('y'.repeat(4000)).join(',');
    expect(() => read([wide])).toThrow(/row is longer than 65536/);
    expect(read(['x'.repeat(CSV_LIMITS.fieldCharacters)])).toHaveLength(1);
  });

  it('counts lines as an editor does, also over quoted line ends', () => {
    const lines: number[] = [];
    const parser = new CsvParser({ delimiter: ',', onRecord: (_, line) => lines.push(line) });
    parser.write('a,b\r\n"x\ny",2\n\nlast,3');
    parser.end();
    expect(lines).toEqual([1, 2, 5]);
  });
});
