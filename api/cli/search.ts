import { availableParallelism } from 'node:os';
import {
  type Conflict,
  type GenerateOptions,
  type GenerateResult,
  generateSchedule,
  generateTogether,
  loadHighsSolver,
  type ScheduleProblem,
} from '../../forecasting/index.ts';
import { ThreadCrew } from '../job/searchCrew.ts';
import type { CommandInput, OptionSpec } from './args.ts';

/** Options of every command that builds a schedule. */
export const SEARCH_OPTIONS: readonly OptionSpec[] = [
  { name: 'time-limit', value: 'TIME', help: 'how long to improve the schedule', default: '10s' },
  { name: 'moves', value: 'N', help: 'a budget in moves instead of time: the same bytes on every machine' },
  { name: 'seed', value: 'N', help: 'seed of the search', default: '1' },
  {
    name: 'threads',
    value: 'N',
    help: 'threads that search; by default every core with a time limit, one with --moves',
  },
  { name: 'bound', help: 'also prove a lower bound with the HiGHS solver' },
];

/** Kept of the time limit for checking, explaining and printing: a share, and milliseconds per agent and day. */
const CLOSING_SHARE = 0.03;
const CLOSING_MS_PER_CELL = 0.1;

/** Search budget and seed from a command's options. */
async function searchOptions(input: CommandInput, problem: ScheduleProblem): Promise<GenerateOptions> {
  const moves = input.number('moves', { min: 1 });
  // Counted from the program's start, with something left for the last checks: the limit is the user's, not the search's.
  const limitMs = (input.seconds('time-limit') ?? 10) * 1000;
  const days = (problem.grid.count * problem.grid.stepSeconds) / 86_400;
  const closingMs = limitMs * CLOSING_SHARE + problem.agents.length * days * CLOSING_MS_PER_CELL;
  const timeBudgetMs = Math.max(limitMs / 2, limitMs - closingMs - performance.now());
  return {
    seed: input.text('seed') ?? '1',
    ...(moves === undefined ? { timeBudgetMs, nowMs: () => performance.now() } : { moveBudget: moves }),
    ...(input.has('bound') && { solver: await loadHighsSolver() }),
  };
}

/** Builds a schedule as a command's options ask for, on one thread or on several. */
export async function searchSchedule(
  input: CommandInput,
  problem: ScheduleProblem,
  onProgress: NonNullable<GenerateOptions['onProgress']>,
): Promise<GenerateResult> {
  const options = { ...(await searchOptions(input, problem)), onProgress };
  const threads =
    input.number('threads', { min: 1, max: 64 }) ?? (input.has('moves') ? 1 : availableParallelism());
  if (threads === 1) return generateSchedule(problem, options);
  const crew = new ThreadCrew(threads - 1);
  try {
    return await generateTogether(problem, options, crew);
  } finally {
    await crew.close();
  }
}

/** Says why there is no schedule; the exit code of such a command is 1. */
export function explainRefusal(result: Exclude<GenerateResult, { readonly kind: 'schedule' }>): number {
  if (result.kind === 'invalid') {
    process.stderr.write('The problem cannot be scheduled as it is:\n');
    for (const fault of result.faults) {
      if (fault.blocking) process.stderr.write(`  ${fault.path}: ${fault.message}\n`);
    }
  } else {
    process.stderr.write('The rules contradict each other:\n');
    for (const sentence of conflictSentences(result.conflicts)) process.stderr.write(`  ${sentence}\n`);
  }
  return 1;
}

/** One sentence for all agents with the same contradiction. */
function conflictSentences(conflicts: readonly Conflict[]): readonly string[] {
  const alike = new Map<string, Conflict[]>();
  for (const conflict of conflicts) {
    const key = JSON.stringify(conflict.agentId === null ? conflict.sentence : conflict.ruleSentences);
    alike.set(key, [...(alike.get(key) ?? []), conflict]);
  }
  return [...alike.values()].map(([first, ...others]) =>
    others.length === 0
      ? (first?.sentence ?? '')
      : `${first?.sentence ?? ''} (and the same for ${others.map(other => other.agentId).join(', ')})`,
  );
}
