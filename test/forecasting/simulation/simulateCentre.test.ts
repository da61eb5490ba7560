import { describe, expect, it } from 'vitest';
import {
  type CentreAgent,
  type CentreModel,
  type CentreQueue,
  createRandom,
  type DutyRules,
  evaluateQueue,
  simulateCentre,
} from '../../../forecasting/index.ts';
import { compileCentre } from '../../../forecasting/simulation/compileCentre.ts';
import { runCentre } from '../../../forecasting/simulation/simulateCentre.ts';
import { crew, queue, STEP } from './centre.ts';

const steady = (queues: readonly CentreQueue[], agents: readonly CentreAgent[], replications = 20) =>
  simulateCentre({ stepSeconds: STEP, queues, agents }, { seed: 'centre', replications, warmUpIntervals: 4 });

/** Within 2.2 half-widths, about 4.5 standard errors. */
function expectNear(estimate: { value: number; low: number; high: number } | null, truth: number): void {
  const { value, low, high } = estimate!;
  expect(Math.abs(value - truth)).toBeLessThanOrEqual(2.2 * ((high - low) / 2));
}

const patience = { kind: 'exponential', meanSeconds: 180 } as const;
const load = { intervalSeconds: STEP, ahtSeconds: 300, patience };

describe('priorities and skills', () => {
  it('lets two queues of equal rank share agents as one queue', () => {
    const exact = evaluateQueue({ ...load, calls: 100 }, 17, { answerWithinSeconds: 20 });
    const both = [{ queue: 'a' }, { queue: 'b' }];
    const { queues, occupancy } = steady(
      [queue('a', 60, { patience }), queue('b', 40, { patience })],
      crew(17, ...both),
    );
    for (const { serviceLevel, abandonProbability } of queues) {
      expectNear(serviceLevel.offered, exact.serviceLevel.offered);
      expectNear(serviceLevel.virtual, exact.serviceLevel.virtual);
      expectNear(abandonProbability, exact.abandonProbability);
    }
    expectNear(occupancy, exact.occupancy);
  });

  it('answers a queue of higher priority first, at the expense of the other', () => {
    const both = [{ queue: 'a' }, { queue: 'b' }];
    const run = (priority: number) =>
      steady(
        [queue('a', 50, { patience, priority }), queue('b', 50, { patience, priority: 2 })],
        crew(16, ...both),
      );
    const level = (priority: number, at: number) => run(priority).queues[at]!.serviceLevel.offered!.value;
    expect(level(1, 0)).toBeGreaterThan(level(2, 0) + 0.05);
    expect(level(1, 1)).toBeLessThan(level(2, 1) - 0.01);
  });

  it('keeps specialists for what only they can do: flexible agents of a second level stay free longer', () => {
    const agents = (level: number) => [
      ...crew(6, { queue: 'a' }),
      ...crew(4, { queue: 'a', level }, { queue: 'b' }),
    ];
    const demand = [queue('a', 36, { patience }), queue('b', 18, { patience })];
    const first = steady(demand, agents(1));
    const second = steady(demand, agents(2));
    const b = (run: typeof first) => run.queues[1]!.serviceLevel.offered!.value;
    expect(b(second)).toBeGreaterThan(b(first));
  });

  it('never answers a queue that nobody can take', () => {
    const { queues } = steady([queue('a', 20), queue('b', 20, { patience })], crew(5, { queue: 'a' }), 3);
    expect(queues[1]!.counts.answered).toBe(0);
    expect(queues[1]!.abandonProbability!.value).toBe(1);
    expect(queues[0]!.counts.answered).toBeGreaterThan(0);
  });
});

describe('chat', () => {
  it('with handle times that do not grow is as many agents as there are slots', () => {
    const chat = { maxConcurrent: 3, handleSecondsByLoad: [300, 300, 300] };
    const exact = evaluateQueue({ ...load, calls: 100 }, 18, { answerWithinSeconds: 20 });
    const { queues } = steady([queue('chat', 100, { patience, chat })], crew(6, { queue: 'chat' }));
    expectNear(queues[0]!.serviceLevel.offered, exact.serviceLevel.offered);
    expectNear(queues[0]!.serviceLevel.virtual, exact.serviceLevel.virtual);
    expectNear(queues[0]!.abandonProbability, exact.abandonProbability);
  });

  it('with handle times in proportion to the load is one agent who does one thing at a time', () => {
    // Work conserving: the number present is that of M/M/1, waiting is what exceeds 4 (mean ρ⁵/(1 − ρ)).
    const chat = { maxConcurrent: 4, handleSecondsByLoad: [100, 200, 300, 400] };
    const rho = 0.75;
    const { queues, occupancy } = steady(
      [queue('chat', (rho * STEP) / 100, { chat })],
      crew(1, { queue: 'chat' }),
      100,
    );
    const seconds = queues[0]!.counts.queueSeconds / (100 * STEP);
    expect(seconds).toBeGreaterThan((0.9 * rho ** 5) / (1 - rho));
    expect(seconds).toBeLessThan((1.1 * rho ** 5) / (1 - rho));
    expectNear(occupancy, rho);
  });

  it('leaves calls to agents with empty hands, so fewer chats mean better answered calls', () => {
    const chat = { maxConcurrent: 4, handleSecondsByLoad: [300, 330, 360, 400] };
    const agents = crew(6, { queue: 'voice' }, { queue: 'chat' });
    const run = (chats: number) =>
      steady([queue('voice', 15, { patience }), queue('chat', chats, { chat })], agents).queues;
    const [few, many] = [run(10), run(30)];
    expect(few[0]!.serviceLevel.offered!.value).toBeGreaterThan(many[0]!.serviceLevel.offered!.value + 0.05);
    expect(many[1]!.serviceLevel.offered!.value).toBeGreaterThan(many[0]!.serviceLevel.offered!.value);
  });
});

