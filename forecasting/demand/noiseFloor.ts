import { countQuantile } from './negativeBinomial.ts';

/** Mean |N − median| of a Poisson count with this mean: no forecast can err less on average. */
export function poissonFloor(mean: number): number {
  if (!(mean > 0)) return 0;
  if (mean > 200) return Math.sqrt((2 * mean) / Math.PI);
  const middle = Math.max(0, Math.round(countQuantile(mean, mean, 0.5)));
  let probability = Math.exp(-mean);
  let error = 0;
  const last = Math.ceil(mean + 12 * Math.sqrt(mean) + 12);
  for (let count = 0; count <= last; count++) {
    error += probability * Math.abs(count - middle);
    probability *= mean / (count + 1);
  }
  return error;
}

/**
 * WAPE that remains when the rate of every interval is known exactly and counts are Poisson. Shown beside every
 * measured WAPE: it tells a planner whether an interval can be forecast at all.
 */
export function noiseFloorWape(means: readonly number[]): number {
  let error = 0;
  let volume = 0;
  const known = new Map<number, number>();
  for (const mean of means) {
    if (!(mean > 0)) continue;
    const key = Math.round(mean * 20);
    let floor = known.get(key);
    if (floor === undefined) {
      floor = poissonFloor(key / 20);
      known.set(key, floor);
    }
    error += floor;
    volume += mean;
  }
  return volume > 0 ? error / volume : 0;
}
