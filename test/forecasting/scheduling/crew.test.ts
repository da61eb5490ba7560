import { describe, expect, it } from 'vitest';
import { evaluateSchedule } from '../../../forecasting/scheduling/evaluate.ts';
import { generateSchedule, generateTogether } from '../../../forecasting/scheduling/generate.ts';
import { weekProblem } from '../../bench/weekProblem.ts';
import { crewOf } from './memberCrew.ts';

describe('generateTogether', () => {
  const problem = weekProblem({ agents: 20, seed: 5, rules: 'all' });
  const options = { seed: 2, moveBudget: 60_000 };

  it('gives the same bytes for the same seed, budget and crew, and a score that is its schedule’s', async () => {
    const first = await generateTogether(problem, options, crewOf(2));
    const second = await generateTogether(problem, options, crewOf(2));
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    if (first.kind !== 'schedule') throw new Error(first.kind);
    expect(first.score).toEqual(evaluateSchedule(problem, first.schedule).score);
    expect(first.moves).toBeGreaterThanOrEqual(options.moveBudget);
    expect(first.moves).toBeLessThan(options.moveBudget * 1.1);
  });

  it('takes over what a member finds: alone with the caller’s share of the moves it would be worse', async () => {
    const together = await generateTogether(problem, { ...options, moveBudget: 240_000 }, crewOf(5));
    const alone = generateSchedule(problem, { ...options, moveBudget: 40_000 });
    if (together.kind !== 'schedule' || alone.kind !== 'schedule') throw new Error('no schedule');
    expect(together.score.total).toBeLessThan(alone.score.total);
  });

  it('keeps frozen shifts and other dates in every thread', async () => {
    const made = generateSchedule(problem, options);
    if (made.kind !== 'schedule') throw new Error(made.kind);
    const frozen = new Set(made.schedule.assignments.slice(0, 30).map(shift => shift.id));
    const again = await generateTogether(
      problem,
      { ...options, start: made.schedule, freeze: shift => frozen.has(shift.id), dates: ['2026-05-06'] },
      crewOf(1),
    );
    if (again.kind !== 'schedule') throw new Error(again.kind);
    const after = new Map(again.schedule.assignments.map(shift => [shift.id, shift]));
    const day = (start: number) => new Date((start + 7200) * 1000).toISOString().slice(0, 10);
    for (const shift of made.schedule.assignments) {
      if (frozen.has(shift.id) || day(shift.start) !== '2026-05-06')
        expect(after.get(shift.id)).toEqual(shift);
    }
    expect(again.score.total).toBeLessThanOrEqual(made.score.total + 1e-6);
  });

  it('refuses a broken problem before anybody is called', async () => {
    const crew = crewOf(1);
    const broken = { ...problem, grid: { ...problem.grid, count: 0 } };
    expect((await generateTogether(broken, options, crew)).kind).toBe('invalid');
  });
});