describe('callbacks and deferred work', () => {
  const offer = { afterSeconds: 60, acceptProbability: 0.4, queue: 'promise' };
  const promise = queue('promise', 0, { deferred: {} });

  it('lets callers go as a patience with that share at the offer', () => {
    const gone = { kind: 'empirical', seconds: [60], survival: [0.6] } as const;
    const exact = evaluateQueue({ ...load, calls: 100, patience: gone }, 17, { answerWithinSeconds: 20 });
    const { queues } = steady([queue('a', 100, { callback: offer }), promise], crew(17, { queue: 'a' }), 40);
    const { calledBack, offered } = queues[0]!.counts;
    expect(Math.abs(calledBack / offered - exact.abandonProbability)).toBeLessThan(0.01);
    expectNear(queues[0]!.serviceLevel.offered, exact.serviceLevel.offered);
    expectNear(queues[0]!.serviceLevel.virtual, exact.serviceLevel.virtual);
  });

  it('keeps every promise in the end, or gives up after the attempts', () => {
    const demand = (contactProbability: number) => [
      queue('a', 100, { patience, callback: { ...offer, contactProbability, maxAttempts: 2 } }),
      promise,
    ];
    const agents = crew(17, { queue: 'a' }, { queue: 'promise' });
    const model = (p: number) => ({ stepSeconds: STEP, queues: demand(p), agents });
    const sure = simulateCentre(model(1), { seed: 1, replications: 5 }).queues;
    expect(sure[1]!.counts.offered).toBe(sure[0]!.counts.calledBack);
    expect(sure[1]!.counts.answered).toBe(sure[1]!.counts.offered);
    const unsure = simulateCentre(model(0.5), { seed: 1, replications: 20 }).queues[1]!.counts;
    expect(unsure.answered + unsure.unresolved).toBeCloseTo(unsure.offered, 9);
    // Two attempts at 1/2: a quarter is never reached.
    expect(unsure.unresolved / unsure.offered).toBeGreaterThan(0.22);
    expect(unsure.unresolved / unsure.offered).toBeLessThan(0.28);
  });

  it('protects calls by a reserve, and does less deferred work for it', () => {
    const run = (reserveAgents: number) => {
      const demand = [
        queue('voice', 60, { patience }),
        queue('mail', 60, { ahtSeconds: 200, answerWithinSeconds: 14_400, deferred: { reserveAgents } }),
      ];
      return steady(demand, crew(17, { queue: 'voice' }, { queue: 'mail' })).queues;
    };
    const [none, some, many] = [run(0), run(2), run(5)];
    const voice = (queues: typeof none) => queues[0]!.serviceLevel.offered!.value;
    const mail = (queues: typeof none) => queues[1]!.meanWaitSeconds!.value;
    expect(voice(some)).toBeGreaterThan(voice(none) + 0.01);
    expect(voice(many)).toBeGreaterThan(voice(some));
    expect(mail(some)).toBeGreaterThan(mail(none));
    expect(mail(many)).toBeGreaterThan(mail(some));
    const alone = evaluateQueue({ ...load, calls: 60 }, 17, { answerWithinSeconds: 20 }).serviceLevel.offered;
    expect(voice(many)).toBeLessThan(alone);
  });

  it.each([0, 1, 3])(
    'with endless deferred work and a reserve of %d is an exact chain of idle agents',
    reserveAgents => {
      // Idle agents number at most the reserve: who would be one more takes an item. Same exponential handle times, so
      // idle agents form a birth-death chain: λ x(i) = (n - i + 1) μ x(i - 1), and behind x(0) a queue with nμ.
      const [n, calls, mu] = [13, 60, 1 / 300];
      const rate = calls / STEP;
      const idle = [1];
      for (let i = 1; i <= reserveAgents; i++) idle.push((idle[i - 1]! * (n - i + 1) * mu) / rate);
      const waits = idle[0]! / (1 - rate / (n * mu));
      const waitProbability = waits / (waits + idle.slice(1).reduce((a, b) => a + b, 0));
      const level = 1 - waitProbability * Math.exp(-(n * mu - rate) * 20);
      const demand = [queue('voice', calls), queue('mail', 60, { deferred: { reserveAgents } })];
      const { queues } = steady(demand, crew(n, { queue: 'voice' }, { queue: 'mail' }), 40);
      expectNear(queues[0]!.serviceLevel.offered, level);
      expectNear(queues[0]!.asaSeconds, waitProbability / (n * mu - rate));
    },
  );
});

