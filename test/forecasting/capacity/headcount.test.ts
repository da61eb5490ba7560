import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, type HeadcountInput, planHeadcount, proposeHiring } from '../../../forecasting/index.ts';

const base: HeadcountInput = Object.freeze({
  firstMonth: '2026-11',
  months: 24,
  startFte: 100,
  annualAttrition: 0.26,
  hiringClasses: [],
  ramp: [0, 0.5, 0.8],
  leaveFte: [],
  requiredFte: [90],
  monthlyCostPerFte: 5000,
});

const arbitraryInput = fc.record({
  firstMonth: fc.constant('2026-01'),
  months: fc.integer({ min: 1, max: 36 }),
  startFte: fc.double({ min: 0, max: 500, noNaN: true }),
  annualAttrition: fc.double({ min: 0, max: 0.6, noNaN: true }),
  hiringClasses: fc.array(
    fc.record({ month: fc.integer({ min: 0, max: 35 }), size: fc.integer({ min: 0, max: 30 }) }),
    { maxLength: 5 },
  ),
  ramp: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 }),
  leaveFte: fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { maxLength: 3 }),
  requiredFte: fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { minLength: 1, maxLength: 24 }),
  monthlyCostPerFte: fc.constant(5000),
});

describe('planHeadcount', () => {
  it('loses the annual attrition in twelve months when nobody is hired', () => {
    // 100 × (1 − 0.26) by definition of the constant monthly hazard.
    expect(planHeadcount(base)[11]?.onBoardFte).toBeCloseTo(74, 9);
  });

  it('ramps a class up by the given shares', () => {
    const rows = planHeadcount({ ...base, annualAttrition: 0, hiringClasses: [{ month: 2, size: 10 }] });
    expect(rows.slice(1, 6).map(row => row.productiveFte)).toEqual([100, 100, 105, 108, 110]);
  });

  it('balances people: start + joined − left = on board', () => {
    fc.assert(
      fc.property(arbitraryInput, input => {
        let onBoard = input.startFte;
        for (const row of planHeadcount(input)) {
          onBoard += row.joinedFte - row.leftFte;
          expect(row.onBoardFte).toBeCloseTo(onBoard, 6);
          expect(row.productiveFte).toBeLessThanOrEqual(row.onBoardFte + 1e-9);
          expect(row.gapFte).toBeCloseTo(row.productiveFte - row.requiredFte, 9);
        }
      }),
    );
  });

  it('counts months across the year', () => {
    expect(addMonths('2026-11', 3)).toBe('2027-02');
  });

  it('names the field that is out of range', () => {
    expect(() => planHeadcount({ ...base, annualAttrition: 1.2 })).toThrow(
      'annualAttrition must be from 0 to below 1; found 1.2',
    );
    expect(() => planHeadcount({ ...base, firstMonth: 'May' })).toThrow('firstMonth must look like 2026-12');
  });
});

describe('proposeHiring', () => {
  it('closes every gap that a class can still close', () => {
    const hiringClasses = proposeHiring(base, 30);
    const rows = planHeadcount({ ...base, hiringClasses });
    expect(rows.filter(row => row.gapFte < -1e-9)).toEqual([]);
    expect(hiringClasses.length).toBeGreaterThan(0);
  });

  it('hires nobody when nobody is missing', () => {
    expect(proposeHiring({ ...base, annualAttrition: 0 }, 30)).toEqual([]);
  });

  it('keeps every class within its size', () => {
    fc.assert(
      fc.property(arbitraryInput, input => {
        const given = new Map<number, number>();
        for (const c of input.hiringClasses) given.set(c.month, (given.get(c.month) ?? 0) + c.size);
        for (const hiring of proposeHiring(input, 12)) {
          expect(hiring.size).toBeLessThanOrEqual(Math.max(12, given.get(hiring.month) ?? 0));
        }
      }),
      { numRuns: 50 },
    );
  });
});
