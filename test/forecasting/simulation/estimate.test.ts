import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, sampleBinomial, samplePoisson } from '../../../forecasting/index.ts';
import { halfWidth, RatioSums, studentT975 } from '../../../forecasting/simulation/estimate.ts';

describe('Student’s t', () => {
  it.each([
    // NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2, column 0.975.
    [1, 12.706],
    [2, 4.303],
    [4, 2.776],
    [5, 2.571],
    [6, 2.447],
    [10, 2.228],
    [19, 2.093],
    [29, 2.045],
    [60, 2],
    [100, 1.984],
  ])('has its 97.5 %% point at %d degrees of freedom', (degrees, point) => {
    expect(Math.abs(studentT975(degrees) - point)).toBeLessThan(0.001);
  });

  it('falls with the degrees of freedom towards the normal point', () => {
    for (let degrees = 1; degrees < 200; degrees++) {
      expect(studentT975(degrees)).toBeGreaterThan(studentT975(degrees + 1));
    }
    expect(studentT975(1e9)).toBeCloseTo(1.959963984540054, 8);
  });
});

describe('ratio over replications', () => {
  it('covers the truth about 95 times in 100', () => {
    const random = createRandom('coverage');
    let covered = 0;
    for (let trial = 0; trial < 1_000; trial++) {
      const sums = new RatioSums(1);
      for (let day = 0; day < 15; day++) {
        const calls = samplePoisson(random, 80);
        sums.add(0, sampleBinomial(random, calls, 0.8), calls);
      }
      const { low, high } = sums.share(0)!;
      if (low <= 0.8 && 0.8 <= high) covered++;
    }
    // Binomial(1,000, 0.95): 4.5 standard deviations are 31.
    expect(covered).toBeGreaterThan(919);
    expect(covered).toBeLessThan(981);
  });

  it('is the ratio of the sums, as a plain computation gives it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 60 })), { minLength: 2, maxLength: 30 }),
        pairs => {
          const sums = new RatioSums(3);
          for (const [x, y] of pairs) sums.add(1, x, y);
          const total = (i: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[i], 0);
          const value = total(0) / total(1);
          const squares = pairs.reduce((sum, [x, y]) => sum + (x - value * y) ** 2, 0);
          const n = pairs.length;
          const half = (studentT975(n - 1) * Math.sqrt((n * squares) / (n - 1))) / total(1);
          const estimate = sums.ratio(1)!;
          expect(estimate.value).toBeCloseTo(value, 12);
          expect(halfWidth(estimate)).toBeCloseTo(half, 5);
          expect(sums.ratio(0)).toBeNull();
        },
      ),
    );
  });

  it('does not claim certainty when every replication agrees', () => {
    const sums = new RatioSums(2);
    for (let i = 0; i < 10; i++) {
      sums.add(0, 20, 20);
      sums.add(1, 0, 20);
    }
    // Wilson's interval for 200 of 200: 1 / (1 + 1.96² / 200).
    expect(sums.share(0)!).toMatchObject({ value: 1, high: 1 });
    expect(sums.share(0)!.low).toBeCloseTo(1 / (1 + 1.959963984540054 ** 2 / 200), 12);
    expect(sums.share(1)!.high).toBeCloseTo(1 - sums.share(0)!.low, 12);
  });

  it('speaks of nothing where there is nothing', () => {
    const sums = new RatioSums(1);
    sums.add(0, 0, 0);
    sums.add(0, 0, 0);
    expect(sums.ratio(0)).toBeNull();
    expect(sums.share(0)).toBeNull();
    expect(halfWidth(null)).toBe(0);
  });
});
