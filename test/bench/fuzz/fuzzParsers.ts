import { createRandom } from '../../../forecasting/calendar/random.ts';
import { fileTargets } from './files.ts';
import type { Target } from './target.ts';
import { VALUE_TARGETS } from './values.ts';

/** Longer than this on one input, in CPU time, is a hang. */
const HANG_MILLISECONDS = 2000;
/** Without an answer for so long there will be none. */
const NEVER_MILLISECONDS = 20_000;
const MOST_FAILURES = 20;

/** What a run showed. */
export interface ParserReport {
  readonly inputs: number;
  readonly perTarget: Readonly<Record<string, number>>;
  /** The largest CPU time of one input. */
  readonly slowestMilliseconds: number;
  /** What threw or hung, with the input that made it. */
  readonly failures: readonly string[];
}

/** Feeds every parser its share of `inputs` made-up inputs. The same seed makes the same inputs. */
export async function fuzzParsers(inputs: number, seed: number): Promise<ParserReport> {
  const targets = [...VALUE_TARGETS, ...(await fileTargets())];
  const total = targets.reduce((sum, { weight }) => sum + weight, 0);
  const perTarget: Record<string, number> = {};
  const failures: string[] = [];
  let slowestMilliseconds = 0;
  let fed = 0;
  for (const [index, one] of targets.entries()) {
    const isLast = index === targets.length - 1;
    const count = isLast ? inputs - fed : Math.max(1, Math.round((inputs * one.weight) / total));
    const slowest = await feed(one, count, seed + index, failures);
    slowestMilliseconds = Math.max(slowestMilliseconds, slowest);
    perTarget[one.name] = count;
    fed += count;
  }
  return { inputs: fed, perTarget, slowestMilliseconds, failures };
}

async function feed(one: Target, count: number, seed: number, failures: string[]): Promise<number> {
  const random = createRandom(seed);
  let slowest = 0;
  for (let i = 0; i < count && failures.length < MOST_FAILURES; i++) {
    const before = process.cpuUsage();
    const { shown, done } = one.feed(random);
    try {
      if (done) await inTime(done);
    } catch (error) {
      const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      failures.push(`${one.name} #${i}: ${text}: ${shown().slice(0, 2000)}`);
    }
    const used = process.cpuUsage(before);
    const milliseconds = (used.user + used.system) / 1000;
    if (milliseconds > HANG_MILLISECONDS) {
      failures.push(`${one.name} #${i}: ${Math.round(milliseconds)} ms: ${shown().slice(0, 2000)}`);
    }
    slowest = Math.max(slowest, milliseconds);
  }
  return slowest;
}

/** @throws Error when a promise is never kept; whoever waited for it would wait for ever. */
async function inTime(done: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('never answered')), NEVER_MILLISECONDS);
  });
  try {
    await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}
