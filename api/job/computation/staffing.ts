import type { IntervalGrid } from '../../../forecasting/calendar/grid.ts';
import { normalQuantile } from '../../../forecasting/demand/negativeBinomial.ts';
import type { Goals, Load } from '../../../forecasting/staffing/load.ts';
import { effectiveLoads } from '../../../forecasting/staffing/offeredLoad.ts';
import { requiredAgents } from '../../../forecasting/staffing/requiredAgents.ts';
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
  readonly goals: readonly Goals[];
  /** null: callers never give up (Erlang C). */
  readonly patienceSeconds: number | null;
  readonly concurrency: number;
  readonly shrinkage: readonly ShrinkagePart[];
  /** The part of the shrinkage that no schedule shows: what is left when breaks and leave are planned. */
  readonly unscheduledShrinkage: readonly ShrinkagePart[];
  /** Aim for the goal in this share of the likely volumes; null: for the mean volume. */
  readonly chanceOfGoal: number | null;
}

export const BINDING_NAMES = [
  'none',
  'serviceLevel',
  'asaSeconds',
  'maxAbandonment',
  'maxOccupancy',
  'minAgents',
] as const;

type Column = (number | null)[];

export interface StaffingAnswer {
  readonly agents: Column;
  readonly agentsWithShrinkage: Column;
  readonly agentsToSchedule: Column;
  readonly serviceLevel: Column;
  readonly asaSeconds: Column;
  readonly abandonmentRate: Column;
  readonly occupancy: Column;
  readonly chanceOfGoal: Column;
  readonly binding: Column;
}

/** Agents needed per interval, with what they are predicted to give and which goal asked for the last one. */
export function computeStaffing(
  request: StaffingRequest,
  progress: (share: number, stage: string) => void,
): StaffingAnswer {
  const { count } = request.grid;
  const column = (): Column => new Array<number | null>(count).fill(null);
  const answer: StaffingAnswer = {
    agents: column(),
    agentsWithShrinkage: column(),
    agentsToSchedule: column(),
    serviceLevel: column(),
    asaSeconds: column(),
    abandonmentRate: column(),
    occupancy: column(),
    chanceOfGoal: column(),
    binding: column(),
  };
  const loads = effectiveLoads(loadsOf(request), 'offeredLoad');
  for (let i = 0; i < count; i++) {
    if (i % 96 === 0) progress(i / count, `Staffing ${request.queueName}`);
    const load = loads[i];
    if (load) fillInterval(request, answer, i, load);
  }
  return answer;
}

/** The work offered by interval; with a chance of goal, at that quantile of the volume. */
function loadsOf(request: StaffingRequest): (Load | null)[] {
  const { grid, chanceOfGoal, concurrency, patienceSeconds } = request;
  const shift = chanceOfGoal === null ? 0 : normalQuantile(chanceOfGoal);
  return request.offered.map((offered, i) => {
    const ahtSeconds = request.ahtSeconds[i];
    if (offered === null || ahtSeconds == null || ahtSeconds <= 0) return null;
    return {
      calls: Math.max(0, offered + shift * (request.offeredSd[i] ?? 0)),
      intervalSeconds: grid.stepSeconds,
      ahtSeconds,
      ...(patienceSeconds !== null && {
        patience: { kind: 'exponential' as const, meanSeconds: patienceSeconds },
      }),
      ...(concurrency > 1 && {
        chat: {
          maxConcurrent: concurrency,
          handleSecondsByLoad: Array.from({ length: concurrency }, () => ahtSeconds),
        },
      }),
    };
  });
}

function fillInterval(request: StaffingRequest, answer: StaffingAnswer, i: number, load: Load): void {
  const goals = request.goals[i] ?? {};
  const required = requiredAgents(load, goals);
  const { agents } = required;
  answer.agents[i] = agents;
  answer.agentsWithShrinkage[i] = grossUp(agents, { composition: 'sequential', parts: request.shrinkage });
  answer.agentsToSchedule[i] = grossUpExact(agents, {
    composition: 'sequential',
    parts: request.unscheduledShrinkage,
  });
  answer.binding[i] = BINDING_NAMES.indexOf(required.binding);
  const sd = request.offeredSd[i] ?? 0;
  const meanCalls =
    load.calls - (request.chanceOfGoal === null ? 0 : normalQuantile(request.chanceOfGoal) * sd);
  answer.chanceOfGoal[i] = chanceOfVolume(load, goals, agents, { mean: Math.max(0, meanCalls), sd });
  if (load.calls === 0) return;
  const { at } = required;
  answer.serviceLevel[i] = at.serviceLevel[goals.serviceLevel?.definition ?? 'offered'];
  answer.asaSeconds[i] = Number.isFinite(at.asaSeconds) ? at.asaSeconds : null;
  answer.abandonmentRate[i] = at.abandonProbability;
  answer.occupancy[i] = at.occupancy;
}
