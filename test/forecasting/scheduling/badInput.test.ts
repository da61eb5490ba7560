import { describe, expect, it } from 'vitest';
import { addDays, localDay } from '../../../forecasting/calendar/time.ts';
import { generateSchedule } from '../../../forecasting/scheduling/generate.ts';
import type {
  ScheduleProblem,
  SchedulingAgent,
  ShiftTemplate,
} from '../../../forecasting/scheduling/problem.ts';
import { validateProblem } from '../../../forecasting/scheduling/validateProblem.ts';
import { weekProblem } from '../../bench/weekProblem.ts';
import { brokenRules } from './independentChecker.ts';

const problem = weekProblem({ agents: 12, seed: 1, rules: 'basic' });
const quick = { seed: 1, moveBudget: 8000 };

function messages(of: ScheduleProblem): readonly string[] {
  return validateProblem(of).map(fault => `${fault.path}: ${fault.message}`);
}

describe('bad input gets a clear answer', () => {
  it('no agents: nothing is scheduled, everything is listed as uncovered', () => {
    const result = generateSchedule({ ...problem, agents: [] }, quick);
    if (result.kind !== 'schedule') throw new Error(result.kind);
    expect(result.schedule.assignments).toEqual([]);
    expect(result.warnings.map(fault => fault.message)).toContain(
      'there are no agents: everything stays uncovered',
    );
    expect(result.evaluation.coverage.underShare).toBe(1);
    const hours = result.uncovered.reduce((sum, stretch) => sum + stretch.missingHours, 0);
    expect(hours).toBeCloseTo(result.evaluation.coverage.requiredHours, 6);
    expect(result.uncovered[0]?.sentence).toContain('nobody has the skill');
  });

  it('no templates: says that no shift can be made', () => {
    const result = generateSchedule({ ...problem, templates: [], rules: { rules: [] } }, quick);
    if (result.kind !== 'schedule') throw new Error(result.kind);
    expect(result.warnings.map(fault => fault.message)).toContain(
      'there are no shift templates: no shift can be made',
    );
    expect(result.schedule.assignments).toEqual([]);
  });

  it('fewer hours than demand: the best found, the missing hours in a warning, the gaps with reasons', () => {
    const few = { ...problem, agents: problem.agents.slice(0, 4) };
    const result = generateSchedule(few, quick);
    if (result.kind !== 'schedule') throw new Error(result.kind);
    expect(result.warnings.some(fault => /fewer hours than demand/.test(fault.message))).toBe(true);
    expect(result.schedule.assignments).toHaveLength(20);
    expect(result.uncovered.length).toBeGreaterThan(0);
    expect(result.uncovered[0]?.sentence).toMatch(/with the skill are on shift/);
    expect(brokenRules(few, result.schedule)).toEqual([]);
  });

  it('overlapping time off: named, counted once, kept', () => {
    const day = localDay(addDays('2026-05-04', 2), 'Europe/Berlin');
    const timeOff = [
      { start: day.startEpochSeconds, end: day.endEpochSeconds },
      { start: day.startEpochSeconds + 3600, end: day.endEpochSeconds + 3600 },
    ];
    const away = {
      ...problem,
      agents: problem.agents.map((agent, i) => (i === 0 ? { ...agent, timeOff } : agent)),
    };
    expect(messages(away)).toContain(
      'agents[0].timeOff: Agent 1: two entries of time off overlap; they count as one absence',
    );
    const result = generateSchedule(away, quick);
    if (result.kind !== 'schedule') throw new Error(result.kind);
    const own = result.schedule.assignments.filter(shift => shift.agentId === 'a0001');
    expect(own.every(s => s.end <= day.startEpochSeconds || s.start >= day.endEpochSeconds + 3600)).toBe(
      true,
    );
  });

  it('a shift longer than the horizon: named, and the rest goes on', () => {
    const long: ShiftTemplate = { ...problem.templates[0]!, id: 'long', lengthsMinutes: [2000] };
    const short: ScheduleProblem = {
      ...problem,
      grid: { ...problem.grid, count: 96 },
      queues: problem.queues.map(queue => ({ ...queue, required: queue.required.slice(0, 96) })),
      templates: [...problem.templates, long],
      rules: { rules: [] },
    };
    expect(messages(short)).toContain('templates[4]: 2000 min is longer than the horizon of 1440 min');
    const result = generateSchedule(short, quick);
    if (result.kind !== 'schedule') throw new Error(result.kind);
    expect(result.schedule.assignments.length).toBeGreaterThan(0);
    expect(result.schedule.assignments.some(shift => shift.templateId === 'long')).toBe(false);
  });

  it('a requirement with gaps: closed is null and needs nobody, anything else that is no number is refused', () => {
    const required = problem.queues[0]!.required.map((n, i) => (i % 96 < 28 ? null : n));
    const gaps = { ...problem, queues: [{ ...problem.queues[0]!, required }] };
    const result = generateSchedule(gaps, quick);
    if (result.kind !== 'schedule') throw new Error(result.kind);
    const cover = result.evaluation.coverage.queues[0]!;
    expect(cover.difference[5]).toBeNull();
    expect(cover.required[5]).toBeNull();
    const broken = required.map((n, i) => (i === 40 ? Number.NaN : n));
    const refused = generateSchedule(
      { ...problem, queues: [{ ...problem.queues[0]!, required: broken }] },
      quick,
    );
    if (refused.kind !== 'invalid') throw new Error(refused.kind);
    expect(refused.faults[0]).toEqual({
      path: 'queues[0].required[40]',
      message: 'expected agents of 0 or more, or null where closed; found NaN',
      blocking: true,
    });
    const cut = { ...problem, queues: [{ ...problem.queues[0]!, required: required.slice(1) }] };
    expect(messages(cut)).toContain('queues[0].required: expected 672 intervals, found 671');
  });

  it('names impossible contracts, double ids, unknown rules, templates whose breaks cannot be placed', () => {
    const [first] = problem.agents;
    const contract = { minHoursPerWeek: 40, targetHoursPerWeek: 40, maxHoursPerWeek: 20 };
    expect(messages({ ...problem, agents: [{ ...first!, contract }] })).toContain(
      'agents[0].contract: Agent 1: the minimum is above the maximum (40 h to 20 h)',
    );
    expect(messages({ ...problem, agents: [first!, first!] })).toContain(
      'agents: two agents have the id "a0001"',
    );
    const rules = { rules: [{ id: 'x', kind: 'siesta', parameters: {}, enforcement: 'hard' as const }] };
    expect(messages({ ...problem, rules })[0]).toMatch(
      /^rules\[0\]\.kind: unknown rule "siesta"; known rules: /,
    );
    const breaks = [
      {
        kind: 'lunch' as const,
        minutes: 30,
        paid: false,
        earliestOffsetMinutes: 400,
        latestOffsetMinutes: 300,
      },
    ];
    expect(messages({ ...problem, templates: [{ ...problem.templates[0]!, breaks }] })).toContain(
      'templates[0].breaks: no position of the breaks of "Eight hours" keeps their windows, order and spacing and the break law',
    );
  });

  it('an unknown time zone, an empty grid or an odd step are refused, not guessed', () => {
    const faults = (grid: Partial<ScheduleProblem['grid']>) =>
      messages({ ...problem, grid: { ...problem.grid, ...grid } });
    expect(faults({ timeZone: 'Mars/Base' })).toEqual(['grid.timeZone: unknown time zone "Mars/Base"']);
    expect(faults({ count: 0 })[0]).toContain('at least one interval');
    expect(faults({ stepSeconds: 420 })[0]).toContain('5 to 60 minutes');
  });

  it('2,000 agents: a full schedule in bounded work', () => {
    const many = weekProblem({ agents: 2000, seed: 1, rules: 'basic' });
    const result = generateSchedule(many, { seed: 1, moveBudget: 100_000 });
    if (result.kind !== 'schedule') throw new Error(result.kind);
    expect(result.schedule.assignments).toHaveLength(10_000);
    expect(result.evaluation.findings.filter(finding => finding.hard)).toEqual([]);
    expect(result.evaluation.coverage.underShare).toBeLessThan(0.05);
  });
});

