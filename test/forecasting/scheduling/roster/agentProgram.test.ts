import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../forecasting/calendar/random.ts';
import { AgentProgram } from '../../../../forecasting/scheduling/roster/agentProgram.ts';
import { compileRoster } from '../../../../forecasting/scheduling/roster/compile.ts';
import { ProgramWorkspace } from '../../../../forecasting/scheduling/roster/programWorkspace.ts';
import { keepsRules, smallRoster } from './smallRoster.ts';

const DAYS = 6;

function everyRow(): number[][] {
  let rows: number[][] = [[]];
  for (let day = 0; day < DAYS; day++) rows = rows.flatMap(row => [-1, 0, 1, 2].map(type => [...row, type]));
  return rows;
}

describe('the programme of one agent', () => {
  const rows = everyRow();

  it.each([
    ['every', Number.POSITIVE_INFINITY],
    ['only promising', 0],
  ])('finds the cheapest roster that keeps the rules, with %s partial roster kept', (_, boundedFrom) => {
    fc.assert(
      fc.property(
        smallRoster(DAYS, 1),
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 18, maxLength: 18 }),
        (problem, prices) => {
          const roster = compileRoster(problem);
          const [agent] = roster.agents;
          const [rules] = problem.agents;
          if (!agent || !rules) throw new Error('one agent expected');
          const cost = agent.workCost.map((own, cell) => own + (prices[cell] ?? 0));
          const priceOf = (row: ArrayLike<number>): number =>
            Array.from(row).reduce((sum, t, day) => sum + (t < 0 ? 0 : (cost[day * 3 + t] ?? 0)), 0);
          let best = Number.POSITIVE_INFINITY;
          for (const row of rows) if (keepsRules(problem, rules, row)) best = Math.min(best, priceOf(row));
          const out = new Int8Array(DAYS).fill(-1);
          const program = new AgentProgram(roster, agent, new ProgramWorkspace(boundedFrom));
          const value = program.solve({ from: 0, to: DAYS, row: out.slice() }, cost, agent.offCost, out);
          expect(value).toBe(best);
          if (best === Number.POSITIVE_INFINITY) return;
          expect(program.bound).toBe(best);
          expect(priceOf(out)).toBe(best);
          expect(keepsRules(problem, rules, Array.from(out))).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('drops partial rosters without changing the answer, over months and with many limits', () => {
    fc.assert(
      fc.property(smallRoster(42, 1), fc.integer({ min: 1, max: 1_000_000 }), (problem, seed) => {
        const roster = compileRoster(problem);
        const [agent] = roster.agents;
        if (!agent) throw new Error('one agent expected');
        const random = createRandom(seed);
        const all = new AgentProgram(roster, agent, new ProgramWorkspace(Number.POSITIVE_INFINITY));
        const bounded = new AgentProgram(roster, agent, new ProgramWorkspace(0));
        const row = new Int8Array(42).fill(-1);
        for (let round = 0; round < 3; round++) {
          const cost = agent.workCost.map(own => own + 100 * random.uniform() - 80);
          const whole = { from: 0, to: 42, row };
          const value = all.solve(whole, cost, agent.offCost, row.slice());
          const other = bounded.solve(whole, cost, agent.offCost, row.slice());
          if (value === Number.POSITIVE_INFINITY) expect(other).toBe(value);
          else expect(other).toBeCloseTo(value, 6);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('plans a window anew so that the whole still keeps the rules and is no dearer', () => {
    fc.assert(
      fc.property(
        smallRoster(14, 1),
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 42, maxLength: 42 }),
        (drawn, prices) => {
          const problem = { ...drawn, firstWeekday: 0 };
          const roster = compileRoster(problem);
          const [agent] = roster.agents;
          const [rules] = problem.agents;
          if (!agent || !rules) throw new Error('one agent expected');
          const program = new AgentProgram(roster, agent, new ProgramWorkspace());
          const start = new Int8Array(14).fill(-1);
          if (
            program.solve({ from: 0, to: 14, row: start.slice() }, agent.workCost, agent.offCost, start) ===
            Infinity
          )
            return;
          const cost = agent.workCost.map((own, cell) => own + (prices[cell] ?? 0));
          const priceOf = (row: Int8Array): number =>
            row.reduce((sum, t, day) => sum + (t < 0 ? 0 : (cost[day * 3 + t] ?? 0)), 0);
          for (const [from, to] of [
            [0, 7],
            [7, 14],
          ] as const) {
            const row = start.slice();
            program.solve({ from, to, row: start.slice() }, cost, agent.offCost, row);
            expect(keepsRules(problem, rules, Array.from(row))).toBe(true);
            expect(priceOf(row)).toBeLessThanOrEqual(priceOf(start));
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
