import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadHighsSolver } from '../../../../forecasting/scheduling/linearSolver.ts';
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

describe('minimum shift design', () => {
  it('finds the one shift that meets the demand exactly, over the end of the horizon', async () => {
    const design = designMinimumShifts(SMALL, await loadHighsSolver(), {});
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

  it.skipIf(!present).each([
    [3, 600],
    [5, 480],
  ])('reaches the proven value of RandomExample%i', async (number, best) => {
    const text = readFileSync(join(folder, `RandomExample${number}.dzn`), 'utf8');
    const problem = readShiftDesign(text);
    const design = designMinimumShifts(problem, await loadHighsSolver(), {});
    expect(design?.objective).toBe(best);
    expect(design?.proven).toBe(true);
    expect(checkShiftDesign(text, writeShiftDesign(design?.shifts ?? [], problem.days))).toEqual({
      objective: best,
      violations: [],
    });
  });
});