describe('the clock', () => {
  const agent = (id: string): SchedulingAgent => ({
    id,
    name: id,
    skills: [{ skill: 'triage' }],
    contract: { minHoursPerWeek: 0, targetHoursPerWeek: 40, maxHoursPerWeek: 48 },
    costPerHour: 20,
  });
  const template = (id: string, startMinute: number, minutes: number): ShiftTemplate => ({
    id,
    name: id,
    type: id,
    lengthsMinutes: [minutes],
    starts: [{ earliestMinute: startMinute, latestMinute: startMinute, stepMinutes: 15 }],
    breaks: [],
  });

  /** A week around the clock with one agent wanted at all times. */
  function weekOf(first: string, timeZone: string, templates: readonly ShiftTemplate[]): ScheduleProblem {
    const start = localDay(first, timeZone).startEpochSeconds;
    const end = localDay(addDays(first, 7), timeZone).startEpochSeconds;
    const count = (end - start) / 900;
    return {
      grid: { start, stepSeconds: 900, timeZone, count },
      queues: [{ id: 'triage', required: Array.from({ length: count }, () => 1) }],
      agents: ['a', 'b', 'c', 'd', 'e'].map(agent),
      templates,
      rules: {
        rules: [
          { id: 'rest', kind: 'minimumRest', parameters: { hours: 11 }, enforcement: 'hard' },
          { id: 'contract', kind: 'contractHours', parameters: {}, enforcement: 'hard' },
        ],
      },
    };
  }

  it.each([
    ['spring', '2026-03-23', 668],
    ['autumn', '2026-10-19', 676],
  ])(
    'a week with a clock change in %s keeps shift lengths, wall-clock starts and rest',
    (_, first, intervals) => {
      const zone = 'Europe/Berlin';
      const week = weekOf(first, zone, [
        template('early', 360, 480),
        template('late', 840, 480),
        template('night', 1320, 480),
      ]);
      expect(week.grid.count).toBe(intervals);
      const result = generateSchedule(week, { seed: 1, moveBudget: 60_000 });
      if (result.kind !== 'schedule') throw new Error(result.kind);
      expect(brokenRules(week, result.schedule)).toEqual([]);
      const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
      const starts = { early: '06:00', late: '14:00', night: '22:00' } as const;
      for (const shift of result.schedule.assignments) {
        expect(shift.end - shift.start).toBe(8 * 3600);
        const id = shift.templateId === 'early' || shift.templateId === 'late' ? shift.templateId : 'night';
        expect(clock.format(shift.start * 1000)).toBe(starts[id]);
      }
      // The night of the change is an hour longer or shorter than the shift: 05:00–06:00 stays open in autumn.
      const sunday = localDay(addDays(first, 6), zone);
      const before = result.evaluation.coverage.queues[0]!;
      const index = (sunday.startEpochSeconds - week.grid.start) / 900;
      const night = before.scheduled.slice(index, index + (first.includes('-10-') ? 24 : 16));
      expect(night.every(n => n >= 1)).toBe(true);
    },
  );

  it('starts a shift of the missing hour when the clock goes on, and of the doubled hour the first time', () => {
    const spring = weekOf('2026-03-29', 'Europe/Berlin', [template('odd', 150, 240)]);
    const made = generateSchedule({ ...spring, rules: { rules: [] } }, { seed: 1, moveBudget: 2000 });
    if (made.kind !== 'schedule') throw new Error(made.kind);
    const first = made.schedule.assignments.map(s => s.start).sort((a, b) => a - b)[0];
    // 29 March 2026, 02:30 does not exist in Berlin; the clock goes on at 01:00 UTC.
    expect(new Date((first ?? 0) * 1000).toISOString()).toBe('2026-03-29T01:00:00.000Z');
    const autumn = weekOf('2026-10-25', 'Europe/Berlin', [template('odd', 150, 240)]);
    const later = generateSchedule({ ...autumn, rules: { rules: [] } }, { seed: 1, moveBudget: 2000 });
    if (later.kind !== 'schedule') throw new Error(later.kind);
    const start = later.schedule.assignments.map(s => s.start).sort((a, b) => a - b)[0];
    // 25 October 2026, 02:30 happens at 00:30 and 01:30 UTC.
    expect(new Date((start ?? 0) * 1000).toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });
});
