import { resolveWallClock } from '../calendar/time.ts';
import { isLate, isNight } from './ledger.ts';
import type { FairnessLedger, ScheduleProblem, ScheduleWeights, SchedulingAgent } from './problem.ts';
import type { RuleSetting } from './ruleSet.ts';
import { findRule } from './rules/registry.ts';
import type { AgentFacts, TimelineCheck, TimelineRule } from './rules/rule.ts';
import { type Assignment, inOrderOfStart } from './schedule.ts';
import type { SiteCalendar } from './siteCalendar.ts';
import type { AgentTimeline, ShiftFacts } from './timeline.ts';

/** A timeline rule bound to the site, with its price. */
export interface BoundRule {
  readonly setting: RuleSetting;
  readonly rule: TimelineRule;
  readonly check: TimelineCheck;
  readonly hard: boolean;
  /** Currency per unit of breach. */
  readonly price: number;
}

/** Everything about one agent that the objective needs besides cover. */
export interface AgentModel {
  readonly agent: SchedulingAgent;
  readonly facts: AgentFacts;
  /** All timeline rules that bind the agent, hard ones first. */
  readonly rules: readonly BoundRule[];
  /** Contract hours relative to the site's mean: the agent's share of unpopular work. */
  readonly share: number;
  readonly ledger: FairnessLedger;
  /** Published shift per day; null where the agent was off; undefined without a published schedule. */
  readonly published: readonly (ShiftFacts | null)[] | undefined;
}

const NO_LEDGER: FairnessLedger = { weekends: 0, lates: 0, nights: 0, holidays: 0, wishesGranted: 0 };

/** Minutes in which a hard breach is counted for pricing: an hour of missing rest weighs like a day too many. */
const MINUTES_PER_HARD_UNIT = 60;

/** Binds every timeline rule of the problem once; agents share the bound checks. */
export function bindRules(
  problem: ScheduleProblem,
  weights: ScheduleWeights,
  calendar: SiteCalendar,
): readonly BoundRule[] {
  const bound: BoundRule[] = [];
  for (const setting of problem.rules.rules) {
    const rule = findRule(setting.kind);
    if (rule?.scope !== 'timeline') continue;
    const hard = setting.enforcement === 'hard';
    const unit = rule.unit === 'minute' ? MINUTES_PER_HARD_UNIT : 1;
    const price = hard ? weights.hardRule / unit : (setting.weight ?? 0);
    bound.push({ setting, rule, check: rule.bind(setting.parameters, calendar), hard, price });
  }
  return bound.sort((a, b) => Number(b.hard) - Number(a.hard));
}

export function buildAgentModels(
  problem: ScheduleProblem,
  rules: readonly BoundRule[],
  calendar: SiteCalendar,
): readonly AgentModel[] {
  const meanTarget =
    problem.agents.reduce((sum, agent) => sum + agent.contract.targetHoursPerWeek, 0) /
    Math.max(1, problem.agents.length);
  const publishedOf = groupByAgent(problem.published?.assignments ?? []);
  return problem.agents.map(agent => ({
    agent,
    facts: agentFacts(agent, calendar),
    rules: rules.filter(({ setting }) => !setting.agentIds || setting.agentIds.includes(agent.id)),
    share: meanTarget > 0 ? Math.max(0.1, agent.contract.targetHoursPerWeek / meanTarget) : 1,
    ledger: agent.ledger ?? NO_LEDGER,
    published: problem.published ? publishedDays(publishedOf.get(agent.id) ?? [], calendar) : undefined,
  }));
}

/** Assignments of each agent in order of start. */
export function groupByAgent(assignments: readonly Assignment[]): ReadonlyMap<string, readonly Assignment[]> {
  const byAgent = new Map<string, Assignment[]>();
  for (const assignment of assignments) {
    const list = byAgent.get(assignment.agentId);
    if (list) list.push(assignment);
    else byAgent.set(assignment.agentId, [assignment]);
  }
  for (const list of byAgent.values()) list.sort(inOrderOfStart);
  return byAgent;
}

function publishedDays(assignments: readonly Assignment[], calendar: SiteCalendar): (ShiftFacts | null)[] {
  const days: (ShiftFacts | null)[] = Array.from({ length: calendar.dayCount }, () => null);
  for (const assignment of assignments) {
    const facts = calendar.shiftFacts(assignment);
    if (facts.day >= 0 && facts.day < calendar.dayCount) days[facts.day] = facts;
  }
  return days;
}

function agentFacts(agent: SchedulingAgent, calendar: SiteCalendar): AgentFacts {
  const minutes = (hours: number): number => Math.round(hours * 60);
  const paidTimeOff: number[] = Array.from({ length: calendar.weekCount }, () => 0);
  for (const off of agent.timeOff ?? []) {
    const week = Math.floor(calendar.dayIndexOf(off.start) / 7);
    if (week >= 0 && week < paidTimeOff.length) paidTimeOff[week]! += off.paidMinutes ?? 0;
  }
  return {
    id: agent.id,
    name: agent.name,
    minMinutesPerWeek: minutes(agent.contract.minHoursPerWeek),
    targetMinutesPerWeek: minutes(agent.contract.targetHoursPerWeek),
    maxMinutesPerWeek: minutes(agent.contract.maxHoursPerWeek),
    paidTimeOffMinutes: paidTimeOff,
    timeOff: merged(
      (agent.timeOff ?? []).map(off => [calendar.minuteOf(off.start), calendar.minuteOf(off.end)] as const),
    ),
    available: agent.availability ? availableRanges(agent, calendar) : null,
    pastHolidays: agent.ledger?.holidays ?? 0,
  };
}

