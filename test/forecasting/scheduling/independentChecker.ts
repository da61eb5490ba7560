/**
 * A second opinion on schedules: which agent breaks which rule, from the rules' descriptions alone. It shares no code
 * with the scheduling engine (types only) and takes local time from Intl instead of the engine's calendar.
 */
import type { ScheduleProblem, SchedulingAgent } from '../../../forecasting/scheduling/problem.ts';
import type { RuleSetting } from '../../../forecasting/scheduling/ruleSet.ts';
import type { Assignment, Schedule } from '../../../forecasting/scheduling/schedule.ts';

interface Shift {
  readonly start: number;
  readonly end: number;
  /** Civil days since 1970-01-01, and since the horizon's first day. */
  readonly day: number;
  readonly minuteOfDay: number;
  readonly paid: number;
  readonly type: string;
  readonly past: boolean;
  readonly source: Assignment;
}

interface Case {
  readonly shifts: readonly Shift[];
  readonly agent: SchedulingAgent;
  readonly problem: ScheduleProblem;
  readonly days: number;
  readonly firstCivilDay: number;
  number(name: string): number;
  text(name: string): string;
  list(name: string): readonly string[];
}

const CIVIL_DAY = 86_400;

/** `agentId ruleId` of every broken rule (`site ruleId` for rules about the whole site), sorted. */
export function brokenRules(problem: ScheduleProblem, schedule: Schedule): readonly string[] {
  const broken = new Set<string>();
  const { grid } = problem;
  const firstCivilDay = civil(grid.start, grid.timeZone).day;
  const days = civil(grid.start + grid.count * grid.stepSeconds - 1, grid.timeZone).day - firstCivilDay + 1;
  for (const rule of problem.rules.rules) {
    if (rule.kind === 'minimumCover') {
      if (coverIsBroken(problem, schedule, rule)) broken.add(`site ${rule.id}`);
      continue;
    }
    const holds = CHECKS[rule.kind];
    if (!holds) throw new Error(`the checker does not know ${rule.kind}`);
    for (const agent of problem.agents) {
      if (rule.agentIds && !rule.agentIds.includes(agent.id)) continue;
      const own = schedule.assignments.filter(shift => shift.agentId === agent.id);
      const shifts = [
        ...(agent.recentShifts ?? []).map(shift => describe(problem, shift, firstCivilDay, true)),
        ...own.map(shift => describe(problem, shift, firstCivilDay, false)),
      ].sort((a, b) => a.start - b.start);
      const parameter = (name: string): unknown => rule.parameters[name];
      const subject: Case = {
        shifts,
        agent,
        problem,
        days,
        firstCivilDay,
        number: name => Number(parameter(name)),
        text: name => String(parameter(name)),
        list: name => {
          const value = parameter(name);
          return Array.isArray(value) ? value.map(String) : [];
        },
      };
      if (!holds(subject)) broken.add(`${agent.id} ${rule.id}`);
    }
  }
  return [...broken].sort();
}

