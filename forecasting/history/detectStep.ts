import { INTERVAL_STEPS_SECONDS } from '../calendar/grid.ts';
import { findingOf, type HistoryFinding } from './finding.ts';

/** The interval length of a history, and where it is not the same throughout. */
export interface DetectedStep {
  readonly stepSeconds: number;
  readonly findings: readonly HistoryFinding[];
}

const WEEK_SECONDS = 7 * 86_400;
const MINIMUM_ROWS = 20;

function greatestCommonDivisor(a: number, b: number): number {
  let x = Math.abs(a);
  let y = Math.abs(b);
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

/** The largest supported interval length on which all differences lie; undefined when there is none. */
function stepOf(differences: readonly number[]): number | undefined {
  let divisor = 0;
  for (const difference of differences) divisor = greatestCommonDivisor(divisor, difference);
  if (divisor === 0) return undefined;
  let best: number | undefined;
  for (const step of INTERVAL_STEPS_SECONDS) if (divisor % step === 0) best = step;
  return best;
}

function commonDifferences(starts: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (let i = 1; i < starts.length; i++) {
    const difference = (starts[i] ?? 0) - (starts[i - 1] ?? 0);
    if (difference > 0) counts.set(difference, (counts.get(difference) ?? 0) + 1);
  }
  const floor = 0.005 * starts.length;
  return [...counts].filter(([, count]) => count > floor).map(([difference]) => difference);
}

/**
 * Finds the interval length from row starts in ascending order: the largest supported length that divides
 * the usual distances between rows. Where the length changes midway, the coarser one is taken, because
 * finer counts can be summed without loss and coarser ones cannot be split; a finding says so.
 *
 * @throws RangeError when the rows lie on no supported grid or there are fewer than two distinct starts.
 */
export function detectStep(startsEpochSeconds: readonly number[]): DetectedStep {
  const differences = commonDifferences(startsEpochSeconds);
  const overall = stepOf(differences);
  if (overall === undefined) {
    throw new RangeError(
      `interval length not found: ${startsEpochSeconds.length} row(s) whose distances divide into none of ${INTERVAL_STEPS_SECONDS.map(s => s / 60).join(', ')} minutes`,
    );
  }
  const weeks = stepsByWeek(startsEpochSeconds);
  const coarsest = Math.max(overall, ...weeks.map(week => week.stepSeconds));
  const change = weeks.findIndex((week, i) => i > 0 && week.stepSeconds !== weeks[i - 1]?.stepSeconds);
  const lastChange = weeks.findLastIndex(
    (week, i) => i > 0 && week.stepSeconds !== weeks[i - 1]?.stepSeconds,
  );
  if (change < 0 || lastChange - change > 1) return { stepSeconds: overall, findings: [] };
  const at = weeks[change]?.startEpochSeconds ?? 0;
  const before = (weeks[change - 1]?.stepSeconds ?? 0) / 60;
  const after = (weeks.at(-1)?.stepSeconds ?? 0) / 60;
  const finding = findingOf({
    kind: 'mixed-step',
    action: 'repaired',
    fromEpochSeconds: at,
    toEpochSeconds: at + WEEK_SECONDS,
    affected: weeks.length,
    message: `The interval length changes from ${before} to ${after} minutes; finer rows were summed to ${coarsest / 60} minutes, which loses nothing that both parts know.`,
  });
  return { stepSeconds: coarsest, findings: [finding] };
}

function stepsByWeek(starts: readonly number[]): { startEpochSeconds: number; stepSeconds: number }[] {
  const weeks: { startEpochSeconds: number; stepSeconds: number }[] = [];
  let from = 0;
  for (let i = 1; i <= starts.length; i++) {
    const first = starts[from] ?? 0;
    if (i < starts.length && (starts[i] ?? 0) - first < WEEK_SECONDS) continue;
    const rows = starts.slice(from, i);
    const step = rows.length >= MINIMUM_ROWS ? stepOf(commonDifferences(rows)) : undefined;
    if (step !== undefined) weeks.push({ startEpochSeconds: first, stepSeconds: step });
    from = i;
  }
  return weeks;
}
