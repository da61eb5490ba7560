import { type AgentModel, fairnessCost, overtimeCost, shiftTerms } from './agentTerms.ts';
import type { RuleSetting } from './ruleSet.ts';
import type { Breach } from './rules/rule.ts';
import { type Activity, type Assignment, inOrderOfStart } from './schedule.ts';
import { breakTimeDue } from './shape.ts';
import type { BoundBreakRule, Site } from './site.ts';
import { AgentTimeline, type ShiftFacts } from './timeline.ts';

/** The cost of one agent's week in currency, by part. */
export interface AgentScore {
  readonly labour: number;
  readonly overtime: number;
  readonly preferences: number;
  readonly fairness: number;
  readonly stability: number;
  readonly softRules: number;
  readonly hardRules: number;
}

/** A breach with the rule it belongs to. */
export interface RuleBreach {
  readonly setting: RuleSetting;
  readonly unit: string;
  readonly breach: Breach;
  readonly hard: boolean;
  readonly cost: number;
  readonly assignmentIds: readonly string[];
}

/** An agent's timeline: recent shifts, then the given ones in order of start. */
export function timelineOf(
  site: Site,
  agent: AgentModel,
  shifts: readonly Assignment[],
): { readonly timeline: AgentTimeline; readonly ids: readonly string[] } {
  const recent = [...(agent.agent.recentShifts ?? [])].sort(inOrderOfStart);
  const timeline = new AgentTimeline(recent.length + shifts.length);
  const ids: string[] = [];
  for (const shift of recent) {
    timeline.push(site.calendar.shiftFacts(shift));
    ids.push(shift.id);
  }
  timeline.firstIndex = timeline.count;
  for (const shift of shifts) {
    timeline.push(site.calendar.shiftFacts(shift));
    ids.push(shift.id);
  }
  return { timeline, ids };
}

/** Scores one agent's shifts (in order of start) from scratch, reporting every breach. */
export function scoreAgent(
  site: Site,
  agent: AgentModel,
  shifts: readonly Assignment[],
  report?: (breach: RuleBreach) => void,
): AgentScore {
  const { timeline, ids } = timelineOf(site, agent, shifts);
  let softRules = 0;
  let hardRules = 0;
  for (const bound of agent.rules) {
    const forward = report
      ? (breach: Breach): void =>
          report({
            setting: bound.setting,
            unit: bound.rule.unit,
            breach,
            hard: bound.hard,
            cost: breach.amount * bound.price,
            assignmentIds: breach.shifts.flatMap(i => (ids[i] === undefined ? [] : [ids[i]])),
          })
      : null;
    const cost = bound.check(timeline, agent.facts, forward) * bound.price;
    if (bound.hard) hardRules += cost;
    else softRules += cost;
  }
  for (const shift of shifts) {
    for (const bound of site.breakRules) {
      if (bound.setting.agentIds && !bound.setting.agentIds.includes(agent.agent.id)) continue;
      const cost = scoreBreaks(site, bound, shift, report);
      if (bound.hard) hardRules += cost;
      else softRules += cost;
    }
  }
  const { labour, overtime, preferences, fairness, stability } = dayTerms(site, agent, timeline);
  // Written out: objects of one shape keep the sum over all agents fast.
  return { labour, overtime, preferences, fairness, stability, softRules, hardRules };
}

function dayTerms(
  site: Site,
  agent: AgentModel,
  timeline: AgentTimeline,
): Omit<AgentScore, 'softRules' | 'hardRules'> {
  const { weights, calendar } = site;
  let [labour, preferences, stability] = [0, 0, 0];
  const add = (day: number, facts: ShiftFacts | null, first: boolean): void => {
    const terms = shiftTerms(agent, day, facts, weights, calendar);
    labour += terms.labour;
    preferences += terms.preferences;
    if (first) stability += terms.stability;
  };
  let i = timeline.firstIndex;
  for (let day = 0; day < calendar.dayCount; day++) {
    if (i >= timeline.count || timeline.day[i] !== day) {
      add(day, null, true);
      continue;
    }
    for (let first = true; i < timeline.count && timeline.day[i] === day; i++, first = false) {
      add(day, timeline.at(i), first);
    }
  }
  return {
    labour,
    preferences,
    stability,
    overtime: overtimeCost(agent, timeline, weights, calendar),
    fairness: fairnessCost(agent, timeline, weights, calendar),
  };
}

function scoreBreaks(
  site: Site,
  bound: BoundBreakRule,
  shift: Assignment,
  report?: (breach: RuleBreach) => void,
): number {
  let cost = 0;
  for (const found of breakBreaches(shift, bound)) {
    cost += found.amount * bound.price;
    report?.({
      setting: bound.setting,
      unit: 'minute',
      hard: bound.hard,
      cost: found.amount * bound.price,
      assignmentIds: [shift.id],
      breach: {
        amount: found.amount,
        fromMinute: site.calendar.minuteOf(found.start),
        toMinute: site.calendar.minuteOf(found.end),
        text: found.text,
        shifts: [],
      },
    });
  }
  return cost;
}

interface BreakBreach {
  readonly amount: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Stretches of work that are too long, and break time that is missing. */
function breakBreaches(shift: Assignment, { limits }: BoundBreakRule): readonly BreakBreach[] {
  const found: BreakBreach[] = [];
  let stretchStart = shift.start;
  const close = (end: number): void => {
    const minutes = (end - stretchStart) / 60;
    if (minutes > limits.maxStretchMinutes) {
      const text = `${minutes} min of work without a break, at most ${limits.maxStretchMinutes} min are allowed`;
      found.push({ amount: minutes - limits.maxStretchMinutes, start: stretchStart, end, text });
    }
  };
  let taken = 0;
  for (const activity of shift.activities) {
    if (!isRest(activity)) continue;
    const minutes = (activity.end - activity.start) / 60;
    taken += minutes;
    if (minutes < limits.minBreakMinutes) continue;
    close(activity.start);
    stretchStart = activity.end;
  }
  close(shift.end);
  const due = breakTimeDue((shift.end - shift.start) / 60, [limits]);
  if (taken < due) {
    const text = `${taken} min of breaks, ${due} min are due`;
    found.push({ amount: due - taken, start: shift.start, end: shift.end, text });
  }
  return found;
}

function isRest(activity: Activity): boolean {
  return activity.kind === 'break' || activity.kind === 'lunch' || activity.kind === 'gap';
}
