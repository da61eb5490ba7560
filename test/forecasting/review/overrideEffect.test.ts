import { describe, expect, it } from 'vitest';
import { overrideEffect } from '../../../forecasting/index.ts';

describe('overrideEffect', () => {
  const forecasts = { without: [100, 100, 100, 100], with: [120, 120, 120, 120] };

  it('says by how much a change came nearer', () => {
    // Without: 20 + 25; with: 0 + 5.
    expect(overrideEffect(forecasts, [999, 120, 125, 999], [1, 3])).toEqual({
      errorWithout: 45,
      errorWith: 5,
      intervals: 2,
    });
  });

  it('leaves out intervals without an actual, and says nothing when none is left', () => {
    expect(overrideEffect(forecasts, [null, 90, null, null], [0, 4])).toEqual({
      errorWithout: 10,
      errorWith: 30,
      intervals: 1,
    });
    expect(overrideEffect(forecasts, [null, null, null, null], [0, 4])).toBeNull();
    expect(overrideEffect(forecasts, [90, 90, 90, 90], [4, 9])).toBeNull();
  });

  it('weighs means by the contacts behind them', () => {
    // |100 − 110| weighs 30, |100 − 90| and |120 − 90| weigh 10.
    const effect = overrideEffect(forecasts, [110, 90, null, null], [0, 4], [30, 10, 5, null]);
    expect(effect?.errorWithout).toBeCloseTo(10, 12);
    expect(effect?.errorWith).toBeCloseTo((30 * 10 + 10 * 30) / 40, 12);
  });
});
