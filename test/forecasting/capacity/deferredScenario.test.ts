import { describe, expect, it } from 'vitest';
import {
  computeScenario,
  confirmScenario,
  drawBand,
  type Goals,
  planAgents,
  type ScenarioQueue,
  scenarioBand,
} from '../../../forecasting/index.ts';
import { monthQueues, monthScatter } from '../../bench/whatIfMonth.ts';

const full = (minutes: number, more: Partial<Goals> = {}): Goals => ({
  serviceLevel: { target: 0.9, answerWithinSeconds: minutes * 60, definition: 'offered' },
  maxOccupancy: 1,
  ...more,
});

const [calls] = monthQueues().map(queue => ({
  ...queue,
  offered: queue.offered.slice(0, 7 * 96),
  ahtSeconds: queue.ahtSeconds.slice(0, 7 * 96),
}));
if (!calls) throw new Error('the made-up month has no queue');
const messages: ScenarioQueue = { ...calls, queueId: 'messages', isDeferred: true, goal: full(240) };
const chat: ScenarioQueue = { ...calls, queueId: 'chat', concurrency: 3 };

describe('a scenario of calls, chats and messages', () => {
  const queues = [calls, chat, messages];
  const plan = planAgents(queues);
  const outcome = computeScenario(queues, [], plan);
  const [ofCalls, ofChat, ofMessages] = outcome.queues.map(queue => queue.totals);
  const alone = computeScenario([calls], [], planAgents([calls])).totals;

  it('waits and hang-ups are of those who wait in line', () => {
    expect(ofCalls).toEqual(alone);
    expect(ofMessages).toMatchObject({ asaSeconds: null, abandonmentRate: null, callsInLine: 0 });
    const both = computeScenario([calls, messages], [], plan).totals;
    expect(both).toMatchObject({ asaSeconds: alone.asaSeconds, abandonmentRate: alone.abandonmentRate });
    expect(both.calls).toBeCloseTo(2 * alone.calls, 6);
    expect(both.serviceLevel).toBeCloseTo((1 + (alone.serviceLevel ?? 0)) / 2, 6);
  });

  it('three chats at once need about a third of the agents, a promise of hours fewer than a line', () => {
    expect((ofChat?.paidHours ?? 0) / (ofCalls?.paidHours ?? 1)).toBeGreaterThan(1 / 3);
    expect((ofChat?.paidHours ?? 0) / (ofCalls?.paidHours ?? 1)).toBeLessThan(0.45);
    expect(ofMessages?.paidHours).toBeLessThan(ofCalls?.paidHours ?? 0);
    expect(ofMessages?.occupancy).toBeCloseTo(1, 6);
  });

  it('bands hold what they are about, and open with the forecast’s scatter', () => {
    const scatter = queues.map(() => monthScatter());
    const draws = drawBand(
      queues.map((_, a) => queues.map((__, b) => (a === b ? 1 : 0.3))),
      8,
    );
    const band = scenarioBand(outcome, scatter, draws);
    const { totals } = outcome;
    expect(band.paidHours.low).toBeLessThan(totals.paidHours);
    expect(band.paidHours.high).toBeGreaterThan(totals.paidHours);
    expect(band.occupancy?.low).toBeLessThan(totals.occupancy ?? 0);
    expect(band.occupancy?.high).toBeGreaterThanOrEqual((totals.occupancy ?? 1) - 0.02);
    const only = computeScenario([messages], [{ queueId: null, staffShare: 0.97 }], planAgents([messages]));
    const own = scenarioBand(only, [monthScatter()], drawBand([[1]], 8));
    expect(own).toMatchObject({ asaSeconds: null, abandonmentRate: null });
    expect(own.paidHours.high).toBeCloseTo(only.totals.paidHours, 6);
    expect((own.serviceLevel?.high ?? 0) - (own.serviceLevel?.low ?? 1)).toBeGreaterThan(0.05);
  });

  it('is confirmed by playing it', () => {
    const spare = computeScenario(
      [chat, messages],
      [{ queueId: 'messages', goal: full(240, { maxOccupancy: 0.85 }) }],
      planAgents([chat, messages]),
    );
    const played = confirmScenario(spare.queues, { kind: 'asForecast' }, { seed: 3, replications: 12 });
    if (played.kind !== 'complete') throw new Error('not complete');
    expect(played.serviceLevel?.value).toBeCloseTo(spare.totals.serviceLevel ?? 0, 1.6);
    expect(played.abandonmentRate?.value).toBeCloseTo(spare.totals.abandonmentRate ?? 0, 1.6);
  });
});
