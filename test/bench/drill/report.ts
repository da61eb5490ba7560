import type { Damage } from './inspect.ts';

export interface Spread {
  readonly median: number;
  readonly largest: number;
}

/** What the rounds of a drill showed. */
export interface DrillReport {
  readonly rounds: number;
  /** Changes that the service said it had made. */
  readonly acknowledged: number;
  readonly lost: readonly string[];
  readonly torn: readonly string[];
  /** Seconds until the service answered again, over the rounds. */
  readonly readySeconds: Spread;
  /** Processor seconds of the starts, where there were any. */
  readonly readyCpuSeconds?: Spread;
}

export function reportOf(drill: {
  readonly rounds: number;
  readonly acknowledged: number;
  readonly damage: Damage;
  /** Milliseconds of each round. */
  readonly ready: readonly number[];
  readonly readyCpu?: readonly number[];
}): DrillReport {
  return {
    rounds: drill.rounds,
    acknowledged: drill.acknowledged,
    lost: [...drill.damage.lost],
    torn: [...drill.damage.torn],
    readySeconds: spreadOf(drill.ready),
    ...(drill.readyCpu && { readyCpuSeconds: spreadOf(drill.readyCpu) }),
  };
}

function spreadOf(milliseconds: readonly number[]): Spread {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const at = (index: number) => Math.round(sorted[index] ?? 0) / 1000;
  return { median: at(Math.floor(sorted.length / 2)), largest: at(sorted.length - 1) };
}

const TELL_EVERY = 10;

/** Says now and then how far a drill is: a long one takes most of an hour. */
export function tellRound(done: number, rounds: number, { lost, torn }: Damage): void {
  if (done % TELL_EVERY !== 0 || done === rounds) return;
  process.stderr.write(`round ${done} of ${rounds}: ${lost.size} lost, ${torn.size} torn\n`);
}

/** How long a round runs before the blow: from 50 ms to 950 ms, spread evenly, the same in every run. */
export function pauseMilliseconds(round: number): number {
  return 50 + (((round + 1) * 7919) % 900);
}
