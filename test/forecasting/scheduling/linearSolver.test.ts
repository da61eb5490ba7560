import { describe, expect, it } from 'vitest';
import { loadHighsSolver } from '../../../forecasting/scheduling/highsSolver.ts';
import { solveOnce } from '../../../forecasting/scheduling/linearSolver.ts';

// 30 chairs + 50 tables profit; 40 h of carpentry, 50 h of finishing. Optimum 20 chairs, 10 tables, profit 1100
// (worked by hand: the two rows intersect there and both duals are positive).
const workshop = {
  cost: [-30, -50],
  lower: [0, 0],
  upper: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  rowLower: [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
  rowUpper: [40, 50],
  rowStarts: [0, 2, 4],
  columnIndices: [0, 1, 0, 1],
  values: [1, 2, 2, 1],
};

describe('highs as a linear solver', async () => {
  const solver = await loadHighsSolver();

  it('solves a linear programme with duals and a bound', () => {
    const result = solveOnce(solver, workshop);
    expect(result.status).toBe('optimal');
    expect(result.objective).toBeCloseTo(-1100, 9);
    expect(result.bound).toBeCloseTo(-1100, 9);
    expect([...(result.values ?? [])]).toEqual([20, 10]);
    // 30 = y1 + 2 y2 and 50 = 2 y1 + y2 give y = (70/3, 10/3).
    expect(result.duals?.[0]).toBeCloseTo(-70 / 3, 9);
    expect(result.duals?.[1]).toBeCloseTo(-10 / 3, 9);
  });

  it('solves whole numbers, reports incumbents and a bound, and relaxes on request', () => {
    const odd = { ...workshop, rowUpper: [41, 50], integer: [1, 1] };
    const seen: number[] = [];
    const model = solver.createModel(odd);
    const whole = model.solve({ relativeGap: 0, onIncumbent: found => seen.push(found.objective) });
    const relaxed = model.solve({ relaxed: true });
    model.dispose();
    expect(whole.status).toBe('optimal');
    expect(whole.duals).toBeNull();
    // Enumerated by hand: (19, 11) gives 1120; nothing whole gives more within 41 and 50 hours.
    expect(whole.objective).toBeCloseTo(-1120, 9);
    expect(whole.bound).toBeCloseTo(-1120, 6);
    expect(relaxed.objective).toBeCloseTo(-1100 - 70 / 3, 6);
    expect(relaxed.duals).not.toBeNull();
  });

  it('keeps the model between solves: added column, added row, changed bounds', () => {
    const model = solver.createModel(workshop);
    model.solve();
    expect(
      model.addColumn({
        cost: -100,
        lower: 0,
        upper: 1,
        integer: true,
        rowIndices: [0, 1],
        values: [1, 1],
      }),
    ).toBe(2);
    // One unit of the new column costs 70/3 + 10/3 of the two rows and earns 100.
    expect(model.solve({ relaxed: true, algorithm: 'primal' }).objective).toBeCloseTo(
      -1100 - 100 + 80 / 3,
      6,
    );
    expect(model.addRow({ lower: Number.NEGATIVE_INFINITY, upper: 0, columnIndices: [2], values: [1] })).toBe(
      2,
    );
    expect(model.solve({ relaxed: true, algorithm: 'dual' }).objective).toBeCloseTo(-1100, 6);
    model.setColumnBounds(1, 11, 11);
    model.setColumnBounds(0, 19, Number.POSITIVE_INFINITY);
    expect(model.solve().status).toBe('infeasible');
    model.dispose();
  });

  it('names unbounded models and stops when asked', () => {
    const unbounded = { ...workshop, rowUpper: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] };
    expect(solveOnce(solver, unbounded).status).toBe('unbounded');
    const size = 30;
    const hard = {
      cost: Array.from({ length: size }, (_, i) => -(1000 + ((i * 7919) % 997))),
      lower: Array.from({ length: size }, () => 0),
      upper: Array.from({ length: size }, () => 1),
      integer: Array.from({ length: size }, () => 1),
      rowLower: [0, 0, 0],
      rowUpper: [15_000, 15_000, 15_000],
      rowStarts: [0, size, 2 * size, 3 * size],
      columnIndices: Array.from({ length: 3 * size }, (_, i) => i % size),
      values: Array.from({ length: 3 * size }, (_, i) => 500 + ((i * 104_729) % 991)),
    };
    const stopped = solveOnce(solver, hard, { shouldStop: () => true, presolve: 'off', relativeGap: 0 });
    expect(stopped.status).toBe('interrupted');
    const limited = solveOnce(solver, hard, { nodeLimit: 1, relativeGap: 0 });
    expect(limited.bound).toBeLessThanOrEqual((limited.objective ?? 0) + 1e-6);
  });
});
