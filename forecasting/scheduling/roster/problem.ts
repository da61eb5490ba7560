/** A kind of shift, as a rota names it: early, late, night. */
export interface RosterShiftType {
  readonly id: string;
  readonly minutes: number;
  /** Shift types that may not be worked on the day after this one (too little rest). */
  readonly cannotBeFollowedBy: readonly string[];
}

/** What an agent did right before the first day of the roster. */
export type RosterCarryOver =
  | { readonly kind: 'worked'; readonly consecutiveShifts: number; readonly lastShiftType: string }
  | { readonly kind: 'off'; readonly consecutiveDaysOff: number };

/** An agent with the contract rules that a day-level roster must keep. */
export interface RosterAgent {
  readonly id: string;
  /** Most shifts of each type in the horizon; a type not named is unlimited, 0 means never. */
  readonly maxShifts: Readonly<Record<string, number>>;
  readonly minTotalMinutes: number;
  readonly maxTotalMinutes: number;
  readonly minConsecutiveShifts: number;
  readonly maxConsecutiveShifts: number;
  readonly minConsecutiveDaysOff: number;
  /** A weekend counts when its Saturday or its Sunday is worked. */
  readonly maxWeekends: number;
  /** Day indices, from 0, that must be off. */
  readonly daysOff: readonly number[];
  /**
   * Without it a run of shifts or of days off that touches the first day is taken as long enough, and the
   * longest permitted run counts from the first day.
   */
  readonly carryOver?: RosterCarryOver;
  /** Days whose assignment may not change: a shift type, or null for a day off. */
  readonly locked?: readonly { readonly day: number; readonly shiftType: string | null }[];
}

/** A wish: `wanted` is granted when the shift is worked, otherwise when it is not. Breaking it costs `weight`. */
export interface RosterRequest {
  readonly agent: string;
  readonly day: number;
  readonly shiftType: string;
  readonly weight: number;
  readonly wanted: boolean;
}

/** How many people a shift type needs on a day, and the price of each one too few or too many. */
export interface RosterCover {
  readonly day: number;
  readonly shiftType: string;
  readonly required: number;
  readonly underWeight: number;
  readonly overWeight: number;
}

/** Who works which shift type on which day: the whole problem. */
export interface RosterProblem {
  readonly days: number;
  /** Weekday of day 0: 0 is Monday, 6 is Sunday. */
  readonly firstWeekday: number;
  readonly shiftTypes: readonly RosterShiftType[];
  readonly agents: readonly RosterAgent[];
  readonly requests: readonly RosterRequest[];
  readonly cover: readonly RosterCover[];
}

/**
 * A roster: `assignment[agent][day]` is an index into `shiftTypes`, or `DAY_OFF`. Agents stand in the
 * problem's order.
 */
export type RosterAssignment = readonly Int8Array[];

export const DAY_OFF = -1;

/** @throws RangeError naming the field that makes the problem meaningless */
export function validateRosterProblem(problem: RosterProblem): void {
  const { days, shiftTypes, agents } = problem;
  if (!Number.isInteger(days) || days < 1) throw new RangeError('days must be a whole number of at least 1');
  if (!Number.isInteger(problem.firstWeekday) || problem.firstWeekday < 0 || problem.firstWeekday > 6)
    throw new RangeError('firstWeekday must be 0 (Monday) to 6 (Sunday)');
  const types = new Set(shiftTypes.map(type => type.id));
  if (types.size !== shiftTypes.length) throw new RangeError('shiftTypes must have distinct ids');
  if (types.size > 127) throw new RangeError('shiftTypes must be at most 127');
  for (const type of shiftTypes) {
    if (!Number.isInteger(type.minutes) || type.minutes < 1)
      throw new RangeError(`shiftTypes ${type.id}: minutes must be a whole number of at least 1`);
    for (const next of type.cannotBeFollowedBy)
      if (!types.has(next)) throw new RangeError(`shiftTypes ${type.id}: unknown type ${next}`);
  }
  const names = new Set(agents.map(agent => agent.id));
  if (names.size !== agents.length) throw new RangeError('agents must have distinct ids');
  for (const agent of agents) validateAgent(agent, days, types);
  for (const { agent, day, shiftType, weight } of problem.requests) {
    if (!names.has(agent)) throw new RangeError(`requests: unknown agent ${agent}`);
    if (!types.has(shiftType)) throw new RangeError(`requests: unknown shift type ${shiftType}`);
    requireDay(day, days, 'requests');
    if (!(weight >= 0)) throw new RangeError('requests: weight must not be negative');
  }
  for (const { day, shiftType, underWeight, overWeight, required } of problem.cover) {
    if (!types.has(shiftType)) throw new RangeError(`cover: unknown shift type ${shiftType}`);
    requireDay(day, days, 'cover');
    if (!(underWeight >= 0 && overWeight >= 0)) throw new RangeError('cover: weights must not be negative');
    if (!Number.isInteger(required) || required < 0)
      throw new RangeError('cover: required must be a whole number of at least 0');
  }
}

function validateAgent(agent: RosterAgent, days: number, types: ReadonlySet<string>): void {
  const name = `agents ${agent.id}`;
  if (agent.minTotalMinutes > agent.maxTotalMinutes)
    throw new RangeError(`${name}: minTotalMinutes must not exceed maxTotalMinutes`);
  if (agent.maxConsecutiveShifts < 1)
    throw new RangeError(`${name}: maxConsecutiveShifts must be at least 1`);
  if (agent.minConsecutiveShifts > agent.maxConsecutiveShifts)
    throw new RangeError(`${name}: minConsecutiveShifts must not exceed maxConsecutiveShifts`);
  for (const day of agent.daysOff) requireDay(day, days, name);
  for (const type of Object.keys(agent.maxShifts))
    if (!types.has(type)) throw new RangeError(`${name}: unknown shift type ${type}`);
  for (const { day, shiftType } of agent.locked ?? []) {
    requireDay(day, days, name);
    if (shiftType !== null && !types.has(shiftType))
      throw new RangeError(`${name}: unknown shift type ${shiftType}`);
  }
  if (agent.carryOver?.kind === 'worked' && !types.has(agent.carryOver.lastShiftType))
    throw new RangeError(`${name}: unknown shift type ${agent.carryOver.lastShiftType}`);
}

function requireDay(day: number, days: number, field: string): void {
  if (!Number.isInteger(day) || day < 0 || day >= days)
    throw new RangeError(`${field}: day must be a whole number from 0 to ${days - 1}`);
}
