import { StaffingError } from './errors.ts';
import type { QueueMetrics } from './load.ts';

/** Waits beyond this many seconds count as endless. */
const ENDLESS = 1e12;

/**
 * The time within which a share of the calls has left the queue, answered or abandoned: the smallest t with
 * P(W > t) ≤ 1 − share. With `of: 'virtual'`, the same for the wait of an endlessly patient caller.
 *
 * @param share 0 < share < 1, as 0.9 for the ninetieth percentile
 * @returns seconds; 0 if that share does not wait; Infinity if the queue is endless
 * @throws StaffingError (a RangeError) if the share is out of range
 */
export function waitQuantile(
  metrics: QueueMetrics,
  share: number,
  of: 'actual' | 'virtual' = 'actual',
): number {
  if (!(share > 0 && share < 1)) throw new StaffingError('share', `must lie between 0 and 1; found ${share}`);
  const exceeds = (t: number): boolean =>
    (of === 'actual' ? metrics.waitExceeds(t) : metrics.virtualWaitExceeds(t)) > 1 - share;
  if (!exceeds(0)) return 0;
  let low = 0;
  let high = 1;
  while (exceeds(high)) {
    low = high;
    high *= 2;
    if (high > ENDLESS) return Infinity;
  }
  for (let i = 0; i < 80 && high - low > 1e-14 * high; i++) {
    const middle = 0.5 * (low + high);
    if (exceeds(middle)) low = middle;
    else high = middle;
  }
  return high;
}
