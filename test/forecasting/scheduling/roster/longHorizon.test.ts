import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../../forecasting/calendar/random.ts';
import { loadHighsSolver } from '../../../../forecasting/scheduling/highsSolver.ts';
import type { LinearSolver } from '../../../../forecasting/scheduling/linearSolver.ts';
import { compileRoster } from '../../../../forecasting/scheduling/roster/compile.ts';
import { construct } from '../../../../forecasting/scheduling/roster/construct.ts';
import { dive, scopeOf } from '../../../../forecasting/scheduling/roster/dive.ts';
import { rosterCost } from '../../../../forecasting/scheduling/roster/evaluate.ts';
import type { RosterProblem } from '../../../../forecasting/scheduling/roster/problem.ts';
import { searchByResponse } from '../../../../forecasting/scheduling/roster/responseSearch.ts';
import type { SearchState } from '../../../../forecasting/scheduling/roster/searchState.ts';
import { AgentPrograms } from '../../../../forecasting/scheduling/roster/searchState.ts';
import { keepsRules } from './smallRoster.ts';

const WEEKS = 10;
const DAYS = WEEKS * 7;

/** Five people over ten weeks whose contract minutes leave a shift or two of room. */
function longProblem(seed: number): RosterProblem {
  const random = createRandom(seed);
  const agents = Array.from({ length: 5 }, (_, i) => ({
    id: `agent ${i}`,
    maxShifts: { N: 4 + random.integer(6) },
    minTotalMinutes: (WEEKS * 4 + 2) * 480,
    maxTotalMinutes: (WEEKS * 4 + 5) * 480,
    minConsecutiveShifts: 2,
    maxConsecutiveShifts: 5,
    minConsecutiveDaysOff: 2,
    maxWeekends: WEEKS / 2,
    daysOff: Array.from({ length: 4 }, () => random.integer(DAYS)),
  }));
  const types = ['E', 'L', 'N'];
  return {
    days: DAYS,
    firstWeekday: 0,
    shiftTypes: [
      { id: 'E', minutes: 480, cannotBeFollowedBy: [] },
      { id: 'L', minutes: 480, cannotBeFollowedBy: ['E'] },
      { id: 'N', minutes: 600, cannotBeFollowedBy: ['E', 'L'] },
    ],
    agents,
    requests: Array.from({ length: 60 }, () => ({
      agent: `agent ${random.integer(5)}`,
      day: random.integer(DAYS),
      shiftType: types[random.integer(3)] ?? 'E',
      weight: 1 + random.integer(3),
      wanted: random.uniform() < 0.5,
    })),
    cover: Array.from({ length: DAYS * 3 }, (_, cell) => ({
      day: Math.floor(cell / 3),
      shiftType: types[cell % 3] ?? 'E',
      required: cell % 3 === 2 ? 0 : 1,
      underWeight: 100,
      overWeight: 1,
    })),
  };
}

function expectSound(problem: RosterProblem, state: SearchState): void {
  problem.agents.forEach((agent, i) => {
    expect(keepsRules(problem, agent, Array.from(state.rows[i] ?? []))).toBe(true);
  });
  expect(state.cost).toBeCloseTo(rosterCost(state.roster, state.rows), 6);
}

let solver: LinearSolver;
beforeAll(async () => {
  solver = await loadHighsSolver();
});

describe('a horizon planned some weeks at a time', () => {
  it.each([1, 2])(
    'keeps every rule and its own count of the cost through construction, search and dives (%i)',
    seed => {
      const problem = longProblem(seed);
      const roster = compileRoster(problem);
      const programs = new AgentPrograms(roster);
      const { state, infeasible } = construct(roster, programs, [0, 1, 2, 3, 4], 21);
      expect(infeasible).toEqual([]);
      expectSound(problem, state);
      const constructed = state.cost;
      let asked = 0;
      const tools = {
        roster,
        solver,
        programs,
        random: createRandom(seed),
        secondsLeft: () => 1 - asked++ / 1000,
      };
      searchByResponse(tools, state, {
        windowDays: 21,
        firstNoise: 20,
        lastNoise: 2,
        seconds: 0.3,
        onImproved: () => undefined,
      });
      expectSound(problem, state);
      expect(state.cost).toBeLessThanOrEqual(constructed);
      for (const from of [0, 21, 42]) {
        const found = dive(tools, state, scopeOf(state, [0, 2, 4], from, from + 28), {
          cutoff: Number.POSITIVE_INFINITY,
          rootRounds: 30,
          rootShare: 1,
          rootTolerance: 0,
          diveRounds: 10,
          tolerance: 0.001,
          fixShare: 0.3,
          weightNoise: 0,
          seeds: [],
        });
        for (const { agent, row } of found?.rows ?? []) state.replace(agent, row);
        expect(found).not.toBeNull();
        expectSound(problem, state);
      }
    },
  );
});
