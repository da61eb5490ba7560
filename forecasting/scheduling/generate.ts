import { createRandom, type RandomGenerator } from '../calendar/random.ts';
import { Annealer, FULL_MIX, type MoveMix } from './anneal.ts';
import { BestResponse, QUICK, THOROUGH } from './bestResponse.ts';
import { type Conflict, findConflicts } from './conflicts.ts';
import { type CoverBound, coverLowerBound } from './designBound.ts';
import { type Evaluation, evaluateSchedule, type ScoreParts } from './evaluate.ts';
import type { LinearSolver } from './linearSolver.ts';
import { type PlacedEvents, placeEvents } from './placeEvents.ts';
import type { ScheduleProblem } from './problem.ts';
import { type Assignment, EMPTY_SCHEDULE, type Schedule } from './schedule.ts';
import { buildSearchModel, type SearchModel, type SearchStart } from './searchModel.ts';
import { SearchState } from './searchState.ts';
import { buildSite } from './site.ts';
import type { SiteCalendar } from './siteCalendar.ts';
import { type UncoveredStretch, uncoveredStretches } from './uncovered.ts';
import { type ProblemFault, validateProblem } from './validateProblem.ts';

/** Where a search stands; reported some times a second. */
export interface ScheduleProgress {
  readonly phase: 'construct' | 'improve' | 'bound' | 'finish';
  /** 0–1 of the budget. */
  readonly fraction: number;
  readonly moves: number;
  /** Objective of the best roster so far, in currency; lower is better. */
  readonly score: number;
  /** Proven lower limit of the objective; null while nothing is proven. */
  readonly bound: number | null;
  /** (score − bound) / score; null without a bound. */
  readonly gap: number | null;
}

export interface GenerateOptions {
  readonly seed: number | string;
  /** Work allowed, in moves tried: the reproducible measure. */
  readonly moveBudget?: number;
  /** Time allowed in milliseconds of `nowMs`; the moves then depend on the machine. */
  readonly timeBudgetMs?: number;
  readonly nowMs?: () => number;
  /** Asked between batches of moves; true ends the search with the best so far. */
  readonly shouldStop?: () => boolean;
  readonly onProgress?: (progress: ScheduleProgress) => void;
  /** Gives a proven bound; without it the answer has none. */
  readonly solver?: LinearSolver;
  /** Improve this schedule instead of starting from nothing. */
  readonly start?: Schedule;
  /** Shifts of `start` that must stay as they are. */
  readonly freeze?: (assignment: Assignment) => boolean;
  /** Local dates that may change; shifts of `start` on other days stay and none are added there. All if omitted. */
  readonly dates?: readonly string[];
  readonly mix?: MoveMix;
}

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

/** Moves per agent and day when no budget is given. */
const DEFAULT_MOVES_PER_CELL = 4000;
const BATCH_MOVES = 2000;
/** Agents with broken hard rules that are searched thoroughly at the end. */
const MOST_MENDED = 20;
/** Most of a time budget that proving a bound may take. */
const BOUND_SHARE = 0.25;
/** First and last temperature, in prices of one missing agent in one slot. */
const START_TEMPERATURE = 1;
const END_TEMPERATURE = 0.04;

/**
 * Builds a schedule: best responses agent by agent, then simulated annealing until the budget is spent.
 * The same problem, seed and move budget give the same schedule.
 */
export function generateSchedule(problem: ScheduleProblem, options: GenerateOptions): GenerateResult {
  const faults = validateProblem(problem);
  if (faults.some(fault => fault.blocking)) return { kind: 'invalid', faults };
  const site = buildSite(problem, options.start ? [options.start] : []);
  const model = buildSearchModel(site, searchStart(options, site.calendar));
  const state = new SearchState(model);
  const search = new Search(state, options);
  if (options.start) state.takeStart();
  else search.construct();
  const bound = options.solver ? search.bound(options.solver) : null;
  search.improve();
  const { schedule, unplaced } = placeEvents(site, state.toSchedule());
  const evaluation = evaluateSchedule(problem, schedule);
  if (evaluation.score.hardRules > 0) {
    const conflicts = findConflicts(model, evaluation);
    if (conflicts.length > 0)
      return { kind: 'infeasible', conflicts, best: schedule, evaluation, warnings: faults };
  }
  const { total } = evaluation.score;
  return {
    kind: 'schedule',
    schedule,
    evaluation,
    score: evaluation.score,
    bound: bound?.objective ?? null,
    gap: bound ? gapOf(total, bound.objective) : null,
    moves: search.moves,
    stopped: search.cancelled ? 'cancelled' : 'budget',
    uncovered: uncoveredStretches(site, model, schedule, evaluation.coverage),
    unplacedEvents: unplaced,
    warnings: faults,
  };
}

function searchStart(options: GenerateOptions, calendar: SiteCalendar): SearchStart | undefined {
  const { start, freeze, dates } = options;
  if (!start && !dates) return undefined;
  const isOpenDay = (day: number): boolean => dates === undefined || dates.includes(calendar.dateOf(day));
  const isOutside = (shift: Assignment): boolean => !isOpenDay(calendar.dayIndexOf(shift.start));
  return {
    schedule: start ?? EMPTY_SCHEDULE,
    freeze: shift => isOutside(shift) || freeze?.(shift) === true,
    isOpenDay,
  };
}

/** (score − bound) ÷ score, never negative; 0 for a score of 0. */
export function gapOf(score: number, bound: number): number {
  return score <= 0 ? 0 : Math.max(0, (score - bound) / score);
}

