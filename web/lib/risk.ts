import { chanceOfVolume, type Goals } from '../../forecasting/index.ts';
import {
  type DemandColumns,
  goalsOf,
  loadOf,
  type RequirementColumns,
  type StaffingTerms,
} from './requirement.ts';

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

/** The chance that each interval keeps its goal, given how far its volume may be off; `null` where closed. */
export function chanceOfGoals(
  demand: DemandColumns,
  requirement: Pick<RequirementColumns, 'agents'>,
  spread: readonly number[],
  terms: StaffingTerms,
  goalAt: (interval: number) => Goals,
): readonly (number | null)[] {
  const known = new Map<Goals, Map<string, number>>();
  return demand.offered.map((calls, i) => {
    const aht = demand.ahtSeconds[i];
    const agents = requirement.agents[i];
    if (calls === null || aht == null || agents == null) return null;
    const goal = goalAt(i);
    const cache = known.get(goal) ?? new Map<string, number>();
    known.set(goal, cache);
    const volume = { mean: Number(calls.toFixed(1)), sd: Number((spread[i] ?? 0).toFixed(1)) };
    const handleSeconds = Math.max(1, Math.round(aht));
    const key = `${agents}|${volume.mean}|${volume.sd}|${handleSeconds}`;
    const cached = cache.get(key);
    if (cached !== undefined) return cached;
    const load = loadOf(volume.mean, handleSeconds, demand.stepSeconds, terms.patienceSeconds);
    const chance = chanceOfVolume(load, goalsOf({ ...terms, goal }), agents, volume);
    cache.set(key, chance);
    return chance;
  });
}
