import { describe, expect, it } from 'vitest';
import { modelLevel, neededAgents } from '../../api/service/staffingModel.ts';
import type { Queue } from '../../data/store/queues.ts';
import { deferredNeed, USUAL_FILL } from '../../forecasting/staffing/deferredQueue.ts';

const queueOf = (concurrency: number): Queue => ({
  id: 'q',
  siteId: 's',
  number: 1,
  name: 'Website chat',
  channel: concurrency > 1 ? 'chat' : 'voice',
  timeZone: 'America/Chicago',
  stepSeconds: 900,
  openingHours: { weekly: [[], [], [], [], [], [], []] },
  goals: { serviceLevel: { target: 0.8, answerWithinSeconds: 30, definition: 'offered' } },
  patience: null,
  shrinkage: null,
  concurrency,
  shortAbandonSeconds: 5,
  planningGroup: null,
  aliases: [],
  sortOrder: 0,
  revision: 1,
  createdAt: 0,
  archivedAt: null,
});

describe('the staffing model of plan, today and review', () => {
  it('counts the places of an agent who holds several chats', () => {
    const [alone] = neededAgents(queueOf(1), 120, [90], [300]);
    const [three] = neededAgents(queueOf(3), 120, [90], [300]);
    expect(three).toBe(Math.ceil((alone ?? 0) / 3));
  });

  it('finds the goal met with the agents that it asks for, and missed with one fewer', () => {
    for (const concurrency of [1, 3]) {
      const queue = queueOf(concurrency);
      const [agents = 0] = neededAgents(queue, 120, [90], [300]);
      const level = (count: number) => modelLevel(queue, 120, { calls: 90, ahtSeconds: 300, agents: count });
      expect(level(agents ?? 0)).toBeGreaterThanOrEqual(0.8);
      expect(level((agents ?? 0) - 1)).toBeLessThan(0.8);
    }
  });

  it('spreads messages over the time promised, and gives what the agents have the time for', () => {
    const messages: Queue = { ...queueOf(1), channel: 'message', goals: {} };
    const [offered, aht] = [
      [20, 0, null, 0],
      [90, 90, null, 90],
    ];
    const needed = neededAgents(messages, null, offered, aht);
    expect(needed).toEqual(deferredNeed({ stepSeconds: 900, offered, ahtSeconds: aht }, {}));
    // Two agent-quarters of work over three open quarters.
    expect(needed[1]).toBeCloseTo(2 / 3 / USUAL_FILL, 9);
    expect(modelLevel(messages, null, { calls: 20, ahtSeconds: 90, agents: 1 })).toBe(0.5);
    expect(modelLevel(messages, null, { calls: 20, ahtSeconds: 90, agents: 3 })).toBe(1);
  });
});
