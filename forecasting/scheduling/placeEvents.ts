import { applyCover, coverStateOf } from './coverage.ts';
import type { CoverState } from './coverState.ts';
import type { PlannedEvent } from './problem.ts';
import { type Activity, type Assignment, type Schedule, sortAssignments } from './schedule.ts';
import type { Site } from './site.ts';

/** A schedule with its meetings and training placed, and who could not be placed. */
export interface PlacedEvents {
  readonly schedule: Schedule;
  readonly unplaced: readonly { readonly eventId: string; readonly agentId: string }[];
}

/**
 * Places meetings and training inside working time where taking the agents away costs least.
 * An event already in the schedule stays. Events are placed in order of their number of agents, largest first.
 */
export function placeEvents(site: Site, schedule: Schedule): PlacedEvents {
  const events = [...(site.problem.events ?? [])].sort(
    (a, b) => b.agentIds.length - a.agentIds.length || a.earliest - b.earliest,
  );
  if (events.length === 0) return { schedule, unplaced: [] };
  const state = coverStateOf(site, schedule);
  const shifts = new Map(schedule.assignments.map(shift => [shift.id, shift]));
  const unplaced: { eventId: string; agentId: string }[] = [];
  for (const event of events) {
    const waiting = event.agentIds.filter(id => !attends(shifts, id, event.id));
    const starts = event.together ? commonStart(site, state, shifts, event, waiting) : null;
    for (const agentId of waiting) {
      const start = event.together ? starts : bestStart(site, state, shifts, event, agentId);
      const shift = start === null ? undefined : shiftAround(shifts, agentId, start, event);
      if (start === null || !shift) {
        unplaced.push({ eventId: event.id, agentId });
        continue;
      }
      const changed = withEvent(shift, event, start);
      applyCover(site, state, shift, -1);
      applyCover(site, state, changed, 1);
      shifts.set(shift.id, changed);
    }
  }
  return { schedule: { assignments: sortAssignments([...shifts.values()]) }, unplaced };
}

function attends(shifts: ReadonlyMap<string, Assignment>, agentId: string, eventId: string): boolean {
  for (const shift of shifts.values()) {
    if (shift.agentId === agentId && shift.activities.some(activity => activity.eventId === eventId))
      return true;
  }
  return false;
}

/** The agent's shift whose working time contains the whole event. */
function shiftAround(
  shifts: ReadonlyMap<string, Assignment>,
  agentId: string,
  start: number,
  event: PlannedEvent,
): Assignment | undefined {
  const end = start + event.minutes * 60;
  for (const shift of shifts.values()) {
    if (shift.agentId !== agentId || shift.start > start || shift.end < end) continue;
    if (shift.activities.some(a => a.kind === 'work' && a.start <= start && a.end >= end)) return shift;
  }
  return undefined;
}

/** Cost of taking the agent away from the queues during the event. */
function awayCost(site: Site, state: CoverState, agentId: string, start: number, minutes: number): number {
  const agent = site.agentIndex.get(agentId);
  if (agent === undefined) return Number.POSITIVE_INFINITY;
  const row = site.cover.agentGroup[agent]! * site.cover.slotCount;
  const from = site.calendar.minuteOf(start) / site.slotMinutes;
  let cost = 0;
  for (let slot = from; slot < from + minutes / site.slotMinutes; slot++) {
    cost += state.gainOfOneLess[row + slot] ?? 0;
  }
  return cost;
}

function possibleStarts(site: Site, event: PlannedEvent): readonly number[] {
  const step = site.slotMinutes * 60;
  const first = Math.max(event.earliest, site.problem.grid.start);
  const offset = Math.ceil((first - site.problem.grid.start) / step) * step;
  const starts: number[] = [];
  const last = Math.min(event.latest, site.calendar.endEpochSeconds) - event.minutes * 60;
  for (let at = site.problem.grid.start + offset; at <= last; at += step) starts.push(at);
  return starts;
}

function bestStart(
  site: Site,
  state: CoverState,
  shifts: ReadonlyMap<string, Assignment>,
  event: PlannedEvent,
  agentId: string,
): number | null {
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const start of possibleStarts(site, event)) {
    if (!shiftAround(shifts, agentId, start, event)) continue;
    const cost = awayCost(site, state, agentId, start, event.minutes);
    if (cost < least) {
      least = cost;
      best = start;
    }
  }
  return best;
}

/** The start that most agents can attend, and among those the one that costs least. */
function commonStart(
  site: Site,
  state: CoverState,
  shifts: ReadonlyMap<string, Assignment>,
  event: PlannedEvent,
  agentIds: readonly string[],
): number | null {
  let best: number | null = null;
  let most = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const start of possibleStarts(site, event)) {
    const present = agentIds.filter(id => shiftAround(shifts, id, start, event) !== undefined);
    if (present.length === 0 || present.length < most) continue;
    const cost = present.reduce((sum, id) => sum + awayCost(site, state, id, start, event.minutes), 0);
    if (present.length === most && cost >= least) continue;
    most = present.length;
    least = cost;
    best = start;
  }
  return best;
}

function withEvent(shift: Assignment, event: PlannedEvent, start: number): Assignment {
  const end = start + event.minutes * 60;
  const activities = shift.activities.flatMap((activity): readonly Activity[] => {
    if (activity.kind !== 'work' || activity.start > start || activity.end < end) return [activity];
    const parts: Activity[] = [];
    if (activity.start < start) parts.push({ ...activity, end: start });
    parts.push({ kind: event.kind, start, end, paid: true, eventId: event.id });
    if (activity.end > end) parts.push({ ...activity, start: end });
    return parts;
  });
  return { ...shift, activities };
}