function availableRanges(
  agent: SchedulingAgent,
  calendar: SiteCalendar,
): readonly (readonly [number, number])[] {
  const ranges: (readonly [number, number])[] = [];
  for (let day = -1; day <= calendar.dayCount; day++) {
    for (const window of agent.availability ?? []) {
      if (window.weekday !== calendar.weekdayOf(day)) continue;
      const from = wallMinute(calendar, day, window.startMinute);
      const to = wallMinute(calendar, day, window.endMinute);
      if (to > from) ranges.push([from, to]);
    }
  }
  return merged(ranges);
}

/** Minutes from the horizon's start of a wall-clock minute, which may lie beyond the day's end. */
function wallMinute(calendar: SiteCalendar, day: number, minute: number): number {
  const onDay = day + Math.floor(minute / 1440);
  const at = resolveWallClock(calendar.day(onDay), (minute - Math.floor(minute / 1440) * 1440) * 60);
  if (at.kind === 'unique') return calendar.minuteOf(at.epochSeconds);
  return calendar.minuteOf(at.kind === 'doubled' ? at.earlierEpochSeconds : at.nextEpochSeconds);
}

/** Ranges in order with overlaps joined, so that no minute counts twice. */
function merged(ranges: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const result: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** Cost of one shift on its own. */
export interface ShiftTerms {
  readonly labour: number;
  readonly preferences: number;
  readonly stability: number;
}

/** Wages, broken wishes and distance from the published shift. `facts` null = the day is free. */
export function shiftTerms(
  model: AgentModel,
  day: number,
  facts: ShiftFacts | null,
  weights: ScheduleWeights,
  calendar: SiteCalendar,
): ShiftTerms {
  const labour = facts ? (facts.paid / 60) * model.agent.costPerHour * weights.labour : 0;
  let broken = 0;
  if (facts) {
    for (const wish of model.agent.preferences ?? []) {
      if (isBroken(wish, day, facts, calendar)) broken += wish.weight;
    }
  }
  return {
    labour,
    preferences: broken * weights.preference,
    stability: model.published ? changeCost(model.published[day] ?? null, facts, weights) : 0,
  };
}

type Wish = NonNullable<SchedulingAgent['preferences']>[number];

/** Whether a worked shift breaks the wish. */
export function isBroken(wish: Wish, day: number, facts: ShiftFacts, calendar: SiteCalendar): boolean {
  if (wish.kind === 'dayOff') return wish.date === calendar.dateOf(day);
  if (wish.date !== undefined && wish.date !== calendar.dateOf(day)) return false;
  if (wish.weekday !== undefined && wish.weekday !== calendar.weekdayOf(day)) return false;
  const templateId = calendar.templateIds[facts.template] ?? '';
  if (wish.templateIds && !wish.templateIds.includes(templateId)) return true;
  if (wish.earliestStartMinute !== undefined && facts.startMinuteOfDay < wish.earliestStartMinute)
    return true;
  return wish.latestStartMinute !== undefined && facts.startMinuteOfDay > wish.latestStartMinute;
}

function changeCost(published: ShiftFacts | null, now: ShiftFacts | null, weights: ScheduleWeights): number {
  if (!published && !now) return 0;
  if (!published || !now) return weights.changedShift;
  const minutes = Math.abs(published.start - now.start) + Math.abs(published.end - now.end);
  return minutes === 0 ? 0 : weights.changedShift + (minutes / 60) * weights.changedHour;
}

/** Overtime premium and fairness of an agent's whole timeline. */
export function timelineTerms(
  model: AgentModel,
  timeline: AgentTimeline,
  weights: ScheduleWeights,
  calendar: SiteCalendar,
): number {
  return overtimeCost(model, timeline, weights, calendar) + fairnessCost(model, timeline, weights, calendar);
}

export function overtimeCost(
  model: AgentModel,
  timeline: AgentTimeline,
  weights: ScheduleWeights,
  calendar: SiteCalendar,
): number {
  const premium = (model.agent.overtimePremiumPerHour ?? 0) * weights.labour;
  if (premium === 0) return 0;
  let minutes = 0;
  for (let w = 0; w < calendar.weekCount; w++) {
    let paid = model.facts.paidTimeOffMinutes[w] ?? 0;
    for (let i = timeline.firstIndex; i < timeline.count; i++) {
      const day = timeline.day[i]!;
      if (day >= w * 7 && day < w * 7 + 7) paid += timeline.paid[i]!;
    }
    minutes += Math.max(0, paid - model.facts.targetMinutesPerWeek);
  }
  return (minutes / 60) * premium;
}

/** Σ over kinds of unpopular work of (past + planned − past)² growth per contract share: least when shared evenly. */
export function fairnessCost(
  model: AgentModel,
  timeline: AgentTimeline,
  weights: ScheduleWeights,
  calendar: SiteCalendar,
): number {
  if (weights.fairness === 0) return 0;
  let weekendDays = 0;
  let lates = 0;
  let nights = 0;
  let holidays = 0;
  for (let i = timeline.firstIndex; i < timeline.count; i++) {
    const day = timeline.day[i]!;
    const start = timeline.startMinuteOfDay[i]!;
    const end = start + timeline.end[i]! - timeline.start[i]!;
    if (calendar.weekdayOf(day) >= 5) weekendDays++;
    if (calendar.isHoliday(day)) holidays++;
    if (isNight(start, end)) nights++;
    else if (isLate(end)) lates++;
  }
  const { ledger, share } = model;
  const growth =
    grown(ledger.weekends, weekendDays / 2) +
    grown(ledger.lates, lates) +
    grown(ledger.nights, nights) +
    grown(ledger.holidays, holidays);
  return (weights.fairness * growth) / share;
}

/** (past + now)² − past². */
function grown(past: number, now: number): number {
  return now * (2 * past + now);
}
