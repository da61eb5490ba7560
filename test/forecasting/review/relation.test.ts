import { describe, expect, it } from 'vitest';
import { createRandom, relate } from '../../../forecasting/index.ts';

/** Satisfaction that falls by 0.2 points per second waited, with noise, and one absurd day. */
function days(count: number, slope: number, seed: number) {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const x = 20 + (i % 30) * 3;
    return { x, y: i === 5 ? 1000 : 90 + slope * x + (random.uniform() - 0.5) * 6 };
  });
}

describe('relate', () => {
  it('finds the slope in spite of an absurd day', () => {
    const relation = relate(days(60, -0.2, 1), 1);
    if (relation.kind !== 'related') throw new Error('expected a relation');
    expect(relation.slope).toBeCloseTo(-0.2, 1);
    expect(relation.isClear).toBe(true);
    expect(relation.slopeLower).toBeLessThanOrEqual(relation.slope);
    expect(relation.slopeUpper).toBeGreaterThanOrEqual(relation.slope);
    expect(relation.rankCorrelation).toBeLessThan(-0.5);
  });

  it('claims nothing where there is nothing, in most of many made-up cases', () => {
    const clear = Array.from({ length: 60 }, (_, i) => relate(days(40, 0, 100 + i), i)).filter(
      relation => relation.kind === 'related' && relation.isClear,
    );
    // A 95 % interval leaves zero out about once in twenty; six of sixty would be twice that.
    expect(clear.length).toBeLessThanOrEqual(8);
  });

  it('says how many days it would need', () => {
    const few = [...days(10, -0.2, 1), { x: 5, y: null }, { x: null, y: 3 }];
    expect(relate(few, 1)).toEqual({ kind: 'tooFew', pairs: 10, needed: 14 });
    expect(
      relate(
        Array.from({ length: 30 }, () => ({ x: 4, y: 5 })),
        1,
      ).kind,
    ).toBe('tooFew');
  });

  it('gives the same answer for the same seed', () => {
    expect(relate(days(50, -0.1, 3), 9)).toEqual(relate(days(50, -0.1, 3), 9));
  });
});
