import { describe, expect, it } from 'vitest';
import { erlangB } from '../../../forecasting/index.ts';
import { idleOdds, quickIdleOdds } from '../../../forecasting/staffing/erlangB.ts';
import { erlangBReference, relativeError } from './highPrecision.ts';

/** a ∫ e^(−at) (1 + t)^x dt by the trapezoid rule in ln t: an independent route to 1/B(x). */
function inverseBlockingByQuadrature(agents: number, load: number): number {
  const step = 1 / 64;
  let sum = 0;
  for (let u = -60; u <= 12; u += step) {
    const t = Math.exp(u);
    sum += t * Math.exp(agents * Math.log1p(t) - load * t);
  }
  return load * sum * step;
}

describe('erlangB', () => {
  it('agrees with the recursion in 480 digits to 1e-12', () => {
    let worst = 0;
    for (const load of [0.01, 0.3, 1, 2.5, 10, 97.3, 640, 3000, 10_000]) {
      const sizes = [
        0,
        1,
        2,
        5,
        Math.round(load / 2),
        Math.round(load),
        Math.ceil(load + 3 * Math.sqrt(load)),
        2 * Math.ceil(load),
      ];
      for (const agents of new Set(sizes)) {
        worst = Math.max(
          worst,
          relativeError(erlangB({ agents, offeredLoadErlangs: load }), erlangBReference(agents, load)),
        );
      }
    }
    expect(worst).toBeLessThan(1e-12);
  });

  it('extends to fractional agents by the integral a ∫ e^(−at) (1 + t)^x dt', () => {
    for (const load of [0.05, 0.7, 1, 3, 12.5, 80]) {
      for (const agents of [0.01, 0.5, 0.999, 1.5, 7.25, 13.75, 60.1]) {
        const want = 1 / inverseBlockingByQuadrature(agents, load);
        expect(relativeError(erlangB({ agents, offeredLoadErlangs: load }), want)).toBeLessThan(1e-11);
      }
    }
  });

  it('is continuous across whole numbers of agents', () => {
    const at = (agents: number) => erlangB({ agents, offeredLoadErlangs: 9 });
    expect(relativeError(at(7 - 1e-9), at(7))).toBeLessThan(1e-8);
    expect(relativeError(at(7 + 1e-9), at(7))).toBeLessThan(1e-8);
  });

  it('keeps the limits', () => {
    expect(erlangB({ agents: 0, offeredLoadErlangs: 4 })).toBe(1);
    expect(erlangB({ agents: 3, offeredLoadErlangs: 0 })).toBe(0);
    expect(erlangB({ agents: 12_000, offeredLoadErlangs: 0.01 })).toBe(0);
    expect(erlangB({ agents: 1, offeredLoadErlangs: 1e9 })).toBeCloseTo(1, 8);
  });

  it('names the field of bad input', () => {
    expect(() => erlangB({ agents: -1, offeredLoadErlangs: 1 })).toThrow(/^agents /);
    expect(() => erlangB({ agents: 1, offeredLoadErlangs: Number.NaN })).toThrow(/^offeredLoadErlangs /);
    expect(() => erlangB({ agents: Infinity, offeredLoadErlangs: 1 })).toThrow(RangeError);
  });

  it('sums four terms at a time as exactly as one at a time', () => {
    for (const load of [0.4, 8, 99.5, 1234.5, 9876]) {
      for (const agents of [0.5, 3, load * 0.7, load, load + 2.5 * Math.sqrt(load)]) {
        expect(relativeError(quickIdleOdds(agents, load), idleOdds(agents, load))).toBeLessThan(2e-13);
      }
    }
  });
});
