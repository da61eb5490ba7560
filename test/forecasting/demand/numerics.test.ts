import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countProbability,
  countQuantile,
  countQuantiles,
  normalProbability,
  normalQuantile,
} from '../../../forecasting/demand/negativeBinomial.ts';
import { RidgeEquations } from '../../../forecasting/demand/ridge.ts';

const LEVELS = [0.025, 0.1, 0.5, 0.9, 0.975];

describe('count quantiles', () => {
  // scipy.stats 1.17.1: poisson.ppf and nbinom(m²/(v−m), m/v).ppf at the five levels.
  it.each<[number, number, readonly number[]]>([
    [0.3, 0.3, [0, 0, 0, 1, 2]],
    [6.6, 6.6, [2, 3, 6, 10, 12]],
    [10, 20, [3, 5, 9, 16, 20]],
    [25, 60, [12, 16, 24, 35, 42]],
    [55, 200, [30, 38, 54, 74, 86]],
    [300, 300, [267, 278, 300, 322, 334]],
    [580, 3000, [477, 511, 578, 651, 692]],
  ])(
    'mean %d, variance %d: within half a contact (one above 60) of the exact whole number',
    (mean, variance, exact) => {
      countQuantiles(mean, variance, LEVELS).forEach((value, i) => {
        expect(Math.abs(value - exact[i]!)).toBeLessThanOrEqual(mean > 60 ? 1 : 0.5);
        expect(countQuantile(mean, variance, LEVELS[i]!)).toBeCloseTo(value, 12);
      });
    },
  );

  it('rise with the level, and for the upper half with the variance', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 900, noNaN: true }),
        fc.double({ min: 1, max: 6, noNaN: true }),
        fc.double({ min: 0.01, max: 0.98, noNaN: true }),
        (mean, ratio, level) => {
          const variance = mean * ratio;
          expect(countQuantile(mean, variance, level)).toBeLessThanOrEqual(
            countQuantile(mean, variance, level + 0.01) + 1e-9,
          );
          // Of a rate far below one, more variance moves the tail out only beyond any level used.
          if (mean < 3) return;
          expect(countQuantile(mean, variance, 0.995)).toBeLessThanOrEqual(
            countQuantile(mean, 1.5 * variance, 0.995),
          );
        },
      ),
      { seed: 20260504 },
    );
  });

  it('refuse a mean that is no number', () => {
    expect(() => countQuantile(Number.NaN, 1, 0.5)).toThrow('mean must be 0 or more');
    expect(countQuantile(0, 0, 0.99)).toBe(0);
  });
});

describe('distribution functions', () => {
  it('agree with scipy.stats 1.17.1', () => {
    const negativeBinomial = countProbability(10, 20, 7);
    expect(negativeBinomial.at).toBeCloseTo(0.08728027343749997, 12);
    expect(negativeBinomial.below).toBeCloseTo(0.2272491455078125, 12);
    const poisson = countProbability(6.6, 6.6, 6);
    expect(poisson.at).toBeCloseTo(0.15616637747062143, 12);
    expect(poisson.below).toBeCloseTo(0.3546730434582928, 12);
    [
      [0.001, -3.090232306167813],
      [0.025, -1.9599639845400545],
      [0.5, 0],
      [0.9, 1.2815515655446004],
      [0.9995, 3.2905267314919255],
    ].forEach(([p, z]) => {
      expect(normalQuantile(p!)).toBeCloseTo(z!, 7);
      expect(normalProbability(z!)).toBeCloseTo(p!, 6);
    });
  });
});

describe('RidgeEquations', () => {
  it('without penalty finds the line through exact data; with one shrinks it; leaves out what is not used', () => {
    const equations = new RidgeEquations(3);
    for (let x = 0; x < 10; x++) equations.add([0, 1, 2], [1, x, x * x], 3 + 2 * x, 1);
    const all = equations.solve(new Float64Array(3), Uint8Array.of(1, 1, 1));
    [3, 2, 0].forEach((value, i) => {
      expect(all[i]).toBeCloseTo(value, 4);
    });
    const shrunk = equations.solve(Float64Array.of(0, 200, 0), Uint8Array.of(1, 1, 0));
    expect(shrunk[1]).toBeGreaterThan(0);
    expect(shrunk[1]).toBeLessThan(1.9);
    expect(shrunk[2]).toBe(0);
  });

  it('ages what it learnt: after heavy decay the new relation rules', () => {
    const equations = new RidgeEquations(1);
    for (let i = 0; i < 50; i++) equations.add([0], [1], 10, 1);
    const before = equations.copy();
    equations.decay(1e-6);
    for (let i = 0; i < 5; i++) equations.add([0], [1], 4, 1);
    expect(equations.solve(new Float64Array(1), Uint8Array.of(1))[0]).toBeCloseTo(4, 3);
    expect(before.solve(new Float64Array(1), Uint8Array.of(1))[0]).toBeCloseTo(10, 6);
  });
});
