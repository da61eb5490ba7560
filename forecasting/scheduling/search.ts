import { createRandom, type RandomGenerator } from '../calendar/random.ts';
import { Annealer } from './anneal.ts';
import { BestResponse } from './bestResponse.ts';
import { type CrewAnswer, type CrewOrder, followOrder, type SearchCrew } from './crew.ts';
import { type CoverBound, coverLowerBound } from './designBound.ts';
import type { GenerateOptions, ScheduleProgress } from './generateOptions.ts';
import type { LinearSolver } from './linearSolver.ts';
import { mendHardRules } from './mend.ts';
import { mendMinimumCover } from './mendCover.ts';
import { FULL_MIX } from './moveMix.ts';
import { HASTY } from './partialRoster.ts';
import type { SearchModel } from './searchModel.ts';
import type { RosterColumns, SearchState } from './searchState.ts';

/** Moves per agent and day when no budget is given. */
const DEFAULT_MOVES_PER_CELL = 4000;
const BATCH_MOVES = 2000;
/** Most of a time budget that proving a bound may take. */
const BOUND_SHARE = 0.25;
/** First and last temperature, in prices of one missing agent in one slot. */
const START_TEMPERATURE = 1;
const END_TEMPERATURE = 0.04;
/** Shares of the budget after which broken hard rules are mended, and the most a mending may take. */
const MEND_AFTER = [0.2, 0.6, 0.9];
const MEND_SHARE = 0.1;
/** Share of a time budget after which the first roster is built in haste. */
const HASTY_AFTER = 0.15;
/** How often a crew goes on from the best of its rosters: more often, and all would search the same. */
const MEETINGS = 8;

/** (score − bound) ÷ score, never negative; 0 for a score of 0. */
export function gapOf(score: number, bound: number): number {
  return score <= 0 ? 0 : Math.max(0, (score - bound) / score);
}

/** Drives construction and annealing of one state within the budget. */
export class Search {
  moves = 0;
  cancelled = false;
  readonly #state: SearchState;
  readonly #model: SearchModel;
  readonly #options: GenerateOptions;
  readonly #random: RandomGenerator;
  readonly #startedMs: number;
  readonly #moveBudget: number;
  readonly #unit: number;
  #bound: CoverBound | null = null;
  #best: RosterColumns | null = null;
  #least = Number.POSITIVE_INFINITY;
  #mendings = 0;
  #lastReport = Number.NEGATIVE_INFINITY;

  constructor(state: SearchState, options: GenerateOptions) {
    this.#state = state;
    this.#model = state.model;
    this.#options = options;
    this.#random = createRandom(options.seed);
    this.#startedMs = options.nowMs?.() ?? 0;
    this.#unit = temperatureUnit(state.model);
    const timed = options.timeBudgetMs !== undefined && options.nowMs !== undefined;
    this.#moveBudget =
      options.moveBudget ??
      (timed ? Number.POSITIVE_INFINITY : DEFAULT_MOVES_PER_CELL * Math.max(1, state.chosen.length));
  }

