import { type BoundRule, groupByAgent, shiftTerms } from './agentTerms.ts';
import { type Candidate, type CandidateSet, candidateOfAssignment, shiftCandidates } from './candidate.ts';
import { type Assignment, EMPTY_SCHEDULE, inOrderOfStart, type Schedule } from './schedule.ts';
import { breakLimitsOf, isLegalPattern, type ShiftShape } from './shape.ts';
import type { Site } from './site.ts';
import type { SiteCalendar } from './siteCalendar.ts';
import { AgentTimeline, type ShiftFacts } from './timeline.ts';

/** Marks a day without a shift, and a day whose shifts are fixed. */
export const OFF = -1;
export const FIXED = -2;

/** A shift taken over from a start schedule: candidate, breaks and the day it occupies. */
export interface StartShift {
  readonly candidate: number;
  readonly pattern: Int16Array;
  readonly assignment: Assignment;
}

/** A site with every shift each agent could work, as columns for the search. Cells are `agent × dayCount + day`. */
export interface SearchModel {
  readonly site: Site;
  readonly agentCount: number;
  readonly dayCount: number;
  readonly maxBreaks: number;
  readonly candidates: readonly Candidate[];
  readonly shapes: readonly ShiftShape[];
  readonly shapeOf: Int32Array;
  readonly startSlot: Int32Array;
  /** Candidates an agent may work on a day; shared between agents alike. */
  readonly options: readonly Int32Array[];
  /** One flag per candidate: whether the agent may work it. */
  readonly allowed: readonly Uint8Array[];
  readonly fixed: ReadonlyMap<number, readonly Assignment[]>;
  readonly fixedFacts: ReadonlyMap<number, readonly ShiftFacts[]>;
  readonly start: ReadonlyMap<number, StartShift>;
  /** Cost of leaving the day free. */
  readonly offCost: Float64Array;
  /** Rules that look at more than one shift, per agent. */
  readonly sequenceRules: readonly (readonly BoundRule[])[];
  /** Wages, wishes, stability and single-shift rules of a candidate. */
  costOfShift(agent: number, candidate: number): number;
  readonly templatesWithoutBreaks: readonly string[];
}

export interface SearchStart {
  readonly schedule: Schedule;
  /** Shifts that must stay as they are. */
  readonly freeze: (assignment: Assignment) => boolean;
  /** Days on which free agents may be given a shift; every day if omitted. */
  readonly isOpenDay?: (day: number) => boolean;
}

/** Where a search starts: outside `dates` all shifts stay and none are added. Undefined = from nothing. */
export function searchStartOf(
  calendar: SiteCalendar,
  start: Schedule | undefined,
  dates: readonly string[] | undefined,
  freeze: (assignment: Assignment) => boolean,
): SearchStart | undefined {
  if (!start && !dates) return undefined;
  const isOpenDay = (day: number): boolean => dates === undefined || dates.includes(calendar.dateOf(day));
  return {
    schedule: start ?? EMPTY_SCHEDULE,
    freeze: shift => !isOpenDay(calendar.dayIndexOf(shift.start)) || freeze(shift),
    isOpenDay,
  };
}

export function buildSearchModel(site: Site, start?: SearchStart): SearchModel {
  const grid = { slotMinutes: site.slotMinutes, limits: breakLimitsOf(site.problem) };
  const set = shiftCandidates(site.problem, site.calendar, grid);
  const candidates = [...set.candidates];
  const placed = placeStart(site, candidates, set, start);
  const isOpenDay = start?.isOpenDay ?? (() => true);
  const { options, allowed } = agentOptions(site, candidates, set, placed.start, isOpenDay);
  const shapes = [...new Set(candidates.map(candidate => candidate.shape))];
  const shapeIndex = new Map(shapes.map((shape, i) => [shape, i]));
  const dayCount = site.calendar.dayCount;
  const offCost = new Float64Array(site.agents.length * dayCount);
  site.agents.forEach((agent, a) => {
    for (let day = 0; day < dayCount; day++) {
      offCost[a * dayCount + day] = shiftTerms(agent, day, null, site.weights, site.calendar).stability;
    }
  });
  return {
    site,
    agentCount: site.agents.length,
    dayCount,
    maxBreaks: shapes.reduce((most, shape) => Math.max(most, shape.breaks.length), 1),
    candidates,
    shapes,
    shapeOf: Int32Array.from(candidates, candidate => shapeIndex.get(candidate.shape) ?? 0),
    startSlot: Int32Array.from(candidates, candidate => candidate.startSlot),
    options,
    allowed,
    fixed: placed.fixed,
    fixedFacts: new Map(
      [...placed.fixed].map(([cell, shifts]) => [cell, shifts.map(shift => site.calendar.shiftFacts(shift))]),
    ),
    start: placed.start,
    offCost,
    sequenceRules: site.agents.map(agent => agent.rules.filter(bound => !bound.rule.perShift)),
    costOfShift: shiftCostFunction(site, candidates),
    templatesWithoutBreaks: set.templatesWithoutBreaks,
  };
}

