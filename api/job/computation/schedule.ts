import { type Evaluation, evaluateSchedule } from '../../../forecasting/scheduling/evaluate.ts';
import { generateTogether } from '../../../forecasting/scheduling/generate.ts';
import type { GenerateOptions } from '../../../forecasting/scheduling/generateOptions.ts';
import { loadHighsSolver } from '../../../forecasting/scheduling/highsSolver.ts';
import { BREAKS_ONLY } from '../../../forecasting/scheduling/moveMix.ts';
import type { ScheduleProblem } from '../../../forecasting/scheduling/problem.ts';
import { repairAbsence } from '../../../forecasting/scheduling/reoptimise.ts';
import type { Schedule } from '../../../forecasting/scheduling/schedule.ts';
import { ThreadCrew } from '../searchCrew.ts';

/** A problem with how to solve it. */
export interface ScheduleRequest {
  readonly problem: ScheduleProblem;
  /** The present draft. */
  readonly draft: Schedule;
  /** `whole` starts from nothing, `repair` from the draft, `breaks` moves breaks only. */
  readonly mode: 'whole' | 'repair' | 'breaks';
  /** Agents whose shifts may change; null = everyone. */
  readonly agentIds: readonly string[] | null;
  readonly movesPerAgentDay: number;
  /** Whether to prove how good a schedule could get. */
  readonly bounded: boolean;
  readonly seed: number;
}

/** What a schedule costs and covers, in brief. */
export interface ScheduleTotals {
  readonly cost: number;
  readonly underHours: number;
  readonly overHours: number;
  readonly hardBreaches: number;
}

export type ScheduleAnswer =
  | {
      readonly kind: 'schedule';
      readonly schedule: Schedule;
      readonly before: ScheduleTotals;
      readonly after: ScheduleTotals;
      readonly bound: number | null;
      readonly explanation: readonly string[];
    }
  | {
      readonly kind: 'invalid';
      readonly faults: readonly { readonly path: string; readonly message: string }[];
    };

/**
 * Threads that search beside the computation's own. The number is the same on every machine, as the answer depends on
 * it; where no core is free they take turns, below the thread that answers people.
 */
const HELPERS = 1;

/** Builds or improves a schedule. Same request, same answer. */
export async function computeSchedule(
  request: ScheduleRequest,
  progress: (share: number, stage: string) => void,
): Promise<ScheduleAnswer> {
  const { problem, draft, mode, agentIds, seed } = request;
  const days = Math.ceil((problem.grid.count * problem.grid.stepSeconds) / 86_400);
  const free = agentIds === null ? undefined : new Set(agentIds);
  const startsFromDraft = mode !== 'whole' || free !== undefined;
  const options: GenerateOptions = {
    seed,
    moveBudget: request.movesPerAgentDay * problem.agents.length * days,
    ...(request.bounded && { solver: await loadHighsSolver() }),
    ...(startsFromDraft && { start: mode === 'repair' && !free ? withoutAbsent(problem, draft) : draft }),
    ...(free && { freeze: assignment => !free.has(assignment.agentId) }),
    ...(mode === 'breaks' && { mix: BREAKS_ONLY }),
    onProgress: ({ fraction, phase }) => progress(0.95 * fraction, STAGES[phase]),
  };
  const crew = new ThreadCrew(HELPERS);
  const result = await generateTogether(problem, options, crew).finally(() => crew.close());
  if (result.kind === 'invalid') return { kind: 'invalid', faults: result.faults };
  const schedule = result.kind === 'schedule' ? result.schedule : result.best;
  const before = evaluateSchedule(problem, draft);
  return {
    kind: 'schedule',
    schedule,
    before: totals(before),
    after: totals(result.evaluation),
    bound: result.kind === 'schedule' ? result.bound : null,
    explanation: [
      ...(result.kind === 'infeasible' ? result.conflicts.map(conflict => conflict.sentence) : []),
      ...(result.kind === 'schedule' ? result.uncovered.slice(0, 20).map(stretch => stretch.sentence) : []),
      ...result.warnings.map(fault => `${fault.path}: ${fault.message}`),
    ],
  };
}

/**
 * The draft without shifts in somebody's time off, with others asked in their place. The search itself leaves a day on
 * which nobody may begin a shift as it stands.
 */
function withoutAbsent(problem: ScheduleProblem, draft: Schedule): Schedule {
  const absences = problem.agents.flatMap(({ id, timeOff = [] }) => {
    const own = draft.assignments.filter(shift => shift.agentId === id);
    return timeOff
      .filter(off => own.some(shift => shift.start < off.end && off.start < shift.end))
      .map(({ start, end }) => ({ agentId: id, start, end }));
  });
  return absences.length === 0 ? draft : repairAbsence(problem, draft, absences).schedule;
}

const STAGES = {
  construct: 'Building a first roster',
  improve: 'Improving the roster',
  bound: 'Proving how good it can get',
  finish: 'Placing meetings and checking rules',
} as const;

function totals(evaluation: Evaluation): ScheduleTotals {
  return {
    cost: evaluation.score.total,
    underHours: evaluation.coverage.underHours,
    overHours: evaluation.coverage.overHours,
    hardBreaches: evaluation.findings.filter(finding => finding.hard).length,
  };
}
