import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../../forecasting/calendar/random.ts';
import { loadHighsSolver } from '../../../../forecasting/scheduling/highsSolver.ts';
import type { LinearSolver } from '../../../../forecasting/scheduling/linearSolver.ts';
import { compileRoster } from '../../../../forecasting/scheduling/roster/compile.ts';
import { rosterCost } from '../../../../forecasting/scheduling/roster/evaluate.ts';
import type { RosterProblem } from '../../../../forecasting/scheduling/roster/problem.ts';
import type { RosterSolution } from '../../../../forecasting/scheduling/roster/solveRoster.ts';
import { solveRoster } from '../../../../forecasting/scheduling/roster/solveRoster.ts';
import { keepsRules, smallRoster } from './smallRoster.ts';

const DAYS = 4;

let solver: LinearSolver;
beforeAll(async () => {
  solver = await loadHighsSolver();
});

/** A clock that counts how often it is asked: a limit by work, the same on every machine. */
function solveByWork(problem: RosterProblem, seed: number, asks: number): RosterSolution {
  let asked = 0;
  return solveRoster(problem, {
    solver,
    random: createRandom(seed),
    elapsedSeconds: () => asked++ / 1000,
    timeLimitSeconds: asks / 1000,
  });
}

/** Least cost over every combination of rule-keeping rows; Infinity when an agent has none. */
function enumerate(problem: RosterProblem): number {
  let rows: number[][] = [[]];
  for (let day = 0; day < problem.days; day++)
    rows = rows.flatMap(row => [-1, 0, 1, 2].map(type => [...row, type]));
  const roster = compileRoster(problem);
  const perAgent = problem.agents.map(agent => rows.filter(row => keepsRules(problem, agent, row)));
  let best = Number.POSITIVE_INFINITY;
  for (const first of perAgent[0] ?? [])
    for (const second of perAgent[1] ?? [])
      best = Math.min(best, rosterCost(roster, [Int8Array.from(first), Int8Array.from(second)]));
  return best;
}

describe('solveRoster', () => {
  it('keeps every rule, never claims a bound above the optimum, and is optimal when it says so', () => {
    let proven = 0;
    fc.assert(
      fc.property(smallRoster(DAYS, 2), problem => {
        const best = enumerate(problem);
        const solution = solveByWork(problem, 1, 600);
        if (best === Number.POSITIVE_INFINITY) {
          expect(solution.kind).toBe('infeasible');
          return;
        }
        if (solution.kind !== 'roster') throw new Error('a roster exists');
        problem.agents.forEach((agent, i) => {
          expect(keepsRules(problem, agent, Array.from(solution.assignment[i] ?? []))).toBe(true);
        });
        expect(rosterCost(compileRoster(problem), solution.assignment)).toBeCloseTo(solution.cost, 6);
        expect(solution.bound).toBeLessThanOrEqual(best + 1e-6);
        expect(solution.cost).toBeGreaterThanOrEqual(best - 1e-6);
        if (!solution.proven) return;
        proven++;
        expect(solution.cost).toBeCloseTo(best, 6);
      }),
      { numRuns: 40 },
    );
    expect(proven).toBeGreaterThan(0);
  });

  it('gives the same bytes for the same seed and work', () => {
    const [problem] = fc.sample(smallRoster(14, 3), { seed: 7, numRuns: 1 });
    if (!problem) throw new Error('no sample');
    expect(solveByWork(problem, 5, 1500)).toEqual(solveByWork(problem, 5, 1500));
  });

  it('keeps locked days and names agents for whom no roster exists', () => {
    const agent = {
      id: 'Ada',
      maxShifts: {},
      minTotalMinutes: 960,
      maxTotalMinutes: 1440,
      minConsecutiveShifts: 1,
      maxConsecutiveShifts: 3,
      minConsecutiveDaysOff: 1,
      maxWeekends: 1,
      daysOff: [],
    };
    const problem: RosterProblem = {
      days: 7,
      firstWeekday: 0,
      shiftTypes: [{ id: 'E', minutes: 480, cannotBeFollowedBy: [] }],
      agents: [
        {
          ...agent,
          locked: [
            { day: 6, shiftType: 'E' },
            { day: 0, shiftType: null },
          ],
        },
      ],
      requests: [],
      cover: [{ day: 0, shiftType: 'E', required: 1, underWeight: 100, overWeight: 1 }],
    };
    const solution = solveByWork(problem, 1, 400);
    if (solution.kind !== 'roster') throw new Error('a roster exists');
    expect(solution.assignment[0]?.[6]).toBe(0);
    expect(solution.assignment[0]?.[0]).toBe(-1);
    const tired = { ...agent, id: 'Bo', daysOff: [0, 1, 2, 3, 4, 5] };
    expect(solveByWork({ ...problem, agents: [tired] }, 1, 400)).toEqual({
      kind: 'infeasible',
      agents: ['Bo'],
    });
  });

  it('refuses a problem that contradicts itself, naming the field', () => {
    const problem: RosterProblem = {
      days: 7,
      firstWeekday: 0,
      shiftTypes: [{ id: 'E', minutes: 480, cannotBeFollowedBy: ['X'] }],
      agents: [],
      requests: [],
      cover: [],
    };
    expect(() => compileRoster(problem)).toThrow(/shiftTypes E: unknown type X/);
  });
});
