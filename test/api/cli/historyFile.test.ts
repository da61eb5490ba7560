import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHistoryFile } from '../../../api/cli/historyFile.ts';
import { clinicHistory, coverline, scratchFolder, writeScratch } from './coverline.ts';

const folder = scratchFolder();
const history = writeScratch(folder, 'calls.csv', clinicHistory('2026-01-05', 3 * 7));
const [heading = '', ...rows] = readFileSync(history, 'utf8').trim().split('\n');
const timeZone = 'America/Chicago';

/** Every row of the clinic's history written anew. */
function rewritten(write: (cells: readonly [at: string, offered: string, aht: string]) => string): string[] {
  return rows.map(row => {
    const [at = '', offered = '', aht = ''] = row.split(',');
    return write([at, offered, aht]);
  });
}

const byDayMonth = (at: string, order: string) => at.replace(/(\d+)-(\d+)-(\d+)/, order);

describe('a history file', () => {
  it.each([
    ['dates day first', rewritten(([at, ...rest]) => [byDayMonth(at, '$3.$2.$1'), ...rest].join(',')), ','],
    ['semicolons', rewritten(cells => cells.join(';')), ';'],
    [
      'semicolons, decimal commas and dates month first',
      rewritten(([at, offered, aht]) => `${byDayMonth(at, '$2/$3/$1')};${offered},0;${aht}`),
      ';',
    ],
  ])('says the same with %s', async (_, written, separator) => {
    const head = heading.replaceAll(',', separator);
    const file = writeScratch(folder, 'written.csv', [head, ...written].join('\r\n'));
    const [found, wanted] = [
      await readHistoryFile(file, { timeZone }),
      await readHistoryFile(history, { timeZone }),
    ];
    expect(found.series.start).toBe(wanted.series.start);
    expect(found.series.offered).toEqual(wanted.series.offered);
    expect(found.series.ahtSeconds).toEqual(wanted.series.ahtSeconds);
  });

  it('of a telephone system says the same as own columns, one queue of several', async () => {
    const report = writeScratch(
      folder,
      'report.csv',
      [
        'Queue;Interval Start;Offered;Answered;Average Handle Time',
        ...rewritten(
          ([at, offered, aht]) => `Triage;${at};${offered};${offered};${aht}\nBilling;${at};1;1;60`,
        ),
      ].join('\n'),
    );
    const found = await readHistoryFile(report, { timeZone, queueName: 'Triage' });
    const { series } = await readHistoryFile(history, { timeZone });
    expect(found.series.offered).toEqual(series.offered);
    await expect(readHistoryFile(report, { timeZone })).rejects.toMatchObject({
      message: expect.stringContaining('say --queue with one of Triage, Billing'),
      exitCode: 2,
    });
  });

  it('keeps what is flagged as filled in out of the counts', async () => {
    const flagged = rewritten(cells => `${cells.join(',')},0`);
    flagged[3] = (flagged[3] ?? '').replace(/0$/, '1');
    const file = writeScratch(folder, 'flagged.csv', [`${heading},imputed`, ...flagged].join('\n'));
    const { series } = await readHistoryFile(file, { timeZone });
    expect(series.offered.slice(2, 5).map(value => value === null)).toEqual([false, true, false]);
  });

  it('tells what it did with rows that cannot be', async () => {
    const odd = [heading, ...rows, rows[5], (rows[9] ?? '').replace(/,\d+,/, ',-4,')].join('\n');
    const { findings } = await readHistoryFile(writeScratch(folder, 'odd.csv', odd), { timeZone });
    const messages = findings.map(finding => finding.message).join('\n');
    expect(messages).toContain('1 row(s) repeat another row exactly');
    expect(messages).toContain('negative count');
  });

  it.each([
    [
      'a word for a number',
      'interval_start,offered\n2026-01-05 08:00,many\n',
      'row 2, offered: found "many"',
    ],
    ['a date of no calendar', 'interval_start,offered\n2026-02-30 08:00,5\n', '"2026-02-30" is not a date'],
    [
      'other columns',
      'when,how_many\n2026-02-03 08:00,5\n',
      'found the columns when, how_many; expected interval_start and offered',
    ],
    ['no rows', 'interval_start,offered\n', 'no rows'],
    ['one row', 'interval_start,offered\n2026-01-05 08:00,5\n', 'interval length not found'],
    ['a row cut short', 'interval_start,offered\n2026-01-05 08:00,5\n2026\n', 'row 3: found 1 cell(s)'],
    ['an open quote', 'interval_start,offered\n"2026-01-05 08:00,5\n', 'row 2: a quote opened'],
    ['nothing at all', '', 'the file is empty'],
    ['bytes of something else', 'PK\u0000\u0001\u0002', 'this is not a text file'],
  ])('that has %s is refused by row and column', async (_, text, message) => {
    const file = writeScratch(folder, 'bad.csv', text);
    await expect(readHistoryFile(file, { timeZone })).rejects.toThrow(message);
  });

  it.each([
    ['is missing', join(folder, 'nowhere.csv'), 'there is no such file'],
    ['is a folder', folder, 'it is a folder, not a file'],
    ['only says that it is a workbook', writeScratch(folder, 'fake.xlsx', 'hello'), 'damaged or is none'],
  ])('that %s is named', async (_, file, message) => {
    const refused = readHistoryFile(file, { timeZone });
    await expect(refused).rejects.toMatchObject({ name: 'CommandError', exitCode: 1 });
    await expect(refused).rejects.toThrow(message);
  });

  it('that is missing ends the command in one line', async () => {
    const file = join(folder, 'nowhere.csv');
    const { stderr, ...rest } = await coverline(['forecast', '--history', file, '--time-zone', timeZone]);
    expect(rest).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^coverline forecast: cannot read .*nowhere\.csv: there is no such file$/m);
    expect(stderr).not.toContain('    at ');
  });
});
