import { groupByAgent } from './agentTerms.ts';
import { coverage, type ScheduleCoverage } from './coverage.ts';
import { applyEdit, type EditOp } from './edit.ts';
import { evaluateSchedule, type Finding } from './evaluate.ts';
import type { ScheduleProblem, SchedulingAgent } from './problem.ts';
import { skillOfQueue } from './problem.ts';
import type { Assignment, Schedule } from './schedule.ts';
import { buildSite } from './site.ts';

/** A swap between two agents: each gives shifts to the other; one side may be empty (a give-away). */
export interface SwapRequest {
  readonly fromAgentId: string;
  readonly toAgentId: string;
  readonly givenIds: readonly string[];
  readonly takenIds: readonly string[];
}

export type SwapDecision =
  | {
      readonly kind: 'allowed';
      /** Carries the swap out. */
      readonly edit: EditOp;
      readonly schedule: Schedule;
      /** Change of the objective in currency; negative = better for the centre. */
      readonly scoreChange: number;
      /** Soft rules that the swap newly breaks. */
      readonly softFindings: readonly Finding[];
    }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

/**
 * Decides a swap by the rules: it is refused when it breaks a hard rule that was kept before, makes a breach worse,
 * or opens a gap in a minimum cover. Skills are judged by cover: `maxExtraUnderHours` is what the swap may cost.
 */
export function decideSwap(
  problem: ScheduleProblem,
  schedule: Schedule,
  swap: SwapRequest,
  maxExtraUnderHours = 0,
): SwapDecision {
  const wrong = swapFaults(schedule, swap);
  if (wrong.length > 0) return { kind: 'refused', reasons: wrong };
  const hand = (id: string, agentId: string): EditOp => ({ kind: 'assignTo', assignmentId: id, agentId });
  const edit: EditOp = {
    kind: 'batch',
    label: 'swap',
    ops: [
      ...swap.givenIds.map(id => hand(id, swap.toAgentId)),
      ...swap.takenIds.map(id => hand(id, swap.fromAgentId)),
    ],
  };
  const edited = applyEdit(problem, schedule, edit);
  if (edited.kind === 'refused') return { kind: 'refused', reasons: [edited.reason] };
  const before = evaluateSchedule(problem, schedule);
  const after = evaluateSchedule(problem, edited.schedule);
  const worse = newBreaches(before.findings, after.findings);
  const reasons = worse.filter(finding => finding.hard).map(finding => finding.sentence);
  const lost = after.coverage.underHours - before.coverage.underHours;
  if (lost > maxExtraUnderHours + 1e-9) reasons.push(`leaves ${lost.toFixed(2)} more agent-hours uncovered`);
  if (reasons.length > 0) return { kind: 'refused', reasons };
  return {
    kind: 'allowed',
    edit,
    schedule: edited.schedule,
    scoreChange: after.score.total - before.score.total,
    softFindings: worse,
  };
}

function swapFaults(schedule: Schedule, swap: SwapRequest): readonly string[] {
  const byId = new Map(schedule.assignments.map(shift => [shift.id, shift]));
  const faults: string[] = [];
  const check = (id: string, owner: string): void => {
    const shift = byId.get(id);
    if (!shift) faults.push(`there is no shift ${id}`);
    else if (shift.agentId !== owner) faults.push(`shift ${id} does not belong to ${owner}`);
  };
  for (const id of swap.givenIds) check(id, swap.fromAgentId);
  for (const id of swap.takenIds) check(id, swap.toAgentId);
  if (swap.givenIds.length + swap.takenIds.length === 0) faults.push('nothing is to be swapped');
  if (swap.fromAgentId === swap.toAgentId) faults.push('a swap needs two agents');
  return faults;
}

/** Findings that are new, or larger than the total of the same rule and agent before. */
function newBreaches(before: readonly Finding[], after: readonly Finding[]): readonly Finding[] {
  const key = (finding: Finding): string => `${finding.ruleId}|${finding.agentId}`;
  const amounts = new Map<string, number>();
  for (const finding of before) amounts.set(key(finding), (amounts.get(key(finding)) ?? 0) + finding.amount);
  const now = new Map<string, number>();
  for (const finding of after) now.set(key(finding), (now.get(key(finding)) ?? 0) + finding.amount);
  return after.filter(finding => (now.get(key(finding)) ?? 0) > (amounts.get(key(finding)) ?? 0) + 1e-9);
}

