import { quickIdleOdds } from '../staffing/erlangB.ts';
import { answerSpeed, queueState, serviceLevelOf } from '../staffing/evaluateQueue.ts';
import { assertGoals, leastAgents, TIE } from '../staffing/goals.ts';
import type { Goals, Load, ServiceLevelDefinition } from '../staffing/load.ts';
import { queueModel } from '../staffing/queueModel.ts';
import { fewestAgents } from '../staffing/requiredAgents.ts';
import { convexPart } from '../staffing/waitingQuadrature.ts';
import { quickSeriesSum, seriesIsShort } from '../staffing/waitingSeries.ts';

/** What stays the same over all intervals of a queue in one scenario. */
export interface QueueTerms {
  readonly stepSeconds: number;
  /** Mean of exponential patience; null: callers wait for ever. */
  readonly patienceSeconds: number | null;
  readonly shortAbandonSeconds: number;
  /** Contacts that an agent holds at once, each in the handle time given; absent: 1. */
  readonly concurrency?: number;
}

/** Performance of one interval; shares 0–1. */
export interface QueuePoint {
  serviceLevel: number;
  abandonment: number;
  /** Mean wait of the answered calls; Infinity when none is. */
  asaSeconds: number;
  occupancy: number;
}

const QUICK_DEFINITIONS: readonly ServiceLevelDefinition[] = ['offered', 'answered', 'virtual'];
/** Closer to a goal than this, the careful search decides. */
const NEAR_TIE = 1e-9;
/** A lighter load says nothing about the next one. */
const LIGHT_ERLANGS = 0.5;
const MOST_TRIED = 100_000;
/** Below this share "all − later" has lost too many digits. */
const SMALL_SHARE = 0.02;
const USUAL_SECONDS = 20;

/**
 * Erlang C and Erlang A for many intervals that share patience and goals: the same numbers as `requiredAgents` and
 * `evaluateQueue`, without building an object per interval. The search starts from the safety of the interval before,
 * so that most intervals cost two evaluations.
 */
export class QuickQueue {
  /** Performance at the number of agents that `solve` or `evaluate` was last asked for. */
  readonly at: QueuePoint = { serviceLevel: 1, abandonment: 0, asaSeconds: 0, occupancy: 0 };
  readonly #spare: QueuePoint = { serviceLevel: 1, abandonment: 0, asaSeconds: 0, occupancy: 0 };
  readonly #terms: QueueTerms;
  readonly #goals: Goals;
  readonly #least: number;
  readonly #definition: ServiceLevelDefinition;
  readonly #within: number;
  readonly #isQuick: boolean;
  /** Places of an agent: with a handle time that does not depend on how many are taken, each is a server of its own. */
  readonly #places: number;
  /** Places above the load in units of √load, of the interval solved last. */
  #safety = 0.5;

