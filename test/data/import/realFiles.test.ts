import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectText } from '../../../data/import/detect.ts';
import { importFile } from '../../../data/import/importFile.ts';
import { meanHandleSeconds } from '../../../data/store/intervalHistory.ts';
import { openTestStore, type TestStore, testEngines } from '../databases.ts';
import { makeCentre, stored } from './centre.ts';

const folder = join(resolve(process.env.COVERLINE_SHARED ?? '../shared'), 'data');
const present = existsSync(folder);
if (!present) console.warn(`tests on real histories skipped: no folder ${folder}; set COVERLINE_SHARED`);

/** Rows that a zone with clock changes keeps: Chicago skips one hour a year, which the hourly file has rows for. */
const FILES = [
  { file: 'bank-us-15min.csv', step: 900, rows: 9520 },
  { file: 'bank-us-5min.csv', step: 300, rows: 27_716 },
  { file: 'ed-arrivals-hourly.csv', step: 3600, rows: 41_635 },
] as const;

describe.skipIf(!present).each(testEngines)('real histories on $engine', engine => {
  let test: TestStore;

  beforeAll(async () => {
    test = await openTestStore(engine);
  });

  afterAll(() => test.dispose());

  async function importReal(file: string, stepSeconds: number, timeZone: string) {
    const path = join(folder, file);
    const found = detectText(readFileSync(path), true);
    if (found.kind !== 'table') throw new Error(found.reason);
    const centre = await makeCentre(test.store, { stepSeconds, timeZone });
    const columns = found.detected.mapping.columns.filter(column => column.field !== 'queue');
    const outcome = await importFile(test.store, createReadStream(path), {
      siteId: centre.site.id,
      queues: [centre.queue],
      mapping: { ...found.detected.mapping, columns, queueId: centre.queue.id },
      fileName: file,
      userId: null,
      at: 1,
      dryRun: false,
      onRejected: 'refuse',
    });
    expect(outcome.kind).toBe('committed');
    return stored(centre);
  }

  it.each(FILES)('$file: every row and every contact', async ({ file, step, rows }) => {
    const lines = readFileSync(join(folder, file), 'utf8').trim().split('\n').slice(1);
    const expected = lines.reduce((sum, line) => sum + Number(line.split(',')[1]), 0);
    // In a zone without clock changes no hour is missing; in Chicago five are.
    const everywhere = await importReal(file, step, 'America/Phoenix');
    expect(everywhere).toHaveLength(lines.length);
    expect(everywhere.reduce((sum, row) => sum + (row.offered ?? 0), 0)).toBe(expected);
    expect(await importReal(file, step, 'America/Chicago')).toHaveLength(rows);
  });

  it('calls-january-1999.csv: every call that was answered or abandoned', async () => {
    const lines = readFileSync(join(folder, 'calls-january-1999.csv'), 'utf8').trim().split('\n').slice(1);
    const outcomes = lines.map(line => line.split(','));
    const count = (outcome: string) => outcomes.filter(fields => fields[5]?.trim() === outcome).length;
    const rows = await importReal('calls-january-1999.csv', 900, 'Asia/Jerusalem');
    const sum = (key: 'offered' | 'handled' | 'abandoned' | 'handleSeconds') =>
      rows.reduce((total, row) => total + (row[key] ?? 0), 0);
    expect(sum('handled')).toBe(count('AGENT'));
    expect(sum('abandoned')).toBe(count('HANG'));
    expect(sum('offered')).toBe(count('AGENT') + count('HANG'));
    expect(sum('handleSeconds')).toBe(
      outcomes
        .filter(fields => fields[5]?.trim() === 'AGENT')
        .reduce((total, fields) => total + Number(fields[6]), 0),
    );
    expect(rows.length % 96).toBe(0);
    expect(rows.some(row => row.offered === 0 && meanHandleSeconds(row) === null)).toBe(true);
  });
});
