import { addDays, localDay } from '../../../../forecasting/calendar/time.ts';
import type { ScheduleProblem, SchedulingAgent } from '../../../../forecasting/scheduling/problem.ts';
import type { ParameterValue } from '../../../../forecasting/scheduling/rules/rule.ts';
import type { Activity, Assignment } from '../../../../forecasting/scheduling/schedule.ts';

export const ZONE = 'Europe/Berlin';
/** A Monday. */
export const FIRST = '2026-05-04';

/** A shift in a rule's test: day of the horizon (negative = before it), start and length in hours, type, break minutes. */
export interface ShiftSketch {
  readonly day: number;
  readonly at: number;
  readonly hours: number;
  readonly type?: 'early' | 'late' | 'night';
  /** `[hours after the start, minutes]`, unpaid. */
  readonly breaks?: readonly (readonly [number, number])[];
}

/** One situation of a rule: what is worked, and by how much the rule is broken, in its unit. */
export interface RuleCase {
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  readonly shifts: readonly ShiftSketch[];
  readonly agent?: Partial<SchedulingAgent>;
  /** Ledger holidays of a colleague. */
  readonly colleagueHolidays?: number;
  readonly holidays?: readonly string[];
  readonly days?: number;
  readonly amount: number;
}

/** What every rule must have: at least one case of each kind. */
export interface RuleCases {
  readonly satisfied: readonly RuleCase[];
  readonly violated: readonly RuleCase[];
  /** Exactly at the limit: still satisfied. */
  readonly boundary: readonly RuleCase[];
}

export function sketchShift(sketch: ShiftSketch, agentId: string): Assignment {
  const day = localDay(addDays(FIRST, sketch.day), ZONE);
  const start = day.startEpochSeconds + sketch.at * 3600;
  const end = start + sketch.hours * 3600;
  const activities: Activity[] = [];
  let at = start;
  for (const [after, minutes] of sketch.breaks ?? []) {
    const from = start + after * 3600;
    activities.push({ kind: 'work', start: at, end: from, paid: true });
    at = from + minutes * 60;
    activities.push({ kind: 'break', start: from, end: at, paid: false });
  }
  activities.push({ kind: 'work', start: at, end, paid: true });
  const id = `${agentId} ${sketch.day} ${sketch.at}`;
  return { id, agentId, start, end, templateId: sketch.type ?? 'early', activities };
}

export function problemOfCase(
  kind: string,
  ruleCase: RuleCase,
): { readonly problem: ScheduleProblem; readonly assignments: readonly Assignment[] } {
  const days = ruleCase.days ?? 14;
  const start = localDay(FIRST, ZONE).startEpochSeconds;
  const end = localDay(addDays(FIRST, days), ZONE).startEpochSeconds;
  const sketched = ruleCase.shifts.map(sketch => sketchShift(sketch, 'ana'));
  const ana: SchedulingAgent = {
    id: 'ana',
    name: 'Ana Silva',
    skills: [{ skill: 'nurse', level: 3 }],
    contract: { minHoursPerWeek: 16, targetHoursPerWeek: 24, maxHoursPerWeek: 32 },
    costPerHour: 20,
    recentShifts: sketched.filter(shift => shift.start < start),
    ...ruleCase.agent,
  };
  const ben: SchedulingAgent = {
    id: 'ben',
    name: 'Ben Okafor',
    skills: [{ skill: 'billing' }],
    contract: { minHoursPerWeek: 0, targetHoursPerWeek: 24, maxHoursPerWeek: 40 },
    costPerHour: 20,
    ledger: { weekends: 0, lates: 0, nights: 0, holidays: ruleCase.colleagueHolidays ?? 0, wishesGranted: 0 },
  };
  const count = (end - start) / 900;
  const problem: ScheduleProblem = {
    grid: { start, stepSeconds: 900, timeZone: ZONE, count },
    queues: [{ id: 'nurse', required: Array.from({ length: count }, () => null) }],
    agents: [ana, ben],
    templates: (['early', 'late', 'night'] as const).map(type => ({
      id: type,
      name: type,
      type,
      lengthsMinutes: [480],
      starts: [{ earliestMinute: 360, latestMinute: 360, stepMinutes: 60 }],
      breaks: [],
    })),
    rules: {
      rules: [
        {
          id: 'rule',
          kind,
          parameters: ruleCase.parameters ?? {},
          enforcement: 'hard',
          ...(kind === 'minimumCover' ? {} : { agentIds: ['ana'] }),
        },
      ],
    },
    ...(ruleCase.holidays ? { holidays: ruleCase.holidays } : {}),
  };
  return { problem, assignments: sketched.filter(shift => shift.start >= start) };
}
