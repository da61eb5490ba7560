import type { RosterAgent, RosterProblem } from './problem.ts';
import { validateRosterProblem } from './problem.ts';

/** An agent in numbers: minutes are in units of the problem's common divisor. */
export interface CompiledAgent {
  readonly minUnits: number;
  readonly maxUnits: number;
  readonly minOn: number;
  readonly maxOn: number;
  readonly minOff: number;
  readonly maxWeekends: number;
  /** Most shifts per type; the number of days where unlimited. */
  readonly maxShifts: Int32Array;
  /** Cost of working type t on day d at `d * types + t`, from wishes; Infinity where it may not be worked. */
  readonly workCost: Float64Array;
  /** Cost of a day off; Infinity where a shift is locked. */
  readonly offCost: Float64Array;
  /** What wishes cost when the agent never works: added once to every roster of the agent. */
  readonly baseCost: number;
  /** True when nothing is known of the days before: a run from day 0 is long enough. */
  readonly openStart: boolean;
  /** Length of the run of shifts that reaches day 0, 0 when off. */
  readonly startOn: number;
  readonly startType: number;
  /** Days off right before day 0 (at least minOff when unknown). */
  readonly startOff: number;
}

/** A roster problem in typed arrays, for the solver. */
export interface CompiledRoster {
  readonly days: number;
  readonly types: number;
  readonly unitMinutes: number;
  readonly typeUnits: Int32Array;
  /** 1 at `t * types + next` when `next` may not follow `t`. */
  readonly forbidden: Uint8Array;
  /** Index of the weekend a day belongs to, or -1. */
  readonly weekendOf: Int16Array;
  /** 1 on days after which a new week begins (Sunday), and on the last day. */
  readonly weekEnd: Uint8Array;
  /** Required people at `d * types + t`. */
  readonly required: Int32Array;
  readonly underWeight: Float64Array;
  readonly overWeight: Float64Array;
  /** The usual price of a missing person: the scale of the objective. */
  readonly typicalWeight: number;
  /** True when every weight is a whole number, so that bounds may be rounded up. */
  readonly integral: boolean;
  readonly agents: readonly CompiledAgent[];
}

/**
 * Checks the problem and puts it into typed arrays.
 * @throws RangeError as `validateRosterProblem`, or when a day and type has two cover rows
 */
export function compileRoster(problem: RosterProblem): CompiledRoster {
  validateRosterProblem(problem);
  const { days, shiftTypes } = problem;
  const types = shiftTypes.length;
  const typeIndex = new Map(shiftTypes.map((type, index) => [type.id, index]));
  const unitMinutes = shiftTypes.reduce((unit, type) => greatestCommonDivisor(unit, type.minutes), 0) || 1;
  const forbidden = new Uint8Array(types * types);
  shiftTypes.forEach((type, t) => {
    for (const next of type.cannotBeFollowedBy) forbidden[t * types + (typeIndex.get(next) ?? 0)] = 1;
  });
  const cover = compileCover(problem, typeIndex);
  const calendar = compileCalendar(problem);
  const context = { problem, typeIndex, unitMinutes };
  return {
    days,
    types,
    unitMinutes,
    typeUnits: Int32Array.from(shiftTypes, type => type.minutes / unitMinutes),
    forbidden,
    ...calendar,
    ...cover,
    integral: isIntegral(problem),
    agents: problem.agents.map(agent => compileAgent(agent, context)),
  };
}

function isIntegral(problem: RosterProblem): boolean {
  return (
    problem.requests.every(request => Number.isInteger(request.weight)) &&
    problem.cover.every(row => Number.isInteger(row.underWeight) && Number.isInteger(row.overWeight))
  );
}

function compileCalendar({ days, firstWeekday }: RosterProblem) {
  const weekendOf = new Int16Array(days).fill(-1);
  const weekEnd = new Uint8Array(days);
  for (let day = 0; day < days; day++) {
    const weekday = (firstWeekday + day) % 7;
    if (weekday >= 5) weekendOf[day] = Math.floor((firstWeekday + day) / 7);
    if (weekday === 6 || day === days - 1) weekEnd[day] = 1;
  }
  return { weekendOf, weekEnd };
}

