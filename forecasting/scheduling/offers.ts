import { BreakPlacer } from './breakPlacer.ts';
import { assignmentOf } from './candidate.ts';
import { CellChanges } from './cellChange.ts';
import { coverageOf } from './coverage.ts';
import type { CoverState } from './coverState.ts';
import { loadSchedule } from './explain.ts';
import type { ScheduleProblem } from './problem.ts';
import type { Assignment, Schedule } from './schedule.ts';
import { OFF, type SearchModel } from './searchModel.ts';
import type { SearchState } from './searchState.ts';

/** One more shift by somebody not on the roster, and what it would bring. */
export interface ExtraShift {
  readonly templateId: string;
  readonly start: number;
  readonly end: number;
  readonly queueIds: readonly string[];
  /** Cost of under-staffing saved, in currency. */
  readonly value: number;
  /** Share of the day's goal met before and after (0–1), as `measure` defines it. */
  readonly before: number;
  readonly after: number;
  readonly sentence: string;
}

/**
 * How well a queue is served in an interval with so many agents, weighted: for a service level, `met` is the share
 * answered in time and `weight` the calls offered. The default is the share of required agent-hours that is covered.
 */
export type ServiceMeasure = (
  queueIndex: number,
  interval: number,
  agents: number,
) => { readonly met: number; readonly weight: number };

export interface ExtraShiftOptions {
  readonly limit?: number;
  readonly measure?: ServiceMeasure;
}

/** The most valuable extra shifts, best first, at most one per day and skill group. */
export function mostValuableShifts(
  problem: ScheduleProblem,
  schedule: Schedule,
  options: ExtraShiftOptions = {},
): readonly ExtraShift[] {
  const state = loadSchedule(problem, schedule);
  const { model } = state;
  const placer = new BreakPlacer(model.shapes, model.site.cover.slotCount);
  const found: {
    readonly value: number;
    readonly candidate: number;
    readonly group: number;
    pattern: Int16Array;
  }[] = [];
  model.site.cover.groups.forEach((group, g) => {
    if (group.queues.length === 0) return;
    const prefix = workPrices(state, g);
    const bestOfDay = new Map<number, (typeof found)[number]>();
    model.candidates.forEach(({ shape, facts }, candidate) => {
      if (shape.template < 0) return;
      const value = -placer.place(shape, model.startSlot[candidate]!, prefix);
      const known = bestOfDay.get(facts.day);
      if (value <= 1e-9 || (known && known.value >= value)) return;
      const pattern = placer.pattern.slice(0, shape.breaks.length);
      bestOfDay.set(facts.day, { value, candidate, group: g, pattern });
    });
    found.push(...bestOfDay.values());
  });
  found.sort((a, b) => b.value - a.value || a.candidate - b.candidate);
  const measure = options.measure ?? coveredShare(problem);
  return found
    .slice(0, options.limit ?? 5)
    .map(extra => describeExtra(state, extra.candidate, extra.group, extra.pattern, extra.value, measure));
}

function workPrices(state: SearchState, group: number): Float64Array {
  const { slotCount } = state.model.site.cover;
  const prefix = new Float64Array(slotCount + 1);
  let sum = 0;
  for (let t = 0; t < slotCount; t++) {
    sum += state.cover.gainOfOneMore[group * slotCount + t]!;
    prefix[t + 1] = sum;
  }
  return prefix;
}

function coveredShare(problem: ScheduleProblem): ServiceMeasure {
  return (queueIndex, interval, agents) => {
    const required = problem.queues[queueIndex]?.required[interval] ?? 0;
    return { met: required > 0 ? Math.min(1, agents / required) : 1, weight: required };
  };
}

function describeExtra(
  state: SearchState,
  candidate: number,
  group: number,
  pattern: Int16Array,
  value: number,
  measure: ServiceMeasure,
): ExtraShift {
  const { model } = state;
  const { site } = model;
  const { facts } = model.candidates[candidate]!;
  const shift = assignmentOf(
    'extra',
    '',
    model.candidates[candidate]!,
    pattern,
    site.calendar,
    site.slotMinutes,
  );
  const queues = site.cover.groups[group]!.queues;
  const before = dayShare(model, state.cover, facts.day, queues, measure);
  changeCover(model, state.cover, group, shift, 1);
  const after = dayShare(model, state.cover, facts.day, queues, measure);
  changeCover(model, state.cover, group, shift, -1);
  const clock = (at: number): string => site.calendar.clockText(at).slice(-5);
  const day = site.calendar.clockText(shift.start).slice(0, 14);
  const queueIds = queues.map(q => site.problem.queues[q]!.id);
  return {
    templateId: site.calendar.templateIds[facts.template] ?? '',
    start: shift.start,
    end: shift.end,
    queueIds,
    value,
    before,
    after,
    sentence:
      `one more for ${queueIds.join(' and ')} ${clock(shift.start)}–${clock(shift.end)} on ${day} ` +
      `lifts ${percent(before)} → ${percent(after)} %`,
  };
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}

