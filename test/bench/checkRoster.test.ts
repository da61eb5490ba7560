import { describe, expect, it } from 'vitest';
import { checkRoster } from './schedule/checkRoster.ts';

const INSTANCE = `SECTION_HORIZON
14
SECTION_SHIFTS
E,480,
L,480,E
SECTION_STAFF
A,E=6|L=2,3840,1920,4,2,2,1
SECTION_DAYS_OFF
A,0
SECTION_SHIFT_ON_REQUESTS
A,1,E,3
SECTION_SHIFT_OFF_REQUESTS
A,2,E,4
SECTION_COVER
1,E,2,100,1
2,E,0,100,1
`;

const check = (days: string) => checkRoster(INSTANCE, `employee,0\nA,${days.split(' ').join(',')}\n`);
const KEPT = 'OFF E E L L OFF OFF OFF E E OFF OFF OFF OFF';

describe('the independent checker of rosters', () => {
  it('finds nothing wrong in a roster that keeps the rules', () => {
    // Day 1 is one E short (100); day 2 one E too many (1) and unwished (4).
    expect(check(KEPT)).toEqual({ objective: 105, violations: [] });
  });

  it.each([
    ['a day off worked', 'E E E OFF OFF OFF OFF OFF E E OFF OFF OFF OFF', /day off 0/],
    ['a forbidden succession', 'OFF E L E OFF OFF OFF OFF E E OFF OFF OFF OFF', /L then E on day 3/],
    ['too many of a type', 'OFF L L OFF OFF OFF OFF OFF L L OFF OFF OFF OFF', /4 shifts L, most 2/],
    ['too few minutes', 'OFF E E OFF OFF OFF OFF OFF OFF OFF OFF OFF OFF OFF', /960 minutes, least 1920/],
    ['too many minutes', 'OFF E E E E OFF OFF E E L L OFF OFF E', /minutes, most 3840/],
    [
      'too long a run',
      'OFF E E E E E OFF OFF OFF OFF OFF OFF OFF OFF',
      /5 shifts in a row from day 1, most 4/,
    ],
    [
      'too short a run',
      'OFF E E L OFF OFF E OFF OFF OFF OFF OFF OFF OFF',
      /1 shifts in a row from day 6, least 2/,
    ],
    ['too few days off', 'OFF E E OFF E E OFF OFF OFF OFF OFF OFF OFF OFF', /1 days off from day 3, least 2/],
    ['too many weekends', 'OFF OFF OFF OFF E E OFF OFF OFF OFF OFF E E OFF', /2 weekends, most 1/],
    ['an unknown shift', `${KEPT.slice(0, -3)}X`, /unknown shift X/],
    ['a day missing', KEPT.slice(0, -4), /13 days instead of 14/],
  ])('finds %s', (_, days, expected) => {
    expect(check(days).violations.join('; ')).toMatch(expected);
  });
});
