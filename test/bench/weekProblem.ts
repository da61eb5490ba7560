import { createRandom, type RandomGenerator } from '../../forecasting/calendar/random.ts';
import type { Weekday } from '../../forecasting/calendar/time.ts';
import { addDays, daysBetween, localDay } from '../../forecasting/calendar/time.ts';
import type {
  AvailabilityWindow,
  BreakTemplate,
  ScheduleProblem,
  SchedulingAgent,
  ShiftTemplate,
} from '../../forecasting/scheduling/problem.ts';
import type { RuleSetting } from '../../forecasting/scheduling/ruleSet.ts';
import type { Assignment } from '../../forecasting/scheduling/schedule.ts';

/** What the generated week is like. */
export interface WeekOptions {
  readonly agents: number;
  readonly seed: number;
  /** `basic`: rest, hours, availability, wishes. `all`: every labour rule, two skills, four weeks' carry-over. */
  readonly rules: 'basic' | 'all';
  readonly weeks?: number;
}

const TIME_ZONE = 'Europe/Berlin';
const FIRST_DATE = '2026-05-04';
const STEP_SECONDS = 900;

const lunch: BreakTemplate = {
  kind: 'lunch',
  minutes: 30,
  paid: false,
  earliestOffsetMinutes: 180,
  latestOffsetMinutes: 300,
};

function pause(earliest: number, latest: number): BreakTemplate {
  return {
    kind: 'break',
    minutes: 15,
    paid: true,
    earliestOffsetMinutes: earliest,
    latestOffsetMinutes: latest,
  };
}

const DAY_STARTS = [{ earliestMinute: 360, latestMinute: 1020, stepMinutes: 30 }];

/** 23 starts of each of three kinds, and two nights: 71 shifts a day. */
export const WEEK_TEMPLATES: readonly ShiftTemplate[] = [
  {
    id: 'full',
    name: 'Eight hours',
    type: 'day',
    lengthsMinutes: [510],
    starts: DAY_STARTS,
    breaks: [pause(75, 150), lunch, pause(345, 435)],
    minSpacingMinutes: 60,
  },
  {
    id: 'six',
    name: 'Six hours',
    type: 'day',
    lengthsMinutes: [360],
    starts: DAY_STARTS,
    breaks: [pause(120, 240)],
  },
  {
    id: 'four',
    name: 'Four hours',
    type: 'day',
    lengthsMinutes: [240],
    starts: DAY_STARTS,
    breaks: [pause(75, 150)],
  },
  {
    id: 'night',
    name: 'Night',
    type: 'night',
    lengthsMinutes: [510],
    starts: [{ earliestMinute: 1320, latestMinute: 1380, stepMinutes: 60 }],
    breaks: [pause(75, 150), lunch, pause(345, 435)],
    minSpacingMinutes: 60,
  },
];

/** Work without breaks per shift of each contract, in hours. */
const KINDS = [
  { share: 0.7, templateIds: ['full', 'night'], paidHours: 8, workHours: 7.5 },
  { share: 0.2, templateIds: ['six'], paidHours: 6, workHours: 5.75 },
  { share: 0.1, templateIds: ['four'], paidHours: 4, workHours: 3.75 },
] as const;

const SHIFTS_PER_WEEK = 5;

/** A seeded call centre: one queue (or two), round the clock, two daily peaks, quieter weekends. */
export function weekProblem(options: WeekOptions): ScheduleProblem {
  const weeks = options.weeks ?? 1;
  const random = createRandom(`week ${options.seed}`);
  const days = Array.from({ length: weeks * 7 }, (_, d) => localDay(addDays(FIRST_DATE, d), TIME_ZONE));
  const start = days[0]!.startEpochSeconds;
  const count = (days.at(-1)!.endEpochSeconds - start) / STEP_SECONDS;
  const twoSkills = options.rules === 'all';
  const agents = Array.from({ length: options.agents }, (_, a) =>
    makeAgent(a, options, random.stream(`agent ${a}`), twoSkills),
  );
  const supply = agents.reduce((sum, _, a) => sum + kindOf(a, options.agents).workHours * SHIFTS_PER_WEEK, 0);
  const demand = demandCurve(count, supply * 1.0075 * weeks, random.stream('demand'));
  const queues = twoSkills
    ? [
        { id: 'appointments', required: demand.map(n => n - Math.round(n * 0.35)) },
        { id: 'nurse', required: demand.map(n => Math.round(n * 0.35)) },
      ]
    : [{ id: 'appointments', required: demand }];
  return {
    grid: { start, stepSeconds: STEP_SECONDS, timeZone: TIME_ZONE, count },
    queues,
    agents: agents.map((agent, a) => withSundayNight(agent, a < (demand[0] ?? 0), start)),
    templates: WEEK_TEMPLATES,
    rules: { rules: twoSkills ? [...BASIC_RULES, ...FURTHER_RULES] : BASIC_RULES },
    weights: {
      underTiers: [
        { upToShare: 0.05, costPerHour: 1.5 },
        { upToShare: 1, costPerHour: 4 },
      ],
      overCostPerHour: 1,
      labour: 0,
      changedShift: 1,
      changedHour: 0.2,
      fairness: twoSkills ? 0.02 : 0,
    },
  };
}

