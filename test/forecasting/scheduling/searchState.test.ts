import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../forecasting/calendar/random.ts';
import { Annealer } from '../../../forecasting/scheduling/anneal.ts';
import { evaluateSchedule } from '../../../forecasting/scheduling/evaluate.ts';
import type { ScheduleProblem } from '../../../forecasting/scheduling/problem.ts';
import { buildSearchModel } from '../../../forecasting/scheduling/searchModel.ts';
import { SearchState } from '../../../forecasting/scheduling/searchState.ts';
import { buildSite } from '../../../forecasting/scheduling/site.ts';
import { weekProblem } from '../../bench/weekProblem.ts';

function annealed(problem: ScheduleProblem, seed: string): { state: SearchState; annealer: Annealer } {
  const state = new SearchState(buildSearchModel(buildSite(problem)));
  return { state, annealer: new Annealer(state, createRandom(seed)) };
}

describe('the incremental score of the search', () => {
  it.each(['basic', 'all'] as const)(
    'equals a plain recomputation after 100,000 random moves (%s)',
    rules => {
      const problem = weekProblem({ agents: 15, seed: 2, rules });
      const { state, annealer } = annealed(problem, `moves ${rules}`);
      let total = state.total();
      // Hot enough that most legal moves are taken, then cold: both regimes are walked through.
      for (const temperature of [1e6, 50, 2, 0.1]) {
        total += annealer.run(25_000, temperature);
        const plain = evaluateSchedule(problem, state.toSchedule()).score;
        expect(Math.abs(state.total() - plain.total)).toBeLessThan(1e-6 * Math.max(1, plain.total));
        expect(Math.abs(total - plain.total)).toBeLessThan(1e-6 * Math.max(1, plain.total));
      }
      expect(annealer.accepted).toBeGreaterThan(10_000);
    },
  );

  it('returns to a snapshot exactly', () => {
    const problem = weekProblem({ agents: 10, seed: 3, rules: 'all' });
    const { state, annealer } = annealed(problem, 'snapshot');
    annealer.run(5000, 100);
    const saved = state.snapshot();
    const before = JSON.stringify(state.toSchedule());
    annealer.run(5000, 1e6);
    expect(JSON.stringify(state.toSchedule())).not.toBe(before);
    state.adopt(saved);
    expect(JSON.stringify(state.toSchedule())).toBe(before);
    expect(state.total()).toBeCloseTo(evaluateSchedule(problem, state.toSchedule()).score.total, 4);
  });
});