/** A line of work that agents bid for: shifts of the horizon without an agent. */
export interface ShiftLine {
  readonly id: string;
  readonly shifts: readonly Omit<Assignment, 'agentId'>[];
}

export interface Bid {
  readonly agentId: string;
  /** Lines in order of wish. */
  readonly lineIds: readonly string[];
}

export interface BidAward {
  readonly agentId: string;
  readonly lineId: string | null;
  /** Which wish it was, 1 = the first; null without an award. */
  readonly choice: number | null;
  /** Why wished lines were not awarded. */
  readonly refusals: readonly { readonly lineId: string; readonly reason: string }[];
}

export interface BidResult {
  readonly awards: readonly BidAward[];
  readonly schedule: Schedule;
  readonly openLineIds: readonly string[];
}

/**
 * Awards lines by rank: the most senior agent first, equal seniority in order of id; each gets the first wished line
 * that is still free and breaks none of the agent's hard rules.
 */
export function awardBids(
  problem: ScheduleProblem,
  lines: readonly ShiftLine[],
  bids: readonly Bid[],
): BidResult {
  const free = new Map(lines.map(line => [line.id, line]));
  const wishes = new Map(bids.map(bid => [bid.agentId, bid.lineIds]));
  const ranked = [...problem.agents].sort(
    (a, b) => (b.seniority ?? 0) - (a.seniority ?? 0) || (a.id < b.id ? -1 : 1),
  );
  const assignments: Assignment[] = [];
  const awards: BidAward[] = [];
  for (const agent of ranked) {
    const wished = wishes.get(agent.id);
    if (!wished) continue;
    const refusals: { lineId: string; reason: string }[] = [];
    let award: ShiftLine | null = null;
    for (const lineId of wished) {
      const line = free.get(lineId);
      const reason = line ? lineFault(problem, agent, line) : 'already awarded, or unknown';
      if (line && reason === null) {
        award = line;
        break;
      }
      refusals.push({ lineId, reason: reason ?? '' });
    }
    if (award) {
      free.delete(award.id);
      assignments.push(...award.shifts.map(shift => ({ ...shift, agentId: agent.id })));
    }
    const choice = award ? wished.indexOf(award.id) + 1 : null;
    awards.push({ agentId: agent.id, lineId: award?.id ?? null, choice, refusals });
  }
  return { awards, schedule: { assignments }, openLineIds: [...free.keys()] };
}

/** The first hard rule of the agent that the line breaks, in words; null if it breaks none. */
function lineFault(problem: ScheduleProblem, agent: SchedulingAgent, line: ShiftLine): string | null {
  const own = { assignments: line.shifts.map(shift => ({ ...shift, agentId: agent.id })) };
  const { findings } = evaluateSchedule({ ...problem, agents: [agent] }, own);
  return findings.find(finding => finding.hard && finding.agentId === agent.id)?.sentence ?? null;
}

/** Agents who can be given a day off without pushing a queue below its requirement. */
export interface DayAllotment {
  readonly date: string;
  readonly queueId: string;
  /** Whole agents; 0 on short days. */
  readonly places: number;
  /** Agent-hours above the requirement that day. */
  readonly slackHours: number;
}

/**
 * Time-off places per day and queue from the forecast slack: hours above the requirement divided by the day's usual
 * shift, but never more than the least surplus in any interval where the queue is busiest.
 *
 * @param busyShare intervals with at least this share of the day's peak requirement count as busy
 */
