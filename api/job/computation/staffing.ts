import type { IntervalGrid } from '../../../forecasting/calendar/grid.ts';
import { normalQuantile } from '../../../forecasting/demand/negativeBinomial.ts';
import type { Goals } from '../../../forecasting/staffing/load.ts';
import {
  goalInForce,
  queueLoad,
  queueRequirement,
  type RequirementColumns,
  type RequirementTerms,
} from '../../../forecasting/staffing/queueRequirement.ts';
import { grossUp, grossUpExact, type ShrinkagePart } from '../../../forecasting/staffing/shrinkage.ts';
import { chanceOfVolume } from '../../../forecasting/staffing/volumeRisk.ts';

/** One queue's forecast and goals by interval; null is closed. */
export interface StaffingRequest {
  readonly queueName: string;
  readonly grid: IntervalGrid;
  readonly offered: readonly (number | null)[];
  readonly ahtSeconds: readonly (number | null)[];
  /** Standard deviation of the forecast of each interval. */
  readonly offeredSd: readonly (number | null)[];
  readonly terms: RequirementTerms;
  /** The goal of each interval of a queue in line. */
  readonly goals: readonly Goals[];
  readonly shrinkage: readonly ShrinkagePart[];
  /** The part of the shrinkage that no schedule shows: what is left when breaks and leave are planned. */
  readonly unscheduledShrinkage: readonly ShrinkagePart[];
  /** Aim for the goal in this share of the likely volumes; null: for the mean volume. */
  readonly chanceOfGoal: number | null;
}

/** Stored requirements hold places in this list: new names go to its end. */
export const BINDING_NAMES = [
  'none',
  'serviceLevel',
  'asaSeconds',
  'maxAbandonment',
  'maxOccupancy',
  'minAgents',
  'promise',
] as const satisfies readonly NonNullable<RequirementColumns['binding'][number]>[];

type Column = readonly (number | null)[];

export interface StaffingAnswer {
  readonly agents: Column;
  readonly agentsWithShrinkage: Column;
  readonly agentsToSchedule: Column;
  readonly serviceLevel: Column;
  readonly asaSeconds: Column;
  readonly abandonmentRate: Column;
  readonly occupancy: Column;
  readonly latestFinishSeconds: Column;
  readonly chanceOfGoal: Column;
  readonly binding: Column;
}

/**
 * Agents needed per interval, with what they are predicted to give and which goal asked for the last one.
 *
 * @throws RangeError when no number of agents meets a goal
 */
export function computeStaffing(
  request: StaffingRequest,
  progress: (share: number, stage: string) => void,
): StaffingAnswer {
  const { grid, terms, goals, ahtSeconds } = request;
  const shift = request.chanceOfGoal === null ? 0 : normalQuantile(request.chanceOfGoal);
  const offered = request.offered.map((mean, i) =>
    mean === null ? null : Math.max(0, mean + shift * (request.offeredSd[i] ?? 0)),
  );
  const required = queueRequirement({ stepSeconds: grid.stepSeconds, offered, ahtSeconds }, terms, {
    goalAt: i => goals[i] ?? terms.goal,
  });
  if (required.unreachable !== null) throw new RangeError(`${request.queueName}: ${required.unreachable}`);
  const { agents, serviceLevel, asaSeconds, abandonmentRate, occupancy, latestFinishSeconds } = required;
  const paid = terms.isDeferred ? grossUpExact : grossUp;
  const grossed = (gross: typeof grossUp, parts: readonly ShrinkagePart[]) =>
    agents.map(count => (count === null ? null : gross(count, { composition: 'sequential', parts })));
  return {
    agents,
    agentsWithShrinkage: grossed(paid, request.shrinkage),
    agentsToSchedule: grossed(grossUpExact, request.unscheduledShrinkage),
    serviceLevel,
    asaSeconds,
    abandonmentRate,
    occupancy,
    latestFinishSeconds,
    chanceOfGoal: agents.map((count, i) => {
      if (i % 96 === 0) progress(i / grid.count, `Staffing ${request.queueName}`);
      return count === null ? null : chanceAt(request, required, shift, i, count);
    }),
    binding: required.binding.map(name => (name === null ? null : BINDING_NAMES.indexOf(name))),
  };
}

/** Chance that an interval in line keeps its goal; a promise is kept over many intervals, so that none has its own. */
function chanceAt(
  { grid, terms, goals, ahtSeconds, offeredSd }: StaffingRequest,
  { effectiveCalls }: RequirementColumns,
  shift: number,
  i: number,
  agents: number,
): number | null {
  const [calls, aht] = [effectiveCalls[i], ahtSeconds[i]];
  if (calls == null || aht == null) return null;
  const sd = offeredSd[i] ?? 0;
  const load = queueLoad(terms, { calls, ahtSeconds: aht, stepSeconds: grid.stepSeconds });
  const goal = goalInForce(goals[i] ?? terms.goal, terms);
  return chanceOfVolume(load, goal, agents, { mean: Math.max(0, calls - shift * sd), sd });
}
