import { createRandom } from '../calendar/random.ts';
import { choleskyOf } from '../demand/samplePaths.ts';

/** Standard normal numbers behind simulated futures: the same for every scenario, so that scenarios differ by what they change. */
export interface BandDraws {
  readonly count: number;
  /** `[future × queues + queue]`: the error of level that a queue keeps over the horizon. */
  readonly level: Float64Array;
  /** `[(future × queues + queue) × days + day]`: each day's own error. */
  readonly day: Float64Array;
  /** `[(future × queues + queue) × FIGURES + figure]`: what chance does to a figure over the horizon. */
  readonly chance: Float64Array;
}

export const FIGURES = 4;
const FUTURES = 400;

/**
 * Draws for `queues` whose days move together by `correlation` (see `dayCorrelation`), over at most `days` days.
 *
 * @throws RangeError unless the matrix has one row and column per queue
 */
export function drawBand(
  correlation: readonly (readonly number[])[],
  days: number,
  options: { readonly count?: number; readonly seed?: number } = {},
): BandDraws {
  const queues = correlation.length;
  if (correlation.some(row => row.length !== queues)) {
    throw new RangeError(`correlation must be ${queues} × ${queues}`);
  }
  const count = options.count ?? FUTURES;
  const random = createRandom(options.seed ?? 1);
  const root = choleskyOf(correlation);
  const level = new Float64Array(count * queues);
  const day = new Float64Array(count * queues * days);
  const chance = Float64Array.from({ length: count * queues * FIGURES }, () => random.normal());
  const correlated = (write: (queue: number, value: number) => void) => {
    const own = root.map(() => random.normal());
    for (const [q, row] of root.entries()) {
      write(
        q,
        row.reduce((sum, weight, k) => sum + weight * (own[k] ?? 0), 0),
      );
    }
  };
  for (let future = 0; future < count; future++) {
    const at = (q: number) => future * queues + q;
    correlated((q, value) => {
      level[at(q)] = value;
    });
    for (let d = 0; d < days; d++) {
      correlated((q, value) => {
        day[at(q) * days + d] = value;
      });
    }
  }
  return { count, level, day, chance };
}
