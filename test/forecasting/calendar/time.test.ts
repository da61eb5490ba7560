import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  daysBetween,
  gridDays,
  isTimeZone,
  localDateOf,
  localDay,
  type OpeningHours,
  openMask,
  resolveWallClock,
  wallClockSeconds,
  wallSlots,
  weekdayOf,
} from '../../../forecasting/index.ts';

const ZONES = [
  'America/Chicago',
  'America/Phoenix',
  'America/Havana',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'UTC',
];
const anyDate = fc.integer({ min: 0, max: 20_000 }).map(days => addDays('2000-01-01', days));
const anyZone = fc.constantFrom(...ZONES);
const hours = (day: { startEpochSeconds: number; endEpochSeconds: number }) =>
  (day.endEpochSeconds - day.startEpochSeconds) / 3600;

describe('localDay', () => {
  // Clock changes as published in the IANA time zone database.
  it.each([
    ['2026-03-08', 'America/Chicago', 23],
    ['2026-11-01', 'America/Chicago', 25],
    ['2026-03-29', 'Europe/Berlin', 23],
    ['2026-04-05', 'Australia/Lord_Howe', 24.5],
    ['2026-03-08', 'America/Phoenix', 24],
  ])('%s in %s has %d hours', (date, zone, expected) => {
    expect(hours(localDay(date, zone))).toBe(expected);
  });

  it('has 92, 96 or 100 quarter-hours where clocks shift by an hour', () => {
    const counts = ['2026-03-08', '2026-06-01', '2026-11-01'].map(date => {
      const day = localDay(date, 'America/Chicago');
      const grid = { start: day.startEpochSeconds, stepSeconds: 900, timeZone: 'America/Chicago' };
      const [first] = gridDays({ ...grid, count: (day.endEpochSeconds - day.startEpochSeconds) / 900 });
      return first?.count;
    });
    expect(counts).toEqual([92, 96, 100]);
  });

  it('refuses a zone and a date that do not exist', () => {
    expect(isTimeZone('Mars/Olympus')).toBe(false);
    expect(() => localDay('2026-02-30', 'UTC')).toThrow(RangeError);
    expect(() => localDay('2026-02-01', 'Mars/Olympus')).toThrow(RangeError);
  });

  it('tiles time: a day ends where the next one starts', () => {
    fc.assert(
      fc.property(anyDate, anyZone, (date, zone) => {
        const day = localDay(date, zone);
        expect(localDay(addDays(date, 1), zone).startEpochSeconds).toBe(day.endEpochSeconds);
        expect(localDateOf(day.startEpochSeconds, zone)).toBe(date);
        expect(localDateOf(day.endEpochSeconds - 1, zone)).toBe(date);
        expect(day.weekday).toBe(weekdayOf(date));
      }),
    );
  });
});

describe('wall clock', () => {
  it('resolves to the instants that show it, on every kind of day', () => {
    fc.assert(
      fc.property(anyDate, anyZone, fc.integer({ min: 0, max: 1439 }), (date, zone, minute) => {
        const day = localDay(date, zone);
        const result = resolveWallClock(day, minute * 60);
        const instants =
          result.kind === 'unique'
            ? [result.epochSeconds]
            : result.kind === 'doubled'
              ? [result.earlierEpochSeconds, result.laterEpochSeconds]
              : [];
        for (const at of instants) expect(wallClockSeconds(day, at)).toBe(minute * 60);
        if (day.shifts.length === 0) expect(result.kind).toBe('unique');
      }),
    );
  });

  it('knows the doubled and the missing hour', () => {
    const autumn = resolveWallClock(localDay('2026-11-01', 'America/Chicago'), 90 * 60);
    const spring = resolveWallClock(localDay('2026-03-08', 'America/Chicago'), 150 * 60);
    expect([autumn.kind, spring.kind]).toEqual(['doubled', 'missing']);
  });

  it('begins a day whose midnight is skipped at the first minute that exists', () => {
    // Cuba set its clocks from 00:00 to 01:00 on 2022-03-13 (IANA time zone database).
    const day = localDay('2022-03-13', 'America/Havana');
    expect(hours(day)).toBe(23);
    expect(wallClockSeconds(day, day.startEpochSeconds)).toBe(3600);
    expect(resolveWallClock(day, 0)).toEqual({ kind: 'missing', nextEpochSeconds: day.startEpochSeconds });
    expect(resolveWallClock(day, 9 * 3600)).toEqual({
      kind: 'unique',
      epochSeconds: day.startEpochSeconds + 8 * 3600,
    });
  });

  it('repeats the slots of the doubled hour', () => {
    const day = localDay('2026-11-01', 'America/Chicago');
    const grid = { start: day.startEpochSeconds, stepSeconds: 1800, timeZone: 'America/Chicago', count: 50 };
    const [first] = gridDays(grid);
    expect(first && [...wallSlots(grid, first).slice(0, 8)]).toEqual([0, 1, 2, 3, 2, 3, 4, 5]);
  });
});

describe('gridDays', () => {
  it('covers every interval exactly once, wherever the grid starts', () => {
    const step = fc.constantFrom(300, 900, 1800, 3600);
    fc.assert(
      fc.property(
        anyDate,
        anyZone,
        step,
        fc.nat({ max: 400 }),
        fc.nat({ max: 95 }),
        (date, zone, stepSeconds, count, offset) => {
          const start = localDay(date, zone).startEpochSeconds + offset * stepSeconds;
          let next = 0;
          for (const day of gridDays({ start, stepSeconds, timeZone: zone, count })) {
            expect(day.firstIndex).toBe(next);
            next += day.count;
          }
          expect(next).toBe(count);
        },
      ),
    );
  });

  it('refuses a step that does not divide the hour', () => {
    expect(() => gridDays({ start: 0, stepSeconds: 700, timeZone: 'UTC', count: 5 })).toThrow(
      'interval length must divide the hour',
    );
  });
});

describe('openMask', () => {
  const weekdays: OpeningHours = {
    weekly: Array.from({ length: 7 }, (_, i) => (i < 5 ? [{ startMinute: 480, endMinute: 1020 }] : [])),
  };
  const week = (date: string) => {
    const start = localDay(date, 'America/Chicago').startEpochSeconds;
    const end = localDay(addDays(date, 7), 'America/Chicago').startEpochSeconds;
    return { start, stepSeconds: 900, timeZone: 'America/Chicago', count: (end - start) / 900 };
  };
  const openCount = (mask: Uint8Array) => mask.reduce((sum, open) => sum + open, 0);

  it('follows the wall clock through a clock change', () => {
    expect(openCount(openMask(week('2026-03-02'), weekdays))).toBe(5 * 36);
    expect(openCount(openMask(week('2026-03-09'), weekdays))).toBe(5 * 36);
  });

  it('lets a special day close or shorten the day', () => {
    const special = [
      { date: '2026-12-25', name: 'Christmas Day', kind: 'holiday' as const, hours: [] },
      {
        date: '2026-12-24',
        name: 'Christmas Eve',
        kind: 'holiday' as const,
        hours: [{ startMinute: 480, endMinute: 720 }],
      },
    ];
    expect(openCount(openMask(week('2026-12-21'), weekdays, special))).toBe(3 * 36 + 16);
  });
});

describe('date arithmetic', () => {
  it('inverts itself', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -5000, max: 5000 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days);
      }),
    );
  });
});
