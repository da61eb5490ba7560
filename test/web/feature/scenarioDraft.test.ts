import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leversShown, withLevers } from '../../../web/feature/whatIf/scenarioDraft.ts';

const PLAN = Object.freeze({ id: 'a', name: 'A', levers: [] });
const queueId = fc.constantFrom('triage', 'billing', null);
const change = fc.record({
  volumeFactor: fc.oneof(fc.constant(undefined), fc.double({ min: 0, max: 2, noNaN: true })),
  staffShare: fc.oneof(fc.constant(undefined), fc.double({ min: 0, max: 2, noNaN: true })),
});

describe('the levers of a scenario in hand', () => {
  it('show what was set last on a queue, else what was set for all', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(queueId, change), { maxLength: 12 }), steps => {
        const own = new Map<string | null, Record<string, number | undefined>>();
        let draft: Parameters<typeof withLevers>[0] = PLAN;
        for (const [queue, part] of steps) {
          draft = withLevers(draft, queue, part);
          own.set(queue, { ...own.get(queue), ...part });
        }
        for (const queue of ['triage', 'billing']) {
          for (const lever of ['volumeFactor', 'staffShare'] as const) {
            expect(leversShown(draft, queue)[lever]).toBe(own.get(queue)?.[lever] ?? own.get(null)?.[lever]);
          }
        }
        expect(new Set(draft.levers.map(entry => entry.queueId)).size).toBe(draft.levers.length);
      }),
    );
  });

  it('given back to the plan leave nothing behind', () => {
    const moved = withLevers(PLAN, 'triage', { volumeFactor: 1.2 });
    expect(moved.levers).toHaveLength(1);
    expect(withLevers(moved, 'triage', { volumeFactor: undefined }).levers).toEqual([]);
  });
});
