import { formatPercent } from '../../lib/format.ts';
import type { BasisQueue } from './basis.ts';

/** The plan's values over queues: the middle of them, and in words their range. */
export function rangeOf(
  queues: readonly BasisQueue[],
  read: (queue: BasisQueue) => number,
  show: (value: number) => string,
): { readonly middle: number; readonly text: string } {
  const values = queues.map(read);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const text = show(low) === show(high) ? show(low) : `${show(low)} – ${show(high)}`;
  return { middle: (low + high) / 2, text };
}

/** A share in whole per cent. */
export const percent = (value: number) => formatPercent(value);
