import { createRandom } from '../calendar/random.ts';
import { Annealer } from './anneal.ts';
import type { MoveMix } from './moveMix.ts';
import type { ScheduleProblem } from './problem.ts';
import type { Schedule } from './schedule.ts';
import { buildSearchModel, type SearchModel, searchStartOf } from './searchModel.ts';
import { type RosterColumns, SearchState } from './searchState.ts';
import { buildSite, type Site } from './site.ts';

/** What a searching thread must know once, as plain data. */
export interface CrewBrief {
  readonly problem: ScheduleProblem;
  readonly start?: Schedule;
  /** Shifts of `start` that must stay as they are. */
  readonly frozenIds: readonly string[];
  readonly dates?: readonly string[];
}

/** A stretch of search, from a roster on. */
export interface CrewOrder {
  readonly roster: RosterColumns;
  readonly seed: string;
  readonly mix: MoveMix;
  readonly moves: number;
  /** Time allowed in milliseconds; null = `moves` alone decides. */
  readonly timeMs: number | null;
  /** Temperature at its beginning and its end, in objective units. */
  readonly fromTemperature: number;
  readonly toTemperature: number;
}

export interface CrewAnswer {
  readonly roster: RosterColumns;
  /** Moves tried. */
  readonly moves: number;
  /** Objective of the roster. */
  readonly total: number;
}

/** Other threads that search at the same time as the caller. */
export interface SearchCrew {
  readonly size: number;
  /** Tells every member the problem; comes before the first order. */
  open(brief: CrewBrief): void;
  run(member: number, order: CrewOrder): Promise<CrewAnswer>;
}

const BATCH_MOVES = 2000;

/** What a member of a crew keeps between orders. */
export class CrewSearch {
  readonly #state: SearchState;

  constructor(brief: CrewBrief) {
    const site = buildSite(brief.problem, brief.start ? [brief.start] : []);
    this.#state = new SearchState(modelOfBrief(site, brief));
  }

  run(order: CrewOrder, nowMs: () => number): CrewAnswer {
    this.#state.adopt(order.roster);
    const moves = followOrder(this.#state, order, nowMs);
    return { roster: this.#state.snapshot(), moves, total: this.#state.total() };
  }
}

/** The same model from the same brief, in every thread: rosters travel as numbers of its candidates. */
export function modelOfBrief(site: Site, brief: CrewBrief): SearchModel {
  const frozen = new Set(brief.frozenIds);
  const start = searchStartOf(site.calendar, brief.start, brief.dates, shift => frozen.has(shift.id));
  return buildSearchModel(site, start);
}

/** Anneals a state as ordered, telling the share done; returns the moves tried. */
export function followOrder(
  state: SearchState,
  order: CrewOrder,
  nowMs: (() => number) | undefined,
  onShare: (share: number) => void = () => undefined,
): number {
  const annealer = new Annealer(state, createRandom(order.seed), order.mix);
  if (annealer.idle) return order.moves;
  const started = nowMs?.() ?? 0;
  const cooling = order.toTemperature / order.fromTemperature;
  let done = 0;
  for (let share = 0; share < 1; ) {
    const batch = Math.max(1, Math.min(BATCH_MOVES, order.moves - done));
    annealer.run(batch, order.fromTemperature * cooling ** share);
    done += batch;
    const byTime = order.timeMs !== null && nowMs ? (nowMs() - started) / order.timeMs : 0;
    share = Math.max(done / order.moves, byTime);
    onShare(Math.min(1, share));
  }
  return done;
}
