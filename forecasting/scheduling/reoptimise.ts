import { createRandom } from '../calendar/random.ts';
import { Annealer } from './anneal.ts';
import { type CellChange, CellChanges } from './cellChange.ts';
import type { ShiftChange } from './edit.ts';
import { type Evaluation, evaluateSchedule } from './evaluate.ts';
import { type GenerateResult, generateSchedule } from './generate.ts';
import type { GenerateOptions } from './generateOptions.ts';
import { BREAKS_ONLY } from './moveMix.ts';
import type { ScheduleProblem, TimeOff } from './problem.ts';
import { type Assignment, paidMinutes, type Schedule } from './schedule.ts';
import { buildSearchModel } from './searchModel.ts';
import { SearchState } from './searchState.ts';
import { buildSite } from './site.ts';

/** A changed schedule with its effect, for a person to accept whole or in part; nothing is overwritten. */
export interface ScheduleProposal {
  readonly schedule: Schedule;
  readonly changes: readonly ShiftChange[];
  /** Agents with a changed shift; absent ones are not counted. */
  readonly touchedAgentIds: readonly string[];
  readonly before: Evaluation;
  readonly after: Evaluation;
  /** The problem against which `after` was measured: with the absences, and the old schedule as published. */
  readonly problem: ScheduleProblem;
}

/** Shifts of two schedules that differ, by id. */
export function scheduleChanges(before: Schedule, after: Schedule): readonly ShiftChange[] {
  const old = new Map(before.assignments.map(shift => [shift.id, shift]));
  const changes: ShiftChange[] = [];
  for (const shift of after.assignments) {
    const known = old.get(shift.id) ?? null;
    old.delete(shift.id);
    if (known === null || JSON.stringify(known) !== JSON.stringify(shift))
      changes.push({ before: known, after: shift });
  }
  for (const gone of old.values()) changes.push({ before: gone, after: null });
  return changes;
}

function proposal(
  problem: ScheduleProblem,
  before: Schedule,
  after: Schedule,
  notCounted: ReadonlySet<string> = new Set(),
): ScheduleProposal {
  const changes = scheduleChanges(before, after);
  const touched = changes.flatMap(change => [change.before?.agentId, change.after?.agentId]);
  return {
    schedule: after,
    changes,
    touchedAgentIds: [...new Set(touched.filter(id => id !== undefined))].filter(id => !notCounted.has(id)),
    before: evaluateSchedule(problem, before),
    after: evaluateSchedule(problem, after),
    problem,
  };
}

export interface Absence {
  readonly agentId: string;
  readonly start: number;
  readonly end: number;
  readonly reason?: string;
}

export interface RepairOptions {
  /** Shifts that start before this instant are not touched. */
  readonly now?: number;
  /** Most people to ask; as many as help if omitted. */
  readonly maxAgents?: number;
  /** Least gain, in currency, for which one more person is asked; the price of a changed shift if omitted. */
  readonly minGain?: number;
  readonly shouldStop?: () => boolean;
}

/**
 * Repairs a schedule after absences with as few people touched as pays: in each step the one change of one agent's
 * day that helps most, counting the price of a changed shift, until no change is worth it. Shifts of the absent
 * agents inside their absence go; all others stay unless changed by a step.
 */
export function repairAbsence(
  problem: ScheduleProblem,
  schedule: Schedule,
  absences: readonly Absence[],
  options: RepairOptions = {},
): ScheduleProposal {
  const absent = new Set(absences.map(absence => absence.agentId));
  const gone = (shift: Assignment): boolean =>
    absences.some(a => a.agentId === shift.agentId && shift.start < a.end && a.start < shift.end);
  /** Paid like the shifts that fall out, so that contract hours are not missed by being ill. */
  const timeOffOf = (absence: Absence): TimeOff => {
    const lost = schedule.assignments.filter(
      shift => shift.agentId === absence.agentId && shift.start < absence.end && absence.start < shift.end,
    );
    return { ...absence, paidMinutes: lost.reduce((sum, shift) => sum + paidMinutes(shift), 0) };
  };
  const repaired: ScheduleProblem = {
    ...problem,
    published: schedule,
    agents: problem.agents.map(agent => {
      const off = absences.filter(absence => absence.agentId === agent.id).map(timeOffOf);
      return off.length === 0 ? agent : { ...agent, timeOff: [...(agent.timeOff ?? []), ...off] };
    }),
  };
  const remaining = { assignments: schedule.assignments.filter(shift => !gone(shift)) };
  const { now } = options;
  const freeze = (shift: Assignment): boolean =>
    absent.has(shift.agentId) || (now !== undefined && shift.start < now);
  const site = buildSite(repaired, [remaining]);
  const model = buildSearchModel(site, { schedule: remaining, freeze });
  const state = new SearchState(model);
  state.takeStart();
  const agents = site.agents.flatMap(({ agent }, a) => (absent.has(agent.id) ? [] : [a]));
  const days = affectedDays(absences, day => site.calendar.day(day), model.dayCount);
  const cells = agents.flatMap(a => days.map(day => a * model.dayCount + day)).filter(cell => isOpen(cell));
  function isOpen(cell: number): boolean {
    const start = site.calendar.day(cell % model.dayCount).startEpochSeconds;
    return now === undefined || start >= now || state.chosen[cell]! >= 0;
  }
  askBestFirst(state, cells, {
    maxAgents: options.maxAgents ?? Number.POSITIVE_INFINITY,
    minGain: options.minGain ?? 1e-6,
    startsFrom: now ?? Number.NEGATIVE_INFINITY,
    ...(options.shouldStop ? { shouldStop: options.shouldStop } : {}),
  });
  const result = proposal(repaired, schedule, state.toSchedule(), absent);
  return { ...result, before: evaluateSchedule(problem, schedule) };
}

