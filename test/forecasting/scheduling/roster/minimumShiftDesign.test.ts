import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadHighsSolver } from '../../../../forecasting/scheduling/highsSolver.ts';
import type { LinearSolver } from '../../../../forecasting/scheduling/linearSolver.ts';
import {
  designMinimumShifts,
  designObjective,
} from '../../../../forecasting/scheduling/roster/minimumShiftDesign.ts';
import {
  checkShiftDesign,
  readShiftDesign,
  writeShiftDesign,
} from '../../../bench/schedule/shiftDesignFile.ts';

const folder = join(resolve(process.env.COVERLINE_SHARED ?? '../shared'), 'instances', 'shift-design');
const present = existsSync(folder);
if (!present)
  process.stderr.write(`skipped: shift design files not found at ${folder}; set COVERLINE_SHARED\n`);

/** Two days of six slots; the demand is met exactly by one shift of four slots that runs over the end of a day. */
const SMALL = {
  slotMinutes: 60,
  days: 2,
  demand: [2, 2, 0, 0, 2, 2, 2, 2, 0, 0, 2, 2],
  families: [{ firstStart: 2, lastStart: 5, minLength: 3, maxLength: 4 }],
  underWeight: 1,
  overWeight: 1,
  shiftWeight: 60,
};

let solver: LinearSolver;
beforeAll(async () => {
  solver = await loadHighsSolver();
});

describe('minimum shift design', () => {
  it('finds the one shift that meets the demand exactly, over the end of the horizon', () => {
    const design = designMinimumShifts(SMALL, solver, {});
    expect(design).toEqual({
      shifts: [{ start: 4, length: 4, peoplePerDay: [2, 2] }],
      objective: 60,
      bound: 60,
      proven: true,
    });
  });

  it('prices people short and too many by the minute', () => {
    expect(designObjective(SMALL, [])).toBe(16 * 60);
    expect(designObjective(SMALL, [{ start: 4, length: 3, peoplePerDay: [2, 3] }])).toBe(60 + 60 * (4 + 3));
  });

  it.each([
    ['too many duties', { min: 0, max: 1.9, averageMinutes: 480, weight: 1000 }],
    ['too few duties', { min: 2.4, max: 3, averageMinutes: 480, weight: 1000 }],
    ['duties dearer than cover', { min: 2.6, max: 3, averageMinutes: 480, weight: 100_000 }],
    ['duties within their limits', { min: 1.5, max: 2.5, averageMinutes: 480, weight: 1000 }],
  ])('weighs %s as trying every design does', (_, duties) => {
    const families = [{ firstStart: 4, lastStart: 4, minLength: 3, maxLength: 4 }];
    const problem = { ...SMALL, families, duties };
    let best = Number.POSITIVE_INFINITY;
    for (let code = 0; code < 4 ** 4; code++) {
      const people = [0, 1, 2, 3].map(digit => Math.floor(code / 4 ** digit) % 4);
      const shifts = [3, 4].map((length, s) => ({
        start: 4,
        length,
        peoplePerDay: people.slice(2 * s, 2 * s + 2),
      }));
      best = Math.min(
        best,
        designObjective(
          problem,
          shifts.filter(shift => shift.peoplePerDay.some(count => count > 0)),
        ),
      );
    }
    const design = designMinimumShifts(problem, solver, {});
    expect(design?.objective).toBeCloseTo(best, 6);
    expect(design?.bound).toBeLessThanOrEqual(best + 1e-6);
  });

  it.skipIf(!present).each([
    [3, 600],
    [5, 480],
  ])('reaches the proven value of RandomExample%i', (number, best) => {
    const text = readFileSync(join(folder, `RandomExample${number}.dzn`), 'utf8');
    const problem = readShiftDesign(text);
    const design = designMinimumShifts(problem, solver, {});
    expect(design?.objective).toBe(best);
    expect(design?.proven).toBe(true);
    expect(checkShiftDesign(text, writeShiftDesign(design?.shifts ?? [], problem.days))).toEqual({
      objective: best,
      violations: [],
    });
  });
});
