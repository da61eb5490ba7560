import { describe, expect, it } from 'vitest';
import type { Agent } from '../../../api/contract/people.ts';
import { availabilityText, readWeek, weekDraftOf } from '../../../web/feature/people/weeklyAvailability.ts';
import { readHours, readHoursPastMidnight } from '../../../web/lib/openingHours.ts';

const WORDS = {
  anyTime: 'any time',
  allDay: 'all day',
  weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
};
const WINDOWS: Agent['availability'] = [
  { weekday: 0, startMinute: 480, endMinute: 1020 },
  { weekday: 1, startMinute: 480, endMinute: 1020 },
  { weekday: 3, startMinute: 0, endMinute: 1440 },
  { weekday: 4, startMinute: 360, endMinute: 600 },
  { weekday: 4, startMinute: 1320, endMinute: 1800 },
];

describe('weekly availability', () => {
  it('comes out of the form as it went in: split days, whole days, nights and days off', () => {
    const week = weekDraftOf(WINDOWS);
    expect(week.map(({ choice }) => choice)).toEqual([
      'hours',
      'hours',
      'none',
      'all',
      'hours',
      'none',
      'none',
    ]);
    expect(week[4]?.text).toBe('06:00-10:00, 22:00-06:00');
    expect(readWeek(week)).toEqual(WINDOWS);
  });

  it('has no windows for any time, and refuses no time at all and hours that cannot be read', () => {
    const always = weekDraftOf([]);
    expect(readWeek(always)).toEqual([]);
    expect(readWeek(always.map(day => ({ ...day, choice: 'none' as const })))).toBeNull();
    for (const text of ['', 'mornings', '08:00']) {
      expect(readWeek(always.map(day => ({ ...day, choice: 'hours' as const, text })))).toBeNull();
    }
  });

  it('is told with days that are alike together', () => {
    expect(availabilityText([], WORDS)).toBe('any time');
    expect(availabilityText(WINDOWS, WORDS)).toBe(
      'Mon–Tue 08:00-17:00; Thu all day; Fri 06:00-10:00, 22:00-06:00',
    );
  });

  it('runs past midnight for people, never for opening hours', () => {
    expect(readHoursPastMidnight('22-6')).toEqual([{ startMinute: 1320, endMinute: 1800 }]);
    expect(readHours('22-6')).toBeNull();
    expect(readHours('08:00-12:00, 13-24')).toEqual([
      { startMinute: 480, endMinute: 720 },
      { startMinute: 780, endMinute: 1440 },
    ]);
  });
});
