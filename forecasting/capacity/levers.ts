import type { OpeningHours } from '../calendar/opening.ts';
import type { Goals } from '../staffing/load.ts';

/** One queue over the days of a scenario: forecast, goals and what decides the requirement besides the calls. */
export interface ScenarioQueue {
  readonly queueId: string;
  readonly start: number;
  readonly stepSeconds: number;
  readonly timeZone: string;
  readonly openingHours: OpeningHours;
  /** Expected contacts by interval; null where the queue is closed. */
  readonly offered: readonly (number | null)[];
  readonly ahtSeconds: readonly (number | null)[];
  readonly goal: Goals;
  /** Goals for parts of the week; the first that contains an interval decides, else `goal`. */
  readonly goalPeriods: readonly { readonly weekly: OpeningHours['weekly']; readonly goal: Goals }[];
  /** Mean of exponential patience; null: callers wait for ever. */
  readonly patienceSeconds: number | null;
  readonly shortAbandonSeconds: number;
  /** Share of paid time lost, 0 to below 1. */
  readonly shrinkageShare: number;
  /** Contacts that an agent holds at once, each in the handle time given, as in chat; absent: 1. */
  readonly concurrency?: number;
  /** Messages, callbacks, follow-ups: work that waits for its turn and is done within the goal's time. Absent: callers wait in line. */
  readonly isDeferred?: boolean;
}

/** Other opening hours, and what becomes of the calls. */
export interface OpeningLever {
  readonly weekly: OpeningHours['weekly'];
  /**
   * Share of the calls concerned that only move within their day: of the hours closed, they call in the open ones; of the hours
   * added, they would have called in the others. The rest is lost, or new.
   */
  readonly movedShare: number;
  /** Calls in an added interval, as a share of the nearest interval that was open. */
  readonly addedLevel: number;
}

/** A planned reminder campaign, in the user's own figures. */
export interface CampaignLever {
  /** When the messages go out. */
  readonly at: number;
  readonly messages: number;
  /** Share of the messages that bring a call back: to confirm, to move or to cancel. */
  readonly responseShare: number;
  /** Time after which half of those calls have come; calls that meet closed doors come when they open. */
  readonly halfLifeMinutes: number;
  /** Calls saved per message, such as “when is my appointment”, taken evenly from the calls of `avoidedDays` days. */
  readonly avoidedShare?: number;
  readonly avoidedDays?: number;
}

/** Shifts of two lengths instead of staff that fits the curve without waste. */
export interface ShiftLever {
  /** Share of the shift hours worked in part-time shifts. */
  readonly partTimeShare: number;
  readonly fullTimeHours: number;
  readonly partTimeHours: number;
}

/** What a scenario changes for a queue; what is absent stays as in the plan. */
export interface Levers {
  readonly volumeFactor?: number;
  readonly ahtFactor?: number;
  readonly patienceSeconds?: number;
  readonly shrinkageShare?: number;
  /** Replaces the goal of the whole week. */
  readonly goal?: Goals;
  readonly opening?: OpeningLever;
  readonly campaign?: CampaignLever;
  /** Agents on duty as a share of what the plan needs; absent: as many as the goals ask for. */
  readonly staffShare?: number;
  readonly shifts?: ShiftLever;
}

/** Levers of one queue, or with `null` of all queues; a queue's own go before those of all. */
export interface QueueLevers extends Levers {
  readonly queueId: string | null;
}

/** The levers in force on one queue. */
export function leversOn(queueId: string, levers: readonly QueueLevers[]): Levers {
  const all = levers.find(entry => entry.queueId === null);
  const own = levers.find(entry => entry.queueId === queueId);
  return { ...all, ...own };
}

/** The queue with the levers on its terms; its demand is left as it is. */
export function leveredTerms(queue: ScenarioQueue, levers: Levers): ScenarioQueue {
  const { patienceSeconds, shrinkageShare, goal, opening } = levers;
  return {
    ...queue,
    ...(patienceSeconds !== undefined && { patienceSeconds }),
    ...(shrinkageShare !== undefined && { shrinkageShare }),
    ...(goal && { goal, goalPeriods: [] }),
    ...(opening && { openingHours: { weekly: opening.weekly } }),
  };
}