  /** @throws StaffingError naming a goal or term out of range; UnreachableGoalError for a goal nothing meets */
  constructor(terms: QueueTerms, goals: Goals) {
    this.#terms = terms;
    this.#goals = goals;
    this.#places = terms.concurrency ?? 1;
    assertGoals(goals, queueModel(this.#load(1, 1)));
    this.#least = leastAgents(goals);
    this.#definition = goals.serviceLevel?.definition ?? 'offered';
    this.#within = goals.serviceLevel?.answerWithinSeconds ?? USUAL_SECONDS;
    this.#isQuick = QUICK_DEFINITIONS.includes(this.#definition);
  }

  get answerWithinSeconds(): number {
    return this.#within;
  }

  /**
   * Fewest agents that meet the goals; `at` holds the performance with them.
   *
   * @throws UnreachableGoalError when no number of agents is enough
   */
  solve(calls: number, ahtSeconds: number): number {
    if (!(calls > 0)) {
      this.evaluate(calls, ahtSeconds, this.#least);
      return this.#least;
    }
    const load = (calls * ahtSeconds) / this.#terms.stepSeconds;
    let agents = Math.max(this.#least, Math.round((load + this.#safety * Math.sqrt(load)) / this.#places));
    let margin = this.#margin(calls, ahtSeconds, agents, this.at);
    if (margin >= 0) {
      while (agents > this.#least) {
        const fewer = this.#margin(calls, ahtSeconds, agents - 1, this.#spare);
        if (Math.abs(fewer) < NEAR_TIE) return this.#careful(calls, ahtSeconds);
        if (fewer < 0) break;
        agents -= 1;
        copy(this.#spare, this.at);
      }
    } else {
      while (margin < 0) {
        if (margin > -NEAR_TIE || agents > load + MOST_TRIED) return this.#careful(calls, ahtSeconds);
        agents += 1;
        margin = this.#margin(calls, ahtSeconds, agents, this.at);
      }
    }
    if (Math.abs(margin) < NEAR_TIE) return this.#careful(calls, ahtSeconds);
    if (load > LIGHT_ERLANGS) this.#safety = (agents * this.#places - load) / Math.sqrt(load);
    return agents;
  }

  /** Performance with `agents` ≥ 0 into `at`. */
  evaluate(calls: number, ahtSeconds: number, agents: number): QueuePoint {
    this.#fill(calls, ahtSeconds, agents, this.at);
    return this.at;
  }

  #careful(calls: number, ahtSeconds: number): number {
    const load = this.#load(calls, ahtSeconds);
    const chat =
      this.#places > 1
        ? {
            maxConcurrent: this.#places,
            handleSecondsByLoad: new Array<number>(this.#places).fill(ahtSeconds),
          }
        : undefined;
    const agents = fewestAgents(queueModel(chat ? { ...load, chat } : load), this.#goals);
    this.#fill(calls, ahtSeconds, agents, this.at);
    return agents;
  }

  /** At least 0 exactly when all goals are met: the least room over the goals, as shares of them. */
  #margin(calls: number, ahtSeconds: number, agents: number, into: QueuePoint): number {
    this.#fill(calls, ahtSeconds, agents, into);
    const { serviceLevel, asaSeconds, maxAbandonment, maxOccupancy } = this.#goals;
    let least = 1;
    if (serviceLevel) least = Math.min(least, into.serviceLevel - serviceLevel.target + TIE);
    if (asaSeconds !== undefined) least = Math.min(least, 1 + TIE - into.asaSeconds / asaSeconds);
    if (maxAbandonment !== undefined) least = Math.min(least, 1 + TIE - into.abandonment / maxAbandonment);
    if (maxOccupancy !== undefined) least = Math.min(least, 1 + TIE - into.occupancy / maxOccupancy);
    return Number.isNaN(least) ? -1 : least;
  }

  #fill(calls: number, ahtSeconds: number, agents: number, into: QueuePoint): void {
    if (!(calls > 0)) {
      into.serviceLevel = 1;
      into.abandonment = 0;
      into.asaSeconds = 0;
      into.occupancy = 0;
      return;
    }
    const { patienceSeconds } = this.#terms;
    const servers = agents * this.#places;
    const filled =
      this.#isQuick &&
      servers > 0 &&
      (patienceSeconds === null
        ? this.#endless(calls, ahtSeconds, servers, into)
        : this.#impatient(calls, ahtSeconds, servers, 1 / patienceSeconds, into));
    if (!filled) this.#general(calls, ahtSeconds, servers, into);
  }

  #general(calls: number, ahtSeconds: number, agents: number, into: QueuePoint): void {
    const state = queueState(queueModel(this.#load(calls, ahtSeconds)), agents);
    into.serviceLevel = serviceLevelOf(state, this.#definition, {
      answerWithinSeconds: this.#within,
      shortAbandonSeconds: this.#goals.serviceLevel?.shortAbandonSeconds ?? this.#terms.shortAbandonSeconds,
    });
    into.abandonment = state.abandon;
    into.asaSeconds = answerSpeed(state);
    into.occupancy = state.occupancy;
  }

  /** Erlang C. */
  #endless(calls: number, ahtSeconds: number, agents: number, into: QueuePoint): boolean {
    const load = (calls / this.#terms.stepSeconds) * ahtSeconds;
    if (agents <= load) return false;
    const spare = agents - load;
    const wait = agents / (agents + spare * quickIdleOdds(agents, load));
    into.serviceLevel = 1 - wait * Math.exp((-spare * this.#within) / ahtSeconds);
    if (into.serviceLevel < SMALL_SHARE) return false;
    into.abandonment = 0;
    into.asaSeconds = (wait * ahtSeconds) / spare;
    into.occupancy = load / agents;
    return true;
  }

  /** Erlang A by its power series, see `seriesWaiting`; false where the series is long or digits would be lost. */
  #impatient(
    calls: number,
    ahtSeconds: number,
    agents: number,
    patienceRate: number,
    into: QueuePoint,
  ): boolean {
    const arrivalRate = calls / this.#terms.stepSeconds;
    const drainRate = agents / ahtSeconds;
    const load = arrivalRate * ahtSeconds;
    const arrivals = arrivalRate / patienceRate;
    const drain = drainRate / patienceRate;
    if ((arrivals > drain || arrivals > 1000) && !seriesIsShort({ arrivalRate, drainRate }, patienceRate)) {
      return false;
    }
    const idle = quickIdleOdds(agents, load);
    let term = 1;
    let waiting = 1;
    let queued = 0;
    let reciprocal = 1 / (drain + 1);
    let reciprocals = reciprocal;
    let servedWait = drain * reciprocal * reciprocal;
    for (let j = 1; ; j++) {
      term *= arrivals * reciprocal;
      reciprocal = 1 / (drain + j + 1);
      reciprocals += reciprocal;
      waiting += term;
      queued += term * j;
      servedWait += term * drain * reciprocal * reciprocals;
      const ratio = arrivals * reciprocal;
      if (ratio < 1 && term * j < 1e-15 * (queued + 1e-6) * (1 - ratio)) break;
    }
    const total = idle + waiting;
    if (!(total < Infinity)) return false;
    const served = total - queued / arrivals;
    const within = this.#within;
    const left = Math.exp(-patienceRate * within);
    const slack = (agents - load) / ahtSeconds;
    const scale = Math.exp(-slack * within - arrivals * convexPart(patienceRate * within));
    const remaining = arrivals * left;
    const inTime =
      this.#definition === 'virtual'
        ? total - quickSeriesSum(remaining, drain) * scale
        : served - (drain / (drain + 1)) * left * quickSeriesSum(remaining, drain + 1) * scale;
    const all = this.#definition === 'answered' ? served : total;
    if (!(inTime >= SMALL_SHARE * total)) return false;
    into.serviceLevel = Math.min(1, inTime / all);
    into.abandonment = queued / arrivals / total;
    into.asaSeconds = servedWait / patienceRate / served;
    into.occupancy = Math.min(1, (load * served) / (agents * total));
    return true;
  }

  #load(calls: number, ahtSeconds: number): Load {
    const { stepSeconds, patienceSeconds } = this.#terms;
    return {
      calls,
      ahtSeconds,
      intervalSeconds: stepSeconds,
      ...(patienceSeconds !== null && { patience: { kind: 'exponential', meanSeconds: patienceSeconds } }),
    };
  }
}

function copy(from: QueuePoint, to: QueuePoint): void {
  to.serviceLevel = from.serviceLevel;
  to.abandonment = from.abandonment;
  to.asaSeconds = from.asaSeconds;
  to.occupancy = from.occupancy;
}
