import { describe, expect, it } from 'vitest';
import { differenceStep } from '../../../web/lib/colours.ts';
import { toCsv } from '../../../web/lib/csv.ts';
import { formatDuration, formatPoints, formatSigned, isoDayTime, NO_VALUE } from '../../../web/lib/format.ts';
import { hoursText, readHours } from '../../../web/lib/openingHours.ts';

describe('CSV', () => {
  it('quotes what needs it and lets no spreadsheet run a cell', () => {
    expect(
      toCsv({
        header: ['a', 'b'],
        rows: [
          ['x,"y"', '=1+1'],
          [null, -3.5],
        ],
      }),
    ).toBe('a,b\r\n"x,""y""",\'=1+1\r\n,-3.5\r\n');
  });
});

describe('times in files', () => {
  it('are wall-clock times with their year, on both sides of a clock change', () => {
    // Chicago is six hours behind UTC in winter and five in summer.
    expect(isoDayTime(Date.UTC(2026, 0, 5, 15, 15) / 1000, 'America/Chicago')).toBe('2026-01-05 09:15');
    expect(isoDayTime(Date.UTC(2026, 6, 6, 4, 45) / 1000, 'America/Chicago')).toBe('2026-07-05 23:45');
  });
});

describe('numbers in words', () => {
  it('shows signs, units and missing values', () => {
    expect(formatSigned(-3)).toBe('−3');
    expect(formatSigned(0.04, 1)).toBe('0.0');
    expect(formatSigned(null)).toBe(NO_VALUE);
    expect(formatPoints(-0.0412)).toBe('−4.1 pts');
    expect(formatDuration(95)).toBe('95 s');
    expect(formatDuration(260)).toBe('4 min 20 s');
    expect(formatDuration(-5400)).toBe('−1 h 30 min');
    expect(formatDuration(Number.POSITIVE_INFINITY)).toBe(NO_VALUE);
  });

  it('grades a difference by the requirement, with its sign', () => {
    expect([0.4, -1, -2, -5, 1, 9].map(difference => differenceStep(difference, 10))).toEqual([
      0, -1, -2, -3, 1, 3,
    ]);
  });
});

describe('opening hours', () => {
  it('reads what it writes', () => {
    const ranges = [
      { startMinute: 480, endMinute: 720 },
      { startMinute: 780, endMinute: 1440 },
    ];
    expect(readHours(hoursText(ranges))).toEqual(ranges);
    expect(readHours('')).toEqual([]);
    expect(readHours('8-12')).toEqual([{ startMinute: 480, endMinute: 720 }]);
    for (const wrong of ['12:00-08:00', '8 to 12', '08:00-25:00']) expect(readHours(wrong)).toBeNull();
  });
});
