import { describe, expect, it } from 'vitest';
import { evaluateSchedule } from '../../../forecasting/scheduling/evaluate.ts';
import type { ScheduleProblem } from '../../../forecasting/scheduling/problem.ts';
import { plainShift, workingTwice } from '../../../web/feature/schedule/changes.ts';
import { createEvaluator } from '../../../web/feature/schedule/evaluator.ts';

const HOUR = 3600;
const agent = (id: string, skill: string) => ({
  id,
  name: id,
  skills: [{ skill, level: 3 }],
  contract: { minHoursPerWeek: 0, targetHoursPerWeek: 40, maxHoursPerWeek: 40 },
  costPerHour: 25,
});
/** Two queues for a day: one needs nobody after noon, the other two people all day. */
const PROBLEM: ScheduleProblem = {
  grid: { start: 0, stepSeconds: HOUR, timeZone: 'UTC', count: 24 },
  queues: [
    { id: 'calls', required: Array.from({ length: 24 }, (_, hour) => (hour < 12 ? 1 : 0)) },
    { id: 'triage', required: Array.from({ length: 24 }, () => 2) },
  ],
  agents: [agent('ana', 'calls'), agent('ben', 'triage')],
  templates: [],
  rules: { rules: [] },
};
const SHIFTS = [plainShift('a', 'ana', 8 * HOUR, 16 * HOUR), plainShift('b', 'ben', 8 * HOUR, 16 * HOUR)];

describe('what the editor measures', () => {
  it('counts missing and spare hours queue by queue, as the engine does', () => {
    const evaluator = createEvaluator(PROBLEM, new Map(SHIFTS.map(shift => [shift.id, shift])));
    const all = evaluator.coverage(null);
    // Calls lack 8 of 12 hours and have 4 too many; triage lacks 48 − 8.
    expect([all.missingHours, all.spareHours]).toEqual([8 + 40, 4]);
    const { coverage } = evaluateSchedule(PROBLEM, { assignments: SHIFTS });
    expect([all.missingHours, all.spareHours]).toEqual([coverage.underHours, coverage.overHours]);
    expect(evaluator.coverage('calls').missingHours).toBe(8);
  });

  it('knows whom a change would have work twice at once', () => {
    const shifts = new Map(SHIFTS.map(shift => [shift.id, shift]));
    const put = (agentId: string, from: number) => [
      { before: null, after: plainShift('new', agentId, from * HOUR, (from + 4) * HOUR) },
    ];
    expect(workingTwice(shifts, put('ana', 14))).toBe('ana');
    expect(workingTwice(shifts, put('ana', 16))).toBeNull();
    const [mine, other] = SHIFTS;
    if (!mine || !other) throw new Error('two shifts');
    expect(workingTwice(shifts, [{ before: mine, after: { ...mine, agentId: 'ben' } }])).toBe('ben');
    expect(workingTwice(shifts, [{ before: mine, after: null }])).toBeNull();
  });
});
