import { StaffingError } from './errors.ts';
import type { Load } from './load.ts';

/**
 * How the load of an interval is taken when demand moves through the day.
 * - `sipp`: each interval as if it lasted for ever (stationary, independent, period by period)
 * - `lagged`: the calls of one handle time earlier (lagged SIPP, Green, Kolesar and Soares 2001)
 * - `offeredLoad`: the calls that endless staff would have in hand (modified offered load, Jennings et al. 1996)
 */
export type LoadMethod = 'sipp' | 'lagged' | 'offeredLoad';

export interface OfferedLoadOptions {
  /** Of the load within an interval, its `mean` or its `peak`. Absent: `mean`. */
  readonly within?: 'mean' | 'peak';
  /** Calls in hand when the first interval starts, Erlangs; absent: the first interval's own stationary load. */
  readonly initialErlangs?: number;
}

/**
 * Load in Erlangs of each interval under a method. `null` loads (closed, or no data) offer nothing; calls still in
 * hand when they start run on at the last known handle time.
 *
 * The modified offered load follows m′ = λ − m/AHT, in closed form within each interval.
 */
export function offeredLoads(
  loads: readonly (Load | null)[],
  method: LoadMethod,
  options: OfferedLoadOptions = {},
): Float64Array {
  if (method === 'sipp') return Float64Array.from(loads, load => (load === null ? 0 : stationaryLoad(load)));
  if (method === 'lagged') return laggedLoads(loads);
  return modifiedLoads(loads, options);
}

/** `loads` with the calls replaced so that each interval, taken as stationary, carries the method's load. */
export function effectiveLoads(
  loads: readonly (Load | null)[],
  method: LoadMethod,
  options: OfferedLoadOptions = {},
): (Load | null)[] {
  if (method === 'sipp') return [...loads];
  const erlangs = offeredLoads(loads, method, options);
  return loads.map((load, i) =>
    load === null ? null : { ...load, calls: ((erlangs[i] ?? 0) * load.intervalSeconds) / load.ahtSeconds },
  );
}

function stationaryLoad(load: Load): number {
  return (load.calls * load.ahtSeconds) / load.intervalSeconds;
}

function laggedLoads(loads: readonly (Load | null)[]): Float64Array {
  return Float64Array.from(loads, (load, i) => {
    if (load === null) return 0;
    // Mean call rate over the interval moved back by one handle time.
    let left = load.ahtSeconds;
    let at = i;
    while (at > 0 && left >= intervalOf(loads, at)) {
      left -= intervalOf(loads, at);
      at -= 1;
    }
    const share = Math.min(1, left / intervalOf(loads, at));
    const rate = (1 - share) * rateOf(loads, at) + share * rateOf(loads, Math.max(0, at - 1));
    return rate * load.ahtSeconds;
  });
}

function rateOf(loads: readonly (Load | null)[], i: number): number {
  const load = loads[i] ?? null;
  return load === null ? 0 : load.calls / load.intervalSeconds;
}

/** Length of interval i; a closed one is as long as the nearest open one. */
function intervalOf(loads: readonly (Load | null)[], i: number): number {
  for (let gap = 0; gap < loads.length; gap++) {
    const near = loads[i - gap] ?? loads[i + gap];
    if (near) return near.intervalSeconds;
  }
  throw new StaffingError('loads', 'must hold at least one open interval');
}

function modifiedLoads(loads: readonly (Load | null)[], options: OfferedLoadOptions): Float64Array {
  const first = loads.find(load => load !== null);
  const result = new Float64Array(loads.length);
  if (!first) return result;
  const peak = options.within === 'peak';
  let inHand = options.initialErlangs ?? (loads[0] ? stationaryLoad(loads[0]) : 0);
  let ahtSeconds = first.ahtSeconds;
  let seconds = first.intervalSeconds;
  loads.forEach((load, i) => {
    if (load !== null) ({ ahtSeconds, intervalSeconds: seconds } = load);
    const settled = load === null ? 0 : stationaryLoad(load);
    const turns = seconds / ahtSeconds;
    const end = settled + (inHand - settled) * Math.exp(-turns);
    const mean = settled + ((inHand - settled) * -Math.expm1(-turns)) / turns;
    if (load !== null) result[i] = peak ? Math.max(inHand, end) : mean;
    inHand = end;
  });
  return result;
}