function kindOf(index: number, agents: number): (typeof KINDS)[number] {
  const place = (index + 0.5) / agents;
  if (place < KINDS[0].share) return KINDS[0];
  return place < KINDS[0].share + KINDS[1].share ? KINDS[1] : KINDS[2];
}

function makeAgent(
  index: number,
  options: WeekOptions,
  random: RandomGenerator,
  twoSkills: boolean,
): SchedulingAgent {
  const kind = kindOf(index, options.agents);
  const hours = kind.paidHours * SHIFTS_PER_WEEK;
  const fixedDayOff = random.uniform() < 0.3 ? random.integer(7) : -1;
  const daytimeOnly = random.uniform() < 0.2;
  const wishDate = addDays(FIRST_DATE, random.integer(7));
  const nurse = random.uniform() < 0.5;
  const skills = twoSkills
    ? nurse
      ? [
          { skill: 'nurse', level: 3 },
          ...(random.uniform() < 0.5 ? [{ skill: 'appointments', level: 2 }] : []),
        ]
      : [{ skill: 'appointments', level: 3 }]
    : [{ skill: 'appointments', level: 3 }];
  return {
    id: `a${String(index + 1).padStart(4, '0')}`,
    name: `Agent ${index + 1}`,
    skills,
    contract: {
      // Who is off every Tuesday and has a free weekend has worked four shifts, not five: over several weeks the cap
      // on weekends asks for that.
      minHoursPerWeek: (options.weeks ?? 1) > 1 && fixedDayOff >= 0 ? hours - kind.paidHours : hours,
      targetHoursPerWeek: hours,
      maxHoursPerWeek: hours,
    },
    costPerHour: 1,
    templateIds: kind.templateIds,
    ...(fixedDayOff >= 0 || daytimeOnly ? { availability: windows(fixedDayOff, daytimeOnly) } : {}),
    preferences: [{ kind: 'dayOff', date: wishDate, weight: 2 }],
    seniority: random.integer(20),
    ...(options.rules === 'all' ? carryOver(index, kind.paidHours, random) : {}),
  };
}

function windows(dayOff: number, daytimeOnly: boolean): readonly AvailabilityWindow[] {
  const days: readonly Weekday[] = [0, 1, 2, 3, 4, 5, 6];
  return days
    .filter(day => day !== dayOff)
    .map(weekday => ({
      weekday,
      startMinute: daytimeOnly ? 420 : 0,
      endMinute: daytimeOnly ? 1260 : (weekday + 1) % 7 === dayOff ? 1440 : 1440 + 600,
    }));
}

/** Whoever works the night into the first Monday; without them its first hours could not be covered at all. */
function withSundayNight(agent: SchedulingAgent, works: boolean, horizonStart: number): SchedulingAgent {
  if (!works) return agent;
  const start = horizonStart - 2 * 3600;
  const end = start + 8.5 * 3600;
  const lunchStart = start + 4 * 3600;
  const night: Assignment = {
    id: `${agent.id} sunday night`,
    agentId: agent.id,
    start,
    end,
    templateId: 'night',
    activities: [
      { kind: 'work', start, end: lunchStart, paid: true },
      { kind: 'lunch', start: lunchStart, end: lunchStart + 1800, paid: false },
      { kind: 'work', start: lunchStart + 1800, end, paid: true },
    ],
  };
  const earlier = (agent.recentShifts ?? []).filter(shift => shift.end < start - 11 * 3600);
  return { ...agent, recentShifts: [...earlier, night] };
}