describe('shifts and breaks', () => {
  // One agent, calls of exactly 600 s, and always someone waiting: what happens at each instant is known.
  const busy = queue('q', 20, { ahtSeconds: 600, service: { kind: 'deterministic' }, exactCounts: true }, 4);
  const shift = (rules: DutyRules, pause = true): CentreModel => ({
    stepSeconds: STEP,
    queues: [busy],
    rules,
    agents: [
      {
        skills: [{ queue: 'q' }],
        duty: [
          {
            startSeconds: 300,
            endSeconds: 5_000,
            breaks: pause ? [{ startSeconds: 2_000, endSeconds: 2_900 }] : [],
          },
        ],
      },
    ],
  });
  // The first caller comes within 300 s in this replication: the agent starts one call after another at 300 s.
  const run = (model: CentreModel) => runCentre(compileCentre(model), createRandom(4), 0);

  it('starts the first call on time in this replication', () => {
    expect(run(shift({})).counter.tally.cells[12]).toBeGreaterThan(0);
  });

  it('finishes the call that the end of the shift finds, and takes no other', () => {
    const { counter, duty } = run(shift({}, false));
    // Calls at 300, 900, …, 4,500: eight, the last until 5,100.
    expect(duty.overrunSeconds).toBeCloseTo(100, 9);
    expect(sum(duty.staffedSeconds)).toBeCloseTo(4_800, 9);
    expect(answered(counter.tally.cells)).toBe(8);
  });

  it('ends a late break as planned', () => {
    const { counter, duty } = run(shift({ lateBreak: 'keepEnd' }));
    // Calls at 300, 900, 1,500 (until 2,100); break until 2,900; calls at 2,900, 3,500, 4,100, 4,700 (until 5,300).
    expect(answered(counter.tally.cells)).toBe(7);
    expect(duty.overrunSeconds).toBeCloseTo(300, 9);
    expect(sum(duty.staffedSeconds)).toBeCloseTo(5_000 - 800, 9);
  });

  it('keeps the length of a late break', () => {
    const { counter, duty } = run(shift({ lateBreak: 'keepLength' }));
    // Back at 3,000: calls at 3,000, 3,600, 4,200, 4,800 (until 5,400).
    expect(answered(counter.tally.cells)).toBe(7);
    expect(duty.overrunSeconds).toBeCloseTo(400, 9);
    expect(sum(duty.staffedSeconds)).toBeCloseTo(5_100 - 900, 9);
  });

  it('takes no new call in the last minutes of a shift', () => {
    const { counter, duty } = run(shift({ noNewCallsSeconds: 600 }, false));
    // The call at 3,900 is the last to start before 4,400; it ends at 4,500.
    expect(answered(counter.tally.cells)).toBe(7);
    expect(duty.overrunSeconds).toBeCloseTo(100, 9);
  });
});

function sum(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0);
}

/** Field 1 of 14 in each cell. */
function answered(cells: Float64Array): number {
  return cells.reduce((total, count, i) => (i % 14 === 1 ? total + count : total), 0);
}

describe('demand', () => {
  it('takes the forecast’s paths in turn, as means or as exact counts', () => {
    const paths = [
      [10, 0, 5],
      [3, 8, 0],
    ];
    const exact = queue('q', 0, { calls: [0, 0, 0], paths, exactCounts: true });
    const centre = compileCentre({ stepSeconds: STEP, queues: [exact], agents: [] });
    const offered = (replication: number) => {
      const { cells } = runCentre(centre, createRandom(1), replication).counter.tally;
      return [cells[0], cells[14], cells[28]];
    };
    expect(offered(0)).toEqual([10, 0, 5]);
    expect(offered(1)).toEqual([3, 8, 0]);
    expect(offered(2)).toEqual([10, 0, 5]);
  });

  it('draws one factor per replication for an uncertain rate', () => {
    const certain = steady([queue('q', 50)], crew(20, { queue: 'q' }), 200);
    const uncertain = steady([queue('q', 50, { rateCv: 0.3 })], crew(20, { queue: 'q' }), 200);
    expect(uncertain.queues[0]!.counts.offered / certain.queues[0]!.counts.offered).toBeGreaterThan(0.93);
    expect(uncertain.queues[0]!.counts.offered / certain.queues[0]!.counts.offered).toBeLessThan(1.07);
    const width = (run: typeof certain) => run.occupancy!.high - run.occupancy!.low;
    expect(width(uncertain)).toBeGreaterThan(3 * width(certain));
  });
});