function describe(problem: ScheduleProblem, shift: Assignment, firstCivilDay: number, past: boolean): Shift {
  const local = civil(shift.start, problem.grid.timeZone);
  return {
    start: shift.start,
    end: shift.end,
    day: local.day - firstCivilDay,
    minuteOfDay: local.minute,
    paid: shift.activities.filter(a => a.paid).reduce((sum, a) => sum + (a.end - a.start) / 60, 0),
    type: problem.templates.find(template => template.id === shift.templateId)?.type ?? '',
    past,
    source: shift,
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();

const quarters = new Map<string, { readonly day: number; readonly minute: number }>();

/** Local civil day number and minute of the day; clocks change on whole quarter-hours only. */
function civil(epochSeconds: number, timeZone: string): { readonly day: number; readonly minute: number } {
  const rest = epochSeconds % 900;
  const key = `${timeZone} ${epochSeconds - rest}`;
  let known = quarters.get(key);
  if (!known) {
    known = civilQuarter(epochSeconds - rest, timeZone);
    quarters.set(key, known);
  }
  return { day: known.day, minute: known.minute + Math.floor(rest / 60) };
}

function civilQuarter(
  epochSeconds: number,
  timeZone: string,
): { readonly day: number; readonly minute: number } {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(timeZone, format);
  }
  const part = new Map(format.formatToParts(epochSeconds * 1000).map(p => [p.type, Number(p.value)]));
  const get = (type: Intl.DateTimeFormatPartTypes): number => part.get(type) ?? 0;
  const day = Date.UTC(get('year'), get('month') - 1, get('day')) / (CIVIL_DAY * 1000);
  return { day, minute: get('hour') * 60 + get('minute') };
}

/** 0 = Monday; 1970-01-01 was a Thursday. */
function weekday(c: Case, day: number): number {
  return (((c.firstCivilDay + day + 3) % 7) + 7) % 7;
}

function dateOf(c: Case, day: number): string {
  return new Date((c.firstCivilDay + day) * CIVIL_DAY * 1000).toISOString().slice(0, 10);
}

const present = (c: Case): readonly Shift[] => c.shifts.filter(shift => !shift.past);
const workedDays = (c: Case): ReadonlySet<number> => new Set(c.shifts.map(shift => shift.day));
const weekCount = (c: Case): number => Math.ceil(c.days / 7);
const NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

function paidIn(c: Case, from: number, to: number): number {
  return c.shifts.filter(s => s.day >= from && s.day < to).reduce((sum, s) => sum + s.paid, 0);
}

function paidTimeOff(c: Case, week: number): number {
  return (c.agent.timeOff ?? [])
    .filter(off => {
      const day = civil(off.start, c.problem.grid.timeZone).day - c.firstCivilDay;
      return Math.floor(day / 7) === week;
    })
    .reduce((sum, off) => sum + (off.paidMinutes ?? 0), 0);
}

function everyWeek(c: Case, holds: (week: number, paid: number, share: number) => boolean): boolean {
  for (let week = 0; week < weekCount(c); week++) {
    const to = Math.min(c.days, week * 7 + 7);
    if (!holds(week, paidIn(c, week * 7, to) + paidTimeOff(c, week), (to - week * 7) / 7)) return false;
  }
  return true;
}

function everyPeriod(c: Case, holds: (paid: number, known: boolean, share: number) => boolean): boolean {
  const weeks = c.number('weeks');
  for (let last = 0; last < weekCount(c); last++) {
    const first = last - weeks + 1;
    const to = Math.min(c.days, last * 7 + 7);
    let paid = paidIn(c, first * 7, to);
    for (let week = Math.max(0, first); week <= last; week++) paid += paidTimeOff(c, week);
    const share = (to - first * 7) / (weeks * 7);
    if (!holds(paid, first >= 0 || c.shifts.some(s => s.past), share)) return false;
  }
  return true;
}

/** Runs of consecutive days worked, or of days off between two worked days. */
function runs(c: Case, worked: boolean): readonly { readonly from: number; readonly to: number }[] {
  const days = [...workedDays(c)].sort((a, b) => a - b);
  const found: { from: number; to: number }[] = [];
  for (const [i, day] of days.entries()) {
    const before = days[i - 1];
    if (!worked) {
      if (before !== undefined && day - before > 1) found.push({ from: before + 1, to: day });
    } else if (before !== undefined && day - before === 1) found[found.length - 1]!.to = day + 1;
    else found.push({ from: day, to: day + 1 });
  }
  return found;
}

function named(c: Case, day: number): boolean {
  const on = c.text('on').toLowerCase();
  return on === '' || on === dateOf(c, day) || on === NAMES[weekday(c, day)];
}

function pairs(c: Case, holds: (before: Shift, after: Shift) => boolean): boolean {
  return c.shifts.every((after, i) => i === 0 || after.past || holds(c.shifts[i - 1]!, after));
}

const CHECKS: Readonly<Record<string, (c: Case) => boolean>> = {
  minimumRest: c => pairs(c, (a, b) => b.start - a.end >= c.number('hours') * 3600),
  oneShiftPerDay: c =>
    present(c).every(s => present(c).filter(other => other.day === s.day).length <= c.number('shifts')),
  availability: c => present(c).every(s => isFree(c, s)),
  contractHours: c =>
    everyWeek(c, (_, paid, share) => {
      const { minHoursPerWeek, maxHoursPerWeek } = c.agent.contract;
      return paid <= maxHoursPerWeek * 60 && paid >= minHoursPerWeek * 60 * share;
    }),
  maximumDailyHours: c => present(c).every(s => dayPaid(c, s.day) <= c.number('hours') * 60),
  minimumDailyHours: c => present(c).every(s => dayPaid(c, s.day) >= c.number('hours') * 60),
  maximumWeeklyHours: c => everyWeek(c, (_, paid) => paid <= c.number('hours') * 60),
  minimumWeeklyHours: c => everyWeek(c, (_, paid, share) => paid >= c.number('hours') * 60 * share),
  maximumPeriodHours: c => everyPeriod(c, paid => paid <= c.number('hours') * 60),
  minimumPeriodHours: c =>
    everyPeriod(c, (paid, known, share) => !known || paid >= c.number('hours') * 60 * share),
  maximumConsecutiveDays: c => runs(c, true).every(r => r.to <= 0 || r.to - r.from <= c.number('days')),
  minimumConsecutiveDays: c =>
    runs(c, true).every(r => {
      const closed = r.to > 0 && r.to < c.days && (r.from > 0 || c.shifts[0]!.day < r.from);
      return !closed || r.to - r.from >= c.number('days');
    }),
  minimumConsecutiveDaysOff: c => runs(c, false).every(r => r.to <= 0 || r.to - r.from >= c.number('days')),
  maximumConsecutiveDaysOff: c => runs(c, false).every(r => r.to <= 0 || r.to - r.from <= c.number('days')),
  minimumDaysOffPerWeek: c =>
    everyWeek(c, week => {
      const worked = new Set(
        present(c)
          .filter(s => Math.floor(s.day / 7) === week)
          .map(s => s.day),
      );
      return 7 - worked.size >= c.number('days');
    }),
  maximumWeekends: c => {
    const weekends = new Set(
      c.shifts.filter(s => weekday(c, s.day) >= 5).map(s => s.day - (weekday(c, s.day) - 5)),
    );
    for (let day = -1; day < c.days; day++) {
      if (weekday(c, day) !== 5) continue;
      const inSpan = [...weekends].filter(
        saturday => saturday <= day && saturday > day - 7 * c.number('weeks'),
      );
      if (inSpan.length > c.number('weekends')) return false;
    }
    return true;
  },
  completeWeekends: c => {
    const worked = new Set(present(c).map(s => s.day));
    for (let day = 0; day + 1 < c.days; day++) {
      if (weekday(c, day) === 5 && worked.has(day) !== worked.has(day + 1)) return false;
    }
    return true;
  },
  forbiddenSuccession: c =>
    pairs(
      c,
      (a, b) =>
        b.day - a.day !== 1 ||
        !c.list('pairs').some(pair => {
          const [before, after] = pair.split('>');
          return before?.trim() === a.type && after?.trim() === b.type;
        }),
    ),
  weeklyRotation: c => {
    const order = c.list('sequence');
    const turning = c.shifts.filter(s => order.includes(s.type));
    const past = turning.filter(s => s.past);
    const anchor = past.at(-1) ?? turning[0];
    if (!anchor) return true;
    return turning
      .filter(s => !s.past)
      .every(s => {
        const weeks = Math.floor(s.day / 7) - Math.floor(anchor.day / 7);
        return order[(order.indexOf(anchor.type) + weeks) % order.length] === s.type;
      });
  },
  startTimeConsistency: c =>
    pairs(c, (a, b) => {
      const apart = Math.abs(a.minuteOfDay - b.minuteOfDay);
      return b.day - a.day !== 1 || Math.min(apart, 1440 - apart) <= c.number('minutes');
    }),
  maximumShiftsOfType: c =>
    everyWeek(
      c,
      week =>
        present(c).filter(s => s.type === c.text('type') && Math.floor(s.day / 7) === week).length <=
        c.number('shifts'),
    ),
  fixedAssignment: c => {
    for (let day = 0; day < c.days; day++) {
      const fits = (s: Shift): boolean =>
        s.day === day && (c.text('type') === '' || s.type === c.text('type'));
      if (named(c, day) && !present(c).some(fits)) return false;
    }
    return true;
  },
  forbiddenAssignment: c =>
    present(c).every(s => !named(c, s.day) || (c.text('type') !== '' && s.type !== c.text('type'))),
  holidaysInTurn: c => {
    const worked = new Set(present(c).map(s => s.day));
    const holidays = [...worked].filter(day => c.problem.holidays?.includes(dateOf(c, day))).length;
    const past = (agent: SchedulingAgent): number => agent.ledger?.holidays ?? 0;
    const least = Math.min(...c.problem.agents.map(past));
    return holidays === 0 || past(c.agent) + holidays <= least + c.number('lead');
  },
  breakLaw: c => present(c).every(s => breaksAreLegal(c, s.source)),
};

function dayPaid(c: Case, day: number): number {
  return present(c)
    .filter(s => s.day === day)
    .reduce((sum, s) => sum + s.paid, 0);
}

/** Five minutes at a time: slow, and therefore easy to believe. */
function isFree(c: Case, s: Shift): boolean {
  for (let at = s.start; at < s.end; at += 300) {
    if ((c.agent.timeOff ?? []).some(off => off.start <= at && at < off.end)) return false;
    if (!c.agent.availability) continue;
    const local = civil(at, c.problem.grid.timeZone);
    const day = weekday(c, local.day - c.firstCivilDay);
    const open = c.agent.availability.some(w => {
      const today = w.weekday === day && w.startMinute <= local.minute && local.minute < w.endMinute;
      const fromYesterday = (w.weekday + 1) % 7 === day && local.minute < w.endMinute - 1440;
      return today || (fromYesterday && w.startMinute - 1440 <= local.minute);
    });
    if (!open) return false;
  }
  return true;
}

function breaksAreLegal(c: Case, shift: Assignment): boolean {
  const rests = shift.activities.filter(a => ['break', 'lunch', 'gap'].includes(a.kind));
  const minutes = (from: number, to: number): number => (to - from) / 60;
  let since = shift.start;
  for (const rest of rests) {
    if (minutes(rest.start, rest.end) < c.number('minBreakMinutes')) continue;
    if (minutes(since, rest.start) > c.number('maxStretchMinutes')) return false;
    since = rest.end;
  }
  if (minutes(since, shift.end) > c.number('maxStretchMinutes')) return false;
  const taken = rests.reduce((sum, rest) => sum + minutes(rest.start, rest.end), 0);
  return minutes(shift.start, shift.end) <= c.number('overMinutes') || taken >= c.number('dueMinutes');
}

function coverIsBroken(problem: ScheduleProblem, schedule: Schedule, rule: RuleSetting): boolean {
  const { skill, level, agents, fromMinute, toMinute } = rule.parameters;
  const holders = new Set(
    problem.agents
      .filter(agent => !rule.agentIds || rule.agentIds.includes(agent.id))
      .filter(agent => agent.skills.some(s => s.skill === skill && (s.level ?? 0) >= Number(level)))
      .map(agent => agent.id),
  );
  const running = problem.agents.flatMap(agent => agent.recentShifts ?? []);
  const work = [...schedule.assignments, ...running]
    .filter(shift => holders.has(shift.agentId))
    .flatMap(shift => shift.activities.filter(a => a.kind === 'work'));
  const { grid } = problem;
  for (let at = firstJudged(problem); at < grid.start + grid.count * grid.stepSeconds; at += 300) {
    const minute = civil(at, grid.timeZone).minute;
    if (minute < Number(fromMinute) || minute >= Number(toMinute)) continue;
    if (work.filter(a => a.start <= at && at < a.end).length < Number(agents)) return true;
  }
  return false;
}

/** Without a known night before the horizon, cover is judged from the first start of any template on. */
function firstJudged({ grid, agents, templates }: ScheduleProblem): number {
  if (agents.some(agent => agent.recentShifts?.length)) return grid.start;
  const day = 86_400;
  const starts = templates.flatMap(template =>
    template.starts.flatMap(({ earliestMinute, latestMinute }) =>
      template.lengthsMinutes.map(length => ({ earliestMinute, latestMinute, length })),
    ),
  );
  const midnight = grid.start - civil(grid.start, grid.timeZone).minute * 60;
  const first = Math.min(...starts.map(s => midnight + s.earliestMinute * 60));
  const carried = Math.max(...starts.map(s => midnight - day + (s.latestMinute + s.length) * 60));
  return Math.max(grid.start, Math.min(first, carried));
}
