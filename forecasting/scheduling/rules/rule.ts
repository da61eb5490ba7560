import type { AgentTimeline } from '../timeline.ts';

export type ParameterValue = number | string | readonly string[];
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** Describes a parameter well enough to check it and to draw an input for it. */
export type ParameterSpec =
  | {
      readonly type: 'number';
      readonly label: string;
      readonly unit: string;
      readonly min: number;
      readonly max: number;
      readonly integer?: boolean;
      readonly default: number;
    }
  | { readonly type: 'text'; readonly label: string; readonly default: string }
  | { readonly type: 'textList'; readonly label: string; readonly default: readonly string[] };

/** What a rule may know about the site. Days count from the horizon's first local day = 0; history is negative. */
export interface SiteFacts {
  readonly dayCount: number;
  readonly weekCount: number;
  /** Weekday of a day index, 0 = Monday. */
  weekdayOf(day: number): number;
  dateOf(day: number): string;
  /** Minutes from the horizon's start to local midnight of the day; 1440 per day but for clock changes. */
  dayStartMinute(day: number): number;
  isHoliday(day: number): boolean;
  /** Type names in the order of `typeIndex`. */
  readonly typeNames: readonly string[];
  readonly templateIds: readonly string[];
  /** Least number of past holidays in any agent's ledger. */
  readonly leastHolidays: number;
}

/** What a rule may know about the agent it checks. Minutes count from the horizon's start. */
export interface AgentFacts {
  readonly id: string;
  readonly name: string;
  readonly minMinutesPerWeek: number;
  readonly targetMinutesPerWeek: number;
  readonly maxMinutesPerWeek: number;
  /** Paid time off per planning week. */
  readonly paidTimeOffMinutes: readonly number[];
  /** `[start, end)` pairs in minutes. */
  readonly timeOff: readonly (readonly [number, number])[];
  /** `[start, end)` pairs in minutes over the horizon; null = always available. */
  readonly available: readonly (readonly [number, number])[] | null;
  readonly pastHolidays: number;
}

/** One breach. `amount` is in the rule's unit; minutes are counted from the horizon's start. */
export interface Breach {
  readonly amount: number;
  readonly fromMinute: number;
  readonly toMinute: number;
  /** What is wrong, without who and when: "9 h 30 min of rest, 11 h are due". */
  readonly text: string;
  /** Shifts involved, as positions in the timeline. */
  readonly shifts: readonly number[];
}

export type Report = (breach: Breach) => void;

/**
 * Amount by which an agent's shifts breach the rule, in the rule's unit; 0 = satisfied.
 * The optimiser calls it without `report` in its inner loop: no allocation on that path.
 */
export type TimelineCheck = (timeline: AgentTimeline, agent: AgentFacts, report: Report | null) => number;

export type RuleUnit = 'minute' | 'day' | 'shift' | 'weekend' | 'agent-minute';

interface RuleBase {
  readonly kind: string;
  readonly title: string;
  readonly unit: RuleUnit;
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  /** The rule in one sentence with its numbers. */
  sentence(parameters: Parameters): string;
  /** Further demands on parameters, in words; null when they are fine. */
  problem?(parameters: Parameters): string | null;
}

export type RuleMemory = 'days' | 'paid' | 'types' | 'times';

/** A rule over one agent's sequence of shifts. */
export interface TimelineRule extends RuleBase {
  readonly scope: 'timeline';
  /**
   * True when each shift can be judged by itself: the optimiser then filters shifts beforehand
   * instead of checking again at every move.
   */
  readonly perShift: boolean;
  /** True when adding a shift never mends a breach, so that a search may stop at the first one. */
  readonly monotone: boolean;
  /**
   * What of earlier days the rule looks at when a later day is added: which days were worked, hours so far,
   * shift types so far, the times of the last shift. A search for contradictions tells rosters apart by these only.
   */
  readonly remembers: readonly RuleMemory[];
  bind(parameters: Parameters, site: SiteFacts): TimelineCheck;
}

/** A rule about breaks inside one shift; the optimiser places breaks so that it holds. */
export interface BreakRule extends RuleBase {
  readonly scope: 'break';
  limits(parameters: Parameters): BreakLimits;
}

/** Longest stretch of work without a break of at least the given length. */
export interface BreakLimits {
  readonly maxStretchMinutes: number;
  readonly minBreakMinutes: number;
  /** Break time due in shifts longer than `overMinutes`. */
  readonly overMinutes: number;
  readonly dueMinutes: number;
}

/** A least number of agents with a licence at all times of a daily window. */
export interface CoverRule extends RuleBase {
  readonly scope: 'cover';
  demand(parameters: Parameters): CoverDemand;
}

export interface CoverDemand {
  readonly skill: string;
  readonly level: number;
  readonly agents: number;
  readonly fromMinute: number;
  readonly toMinute: number;
}

export type WorkRule = TimelineRule | BreakRule | CoverRule;

export function numberOf(parameters: Parameters, name: string): number {
  const value = parameters[name];
  if (typeof value !== 'number') throw new RangeError(`rule parameter "${name}" must be a number`);
  return value;
}

export function textOf(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (typeof value !== 'string') throw new RangeError(`rule parameter "${name}" must be a text`);
  return value;
}

export function listOf(parameters: Parameters, name: string): readonly string[] {
  const value = parameters[name];
  if (!Array.isArray(value)) throw new RangeError(`rule parameter "${name}" must be a list of texts`);
  return value;
}

/** `570` → "9 h 30 min". */
export function duration(minutes: number): string {
  const whole = Math.round(minutes);
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** `1 day`, `3 days`. */
export function count(amount: number, noun: string): string {
  return amount === 1 ? `1 ${noun}` : `${amount} ${noun}s`;
}
