import { queueNoise } from './queueNoise.ts';
import type { QuickQueue } from './quickQueue.ts';

/** What one interval does at a load, with a given staff: means per call, and chance per second. */
export const LEVEL = 0;
export const LOST = 1;
export const ASA = 2;
export const LEVEL_NOISE = 3;
export const LOST_NOISE = 4;
export const WAIT_NOISE = 5;
export const COLUMNS = 6;

/** Grid steps per √agents Erlangs: the curves bend over a few of them. */
const STEPS_PER_ROOT = 5;
/** A wait without end stands in the table as this; it shows as no value. */
export const NO_ANSWER_SECONDS = 1e6;

/** Performance by load for one number of agents, joined by straight lines; filled as far as it is asked for. */
export class ResponseTable {
  readonly #values: number[] = [];
  readonly #step: number;
  readonly #fill: (load: number, into: number[]) => void;

  constructor(
    agents: number,
    solver: QuickQueue,
    queue: {
      readonly stepSeconds: number;
      readonly patienceSeconds: number | null;
      readonly ahtSeconds: number;
      readonly concurrency?: number;
    },
  ) {
    const { stepSeconds, patienceSeconds, ahtSeconds, concurrency = 1 } = queue;
    const servers = agents * concurrency;
    this.#step = Math.max(0.05, Math.sqrt(Math.max(1, servers)) / STEPS_PER_ROOT);
    const { answerWithinSeconds } = solver;
    this.#fill = (load, into) => {
      const calls = (load * stepSeconds) / ahtSeconds;
      const { serviceLevel, abandonment, asaSeconds } = solver.evaluate(calls, ahtSeconds, agents);
      into.push(serviceLevel, abandonment, Math.min(asaSeconds, NO_ANSWER_SECONDS));
      const isSteady = calls > 0 && servers > 0 && (patienceSeconds !== null || load < servers);
      const noise = isSteady
        ? queueNoise(calls / stepSeconds, ahtSeconds, patienceSeconds, servers, answerWithinSeconds)
        : null;
      into.push(noise?.serviceLevel ?? 0, noise?.abandonment ?? 0, noise?.wait ?? 0);
    };
  }

  /** Writes the columns at a load into `into`. */
  read(load: number, into: Float64Array): void {
    const place = load / this.#step;
    const cell = Math.floor(place);
    const share = place - cell;
    const values = this.#values;
    while (values.length < (cell + 2) * COLUMNS) {
      this.#fill((values.length / COLUMNS) * this.#step, values);
    }
    const base = cell * COLUMNS;
    for (let c = 0; c < COLUMNS; c++) {
      const left = values[base + c]!;
      into[c] = left + share * (values[base + COLUMNS + c]! - left);
    }
  }
}

/** Agents that the goals need, by load, joined by straight lines: right on average over many intervals. */
export class NeedTable {
  readonly #values: number[] = [];
  readonly #solve: (load: number) => number;

  constructor(solver: QuickQueue, stepSeconds: number, ahtSeconds: number) {
    this.#solve = load => solver.solve((load * stepSeconds) / ahtSeconds, ahtSeconds);
  }

  read(load: number): number {
    const place = load * STEPS_PER_ERLANG;
    const cell = Math.floor(place);
    while (this.#values.length < cell + 2) {
      this.#values.push(this.#solve(this.#values.length / STEPS_PER_ERLANG));
    }
    const left = this.#values[cell]!;
    return left + (place - cell) * (this.#values[cell + 1]! - left);
  }
}

const STEPS_PER_ERLANG = 4;
