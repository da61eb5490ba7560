import type { OpeningHours } from '../calendar/opening.ts';
import type { SchedulingAgent, ShiftTemplate, StartWindow } from './problem.ts';
import type { RuleSet } from './ruleSet.ts';

/** Elapsed minutes, unpaid lunch and paid breaks of the starter shifts. */
const KINDS = [
  { id: 'full', name: 'Full day', minutes: 510, lunch: true, breaks: 2 },
  { id: 'six', name: 'Six hours', minutes: 360, lunch: false, breaks: 2 },
  { id: 'four', name: 'Four hours', minutes: 240, lunch: false, breaks: 1 },
] as const;

const BREAK_MINUTES = 15;
const LUNCH_MINUTES = 30;

/**
 * Shifts to start from when a centre has not described its own: 8½ hours with an unpaid half-hour lunch, six and
 * four hours, with paid quarter-hour breaks, starting on every half hour that keeps them inside opening hours.
 * A centre open around the clock gets start times around the clock. An assumption to replace, not advice.
 */
export function starterTemplates(hours: OpeningHours): readonly ShiftTemplate[] {
  const ranges = hours.weekly.flat();
  const opens = Math.min(...ranges.map(range => range.startMinute));
  const closes = Math.max(...ranges.map(range => range.endMinute));
  if (!Number.isFinite(opens) || closes <= opens) return [];
  const roundTheClock = opens === 0 && closes === 1440;
  return KINDS.flatMap(kind => {
    const starts = startWindow(kind.minutes, opens, closes, roundTheClock);
    return starts ? [template(kind, starts)] : [];
  });
}

function startWindow(
  minutes: number,
  opens: number,
  closes: number,
  roundTheClock: boolean,
): StartWindow | null {
  if (roundTheClock) return { earliestMinute: 0, latestMinute: 1410, stepMinutes: 30 };
  const latest = closes - minutes;
  return latest < opens
    ? null
    : {
        earliestMinute: opens,
        latestMinute: opens + Math.floor((latest - opens) / 30) * 30,
        stepMinutes: 30,
      };
}

function template(kind: (typeof KINDS)[number], starts: StartWindow): ShiftTemplate {
  const pause = (minutes: number, paid: boolean, around: number) => ({
    kind: paid ? ('break' as const) : ('lunch' as const),
    minutes,
    paid,
    earliestOffsetMinutes: Math.max(60, around - 60),
    latestOffsetMinutes: Math.min(kind.minutes - 60 - minutes, around + 60),
  });
  const breaks = kind.lunch
    ? [pause(BREAK_MINUTES, true, 120), pause(LUNCH_MINUTES, false, 240), pause(BREAK_MINUTES, true, 375)]
    : kind.breaks === 2
      ? [pause(BREAK_MINUTES, true, 120), pause(BREAK_MINUTES, true, 240)]
      : [pause(BREAK_MINUTES, true, 120)];
  return {
    id: kind.id,
    name: kind.name,
    type: kind.id,
    lengthsMinutes: [kind.minutes],
    starts: [starts],
    breaks,
    minSpacingMinutes: 45,
  };
}

/** Work rules to start from: eleven hours of rest, one shift a day, five days a week, six in a row. */
export function starterRules(): RuleSet {
  const rule = (kind: string, parameters: Readonly<Record<string, number>>) => ({
    id: kind,
    kind,
    parameters,
    enforcement: 'hard' as const,
  });
  return {
    rules: [
      rule('minimumRest', { hours: 11 }),
      rule('oneShiftPerDay', { shifts: 1 }),
      rule('availability', {}),
      rule('maximumWeeklyHours', { hours: 40 }),
      rule('maximumConsecutiveDays', { days: 6 }),
      rule('minimumDaysOffPerWeek', { days: 2 }),
    ],
  };
}

/**
 * A team of the size that the requirement asks for, when no agents are given: four in five work 40 paid hours,
 * the others 20, so that their time on the contacts (breaks taken off) is `agentHours` and a twentieth more.
 */
export function starterTeam(agentHours: number, skill: string): readonly SchedulingAgent[] {
  const meanHours = 0.8 * 37.5 + 0.2 * 18.75;
  const size = Math.max(1, Math.ceil((agentHours * 1.05) / meanHours));
  return Array.from({ length: size }, (_, i) => {
    const hours = i % 5 === 4 ? 20 : 40;
    const id = `A${String(i + 1).padStart(3, '0')}`;
    return {
      id,
      name: id,
      skills: [{ skill }],
      contract: { minHoursPerWeek: 0, targetHoursPerWeek: hours, maxHoursPerWeek: hours },
      costPerHour: 25,
    };
  });
}
