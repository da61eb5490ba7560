import { openMask } from '../calendar/opening.ts';
import type { Goals } from '../staffing/load.ts';
import { goalInForce } from '../staffing/queueRequirement.ts';
import type { ScenarioQueue } from './levers.ts';
import { QuickQueue } from './quickQueue.ts';

/** A solver per goal, and which of them decides each interval. */
export class GoalSolvers {
  readonly #queue: ScenarioQueue;
  readonly #masks: readonly { readonly goal: Goals; readonly mask: Uint8Array }[];
  readonly #solvers = new Map<Goals, QuickQueue>();

  constructor(queue: ScenarioQueue) {
    this.#queue = queue;
    const grid = { ...queue, count: queue.offered.length };
    this.#masks = queue.goalPeriods.map(({ weekly, goal }) => ({ goal, mask: openMask(grid, { weekly }) }));
  }

  at(i: number): QuickQueue {
    const goal = this.#masks.find(period => period.mask[i] === 1)?.goal ?? this.#queue.goal;
    const known = this.#solvers.get(goal);
    if (known) return known;
    const solver = new QuickQueue(this.#queue, goalInForce(goal, this.#queue));
    this.#solvers.set(goal, solver);
    return solver;
  }
}
