import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../forecasting/calendar/random.ts';
import { compileRoster } from '../../../../forecasting/scheduling/roster/compile.ts';
import { construct } from '../../../../forecasting/scheduling/roster/construct.ts';
import { scopeOf } from '../../../../forecasting/scheduling/roster/dive.ts';
import { startPrices } from '../../../../forecasting/scheduling/roster/priceStart.ts';
import { AgentPrograms } from '../../../../forecasting/scheduling/roster/searchState.ts';
import { keepsRules, smallRoster } from './smallRoster.ts';

const solver = {
  name: 'none',
  createModel: () => {
    throw new Error('prices to begin with need no linear programme');
  },
};

describe('prices before the first linear programme', () => {
  it('stay between the prices of a person too many and one too few, and rosters that answer them keep the rules', () => {
    let answered = 0;
    fc.assert(
      fc.property(smallRoster(14, 3), problem => {
        const roster = compileRoster(problem);
        const programs = new AgentPrograms(roster);
        const { state, infeasible } = construct(roster, programs, [0, 1, 2], 14);
        if (infeasible.length > 0) return;
        const tools = { roster, solver, programs, random: createRandom(1), secondsLeft: () => 1 };
        const start = startPrices(tools, state, scopeOf(state, [0, 1, 2], 0, 14), 1);
        if (!start) throw new Error('there was time');
        start.cover.forEach((price, cell) => {
          expect(price).toBeGreaterThanOrEqual(-(roster.overWeight[cell] ?? 0) - 1e-9);
          expect(price).toBeLessThanOrEqual((roster.underWeight[cell] ?? 0) + 1e-9);
        });
        expect(new Set(start.rows.map(each => each.agent)).size).toBe(3);
        for (const { agent, row } of start.rows) {
          const rules = problem.agents[agent];
          expect(rules && keepsRules(problem, rules, Array.from(row))).toBe(true);
          answered++;
        }
      }),
      { numRuns: 20 },
    );
    expect(answered).toBeGreaterThan(0);
  });
});
