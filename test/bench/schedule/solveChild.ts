import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { createRandom } from '../../../forecasting/calendar/random.ts';
import { loadHighsSolver } from '../../../forecasting/scheduling/highsSolver.ts';
import { designMinimumShifts } from '../../../forecasting/scheduling/roster/minimumShiftDesign.ts';
import type { RosterSolution } from '../../../forecasting/scheduling/roster/solveRoster.ts';
import { solveRoster } from '../../../forecasting/scheduling/roster/solveRoster.ts';
import { readRoster24, writeRosterCsv } from './readRoster24.ts';
import { SharedRoster } from './sharedRoster.ts';
import { readShiftDesign, writeShiftDesign } from './shiftDesignFile.ts';
import type { SolveAnswer, SolveTask } from './solveAnswer.ts';
import { failed } from './solveAnswer.ts';

/** CPU seconds of this process, all its threads. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

interface ThreadTask extends SolveTask {
  readonly memory: SharedArrayBuffer;
  readonly startSeconds: number;
}

async function solveThread(task: SolveTask, shared: SharedRoster, startSeconds: number, first: boolean) {
  const problem = readRoster24(readFileSync(task.path, 'utf8'));
  let firstSeconds: number | null = null;
  const solver = await loadHighsSolver();
  const elapsedSeconds = (): number => (cpuSeconds() - startSeconds) / task.threads;
  const solution = solveRoster(problem, {
    solver,
    random: createRandom(task.seed).stream(first ? 'first' : 'second'),
    elapsedSeconds,
    timeLimitSeconds: task.timeLimitSeconds,
    neighbourhoodsOnly: !first,
    shouldStop: () => shared.done,
    onRoster: (rows, cost) => {
      firstSeconds ??= elapsedSeconds();
      shared.publish(rows, cost);
    },
    ...(task.threads > 1 ? { betterThan: (cost: number) => shared.betterThan(cost) } : {}),
  });
  shared.finish();
  return { problem, solution, firstSeconds };
}

async function solveRosterTask(task: SolveTask): Promise<SolveAnswer> {
  const problem = readRoster24(readFileSync(task.path, 'utf8'));
  const shared = new SharedRoster(problem.agents.length, problem.days);
  const startSeconds = cpuSeconds();
  const second = task.threads > 1 ? runSecondThread({ ...task, memory: shared.memory, startSeconds }) : null;
  const { solution, firstSeconds } = await solveThread(task, shared, startSeconds, true);
  await second;
  return answerOf(solution, shared, problem, firstSeconds, cpuSeconds() - startSeconds);
}

function runSecondThread(task: ThreadTask): Promise<void> {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: task });
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
}

function answerOf(
  solution: RosterSolution,
  shared: SharedRoster,
  problem: ReturnType<typeof readRoster24>,
  firstSeconds: number | null,
  seconds: number,
): SolveAnswer {
  const base = { firstSeconds, cpuSeconds: seconds, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
  if (solution.kind === 'infeasible') {
    const note = `no roster keeps the rules for ${solution.agents.join(', ')}`;
    return { ...base, text: null, cost: null, bound: null, note };
  }
  const rows = shared.betterThan(solution.cost) ?? solution.assignment;
  const bound = Number.isFinite(solution.bound) ? solution.bound : null;
  return { ...base, text: writeRosterCsv(problem, rows), cost: solution.cost, bound, note: '' };
}

async function solveDesignTask(task: SolveTask): Promise<SolveAnswer> {
  const problem = readShiftDesign(readFileSync(task.path, 'utf8'));
  const solver = await loadHighsSolver();
  const startSeconds = cpuSeconds();
  let firstSeconds: number | null = null;
  const design = designMinimumShifts(problem, solver, {
    seed: task.seed,
    shouldStop: () => cpuSeconds() - startSeconds >= task.timeLimitSeconds,
    onImproved: () => {
      firstSeconds ??= cpuSeconds() - startSeconds;
    },
  });
  return {
    text: design && writeShiftDesign(design.shifts, problem.days),
    cost: design?.objective ?? null,
    bound: design?.bound ?? null,
    firstSeconds: firstSeconds ?? (design ? cpuSeconds() - startSeconds : null),
    cpuSeconds: cpuSeconds() - startSeconds,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    note: design ? '' : 'no design within the limit',
  };
}

if (isMainThread) {
  process.once('message', (task: SolveTask) => {
    const solve = task.set === 'roster24' ? solveRosterTask : solveDesignTask;
    solve(task).then(
      answer => process.send?.(answer, () => process.disconnect()),
      (error: unknown) => {
        const note = error instanceof Error ? error.message : String(error);
        process.send?.(failed(note), () => process.disconnect());
      },
    );
  });
} else if (parentPort) {
  const task: ThreadTask = workerData;
  const problem = readRoster24(readFileSync(task.path, 'utf8'));
  const shared = new SharedRoster(problem.agents.length, problem.days, task.memory);
  await solveThread(task, shared, task.startSeconds, false);
}
