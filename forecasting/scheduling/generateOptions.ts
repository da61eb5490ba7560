import type { LinearSolver } from './linearSolver.ts';
import type { MoveMix } from './moveMix.ts';
import type { Assignment, Schedule } from './schedule.ts';

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
