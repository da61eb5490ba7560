import { createRandom, type RandomGenerator } from '../../forecasting/calendar/random.ts';
import { addDays, type LocalDate } from '../../forecasting/calendar/time.ts';
import {
  sampleBinomial,
  sampleGamma,
  sampleOverdispersedCount,
} from '../../forecasting/calendar/variates.ts';
import { evaluateQueue } from '../../forecasting/staffing/evaluateQueue.ts';
import { requiredAgents } from '../../forecasting/staffing/requiredAgents.ts';
import type { IntervalRow } from '../store/intervalHistory.ts';
import { SAMPLE_STEP_SECONDS, type SampleQueue } from './centre.ts';
import { dayRates, type SampleWorld } from './volume.ts';

/** How much an interval's rate strays from the day's (coefficient of variation). */
const RATE_CV = 0.07;
/** Spread of single handle times (coefficient of variation). */
const HANDLE_CV = 0.9;
const ANSWER_WITHIN_SECONDS = 30;
const SHORT_ABANDON_SECONDS = 5;

/** What a number of agents gave: the shares of callers by fate, and how long they waited. */
interface Fates {
  readonly abandoned: number;
  readonly shortOfAbandoned: number;
  readonly withinOfHandled: number;
  readonly answerWaitSeconds: number;
  readonly abandonWaitSeconds: number;
}

/** Generates the intervals of the sample's queues. The same seed and dates give the same rows, in whatever order they are asked for. */
export class SampleGenerator {
  readonly #world: SampleWorld;
  readonly #fates = new Map<string, Fates>();
  readonly #required = new Map<string, number>();

  constructor(world: SampleWorld) {
    this.#world = world;
  }

  /** The open intervals of one local day, up to the wall-clock minute `untilMinute`. */
  day(
    queue: SampleQueue,
    date: LocalDate,
    untilEpochSeconds = Number.POSITIVE_INFINITY,
  ): readonly IntervalRow[] {
    const random = createRandom(this.#world.seed).stream('intervals').stream(queue.key).stream(date);
    const staffing = 1 + 0.05 * random.stream('staffing').normal();
    return dayRates(queue, date, this.#world)
      .filter(rate => rate.start + SAMPLE_STEP_SECONDS <= untilEpochSeconds)
      .map(rate => this.#interval(queue, rate, staffing, random.stream(rate.start)));
  }

  /** The open intervals from `from` to `to`, both included. */
  days(queue: SampleQueue, from: LocalDate, to: LocalDate): readonly IntervalRow[] {
    const rows: IntervalRow[] = [];
    for (let date = from; date <= to; date = addDays(date, 1)) rows.push(...this.day(queue, date));
    return rows;
  }

  #interval(
    queue: SampleQueue,
    rate: { readonly start: number; readonly planned: number; readonly actual: number },
    staffing: number,
    random: RandomGenerator,
  ): IntervalRow {
    const offered = sampleOverdispersedCount(random, rate.actual, RATE_CV);
    const agents = Math.max(1, Math.round(this.#plannedAgents(queue, rate.planned) * staffing));
    const fates = this.#fatesOf(queue, rate.actual, agents);
    const abandoned = sampleBinomial(random, offered, fates.abandoned);
    const handled = offered - abandoned;
    const handleSeconds = Math.round(sumOf(random, handled, queue.ahtSeconds, HANDLE_CV));
    const [talk, hold] = queue.handleShares;
    const talkSeconds = Math.round(handleSeconds * talk);
    const holdSeconds = Math.round(handleSeconds * hold);
    return {
      start: rate.start,
      offered,
      handled,
      abandoned,
      shortAbandoned: sampleBinomial(random, abandoned, fates.shortOfAbandoned),
      answeredWithin: sampleBinomial(random, handled, fates.withinOfHandled),
      talkSeconds,
      holdSeconds,
      wrapSeconds: handleSeconds - talkSeconds - holdSeconds,
      handleSeconds,
      answerWaitSeconds: Math.round(sumOf(random, handled, fates.answerWaitSeconds, 1.2)),
      abandonWaitSeconds: Math.round(sumOf(random, abandoned, fates.abandonWaitSeconds, 1)),
    };
  }

  /** The agents that a planner would have put on: enough for 80 % in 30 s at the expected rate. */
  #plannedAgents(queue: SampleQueue, calls: number): number {
    const rounded = roundedRate(calls);
    const key = `${queue.key}|${rounded}`;
    let agents = this.#required.get(key);
    if (agents === undefined) {
      const goal = {
        target: 0.8,
        answerWithinSeconds: ANSWER_WITHIN_SECONDS,
        definition: 'offered',
      } as const;
      agents = requiredAgents(loadOf(queue, rounded), { serviceLevel: goal }).agents;
      this.#required.set(key, agents);
    }
    return agents;
  }

  #fatesOf(queue: SampleQueue, calls: number, agents: number): Fates {
    const rounded = roundedRate(calls);
    const key = `${queue.key}|${rounded}|${agents}`;
    let fates = this.#fates.get(key);
    if (!fates) this.#fates.set(key, (fates = fatesOf(queue, rounded, agents)));
    return fates;
  }
}

/** Rates are rounded so that few different queues have to be computed. */
function roundedRate(calls: number): number {
  return calls < 20 ? Math.max(0.5, Math.round(calls * 2) / 2) : Math.round(calls);
}

function loadOf(queue: SampleQueue, calls: number) {
  return {
    calls,
    intervalSeconds: SAMPLE_STEP_SECONDS,
    ahtSeconds: queue.ahtSeconds,
    patience: { kind: 'exponential', meanSeconds: queue.patienceSeconds },
  } as const;
}

function fatesOf(queue: SampleQueue, calls: number, agents: number): Fates {
  const metrics = evaluateQueue(loadOf(queue, calls), agents, { answerWithinSeconds: ANSWER_WITHIN_SECONDS });
  const abandoned = Math.min(0.98, metrics.abandonProbability);
  return {
    abandoned,
    shortOfAbandoned: 1 - Math.exp(-SHORT_ABANDON_SECONDS / Math.max(5, metrics.meanWaitSeconds)),
    withinOfHandled: Math.min(1, metrics.serviceLevel.offered / Math.max(1e-9, 1 - abandoned)),
    answerWaitSeconds: Number.isFinite(metrics.asaSeconds) ? metrics.asaSeconds : 0,
    abandonWaitSeconds: Math.max(5, Math.min(queue.patienceSeconds, 1.3 * metrics.meanWaitSeconds)),
  };
}

/** The sum of `count` independent durations with this mean and coefficient of variation, as a gamma. */
function sumOf(random: RandomGenerator, count: number, mean: number, cv: number): number {
  if (count === 0 || mean <= 0) return 0;
  return sampleGamma(random, count / cv ** 2, mean * cv ** 2);
}