/** Drives construction and annealing within the budget. */
class Search {
  moves = 0;
  cancelled = false;
  readonly #state: SearchState;
  readonly #model: SearchModel;
  readonly #options: GenerateOptions;
  readonly #random: RandomGenerator;
  readonly #startedMs: number;
  readonly #moveBudget: number;
  #bound: CoverBound | null = null;
  #lastReport = Number.NEGATIVE_INFINITY;

  constructor(state: SearchState, options: GenerateOptions) {
    this.#state = state;
    this.#model = state.model;
    this.#options = options;
    this.#random = createRandom(options.seed);
    this.#startedMs = options.nowMs?.() ?? 0;
    const timed = options.timeBudgetMs !== undefined && options.nowMs !== undefined;
    this.#moveBudget =
      options.moveBudget ??
      (timed ? Number.POSITIVE_INFINITY : DEFAULT_MOVES_PER_CELL * Math.max(1, state.chosen.length));
  }

  /** One best response per agent in random order. */
  construct(): void {
    const order = shuffled(this.#model.agentCount, this.#random.stream('order'));
    const response = new BestResponse(this.#state);
    for (const agent of order) {
      if (this.#stopAsked()) return;
      response.improve(agent, null, 0);
    }
    this.#report('construct', true);
  }

  bound(solver: LinearSolver): CoverBound | null {
    const { timeBudgetMs } = this.#options;
    const limit = timeBudgetMs === undefined ? {} : { timeLimitSeconds: (timeBudgetMs / 1000) * BOUND_SHARE };
    this.#bound = coverLowerBound(this.#model, solver, { ...limit, shouldStop: () => this.#stopAsked() });
    this.#report('bound', true);
    return this.#bound;
  }

  improve(): void {
    const annealer = new Annealer(this.#state, this.#random.stream('moves'), this.#options.mix ?? FULL_MIX);
    if (annealer.idle) return;
    const unit = temperatureUnit(this.#model);
    let total = this.#state.total();
    let best = this.#state.snapshot();
    let least = total;
    for (let fraction = this.#fraction(); fraction < 1 && !this.#stopAsked(); fraction = this.#fraction()) {
      const temperature = unit * START_TEMPERATURE * (END_TEMPERATURE / START_TEMPERATURE) ** fraction;
      const batch = Math.max(1, Math.min(BATCH_MOVES, this.#moveBudget - this.moves));
      total += annealer.run(batch, temperature);
      this.moves += batch;
      if (total < least - 1e-9 && fraction > 0.5) {
        least = total;
        best = this.#state.snapshot();
      }
      this.#report('improve', false, total);
    }
    if (this.#state.total() > least + 1e-9) this.#state.restore(best);
    this.#mendHardRules();
    this.#report('finish', true);
  }

  /** A thorough search for each agent who still breaks a hard rule: small moves may not lead out of such a roster. */
  #mendHardRules(): void {
    const { sequenceRules, site, agentCount, dayCount } = this.#model;
    // The work grows with the square of the days: longer horizons are searched less widely.
    const response = new BestResponse(this.#state, dayCount <= 14 ? THOROUGH : QUICK);
    let tries = 0;
    for (let agent = 0; agent < agentCount && tries < MOST_MENDED && !this.#stopAsked(); agent++) {
      const timeline = this.#state.timeline(agent);
      const { facts } = site.agents[agent]!;
      const broken = sequenceRules[agent]!.some(
        bound => bound.hard && bound.check(timeline, facts, null) > 0,
      );
      if (!broken) continue;
      tries++;
      response.improve(agent, null, 0);
    }
  }

  /** Share of the budget spent. */
  #fraction(): number {
    const byMoves = this.#moveBudget > 0 ? this.moves / this.#moveBudget : 1;
    const { timeBudgetMs, nowMs } = this.#options;
    const byTime = timeBudgetMs !== undefined && nowMs ? (nowMs() - this.#startedMs) / timeBudgetMs : 0;
    return Math.max(byMoves, byTime);
  }

  #stopAsked(): boolean {
    if (this.#options.shouldStop?.()) this.cancelled = true;
    return this.cancelled;
  }

  #report(phase: ScheduleProgress['phase'], always: boolean, known?: number): void {
    const { onProgress } = this.#options;
    const fraction = Math.min(1, this.#fraction());
    if (!onProgress || (!always && fraction - this.#lastReport < 0.01)) return;
    this.#lastReport = fraction;
    const score = known ?? this.#state.total();
    const bound = this.#bound?.objective ?? null;
    onProgress({
      phase,
      fraction,
      moves: this.moves,
      score,
      bound,
      gap: bound === null ? null : gapOf(score, bound),
    });
  }
}

/** The price of one missing agent in one slot: moves differ by a few of these. */
function temperatureUnit(model: SearchModel): number {
  const { cover, weights, slotMinutes } = model.site;
  const flat = ((weights.underTiers[0]?.costPerHour ?? 0) * slotMinutes) / 60;
  if (model.site.problem.queues.every(queue => queue.costTable === undefined) && flat > 0) return flat;
  let sum = 0;
  let count = 0;
  for (let i = 0; i < cover.tableOf.length; i++) {
    const at = cover.tableOf[i]!;
    const step = Math.abs(cover.cost[at + 1]! - cover.cost[at]!);
    if (step === 0) continue;
    sum += step;
    count++;
  }
  return count > 0 ? sum / count : 1;
}

function shuffled(count: number, random: RandomGenerator): readonly number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
