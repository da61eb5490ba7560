import { describe, expect, it } from 'vitest';
import { modelLevel, neededAgents } from '../../api/service/staffingModel.ts';
import type { Queue } from '../../data/store/queues.ts';

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
});
