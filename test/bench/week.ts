import { ThreadCrew } from '../../api/job/searchCrew.ts';
import { evaluateSchedule } from '../../forecasting/scheduling/evaluate.ts';
import {
  type GeneratedSchedule,
  type GenerateResult,
  generateSchedule,
  generateTogether,
} from '../../forecasting/scheduling/generate.ts';
import type { GenerateOptions, ScheduleProgress } from '../../forecasting/scheduling/generateOptions.ts';
import { loadHighsSolver } from '../../forecasting/scheduling/highsSolver.ts';
import type { ScheduleProblem } from '../../forecasting/scheduling/problem.ts';
import { weekProblem } from './weekProblem.ts';

/** CPU milliseconds this process has used: the machine is shared, the wall clock is not a measure. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function option(args: readonly string[], name: string, fallback: string): string {
  const at = args.indexOf(`--${name}`);
  return at >= 0 ? (args[at + 1] ?? fallback) : fallback;
}

/** `week --agents 150 --time-limit 20s [--seeds 1,2,3] [--rules basic|all] [--weeks 1] [--bound] [--moves N] [--threads 1]`. */
export async function run(args: readonly string[]): Promise<number> {
  const agents = Number(option(args, 'agents', '150'));
  const limitMs = Number(option(args, 'time-limit', '20s').replace(/s$/, '')) * 1000;
  const seeds = option(args, 'seeds', '1').split(',').map(Number);
  const rules = option(args, 'rules', 'basic') === 'all' ? 'all' : 'basic';
  const weeks = Number(option(args, 'weeks', '1'));
  const moves = Number(option(args, 'moves', '0'));
  const threads = Number(option(args, 'threads', '1'));
  const solver = args.includes('--bound') ? await loadHighsSolver() : undefined;
  process.stdout.write(
    'seed  first s  CPU s  Mmoves  score  bound  under %  over %  hard  soft rules  wishes  RSS MB\n',
  );
  let worst = 0;
  for (const seed of seeds) {
    const problem = weekProblem({ agents, seed: 1, rules, weeks });
    const started = cpuMs();
    let firstMs = 0;
    const onProgress = (progress: ScheduleProgress): void => {
      if (progress.phase === 'construct') firstMs = cpuMs() - started;
      if (args.includes('--trace')) process.stderr.write(`${JSON.stringify(progress)}\n`);
    };
    const result = await solve(problem, threads, {
      seed,
      onProgress,
      // Several threads together use more than a second of CPU in a second: their limit is the clock's.
      ...(moves > 0
        ? { moveBudget: moves }
        : { timeBudgetMs: limitMs, nowMs: threads > 1 ? () => performance.now() : cpuMs }),
      ...(solver ? { solver } : {}),
    });
    if (result.kind !== 'schedule') {
      process.stdout.write(
        `${JSON.stringify(result.kind === 'infeasible' ? result.conflicts : result.faults)}\n`,
      );
      return 1;
    }
    const row = rowOf(problem, result, { seed, firstMs, usedMs: cpuMs() - started });
    worst = Math.max(worst, row.hardFindings);
    process.stdout.write(`${row.cells.join('  ')}\n`);
  }
  return worst === 0 ? 0 : 1;
}

async function solve(
  problem: ScheduleProblem,
  threads: number,
  options: GenerateOptions,
): Promise<GenerateResult> {
  if (threads === 1) return generateSchedule(problem, options);
  const crew = new ThreadCrew(threads - 1);
  try {
    return await generateTogether(problem, options, crew);
  } finally {
    await crew.close();
  }
}

function rowOf(
  problem: ScheduleProblem,
  result: GeneratedSchedule,
  { seed, firstMs, usedMs }: { readonly seed: number; readonly firstMs: number; readonly usedMs: number },
): { readonly hardFindings: number; readonly cells: readonly (string | number)[] } {
  const { score, coverage, findings } = evaluateSchedule(problem, result.schedule);
  const hardFindings = findings.filter(finding => finding.hard).length;
  const cells = [
    seed,
    (firstMs / 1000).toFixed(2),
    (usedMs / 1000).toFixed(1),
    (result.moves / 1e6).toFixed(1),
    score.total.toFixed(1),
    result.bound?.toFixed(1) ?? '–',
    (coverage.underShare * 100).toFixed(2),
    (coverage.overShare * 100).toFixed(2),
    hardFindings,
    score.softRules.toFixed(1),
    score.preferences.toFixed(1),
    (process.memoryUsage().rss / 2 ** 20).toFixed(0),
  ];
  return { hardFindings, cells };
}
