import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  demandOfMonths,
  type MonthDemandInput,
  serviceLevelOfMonth,
  typicalWeek,
} from '../../../forecasting/index.ts';

/** Hourly, Monday to Friday 08:00–18:00, forty contacts an hour. */
const week = {
  stepSeconds: 3600,
  offered: Array.from({ length: 168 }, (_, i) => (i < 120 && i % 24 >= 8 && i % 24 < 18 ? 40 : 0)),
};
const input: MonthDemandInput = Object.freeze({
  week,
  monthlyOffered: [8700, 8700, 10_000],
  ahtSeconds: 300,
  patienceSeconds: 180,
  goals: { serviceLevel: { target: 0.8, answerWithinSeconds: 30, definition: 'offered' as const } },
  shrinkage: 0.3,
  hoursPerWeek: 40,
});

describe('demandOfMonths', () => {
  it('needs more people for more contacts, and the same for the same', () => {
    const [a, b, c] = demandOfMonths(input);
    expect(a).toEqual(b);
    expect(c?.requiredFte).toBeGreaterThan(a?.requiredFte ?? 0);
  });

  it('divides agent-hours by the hours that an FTE is there', () => {
    const [month] = demandOfMonths(input);
    expect(month?.requiredFte).toBeCloseTo((month?.agentHoursPerWeek ?? 0) / 28, 9);
  });

  it('meets the goal with the people needed, and misses it with fewer', () => {
    const [month] = demandOfMonths(input);
    if (!month) throw new Error('no month');
    expect(serviceLevelOfMonth(input, month, month.requiredFte)).toBeGreaterThanOrEqual(0.8);
    expect(serviceLevelOfMonth(input, month, month.requiredFte * 0.8)).toBeLessThan(0.8);
  });

  it('takes deferred work as hours of work, filled to nine tenths', () => {
    const goals = {
      serviceLevel: { target: 0.9, answerWithinSeconds: 4 * 3600, definition: 'offered' as const },
    };
    const mail = { ...input, goals, isDeferred: true };
    const [month] = demandOfMonths(mail);
    if (!month) throw new Error('no month');
    // 8700 a month of 30.4375 days are 2000.8 a week, each 300 s.
    expect(month.agentHoursPerWeek).toBeCloseTo((2000.8 * 300) / 3600 / 0.9, 0);
    expect(month.agentHoursPerWeek).toBeLessThan(demandOfMonths(input)[0]?.agentHoursPerWeek ?? 0);
    expect(serviceLevelOfMonth(mail, month, month.requiredFte)).toBeCloseTo(1, 9);
    expect(serviceLevelOfMonth(mail, month, month.requiredFte * 0.7)).toBeLessThan(0.7);
  });

  it('needs fewer people where each holds several chats', () => {
    const hours = (concurrency: number) =>
      demandOfMonths({ ...input, concurrency })[0]?.agentHoursPerWeek ?? 0;
    expect(hours(1)).toBe(demandOfMonths(input)[0]?.agentHoursPerWeek);
    expect(hours(3)).toBeLessThan(hours(2));
    expect(hours(2)).toBeLessThan(hours(1));
  });

  it('rises with people', () => {
    const [month] = demandOfMonths(input);
    fc.assert(
      fc.property(
        fc.double({ min: 0.3, max: 1.4, noNaN: true }),
        fc.double({ min: 0.01, max: 0.4, noNaN: true }),
        (share, more) => {
          if (!month) return;
          const fewer = serviceLevelOfMonth(input, month, month.requiredFte * share);
          expect(
            serviceLevelOfMonth(input, month, month.requiredFte * (share + more)),
          ).toBeGreaterThanOrEqual(fewer - 1e-9);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('typicalWeek', () => {
  it('averages by interval of the week and leaves missing intervals out', () => {
    // 2026-05-04 is a Monday; two weeks of hours in UTC.
    const offered = Array.from({ length: 336 }, (_, i) => (i === 9 ? null : i % 168 === 9 ? 30 : 10));
    const found = typicalWeek({
      start: 1_777_852_800,
      stepSeconds: 3600,
      timeZone: 'UTC',
      offered,
      ahtSeconds: offered.map(() => 300),
    });
    expect(found.offered[9]).toBe(30);
    expect(found.offered[10]).toBe(10);
    expect(found.offered).toHaveLength(168);
  });
});
