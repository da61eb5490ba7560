import { gridDays } from '../calendar/grid.ts';
import type { RandomGenerator } from '../calendar/random.ts';
import { daysBetween, localDateOf } from '../calendar/time.ts';
import { sampleGamma, samplePoisson } from '../calendar/variates.ts';
import { choleskyOf, logNormal } from '../demand/samplePaths.ts';
import { scatterAt } from '../demand/uncertainty.ts';
import { type Estimate, RatioSums } from '../simulation/estimate.ts';
import { SERVICE_LEVEL_RATIOS } from '../simulation/performance.ts';
import { runQuickPath } from '../simulation/quickPath.ts';
import { type ReplicationOptions, replicate } from '../simulation/replicate.ts';
import { ABANDONED, ANSWERED, ANSWERED_WAIT, OFFERED, sumTally } from '../simulation/tally.ts';
import { deferredFlow, promiseOf } from '../staffing/deferredQueue.ts';
import type { ForecastScatter } from './dayFactor.ts';
import type { QueueOutcome } from './scenario.ts';
import type { Range } from './scenarioBand.ts';

/** A scenario played call by call. */
export interface ConfirmedScenario {
  readonly kind: 'complete';
  readonly replications: number;
  /** Means with their 95 % intervals; each call weighs alike. */
  readonly serviceLevel: Estimate | null;
  readonly abandonmentRate: Estimate | null;
  readonly asaSeconds: Estimate | null;
  /** Eight of ten replications lie between these. */
  readonly usual: {
    readonly serviceLevel: Range | null;
    readonly abandonmentRate: Range | null;
    readonly asaSeconds: Range | null;
  };
}

export type Confirmation = ConfirmedScenario | { readonly kind: 'cancelled'; readonly replications: number };

/** Calls that may come: exactly as forecast on average, or scattered as the forecast's backtest says. */
export type CallsToPlay =
  | { readonly kind: 'asForecast' }
  | {
      readonly kind: 'scattered';
      /** One per queue. */
      readonly scatter: readonly ForecastScatter[];
      readonly correlation: readonly (readonly number[])[];
    };

const REPLICATIONS = 100;

/**
 * Plays a scenario's staff against simulated calls: queues that carry over from interval to interval, callers who hang
 * up, chance. Agents of a queue are all alike and serve that queue only; handle times are exponential. Deferred work
 * meets chance in its numbers only.
 *
 * @throws RangeError naming the option out of range
 */
export function confirmScenario(
  queues: readonly QueueOutcome[],
  calls: CallsToPlay,
  options: Omit<ReplicationOptions, 'stopAtHalfWidth' | 'maxReplications'>,
): Confirmation {
  const sums = new RatioSums(3);
  const seen: [number[], number[], number[]] = [[], [], []];
  const outcome = replicate(
    options,
    REPLICATIONS,
    random => {
      const week = playOnce(queues, calls, random);
      const ratios = [
        [week.inTime, week.offered],
        [week.abandoned, week.inLine],
        [week.waited, week.answered],
      ] as const;
      ratios.forEach(([x, y], cell) => {
        sums.add(cell, x, y);
        if (y > 0) seen[cell]?.push(x / y);
      });
    },
    () => 0,
  );
  if (outcome.kind === 'cancelled') return { kind: 'cancelled', replications: outcome.replications };
  return {
    kind: 'complete',
    replications: outcome.replications,
    serviceLevel: sums.share(0),
    abandonmentRate: sums.share(1),
    asaSeconds: sums.ratio(2),
    usual: {
      serviceLevel: usualRange(seen[0]),
      abandonmentRate: usualRange(seen[1]),
      asaSeconds: usualRange(seen[2]),
    },
  };
}

function usualRange(values: readonly number[]): Range | null {
  if (values.length < 10) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return { low: at(0.1), high: at(0.9) };
}

interface PlayedCalls {
  offered: number;
  /** Of them, those that wait in line. */
  inLine: number;
  inTime: number;
  answered: number;
  abandoned: number;
  waited: number;
}

function playOnce(queues: readonly QueueOutcome[], calls: CallsToPlay, random: RandomGenerator): PlayedCalls {
  const sum: PlayedCalls = { offered: 0, inLine: 0, inTime: 0, answered: 0, abandoned: 0, waited: 0 };
  const counts = calls.kind === 'scattered' ? drawCalls(queues, calls, random) : null;
  queues.forEach((outcome, q) => {
    const stream = random.stream(`queue ${q}`);
    if (outcome.queue.isDeferred) playDeferred(outcome, counts?.[q] ?? null, stream, sum);
    else playLine(outcome, counts?.[q] ?? null, stream, sum);
  });
  return sum;
}

