import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Goals, levelDeferred } from '../../../forecasting/index.ts';
import {
  type DeferredDemand,
  deferredFlow,
  deferredNeed,
  promiseOf,
  USUAL_FILL,
} from '../../../forecasting/staffing/deferredQueue.ts';

const STEP = 900;
const full = (minutes: number, more: Partial<Goals> = {}): Goals => ({
  serviceLevel: { target: 0.9, answerWithinSeconds: minutes * 60, definition: 'offered' },
  maxOccupancy: 1,
  ...more,
});
/** Contacts of 90 s by quarter-hour; null where closed. */
const mail = (offered: readonly (number | null)[]): DeferredDemand =>
  Object.freeze({
    stepSeconds: STEP,
    offered,
    ahtSeconds: offered.map(value => (value === null ? null : 90)),
  });
const sum = (values: readonly (number | null)[]) =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

const demands = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 60, noNaN: true })) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    { minLength: 1, maxLength: 60 },
  )
  .map(mail);
const promises = fc.integer({ min: 5, max: 600 });

describe('deferred work', () => {
  it('is spread over the time that the promise leaves', () => {
    // Forty contacts of 90 s are four agent-quarters; an hour has four of them.
    expect(deferredNeed(mail([40, 0, 0, 0, 0]), full(60))).toEqual([1, 1, 1, 1, 0]);
    expect(deferredNeed(mail([40, 0, 0, 0, 0]), full(15))).toEqual([4, 0, 0, 0, 0]);
  });

  it('is done before the queue closes when its time runs out in the night', () => {
    const night = [null, null, null, null];
    expect(deferredNeed(mail([0, 40, ...night, 20]), full(60))).toEqual([0, 4, ...night, 2]);
  });

  it('leaves the room that the occupancy asks for, one tenth unless told', () => {
    const [usual] = deferredNeed(mail([9]), {
      serviceLevel: { target: 0.9, answerWithinSeconds: 900, definition: 'offered' },
    });
    expect(usual).toBeCloseTo(0.9 / USUAL_FILL, 12);
    expect(deferredNeed(mail([8]), full(15, { maxOccupancy: 0.8 }))).toEqual([1]);
    expect(deferredNeed(mail([8, 0, null]), full(15, { minAgents: 2 }))).toEqual([2, 2, null]);
  });

  it('meets every promise with no more agent time than the work takes', () => {
    fc.assert(
      fc.property(demands, promises, (demand, minutes) => {
        const agents = deferredNeed(demand, full(minutes));
        const flow = deferredFlow(demand, agents, minutes * 60);
        expect(flow.contacts).toBeCloseTo(sum(demand.offered), 6);
        expect(flow.inTime).toBeCloseTo(flow.contacts, 5);
        expect(sum(agents) * STEP).toBeCloseTo(flow.contacts * 90, 4);
        expect(agents.map(count => count === null)).toEqual(demand.offered.map(value => value === null));
      }),
      { numRuns: 60 },
    );
  });

  it('is the level plan that the critical-interval method finds', () => {
    fc.assert(
      fc.property(demands, promises, (demand, minutes) => {
        const reach = Math.max(0, Math.floor((minutes * 60) / STEP) - 1);
        const isOpen = (i: number) => demand.offered[i] !== null;
        const items = demand.offered.flatMap((value, i) => {
          let due = Math.min(i + reach, demand.offered.length - 1);
          while (due > i && !isOpen(due)) due--;
          return value ? [{ id: String(i), arrival: i, due, workSeconds: value * 90 }] : [];
        });
        const level = levelDeferred(items, {
          voiceAgents: demand.offered.map(() => 0),
          intervalSeconds: STEP,
          mostAgents: demand.offered.map((_, i) => (isOpen(i) ? Infinity : 0)),
        });
        if (level.kind !== 'levelled') throw new Error('not levelled');
        const agents = deferredNeed(demand, full(minutes));
        agents.forEach((count, i) => {
          expect(count ?? 0).toBeCloseTo(level.agents[i] ?? 0, 6);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('fewer agents never do more in time, and nobody works on what has not come', () => {
    fc.assert(
      fc.property(demands, promises, fc.double({ min: 0, max: 1, noNaN: true }), (demand, minutes, share) => {
        const agents = deferredNeed(demand, full(minutes));
        const all = deferredFlow(demand, agents, minutes * 60);
        const fewer = agents.map(count => (count === null ? null : count * share));
        const some = deferredFlow(demand, fewer, minutes * 60);
        expect(some.inTime).toBeLessThanOrEqual(all.inTime + 1e-6);
        expect(some.busySeconds).toBeLessThanOrEqual(Math.min(sum(fewer) * STEP, all.busySeconds) + 1e-6);
      }),
      { numRuns: 60 },
    );
  });

  it('counts as late what half the staff does not reach', () => {
    // One agent does ten contacts a quarter-hour: of twenty, ten are in time; the rest comes a quarter later.
    expect(deferredFlow(mail([20, 0]), [1, 1], 900)).toEqual({ contacts: 20, inTime: 10, busySeconds: 1800 });
    expect(deferredFlow(mail([20, 0]), [1, 1], 1800).inTime).toBe(20);
    expect(deferredFlow(mail([20, 0]), [1, 0], 1800)).toEqual({ contacts: 20, inTime: 10, busySeconds: 900 });
  });

  it('promises a day where nothing is promised', () => {
    expect(promiseOf({})).toBe(86_400);
  });
});
