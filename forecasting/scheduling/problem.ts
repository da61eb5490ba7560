import type { IntervalGrid } from '../calendar/grid.ts';
import type { LocalDate, Weekday } from '../calendar/time.ts';
import type { RuleSet } from './ruleSet.ts';
import type { Assignment, Schedule } from './schedule.ts';

/** What one queue needs over the horizon. */
export interface QueueRequirement {
  readonly id: string;
  readonly name?: string;
  /** Skill an agent must hold to serve the queue; the queue's id when omitted. */
  readonly skill?: string;
  /** Agents required on duty per grid interval (fractions allowed); null = closed, nothing required. */
  readonly required: readonly (number | null)[];
  /**
   * Cost per interval in currency of having n = 0, 1, 2 … agents, replacing the cost derived from `required`.
   * Its lower convex envelope is used; beyond the last entry the last slope continues, but never downwards.
   */
  readonly costTable?: readonly (readonly number[] | null)[];
  /** Goal in words, shown in explanations; not used in the optimisation. */
  readonly goal?: string;
}

export interface SchedulingSkill {
  readonly skill: string;
  /** Proficiency, 1 (learning) to 5 (expert); minimum-cover rules may ask for a level. */
  readonly level?: number;
}

/** Paid hours per planning week; weeks are counted in blocks of seven days from the horizon's first day. */
export interface ContractHours {
  readonly minHoursPerWeek: number;
  readonly targetHoursPerWeek: number;
  readonly maxHoursPerWeek: number;
}

/** A weekly stretch of the wall clock in which the agent may work; `endMinute` above 1440 runs into the next day. */
export interface AvailabilityWindow {
  readonly weekday: Weekday;
  readonly startMinute: number;
  readonly endMinute: number;
}

/** Absence as instants, end exclusive. Paid time off counts towards contract hours by `paidMinutes`. */
export interface TimeOff {
  readonly start: number;
  readonly end: number;
  readonly reason?: string;
  readonly paidMinutes?: number;
}

/** A wish, with its worth in currency when broken. */
export type Preference =
  | { readonly kind: 'dayOff'; readonly date: LocalDate; readonly weight: number }
  | {
      readonly kind: 'shift';
      /** One date, or every such weekday; every day when both are omitted. */
      readonly date?: LocalDate;
      readonly weekday?: Weekday;
      readonly templateIds?: readonly string[];
      readonly earliestStartMinute?: number;
      readonly latestStartMinute?: number;
      readonly weight: number;
    };

/** Rolling counts of what an agent has carried, for fairness. */
export interface FairnessLedger {
  readonly weekends: number;
  readonly lates: number;
  readonly nights: number;
  readonly holidays: number;
  readonly wishesGranted: number;
}

export interface SchedulingAgent {
  readonly id: string;
  readonly name: string;
  readonly skills: readonly SchedulingSkill[];
  readonly contract: ContractHours;
  readonly costPerHour: number;
  /** Extra per hour above the contract's target. */
  readonly overtimePremiumPerHour?: number;
  /** Omitted = available at any time. */
  readonly availability?: readonly AvailabilityWindow[];
  readonly timeOff?: readonly TimeOff[];
  readonly preferences?: readonly Preference[];
  /** Years or rank points; higher bids first. */
  readonly seniority?: number;
  /** Templates the agent may work; omitted = all. */
  readonly templateIds?: readonly string[];
  /** Shifts that must stay as they are. */
  readonly lockedShifts?: readonly Assignment[];
  /** Shifts worked before the horizon, for rest, sequences and rolling hours. */
  readonly recentShifts?: readonly Assignment[];
  readonly ledger?: FairnessLedger;
}

/** A break, lunch or split-shift gap within a shift. Offsets are minutes from the shift's start to the break's start. */
export interface BreakTemplate {
  readonly kind: 'break' | 'lunch' | 'gap';
  readonly minutes: number;
  readonly paid: boolean;
  readonly earliestOffsetMinutes: number;
  readonly latestOffsetMinutes: number;
}

/** Wall-clock start times `earliestMinute`, `+ stepMinutes`, … `latestMinute` after local midnight. */
export interface StartWindow {
  readonly earliestMinute: number;
  readonly latestMinute: number;
  readonly stepMinutes: number;
}

/** A kind of shift. Lengths are elapsed minutes including breaks, so a clock change does not alter paid time. */
export interface ShiftTemplate {
  readonly id: string;
  readonly name: string;
  /** Class used by sequence and fairness rules, for example `early`, `late`, `night`. */
  readonly type: string;
  readonly lengthsMinutes: readonly number[];
  readonly starts: readonly StartWindow[];
  /** Days on which the shift may start; omitted = every day. */
  readonly weekdays?: readonly Weekday[];
  /** In the order in which they are taken. */
  readonly breaks: readonly BreakTemplate[];
  /** Least work between two breaks, end to start. */
  readonly minSpacingMinutes?: number;
}

/** A meeting or training session to place where cover suffers least. */
export interface PlannedEvent {
  readonly id: string;
  readonly kind: 'meeting' | 'training';
  readonly name: string;
  readonly minutes: number;
  readonly agentIds: readonly string[];
  /** Instants between which it must lie. */
  readonly earliest: number;
  readonly latest: number;
  /** All at the same time, or each agent at a time of their own. */
  readonly together: boolean;
}

/** One step of the under-staffing price: applies while the shortfall is at most `upToShare` of the requirement. */
export interface UnderTier {
  readonly upToShare: number;
  readonly costPerHour: number;
}

/** Prices of the objective, all in currency. */
export interface ScheduleWeights {
  /** Increasing prices per missing agent-hour; the last tier has `upToShare` 1 or more. */
  readonly underTiers: readonly UnderTier[];
  readonly overCostPerHour: number;
  /** Multiplies paid hours × costPerHour; 0 leaves wages out of the objective. */
  readonly labour: number;
  readonly preference: number;
  /** Per squared, contract-weighted weekend, late, night or holiday. */
  readonly fairness: number;
  /** Per shift that differs from the published schedule, and per hour of difference. */
  readonly changedShift: number;
  readonly changedHour: number;
  /** Price per unit of a broken hard rule in the reported total; far above any soft price. */
  readonly hardRule: number;
}

export const DEFAULT_WEIGHTS: ScheduleWeights = {
  underTiers: [
    { upToShare: 0.05, costPerHour: 60 },
    { upToShare: 0.15, costPerHour: 90 },
    { upToShare: 1, costPerHour: 150 },
  ],
  overCostPerHour: 15,
  labour: 1,
  preference: 1,
  fairness: 1,
  changedShift: 10,
  changedHour: 2,
  hardRule: 10_000,
};

export interface ScheduleProblem {
  readonly grid: IntervalGrid;
  readonly queues: readonly QueueRequirement[];
  readonly agents: readonly SchedulingAgent[];
  readonly templates: readonly ShiftTemplate[];
  readonly rules: RuleSet;
  readonly weights?: Partial<ScheduleWeights>;
  readonly holidays?: readonly LocalDate[];
  readonly events?: readonly PlannedEvent[];
  /** The published schedule; differences from it are priced. */
  readonly published?: Schedule;
}

/** The weights of a problem with defaults filled in. */
export function weightsOf(problem: ScheduleProblem): ScheduleWeights {
  return { ...DEFAULT_WEIGHTS, ...problem.weights };
}

/** The skill that serves a queue. */
export function skillOfQueue(queue: QueueRequirement): string {
  return queue.skill ?? queue.id;
}
