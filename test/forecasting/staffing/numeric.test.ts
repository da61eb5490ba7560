import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { productDifference } from '../../../forecasting/staffing/numeric/exact.ts';
import { incompleteGamma, logGamma } from '../../../forecasting/staffing/numeric/gamma.ts';
import { normalCdf } from '../../../forecasting/staffing/numeric/normal.ts';
import { gaussLegendre } from '../../../forecasting/staffing/numeric/quadrature.ts';
import { fixed, relativeError, toNumber } from './highPrecision.ts';

describe('numeric ground', () => {
  it('takes a b − c d as if the products were exact', () => {
    const value = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        // d makes the products all but equal, where the plain difference keeps no digit.
        const d = (a * b) / c;
        const exact = (fixed(a) * fixed(b) - fixed(c) * fixed(d)) >> 1600n;
        expect(relativeError(productDifference(a, b, c, d), toNumber(exact))).toBeLessThan(1e-15);
      }),
    );
  });

  it('normal distribution function: both tails (mpmath 1.3 ncdf, 25 digits)', () => {
    const values = [
      [-1, 0.15865525393145705],
      [0.3, 0.6179114221889526],
      [-5, 2.866515718791939e-7],
      [0, 0.5],
    ] as const;
    for (const [z, want] of values) expect(relativeError(normalCdf(z), want)).toBeLessThan(1e-14);
    fc.assert(
      fc.property(fc.double({ min: -8, max: 8, noNaN: true }), z => {
        expect(normalCdf(z) + normalCdf(-z)).toBeCloseTo(1, 14);
        // Φ(z) = (1 + sign(z) P(½, z²/2)) / 2: another series.
        const { lower, upper } = incompleteGamma(0.5, (z * z) / 2);
        expect(relativeError(normalCdf(z), z < 0 ? upper / 2 : (1 + lower) / 2)).toBeLessThan(1e-12);
      }),
    );
  });

  it('gamma function: factorials, the half, and the recurrence', () => {
    expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 14);
    let factorial = 0;
    for (let n = 1; n <= 60; n++) {
      factorial += Math.log(n);
      expect(relativeError(logGamma(n + 1), factorial === 0 ? logGamma(2) : factorial)).toBeLessThan(2e-15);
    }
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 40, noNaN: true }), x => {
        expect(logGamma(x + 1) - logGamma(x)).toBeCloseTo(Math.log(x), 12);
      }),
    );
  });

  it('incomplete gamma of whole shape is a Poisson sum', () => {
    for (const [shape, x] of [
      [1, 0.5],
      [3, 8],
      [20, 12],
      [50, 90],
      [200, 190],
    ] as const) {
      let term = Math.exp(-x);
      let sum = 0;
      for (let k = 0; k < shape; k++) {
        sum += term;
        term *= x / (k + 1);
      }
      const { lower, upper, logUpper } = incompleteGamma(shape, x);
      expect(relativeError(upper, sum)).toBeLessThan(1e-12);
      expect(logUpper).toBeCloseTo(Math.log(sum), 11);
      expect(lower + upper).toBeCloseTo(1, 14);
    }
  });

  it('Gauss–Legendre integrates polynomials of degree 2n − 1', () => {
    for (const order of [4, 16]) {
      const { nodes, weights } = gaussLegendre(order);
      const degree = 2 * order - 2;
      const sum = nodes.reduce((total, x, i) => total + weights[i]! * x ** degree, 0);
      expect(sum).toBeCloseTo(2 / (degree + 1), 14);
    }
  });
});
