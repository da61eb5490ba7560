import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bentCurve } from '../../../web/lib/curve.ts';

describe('bending a curve', () => {
  it('moves the held point exactly, its neighbours less and less, and what is out of reach not at all', () => {
    const bent = bentCurve([10, 10, 10, 10, 10, 10, 10], 3, 20, 2);
    // A cosine bell of reach 2 is one half at a distance of 1 and nothing at 2.
    expect(bent.map(value => Number(value?.toFixed(9)))).toEqual([10, 10, 15, 20, 15, 10, 10]);
  });

  it('keeps missing points missing, never falls below zero and changes nothing when the point stays', () => {
    const point = fc.option(fc.double({ min: 0, max: 500, noNaN: true }), { nil: null });
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 1, maxLength: 40 }),
        fc.nat(39),
        fc.double({ min: -50, max: 800, noNaN: true }),
        fc.integer({ min: 1, max: 8 }),
        (values, at, to, reach) => {
          const index = at % values.length;
          const bent = bentCurve(values, index, to, reach);
          bent.forEach((value, i) => {
            expect(value === null).toBe(values[i] === null);
            if (value !== null) expect(value).toBeGreaterThanOrEqual(0);
          });
          const held = values[index];
          if (held != null) expect(bentCurve(values, index, held, reach)).toEqual(values);
        },
      ),
    );
  });
});
