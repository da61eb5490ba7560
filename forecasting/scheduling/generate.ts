import { type Conflict, findConflicts } from './conflicts.ts';
import { type CrewBrief, modelOfBrief, type SearchCrew } from './crew.ts';
import { type Evaluation, evaluateSchedule, type ScoreParts } from './evaluate.ts';
import type { GenerateOptions } from './generateOptions.ts';
import { type PlacedEvents, placeEvents } from './placeEvents.ts';
import type { ScheduleProblem } from './problem.ts';
import type { Schedule } from './schedule.ts';
import { gapOf, Search } from './search.ts';
import { SearchState } from './searchState.ts';
import { buildSite } from './site.ts';
import { type UncoveredStretch, uncoveredStretches } from './uncovered.ts';
import { type ProblemFault, validateProblem } from './validateProblem.ts';

export interface GeneratedSchedule {
  readonly kind: 'schedule';
  readonly schedule: Schedule;
  readonly evaluation: Evaluation;
  readonly score: ScoreParts;
  readonly bound: number | null;
  readonly gap: number | null;
  readonly moves: number;
  readonly stopped: 'budget' | 'cancelled';
  /** Stretches left uncovered, worst first, with the reason. */
  readonly uncovered: readonly UncoveredStretch[];
  /** Meetings and training for which an agent has no working time left. */
  readonly unplacedEvents: PlacedEvents['unplaced'];
  /** Faults of the problem that did not prevent a schedule. */
  readonly warnings: readonly ProblemFault[];
}

/** Hard rules contradict one another; `best` breaks as little as the search could. */
export interface InfeasibleSchedule {
  readonly kind: 'infeasible';
  readonly conflicts: readonly Conflict[];
  readonly best: Schedule;
  readonly evaluation: Evaluation;
  readonly warnings: readonly ProblemFault[];
}

export type GenerateResult =
  | GeneratedSchedule
  | InfeasibleSchedule
  | { readonly kind: 'invalid'; readonly faults: readonly ProblemFault[] };

/**
 * Builds a schedule: best responses agent by agent, then simulated annealing until the budget is spent.
 * The same problem, seed and move budget give the same schedule.
 */
export function generateSchedule(problem: ScheduleProblem, options: GenerateOptions): GenerateResult {
  const faults = validateProblem(problem);
  if (faults.some(fault => fault.blocking)) return { kind: 'invalid', faults };
  const run = begin(problem, options);
  run.search.improve();
  return finish(run, faults);
}

/**
 * As `generateSchedule`, with the help of other threads. The same problem, seed, move budget and size of the crew
 * give the same schedule.
 */
export async function generateTogether(
  problem: ScheduleProblem,
  options: GenerateOptions,
  crew: SearchCrew,
): Promise<GenerateResult> {
  const faults = validateProblem(problem);
  if (faults.some(fault => fault.blocking)) return { kind: 'invalid', faults };
  crew.open(briefOf(problem, options));
  const run = begin(problem, options);
  await run.search.improveWith(crew);
  return finish(run, faults);
}

interface Run {
  readonly problem: ScheduleProblem;
  readonly state: SearchState;
  readonly search: Search;
  readonly bound: number | null;
}

/** A first roster and, where a solver is given, the bound. */
function begin(problem: ScheduleProblem, options: GenerateOptions): Run {
  const site = buildSite(problem, options.start ? [options.start] : []);
  const state = new SearchState(modelOfBrief(site, briefOf(problem, options)));
  const search = new Search(state, options);
  if (options.start) state.takeStart();
  else search.construct();
  const bound = options.solver ? (search.bound(options.solver)?.objective ?? null) : null;
  return { problem, state, search, bound };
}

function briefOf(problem: ScheduleProblem, { start, dates, freeze }: GenerateOptions): CrewBrief {
  const frozen = start?.assignments.filter(shift => freeze?.(shift) === true) ?? [];
  return {
    problem,
    frozenIds: frozen.map(shift => shift.id),
    ...(start && { start }),
    ...(dates && { dates }),
  };
}

function finish({ problem, state, search, bound }: Run, faults: readonly ProblemFault[]): GenerateResult {
  const { model } = state;
  const { schedule, unplaced } = placeEvents(model.site, state.toSchedule());
  const evaluation = evaluateSchedule(problem, schedule);
  if (evaluation.score.hardRules > 0) {
    const conflicts = findConflicts(model, evaluation);
    if (conflicts.length > 0)
      return { kind: 'infeasible', conflicts, best: schedule, evaluation, warnings: faults };
  }
  return {
    kind: 'schedule',
    schedule,
    evaluation,
    score: evaluation.score,
    bound,
    gap: bound === null ? null : gapOf(evaluation.score.total, bound),
    moves: search.moves,
    stopped: search.cancelled ? 'cancelled' : 'budget',
    uncovered: uncoveredStretches(model.site, model, schedule, evaluation.coverage),
    unplacedEvents: unplaced,
    warnings: faults,
  };
}