/** Days on which a shift can overlap an absence. */
function affectedDays(
  absences: readonly Absence[],
  dayAt: (day: number) => { readonly startEpochSeconds: number; readonly endEpochSeconds: number },
  dayCount: number,
): readonly number[] {
  const days: number[] = [];
  for (let day = 0; day < dayCount; day++) {
    const { startEpochSeconds, endEpochSeconds } = dayAt(day);
    // A shift may run into the next day: the day before an absence counts.
    if (absences.some(a => startEpochSeconds < a.end && a.start - 86_400 < endEpochSeconds)) days.push(day);
  }
  return days;
}

interface AskLimits {
  readonly maxAgents: number;
  readonly minGain: number;
  readonly startsFrom: number;
  readonly shouldStop?: () => boolean;
}

/**
 * Takes the best change of all again and again. Gains only shrink as others are taken, but for few exceptions; so a
 * change is priced again when it comes first, and taken if it still does.
 */
function askBestFirst(state: SearchState, cells: readonly number[], limits: AskLimits): void {
  const { model } = state;
  const changes = new CellChanges(state);
  const startsFromMinute = (limits.startsFrom - model.site.calendar.startEpochSeconds) / 60;
  const filter = (candidate: number): boolean => model.candidates[candidate]!.facts.start >= startsFromMinute;
  const price = (cell: number): CellChange | null => changes.best(cell, false, filter);
  let queue = cells.flatMap(cell => {
    const change = price(cell);
    return change && change.delta < -limits.minGain ? [change] : [];
  });
  const asked = new Set<number>();
  while (queue.length > 0 && !limits.shouldStop?.()) {
    queue.sort((a, b) => a.delta - b.delta || a.cell - b.cell);
    const [first, second] = queue;
    if (!first) return;
    const agent = state.agentOf(first.cell);
    if (!asked.has(agent) && asked.size >= limits.maxAgents) {
      queue = queue.slice(1);
      continue;
    }
    const fresh = price(first.cell);
    if (!fresh || fresh.delta >= -limits.minGain) {
      queue = queue.slice(1);
    } else if (second && fresh.delta > second.delta) {
      queue[0] = fresh;
    } else {
      changes.apply(fresh);
      asked.add(agent);
      queue = queue.filter(change => state.agentOf(change.cell) !== agent);
    }
  }
}

export interface BreakOptions {
  readonly seed?: number | string;
  readonly moveBudget?: number;
  /** Shifts whose breaks stay. */
  readonly freeze?: (assignment: Assignment) => boolean;
  readonly shouldStop?: () => boolean;
}

/** Places breaks anew; shifts keep their agents and times. Annealing, then exact placement shift by shift. */
export function reoptimiseBreaks(
  problem: ScheduleProblem,
  schedule: Schedule,
  options: BreakOptions = {},
): ScheduleProposal {
  const site = buildSite(problem, [schedule]);
  const freeze = options.freeze ?? (() => false);
  const model = buildSearchModel(site, { schedule, freeze });
  const state = new SearchState(model);
  state.takeStart();
  const annealer = new Annealer(state, createRandom(options.seed ?? 1), BREAKS_ONLY);
  const budget = options.moveBudget ?? 150 * schedule.assignments.length;
  const unit = (site.weights.underTiers[0]?.costPerHour ?? 1) * (site.slotMinutes / 60);
  const before = state.total();
  const saved = state.snapshot();
  for (let done = 0; done < budget && !annealer.idle && !options.shouldStop?.(); done += 2000) {
    annealer.run(Math.min(2000, budget - done), unit * 1.2 * 0.02 ** (done / budget));
  }
  placeExactly(state);
  if (state.total() > before) state.adopt(saved);
  return proposal(problem, schedule, state.toSchedule());
}

/** Gives every shift the best breaks against all others, until a whole round changes nothing (at most three rounds). */
function placeExactly(state: SearchState): void {
  const { model } = state;
  for (let round = 0; round < 3; round++) {
    const before = state.total();
    const placer = new CellChanges(state);
    for (let cell = 0; cell < state.chosen.length; cell++) {
      const candidate = state.chosen[cell]!;
      if (candidate < 0 || model.shapes[model.shapeOf[candidate]!]!.breaks.length === 0) continue;
      placer.placeBreaks(cell);
    }
    if (before - state.total() < 1e-9) return;
  }
}

/** Improves a schedule, counting every changed shift; what `freeze` and `dates` say stays as it is. */
export function reoptimise(
  problem: ScheduleProblem,
  schedule: Schedule,
  options: Omit<GenerateOptions, 'start'>,
): ScheduleProposal | Exclude<GenerateResult, { kind: 'schedule' }> {
  const priced: ScheduleProblem = { ...problem, published: problem.published ?? schedule };
  const result = generateSchedule(priced, { ...options, start: schedule });
  return result.kind === 'schedule' ? proposal(priced, schedule, result.schedule) : result;
}
