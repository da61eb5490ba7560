import { describe, expect, it } from 'vitest';
import { localDateOf } from '../../../forecasting/calendar/time.ts';
import { evaluateSchedule } from '../../../forecasting/scheduling/evaluate.ts';
import { explainAgentConflict, explainShift, rulePrices } from '../../../forecasting/scheduling/explain.ts';
import { generateSchedule } from '../../../forecasting/scheduling/generate.ts';
import { mostValuableShifts, overtimeOffers, timeOffOffers } from '../../../forecasting/scheduling/offers.ts';
import type { ScheduleProblem } from '../../../forecasting/scheduling/problem.ts';
import type { RuleSetting } from '../../../forecasting/scheduling/ruleSet.ts';
import { weekProblem } from '../../bench/weekProblem.ts';

const problem = weekProblem({ agents: 24, seed: 9, rules: 'basic' });
const made = generateSchedule(problem, { seed: 1, moveBudget: 120_000 });
if (made.kind !== 'schedule') throw new Error(made.kind);
const { schedule } = made;

const rule = (id: string, kind: string, parameters: RuleSetting['parameters'] = {}): RuleSetting => ({
  id,
  kind,
  parameters,
  enforcement: 'hard',
});

/** Twenty rules; forty hours cannot be had with three days off. */
const TWENTY: readonly RuleSetting[] = [
  rule('rest', 'minimumRest', { hours: 11 }),
  rule('one', 'oneShiftPerDay', { shifts: 1 }),
  rule('free', 'availability'),
  rule('daily', 'maximumDailyHours', { hours: 10 }),
  rule('dailyLeast', 'minimumDailyHours', { hours: 3 }),
  rule('weekly', 'maximumWeeklyHours', { hours: 60 }),
  rule('fortyHours', 'minimumWeeklyHours', { hours: 40 }),
  rule('period', 'maximumPeriodHours', { hours: 240, weeks: 4 }),
  rule('run', 'maximumConsecutiveDays', { days: 6 }),
  rule('runOff', 'maximumConsecutiveDaysOff', { days: 6 }),
  rule('threeOff', 'minimumDaysOffPerWeek', { days: 3 }),
  rule('weekends', 'maximumWeekends', { weekends: 4, weeks: 4 }),
  rule('succession', 'forbiddenSuccession', { pairs: ['night>day'] }),
  rule('starts', 'startTimeConsistency', { minutes: 700 }),
  rule('nights', 'maximumShiftsOfType', { type: 'night', shifts: 7 }),
  rule('days', 'maximumShiftsOfType', { type: 'day', shifts: 7 }),
  rule('holidays', 'holidaysInTurn', { lead: 3 }),
  rule('noNight', 'forbiddenAssignment', { on: '', type: 'night' }),
  rule('breaks', 'breakLaw', {
    maxStretchMinutes: 400,
    minBreakMinutes: 15,
    overMinutes: 480,
    dueMinutes: 30,
  }),
  rule('shortDays', 'maximumDailyHours', { hours: 7 }),
];

describe('contradictions', () => {
  const first = problem.agents[0]!;

  it('names two rules where two suffice', () => {
    // Without `shortDays` eight hours are possible; four days of eight hours are 32 h of the 40 h due.
    const agent = { ...first, templateIds: ['full', 'six', 'four'], preferences: [] };
    const rules = TWENTY.filter(r => r.id !== 'shortDays');
    const pair = explainAgentConflict({ ...problem, agents: [agent], rules: { rules } }, agent.id);
    expect([...(pair?.ruleIds ?? [])].sort()).toEqual(['fortyHours', 'threeOff']);
  });

  it('answers with the three contradicting rules when a week is generated', () => {
    // Four shifts of ten hours would give 40 h, but no day may exceed 9 h; five of eight would, but for the days off.
    const ten = {
      ...problem.templates[0]!,
      id: 'ten',
      name: 'Ten hours',
      lengthsMinutes: [630],
      breaks: [...problem.templates[0]!.breaks],
    };
    const agent = { ...first, templateIds: ['ten', 'full'], preferences: [] };
    const rules = [
      ...TWENTY.filter(r => r.id !== 'shortDays' && r.id !== 'daily'),
      rule('daily', 'maximumDailyHours', { hours: 12 }),
      rule('nineADay', 'maximumDailyHours', { hours: 9 }),
    ];
    expect(rules).toHaveLength(20);
    const contradictory: ScheduleProblem = {
      ...problem,
      agents: [agent],
      templates: [...problem.templates, ten],
      rules: { rules },
    };
    const result = generateSchedule(contradictory, { seed: 1, moveBudget: 4000 });
    if (result.kind !== 'infeasible') throw new Error(result.kind);
    expect(result.conflicts).toHaveLength(1);
    expect([...result.conflicts[0]!.ruleIds].sort()).toEqual(['fortyHours', 'nineADay', 'threeOff']);
    expect(result.conflicts[0]!.sentence).toContain('these 3 rules together');
    // Each of the three can be the one that gives way.
    for (const spared of result.conflicts[0]!.ruleIds) {
      const eased = { ...contradictory, rules: { rules: rules.filter(r => r.id !== spared) } };
      expect(explainAgentConflict(eased, agent.id), spared).toBeNull();
    }
  });

  it('says which licence is short', () => {
    const cover = rule('nurses', 'minimumCover', {
      skill: 'nurse',
      level: 0,
      agents: 2,
      fromMinute: 600,
      toMinute: 660,
    });
    const short: ScheduleProblem = {
      ...problem,
      agents: problem.agents.map((agent, i) =>
        i === 0 ? { ...agent, skills: [...agent.skills, { skill: 'nurse' }] } : agent,
      ),
      rules: { rules: [...problem.rules.rules, cover] },
    };
    const result = generateSchedule(short, { seed: 1, moveBudget: 4000 });
    if (result.kind !== 'infeasible') throw new Error(result.kind);
    expect(result.conflicts.map(conflict => conflict.ruleIds)).toEqual([['nurses']]);
    expect(result.conflicts[0]!.sentence).toContain('2 with nurse are due, only 1 hold it');
  });
});

