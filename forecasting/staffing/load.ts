import type { Patience } from './patience.ts';

/** Chats, or any contacts of which an agent handles several at once. */
export interface ChatLoad {
  /** Most contacts per agent at the same time, a whole number ≥ 1. */
  readonly maxConcurrent: number;
  /**
   * Measured mean handle time in seconds while the agent holds 1, 2, … contacts: entry k − 1 belongs to k.
   * At least `maxConcurrent` entries.
   */
  readonly handleSecondsByLoad: readonly number[];
}

/** The work offered to one queue in one interval. */
export interface Load {
  /** Calls offered in the interval, ≥ 0; need not be whole. */
  readonly calls: number;
  readonly intervalSeconds: number;
  /** Mean handle time: talk, hold and wrap-up. */
  readonly ahtSeconds: number;
  /** How long callers are ready to wait; absent: for ever (Erlang C). */
  readonly patience?: Patience;
  /** Lines: most calls in the system, talking and waiting; absent: no limit. A call beyond it is blocked. */
  readonly trunks?: number;
  /** Share of the abandoned and blocked calls that come back as another call. */
  readonly redialProbability?: number;
  /** Share of the served calls that come back as another call. */
  readonly reconnectProbability?: number;
  /** Coefficient of variation of the call rate (gamma distributed about its mean); 0 or absent: the rate is certain. */
  readonly rateCv?: number;
  readonly chat?: ChatLoad;
}

/**
 * What counts as good service. W: time in queue, T: the answer-within time, s: the short-abandon threshold.
 * - `offered`: answered within T ÷ offered
 * - `excludeShortAbandons`: answered within T ÷ (offered − abandoned within s)
 * - `answered`: answered within T ÷ answered
 * - `waitOnly`: calls that leave the queue within T, answered or abandoned ÷ offered
 * - `virtual`: calls that an endlessly patient caller would have had answered within T ÷ offered
 */
export type ServiceLevelDefinition = 'offered' | 'excludeShortAbandons' | 'answered' | 'waitOnly' | 'virtual';

export const SERVICE_LEVEL_DEFINITIONS = [
  'offered',
  'excludeShortAbandons',
  'answered',
  'waitOnly',
  'virtual',
] as const satisfies readonly ServiceLevelDefinition[];

/** The threshold of the service level. */
export interface ServiceThreshold {
  readonly answerWithinSeconds: number;
  /** Abandons within this time are left out by `excludeShortAbandons`; absent: the answer-within time. */
  readonly shortAbandonSeconds?: number;
}

export interface ServiceLevelGoal extends ServiceThreshold {
  /** 0 ≤ target < 1. */
  readonly target: number;
  readonly definition: ServiceLevelDefinition;
}

/** Goals that a requirement meets all together; an absent goal asks nothing. */
export interface Goals {
  readonly serviceLevel?: ServiceLevelGoal;
  /** Mean wait of the answered calls. */
  readonly asaSeconds?: number;
  /** Share of the offered calls that may abandon. */
  readonly maxAbandonment?: number;
  /** Share of their time that agents may be busy. */
  readonly maxOccupancy?: number;
  /** Fewest agents, whatever the load. */
  readonly minAgents?: number;
}

export type GoalName = keyof Goals;

/**
 * Long-run performance of a queue. Shares are of all offered calls (blocked and returning ones included);
 * with an uncertain rate they weigh each call alike, as a report does.
 */
export interface QueueMetrics {
  readonly agents: number;
  /** Calls × AHT ÷ interval, with the calls that redials and reconnects add. */
  readonly offeredLoadErlangs: number;
  /** An arriving call finds all agents busy (and a free line). */
  readonly waitProbability: number;
  readonly abandonProbability: number;
  /** An arriving call finds all trunks taken. */
  readonly blockProbability: number;
  /** Share of agent time spent on calls; for chat, share of the chat slots in use. At most 1. */
  readonly occupancy: number;
  /** Mean wait of the answered calls, immediate answers counted as 0. */
  readonly asaSeconds: number;
  /** Mean time in queue of all calls that got a line, answered or not. */
  readonly meanWaitSeconds: number;
  readonly meanQueueLength: number;
  readonly serviceLevel: Readonly<Record<ServiceLevelDefinition, number>>;
  /** P(W > t): share of calls still in the queue t seconds after they arrived. */
  waitExceeds(seconds: number): number;
  /** P(V > t): share of calls that would wait longer than t if they never abandoned. */
  virtualWaitExceeds(seconds: number): number;
}
