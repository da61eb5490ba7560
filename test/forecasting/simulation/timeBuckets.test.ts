import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimeBuckets } from '../../../forecasting/simulation/timeBuckets.ts';

const SLOTS = 60;

type Step = {
  readonly take: boolean;
  readonly ahead: number;
  readonly slot: number;
  readonly remove: boolean;
};

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    take: fc.boolean(),
    remove: fc.boolean(),
    slot: fc.nat(SLOTS - 1),
    // Equal, near, far and very far times: ties, one bucket, many buckets, beyond all buckets.
    ahead: fc.oneof(
      fc.constant(0),
      fc.integer({ min: 0, max: 3 }),
      fc.double({ min: 0, max: 50, noNaN: true }),
      fc.double({ min: 0, max: 1e6, noNaN: true }),
    ),
  }),
  { maxLength: 300 },
);

describe('bucket calendar', () => {
  it.each([0.001, 0.5, 100])(
    'takes times out in order, ties by slot, as a sorted list does (spacing %d)',
    spacing => {
      fc.assert(
        fc.property(steps, sequence => {
          const buckets = new TimeBuckets(SLOTS, spacing);
          const pending = new Map<number, number>();
          let now = 0;
          const earliest = () => [...pending].sort((a, b) => a[1] - b[1] || a[0] - b[0])[0];
          for (const step of sequence) {
            const expected = earliest();
            expect(buckets.earliestSeconds()).toBe(expected?.[1] ?? Infinity);
            if (step.take && expected) {
              expect(buckets.takeEarliest()).toBe(expected[0]);
              pending.delete(expected[0]);
              now = expected[1];
            } else if (pending.has(step.slot) && step.remove) {
              buckets.remove(step.slot);
              pending.delete(step.slot);
            } else if (!pending.has(step.slot)) {
              buckets.insert(step.slot, now + step.ahead);
              pending.set(step.slot, now + step.ahead);
            }
            expect(buckets.size).toBe(pending.size);
          }
          for (let left = earliest(); left; left = earliest()) {
            expect(buckets.earliestSeconds()).toBe(left[1]);
            expect(buckets.takeEarliest()).toBe(left[0]);
            pending.delete(left[0]);
          }
        }),
        { numRuns: 200 },
      );
    },
  );

  it('sorts hundreds of equal times by slot, in whatever order they came', () => {
    const buckets = new TimeBuckets(500, 1);
    for (let i = 0; i < 500; i++) buckets.insert((i * 7) % 500, 1_000);
    const taken = Array.from({ length: 500 }, () => {
      expect(buckets.earliestSeconds()).toBe(1_000);
      return buckets.takeEarliest();
    });
    expect(taken).toEqual(Array.from({ length: 500 }, (_, i) => i));
  });
});
