import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { readDateTime, readTimeOfDay } from '../../../data/import/value/dateTime.ts';
import { readDuration } from '../../../data/import/value/duration.ts';
import { readNumber, readShare } from '../../../data/import/value/number.ts';
import { ZoneClock } from '../../../data/import/zoneClock.ts';

const two = (value: number) => String(value).padStart(2, '0');
const moment = fc.integer({ min: 0, max: Date.UTC(2199, 11, 31) / 60_000 }).map(minutes => minutes * 60);

describe('readDateTime', () => {
  it('reads back every way of writing a minute', () => {
    fc.assert(
      fc.property(moment, seconds => {
        const at = new Date(seconds * 1000);
        const [y, m, d] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
        const [hour, minute] = [at.getUTCHours(), at.getUTCMinutes()];
        const half = `${hour % 12 === 0 ? 12 : hour % 12}:${two(minute)} ${hour < 12 ? 'AM' : 'PM'}`;
        const month = at.toLocaleString('en', { month: 'short', timeZone: 'UTC' });
        const iso = at.toISOString();
        const written = { seconds, absolute: false };
        expect(readDateTime(`${iso.slice(0, 10)} ${iso.slice(11, 16)}`, 'monthFirst', 'text')).toEqual(
          written,
        );
        expect(readDateTime(`${y}/${m}/${d} ${hour}:${two(minute)}`, 'monthFirst', 'text')).toEqual(written);
        expect(readDateTime(`${d}.${m}.${y} ${two(hour)}:${two(minute)}`, 'dayFirst', 'text')).toEqual(
          written,
        );
        expect(readDateTime(`${m}/${d}/${y} ${half}`, 'monthFirst', 'text')).toEqual(written);
        expect(readDateTime(`${d}-${month}-${y} ${hour}:${two(minute)}`, 'monthFirst', 'text')).toEqual(
          written,
        );
        expect(readDateTime(`${month} ${d}, ${y} ${half}`, 'monthFirst', 'text')).toEqual(written);
        expect(
          readDateTime(
            `${iso.slice(0, 10).replaceAll('-', '')} ${two(hour)}:${two(minute)}`,
            'monthFirst',
            'text',
          ),
        ).toEqual(written);
        expect(readDateTime(String(seconds / 86_400 + 25_569), 'monthFirst', 'excel')).toEqual(written);
        expect(readDateTime(iso, 'monthFirst', 'text')).toEqual({ seconds, absolute: true });
        const offset = new Date((seconds - 18_000) * 1000).toISOString().slice(0, 16);
        if (seconds >= 18_000) {
          expect(readDateTime(`${offset}:00-05:00`, 'monthFirst', 'text')).toEqual({
            seconds,
            absolute: true,
          });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never takes a day that does not exist for another', () => {
    for (const text of [
      '2025-02-29 09:00',
      '2026-13-01 09:00',
      '2026-04-31 09:00',
      '2026-01-01 24:30',
      '2026-01-01 09:60',
      '0/5/2026 09:00',
      '',
      'today',
      '2026',
    ]) {
      expect(readDateTime(text, 'monthFirst', 'text')).toBeUndefined();
    }
    expect(readDateTime('2024-02-29 09:00', 'monthFirst', 'text')).toBeDefined();
  });

  it('answers any text with a moment or nothing', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 30 }),
        fc.constantFrom('yearFirst', 'dayFirst', 'monthFirst'),
        (text, order) => {
          const found = readDateTime(text, order, 'text');
          if (found) expect(Number.isFinite(found.seconds)).toBe(true);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('readTimeOfDay', () => {
  it.each([
    ['9:15', 33_300],
    ['09:15:30', 33_330],
    ['0915', 33_300],
    ['915', 33_300],
    ['9:15 PM', 76_500],
    ['12:00 am', 0],
    ['12:30 PM', 45_000],
    ['24:00', 86_400],
    ['09:15 - 09:30', 33_300],
    ['9:15 AM - 9:30 AM', 33_300],
    ['0.375', 32_400],
  ])('reads %s', (text, seconds) => {
    expect(readTimeOfDay(text)).toBe(seconds);
  });

  it.each(['25:00', '9:75', '13:00 PM', 'noon', ''])('refuses %s', text => {
    expect(readTimeOfDay(text)).toBeUndefined();
  });
});

describe('readNumber', () => {
  it('reads back any number in either style, with and without groups', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
        const value = Number(`${whole}.${two(cents)}`);
        const grouped = (separator: string) => String(whole).replace(/\B(?=(\d{3})+$)/g, separator);
        expect(readNumber(`${whole}.${two(cents)}`, '.')).toBe(value);
        expect(readNumber(`${whole},${two(cents)}`, ',')).toBe(value);
        expect(readNumber(`${grouped(',')}.${two(cents)}`, '.')).toBe(value);
        expect(readNumber(`${grouped('.')},${two(cents)}`, ',')).toBe(value);
        expect(readNumber(` ${grouped("'")}.${two(cents)} `, '.')).toBe(value);
      }),
      { numRuns: 500 },
    );
  });

  it('tells nothing from zero and words from both', () => {
    for (const blank of ['', ' ', '-', '--', 'N/A', 'null', '#N/A'])
      expect(readNumber(blank, '.')).toBeNull();
    expect(readNumber('0', '.')).toBe(0);
    expect(readNumber('(12)', '.')).toBe(-12);
    for (const word of ['x', '1,2,3', '1 2', '12a', '0x10', 'Infinity', '1e999', '1.2.3'])
      expect(readNumber(word, '.')).toBeNaN();
  });

  it('reads a share by its sign or its unit', () => {
    expect(readShare('82 %', '.', 'fraction')).toBeCloseTo(0.82, 12);
    expect(readShare('82', '.', 'percent')).toBeCloseTo(0.82, 12);
    expect(readShare('0,82', ',', 'fraction')).toBeCloseTo(0.82, 12);
  });
});

describe('readDuration', () => {
  it.each([
    ['185', 'seconds', 185],
    ['3:05', 'seconds', 185],
    ['0:03:05', 'seconds', 185],
    ['1.00:03:05', 'seconds', 86_585],
    ['25:00:00', 'seconds', 90_000],
    ['0:03:05.5', 'seconds', 185.5],
    ['185000', 'milliseconds', 185],
    ['1.5', 'minutes', 90],
    ['0.5', 'days', 43_200],
    ['90:30', 'seconds', 5430],
  ] as const)('reads %s in %s', (text, unit, seconds) => {
    expect(readDuration(text, unit, '.')).toBeCloseTo(seconds, 9);
  });

  it.each(['3:99', '1:99:00', 'a:b', ':', '3:5'])('refuses %s', text => {
    expect(readDuration(text, 'seconds', '.')).toBeNaN();
  });
});

describe('ZoneClock', () => {
  const zones = [
    'America/New_York',
    'Europe/Berlin',
    'Australia/Lord_Howe',
    'America/Phoenix',
    'America/Havana',
    'Asia/Kolkata',
  ];

  it('agrees with Temporal in every zone, also where an hour is doubled or missing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2015, 0, 1) / 900_000, max: Date.UTC(2030, 0, 1) / 900_000 }),
        (zone, quarter) => {
          const wall = quarter * 900;
          const plain = Temporal.PlainDateTime.from(new Date(wall * 1000).toISOString().slice(0, 19));
          const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
          const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
          const exists = earlier.toPlainDateTime().equals(plain);
          const found = new ZoneClock(zone).resolve(wall);
          if (!exists) expect(found).toBeUndefined();
          else
            expect(found).toEqual({
              earlier: earlier.epochMilliseconds / 1000,
              later: later.epochMilliseconds / 1000,
            });
        },
      ),
      { numRuns: 1000 },
    );
  });
});
