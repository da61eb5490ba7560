import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Goals,
  planAgents,
  queueRequirement,
  type RequirementTerms,
  requiredAgents,
  type ScenarioQueue,
} from '../../../forecasting/index.ts';
import { deferredColumns, deferredFlow } from '../../../forecasting/staffing/deferredQueue.ts';

const STEP = 900;
const GOAL: Goals = {
  serviceLevel: { target: 0.8, answerWithinSeconds: 30, definition: 'offered' },
  maxAbandonment: 0.05,
};
const LINE: RequirementTerms = Object.freeze({ patienceSeconds: 150, shortAbandonSeconds: 5, goal: GOAL });
const sum = (values: readonly (number | null)[]) =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

/** Quarter-hours with handle times of their own; null where closed. */
const demands = fc
  .array(
    fc.option(
      fc.record({
        calls: fc.oneof(fc.constant(0), fc.double({ min: 0.5, max: 80, noNaN: true })),
        aht: fc.integer({ min: 60, max: 900 }),
      }),
      { freq: 5 },
    ),
    { minLength: 1, maxLength: 40 },
  )
  .map(intervals =>
    Object.freeze({
      stepSeconds: STEP,
      offered: intervals.map(interval => interval?.calls ?? null),
      ahtSeconds: intervals.map(interval => interval?.aht ?? null),
    }),
  );
const promise = (minutes: number, maxOccupancy: number): Goals => ({
  serviceLevel: { target: 0.9, answerWithinSeconds: 60 * minutes, definition: 'offered' },
  maxOccupancy,
});

describe('the requirement of a queue in line', () => {
  it('is that of the interval’s own load when every interval stands alone', () => {
    fc.assert(
      fc.property(demands, demand => {
        const { agents } = queueRequirement(demand, LINE, { method: 'sipp' });
        const alone = demand.offered.map((calls, i) => {
          const ahtSeconds = demand.ahtSeconds[i];
          if (calls === null || ahtSeconds == null) return null;
          const patience = { kind: 'exponential', meanSeconds: 150 } as const;
          return requiredAgents({ calls, ahtSeconds, intervalSeconds: STEP, patience }, GOAL).agents;
        });
        expect(agents).toEqual(alone);
      }),
      { numRuns: 20 },
    );
  });

  it('with one chat at once is the requirement of calls', () => {
    fc.assert(
      fc.property(demands, demand => {
        expect(queueRequirement(demand, { ...LINE, concurrency: 1 })).toEqual(queueRequirement(demand, LINE));
      }),
      { numRuns: 20 },
    );
  });

  it('with more chats at once never needs more agents, nor fewer places than calls need', () => {
    fc.assert(
      fc.property(demands, fc.integer({ min: 2, max: 8 }), (demand, concurrency) => {
        const calls = queueRequirement(demand, LINE).agents;
        const chats = queueRequirement(demand, { ...LINE, concurrency }).agents;
        chats.forEach((agents, i) => {
          expect(agents).toBe(calls[i] === null ? null : Math.ceil((calls[i] ?? 0) / concurrency));
        });
      }),
      { numRuns: 20 },
    );
  });

  it('asks nothing of abandonment where nobody gives up, and says which goal no staff meets', () => {
    const demand = { stepSeconds: STEP, offered: [30], ahtSeconds: [300] };
    const endless = { ...LINE, patienceSeconds: null };
    const { serviceLevel } = GOAL;
    if (!serviceLevel) throw new Error('the goal has a service level');
    expect(queueRequirement(demand, endless)).toEqual(
      queueRequirement(demand, { ...endless, goal: { serviceLevel } }),
    );
    const wall = { ...LINE, goal: { serviceLevel: { ...serviceLevel, target: 1 - 1e-18 } } };
    expect(queueRequirement(demand, wall).unreachable).toMatch(/serviceLevel/);
  });
});

