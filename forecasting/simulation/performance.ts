import { SERVICE_LEVEL_DEFINITIONS, type ServiceLevelDefinition } from '../staffing/load.ts';
import { type Estimate, RatioSums } from './estimate.ts';
import {
  ABANDONED,
  ABANDONED_WITHIN,
  ANSWERED,
  ANSWERED_WAIT,
  ANSWERED_WITHIN,
  FIELD_COUNT,
  OFFERED,
  SHORT_ABANDONED,
  type TallyCounts,
  tallyCounts,
  VIRTUAL_WITHIN,
  WAIT,
} from './tally.ts';

/**
 * Simulated performance of a queue over some stretch of time, each number with its 95 % interval over replications.
 * `null`: no call to judge by (no calls offered; for `asaSeconds` and `answered`, none answered).
 */
export interface QueuePerformance {
  readonly serviceLevel: Readonly<Record<ServiceLevelDefinition, Estimate | null>>;
  readonly abandonProbability: Estimate | null;
  /** Mean wait of answered calls. */
  readonly asaSeconds: Estimate | null;
  /** Mean time in queue of all calls, answered or not. */
  readonly meanWaitSeconds: Estimate | null;
  /** Mean counts of one replication. */
  readonly counts: TallyCounts;
}

type Sums = ArrayLike<number>;

/** Numerator and denominator of each definition, from one replication's counts. */
export const SERVICE_LEVEL_RATIOS: Readonly<
  Record<ServiceLevelDefinition, readonly [(c: Sums, at: number) => number, (c: Sums, at: number) => number]>
> = {
  offered: [(c, at) => c[at + ANSWERED_WITHIN]!, (c, at) => c[at + OFFERED]!],
  excludeShortAbandons: [
    (c, at) => c[at + ANSWERED_WITHIN]!,
    (c, at) => c[at + OFFERED]! - c[at + SHORT_ABANDONED]!,
  ],
  answered: [(c, at) => c[at + ANSWERED_WITHIN]!, (c, at) => c[at + ANSWERED]!],
  waitOnly: [(c, at) => c[at + ANSWERED_WITHIN]! + c[at + ABANDONED_WITHIN]!, (c, at) => c[at + OFFERED]!],
  virtual: [(c, at) => c[at + VIRTUAL_WITHIN]!, (c, at) => c[at + OFFERED]!],
};

const DEFINITIONS = SERVICE_LEVEL_DEFINITIONS.length;
const ABANDON_CELL = DEFINITIONS;
const ASA_CELL = DEFINITIONS + 1;
const WAIT_CELL = DEFINITIONS + 2;
const CELLS = DEFINITIONS + 3;

/** Gathers the performance of several groups (queues, days, intervals) over replications. */
export class PerformanceSums {
  private readonly ratios: RatioSums;
  private readonly totals: Float64Array;
  private readonly replications: Float64Array;

  constructor(groups: number) {
    this.ratios = new RatioSums(groups * CELLS);
    this.totals = new Float64Array(groups * FIELD_COUNT);
    this.replications = new Float64Array(groups);
  }

  /** Adds one replication's counts: `FIELD_COUNT` entries of `counts` from `at` on. */
  add(group: number, counts: Sums, at: number): void {
    this.replications[group]! += 1;
    for (let field = 0; field < FIELD_COUNT; field++) {
      this.totals[group * FIELD_COUNT + field]! += counts[at + field]!;
    }
    const { ratios } = this;
    const base = group * CELLS;
    SERVICE_LEVEL_DEFINITIONS.forEach((definition, i) => {
      const [numerator, denominator] = SERVICE_LEVEL_RATIOS[definition];
      ratios.add(base + i, numerator(counts, at), denominator(counts, at));
    });
    ratios.add(base + ABANDON_CELL, counts[at + ABANDONED]!, counts[at + OFFERED]!);
    ratios.add(base + ASA_CELL, counts[at + ANSWERED_WAIT]!, counts[at + ANSWERED]!);
    ratios.add(base + WAIT_CELL, counts[at + WAIT]!, counts[at + OFFERED]!);
  }

  serviceLevel(group: number, definition: ServiceLevelDefinition): Estimate | null {
    return this.ratios.share(group * CELLS + SERVICE_LEVEL_DEFINITIONS.indexOf(definition));
  }

  performance(group: number): QueuePerformance {
    const base = group * CELLS;
    const level = (definition: ServiceLevelDefinition) => this.serviceLevel(group, definition);
    const runs = this.replications[group]! || 1;
    const mean = (i: number) => this.totals[group * FIELD_COUNT + i]! / runs;
    return {
      serviceLevel: {
        offered: level('offered'),
        excludeShortAbandons: level('excludeShortAbandons'),
        answered: level('answered'),
        waitOnly: level('waitOnly'),
        virtual: level('virtual'),
      },
      abandonProbability: this.ratios.share(base + ABANDON_CELL),
      asaSeconds: this.ratios.ratio(base + ASA_CELL),
      meanWaitSeconds: this.ratios.ratio(base + WAIT_CELL),
      counts: tallyCounts(mean),
    };
  }
}
