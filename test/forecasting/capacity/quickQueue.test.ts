import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QuickQueue } from '../../../forecasting/capacity/quickQueue.ts';
import {
  evaluateQueue,
  type Goals,
  requiredAgents,
  SERVICE_LEVEL_DEFINITIONS,
  UnreachableGoalError,
} from '../../../forecasting/index.ts';

const terms = fc.record({
  stepSeconds: fc.constantFrom(900, 1800),
  patienceSeconds: fc.oneof(fc.constant(null), fc.double({ min: 10, max: 2000, noNaN: true })),
  shortAbandonSeconds: fc.constantFrom(0, 5),
});
const goals: fc.Arbitrary<Goals> = fc
  .record(
    {
      serviceLevel: fc.record({
        target: fc.double({ min: 0.3, max: 0.98, noNaN: true }),
        answerWithinSeconds: fc.double({ min: 0, max: 200, noNaN: true }),
        definition: fc.constantFrom(...SERVICE_LEVEL_DEFINITIONS),
      }),
      asaSeconds: fc.double({ min: 2, max: 120, noNaN: true }),
      maxAbandonment: fc.double({ min: 0.005, max: 0.3, noNaN: true }),
      maxOccupancy: fc.double({ min: 0.5, max: 0.98, noNaN: true }),
      minAgents: fc.integer({ min: 0, max: 5 }),
    },
    { requiredKeys: ['serviceLevel'] },
  )
  .map(found => Object.freeze(found));
const interval = fc.tuple(
  fc.oneof({ weight: 9, arbitrary: fc.double({ min: 1e-4, max: 400, noNaN: true }) }, fc.constant(0)),
  fc.double({ min: 20, max: 900, noNaN: true }),
);

const loadOf = (calls: number, ahtSeconds: number, stepSeconds: number, patienceSeconds: number | null) => ({
  calls,
  ahtSeconds,
  intervalSeconds: stepSeconds,
  ...(patienceSeconds !== null && {
    patience: { kind: 'exponential' as const, meanSeconds: patienceSeconds },
  }),
});

describe('QuickQueue', () => {
  it('staffs chats as the chat model with the same handle time at any number of them', () => {
    fc.assert(
      fc.property(
        terms,
        goals,
        interval,
        fc.integer({ min: 2, max: 6 }),
        (own, asked, [calls, aht], places) => {
          const queue = new QuickQueue({ ...own, concurrency: places }, asked);
          const load = {
            ...loadOf(calls, aht, own.stepSeconds, own.patienceSeconds),
            chat: { maxConcurrent: places, handleSecondsByLoad: Array.from({ length: places }, () => aht) },
          };
          const { agents } = requiredAgents(load, asked);
          expect(queue.solve(calls, aht)).toBe(agents);
          const level = asked.serviceLevel;
          const expected = evaluateQueue(load, agents, {
            answerWithinSeconds: level?.answerWithinSeconds ?? 20,
            shortAbandonSeconds: own.shortAbandonSeconds,
          });
          expect(queue.at.serviceLevel).toBeCloseTo(expected.serviceLevel[level?.definition ?? 'offered'], 8);
          expect(queue.at.abandonment).toBeCloseTo(expected.abandonProbability, 8);
          expect(queue.at.occupancy).toBeCloseTo(expected.occupancy, 8);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives the agents and the performance of the direct calculation, whatever came before', () => {
    fc.assert(
      fc.property(
        terms,
        goals,
        fc.array(interval, { minLength: 1, maxLength: 12 }),
        (own, asked, intervals) => {
          const queue = new QuickQueue(own, asked);
          for (const [calls, aht] of intervals) {
            const load = loadOf(calls, aht, own.stepSeconds, own.patienceSeconds);
            const direct = requiredAgents(load, asked);
            expect(queue.solve(calls, aht)).toBe(direct.agents);
            const level = asked.serviceLevel;
            const expected = evaluateQueue(load, direct.agents, {
              answerWithinSeconds: level?.answerWithinSeconds ?? 20,
              shortAbandonSeconds: own.shortAbandonSeconds,
            });
            expect(queue.at.serviceLevel).toBeCloseTo(
              expected.serviceLevel[level?.definition ?? 'offered'],
              9,
            );
            expect(queue.at.abandonment).toBeCloseTo(expected.abandonProbability, 9);
            expect(queue.at.occupancy).toBeCloseTo(expected.occupancy, 9);
            expect(queue.at.asaSeconds / (expected.asaSeconds || 1)).toBeCloseTo(
              expected.asaSeconds ? 1 : 0,
              7,
            );
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('gives the performance of any staff, far too little and far too much', () => {
    fc.assert(
      fc.property(terms, interval, fc.integer({ min: 0, max: 300 }), (own, [calls, aht], agents) => {
        const queue = new QuickQueue(own, {
          serviceLevel: { target: 0.8, answerWithinSeconds: 30, definition: 'offered' },
        });
        const at = queue.evaluate(calls, aht, agents);
        const expected = evaluateQueue(loadOf(calls, aht, own.stepSeconds, own.patienceSeconds), agents, {
          answerWithinSeconds: 30,
        });
        expect(at.serviceLevel).toBeCloseTo(expected.serviceLevel.offered, 9);
        expect(at.abandonment).toBeCloseTo(expected.abandonProbability, 9);
        if (Number.isFinite(expected.asaSeconds) && expected.asaSeconds > 0) {
          expect(at.asaSeconds / expected.asaSeconds).toBeCloseTo(1, 7);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('decides ties as the careful search does: 20 agents at occupancy 0.85 carry 17 Erlangs', () => {
    const queue = new QuickQueue(
      { stepSeconds: 900, patienceSeconds: null, shortAbandonSeconds: 0 },
      { maxOccupancy: 0.85 },
    );
    expect(queue.solve(51, 300)).toBe(20);
  });

  it('refuses a goal that nothing meets', () => {
    const own = { stepSeconds: 900, patienceSeconds: 60, shortAbandonSeconds: 0 };
    expect(() => new QuickQueue(own, { asaSeconds: 0 })).toThrow(UnreachableGoalError);
  });
});
