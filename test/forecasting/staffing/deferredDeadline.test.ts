import { describe, expect, it } from 'vitest';
import { type BusinessCalendar, deadlineOf, deferredSlot } from '../../../forecasting/index.ts';

describe('deadlines', () => {
  const calendar: BusinessCalendar = Object.freeze({
    timeZone: 'America/Chicago',
    hours: {
      weekly: [1, 2, 3, 4, 5, 6, 7].map(day => (day <= 5 ? [{ startMinute: 480, endMinute: 1020 }] : [])),
    },
    specialDays: [{ date: '2026-05-25', name: 'Memorial Day', kind: 'holiday' as const, hours: [] }],
  });
  const at = (text: string) => Date.parse(text) / 1000;

  it('by the clock', () => {
    expect(deadlineOf(at('2026-05-22T16:50:00-05:00'), { kind: 'minutes', minutes: 30 }, calendar)).toBe(
      at('2026-05-22T17:20:00-05:00'),
    );
  });

  it('in business time: 30 minutes at 16:50 on a Friday before a holiday end at 08:20 on Tuesday', () => {
    expect(
      deadlineOf(at('2026-05-22T16:50:00-05:00'), { kind: 'businessMinutes', minutes: 30 }, calendar),
    ).toBe(at('2026-05-26T08:20:00-05:00'));
    expect(
      deadlineOf(at('2026-05-23T11:00:00-05:00'), { kind: 'businessMinutes', minutes: 30 }, calendar),
    ).toBe(at('2026-05-26T08:30:00-05:00'));
  });

  it('in business days: two after a Friday discharge, over a weekend and a holiday, is Wednesday at closing', () => {
    expect(deadlineOf(at('2026-05-22T10:00:00-05:00'), { kind: 'businessDays', days: 2 }, calendar)).toBe(
      at('2026-05-27T17:00:00-05:00'),
    );
    expect(deadlineOf(at('2026-05-22T18:00:00-05:00'), { kind: 'businessDays', days: 0 }, calendar)).toBe(
      at('2026-05-26T17:00:00-05:00'),
    );
  });

  it('over a clock change keeps the wall clock', () => {
    const march = deadlineOf(at('2026-03-06T10:00:00-06:00'), { kind: 'businessDays', days: 1 }, calendar);
    expect(march).toBe(at('2026-03-09T17:00:00-05:00'));
  });

  it('become intervals that end by the deadline', () => {
    const grid = { start: 0, stepSeconds: 900 };
    expect(deferredSlot(100, 1900, grid)).toEqual({ arrival: 0, due: 1 });
    expect(deferredSlot(100, 1800, grid)).toEqual({ arrival: 0, due: 1 });
    expect(deferredSlot(100, 800, grid).due).toBe(-1);
  });

  it('refuse a calendar that never opens', () => {
    const closed = { ...calendar, hours: { weekly: [] } };
    expect(() => deadlineOf(0, { kind: 'businessDays', days: 1 }, closed)).toThrow(/^rule\.days /);
    expect(() => deadlineOf(0, { kind: 'businessMinutes', minutes: 0 }, calendar)).toThrow(/^rule\.minutes /);
  });
});
