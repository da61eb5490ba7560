import type { RuleCases, ShiftSketch } from './ruleCase.ts';

/** Eight hours from 06:00 on each of the days. */
function early(...days: readonly number[]): readonly ShiftSketch[] {
  return days.map(day => ({ day, at: 6, hours: 8 }));
}

/** Satisfied, violated and boundary cases of every rule; expected amounts are worked out by hand. */
export const RULE_CASES: Readonly<Record<string, RuleCases>> = {
  minimumRest: {
    satisfied: [{ parameters: { hours: 11 }, shifts: early(0, 1, 2), amount: 0 }],
    violated: [
      // 14:00 → 00:00 next day is 10 h: one hour short.
      {
        parameters: { hours: 11 },
        shifts: [...early(0), { day: 1, at: 0, hours: 8, type: 'night' }],
        amount: 60,
      },
      // The shift before the horizon counts: Sunday 22:00 end, Monday 06:00 start, 3 h short.
      { parameters: { hours: 11 }, shifts: [{ day: -1, at: 14, hours: 8 }, ...early(0)], amount: 180 },
    ],
    boundary: [{ parameters: { hours: 11 }, shifts: [...early(0), { day: 1, at: 1, hours: 8 }], amount: 0 }],
  },
  oneShiftPerDay: {
    satisfied: [{ parameters: { shifts: 1 }, shifts: early(0, 1), amount: 0 }],
    violated: [
      {
        parameters: { shifts: 1 },
        shifts: [...early(0), { day: 0, at: 15, hours: 3 }, { day: 0, at: 20, hours: 2 }],
        amount: 2,
      },
    ],
    boundary: [{ parameters: { shifts: 2 }, shifts: [...early(0), { day: 0, at: 15, hours: 3 }], amount: 0 }],
  },
  availability: {
    satisfied: [{ shifts: early(0), agent: { timeOff: [] }, amount: 0 }],
    violated: [
      // Available 08:00–16:00 on Mondays: 06:00–08:00 is outside.
      {
        shifts: early(0),
        agent: { availability: [{ weekday: 0, startMinute: 480, endMinute: 960 }] },
        amount: 120,
      },
      // Two overlapping absences cover 10:00–14:00 together: four hours, not five.
      {
        shifts: early(0),
        agent: {
          timeOff: [
            { start: 1_777_881_600, end: 1_777_892_400 },
            { start: 1_777_888_800, end: 1_777_899_600 },
          ],
        },
        amount: 240,
      },
    ],
    boundary: [
      {
        shifts: early(0),
        agent: { availability: [{ weekday: 0, startMinute: 360, endMinute: 840 }] },
        amount: 0,
      },
    ],
  },
  contractHours: {
    satisfied: [{ shifts: early(0, 1, 2), days: 7, amount: 0 }],
    violated: [
      // 8 h where 16 are the minimum, 40 h where 32 are the maximum.
      { shifts: early(0), days: 7, amount: 480 },
      { shifts: early(0, 1, 2, 3, 4), days: 7, amount: 480 },
    ],
    boundary: [
      { shifts: early(0, 1), days: 7, amount: 0 },
      { shifts: early(0, 1, 2, 3), days: 7, amount: 0 },
      // Eight hours of paid leave count.
      {
        shifts: early(0),
        days: 7,
        agent: { timeOff: [{ start: 1_777_932_000, end: 1_778_018_400, paidMinutes: 480 }] },
        amount: 0,
      },
    ],
  },
  maximumDailyHours: {
    satisfied: [{ parameters: { hours: 10 }, shifts: early(0), amount: 0 }],
    violated: [{ parameters: { hours: 10 }, shifts: [{ day: 0, at: 6, hours: 11 }], amount: 60 }],
    boundary: [
      {
        parameters: { hours: 10 },
        shifts: [{ day: 0, at: 6, hours: 10.5, breaks: [[4, 30]] }],
        amount: 0,
      },
    ],
  },
  minimumDailyHours: {
    satisfied: [{ parameters: { hours: 4 }, shifts: early(0), amount: 0 }],
    violated: [{ parameters: { hours: 4 }, shifts: [{ day: 0, at: 6, hours: 3 }], amount: 60 }],
    boundary: [{ parameters: { hours: 4 }, shifts: [{ day: 0, at: 6, hours: 4 }], amount: 0 }],
  },
  maximumWeeklyHours: {
    satisfied: [{ parameters: { hours: 48 }, shifts: early(0, 1), amount: 0 }],
    violated: [{ parameters: { hours: 20 }, shifts: early(0, 1, 2, 7, 8), amount: 240 }],
    boundary: [{ parameters: { hours: 24 }, shifts: early(0, 1, 2), amount: 0 }],
  },
  minimumWeeklyHours: {
    satisfied: [{ parameters: { hours: 8 }, shifts: early(0, 1), days: 7, amount: 0 }],
    violated: [{ parameters: { hours: 20 }, shifts: early(0, 1), days: 7, amount: 240 }],
    // Three and a half of seven days make half the hours due: 10 of 20 h; here 4 days of 7, 8 of 14 h.
    boundary: [{ parameters: { hours: 14 }, shifts: early(0), days: 4, amount: 0 }],
  },
  maximumPeriodHours: {
    satisfied: [{ parameters: { hours: 80, weeks: 2 }, shifts: early(0, 1, 7), amount: 0 }],
    violated: [
      // Week before + week 1: 32 h of 24 allowed; week 1 + week 2: 24 h, within.
      { parameters: { hours: 24, weeks: 2 }, shifts: early(-4, -3, 0, 1, 7), amount: 480 },
    ],
    boundary: [{ parameters: { hours: 24, weeks: 2 }, shifts: early(-4, 0, 1), amount: 0 }],
  },
  minimumPeriodHours: {
    satisfied: [{ parameters: { hours: 16, weeks: 2 }, shifts: early(0, 1, 7), amount: 0 }],
    violated: [
      { parameters: { hours: 20, weeks: 2 }, shifts: early(-3, 0, 7), days: 14, amount: 240 + 240 },
      // Ten of fourteen days owe 10 h of 14 h.
      { parameters: { hours: 14, weeks: 2 }, shifts: early(0), days: 10, amount: 120 },
    ],
    boundary: [
      { parameters: { hours: 16, weeks: 2 }, shifts: early(-3, 0, 7), amount: 0 },
      { parameters: { hours: 11.2, weeks: 2 }, shifts: early(0), days: 10, amount: 0 },
    ],
  },
  maximumConsecutiveDays: {
    satisfied: [{ parameters: { days: 5 }, shifts: early(0, 1, 2, 4, 5), amount: 0 }],
    violated: [
      { parameters: { days: 3 }, shifts: early(0, 1, 2, 3, 4), amount: 2 },
      // Two days before the horizon and two in it.
      { parameters: { days: 3 }, shifts: early(-2, -1, 0, 1), amount: 1 },
    ],
    boundary: [{ parameters: { days: 3 }, shifts: early(-1, 0, 1, 3, 4, 5), amount: 0 }],
  },
  minimumConsecutiveDays: {
    satisfied: [{ parameters: { days: 2 }, shifts: early(1, 2, 3, 6, 7, 8), amount: 0 }],
    violated: [{ parameters: { days: 3 }, shifts: early(1, 4, 5), amount: 2 + 1 }],
    // A run cut off by the horizon's end is not judged.
    boundary: [{ parameters: { days: 2 }, shifts: early(1, 2, 13), amount: 0 }],
  },
  minimumConsecutiveDaysOff: {
    satisfied: [{ parameters: { days: 2 }, shifts: early(0, 1, 2, 6, 7), amount: 0 }],
    violated: [{ parameters: { days: 2 }, shifts: early(0, 2, 4), amount: 2 }],
    boundary: [{ parameters: { days: 2 }, shifts: early(0, 3, 4, 7), amount: 0 }],
  },
  maximumConsecutiveDaysOff: {
    satisfied: [{ parameters: { days: 3 }, shifts: early(0, 2, 4), amount: 0 }],
    violated: [{ parameters: { days: 3 }, shifts: early(0, 6), amount: 2 }],
    boundary: [{ parameters: { days: 3 }, shifts: early(0, 4, 8), amount: 0 }],
  },
  minimumDaysOffPerWeek: {
    satisfied: [{ parameters: { days: 2 }, shifts: early(0, 1, 2), amount: 0 }],
    violated: [{ parameters: { days: 2 }, shifts: early(0, 1, 2, 3, 4, 5, 7), amount: 1 }],
    boundary: [{ parameters: { days: 2 }, shifts: early(0, 1, 2, 3, 4), amount: 0 }],
  },
  maximumWeekends: {
    satisfied: [{ parameters: { weekends: 1, weeks: 2 }, shifts: early(5, 6), amount: 0 }],
    violated: [
      { parameters: { weekends: 1, weeks: 2 }, shifts: early(5, 13), amount: 1 },
      { parameters: { weekends: 1, weeks: 2 }, shifts: early(-1, 6), amount: 1 },
    ],
    boundary: [{ parameters: { weekends: 1, weeks: 1 }, shifts: early(5, 6, 12, 13), amount: 0 }],
  },
  completeWeekends: {
    satisfied: [{ shifts: early(5, 6), amount: 0 }],
    violated: [{ shifts: early(5, 13), amount: 2 }],
    boundary: [{ shifts: early(4, 7), amount: 0 }],
  },
  forbiddenSuccession: {
    satisfied: [
      {
        parameters: { pairs: ['late>early'] },
        shifts: [...early(0), { day: 1, at: 14, hours: 8, type: 'late' }],
        amount: 0,
      },
    ],
    violated: [
      {
        parameters: { pairs: ['late>early'] },
        shifts: [{ day: 0, at: 14, hours: 8, type: 'late' }, ...early(1)],
        amount: 1,
      },
    ],
    // A free day in between ends the succession.
    boundary: [
      {
        parameters: { pairs: ['late>early'] },
        shifts: [{ day: 0, at: 14, hours: 8, type: 'late' }, ...early(2)],
        amount: 0,
      },
    ],
  },
  weeklyRotation: {
    satisfied: [
      {
        parameters: { sequence: ['early', 'late'] },
        shifts: [...early(0, 1), { day: 7, at: 14, hours: 8, type: 'late' }],
        amount: 0,
      },
    ],
    violated: [
      { parameters: { sequence: ['early', 'late'] }, shifts: early(0, 7, 8), amount: 2 },
      // The week before was early, so this one is late.
      { parameters: { sequence: ['early', 'late'] }, shifts: early(-3, 0), amount: 1 },
    ],
    boundary: [
      {
        parameters: { sequence: ['early', 'late', 'night'] },
        shifts: [...early(-13), { day: 0, at: 22, hours: 8, type: 'night' }],
        amount: 0,
      },
    ],
  },
  startTimeConsistency: {
    satisfied: [{ parameters: { minutes: 60 }, shifts: early(0, 1), amount: 0 }],
    violated: [
      { parameters: { minutes: 60 }, shifts: [...early(0), { day: 1, at: 8, hours: 8 }], amount: 60 },
    ],
    boundary: [
      { parameters: { minutes: 60 }, shifts: [...early(0), { day: 1, at: 7, hours: 8 }], amount: 0 },
      // 23:45 and 00:15 are half an hour apart: the clock is a circle.
      {
        parameters: { minutes: 30 },
        shifts: [
          { day: 0, at: 23.75, hours: 0.25 },
          { day: 1, at: 0.25, hours: 8 },
        ],
        amount: 0,
      },
    ],
  },
  maximumShiftsOfType: {
    satisfied: [{ parameters: { type: 'early', shifts: 3 }, shifts: early(0, 1), amount: 0 }],
    violated: [{ parameters: { type: 'early', shifts: 1 }, shifts: early(0, 1, 2, 7), amount: 2 }],
    boundary: [{ parameters: { type: 'early', shifts: 2 }, shifts: early(5, 6, 7, 8), amount: 0 }],
  },
  fixedAssignment: {
    satisfied: [{ parameters: { on: 'Monday', type: '' }, shifts: early(0, 7), amount: 0 }],
    violated: [
      { parameters: { on: 'Monday', type: '' }, shifts: early(0, 1), amount: 1 },
      { parameters: { on: '2026-05-05', type: 'late' }, shifts: early(1), amount: 1 },
    ],
    boundary: [{ parameters: { on: '2026-05-17', type: 'early' }, shifts: early(13), amount: 0 }],
  },
  forbiddenAssignment: {
    satisfied: [{ parameters: { on: 'Sunday', type: '' }, shifts: early(0, 1), amount: 0 }],
    violated: [
      { parameters: { on: 'Sunday', type: '' }, shifts: early(6, 13), amount: 2 },
      { parameters: { on: '', type: 'early' }, shifts: early(0), amount: 1 },
    ],
    boundary: [{ parameters: { on: 'Sunday', type: 'night' }, shifts: early(6), amount: 0 }],
  },
  holidaysInTurn: {
    satisfied: [{ parameters: { lead: 1 }, shifts: early(0), holidays: ['2026-05-05'], amount: 0 }],
    violated: [
      { parameters: { lead: 1 }, shifts: early(0, 1), holidays: ['2026-05-04', '2026-05-05'], amount: 1 },
    ],
    boundary: [
      {
        parameters: { lead: 1 },
        shifts: early(0),
        holidays: ['2026-05-04'],
        colleagueHolidays: 0,
        amount: 0,
      },
    ],
  },
  breakLaw: {
    satisfied: [
      {
        parameters: { maxStretchMinutes: 360, minBreakMinutes: 15, overMinutes: 360, dueMinutes: 30 },
        shifts: [{ day: 0, at: 6, hours: 8, breaks: [[4, 30]] }],
        amount: 0,
      },
    ],
    violated: [
      // Eight hours on end: two beyond six, and half an hour of breaks missing.
      {
        parameters: { maxStretchMinutes: 360, minBreakMinutes: 15, overMinutes: 360, dueMinutes: 30 },
        shifts: early(0),
        amount: 120 + 30,
      },
    ],
    boundary: [
      {
        parameters: { maxStretchMinutes: 360, minBreakMinutes: 15, overMinutes: 360, dueMinutes: 30 },
        shifts: [
          { day: 0, at: 6, hours: 6 },
          { day: 1, at: 6, hours: 9, breaks: [[6, 30]] },
        ],
        amount: 0,
      },
    ],
  },
  minimumCover: {
    satisfied: [
      {
        parameters: { skill: 'nurse', level: 0, agents: 1, fromMinute: 480, toMinute: 600 },
        shifts: early(0, 1),
        days: 2,
        amount: 0,
      },
    ],
    violated: [
      // 08:00–16:00 wanted, 06:00–14:00 worked: two hours missing on each of two days.
      {
        parameters: { skill: 'nurse', level: 0, agents: 1, fromMinute: 480, toMinute: 960 },
        shifts: early(0, 1),
        days: 2,
        amount: 240,
      },
      // The level is out of reach: the whole window is missing.
      {
        parameters: { skill: 'nurse', level: 4, agents: 1, fromMinute: 480, toMinute: 600 },
        shifts: early(0),
        days: 1,
        amount: 120,
      },
    ],
    boundary: [
      {
        parameters: { skill: 'nurse', level: 3, agents: 1, fromMinute: 360, toMinute: 840 },
        shifts: early(0),
        days: 1,
        amount: 0,
      },
    ],
  },
};