/** Four weeks of shifts before the horizon and the ledger they left. */
function carryOver(
  index: number,
  paidHours: number,
  random: RandomGenerator,
): Pick<SchedulingAgent, 'recentShifts' | 'ledger'> {
  const recentShifts: Assignment[] = [];
  let weekendDays = 0;
  for (let d = -28; d < 0; d++) {
    const weekday = (((d % 7) + 7) % 7) as number;
    const week = Math.floor((d + 28) / 7);
    const offDay = (index + week) % 2 === 0 ? 5 : (index + week) % 7;
    if (weekday === offDay || weekday === (offDay + 1) % 7) continue;
    if (weekday >= 5) weekendDays++;
    const day = localDay(addDays(FIRST_DATE, d), TIME_ZONE);
    const start = day.startEpochSeconds + (8 + random.integer(4)) * 3600;
    const end = start + paidHours * 3600;
    recentShifts.push({
      id: `past-${index}-${daysBetween(FIRST_DATE, day.date)}`,
      agentId: `a${String(index + 1).padStart(4, '0')}`,
      start,
      end,
      templateId: paidHours === 8 ? 'full' : paidHours === 6 ? 'six' : 'four',
      activities: [{ kind: 'work', start, end, paid: true }],
    });
  }
  const ledger = {
    weekends: weekendDays / 2,
    lates: random.integer(6),
    nights: random.integer(4),
    holidays: random.integer(3),
    wishesGranted: random.integer(4),
  };
  return { recentShifts, ledger };
}

/**
 * Whole agents per quarter-hour, smooth within a day as a requirement from a forecast is: peaks at 10:30 and 15:30,
 * a floor at night, weekends at 55 %, and a level of its own for each day.
 */
function demandCurve(count: number, hours: number, random: RandomGenerator): number[] {
  const ofDay = Array.from({ length: Math.ceil(count / 96) }, () => 1 + 0.04 * random.normal());
  const shape = Array.from({ length: count }, (_, i) => {
    const hour = (i % 96) / 4 + 0.125;
    const day = Math.floor(i / 96) % 7;
    const bell = (centre: number, width: number): number => Math.exp(-(((hour - centre) / width) ** 2));
    const level = [1.12, 1.0, 0.97, 0.98, 1.02, 0.58, 0.52][day]!;
    return level * (0.06 + bell(10.5, 2.6) + 0.92 * bell(15.5, 3.0)) * ofDay[Math.floor(i / 96)]!;
  });
  const total = shape.reduce((sum, value) => sum + value, 0) / 4;
  return shape.map(value => Math.max(1, Math.round((value * hours) / total)));
}

const hard = (kind: string, parameters: RuleSetting['parameters'] = {}): RuleSetting => ({
  id: kind,
  kind,
  parameters,
  enforcement: 'hard',
});

const BASIC_RULES: readonly RuleSetting[] = [
  hard('minimumRest', { hours: 11 }),
  hard('oneShiftPerDay', { shifts: 1 }),
  hard('availability'),
  hard('contractHours'),
];

const FURTHER_RULES: readonly RuleSetting[] = [
  hard('maximumConsecutiveDays', { days: 6 }),
  hard('minimumDaysOffPerWeek', { days: 2 }),
  hard('maximumWeekends', { weekends: 3, weeks: 4 }),
  hard('maximumPeriodHours', { hours: 192, weeks: 4 }),
  hard('maximumDailyHours', { hours: 10 }),
  hard('forbiddenSuccession', { pairs: ['night>day'] }),
  hard('maximumShiftsOfType', { type: 'night', shifts: 4 }),
  hard('breakLaw', { maxStretchMinutes: 360, minBreakMinutes: 15, overMinutes: 360, dueMinutes: 30 }),
  hard('minimumCover', { skill: 'nurse', level: 2, agents: 2, fromMinute: 420, toMinute: 1260 }),
  {
    id: 'minimumConsecutiveDaysOff',
    kind: 'minimumConsecutiveDaysOff',
    parameters: { days: 2 },
    enforcement: 'soft',
    weight: 0.3,
  },
  { id: 'completeWeekends', kind: 'completeWeekends', parameters: {}, enforcement: 'soft', weight: 0.3 },
  {
    id: 'startTimeConsistency',
    kind: 'startTimeConsistency',
    parameters: { minutes: 120 },
    enforcement: 'soft',
    weight: 0.001,
  },
];
