import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  grossUp,
  grossUpExact,
  netOf,
  type Shrinkage,
  totalShrinkage,
  wholeAgents,
} from '../../../forecasting/index.ts';

const parts = Object.freeze([
  { name: 'leave', share: 0.2 },
  { name: 'breaks', share: 0.1 },
]);

describe('shrinkage', () => {
  it('adds shares of the same paid time, or multiplies what each leaves', () => {
    expect(totalShrinkage({ composition: 'additive', parts })).toBeCloseTo(0.3, 15);
    expect(totalShrinkage({ composition: 'sequential', parts })).toBeCloseTo(0.28, 15);
    expect(totalShrinkage({ composition: 'additive', parts: [] })).toBe(0);
  });

  it('is 20 paid agents for 14 at 30 % (CRAN package ErlangC), and 22 for 15', () => {
    expect(grossUp(14, 0.3)).toBe(20);
    expect(grossUp(15, 0.3)).toBe(22);
  });

  it('rounds once: three queues of 4.2 agents need 18 paid at 30 %, not 24', () => {
    expect(grossUp(3 * 4.2, 0.3)).toBe(18);
    expect(3 * grossUp(wholeAgents(4.2), 0.3)).toBe(24);
  });

  it('inverts', () => {
    const shrinkage = fc.record({
      composition: fc.constantFrom('additive' as const, 'sequential' as const),
      parts: fc.array(
        fc.record({ name: fc.constant('x'), share: fc.double({ min: 0, max: 0.3, noNaN: true }) }),
        { maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 500, noNaN: true }), shrinkage, (agents, loss: Shrinkage) => {
        expect(netOf(grossUpExact(agents, loss), loss)).toBeCloseTo(agents, 9);
        expect(grossUp(agents, loss)).toBeGreaterThanOrEqual(grossUpExact(agents, loss) - 1e-9);
        expect(grossUp(agents, loss)).toBeLessThan(grossUpExact(agents, loss) + 1);
      }),
    );
  });

  it('names the part that is wrong', () => {
    expect(() => grossUp(5, 1)).toThrow(/^shrinkage /);
    expect(() => grossUp(5, { composition: 'additive', parts: [{ name: 'x', share: -0.1 }] })).toThrow(
      /^shrinkage\.parts\[0\]\.share /,
    );
    expect(() =>
      grossUp(5, {
        composition: 'additive',
        parts: [
          { name: 'x', share: 0.6 },
          { name: 'y', share: 0.4 },
        ],
      }),
    ).toThrow(/^shrinkage /);
  });
});
