import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planHeadcount, proposeHiring, rampByMonth } from '../../../forecasting/index.ts';

describe('rampByMonth', () => {
  it('is nothing in training, then rises to one, and never falls', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 26, noNaN: true }),
        fc.double({ min: 0, max: 52, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (training, ramp, start) => {
          const months = rampByMonth(training, ramp, start);
          months.forEach((value, i) => {
            expect(value).toBeGreaterThanOrEqual(i === 0 ? 0 : (months[i - 1] ?? 0));
            expect(value).toBeLessThanOrEqual(1);
          });
          const lost = months.reduce((sum, value) => sum + 1 - value, 0);
          const weeks = training + (ramp * (1 - start)) / 2;
          // Mean weeks per month: 365.25 / 12 / 7.
          expect(lost * 4.348).toBeCloseTo(weeks, -Math.log10(0.2));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('with neither training nor ramp a hire counts at once', () => {
    expect(rampByMonth(0, 0, 0)).toEqual([]);
    expect(() => rampByMonth(4, 8, 2)).toThrow(/rampStart/);
  });

  it('hiring costs fall due in the month of joining', () => {
    const rows = planHeadcount({
      firstMonth: '2026-12',
      months: 3,
      startFte: 10,
      annualAttrition: 0,
      hiringClasses: [{ month: 1, size: 4 }],
      ramp: rampByMonth(4, 8, 0.5),
      leaveFte: [],
      requiredFte: [12],
      monthlyCostPerFte: 5000,
      hiringCost: 3000,
    });
    expect(rows.map(row => row.hiringCost)).toEqual([0, 12_000, 0]);
    expect(rows.map(row => row.payrollCost)).toEqual([50_000, 70_000, 70_000]);
  });

  it('a small gap today asks for a few hires, not for a crowd of trainees', () => {
    const input = {
      firstMonth: '2026-12',
      months: 18,
      startFte: 15,
      annualAttrition: 0.26,
      hiringClasses: [],
      ramp: rampByMonth(4, 8, 0.5),
      leaveFte: [0.5],
      requiredFte: [15],
      monthlyCostPerFte: 5000,
    };
    const classes = proposeHiring(input, 20);
    expect(classes[0]?.size).toBeLessThanOrEqual(4);
    const rows = planHeadcount({ ...input, hiringClasses: classes });
    rows.slice(input.ramp.length).forEach(row => {
      expect(row.gapFte).toBeGreaterThanOrEqual(-1e-9);
      expect(row.gapFte).toBeLessThan(4);
    });
  });
});
