import { loadHighsSolver } from '../../forecasting/scheduling/linearSolver.ts';
import { designShifts } from '../../forecasting/scheduling/shiftDesign.ts';
import { weekProblem } from './weekProblem.ts';

/** `weekDesign --agents 150 [--rules all]`: shift design of the generated week against its linear bound, in CPU time. */
export async function run(args: readonly string[]): Promise<number> {
  const at = args.indexOf('--agents');
  const agents = at >= 0 ? Number(args[at + 1]) : 150;
  const solver = await loadHighsSolver();
  const problem = weekProblem({ agents, seed: 1, rules: args.includes('all') ? 'all' : 'basic' });
  // With wages in the objective, as in the measurements of shift design: the gap is a share of the whole bill.
  const paid = { ...problem, weights: { ...problem.weights, labour: 1 } };
  const { user, system } = process.cpuUsage();
  const design = designShifts(paid, solver, { timeLimitSeconds: 30, relativeGap: 0.0025 });
  const used = process.cpuUsage({ user, system });
  if (!design) {
    process.stdout.write('no design within the limits\n');
    return 1;
  }
  process.stdout.write(
    `bound ${design.bound.toFixed(1)}, design ${design.objective.toFixed(1)}, gap ${(design.gap * 100).toFixed(2)} %, ` +
      `${((used.user + used.system) / 1e6).toFixed(1)} CPU s, ${design.shifts.length} distinct shifts\n`,
  );
  return 0;
}
