import { describe, expect, it } from 'vitest';
import {
  type CentreAgent,
  type CentreModel,
  type CentreQueue,
  simulateCentre,
} from '../../../forecasting/index.ts';
import { always, crew, queue, STEP } from './centre.ts';

const patience = { kind: 'exponential', meanSeconds: 180 } as const;

describe('a centre that cannot be', () => {
  const good = { stepSeconds: STEP, queues: [queue('a', 1)], agents: crew(1, { queue: 'a' }) };
  const run = (change: Partial<CentreModel>) => () =>
    simulateCentre({ ...good, ...change }, { seed: 1, replications: 2 });
  const withQueue = (more: Partial<CentreQueue>) => run({ queues: [queue('a', 1, more)] });
  const withAgent = (agent: Partial<CentreAgent>) =>
    run({ agents: [{ skills: [{ queue: 'a' }], duty: always, ...agent }] });

  it('names the field that is wrong', () => {
    expect(run({ stepSeconds: 0 })).toThrow(/stepSeconds/);
    expect(run({ queues: [] })).toThrow(/queues/);
    expect(run({ queues: [queue('a', 1), queue('a', 1)] })).toThrow(/queues\[1\]\.id/);
    expect(withQueue({ calls: [] })).toThrow(/queues\[0\]\.calls/);
    expect(withQueue({ calls: [Number.NaN] })).toThrow(/queues\[0\]\.calls\[0\]/);
    expect(withQueue({ ahtSeconds: 0 })).toThrow(/queues\[0\]\.ahtSeconds/);
    expect(withQueue({ ahtSeconds: [1] })).toThrow(/queues\[0\]\.ahtSeconds/);
    expect(withQueue({ paths: [[1]] })).toThrow(/queues\[0\]\.paths\[0\]/);
    expect(withQueue({ exactCounts: true, calls: [1.5] })).toThrow(/queues\[0\]\.calls\[0\]/);
    expect(withQueue({ answerWithinSeconds: -1 })).toThrow(/answerWithinSeconds/);
    expect(withQueue({ chat: { maxConcurrent: 2, handleSecondsByLoad: [1] } })).toThrow(
      /handleSecondsByLoad/,
    );
    expect(withQueue({ callback: { afterSeconds: 1, acceptProbability: 2, queue: 'b' } })).toThrow(
      /acceptProb/,
    );
    expect(withQueue({ callback: { afterSeconds: 1, acceptProbability: 1, queue: 'b' } })).toThrow(
      /callback\.queue/,
    );
    expect(withQueue({ deferred: {}, patience })).toThrow(/deferred/);
    expect(withAgent({ skills: [{ queue: 'x' }] })).toThrow(/agents\[0\]\.skills\[0\]\.queue/);
    expect(withAgent({ skills: [{ queue: 'a', handleFactor: 0 }] })).toThrow(/handleFactor/);
    expect(withAgent({ duty: [{ startSeconds: 10, endSeconds: 10 }] })).toThrow(/duty\[0\]\.endSeconds/);
    expect(withAgent({ duty: [...always, ...always] })).toThrow(/duty\[1\]\.startSeconds/);
    expect(
      withAgent({
        duty: [{ startSeconds: 0, endSeconds: 10, breaks: [{ startSeconds: 5, endSeconds: 15 }] }],
      }),
    ).toThrow(/breaks\[0\]/);
  });

  it('counts a centre without agents or calls without complaint', () => {
    const none = simulateCentre({ ...good, agents: [] }, { seed: 1, replications: 2 });
    expect(none.occupancy).toBeNull();
    expect(none.queues[0]!.counts.answered).toBe(0);
    const calm = simulateCentre({ ...good, queues: [queue('a', 0)] }, { seed: 1, replications: 2 });
    expect(calm.queues[0]!.serviceLevel.offered).toBeNull();
    expect(calm.occupancy!.value).toBe(0);
  });
});
