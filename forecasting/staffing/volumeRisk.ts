import { normalProbability } from '../demand/negativeBinomial.ts';
import { assertNonNegative } from './errors.ts';
import type { Goals, Load } from './load.ts';
import { requiredAgents } from './requiredAgents.ts';

/** How many contacts may come in an interval, taken as normal. */
export interface VolumeSpread {
  readonly mean: number;
  readonly sd: number;
}

const STEPS = 12;
/** Beyond this many standard deviations a volume is not looked for. */
const REACH = 4;

/**
 * The chance that a volume stays within what `agents` can carry with every goal kept: the largest such volume is
 * found by bisection, to a thousandth of a standard deviation. `chanceOfMeeting` asks the same of an uncertain rate.
 *
 * @param load its `calls` are replaced by the volumes tried
 * @throws StaffingError (a RangeError) naming the field
 */
export function chanceOfVolume(load: Load, goals: Goals, agents: number, volume: VolumeSpread): number {
  assertNonNegative('volume.mean', volume.mean);
  assertNonNegative('volume.sd', volume.sd);
  const { mean, sd } = volume;
  const fits = (calls: number) => requiredAgents({ ...load, calls }, goals).agents <= agents;
  if (sd === 0) return fits(mean) ? 1 : 0;
  let low = Math.max(0, mean - REACH * sd);
  let high = mean + REACH * sd;
  if (!fits(low)) return 0;
  if (fits(high)) return normalProbability(REACH);
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return normalProbability((low - mean) / sd);
}
