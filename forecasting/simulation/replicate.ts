import { createRandom, type RandomGenerator } from '../calendar/random.ts';
import { assertPositive, assertWhole } from '../staffing/errors.ts';

/** How often a simulation is repeated, and how it reports on its way. */
export interface ReplicationOptions {
  /** Same model, same seed: same result, on every machine. */
  readonly seed: number | string;
  /** Replications to run; with `stopAtHalfWidth` the fewest. At least 2. */
  readonly replications?: number;
  /**
   * Go on until the 95 % interval of the watched number is at most this half-width (0.01 = ± 1 point), or
   * `maxReplications` is reached.
   */
  readonly stopAtHalfWidth?: number;
  readonly maxReplications?: number;
  /** Called after each replication; `total` is an upper bound when stopping by half-width. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Asked before each replication, so that a cancelled run stops after a unit of work, not after a time. */
  readonly isCancelled?: () => boolean;
}

export type ReplicationOutcome =
  | { readonly kind: 'complete'; readonly replications: number; readonly reachedHalfWidth: boolean }
  | { readonly kind: 'cancelled'; readonly replications: number };

/** Replications between two looks at the interval: each look is a chance to stop too early. */
const LOOK_EVERY = 5;

/**
 * Runs independent replications: replication r draws from the seed's stream r, so the first 20 of 50 are the 20 of
 * a shorter run, and two models with the same seed meet the same callers.
 *
 * @param watchedHalfWidth half-width of the number that decides when to stop; its worst, if several
 * @throws RangeError naming the option out of range
 */
export function replicate(
  options: ReplicationOptions,
  defaultReplications: number,
  run: (random: RandomGenerator, replication: number) => void,
  watchedHalfWidth: () => number,
): ReplicationOutcome {
  const least = options.replications ?? defaultReplications;
  const { stopAtHalfWidth } = options;
  assertWhole('replications', least, 2);
  if (stopAtHalfWidth !== undefined) assertPositive('stopAtHalfWidth', stopAtHalfWidth);
  const most = stopAtHalfWidth === undefined ? least : (options.maxReplications ?? 20 * least);
  assertWhole('maxReplications', most, least);
  const root = createRandom(options.seed).stream('replication');
  for (let done = 0; ; ) {
    const narrow = stopAtHalfWidth !== undefined && done >= least && watchedHalfWidth() <= stopAtHalfWidth;
    if (done >= most || (narrow && (done - least) % LOOK_EVERY === 0)) {
      const reached = stopAtHalfWidth !== undefined && watchedHalfWidth() <= stopAtHalfWidth;
      return { kind: 'complete', replications: done, reachedHalfWidth: reached };
    }
    if (options.isCancelled?.()) return { kind: 'cancelled', replications: done };
    run(root.stream(done), done);
    done++;
    options.onProgress?.(done, most);
  }
}
