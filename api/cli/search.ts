import { type GenerateOptions, type GenerateResult, loadHighsSolver } from '../../forecasting/index.ts';
import type { CommandInput, OptionSpec } from './args.ts';

/** Options of every command that builds a schedule. */
export const SEARCH_OPTIONS: readonly OptionSpec[] = [
  { name: 'time-limit', value: 'TIME', help: 'how long to improve the schedule', default: '10s' },
  { name: 'moves', value: 'N', help: 'a budget in moves instead of time: the same bytes on every machine' },
  { name: 'seed', value: 'N', help: 'seed of the search', default: '1' },
  { name: 'bound', help: 'also prove a lower bound with the HiGHS solver' },
];

/** Search budget and seed from a command's options. */
export async function searchOptions(input: CommandInput): Promise<GenerateOptions> {
  const moves = input.number('moves', { min: 1 });
  const seconds = input.seconds('time-limit') ?? 10;
  return {
    seed: input.text('seed') ?? '1',
    ...(moves === undefined
      ? { timeBudgetMs: seconds * 1000, nowMs: () => performance.now() }
      : { moveBudget: moves }),
    ...(input.has('bound') && { solver: await loadHighsSolver() }),
  };
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
    for (const conflict of result.conflicts) process.stderr.write(`  ${conflict.sentence}\n`);
  }
  return 1;
}