describe('rulePrices', () => {
  it('agrees with solving without the rule, is zero for a rule that does not bind, and never negative', () => {
    const budget = { seed: 4, moveBudget: 60_000 };
    const idle = rule('idle', 'maximumWeeklyHours', { hours: 168 });
    const priced: ScheduleProblem = { ...problem, rules: { rules: [...problem.rules.rules, idle] } };
    const prices = rulePrices(priced, schedule, budget, ['contractHours', 'idle']);
    expect(prices.map(price => price.ruleId)).toEqual(['contractHours', 'idle']);
    const [hours, none] = prices;
    expect(none?.price).toBe(0);
    expect(hours?.price).toBeGreaterThan(0);
    const without = { ...priced, rules: { rules: priced.rules.rules.filter(r => r.id !== 'contractHours') } };
    const alone = generateSchedule(without, { ...budget, start: improvedStart(priced) });
    if (alone.kind !== 'schedule') throw new Error(alone.kind);
    expect(hours?.withoutRule).toBeCloseTo(alone.score.total, 6);
    expect(hours?.price).toBeCloseTo((hours?.withRule ?? 0) - alone.score.total, 6);
    for (const price of prices) expect(price.price).toBeGreaterThanOrEqual(0);

    function improvedStart(of: ScheduleProblem) {
      const best = generateSchedule(of, { ...budget, start: schedule });
      if (best.kind !== 'schedule') throw new Error(best.kind);
      return best.schedule;
    }
  });
});

describe('explainShift', () => {
  it('gives the value of the shift and alternatives whose cost is what happens when they are taken', () => {
    const shift = schedule.assignments[7]!;
    const found = explainShift(problem, schedule, shift.id);
    const without = { assignments: schedule.assignments.filter(s => s.id !== shift.id) };
    const before = evaluateSchedule(problem, schedule).score;
    expect(found?.coverValue).toBeCloseTo(evaluateSchedule(problem, without).score.cover - before.cover, 6);
    expect(found?.sentence).toContain('saves');
    expect(found?.instead?.agentId).toBe(shift.agentId);
    expect(explainShift(problem, schedule, 'nobody')).toBeNull();
  });
});

describe('offers', () => {
  const scaled = (factor: number): ScheduleProblem => ({
    ...problem,
    queues: problem.queues.map(queue => ({
      ...queue,
      required: queue.required.map(n => (n === null ? null : Math.round(n * factor))),
    })),
  });
  const short = scaled(1.3);

  it('ranks extra shifts by what they save, and says from which to which share they lift the day', () => {
    const extra = mostValuableShifts(short, schedule, { limit: 4 });
    expect(extra.length).toBeGreaterThan(0);
    expect(extra.map(e => e.value)).toEqual([...extra.map(e => e.value)].sort((a, b) => b - a));
    for (const e of extra) {
      expect(e.after).toBeGreaterThanOrEqual(e.before);
      expect(e.sentence).toMatch(/one more for .* lifts \d+\.\d → \d+\.\d %/);
    }
    // The promised saving is what an extra agent with that shift saves.
    const best = extra[0]!;
    const guest = { ...problem.agents[0]!, id: 'guest', templateIds: [best.templateId], preferences: [] };
    const others = short.agents.map(agent => ({ ...agent, templateIds: [] }));
    const alone: ScheduleProblem = { ...short, agents: [...others, guest], rules: { rules: [] } };
    const withGuest = generateSchedule(alone, {
      seed: 1,
      moveBudget: 20_000,
      start: schedule,
      freeze: () => true,
      dates: [localDateOf(best.start, problem.grid.timeZone)],
      mix: { break: 0, shift: 0.5, day: 0, hours: 0.5, swap: 0 },
    });
    if (withGuest.kind !== 'schedule') throw new Error(withGuest.kind);
    const found = withGuest.schedule.assignments.filter(shift => shift.agentId === 'guest');
    expect(found).toHaveLength(1);
    const saved = evaluateSchedule(alone, schedule).score.cover - withGuest.score.cover;
    expect(saved).toBeCloseTo(best.value, 6);
  });

  it('offers overtime and time off whose value is the change of the objective', () => {
    const slack = scaled(0.7);
    const overtime = overtimeOffers(short, schedule, 3);
    const timeOff = timeOffOffers(slack, schedule, 3);
    for (const [of, offers] of [
      [short, overtime],
      [slack, timeOff],
    ] as const) {
      const free = { ...of, rules: { rules: of.rules.rules.filter(r => r.kind !== 'contractHours') } };
      const before = evaluateSchedule(free, schedule).score.total;
      expect(offers).toHaveLength(3);
      for (const offer of offers) {
        const others = schedule.assignments.filter(s => s.id !== offer.before?.id);
        const after = evaluateSchedule(free, {
          assignments: offer.shift ? [...others, offer.shift] : others,
        });
        expect(before - after.score.total).toBeCloseTo(offer.value, 6);
        expect(offer.value).toBeGreaterThan(0);
        expect(after.findings.filter(finding => finding.hard)).toEqual([]);
      }
    }
    expect(overtime.every(offer => offer.minutesMore > 0)).toBe(true);
    expect(timeOff.every(offer => offer.minutesMore < 0)).toBe(true);
  });
});
