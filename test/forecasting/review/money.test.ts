import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  avoidableAbandoned,
  type CurveInterval,
  evaluateQueue,
  hoursForRise,
  retentionValue,
  staffingFit,
} from '../../../forecasting/index.ts';

function interval(calls: number, agents: number): CurveInterval {
  const load = { calls, intervalSeconds: 900, ahtSeconds: 300 };
  return {
    calls,
    agents,
    hours: 0.25,
    serviceLevelOf: count =>
      evaluateQueue({ ...load, patience: { kind: 'exponential', meanSeconds: 180 } }, count, {
        answerWithinSeconds: 30,
      }).serviceLevel.offered,
  };
}

describe('staffingFit', () => {
  it('adds surplus and shortage apart, over intervals that know both', () => {
    const fit = staffingFit({
      stepSeconds: 1800,
      scheduledAgents: [10, 6, null, 4],
      neededAgents: [8, 9, 5, null],
    });
    expect(fit).toEqual({
      intervals: 2,
      scheduledHours: 8,
      neededHours: 8.5,
      overHours: 1,
      underHours: 1.5,
    });
  });

  it('surplus less shortage is what was scheduled less what was needed', () => {
    const column = fc.array(fc.option(fc.nat({ max: 60 }), { nil: null }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(column, column, (scheduledAgents, neededAgents) => {
        const fit = staffingFit({ stepSeconds: 900, scheduledAgents, neededAgents });
        expect(fit.overHours - fit.underHours).toBeCloseTo(fit.scheduledHours - fit.neededHours, 9);
      }),
    );
  });
});

describe('hoursForRise', () => {
  it('takes part of one agent-hour where one agent more brings more than the points', () => {
    const one = interval(30, 11);
    const gain = one.serviceLevelOf(12) - one.serviceLevelOf(11);
    expect(gain).toBeGreaterThan(0.01);
    const rise = hoursForRise([one], 0.01);
    expect(rise.kind === 'hours' && rise.agentHours).toBeCloseTo(0.25 * (0.01 / gain), 9);
    expect(rise.from).toBeCloseTo(one.serviceLevelOf(11), 12);
  });

  it('spends the hour where it helps most', () => {
    const short = interval(30, 10);
    const ample = interval(30, 16);
    const alone = hoursForRise([short], 0.02);
    const both = hoursForRise([short, ample], 0.01);
    expect(both.kind === 'hours' && alone.kind === 'hours' && both.agentHours / alone.agentHours).toBeCloseTo(
      1,
      9,
    );
  });

  it('never gets cheaper for more points', () => {
    const points = fc.double({ min: 0.001, max: 0.02, noNaN: true });
    fc.assert(
      fc.property(points, points, (a, b) => {
        const hours = (rise: number) => {
          const cost = hoursForRise([interval(30, 10), interval(20, 8)], rise);
          return cost.kind === 'hours' ? cost.agentHours : Number.POSITIVE_INFINITY;
        };
        expect(hours(Math.max(a, b))).toBeGreaterThanOrEqual(hours(Math.min(a, b)));
      }),
      { numRuns: 20 },
    );
  });

  it('says how far it goes at most', () => {
    const rise = hoursForRise([interval(10, 30)], 0.5);
    expect(rise).toMatchObject({ kind: 'unreachable' });
    expect(() => hoursForRise([], 0.01)).toThrow('intervals with calls');
  });
});

describe('retention', () => {
  it('counts nothing without a goal and the excess with one', () => {
    expect(avoidableAbandoned(1000, 80, undefined)).toBeNull();
    expect(avoidableAbandoned(1000, 80, 0.05)).toBe(30);
    expect(avoidableAbandoned(1000, 20, 0.05)).toBe(0);
  });

  it('multiplies the figures of the organisation and nothing else', () => {
    expect(retentionValue(80, 30, { lostShare: 0.1, valuePerPatient: 500 })).toEqual({
      lostPatients: 8,
      lostValue: 4000,
      avoidablePatients: 3,
      avoidableValue: 1500,
    });
  });
});
