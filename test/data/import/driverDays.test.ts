import { describe, expect, it } from 'vitest';
import { readDriverDays } from '../../../data/import/driverDays.ts';

describe('two pasted columns of a driver', () => {
  it.each([
    ['tabs, as a spreadsheet gives them', '2026-05-04\t120\n2026-05-05\t80.5\n'],
    ['semicolons with a decimal comma', 'Datum;Meldungen\r\n04.05.2026;120\r\n05.05.2026;80,5'],
    ['commas', 'date,value\n2026-05-04,120\n2026-05-05,80.5'],
    ['dates with midnight behind them', '2026-05-04 00:00\t120\n2026-05-05 00:00:00\t80.5'],
    ['months first, as the days tell', '5/04/2026\t120\n5/05/2026\t80.5\n'],
  ])('are read with %s', (_, text) => {
    expect(readDriverDays(text)).toEqual({
      days: [
        { date: '2026-05-04', value: 120 },
        { date: '2026-05-05', value: 80.5 },
      ],
      problems: [],
    });
  });

  it.each([
    ['2026-02-30\t5', 'date', '2026-02-30', 'a date such as 2026-05-04 or 04.05.2026'],
    ['2026-05-05\tmany', 'value', 'many', 'a number of 0 or more'],
    ['2026-05-05\t-3', 'value', '-3', 'a number of 0 or more'],
    ['2026-05-05\t', 'value', '', 'a number of 0 or more'],
    ['2026-05-05 07:15\t5', 'date', '2026-05-05 07:15', 'a date such as 2026-05-04 or 04.05.2026'],
    ['2026-05-04\t5', 'date', '2026-05-04', 'each day once; line 1 has it'],
  ])('say by line and column what is wrong with %j', (line, column, found, expected) => {
    const { problems } = readDriverDays(`2026-05-04\t120\n${line}`);
    expect(problems).toEqual([{ line: 2, column, found, expected }]);
  });
});
