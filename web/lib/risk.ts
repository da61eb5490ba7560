import {
  chanceOfVolume,
  type Goals,
  goalInForce,
  queueLoad,
  type RequirementDemand,
} from '../../forecasting/index.ts';
import type { RequirementColumns, StaffingTerms } from './requirement.ts';

/** Half the width of an 80 % band in standard deviations of the normal law. */
const Z80 = 1.2815515655446004;

export interface ForecastBand {
  readonly level: number;
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
}

/** The standard deviation of each interval's volume, read off the 80 % band; 0 where the forecast has none. */
export function volumeSpread(bands: readonly ForecastBand[], count: number): readonly number[] {
  const band = bands.find(one => one.level === 0.8);
  return Array.from({ length: count }, (_, i) =>
    band ? Math.max(0, (band.upper[i] ?? 0) - (band.lower[i] ?? 0)) / (2 * Z80) : 0,
  );
}

/**
 * The chance that each interval of a queue in line keeps its goal, given how far its volume may be off; `null` where
 * closed. A promise of deferred work is kept over many intervals, so that none has a chance of its own.
 *
 * @param shift standard deviations above the expected volume that the requirement is for
 */
export function chanceOfGoals(
  demand: RequirementDemand,
  requirement: Pick<RequirementColumns, 'agents' | 'effectiveCalls'>,
  spread: readonly number[],
  terms: StaffingTerms,
  goalAt: (interval: number) => Goals,
  shift = 0,
): readonly (number | null)[] {
  const known = new Map<Goals, Map<string, number>>();
  return requirement.effectiveCalls.map((calls, i) => {
    const aht = demand.ahtSeconds[i];
    const agents = requirement.agents[i];
    if (calls === null || aht == null || agents == null) return null;
    const goal = goalAt(i);
    const cache = known.get(goal) ?? new Map<string, number>();
    known.set(goal, cache);
    const sd = spread[i] ?? 0;
    const volume = { mean: Math.max(0, calls - shift * sd), sd };
    const key = `${agents}|${calls.toFixed(2)}|${sd.toFixed(1)}|${aht.toFixed(0)}`;
    const cached = cache.get(key);
    if (cached !== undefined) return cached;
    const load = queueLoad(terms, { calls, ahtSeconds: aht, stepSeconds: demand.stepSeconds });
    const chance = chanceOfVolume(load, goalInForce(goal, terms), agents, volume);
    cache.set(key, chance);
    return chance;
  });
}
