import type { Column } from './actuals.ts';

/** Agents at work beside the agents that the goals needed for what came, by interval. */
export interface StaffedAgainstNeeded {
  readonly stepSeconds: number;
  readonly scheduledAgents: Column;
  readonly neededAgents: Column;
}

/** Agent-hours on duty against agent-hours needed, over the intervals that know both. */
export interface StaffingFit {
  readonly intervals: number;
  readonly scheduledHours: number;
  readonly neededHours: number;
  /** Hours on duty that nobody needed, and needed hours that nobody worked. They never cancel out. */
  readonly overHours: number;
  readonly underHours: number;
}

/** Over- and under-staffed hours: Σ of the surplus and Σ of the shortage, interval by interval. */
export function staffingFit(staffed: StaffedAgainstNeeded): StaffingFit {
  const hours = staffed.stepSeconds / 3600;
  const fit = { intervals: 0, scheduledHours: 0, neededHours: 0, overHours: 0, underHours: 0 };
  staffed.scheduledAgents.forEach((scheduled, i) => {
    const needed = staffed.neededAgents[i];
    if (scheduled === null || needed == null) return;
    fit.intervals++;
    fit.scheduledHours += scheduled * hours;
    fit.neededHours += needed * hours;
    fit.overHours += Math.max(0, scheduled - needed) * hours;
    fit.underHours += Math.max(0, needed - scheduled) * hours;
  });
  return fit;
}

/** One interval of a staffing curve: its calls, its agents, and the service level that any number of agents gives. */
export interface CurveInterval {
  readonly calls: number;
  readonly agents: number;
  readonly hours: number;
  readonly serviceLevelOf: (agents: number) => number;
}

/** What a rise of the service level takes. `unreachable` = even many more agents give no more than `atMost` points. */
export type RiseCost =
  | { readonly kind: 'hours'; readonly agentHours: number; readonly from: number; readonly to: number }
  | { readonly kind: 'unreachable'; readonly from: number; readonly atMost: number };

/** An agent more than this does nothing worth its hour: a ten-thousandth of a call answered in time. */
const LEAST_GAIN_CALLS = 1e-4;

/**
 * Agent-hours that raise the call-weighted service level by `points` (0–1), each spent where it helps most. The cheapest
 * way where the staffing curve bends down, which it does from about the offered load upwards. The last hour counts in part.
 *
 * @throws RangeError unless `points` is above 0 and the intervals have calls.
 */
export function hoursForRise(intervals: readonly CurveInterval[], points: number): RiseCost {
  const calls = intervals.reduce((sum, one) => sum + one.calls, 0);
  if (!(points > 0)) throw new RangeError(`points must be above 0; found ${points}`);
  if (!(calls > 0)) throw new RangeError('hoursForRise requires intervals with calls');
  const steps = intervals.map(one => ({
    ...one,
    ...nextAgent(one, one.agents, one.serviceLevelOf(one.agents)),
  }));
  const from = steps.reduce((sum, step) => sum + step.calls * step.level, 0) / calls;
  let missing = points * calls;
  let agentHours = 0;
  while (missing > 0) {
    let best: (typeof steps)[number] | undefined;
    for (const step of steps) if (!best || step.gain / step.hours > best.gain / best.hours) best = step;
    if (!best || best.gain < LEAST_GAIN_CALLS)
      return { kind: 'unreachable', from, atMost: points - missing / calls };
    agentHours += best.hours * Math.min(1, missing / best.gain);
    missing -= best.gain;
    Object.assign(best, nextAgent(best, best.agents + 1, best.nextLevel));
  }
  return { kind: 'hours', agentHours, from, to: from + points };
}

/** The interval with `agents` agents, and what one more would bring: calls answered in time. */
function nextAgent(interval: CurveInterval, agents: number, level: number) {
  const nextLevel = interval.serviceLevelOf(agents + 1);
  return { agents, level, nextLevel, gain: interval.calls * Math.max(0, nextLevel - level) };
}

/** The organisation's own figures about callers who give up. */
export interface RetentionFigures {
  /** Share of callers who gave up that the organisation loses as patients, 0–1. */
  readonly lostShare: number;
  /** What one patient who stays is worth, in money. */
  readonly valuePerPatient: number;
}

/** Patients and money that went with callers who gave up; the avoidable part is what lay above the goal. */
export interface RetentionValue {
  readonly lostPatients: number;
  readonly lostValue: number;
  readonly avoidablePatients: number;
  readonly avoidableValue: number;
}

/** Callers who gave up beyond what the abandonment goal allows; `null` without a goal. */
export function avoidableAbandoned(
  offered: number,
  abandoned: number,
  maxAbandonment: number | undefined,
): number | null {
  return maxAbandonment === undefined ? null : Math.max(0, abandoned - maxAbandonment * offered);
}

/** What abandonment cost, by the organisation's own figures. */
export function retentionValue(
  abandoned: number,
  avoidable: number,
  { lostShare, valuePerPatient }: RetentionFigures,
): RetentionValue {
  return {
    lostPatients: abandoned * lostShare,
    lostValue: abandoned * lostShare * valuePerPatient,
    avoidablePatients: avoidable * lostShare,
    avoidableValue: avoidable * lostShare * valuePerPatient,
  };
}