  /** The agents in random order answer the rest with their best weeks. */
  construct(): void {
    const order = shuffled(this.#model.agentCount, this.#random.stream('order'));
    const quick = new BestResponse(this.#state);
    const hasty = new BestResponse(this.#state, HASTY);
    for (const agent of order) {
      if (this.#stopAsked()) return;
      (this.#timeShare() < HASTY_AFTER ? quick : hasty).improveWeeks(agent);
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
    let total = this.#state.total();
    this.#keepBest(1, total);
    for (let at = this.#fraction(); !annealer.idle && at < 1 && !this.#stopAsked(); at = this.#fraction()) {
      if (this.#mend(at)) total = this.#state.total();
      const batch = Math.max(1, Math.min(BATCH_MOVES, this.#moveBudget - this.moves));
      total += annealer.run(batch, this.#temperature(at));
      this.moves += batch;
      this.#keepBest(at, total);
      this.#report('improve', false, total);
    }
    this.#finish();
  }

  /** As `improve`, with the help of a crew: every thread searches, and at every meeting all go on from the best. */
  async improveWith(crew: SearchCrew): Promise<void> {
    if (new Annealer(this.#state, this.#random).idle) return this.#finish();
    const { nowMs } = this.#options;
    this.#keepBest(1, this.#state.total());
    for (let meeting = 0, at = this.#fraction(); at < 1 && !this.#stopAsked(); at = this.#fraction()) {
      this.#mend(at);
      const to = Math.min(1, at + 1 / MEETINGS);
      const order = (member: number): CrewOrder => this.#order(`${meeting}.${member}`, at, to, crew.size + 1);
      const others = Array.from({ length: crew.size }, (_, k) => crew.run(k, order(k + 1)));
      this.moves += followOrder(this.#state, order(0), nowMs, share =>
        this.#report('improve', false, undefined, at + share * (to - at)),
      );
      this.#takeBest(await Promise.all(others));
      this.#keepBest(at, this.#state.total());
      meeting++;
    }
    this.#finish();
  }

  #takeBest(answers: readonly CrewAnswer[]): void {
    for (const answer of answers) {
      this.moves += answer.moves;
      if (answer.total < this.#state.total() - 1e-9) this.#state.adopt(answer.roster);
    }
  }

  #order(seed: string, from: number, to: number, threads: number): CrewOrder {
    const { timeBudgetMs, nowMs, mix = FULL_MIX } = this.#options;
    return {
      roster: this.#state.snapshot(),
      seed: `${this.#options.seed} ${seed}`,
      mix,
      moves: Math.max(1, Math.round((this.#moveBudget * (to - from)) / threads)),
      timeMs: timeBudgetMs !== undefined && nowMs ? timeBudgetMs * (to - from) : null,
      fromTemperature: this.#temperature(from),
      toTemperature: this.#temperature(to),
    };
  }

  #temperature(fraction: number): number {
    return this.#unit * START_TEMPERATURE * (END_TEMPERATURE / START_TEMPERATURE) ** fraction;
  }

  /** Remembers the best roster: the first one, and those of the cool half. */
  #keepBest(fraction: number, total: number): void {
    if (fraction <= 0.5 || total >= this.#least - 1e-9) return;
    this.#least = total;
    this.#best = this.#state.snapshot();
  }

  #finish(): void {
    if (this.#best && this.#state.total() > this.#least + 1e-9) this.#state.adopt(this.#best);
    mendMinimumCover(this.#state, () => this.cancelled || this.#timeShare() > 1 + MEND_SHARE);
    this.#report('finish', true);
  }

  /** Mends broken hard rules when its time has come; the annealing that follows wins back what it costs in cover. */
  #mend(fraction: number): boolean {
    const due = MEND_AFTER[this.#mendings];
    if (due === undefined || fraction < due) return false;
    this.#mendings++;
    mendHardRules(this.#state, () => this.#stopAsked() || this.#timeShare() > fraction + MEND_SHARE);
    return true;
  }

  /** Share of the budget spent. */
  #fraction(): number {
    const byMoves = this.#moveBudget > 0 ? this.moves / this.#moveBudget : 1;
    return Math.max(byMoves, this.#timeShare());
  }

  #timeShare(): number {
    const { timeBudgetMs, nowMs } = this.#options;
    return timeBudgetMs !== undefined && nowMs ? (nowMs() - this.#startedMs) / timeBudgetMs : 0;
  }

  #stopAsked(): boolean {
    if (this.#options.shouldStop?.()) this.cancelled = true;
    return this.cancelled;
  }

  #report(
    phase: ScheduleProgress['phase'],
    always: boolean,
    known?: number,
    fraction = Math.min(1, this.#fraction()),
  ): void {
    const { onProgress } = this.#options;
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
