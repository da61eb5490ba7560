import { loadHighsSolver } from '../../forecasting/scheduling/highsSolver.ts';
import { designShifts } from '../../forecasting/scheduling/shiftDesign.ts';
import { weekProblem } from './weekProblem.ts';

const CPU_LIMIT_SECONDS = 15;

/** `weekDesign --agents 150 [--rules all]`: shift design of the generated week against its linear bound, in CPU time. */
export async function run(args: readonly string[]): Promise<number> {
  const at = args.indexOf('--agents');
  const agents = at >= 0 ? Number(args[at + 1]) : 150;
  const solver = await loadHighsSolver();
  const problem = weekProblem({ agents, seed: 1, rules: args.includes('all') ? 'all' : 'basic' });
  // With wages in the objective, as in the measurements of shift design: the gap is a share of the whole bill.
  const paid = { ...problem, weights: { ...problem.weights, labour: 1 } };
  const started = process.cpuUsage();
  const cpuSeconds = (): number => {
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1e6;
  };
  const design = designShifts(paid, solver, {
    timeLimitSeconds: Number.POSITIVE_INFINITY,
    relativeGap: 0.0025,
    shouldStop: () => cpuSeconds() >= CPU_LIMIT_SECONDS,
  });
  if (!design) {
    process.stdout.write('no design within the limits\n');
    return 1;
  }
  process.stdout.write(
    `bound ${design.bound.toFixed(1)}, design ${design.objective.toFixed(1)}, gap ${(design.gap * 100).toFixed(2)} %, ` +
      `${cpuSeconds().toFixed(1)} CPU s, ${design.shifts.length} distinct shifts\n`,
  );
  return 0;
}
