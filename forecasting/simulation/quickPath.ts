import type { RandomGenerator } from '../calendar/random.ts';
import { assertNonNegative, assertWhole, StaffingError } from '../staffing/errors.ts';
import type { ServiceThreshold } from '../staffing/load.ts';
import type { Patience } from '../staffing/patience.ts';
import { ArrivalProcess, BLOCK } from './arrivals.ts';
import { CallCounter } from './callCounter.ts';
import { type Filler, patienceFiller, type ServiceLaw, serviceFiller } from './law.ts';
import type { Tally } from './tally.ts';
import { TimeBuckets } from './timeBuckets.ts';

/**
 * One queue whose calls are answered in order of arrival by agents who are all alike. Staff stands per interval;
 * a fall takes idle agents first, then those whose call ends next. After the last interval its staff stays until
 * the last call has left.
 */
export interface SingleQueueModel extends ServiceThreshold {
  readonly stepSeconds: number;
  /** Per interval: the mean of a Poisson count, or with `exactCounts` the count itself. */
  readonly calls: readonly number[];
  readonly exactCounts?: boolean;
  /** One for all intervals, or per interval of arrival. */
  readonly ahtSeconds: number | readonly number[];
  /** Whole numbers: one for all intervals, or per interval. */
  readonly agents: number | readonly number[];
  readonly patience?: Patience;
  /** Absent: exponential. */
  readonly service?: ServiceLaw;
}

export type CallOutcome = 'answered' | 'abandoned' | 'unresolved';

/** Told what each call did, in order of arrival. */
export type CallObserver = (
  arrivalSeconds: number,
  waitSeconds: number,
  serviceSeconds: number,
  outcome: CallOutcome,
) => void;

/**
 * Simulates one replication by the Kiefer–Wolfowitz recursion: a heap holds when each agent is next free; a call
 * arriving at t would be answered at max(t, earliest). It needs no calendar of events, and is exact for one skill
 * served in order of arrival, with any law of service and patience.
 *
 * @throws RangeError naming the field that is out of range
 */
export function runQuickPath(
  model: SingleQueueModel,
  random: RandomGenerator,
  observe?: CallObserver,
): Tally {
  const levels = checkedLevels(model);
  const run = new QuickRun(model, levels, random);
  run.simulate(observe);
  return run.counter.tally;
}

class QuickRun {
  readonly counter: CallCounter;
  private readonly model: SingleQueueModel;
  private readonly levels: Int32Array;
  /** When each agent is next free: the state of the recursion. */
  private readonly free: TimeBuckets;
  /** Agents not on duty. */
  private readonly absent: number[] = [];
  private readonly arrivals: ArrivalProcess;
  private readonly fillPatience: Filler;
  private readonly fillService: Filler;
  /** Next interval whose staff level has not been put in force. */
  private nextLevel = 1;

  constructor(model: SingleQueueModel, levels: Int32Array, random: RandomGenerator) {
    this.model = model;
    this.levels = levels;
    this.counter = new CallCounter([model], model.calls.length, model.stepSeconds);
    const most = levels.reduce((max, level) => Math.max(max, level), 0);
    this.free = new TimeBuckets(most, shortestAht(model) / Math.max(1, most));
    for (let agent = 0; agent < most; agent++) this.absent.push(agent);
    this.addAgents(levels[0] ?? 0, 0);
    const gaps = random.stream('arrival');
    const { calls, stepSeconds, exactCounts = false } = model;
    this.arrivals = new ArrivalProcess(
      calls,
      stepSeconds,
      target => gaps.fillExponential(target),
      exactCounts,
    );
    this.fillPatience = patienceFiller(model.patience, random.stream('patience'));
    this.fillService = serviceFiller(model.service ?? { kind: 'exponential' }, random.stream('service'));
  }

  simulate(observe: CallObserver | undefined): void {
    const limits = new Float64Array(BLOCK);
    const works = new Float64Array(BLOCK);
    for (let count = BLOCK; count === BLOCK; ) {
      count = this.arrivals.fill();
      this.fillPatience(limits);
      this.fillService(works);
      this.scaleWorks(works, count);
      this.assign(count, limits, works, observe);
    }
  }

  /** From unit handle times to seconds. */
  private scaleWorks(works: Float64Array, count: number): void {
    const { ahtSeconds } = this.model;
    const { intervals } = this.arrivals;
    if (typeof ahtSeconds === 'number') for (let i = 0; i < count; i++) works[i]! *= ahtSeconds;
    else for (let i = 0; i < count; i++) works[i]! *= ahtSeconds[intervals[i]!]!;
  }

