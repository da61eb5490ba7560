import { StaffingError, UnreachableGoalError } from './errors.ts';
import { assertGoals, leastAgents, performanceGoals } from './goals.ts';
import type { Goals, Load } from './load.ts';
import { effectiveLoads, type LoadMethod, type OfferedLoadOptions } from './offeredLoad.ts';
import { type QueueModel, queueModel } from './queueModel.ts';
import { fewestAgents } from './requiredAgents.ts';
import { smallestWhole } from './search.ts';
import { advanceQueue, startOf, transientModel } from './transientQueue.ts';

export interface SeriesOptions extends OfferedLoadOptions {
  /** Absent: `offeredLoad`. `exact` solves each interval from the state that the one before leaves. */
  readonly method?: LoadMethod | 'exact';
}

/**
 * Agents needed at work in each interval of a series, before shrinkage; one number per load, null where the load is
 * null (closed, or no data).
 *
 * `exact` takes the intervals in order and gives each the fewest agents that meet the goals for the calls arriving in
 * it, given the queue left over; see `evaluateSeriesExactly` for what it covers.
 *
 * @param loads in order of time, intervals back to back
 * @param goals the same for all intervals, or one per interval
 * @throws StaffingError (a RangeError) naming the field
 */
export function requiredSeries(
  loads: readonly (Load | null)[],
  goals: Goals | readonly Goals[],
  options: SeriesOptions = {},
): (number | null)[] {
  if (options.method === 'exact') return exactSeries(loads, goals, options);
  return effectiveLoads(loads, options.method ?? 'offeredLoad', options).map((load, i) =>
    load === null ? null : fewestForInterval(load, goalsAt(goals, i), i),
  );
}

function fewestForInterval(load: Load, goals: Goals, i: number): number {
  try {
    const model = queueModel(load);
    assertGoals(goals, model);
    return fewestAgents(model, goals);
  } catch (error) {
    throw atInterval(error, i);
  }
}

/** Names the interval in a field: `load.calls` becomes `loads[3].calls`. */
function atInterval(error: unknown, i: number): unknown {
  if (!(error instanceof StaffingError)) return error;
  const field = error.field.replace(/^load\b/, `loads[${i}]`);
  const problem = error.message.slice(error.field.length + 1);
  const Kind = error instanceof UnreachableGoalError ? UnreachableGoalError : StaffingError;
  return new Kind(field, field === error.field ? `${problem} (interval ${i})` : problem);
}

function exactSeries(
  loads: readonly (Load | null)[],
  goals: Goals | readonly Goals[],
  options: SeriesOptions,
): (number | null)[] {
  const { initialErlangs } = options;
  let inSystem = startOf(loads, initialErlangs === undefined ? {} : { initialErlangs });
  const guesses = requiredSeries(loads, goals, { ...options, method: 'offeredLoad' });
  return loads.map((load, i) => {
    if (load === null) {
      inSystem = Float64Array.of(1);
      return null;
    }
    const model = transientModel(load, `loads[${i}]`);
    const agents = exactAgents(inSystem, model, goalsAt(goals, i), guesses[i] ?? 0);
    if (agents === null)
      throw new UnreachableGoalError(`loads[${i}]`, 'meets the goals with no number of agents');
    inSystem = advanceQueue(inSystem, model, agents).end;
    return agents;
  });
}

function exactAgents(start: Float64Array, model: QueueModel, goals: Goals, guess: number): number | null {
  const least = leastAgents(goals);
  const checks = performanceGoals(goals);
  if (model.calls === 0 || checks.length === 0) return least;
  return smallestWhole(
    agents => {
      const { state } = advanceQueue(start, model, agents);
      return checks.reduce((margin, check) => Math.min(margin, check.margin(state)), Infinity);
    },
    { least, first: Math.max(least, guess), slope: 4 / Math.sqrt(guess + 1) },
  );
}

function goalsAt(goals: Goals | readonly Goals[], i: number): Goals {
  return isList(goals) ? (goals[i] ?? {}) : goals;
}

function isList(goals: Goals | readonly Goals[]): goals is readonly Goals[] {
  return Array.isArray(goals);
}