export function timeOffAllotments(
  problem: ScheduleProblem,
  schedule: Schedule,
  busyShare = 0.5,
): readonly DayAllotment[] {
  const site = buildSite(problem, [schedule]);
  const cover: ScheduleCoverage = coverage(problem, schedule);
  const stepHours = problem.grid.stepSeconds / 3600;
  return cover.queues.flatMap(queue => {
    const skill = skillOfQueue(
      problem.queues.find(q => q.id === queue.queueId) ?? { id: queue.queueId, required: [] },
    );
    return Array.from({ length: site.calendar.dayCount }, (_, day) => {
      const intervals = queue.required.flatMap((required, i) =>
        required !== null &&
        site.calendar.dayIndexOf(problem.grid.start + i * problem.grid.stepSeconds) === day
          ? [{ required, surplus: queue.difference[i] ?? 0 }]
          : [],
      );
      const peak = Math.max(0, ...intervals.map(interval => interval.required));
      const slackHours = intervals.reduce(
        (sum, interval) => sum + Math.max(0, interval.surplus) * stepHours,
        0,
      );
      const busy = intervals.filter(interval => interval.required >= busyShare * peak);
      const least = busy.length > 0 ? Math.min(...busy.map(interval => interval.surplus)) : 0;
      const usual = usualShiftHours(problem, schedule, skill, site.calendar.day(day));
      const byHours = usual > 0 ? slackHours / usual : 0;
      const places = Math.max(0, Math.floor(Math.min(least, byHours) + 1e-9));
      return { date: site.calendar.dateOf(day), queueId: queue.queueId, places, slackHours };
    });
  });
}

/** Mean hours of work of the day's shifts by holders of a skill. */
function usualShiftHours(
  problem: ScheduleProblem,
  schedule: Schedule,
  skill: string,
  day: { readonly startEpochSeconds: number; readonly endEpochSeconds: number },
): number {
  const holders = new Set(
    problem.agents.filter(agent => agent.skills.some(s => s.skill === skill)).map(agent => agent.id),
  );
  const shifts = schedule.assignments.filter(
    shift =>
      holders.has(shift.agentId) && shift.start >= day.startEpochSeconds && shift.start < day.endEpochSeconds,
  );
  const work = shifts
    .flatMap(shift => shift.activities)
    .filter(activity => activity.kind === 'work')
    .reduce((sum, activity) => sum + (activity.end - activity.start) / 3600, 0);
  return shifts.length > 0 ? work / shifts.length : 0;
}

export interface TimeOffRequest {
  readonly agentId: string;
  readonly date: string;
  /** When it was asked for; earlier goes first among equals. */
  readonly requestedAt: number;
}

export interface TimeOffAnswer extends TimeOffRequest {
  readonly granted: boolean;
  readonly reason: string;
}

/** Grants time-off requests by allotment: seniority first, then the order of asking. */
export function decideTimeOff(
  problem: ScheduleProblem,
  schedule: Schedule,
  requests: readonly TimeOffRequest[],
): readonly TimeOffAnswer[] {
  const agents = new Map(problem.agents.map(agent => [agent.id, agent]));
  const left = new Map(timeOffAllotments(problem, schedule).map(a => [`${a.date} ${a.queueId}`, a.places]));
  const site = buildSite(problem, [schedule]);
  const shiftsOf = groupByAgent(schedule.assignments);
  const works = (agentId: string, date: string): boolean =>
    (shiftsOf.get(agentId) ?? []).some(s => site.calendar.dateOf(site.calendar.dayIndexOf(s.start)) === date);
  const rank = (request: TimeOffRequest): number => agents.get(request.agentId)?.seniority ?? 0;
  return [...requests]
    .sort((a, b) => rank(b) - rank(a) || a.requestedAt - b.requestedAt)
    .map(request => {
      const agent = agents.get(request.agentId);
      if (!agent) return { ...request, granted: false, reason: 'unknown agent' };
      if (!works(agent.id, request.date))
        return { ...request, granted: true, reason: 'no shift on this day' };
      const held = new Set(agent.skills.map(skill => skill.skill));
      const keys = problem.queues
        .filter(queue => held.has(skillOfQueue(queue)))
        .map(queue => `${request.date} ${queue.id}`);
      const short = keys.find(key => (left.get(key) ?? 0) < 1);
      if (short !== undefined) return { ...request, granted: false, reason: `no place left for ${short}` };
      for (const key of keys) left.set(key, (left.get(key) ?? 0) - 1);
      return { ...request, granted: true, reason: 'a place was left' };
    });
}