  private assign(
    count: number,
    limits: Float64Array,
    works: Float64Array,
    observe: CallObserver | undefined,
  ): void {
    const { free, counter } = this;
    const { times, intervals } = this.arrivals;
    let nextChange = this.nextChangeSeconds();
    for (let i = 0; i < count; i++) {
      const arrival = times[i]!;
      let start = Math.max(free.earliestSeconds(), arrival);
      while (start >= nextChange && nextChange < Infinity) {
        this.changeLevel();
        nextChange = this.nextChangeSeconds();
        start = Math.max(free.earliestSeconds(), arrival);
      }
      const wait = start - arrival;
      if (wait === 0) {
        free.replaceEarliest(start + works[i]!);
        counter.answeredAtOnce(0, intervals[i]!);
        counter.busy(0, start, start + works[i]!, 1);
        observe?.(arrival, 0, works[i]!, 'answered');
      } else {
        counter.offered(0, intervals[i]!);
        this.queueUp(i, start, limits[i]!, works[i]!, observe);
      }
    }
  }

  /** A call that finds all agents busy waits for an answer or hangs up first. */
  private queueUp(
    i: number,
    start: number,
    limit: number,
    work: number,
    observe: CallObserver | undefined,
  ): void {
    const { free, counter } = this;
    const arrival = this.arrivals.times[i]!;
    const interval = this.arrivals.intervals[i]!;
    const wait = start - arrival;
    if (limit < wait) {
      counter.abandoned(0, interval, arrival, limit);
      counter.virtual(0, interval, wait);
      observe?.(arrival, limit, work, 'abandoned');
    } else if (wait === Infinity) {
      counter.unresolved(0, interval, arrival, Infinity);
      observe?.(arrival, Infinity, work, 'unresolved');
    } else {
      free.replaceEarliest(start + work);
      counter.answered(0, interval, arrival, wait);
      counter.busy(0, start, start + work, 1);
      observe?.(arrival, wait, work, 'answered');
    }
  }

  private nextChangeSeconds(): number {
    return this.nextLevel < this.levels.length ? this.nextLevel * this.model.stepSeconds : Infinity;
  }

  /** Puts the next interval's staff level in force; every start from now on is at or after its beginning. */
  private changeLevel(): void {
    const level = this.nextLevel++;
    const change = this.levels[level]! - this.levels[level - 1]!;
    if (change > 0) this.addAgents(change, level * this.model.stepSeconds);
    for (let i = 0; i > change; i--) this.absent.push(this.free.takeEarliest());
  }

  private addAgents(count: number, from: number): void {
    for (let i = 0; i < count; i++) this.free.insert(this.absent.pop() ?? 0, from);
  }
}

function shortestAht({ ahtSeconds }: SingleQueueModel): number {
  return typeof ahtSeconds === 'number' ? ahtSeconds : ahtSeconds.reduce((a, b) => Math.min(a, b), Infinity);
}

function checkedLevels(model: SingleQueueModel): Int32Array {
  const { stepSeconds, calls, ahtSeconds, agents } = model;
  if (!(stepSeconds > 0 && stepSeconds < Infinity)) {
    throw new StaffingError('stepSeconds', `must be a finite number above 0; found ${stepSeconds}`);
  }
  calls.forEach((x, i) => {
    if (model.exactCounts) assertWhole(`calls[${i}]`, x);
    else assertNonNegative(`calls[${i}]`, x);
  });
  const ahts = typeof ahtSeconds === 'number' ? [ahtSeconds] : ahtSeconds;
  if (typeof ahtSeconds !== 'number' && ahts.length !== calls.length) {
    throw new StaffingError(
      'ahtSeconds',
      `must have ${calls.length} entries, as calls; found ${ahts.length}`,
    );
  }
  ahts.forEach((x, i) => {
    if (!(x > 0 && x < Infinity)) {
      throw new StaffingError(`ahtSeconds[${i}]`, `must be a finite number above 0; found ${x}`);
    }
  });
  assertNonNegative('answerWithinSeconds', model.answerWithinSeconds);
  if (model.shortAbandonSeconds !== undefined) {
    assertNonNegative('shortAbandonSeconds', model.shortAbandonSeconds);
  }
  const levels = typeof agents === 'number' ? [agents] : agents;
  if (typeof agents !== 'number' && levels.length !== calls.length) {
    throw new StaffingError('agents', `must have ${calls.length} entries, as calls; found ${levels.length}`);
  }
  levels.forEach((x, i) => {
    if (!Number.isInteger(x) || x < 0 || x > 1e7) {
      throw new StaffingError(`agents[${i}]`, `must be a whole number from 0 to 10 million; found ${x}`);
    }
  });
  return Int32Array.from(levels);
}
