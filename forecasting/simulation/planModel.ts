import type { IntervalGrid } from '../calendar/grid.ts';
import type { ServiceLevelGoal, ServiceThreshold } from '../staffing/load.ts';
import type { CentreQueue, DutyRules, DutyStretch, QueueSkill } from './centreModel.ts';
import type { Estimate } from './estimate.ts';
import type { QueuePerformance } from './performance.ts';
import type { ReplicationOptions } from './replicate.ts';

/** A queue with its demand on the plan's grid; the goal's threshold and definition are those that are counted. */
export interface PlanQueue extends Omit<CentreQueue, keyof ServiceThreshold> {
  readonly goal: ServiceLevelGoal;
}

/** One person's roster. Times of `duty` and its breaks are UTC epoch seconds. */
export interface PlanAgent {
  readonly id: string;
  readonly skills: readonly QueueSkill[];
  readonly duty: readonly DutyStretch[];
}

/** A roster and the demand it is to meet: plain data, in and out, fit for a worker thread. */
export interface PlanInput {
  readonly grid: IntervalGrid;
  readonly queues: readonly PlanQueue[];
  readonly agents: readonly PlanAgent[];
  readonly rules?: DutyRules;
}

export type PlanOptions = Omit<ReplicationOptions, 'stopAtHalfWidth' | 'maxReplications'>;

/** A day or the whole plan of one queue. */
export interface PlanPeriod extends QueuePerformance {
  /** The service level by the goal's definition: each call weighs alike. */
  readonly goalLevel: Estimate | null;
  /** Chance that this period meets the goal: the share of replications with calls in which it did. */
  readonly goalProbability: Estimate | null;
  /** In 8 of 10 replications the period's service level lies between these; chance moves it so far by itself. */
  readonly usualRange: { readonly low: number; readonly high: number } | null;
}

export interface PlanDay extends PlanPeriod {
  /** Local calendar date in the grid's zone, `YYYY-MM-DD`. */
  readonly date: string;
  readonly firstInterval: number;
  readonly intervals: number;
}

/** One entry per interval of the grid. `null`: no calls in any replication. */
export interface PlanIntervals {
  readonly offered: readonly number[];
  readonly goalLevel: readonly (Estimate | null)[];
  readonly goalProbability: readonly (Estimate | null)[];
  readonly abandonProbability: readonly (Estimate | null)[];
  readonly asaSeconds: readonly (Estimate | null)[];
  /** Mean number still waiting when the interval ends. */
  readonly carriedOver: readonly number[];
}

export interface PlanQueueResult {
  readonly id: string;
  readonly goal: ServiceLevelGoal;
  readonly total: PlanPeriod;
  readonly days: readonly PlanDay[];
  readonly intervals: PlanIntervals;
}

export type PlanSimulation =
  | { readonly kind: 'cancelled'; readonly replications: number }
  | {
      readonly kind: 'complete';
      readonly seed: number | string;
      readonly replications: number;
      readonly queues: readonly PlanQueueResult[];
      /** Mean number of agents on duty per interval. */
      readonly staffedAgents: readonly number[];
      /** Share of their time on duty that they are busy, per interval; `null`: nobody on duty. */
      readonly occupancy: readonly (number | null)[];
      /** Time worked after the end of shifts to finish calls, per replication. */
      readonly overrunSeconds: Estimate;
    };
