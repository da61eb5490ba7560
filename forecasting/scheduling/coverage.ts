import type { CoverModel } from './coverModel.ts';
import { CoverState } from './coverState.ts';
import type { ScheduleProblem } from './problem.ts';
import { type Assignment, isCover, type Schedule } from './schedule.ts';
import { buildSite, type Site } from './site.ts';

/** Cover of one queue. Arrays have one entry per grid interval. */
export interface QueueCoverage {
  readonly queueId: string;
  readonly required: readonly (number | null)[];
  /** Agents serving the queue, averaged over the interval; an agent with several skills counts once. */
  readonly scheduled: readonly number[];
  /** Scheduled − required; null where closed. */
  readonly difference: readonly (number | null)[];
  readonly requiredHours: number;
  readonly scheduledHours: number;
  readonly underHours: number;
  readonly overHours: number;
}

/** A stretch in which fewer agents hold a licence than a minimum-cover rule asks for. */
export interface LicenceGap {
  readonly ruleId: string;
  readonly start: number;
  readonly end: number;
  /** Fewest agents missing at any moment of the stretch is at least one; this is the most. */
  readonly missing: number;
  readonly missingMinutes: number;
}

export interface ScheduleCoverage {
  readonly queues: readonly QueueCoverage[];
  readonly licenceGaps: readonly LicenceGap[];
  readonly requiredHours: number;
  readonly underHours: number;
  readonly overHours: number;
  /** Under- and over-staffed agent-hours as a share of the required hours (0–1); 0 when nothing is required. */
  readonly underShare: number;
  readonly overShare: number;
}

/**
 * Who covers what: agents at work are shared out among the queues of their skills at least cost, none counted twice.
 * Breaks, meetings and training do not cover; work outside the horizon does not count.
 */
export function coverage(problem: ScheduleProblem, schedule: Schedule): ScheduleCoverage {
  const site = buildSite(problem, [schedule]);
  return coverageOf(site, coverStateOf(site, schedule));
}

/** A cover state filled with a schedule and with shifts that run in from before the horizon. */
export function coverStateOf(site: Site, schedule: Schedule): CoverState {
  const state = new CoverState(site.cover);
  addRunningShifts(site, state);
  for (const assignment of schedule.assignments) placeCover(site, state, assignment, 1);
  state.refresh();
  return state;
}

/** Shifts that began before the horizon and end in it count as cover. */
export function addRunningShifts(site: Site, state: CoverState): void {
  for (const agent of site.problem.agents) {
    for (const shift of agent.recentShifts ?? []) {
      if (shift.end > site.problem.grid.start) applyCover(site, state, shift, 1);
    }
  }
}

/** Adds or removes the cover of one shift; agents unknown to the problem cover nothing. */
export function applyCover(site: Site, state: CoverState, assignment: Assignment, delta: 1 | -1): void {
  eachCoverSlot(site, assignment, (group, slot) => state.change(group, slot, delta));
}

/** As `applyCover`, without the marginals, which only a search reads. */
export function placeCover(site: Site, state: CoverState, assignment: Assignment, delta: 1 | -1): void {
  eachCoverSlot(site, assignment, (group, slot) => state.place(group, slot, delta));
}

function eachCoverSlot(
  site: Site,
  assignment: Assignment,
  visit: (group: number, slot: number) => void,
): void {
  const agent = site.agentIndex.get(assignment.agentId);
  if (agent === undefined) return;
  for (const activity of assignment.activities) {
    if (!isCover(activity)) continue;
    const fixed = activity.queueId === undefined ? -1 : site.cover.groupFixedTo(agent, activity.queueId);
    const group = fixed >= 0 ? fixed : site.cover.agentGroup[agent]!;
    const from = Math.max(0, Math.ceil(site.calendar.minuteOf(activity.start) / site.slotMinutes));
    const to = Math.min(
      site.cover.slotCount,
      Math.floor(site.calendar.minuteOf(activity.end) / site.slotMinutes),
    );
    for (let slot = from; slot < to; slot++) visit(group, slot);
  }
}

/** Reads the coverage off a state. */
export function coverageOf(site: Site, state: CoverState): ScheduleCoverage {
  const queues = site.problem.queues.map((_, q) => queueCoverage(site, state, q));
  const sum = (part: (queue: QueueCoverage) => number): number =>
    queues.reduce((total, queue) => total + part(queue), 0);
  const requiredHours = sum(queue => queue.requiredHours);
  const underHours = sum(queue => queue.underHours);
  const overHours = sum(queue => queue.overHours);
  return {
    queues,
    licenceGaps: site.cover.covers.flatMap((_, c) => licenceGaps(site, state, c)),
    requiredHours,
    underHours,
    overHours,
    underShare: requiredHours > 0 ? underHours / requiredHours : 0,
    overShare: requiredHours > 0 ? overHours / requiredHours : 0,
  };
}

function queueCoverage(site: Site, state: CoverState, q: number): QueueCoverage {
  const queue = site.problem.queues[q]!;
  const { slotCount, slotsPerInterval }: CoverModel = site.cover;
  const slotHours = site.slotMinutes / 60;
  const scheduled: number[] = [];
  const difference: (number | null)[] = [];
  let [requiredHours, scheduledHours, underHours, overHours] = [0, 0, 0, 0];
  for (let i = 0; i < site.problem.grid.count; i++) {
    const required = queue.required[i] ?? null;
    let agents = 0;
    for (let s = 0; s < slotsPerInterval; s++) {
      const serving = state.serving[q * slotCount + i * slotsPerInterval + s]!;
      agents += serving;
      const wanted = required ?? 0;
      underHours += Math.max(0, wanted - serving) * slotHours;
      overHours += Math.max(0, serving - wanted) * slotHours;
    }
    requiredHours += (required ?? 0) * slotHours * slotsPerInterval;
    scheduledHours += agents * slotHours;
    const mean = agents / slotsPerInterval;
    scheduled.push(mean);
    difference.push(required === null ? null : mean - required);
  }
  return {
    queueId: queue.id,
    required: Array.from({ length: site.problem.grid.count }, (_, i) => queue.required[i] ?? null),
    scheduled,
    difference,
    requiredHours,
    scheduledHours,
    underHours,
    overHours,
  };
}

function licenceGaps(site: Site, state: CoverState, c: number): readonly LicenceGap[] {
  const cover = site.cover.covers[c]!;
  const { slotCount } = site.cover;
  const gaps: LicenceGap[] = [];
  let from = -1;
  let missing = 0;
  let missingMinutes = 0;
  for (let t = 0; t <= slotCount; t++) {
    const short = t < slotCount ? cover.due[t]! - state.covered[c * slotCount + t]! : 0;
    if (short > 0) {
      if (from < 0) from = t;
      missing = Math.max(missing, short);
      missingMinutes += short * site.slotMinutes;
    } else if (from >= 0) {
      const start = site.calendar.epochOf(from * site.slotMinutes);
      const end = site.calendar.epochOf(t * site.slotMinutes);
      gaps.push({ ruleId: cover.setting.id, start, end, missing, missingMinutes });
      [from, missing, missingMinutes] = [-1, 0, 0];
    }
  }
  return gaps;
}