function compileCover(problem: RosterProblem, typeIndex: ReadonlyMap<string, number>) {
  const types = problem.shiftTypes.length;
  const size = problem.days * types;
  const required = new Int32Array(size);
  const underWeight = new Float64Array(size);
  const overWeight = new Float64Array(size);
  const seen = new Uint8Array(size);
  for (const row of problem.cover) {
    const cell = row.day * types + (typeIndex.get(row.shiftType) ?? 0);
    if (seen[cell]) throw new RangeError(`cover: day ${row.day}, type ${row.shiftType} is named twice`);
    seen[cell] = 1;
    required[cell] = row.required;
    underWeight[cell] = row.underWeight;
    overWeight[cell] = row.overWeight;
  }
  return { required, underWeight, overWeight, typicalWeight: typicalWeight(underWeight) };
}

function typicalWeight(underWeight: Float64Array): number {
  const weights = underWeight.filter(weight => weight > 0).sort();
  return weights[Math.floor(weights.length / 2)] ?? 1;
}

interface AgentContext {
  readonly problem: RosterProblem;
  readonly typeIndex: ReadonlyMap<string, number>;
  readonly unitMinutes: number;
}

function compileAgent(agent: RosterAgent, context: AgentContext): CompiledAgent {
  const { problem, typeIndex, unitMinutes } = context;
  const { days, shiftTypes } = problem;
  const carry = agent.carryOver;
  const minOff = Math.max(1, agent.minConsecutiveDaysOff);
  const worked = carry?.kind === 'worked' ? carry : undefined;
  return {
    minUnits: Math.ceil(agent.minTotalMinutes / unitMinutes),
    maxUnits: Math.floor(agent.maxTotalMinutes / unitMinutes),
    minOn: Math.max(1, agent.minConsecutiveShifts),
    maxOn: agent.maxConsecutiveShifts,
    minOff,
    maxWeekends: agent.maxWeekends,
    maxShifts: Int32Array.from(shiftTypes, type => Math.min(days, agent.maxShifts[type.id] ?? days)),
    ...compileCosts(agent, context),
    openStart: carry === undefined,
    startOn: worked?.consecutiveShifts ?? 0,
    startType: worked ? (typeIndex.get(worked.lastShiftType) ?? 0) : -1,
    startOff: carry?.kind === 'off' ? Math.min(minOff, carry.consecutiveDaysOff) : minOff,
  };
}

function compileCosts(agent: RosterAgent, { problem, typeIndex }: AgentContext) {
  const { days, shiftTypes } = problem;
  const types = shiftTypes.length;
  const workCost = new Float64Array(days * types);
  const offCost = new Float64Array(days);
  let baseCost = 0;
  for (const request of problem.requests) {
    if (request.agent !== agent.id) continue;
    const cell = request.day * types + (typeIndex.get(request.shiftType) ?? 0);
    workCost[cell] = (workCost[cell] ?? 0) + (request.wanted ? -request.weight : request.weight);
    if (request.wanted) baseCost += request.weight;
  }
  shiftTypes.forEach((type, t) => {
    if ((agent.maxShifts[type.id] ?? days) > 0) return;
    for (let day = 0; day < days; day++) workCost[day * types + t] = Number.POSITIVE_INFINITY;
  });
  for (const day of agent.daysOff) workCost.fill(Number.POSITIVE_INFINITY, day * types, (day + 1) * types);
  for (const { day, shiftType } of agent.locked ?? []) {
    const kept = shiftType === null ? -1 : (typeIndex.get(shiftType) ?? -1);
    for (let t = 0; t < types; t++) if (t !== kept) workCost[day * types + t] = Number.POSITIVE_INFINITY;
    if (kept >= 0) offCost[day] = Number.POSITIVE_INFINITY;
  }
  return { workCost, offCost, baseCost };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
