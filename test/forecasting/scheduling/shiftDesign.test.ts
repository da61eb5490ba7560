import { describe, expect, it } from 'vitest';
import { evaluateSchedule } from '../../../forecasting/scheduling/evaluate.ts';
import { generateSchedule } from '../../../forecasting/scheduling/generate.ts';
import { loadHighsSolver } from '../../../forecasting/scheduling/highsSolver.ts';
import type { ScheduleProblem, ShiftTemplate } from '../../../forecasting/scheduling/problem.ts';
import { designShifts } from '../../../forecasting/scheduling/shiftDesign.ts';
import { weekProblem } from '../../bench/weekProblem.ts';

describe('designShifts', async () => {
  const solver = await loadHighsSolver();

  it('covers a requirement made of whole shifts exactly, at no cost but wages', () => {
    const intervals = 48;
    // Two agents 00:00–08:00, three 06:00–14:00, half-hour lunch of the first group at 03:00, of the second at 10:00.
    const required = Array.from({ length: intervals }, (_, i) => {
      const hour = i / 2;
      const first = hour < 8 && hour !== 3 ? 2 : 0;
      const second = hour >= 6 && hour < 14 && hour !== 10 ? 3 : 0;
      return first + second;
    });
    const problem: ScheduleProblem = {
      grid: { start: 1_777_852_800, stepSeconds: 1800, timeZone: 'UTC', count: intervals },
      queues: [{ id: 'desk', required }],
      agents: Array.from({ length: 6 }, (_, a) => ({
        id: `a${a}`,
        name: `a${a}`,
        skills: [{ skill: 'desk' }],
        contract: { minHoursPerWeek: 0, targetHoursPerWeek: 40, maxHoursPerWeek: 40 },
        costPerHour: 10,
      })),
      templates: [
        {
          id: 'eight',
          name: 'eight',
          type: 'day',
          lengthsMinutes: [480],
          starts: [{ earliestMinute: 0, latestMinute: 840, stepMinutes: 60 }],
          breaks: [
            { kind: 'lunch', minutes: 30, paid: false, earliestOffsetMinutes: 120, latestOffsetMinutes: 300 },
          ],
        },
      ],
      rules: { rules: [] },
    };
    const design = designShifts(problem, solver);
    if (!design) throw new Error('no design');
    expect(design.shifts.map(s => [(s.start - problem.grid.start) / 3600, s.agents])).toEqual([
      [0, 2],
      [6, 3],
    ]);
    // Five shifts of 7.5 paid hours at 10.
    expect(design.objective).toBeCloseTo(375, 6);
    expect(design.bound).toBeLessThanOrEqual(design.objective + 1e-6);
    // A roster of these agents reaches the bound.
    const roster = generateSchedule(problem, { seed: 1, moveBudget: 30_000, solver });
    if (roster.kind !== 'schedule') throw new Error(roster.kind);
    expect(roster.score.cover + roster.score.labour).toBeGreaterThanOrEqual(design.bound - 1e-6);
    expect(roster.evaluation.coverage.underHours).toBe(0);
  });

  it('stays above its bound, and no roster of two-skilled agents is cheaper than it', () => {
    const fine = weekProblem({ agents: 10, seed: 3, rules: 'all' });
    const coarse = (template: ShiftTemplate): ShiftTemplate => ({
      ...template,
      starts: template.starts.map(window => ({ ...window, stepMinutes: 240 })),
    });
    const problem = { ...fine, templates: fine.templates.slice(0, 2).map(coarse), rules: { rules: [] } };
    const design = designShifts(problem, solver, { timeLimitSeconds: 60, relativeGap: 0.25 });
    if (!design) throw new Error('no design');
    expect(design.objective).toBeGreaterThanOrEqual(design.bound - 1e-6);
    const roster = generateSchedule(problem, { seed: 1, moveBudget: 60_000 });
    if (roster.kind !== 'schedule') throw new Error(roster.kind);
    expect(evaluateSchedule(problem, roster.schedule).score.total).toBeGreaterThanOrEqual(
      design.bound - 1e-6,
    );
  });
});