describe('the requirement of deferred work', () => {
  const terms = (goal: Goals): RequirementTerms => ({ ...LINE, isDeferred: true, goal });

  it('conserves the work: agent time times occupancy is what came, within the limit and the promise', () => {
    fc.assert(
      fc.property(
        demands,
        fc.integer({ min: 5, max: 600 }),
        fc.double({ min: 0.3, max: 1, noNaN: true }),
        (demand, minutes, fill) => {
          const goal = promise(minutes, fill);
          const { agents, occupancy, serviceLevel, latestFinishSeconds } = queueRequirement(
            demand,
            terms(goal),
          );
          const work = sum(demand.offered.map((calls, i) => (calls ?? 0) * (demand.ahtSeconds[i] ?? 0)));
          const busy = sum(agents.map((count, i) => (count ?? 0) * STEP * (occupancy[i] ?? 0)));
          expect(busy).toBeCloseTo(work, 4);
          expect(sum(agents) * STEP * fill).toBeCloseTo(work, 4);
          const { inTime, contacts } = deferredFlow(demand, agents, 60 * minutes);
          expect(inTime).toBeCloseTo(contacts, 5);
          demand.offered.forEach((calls, i) => {
            if (!calls) {
              expect(serviceLevel[i]).toBeNull();
              return;
            }
            expect(serviceLevel[i]).toBeCloseTo(1, 5);
            expect(latestFinishSeconds[i]).toBeLessThanOrEqual(Math.max(STEP, 60 * minutes));
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('has no wait in line and nobody who hangs up, and says what asked for the agents', () => {
    const demand = { stepSeconds: STEP, offered: [9, 0, null, 0], ahtSeconds: [90, 90, null, 90] };
    const asked = queueRequirement(demand, terms({ ...promise(15, 0.9), minAgents: 1 }));
    expect(asked).toMatchObject({
      asaSeconds: [null, null, null, null],
      abandonmentRate: [null, null, null, null],
      binding: ['minAgents', 'minAgents', null, 'minAgents'],
      latestFinishSeconds: [STEP, null, null, null],
    });
    expect(queueRequirement(demand, terms(promise(15, 0.5))).binding).toEqual([
      'promise',
      'none',
      null,
      'none',
    ]);
  });

  it('shows what too few agents leave late or undone', () => {
    const demand = { stepSeconds: STEP, offered: [20, 10, 10], ahtSeconds: [90, 90, 90] };
    // Ten contacts a quarter-hour: the first interval is done in two, the last not at all.
    expect(deferredColumns(demand, [1, 1, 1], 1800)).toEqual({
      inTime: [1, 1, 0],
      latestFinishSeconds: [2 * STEP, 2 * STEP, null],
      occupancy: [1, 1, 1],
    });
    expect(deferredColumns(demand, [1, 1, 1], 900).inTime).toEqual([0.5, 0, 0]);
  });
});

describe('what-if and staffing', () => {
  const OPEN = Array.from({ length: 7 }, () => [{ startMinute: 0, endMinute: 1440 }]);
  const kinds = fc.oneof(
    fc.constant({ goal: GOAL, patienceSeconds: 150 }),
    fc.constant({ goal: GOAL, patienceSeconds: null }),
    fc.integer({ min: 2, max: 6 }).map(concurrency => ({ goal: GOAL, patienceSeconds: 150, concurrency })),
    fc.integer({ min: 15, max: 2880 }).map(minutes => ({
      goal: promise(minutes, 0.85),
      patienceSeconds: 150,
      isDeferred: true,
    })),
    fc.constant({ goal: {}, patienceSeconds: null, isDeferred: true }),
  );

  it('ask for the same agents of the same week, whatever the kind of the queue', () => {
    fc.assert(
      fc.property(demands, kinds, (demand, kind) => {
        const queue: ScenarioQueue = Object.freeze({
          ...demand,
          ...kind,
          queueId: 'queue',
          start: 1_798_761_600,
          timeZone: 'Etc/UTC',
          openingHours: { weekly: OPEN },
          goalPeriods: [],
          shortAbandonSeconds: 5,
          shrinkageShare: 0,
        });
        const [plan] = planAgents([queue]);
        expect(queueRequirement(demand, queue, { method: 'sipp' }).agents).toEqual(plan);
      }),
      { numRuns: 60 },
    );
  });
});