/** Work that waits its turn: a Poisson number of contacts per interval, done first come, first served. */
function playDeferred(
  { queue, demand, agents }: QueueOutcome,
  counts: readonly number[] | null,
  random: RandomGenerator,
  sum: PlayedCalls,
): void {
  const offered = demand.offered.map((mean, i) =>
    mean === null ? null : (counts?.[i] ?? (mean > 0 ? samplePoisson(random, mean) : 0)),
  );
  const { stepSeconds } = queue;
  const flow = deferredFlow({ ...demand, offered, stepSeconds }, agents, promiseOf(queue.goal));
  sum.offered += flow.contacts;
  sum.inTime += flow.inTime;
}

function playLine(
  { queue, demand, agents }: QueueOutcome,
  counts: readonly number[] | null,
  random: RandomGenerator,
  sum: PlayedCalls,
): void {
  const goal = queue.goal.serviceLevel;
  const usual = demand.ahtSeconds.find(aht => aht !== null && aht > 0) ?? 1;
  const tally = runQuickPath(
    {
      stepSeconds: queue.stepSeconds,
      calls: counts ?? demand.offered.map(value => value ?? 0),
      exactCounts: counts !== null,
      ahtSeconds: demand.ahtSeconds.map(aht => (aht !== null && aht > 0 ? aht : usual)),
      agents: agents.map(count => Math.round(count ?? 0) * (queue.concurrency ?? 1)),
      answerWithinSeconds: goal?.answerWithinSeconds ?? 20,
      shortAbandonSeconds: goal?.shortAbandonSeconds ?? queue.shortAbandonSeconds,
      ...(queue.patienceSeconds !== null && {
        patience: { kind: 'exponential', meanSeconds: queue.patienceSeconds },
      }),
    },
    random,
  );
  const cells = sumTally(tally, 0, 0, demand.offered.length);
  const [numerator, denominator] = SERVICE_LEVEL_RATIOS[goal?.definition ?? 'offered'];
  const counted = denominator(cells, 0);
  const offered = cells[OFFERED] ?? 0;
  sum.offered += offered;
  sum.inLine += offered;
  if (counted > 0) sum.inTime += (offered * numerator(cells, 0)) / counted;
  sum.answered += cells[ANSWERED] ?? 0;
  sum.abandoned += cells[ABANDONED] ?? 0;
  sum.waited += cells[ANSWERED_WAIT] ?? 0;
}

/** One future of all queues, by the law of `sampleJointPaths` about the scenario's calls. */
function drawCalls(
  queues: readonly QueueOutcome[],
  { scatter, correlation }: Extract<CallsToPlay, { kind: 'scattered' }>,
  random: RandomGenerator,
): readonly (readonly number[])[] {
  const root = choleskyOf(correlation);
  const normals = (name: string) => {
    const stream = random.stream(name);
    const own = root.map(() => stream.normal());
    return root.map(row => row.reduce((sum, weight, k) => sum + weight * (own[k] ?? 0), 0));
  };
  const level = normals('level');
  return queues.map(({ queue, demand }, q) => {
    const counts = new Array<number>(demand.offered.length).fill(0);
    const forecast = scatter[q];
    const noise = random.stream(`calls ${q}`);
    for (const day of gridDays({ ...queue, count: counts.length })) {
      const first = forecast ? localDateOf(forecast.originEpochSeconds, queue.timeZone) : day.day.date;
      const found = forecast
        ? scatterAt(forecast.uncertainty, daysBetween(first, day.day.date) + 1)
        : { levelVariance: 0, dayVariance: 0, dayStretch80: 1, slotFactor: 1, slotVariance: 0 };
      const stretch = found.dayStretch80 ** 2;
      const factor =
        logNormal(level[q] ?? 0, found.levelVariance * stretch) *
        logNormal(normals(day.day.date)[q] ?? 0, (found.dayVariance - found.levelVariance) * stretch);
      for (let i = day.firstIndex; i < day.firstIndex + day.count; i++) {
        const mean = (demand.offered[i] ?? 0) * factor;
        const variance = mean > 0 ? (found.slotFactor - 1) / mean + found.slotVariance : 0;
        const own = variance > 1e-9 ? sampleGamma(noise, 1 / variance, variance) : 1;
        counts[i] = mean > 0 ? samplePoisson(noise, mean * own) : 0;
      }
    }
    return counts;
  });
}