function changeCover(
  model: SearchModel,
  cover: CoverState,
  group: number,
  shift: Assignment,
  delta: 1 | -1,
): void {
  const { calendar, slotMinutes } = model.site;
  for (const activity of shift.activities) {
    if (activity.kind !== 'work') continue;
    const to = Math.min(model.site.cover.slotCount, calendar.minuteOf(activity.end) / slotMinutes);
    for (let t = calendar.minuteOf(activity.start) / slotMinutes; t < to; t++) cover.change(group, t, delta);
  }
}

/** Weighted share of a day's goal over some queues. */
function dayShare(
  model: SearchModel,
  cover: CoverState,
  day: number,
  queues: readonly number[],
  measure: ServiceMeasure,
): number {
  const { site } = model;
  const scheduled = coverageOf(site, cover).queues;
  let [met, weight] = [0, 0];
  const { grid } = site.problem;
  for (let i = 0; i < grid.count; i++) {
    if (site.calendar.dayIndexOf(grid.start + i * grid.stepSeconds) !== day) continue;
    for (const q of queues) {
      const found = measure(q, i, scheduled[q]!.scheduled[i]!);
      met += found.met * found.weight;
      weight += found.weight;
    }
  }
  return weight > 0 ? met / weight : 1;
}

/** An offer to one agent: more hours or fewer, and what it is worth to the centre. */
export interface HoursOffer {
  readonly agentId: string;
  readonly date: string;
  /** The shift as it would be; null = the day off. */
  readonly shift: Assignment | null;
  readonly before: Assignment | null;
  readonly minutesMore: number;
  /** Cost of under- or over-staffing saved, before wages. */
  readonly coverValue: number;
  /** All counted: wages, wishes, fairness, rules. */
  readonly value: number;
}

/**
 * Overtime worth offering, most valuable first: an extra or longer shift that breaks no hard rule but the agent's own
 * contract maximum. Each agent and day appears once.
 */
export function overtimeOffers(
  problem: ScheduleProblem,
  schedule: Schedule,
  limit = 20,
): readonly HoursOffer[] {
  return hoursOffers(problem, schedule, limit, 'more');
}

/** Time off worth offering, most valuable first: shifts or parts of shifts that the centre would hardly miss. */
export function timeOffOffers(
  problem: ScheduleProblem,
  schedule: Schedule,
  limit = 20,
): readonly HoursOffer[] {
  return hoursOffers(problem, schedule, limit, 'fewer');
}

/** Contract hours do not bind voluntary changes; every other rule does. */
function withoutContractHours(problem: ScheduleProblem): ScheduleProblem {
  return { ...problem, rules: { rules: problem.rules.rules.filter(rule => rule.kind !== 'contractHours') } };
}

function hoursOffers(
  problem: ScheduleProblem,
  schedule: Schedule,
  limit: number,
  direction: 'more' | 'fewer',
): readonly HoursOffer[] {
  const state = loadSchedule(withoutContractHours(problem), schedule);
  const { model } = state;
  const changes = new CellChanges(state);
  const offers: HoursOffer[] = [];
  for (let cell = 0; cell < state.chosen.length; cell++) {
    const current = state.chosen[cell]!;
    if (current < OFF || (direction === 'fewer' && current === OFF)) continue;
    const paid = current >= 0 ? model.candidates[current]!.facts.paid : 0;
    const change = changes.best(cell, direction === 'fewer', candidate => {
      const { paid: then } = model.candidates[candidate]!.facts;
      return direction === 'more' ? then > paid : then < paid;
    });
    if (!change || change.delta >= -1e-9) continue;
    offers.push(offerOf(state, change, schedule));
  }
  offers.sort((a, b) => b.value - a.value || (a.agentId < b.agentId ? -1 : 1) || (a.date < b.date ? -1 : 1));
  return offers.slice(0, limit);
}

function offerOf(
  state: SearchState,
  change: NonNullable<ReturnType<CellChanges['best']>>,
  schedule: Schedule,
): HoursOffer {
  const { model } = state;
  const { site } = model;
  const { agent } = site.agents[state.agentOf(change.cell)]!;
  const day = change.cell % model.dayCount;
  const current = state.chosen[change.cell]!;
  const before = model.start.get(change.cell)?.assignment ?? null;
  const after = change.candidate === OFF ? null : model.candidates[change.candidate]!;
  const id = before?.id ?? freshId(schedule, `${agent.id}@${site.calendar.dateOf(day)}`);
  return {
    agentId: agent.id,
    date: site.calendar.dateOf(day),
    shift: after ? assignmentOf(id, agent.id, after, change.pattern, site.calendar, site.slotMinutes) : null,
    before,
    minutesMore: (after?.facts.paid ?? 0) - (current >= 0 ? model.candidates[current]!.facts.paid : 0),
    coverValue: -change.coverDelta,
    value: -change.delta,
  };
}

function freshId(schedule: Schedule, wanted: string): string {
  const taken = new Set(schedule.assignments.map(shift => shift.id));
  let id = wanted;
  for (let n = 2; taken.has(id); n++) id = `${wanted}#${n}`;
  return id;
}
