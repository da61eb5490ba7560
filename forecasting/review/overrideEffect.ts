import type { Column } from './actuals.ts';

/** How far a forecast was from what came, without and with a change of it. Lower with it means that the change helped. */
export interface OverrideEffect {
  /** Σ|forecast − actual| over the intervals; with weights, their weighted mean. */
  readonly errorWithout: number;
  readonly errorWith: number;
  readonly intervals: number;
}

/**
 * The effect of a change over the intervals `[firstIndex, endIndex)` that have both forecasts and an actual; `null`
 * where none has. Weights turn the sum into a mean, as handle times want that are known from many contacts or few.
 */
export function overrideEffect(
  forecasts: { readonly without: Column; readonly with: Column },
  actual: Column,
  [firstIndex, endIndex]: readonly [number, number],
  weights?: Column,
): OverrideEffect | null {
  let [without, withChange, weight, intervals] = [0, 0, 0, 0];
  for (let i = Math.max(0, firstIndex); i < Math.min(endIndex, actual.length); i++) {
    const [a, b, came] = [forecasts.without[i], forecasts.with[i], actual[i]];
    const share = weights === undefined ? 1 : (weights[i] ?? 0);
    if (a == null || b == null || came == null || share <= 0) continue;
    without += share * Math.abs(a - came);
    withChange += share * Math.abs(b - came);
    weight += share;
    intervals++;
  }
  if (intervals === 0) return null;
  const scale = weights === undefined ? 1 : 1 / weight;
  return { errorWithout: without * scale, errorWith: withChange * scale, intervals };
}
