import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CentreModel, createRandom, type Patience, runQuickPath } from '../../../forecasting/index.ts';
import { compileCentre } from '../../../forecasting/simulation/compileCentre.ts';
import { runCentre } from '../../../forecasting/simulation/simulateCentre.ts';
import { sumTally, tallyCounts } from '../../../forecasting/simulation/tally.ts';
import { drawCalls, runNaive } from './naiveCentre.ts';

const STEP = 900;
const INTERVALS = 4;

const patience: fc.Arbitrary<Patience | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.record({ kind: fc.constant('exponential' as const), meanSeconds: fc.integer({ min: 20, max: 600 }) }),
  fc.record({ kind: fc.constant('deterministic' as const), seconds: fc.integer({ min: 1, max: 300 }) }),
);

const queueIds = ['a', 'b', 'c'];
const centre: fc.Arbitrary<CentreModel> = fc
  .record({
    queues: fc.array(
      fc.record({
        calls: fc.array(fc.integer({ min: 0, max: 30 }), { minLength: INTERVALS, maxLength: INTERVALS }),
        ahtSeconds: fc.integer({ min: 30, max: 400 }),
        priority: fc.integer({ min: 1, max: 2 }),
        patience,
      }),
      { minLength: 1, maxLength: 3 },
    ),
    agents: fc.array(
      fc.record({
        levels: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 3, maxLength: 3 }),
        start: fc.integer({ min: 0, max: 5 }),
        quarters: fc.integer({ min: 2, max: 12 }),
        pause: fc.boolean(),
      }),
      { maxLength: 6 },
    ),
  })
  .map(({ queues, agents }) => ({
    stepSeconds: STEP,
    queues: queues.map(({ patience: law, ...queue }, i) => ({
      id: queueIds[i]!,
      ...queue,
      ...(law && { patience: law }),
      answerWithinSeconds: 20,
      shortAbandonSeconds: 5,
    })),
    agents: agents.map(({ levels, start, quarters, pause }) => {
      // Levels 1 and 2; a level of 0 means that the agent does not take that queue.
      const from = start * 450;
      const to = from + quarters * 450;
      return {
        skills: queues.flatMap((_, i) => {
          const level = levels[i]!;
          return level > 0 ? [{ queue: queueIds[i]!, level, handleFactor: 1 + 0.25 * (level - 1) }] : [];
        }),
        duty: [
          {
            startSeconds: from,
            endSeconds: to,
            breaks: pause ? [{ startSeconds: from + 300, endSeconds: from + 600 }] : [],
          },
        ],
      };
    }),
  }));

describe('event calendar', () => {
  it('does to every caller what a plain simulator does that looks at everything', () => {
    fc.assert(
      fc.property(centre, fc.integer(), (model, seed) => {
        const random = createRandom(seed);
        const calls = drawCalls(model, random, 0);
        runNaive(model, calls);
        const { tally } = runCentre(compileCentre(model), random, 0).counter;
        model.queues.forEach((_, queue) => {
          for (let interval = 0; interval < INTERVALS; interval++) {
            const counts = tallyCounts(i => sumTally(tally, queue, interval, interval + 1)[i]!);
            const own = calls.filter(
              call => call.queue === queue && Math.floor(call.arrival / STEP) === interval,
            );
            const answered = own.filter(call => call.outcome === 'answered');
            const abandoned = own.filter(call => call.outcome === 'abandoned');
            expect(counts.offered).toBe(own.length);
            expect(counts.answered).toBe(answered.length);
            expect(counts.abandoned).toBe(abandoned.length);
            expect(counts.unresolved).toBe(own.length - answered.length - abandoned.length);
            expect(counts.answeredWithin).toBe(answered.filter(call => call.wait <= 20).length);
            expect(counts.shortAbandoned).toBe(abandoned.filter(call => call.wait <= 5).length);
            expect(counts.abandonedWithin).toBe(abandoned.filter(call => call.wait <= 20).length);
            const waits = answered.reduce((sum, call) => sum + call.wait, 0);
            expect(counts.answeredWaitSeconds).toBeCloseTo(waits, 6);
          }
        });
      }),
      { numRuns: 300 },
    );
  });

  it('gives a single queue cell by cell what the quick path gives', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(
          fc.record({ calls: fc.integer({ min: 0, max: 60 }), staff: fc.integer({ min: 0, max: 12 }) }),
          {
            minLength: 2,
            maxLength: 8,
          },
        ),
        patience,
        (seed, day, law) => {
          const calls = day.map(({ calls: mean }) => mean);
          const queue = {
            calls,
            ahtSeconds: 240,
            answerWithinSeconds: 20,
            ...(law && { patience: law }),
          };
          // Staff only rises: who leaves when it falls differs, here by name, there whoever is free first.
          const agents = day.map(({ staff }) => staff).sort((a, b) => a - b);
          const quick = runQuickPath({ stepSeconds: STEP, agents, ...queue }, createRandom(seed).stream('q'));
          const model = { stepSeconds: STEP, queues: [{ id: 'q', ...queue }], agents: dutyOf(agents) };
          const { tally } = runCentre(compileCentre(model), createRandom(seed), 0).counter;
          tally.cells.forEach((count, i) => {
            expect(count).toBeCloseTo(quick.cells[i]!, 6);
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('lets every call leave in exactly one way, and no agent work more than there is time', () => {
    fc.assert(
      fc.property(centre, fc.integer(), (model, seed) => {
        const run = runCentre(compileCentre(model), createRandom(seed), 0);
        model.queues.forEach((_, queue) => {
          const counts = tallyCounts(i => sumTally(run.counter.tally, queue, 0, INTERVALS)[i]!);
          const { answered, abandoned, calledBack, unresolved } = counts;
          expect(answered + abandoned + calledBack + unresolved).toBe(counts.offered);
          expect(counts.answeredWithin).toBeLessThanOrEqual(counts.virtualWithin);
        });
        for (let i = 0; i < INTERVALS; i++) {
          const busy = model.queues.reduce(
            (sum, _, queue) =>
              sum + tallyCounts(f => sumTally(run.counter.tally, queue, i, i + 1)[f]!).busySeconds,
            0,
          );
          expect(busy).toBeLessThanOrEqual(run.duty.staffedSeconds[i]! + 1e-6);
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** Agents whose duty makes the given numbers per interval; the last interval's staff stays on. */
function dutyOf(levels: readonly number[]) {
  const most = Math.max(...levels, 0);
  return Array.from({ length: most }, (_, agent) => ({
    skills: [{ queue: 'q' }],
    duty: levels.flatMap((level, i) =>
      level > agent
        ? [{ startSeconds: i * STEP, endSeconds: i === levels.length - 1 ? Infinity : (i + 1) * STEP }]
        : [],
    ),
  }));
}