/** Sorts locked and frozen shifts into fixed days and the rest of the start schedule into candidates. */
function placeStart(
  site: Site,
  candidates: Candidate[],
  set: CandidateSet,
  start: SearchStart | undefined,
): { readonly fixed: Map<number, Assignment[]>; readonly start: Map<number, StartShift> } {
  const { calendar } = site;
  const fixed = new Map<number, Assignment[]>();
  const movable = new Map<number, StartShift>();
  const byAgent = groupByAgent(start?.schedule.assignments ?? []);
  site.agents.forEach(({ agent }, a) => {
    const locked = agent.lockedShifts ?? [];
    const lockedIds = new Set(locked.map(shift => shift.id));
    const others = (byAgent.get(agent.id) ?? []).filter(shift => !lockedIds.has(shift.id));
    const cellOf = (shift: Assignment): number => a * calendar.dayCount + calendar.dayIndexOf(shift.start);
    const keep = others.filter(shift => shift.locked === true || start?.freeze(shift) === true);
    const fixedShifts = [...locked, ...keep].sort(inOrderOfStart);
    for (const shift of fixedShifts) {
      const day = calendar.dayIndexOf(shift.start);
      if (day < 0 || day >= calendar.dayCount) continue;
      fixed.set(cellOf(shift), [...(fixed.get(cellOf(shift)) ?? []), shift]);
    }
    for (const shift of others) {
      const day = calendar.dayIndexOf(shift.start);
      if (keep.includes(shift) || day < 0 || day >= calendar.dayCount) continue;
      const cell = cellOf(shift);
      if (fixed.has(cell) || movable.has(cell)) continue;
      movable.set(cell, { ...asCandidate(site, candidates, set, shift, day), assignment: shift });
    }
  });
  return { fixed, start: movable };
}

/** The template candidate that equals a shift, or a candidate of its own for a shift drawn by hand. */
function asCandidate(
  site: Site,
  candidates: Candidate[],
  set: CandidateSet,
  shift: Assignment,
  day: number,
): { readonly candidate: number; readonly pattern: Int16Array } {
  const own = candidateOfAssignment(shift, site.calendar, site.slotMinutes);
  const { facts, shape } = own.candidate;
  const match = (set.ofDay[day] ?? []).find(c => {
    const known = candidates[c]!;
    return (
      known.facts.template === facts.template &&
      known.facts.start === facts.start &&
      known.facts.end === facts.end &&
      known.shape.breaks.length === shape.breaks.length &&
      known.shape.breaks.every(
        (b, i) => b.kind === shape.breaks[i]!.kind && b.slots === shape.breaks[i]!.slots,
      ) &&
      isLegalPattern(known.shape, own.pattern)
    );
  });
  if (match !== undefined) return { candidate: match, pattern: own.pattern };
  candidates.push(own.candidate);
  return { candidate: candidates.length - 1, pattern: own.pattern };
}

const CLOSED_DAY = new Int32Array(0);

function agentOptions(
  site: Site,
  candidates: readonly Candidate[],
  set: CandidateSet,
  start: ReadonlyMap<number, StartShift>,
  isOpenDay: (day: number) => boolean,
): { readonly options: Int32Array[]; readonly allowed: Uint8Array[] } {
  const { dayCount } = site.calendar;
  const options: Int32Array[] = [];
  const allowed: Uint8Array[] = [];
  const shared = new Map<string, { readonly options: Int32Array[]; readonly allowed: Uint8Array }>();
  const scratch = new AgentTimeline(1);
  site.agents.forEach((model, a) => {
    const { agent } = model;
    const filters = model.rules.filter(bound => bound.hard && bound.rule.perShift);
    const signature = JSON.stringify([
      agent.templateIds ?? null,
      agent.availability ?? null,
      agent.timeOff ?? null,
      filters.map(bound => bound.setting.id),
    ]);
    let known = shared.get(signature);
    if (!known) {
      const flags = new Uint8Array(candidates.length);
      const days = set.ofDay.map(list =>
        Int32Array.from(
          list.filter(c => {
            const { facts } = candidates[c]!;
            const templateId = site.calendar.templateIds[facts.template] ?? '';
            if (agent.templateIds && !agent.templateIds.includes(templateId)) return false;
            scratch.count = 0;
            scratch.push(facts);
            if (filters.some(bound => bound.check(scratch, model.facts, null) > 0)) return false;
            flags[c] = 1;
            return true;
          }),
        ),
      );
      shared.set(signature, (known = { options: days, allowed: flags }));
    }
    allowed.push(known.allowed);
    for (let day = 0; day < dayCount; day++) {
      const own = start.get(a * dayCount + day);
      const list = isOpenDay(day) ? known.options[day]! : CLOSED_DAY;
      options.push(
        own && own.candidate >= set.candidates.length ? Int32Array.from([...list, own.candidate]) : list,
      );
    }
  });
  return { options, allowed };
}

/** Prices candidates lazily: an agent without wishes, published shifts or soft single-shift rules costs wages only. */
function shiftCostFunction(
  site: Site,
  candidates: readonly Candidate[],
): (agent: number, candidate: number) => number {
  const paidHours = Float64Array.from(candidates, candidate => candidate.facts.paid / 60);
  const tables: (Float64Array | null | undefined)[] = site.agents.map(() => undefined);
  const soft = site.agents.map(agent => agent.rules.filter(bound => bound.rule.perShift && !bound.hard));
  const scratch = new AgentTimeline(1);
  const rate = site.agents.map(({ agent }) => agent.costPerHour * site.weights.labour);
  const tableOf = (a: number): Float64Array | null => {
    const model = site.agents[a]!;
    const plain = !model.published && soft[a]!.length === 0 && (model.agent.preferences ?? []).length === 0;
    if (plain) return null;
    return Float64Array.from(candidates, ({ facts }) => {
      const terms = shiftTerms(model, facts.day, facts, site.weights, site.calendar);
      scratch.count = 0;
      scratch.push(facts);
      const rules = soft[a]!.reduce(
        (sum, bound) => sum + bound.check(scratch, model.facts, null) * bound.price,
        0,
      );
      return terms.labour + terms.preferences + terms.stability + rules;
    });
  };
  return (agent, candidate) => {
    let table = tables[agent];
    if (table === undefined) {
      table = tableOf(agent);
      tables[agent] = table;
    }
    return table === null ? paidHours[candidate]! * rate[agent]! : table[candidate]!;
  };
}
